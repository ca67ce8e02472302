#include "replaystore.h"

#include "packing.h"
#include "stampbytes.h"
#include "transaction.h"
#include "workspace.h"

#include <span>

namespace arcscope
{
namespace
{

Result<void> write(Database& database, const DigestValue& stamp, std::string_view bytes)
{
    const auto key = stampBytes(stamp);
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
    return clean ? clean->bind(1, mostKeptReplays).run() : clean.error();
}

} // namespace

Result<void> keepReplay(Workspace& workspace, const DigestValue& stamp, std::string_view bytes)
{
    Database& database = workspace.database();
    return inTransaction(database, [&] { return write(database, stamp, bytes); });
}

Result<std::optional<std::string>> keptReplay(Workspace& workspace, const DigestValue& stamp)
{
    auto select = workspace.database().prepare("select data from replays where stamp = ?");
    if (!select)
        return select.error();
    const auto key = stampBytes(stamp);
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

Result<void> eachKeptReplay(Workspace& workspace, const std::function<bool(std::string_view)>& use)
{
    auto select = workspace.database().prepare("select data from replays order by number desc");
    if (!select)
        return select.error();
    while (true) {
        const auto there = select->step();
        if (!there)
            return there.error();
        if (!*there)
            return {};
        if (const auto bytes = unpack(select->blob(0)); bytes && !use(*bytes))
            return {};
    }
}

} // namespace arcscope
