// A file of plain SQLite tables for other tools to read; nothing of it is read again.
#pragma once

#include "sqlite.h"
#include "times.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace arcscope
{

/// An integer, or a text that lives until the row is added. `notSaid` and an empty text become SQL's null.
using TableValue = std::variant<std::int64_t, std::string_view>;
inline constexpr std::int64_t notSaid = noTime;

struct TableColumn {
    std::string_view name; ///< an SQL name
    bool isText = false;
};

class TableFile
{
public:
    /// A new file. Error: Store.
    static Result<TableFile> create(const std::string& path);

    Result<void> addTable(const std::string& name, std::span<const TableColumn> columns);
    /// As many values as the table has columns, in their order and of their kinds.
    Result<void> addRow(const std::string& table, std::span<const TableValue> values);
    /// All that was added is in the file.
    Result<void> finish();

private:
    explicit TableFile(Database database);

    Database m_database;
    std::map<std::string, Statement, std::less<>> m_inserts;
};

} // namespace arcscope
