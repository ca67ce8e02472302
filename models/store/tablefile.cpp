#include "tablefile.h"

namespace arcscope
{

TableFile::TableFile(Database database)
    : m_database(std::move(database))
{
}

Result<TableFile> TableFile::create(const std::string& path)
{
    auto database = Database::open(path, Database::Mode::Create);
    if (!database)
        return database.error();
    if (const auto begun = database->execute("begin"); !begun)
        return begun.error();
    return TableFile(std::move(*database));
}

Result<void> TableFile::addTable(const std::string& name, std::span<const TableColumn> columns)
{
    std::string made = "create table " + name + '(';
    std::string insert = "insert into " + name + " values(";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string parameter = '?' + std::to_string(i + 1);
        made.append(i > 0 ? ", " : "").append(columns[i].name).append(columns[i].isText ? " text" : " integer");
        insert.append(i > 0 ? ", " : "").append("nullif(" + parameter);
        insert.append(columns[i].isText ? ", '')" : ", " + std::to_string(notSaid + 1) + " - 1)");
    }
    if (const auto done = m_database.execute(made + ')'); !done)
        return done;
    auto statement = m_database.prepare(insert + ')');
    if (!statement)
        return statement.error();
    m_inserts.emplace(name, std::move(*statement));
    return {};
}

Result<void> TableFile::addRow(const std::string& table, std::span<const TableValue> values)
{
    Statement& insert = m_inserts.at(table);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const int parameter = static_cast<int>(i) + 1;
        if (const auto* number = std::get_if<std::int64_t>(&values[i]))
            insert.bind(parameter, *number);
        else
            insert.bind(parameter, std::get<std::string_view>(values[i]));
    }
    return insert.run();
}

Result<void> TableFile::finish()
{
    m_inserts.clear();
    return m_database.execute("commit");
}

} // namespace arcscope
