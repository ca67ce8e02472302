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

struct sqlite3;
struct sqlite3_stmt;

namespace arcscope
{

class Statement;

/// One connection, used by one thread at a time.
class Database
{
public:
    enum class Mode : std::uint8_t { ReadOnly, ReadWrite, Create };

    static Result<Database> open(const std::string& path, Mode mode);

    /// Runs statements that give no rows.
    Result<void> execute(const std::string& sql);
    Result<Statement> prepare(std::string_view sql);
    /// The first column of the first row.
    Result<std::int64_t> number(std::string_view sql);
    std::int64_t lastInsertId() const;
    /// From now on a statement that runs long ends with Cancelled soon after the token is stopped.
    void setStop(std::stop_token stop);
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

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    sqlite3* m_database;
};

} // namespace arcscope
