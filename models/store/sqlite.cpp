#include "sqlite.h"

#include <sqlite3.h>

namespace arcscope
{
namespace
{

/// Virtual machine steps between two looks at the stop token: well below a millisecond.
constexpr int stepsPerCheck = 10'000;
constexpr int busyTimeoutMs = 2'000;

/// Once per process: no memory statistics (a lock at every allocation), and connections that one thread uses at a time.
void configureOnce()
{
    [[maybe_unused]] static const int configured = [] {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        return sqlite3_initialize();
    }();
}

Error errorOf(sqlite3* handle, int code)
{
    switch (code & 0xff) {
    case SQLITE_INTERRUPT:
        return {ErrorCode::Cancelled, "cancelled"};
    case SQLITE_NOTADB:
        return {ErrorCode::Store, "this is no workspace"};
    case SQLITE_CORRUPT:
        return {ErrorCode::Store, "the workspace is damaged: " + std::string(sqlite3_errmsg(handle))};
    case SQLITE_FULL:
        return {ErrorCode::Store, "the disk is full"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Store, "another program is writing to the workspace"};
    case SQLITE_READONLY:
        return {ErrorCode::Store, "the workspace may not be written to"};
    case SQLITE_CANTOPEN:
        return {ErrorCode::NotFound, "cannot be opened"};
    default:
        return {ErrorCode::Store, sqlite3_errmsg(handle)};
    }
}

} // namespace

void Database::Close::operator()(sqlite3* handle) const
{
    sqlite3_close(handle);
}

Result<Database> Database::open(const std::string& path, Mode mode)
{
    configureOnce();
    const int access = mode == Mode::ReadOnly    ? SQLITE_OPEN_READONLY
                       : mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Database database;
    database.m_handle.reset(handle);
    database.m_path = path;
    if (code != SQLITE_OK)
        return within(errorOf(handle, code), path);
    sqlite3_busy_timeout(handle, busyTimeoutMs);
    return database;
}

Error Database::error(ErrorCode code) const
{
    Error error = errorOf(m_handle.get(), sqlite3_extended_errcode(m_handle.get()));
    if (error.code == ErrorCode::Store)
        error.code = code;
    return within(std::move(error), m_path);
}

Result<void> Database::execute(const std::string& sql)
{
    if (sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return error();
    return {};
}

Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_handle.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK)
        return error();
    return Statement(statement, *this);
}

Result<std::int64_t> Database::number(std::string_view sql)
{
    auto statement = prepare(sql);
    if (!statement)
        return statement.error();
    const auto row = statement->step();
    if (!row)
        return row.error();
    return *row ? statement->number(0) : 0;
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle.get());
}

void Database::setStop(std::stop_token stop)
{
    m_stop = std::make_unique<std::stop_token>(std::move(stop));
    sqlite3_progress_handler(
        m_handle.get(), stepsPerCheck,
        [](void* token) { return static_cast<std::stop_token*>(token)->stop_requested() ? 1 : 0; }, m_stop.get());
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3_stmt* statement, const Database& database)
    : m_statement(statement)
    , m_database(database.handle())
{
}

Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

Statement& Statement::bind(int parameter, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), parameter, value);
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text)
{
    sqlite3_bind_text64(m_statement.get(), parameter, text.data() ? text.data() : "", text.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(int parameter, std::span<const std::byte> blob)
{
    if (blob.empty())
        sqlite3_bind_zeroblob(m_statement.get(), parameter, 0);
    else
        sqlite3_bind_blob64(m_statement.get(), parameter, blob.data(), blob.size(), SQLITE_STATIC);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    const char* path = sqlite3_db_filename(m_database, "main");
    return within(errorOf(m_database, code), path ? path : "");
}

Result<void> Statement::run()
{
    const auto stepped = step();
    reset();
    if (!stepped)
        return stepped.error();
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

std::int64_t Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::text(int column) const
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    return {text ? text : "", static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

std::span<const std::byte> Statement::blob(int column) const
{
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(m_statement.get(), column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

} // namespace arcscope
