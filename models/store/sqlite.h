// SQLite behind three small classes: the only place that knows its C interface.
#pragma once

#include "control.h"
#include "result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace arcscope
{

class Statement;

/// A value of a statement's row: nothing is SQL's null. Texts live until the next step, or as long as their table.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// Rows that are not in the file but in memory, for SQL to read (a table-valued source; never written).
class SqlTable
{
public:
    /// The values of an integer column that a query asks for, both ends included.
    struct Range {
        int column = 0;
        std::int64_t min = 0;
        std::int64_t max = 0;
    };

    virtual ~SqlTable() = default;
    virtual std::vector<std::string> columns() const = 0;
    virtual std::int64_t rows() const = 0;
    virtual SqlValue value(std::int64_t row, int column) const = 0;
    /// The first row from `row` on that may lie in all ranges; rows() where there is none. May name rows that do not.
    virtual std::int64_t firstFrom(std::int64_t row, std::span<const Range> ranges) const = 0;
    /// True where value() gives the integers that firstFrom() compares, or null.
    virtual bool hasRanges(int column) const = 0;
};

/// Table and column, as SQL names them.
using SqlColumnName = std::pair<std::string, std::string>;

/// One connection, used by one thread at a time.
class Database
{
public:
    enum class Mode : std::uint8_t { ReadOnly, ReadWrite, Create };

    static Result<Database> open(const std::string& path, Mode mode);
    static std::string libraryVersion();

    /// Runs statements that give no rows.
    Result<void> execute(const std::string& sql);
    Result<Statement> prepare(std::string_view sql);
    /// The first column of the first row.
    Result<std::int64_t> number(std::string_view sql);
    std::int64_t lastInsertId() const;
    /// Writes what the open transaction has changed so far to the disk, so that little is left for its commit; for a
    /// transaction with a rollback journal. Nothing else may use the connection meanwhile.
    Result<void> settle();
    /// From now on a statement that runs long ends with Cancelled soon after the token is stopped.
    void setStop(std::stop_token stop);
    /// Puts a table under `name`, beside those of the file; the connection keeps it.
    Result<void> addTable(const std::string& name, std::shared_ptr<const SqlTable> table);
    /// One statement written by a person, which may only read; what it reads is appended to `reads`. Error: Usage, with
    /// what SQLite says about the statement.
    Result<Statement> prepareQuery(const std::string& sql, std::vector<SqlColumnName>& reads);
    Error error(ErrorCode code = ErrorCode::Store) const;
    sqlite3* handle() const { return m_handle.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };

    std::unique_ptr<sqlite3, Close> m_handle;
    std::unique_ptr<std::stop_token> m_stop;
    std::string m_path;
};

/// A prepared statement. Parameters count from 1, columns from 0; bound text and blobs must outlive the step.
class Statement
{
public:
    Statement(sqlite3_stmt* statement, const Database& database);
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bind(int parameter, std::span<const std::byte> blob);
    /// True where there is a row.
    Result<bool> step();
    /// One step without rows, then ready for the next binding.
    Result<void> run();
    void reset();

    std::int64_t number(int column) const;
    std::string_view text(int column) const;           ///< valid until the next step
    std::span<const std::byte> blob(int column) const; ///< valid until the next step
    SqlValue value(int column) const;                  ///< a BLOB is its bytes as text
    int columns() const;
    std::string columnName(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    sqlite3* m_database;
};

} // namespace arcscope
