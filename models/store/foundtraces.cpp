#include "foundtraces.h"

#include "eachrow.h"
#include "stampbytes.h"
#include "transaction.h"
#include "workspace.h"

#include <span>

namespace arcscope
{
namespace
{

Result<void> write(Database& database, const std::vector<FoundTrace>& found, const std::vector<DigestValue>& gone)
{
    auto put = database.prepare("insert or replace into found(stamp, data) values(?, ?)");
    if (!put)
        return put.error();
    for (const FoundTrace& trace : found) {
        const StampBytes stamp = stampBytes(trace.stamp);
        if (auto done = put->bind(1, std::span<const std::byte>(stamp))
                            .bind(2, std::as_bytes(std::span(trace.data.data(), trace.data.size())))
                            .run();
            !done)
            return done;
    }
    auto remove = database.prepare("delete from found where stamp = ?");
    if (!remove)
        return remove.error();
    for (const DigestValue& each : gone) {
        const StampBytes stamp = stampBytes(each);
        if (auto done = remove->bind(1, std::span<const std::byte>(stamp)).run(); !done)
            return done;
    }
    return {};
}

} // namespace

Result<std::vector<FoundTrace>> foundTraces(Workspace& workspace)
{
    auto select = workspace.database().prepare("select stamp, data from found");
    std::vector<FoundTrace> found;
    const auto read = eachRow(select, [&](const Statement& row) {
        const auto stamp = row.blob(0);
        if (stamp.size() != sizeof(DigestValue)) // no stamp of ours
            return;
        const auto data = row.blob(1);
        found.push_back({stampOfBytes(stamp.first<sizeof(DigestValue)>()),
                         std::string(reinterpret_cast<const char*>(data.data()), data.size())});
    });
    if (!read)
        return read.error();
    return found;
}

Result<void> keepFoundTraces(Workspace& workspace, const std::vector<FoundTrace>& found,
                             const std::vector<DigestValue>& gone)
{
    Database& database = workspace.database();
    return inTransaction(database, [&] { return write(database, found, gone); });
}

} // namespace arcscope
