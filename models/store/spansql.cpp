#include "spansql.h"

#include "usage.h"
#include "workspace.h"

#include <algorithm>
#include <array>
#include <optional>

namespace arcscope
{
namespace
{

/// Texts of a result: beyond it no more rows are kept, so that a statement cannot fill the memory.
constexpr std::size_t maxResultBytes = std::size_t{64} << 20;

/// How the integers of a column are shown to SQL.
enum class Form : std::uint8_t { Number, RecordedNumber, Time, Text, Kind, Status, Dialect, Hash };

constexpr bool isBetween(SpanColumn column, SpanColumn first, SpanColumn last)
{
    return column >= first && column <= last;
}

Form formOf(SpanColumn column)
{
    if (column >= SpanColumn::FirstUsage)
        return Form::RecordedNumber;
    if (column >= SpanColumn::FirstText)
        return Form::Text;
    switch (column) {
    case SpanColumn::Start:
        return Form::Time;
    case SpanColumn::Duration:
    case SpanColumn::FirstToken:
    case SpanColumn::Messages:
    case SpanColumn::CallsAsked:
    case SpanColumn::Cost:
    case SpanColumn::SourceByte:
    case SpanColumn::ParentRow:
        return Form::RecordedNumber;
    case SpanColumn::Kind:
        return Form::Kind;
    case SpanColumn::Status:
        return Form::Status;
    case SpanColumn::UsageDialect:
        return Form::Dialect;
    case SpanColumn::ResponseHash:
        return Form::Hash;
    default:
        return Form::Number;
    }
}

Form formOf(TraceColumn column)
{
    switch (column) {
    case TraceColumn::Name:
    case TraceColumn::Service:
    case TraceColumn::Session:
    case TraceColumn::User:
    case TraceColumn::Task:
    case TraceColumn::Model:
    case TraceColumn::Currency:
        return Form::Text;
    case TraceColumn::Start:
        return Form::Time;
    case TraceColumn::Duration:
    case TraceColumn::Tokens:
    case TraceColumn::Cost:
        return Form::RecordedNumber;
    default:
        return Form::Number;
    }
}

SqlValue shown(Form form, std::int64_t value, const StringTable& strings)
{
    switch (form) {
    case Form::Number:
        return value;
    case Form::RecordedNumber:
        return value < 0 ? SqlValue() : SqlValue(value);
    case Form::Time:
        return value == noTime ? SqlValue() : SqlValue(value);
    case Form::Text:
        return value == 0 ? SqlValue() : SqlValue(strings[StringId{static_cast<std::uint32_t>(value)}]);
    case Form::Kind:
        return value >= 0 && value < spanKindCount ? SqlValue(name(static_cast<SpanKind>(value))) : SqlValue();
    case Form::Status:
        return value >= 0 && value <= static_cast<int>(SpanStatus::Cancelled)
                   ? SqlValue(name(static_cast<SpanStatus>(value)))
                   : SqlValue();
    case Form::Dialect:
        return value >= 0 && value <= static_cast<int>(UsageDialect::Disjoint)
                   ? SqlValue(name(static_cast<UsageDialect>(value)))
                   : SqlValue();
    case Form::Hash:
        return value == 0 ? SqlValue() : SqlValue(value);
    }
    return {};
}

bool isNumber(Form form)
{
    return form == Form::Number || form == Form::RecordedNumber || form == Form::Time || form == Form::Hash;
}

std::string textOf(const Id& id, const StringTable& strings)
{
    return idText(id,
                  id.form == IdForm::Text ? strings[StringId{static_cast<std::uint32_t>(id.low)}] : std::string_view());
}

/// The columns of ids are put together to these, which come first.
enum class IdColumn : std::uint8_t { Row, TraceId, SpanId, ParentId };

/// The columns of one table of chunks, and in front of them numbers and ids that are put together.
template <typename TableType, typename ColumnName>
class ColumnTable : public SqlTable
{
public:
    ColumnTable(const TableType& table, const StringTable& strings, std::vector<ColumnName> stored)
        : m_table(table)
        , m_strings(strings)
        , m_stored(std::move(stored))
    {
    }

