#include "foundtraces.h"

#include "eachrow.h"
#include "workspace.h"

#include <array>
#include <span>

namespace arcscope
{
namespace
{

using StampBytes = std::array<std::byte, sizeof(DigestValue)>;

/// Little endian.
StampBytes bytesOf(const DigestValue& stamp)
{
    StampBytes bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(stamp[i / 8] >> (8 * (i % 8)) & 0xff);
    return bytes;
}

DigestValue stampOf(std::span<const std::byte> bytes)
{
    DigestValue stamp{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        stamp[i / 8] |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * (i % 8));
    return stamp;
}

Result<void> write(Database& database, const std::vector<FoundTrace>& found, const std::vector<DigestValue>& gone)
{
    auto put = database.prepare("insert or replace into found(stamp, data) values(?, ?)");
    if (!put)
        return put.error();
    for (const FoundTrace& trace : found) {
        const StampBytes stamp = bytesOf(trace.stamp);
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
        const StampBytes stamp = bytesOf(each);
        if (auto done = remove->bind(1, std::span<const std::byte>(stamp)).run(); !done)
            return done;
    }
    return database.execute("commit");
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
        found.push_back({stampOf(stamp), std::string(reinterpret_cast<const char*>(data.data()), data.size())});
    });
    if (!read)
        return read.error();
    return found;
}

Result<void> keepFoundTraces(Workspace& workspace, const std::vector<FoundTrace>& found,
                             const std::vector<DigestValue>& gone)
{
    Database& database = workspace.database();
    if (auto begun = database.execute("begin immediate"); !begun)
        return begun;
    auto done = write(database, found, gone);
    if (!done)
        static_cast<void>(database.execute("rollback"));
    return done;
}

} // namespace arcscope
