#include "corpusdigest.h"

#include "columnstore.h"
#include "eachrow.h"
#include "sha256.h"
#include "workspace.h"

namespace arcscope
{
namespace
{

void addNumber(Sha256& digest, std::int64_t number)
{
    const std::string text = std::to_string(number) + ' ';
    digest.add(text);
}

/// Numbers, then one BLOB, row by row.
Result<void> addRows(Sha256& digest, Database& database, const std::string& sql)
{
    auto select = database.prepare(sql);
    return eachRow(select, [&](const Statement& row) {
        const int last = row.columns() - 1;
        for (int column = 0; column < last; ++column)
            addNumber(digest, row.number(column));
        const std::span<const std::byte> bytes = row.blob(last);
        addNumber(digest, static_cast<std::int64_t>(bytes.size()));
        digest.add({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    });
}

} // namespace

Result<std::string> corpusDigest(Workspace& workspace, const Control& control)
{
    Database& database = workspace.database();
    database.setStop(control.stop);
    // Arcs are kept in chunks, too, and made anew by whoever looks at them.
    const std::string spans = std::to_string(static_cast<int>(StoredTable::Order));
    Sha256 digest;
    for (const std::string& sql : {"select tbl, col, chunk, rows, min, width, data from chunks where tbl <= " + spans +
                                       " order by tbl, col, chunk",
                                   std::string("select id, size, data from blocks order by id"),
                                   std::string("select id, first, last, data from streams order by id"),
                                   std::string("select id, data from trace_ids order by id")}) {
        if (auto added = addRows(digest, database, sql); !added)
            return added.error();
        digest.add("\n");
    }
    return digest.hex();
}

} // namespace arcscope