    std::int64_t rows() const override { return m_table.rows(); }
    bool hasRanges(int column) const override { return column >= made() && isNumber(formOf(at(column))); }
    SqlValue value(std::int64_t row, int column) const override
    {
        if (column < made())
            return madeValue(static_cast<std::uint32_t>(row), column);
        return shown(formOf(at(column)), m_table.at(at(column), static_cast<std::uint32_t>(row)), m_strings);
    }
    std::int64_t firstFrom(std::int64_t row, std::span<const Range> ranges) const override
    {
        while (row < rows()) {
            const auto chunk = static_cast<std::size_t>(row / chunkRows);
            const auto& columns = m_table.chunks()[chunk];
            const bool ruledOut = std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
                const Column& column = columns[at(range.column)];
                return range.min > column.max() || range.max < column.min();
            });
            const std::int64_t end = static_cast<std::int64_t>(chunk) * chunkRows + columns.rows;
            for (; !ruledOut && row < end; ++row) {
                const bool inAll = std::all_of(ranges.begin(), ranges.end(), [&](const Range& range) {
                    const std::int64_t value = columns[at(range.column)][static_cast<std::uint32_t>(row % chunkRows)];
                    return value >= range.min && value <= range.max;
                });
                if (inAll)
                    return row;
            }
            row = end;
        }
        return rows();
    }

protected:
    virtual int made() const = 0;
    virtual SqlValue madeValue(std::uint32_t row, int column) const = 0;

    ColumnName at(int column) const { return m_stored[static_cast<std::size_t>(column - made())]; }
    /// The text lives until the next one is asked for.
    SqlValue idValue(const Id& id) const
    {
        m_idText = textOf(id, m_strings);
        return id ? SqlValue(std::string_view(m_idText)) : SqlValue();
    }

    const TableType& m_table;
    const StringTable& m_strings;
    std::vector<ColumnName> m_stored;
    mutable std::string m_idText; ///< one connection, one thread
};

constexpr std::array<std::string_view, 4> spanMade{"row", "trace_id", "span_id", "parent_id"};
constexpr std::array<std::string_view, 2> traceMade{"trace", "trace_id"};

std::vector<SpanColumn> storedSpanColumns()
{
    std::vector<SpanColumn> columns;
    for (int i = 0; i < spanColumnCount; ++i) {
        const auto column = static_cast<SpanColumn>(i);
        if (!isBetween(column, SpanColumn::SpanForm, SpanColumn::ParentLow))
            columns.push_back(column);
    }
    return columns;
}

std::vector<TraceColumn> storedTraceColumns()
{
    std::vector<TraceColumn> columns;
    for (int i = static_cast<int>(TraceColumn::Name); i < traceColumnCount; ++i)
        columns.push_back(static_cast<TraceColumn>(i));
    return columns;
}

Id traceId(const TraceTable& traces, std::uint32_t trace)
{
    return {static_cast<std::uint64_t>(traces.at(TraceColumn::IdHigh, trace)),
            static_cast<std::uint64_t>(traces.at(TraceColumn::IdLow, trace)),
            static_cast<IdForm>(traces.at(TraceColumn::IdForm, trace))};
}

class TracesForSql : public ColumnTable<TraceTable, TraceColumn>
{
public:
    explicit TracesForSql(const Corpus& corpus)
        : ColumnTable(corpus.traces, corpus.strings, storedTraceColumns())
    {
    }
    std::vector<std::string> columns() const override { return traceSqlColumns(); }

private:
    int made() const override { return static_cast<int>(traceMade.size()); }
    SqlValue madeValue(std::uint32_t row, int column) const override
    {
        return column == 0 ? SqlValue(std::int64_t{row}) : idValue(traceId(m_table, row));
    }
};

