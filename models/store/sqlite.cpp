#include "sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace arcscope
{
namespace
{

/// Virtual machine steps between two looks at the stop token: well below a millisecond.
constexpr int stepsPerCheck = 10'000;
constexpr int busyTimeoutMs = 2'000;

/// The longest text or BLOB that a statement written by a person may make, and the deepest expression.
constexpr int maxQueryValueBytes = 16 << 20;
constexpr int maxQueryDepth = 200;

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

/// A workspace may come from anybody: nothing in its schema runs by itself, and no statement can bend the file format.
void distrustSchema(sqlite3* handle)
{
    for (const int option :
         {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_TRUSTED_SCHEMA})
        sqlite3_db_config(handle, option, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

} // namespace

void Database::Close::operator()(sqlite3* handle) const
{
    sqlite3_close(handle);
}

std::string Database::libraryVersion()
{
    return sqlite3_libversion();
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
    distrustSchema(handle);
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

Result<void> Database::settle()
{
    if (const int code = sqlite3_db_cacheflush(m_handle.get()); code != SQLITE_OK && code != SQLITE_BUSY)
        return within(errorOf(m_handle.get(), code), m_path);
    sqlite3_file* file = nullptr;
    sqlite3_file_control(m_handle.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (!file || !file->pMethods)
        return {};
    // An error is told once: the sync of the commit would not see it.
    if (const int code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY); code != SQLITE_OK)
        return within(errorOf(m_handle.get(), code), m_path);
    return {};
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
    Error error = errorOf(m_database, code);
    return path && *path ? within(std::move(error), path) : error;
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

SqlValue Statement::value(int column) const
{
    switch (sqlite3_column_type(m_statement.get(), column)) {
    case SQLITE_NULL:
        return {};
    case SQLITE_INTEGER:
        return number(column);
    case SQLITE_FLOAT:
        return sqlite3_column_double(m_statement.get(), column);
    default:
        return text(column);
    }
}

int Statement::columns() const
{
    return sqlite3_column_count(m_statement.get());
}

std::string Statement::columnName(int column) const
{
    const char* name = sqlite3_column_name(m_statement.get(), column);
    return name ? name : "";
}

namespace
{

/// What SQLite calls for a SqlTable. One plan: walk over the rows, skipping what the ranges of the query rule out.
struct TableInUse : sqlite3_vtab {
    std::shared_ptr<const SqlTable> table;
};

struct TableCursor : sqlite3_vtab_cursor {
    std::vector<SqlTable::Range> ranges;
    std::int64_t row = 0;
    std::int64_t end = 0;
};

const SqlTable& tableOf(sqlite3_vtab_cursor* cursor)
{
    return *static_cast<TableInUse*>(cursor->pVtab)->table;
}

std::string quoted(const std::string& name)
{
    std::string out = "\"";
    for (const char c : name)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

int connectTable(sqlite3* handle, void* table, int, const char* const*, sqlite3_vtab** out, char**)
{
    const auto& source = *static_cast<std::shared_ptr<const SqlTable>*>(table);
    std::string sql = "create table x(";
    for (const std::string& column : source->columns())
        sql += (sql.back() == '(' ? "" : ",") + quoted(column);
    if (const int code = sqlite3_declare_vtab(handle, (sql + ")").c_str()); code != SQLITE_OK)
        return code;
    auto made = std::make_unique<TableInUse>();
    made->table = source;
    *out = made.release();
    return SQLITE_OK;
}

int disconnectTable(sqlite3_vtab* table)
{
    delete static_cast<TableInUse*>(table);
    return SQLITE_OK;
}

/// idxStr gets two bytes for each constraint that is used: the column (-1: the row itself) and the operator.
int planTable(sqlite3_vtab* vtab, sqlite3_index_info* info)
{
    const SqlTable& table = *static_cast<TableInUse*>(vtab)->table;
    const auto rows = static_cast<double>(table.rows());
    std::string plan;
    double cost = rows;
    for (int i = 0; i < info->nConstraint; ++i) {
        const auto& constraint = info->aConstraint[i];
        const bool known = constraint.op == SQLITE_INDEX_CONSTRAINT_EQ || constraint.op == SQLITE_INDEX_CONSTRAINT_GT ||
                           constraint.op == SQLITE_INDEX_CONSTRAINT_GE || constraint.op == SQLITE_INDEX_CONSTRAINT_LT ||
                           constraint.op == SQLITE_INDEX_CONSTRAINT_LE;
        const bool isRow = constraint.iColumn < 0;
        if (!constraint.usable || !known || (!isRow && !table.hasRanges(constraint.iColumn)))
            continue;
        plan += static_cast<char>(isRow ? 127 : constraint.iColumn);
        plan += static_cast<char>(constraint.op);
        info->aConstraintUsage[i].argvIndex = static_cast<int>(plan.size() / 2);
        cost = isRow && constraint.op == SQLITE_INDEX_CONSTRAINT_EQ ? 1 : std::min(cost, rows / 4);
    }
    info->estimatedCost = cost;
    info->estimatedRows = static_cast<sqlite3_int64>(cost);
    info->idxNum = static_cast<int>(plan.size());
    info->idxStr = static_cast<char*>(sqlite3_malloc64(plan.size() + 1));
    if (!info->idxStr)
        return SQLITE_NOMEM;
    std::memcpy(info->idxStr, plan.c_str(), plan.size() + 1);
    info->needToFreeIdxStr = 1;
    return SQLITE_OK;
}

int openCursor(sqlite3_vtab*, sqlite3_vtab_cursor** out)
{
    *out = std::make_unique<TableCursor>().release();
    return SQLITE_OK;
}

int closeCursor(sqlite3_vtab_cursor* cursor)
{
    delete static_cast<TableCursor*>(cursor);
    return SQLITE_OK;
}

void findRow(TableCursor& cursor)
{
    if (!cursor.ranges.empty() && cursor.row < cursor.end)
        cursor.row = tableOf(&cursor).firstFrom(cursor.row, cursor.ranges);
}

int filterTable(sqlite3_vtab_cursor* base, int planSize, const char* plan, int, sqlite3_value** values)
{
    auto& cursor = *static_cast<TableCursor*>(base);
    cursor.ranges.clear();
    cursor.row = 0;
    cursor.end = tableOf(base).rows();
    for (int i = 0; i < planSize / 2; ++i) {
        // SQLite compares again: only integers narrow the walk, anything else is left to it.
        if (sqlite3_value_type(values[i]) != SQLITE_INTEGER)
            continue;
        SqlTable::Range range{plan[2 * i], std::numeric_limits<std::int64_t>::min(),
                              std::numeric_limits<std::int64_t>::max()};
        const std::int64_t value = sqlite3_value_int64(values[i]);
        const auto op = static_cast<unsigned char>(plan[2 * i + 1]);
        if (op == SQLITE_INDEX_CONSTRAINT_EQ || op == SQLITE_INDEX_CONSTRAINT_GT || op == SQLITE_INDEX_CONSTRAINT_GE)
            range.min = value;
        if (op == SQLITE_INDEX_CONSTRAINT_EQ || op == SQLITE_INDEX_CONSTRAINT_LT || op == SQLITE_INDEX_CONSTRAINT_LE)
            range.max = value;
        if (range.column == 127) {
            cursor.row = std::max(cursor.row, range.min);
            cursor.end = std::min(cursor.end, range.max < cursor.end ? range.max + 1 : cursor.end);
        } else {
            cursor.ranges.push_back(range);
        }
    }
    findRow(cursor);
    return SQLITE_OK;
}

int nextRow(sqlite3_vtab_cursor* base)
{
    auto& cursor = *static_cast<TableCursor*>(base);
    ++cursor.row;
    findRow(cursor);
    return SQLITE_OK;
}

int atEnd(sqlite3_vtab_cursor* base)
{
    const auto& cursor = *static_cast<TableCursor*>(base);
    return cursor.row >= cursor.end ? 1 : 0;
}

int giveValue(sqlite3_vtab_cursor* base, sqlite3_context* context, int column)
{
    const SqlValue value = tableOf(base).value(static_cast<TableCursor*>(base)->row, column);
    if (const auto* number = std::get_if<std::int64_t>(&value))
        sqlite3_result_int64(context, *number);
    else if (const auto* real = std::get_if<double>(&value))
        sqlite3_result_double(context, *real);
    else if (const auto* text = std::get_if<std::string_view>(&value))
        sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    else
        sqlite3_result_null(context);
    return SQLITE_OK;
}

int giveRow(sqlite3_vtab_cursor* base, sqlite3_int64* row)
{
    *row = static_cast<TableCursor*>(base)->row;
    return SQLITE_OK;
}

/// No xCreate: such a table is there by its name, and no other can be made.
const sqlite3_module tableModule = [] {
    sqlite3_module module{};
    module.xConnect = connectTable;
    module.xBestIndex = planTable;
    module.xDisconnect = disconnectTable;
    module.xOpen = openCursor;
    module.xClose = closeCursor;
    module.xFilter = filterTable;
    module.xNext = nextRow;
    module.xEof = atEnd;
    module.xColumn = giveValue;
    module.xRowid = giveRow;
    return module;
}();

/// Lets a statement read and call functions, nothing else; notes what it reads.
int authorize(void* reads, int action, const char* first, const char* second, const char*, const char*)
{
    switch (action) {
    case SQLITE_READ:
        static_cast<std::vector<SqlColumnName>*>(reads)->emplace_back(first ? first : "", second ? second : "");
        return SQLITE_OK;
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return second && sqlite3_stricmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

} // namespace

Result<void> Database::addTable(const std::string& name, std::shared_ptr<const SqlTable> table)
{
    auto* shared = new std::shared_ptr<const SqlTable>(std::move(table));
    const auto release = [](void* owned) { delete static_cast<std::shared_ptr<const SqlTable>*>(owned); };
    if (sqlite3_create_module_v2(m_handle.get(), name.c_str(), &tableModule, shared, release) != SQLITE_OK)
        return error();
    // Declares its columns now: while a person's statement is prepared nothing may be created.
    const auto declared = prepare("select 1 from " + quoted(name));
    return declared ? Result<void>() : declared.error();
}

Result<Statement> Database::prepareQuery(const std::string& sql, std::vector<SqlColumnName>& reads)
{
    sqlite3_limit(m_handle.get(), SQLITE_LIMIT_LENGTH, maxQueryValueBytes);
    sqlite3_limit(m_handle.get(), SQLITE_LIMIT_EXPR_DEPTH, maxQueryDepth);
    sqlite3_set_authorizer(m_handle.get(), authorize, &reads);
    sqlite3_stmt* prepared = nullptr;
    const char* tail = nullptr;
    const int code =
        sqlite3_prepare_v2(m_handle.get(), sql.c_str(), static_cast<int>(sql.size()) + 1, &prepared, &tail);
    sqlite3_set_authorizer(m_handle.get(), nullptr, nullptr);
    if (code == SQLITE_AUTH)
        return Error{ErrorCode::Usage, "only one statement that reads (select) can be run here"};
    if (code != SQLITE_OK)
        return Error{ErrorCode::Usage, sqlite3_errmsg(m_handle.get())};
    if (!prepared)
        return Error{ErrorCode::Usage, "there is no statement"};
    Statement statement(prepared, *this);
    if (std::string_view(tail).find_first_not_of(" \t\r\n;") != std::string_view::npos ||
        sqlite3_stmt_readonly(prepared) == 0)
        return Error{ErrorCode::Usage, "only one statement that reads (select) can be run here"};
    return statement;
}

} // namespace arcscope
