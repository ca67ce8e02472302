#include "replaystore.h"

#include "packing.h"
#include "workspace.h"

#include <array>
#include <span>

namespace arcscope
{
namespace
{

/// Little endian.
std::array<std::byte, sizeof(DigestValue)> bytesOf(const DigestValue& stamp)
{
    std::array<std::byte, sizeof(DigestValue)> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(stamp[i / 8] >> (8 * (i % 8)) & 0xffU);
    return bytes;
}

Result<void> write(Database& database, const DigestValue& stamp, std::string_view bytes)
{
    const auto key = bytesOf(stamp);
    Packer packer;
    auto forget = database.prepare("delete from replays where stamp = ?");
    if (!forget)
        return forget.error();
    if (auto done = forget->bind(1, std::span<const std::byte>(key)).run(); !done)
        return done;
    auto put = database.prepare("insert into replays(stamp, data) values(?, ?)");
    if (!put)
        return put.error();
    if (auto done = put->bind(1, std::span<const std::byte>(key)).bind(2, packer.pack(bytes)).run(); !done)
        return done;
    auto clean = database.prepare(
        "delete from replays where number not in (select number from replays order by number desc limit ?)");
    if (!clean)
        return clean.error();
    if (auto done = clean->bind(1, mostKeptReplays).run(); !done)
        return done;
    return database.execute("commit");
}

} // namespace

Result<void> keepReplay(Workspace& workspace, const DigestValue& stamp, std::string_view bytes)
{
    Database& database = workspace.database();
    if (auto begun = database.execute("begin immediate"); !begun)
        return begun;
    auto done = write(database, stamp, bytes);
    if (!done)
        static_cast<void>(database.execute("rollback"));
    return done;
}

Result<std::optional<std::string>> keptReplay(Workspace& workspace, const DigestValue& stamp)
{
    auto select = workspace.database().prepare("select data from replays where stamp = ?");
    if (!select)
        return select.error();
    const auto key = bytesOf(stamp);
    auto there = select->bind(1, std::span<const std::byte>(key)).step();
    if (!there)
        return there.error();
    if (!*there)
        return std::optional<std::string>();
    auto bytes = unpack(select->blob(0));
    if (!bytes)
        return bytes.error();
    return std::optional(std::move(*bytes));
}

} // namespace arcscope