class SpansForSql : public ColumnTable<SpanTable, SpanColumn>
{
public:
    explicit SpansForSql(const Corpus& corpus)
        : ColumnTable(corpus.spans, corpus.strings, storedSpanColumns())
        , m_traces(corpus.traces)
    {
    }
    std::vector<std::string> columns() const override { return spanSqlColumns(); }

private:
    int made() const override { return static_cast<int>(spanMade.size()); }
    SqlValue madeValue(std::uint32_t row, int column) const override
    {
        switch (static_cast<IdColumn>(column)) {
        case IdColumn::Row:
            return std::int64_t{row};
        case IdColumn::TraceId: {
            const std::int64_t trace = m_table.at(SpanColumn::Trace, row);
            return trace < m_traces.rows() ? idValue(traceId(m_traces, static_cast<std::uint32_t>(trace))) : SqlValue();
        }
        case IdColumn::SpanId:
            return idValue(m_table.spanId(row));
        case IdColumn::ParentId:
            return idValue(m_table.parentId(row));
        }
        return {};
    }

    const TraceTable& m_traces;
};

/// The stored columns behind what a statement reads of `spans`.
std::vector<SpanColumn> columnsRead(const std::vector<SqlColumnName>& reads)
{
    std::vector<SpanColumn> columns{SpanColumn::Trace}; // says how many rows there are
    for (const auto& [table, column] : reads) {
        if (table != "spans")
            continue;
        if (column == "span_id")
            columns.insert(columns.end(), {SpanColumn::SpanForm, SpanColumn::SpanHigh, SpanColumn::SpanLow});
        if (column == "parent_id")
            columns.insert(columns.end(), {SpanColumn::ParentForm, SpanColumn::ParentHigh, SpanColumn::ParentLow});
        for (const SpanColumn stored : storedSpanColumns()) {
            if (name(stored) == column)
                columns.push_back(stored);
        }
    }
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

QueryValue kept(const SqlValue& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return *number;
    if (const auto* real = std::get_if<double>(&value))
        return *real;
    if (const auto* text = std::get_if<std::string_view>(&value))
        return std::string(*text);
    return {};
}

} // namespace

std::vector<std::string> spanSqlColumns()
{
    std::vector<std::string> names(spanMade.begin(), spanMade.end());
    for (const SpanColumn column : storedSpanColumns())
        names.emplace_back(name(column));
    return names;
}

std::vector<std::string> traceSqlColumns()
{
    std::vector<std::string> names(traceMade.begin(), traceMade.end());
    for (const TraceColumn column : storedTraceColumns())
        names.emplace_back(name(column));
    return names;
}

Result<QueryResult> runSql(Workspace& workspace, Corpus& corpus, const std::string& sql, std::size_t limit,
                           const Control& control)
{
    auto database = Database::open(":memory:", Database::Mode::ReadWrite); // the workspace's own tables are not there
    if (!database)
        return database.error();
    database->setStop(control.stop);
    for (const auto& added : {database->addTable("spans", std::make_shared<SpansForSql>(corpus)),
                              database->addTable("traces", std::make_shared<TracesForSql>(corpus))}) {
        if (!added)
            return added.error();
    }
    std::vector<SqlColumnName> reads;
    auto statement = database->prepareQuery(sql, reads);
    if (!statement)
        return statement.error();
    if (auto loaded = workspace.loadColumns(corpus, columnsRead(reads), control); !loaded)
        return loaded.error();

    QueryResult result;
    for (int i = 0; i < statement->columns(); ++i)
        result.columns.push_back(statement->columnName(i));
    std::size_t bytes = 0;
    while (true) {
        const auto row = statement->step();
        if (!row)
            return row.error();
        if (!*row)
            return result;
        if (result.rows.size() == limit || bytes > maxResultBytes) {
            result.cut = true;
            return result;
        }
        std::vector<QueryValue>& values = result.rows.emplace_back();
        values.reserve(result.columns.size());
        for (int i = 0; i < statement->columns(); ++i) {
            values.push_back(kept(statement->value(i)));
            if (const auto* text = std::get_if<std::string>(&values.back()))
                bytes += text->size();
        }
    }
}

} // namespace arcscope
