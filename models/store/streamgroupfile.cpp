#include "streamgroupfile.h"

#include "eachrow.h"
#include "packing.h"
#include "sqlite.h"
#include "streamcodec.h"
#include "workspace.h"

namespace arcscope
{

Result<std::vector<StreamGroupPlace>> streamGroups(Workspace& workspace)
{
    auto select = workspace.database().prepare("select id, length(data) from streams order by id");
    return allRows<StreamGroupPlace>(select, [](const Statement& row) {
        return StreamGroupPlace{row.number(0), static_cast<std::uint64_t>(row.number(1))};
    });
}

Result<std::string> streamGroup(Workspace& workspace, std::int64_t id)
{
    auto select = workspace.database().prepare("select data from streams where id = ?");
    if (!select)
        return select.error();
    select->bind(1, id);
    const auto row = select->step();
    if (!row)
        return row.error();
    if (!*row)
        return std::string();
    auto bytes = unpack(select->blob(0));
    if (!bytes)
        return within(bytes.error(), workspace.path());
    return bytes;
}

Result<PackedStream> readStream(Database& database, Row row)
{
    auto select = database.prepare("select data from streams where first <= ?1 and last >= ?1 order by id");
    if (!select)
        return select.error();
    select->bind(1, std::int64_t{row});
    std::string groups;
    while (true) {
        const auto found = select->step();
        if (!found)
            return found.error();
        if (!*found)
            break;
        const auto bytes = unpack(select->blob(0));
        if (!bytes)
            return bytes.error();
        groups += *bytes;
    }
    return findStream(groups, row).value_or(PackedStream{});
}

Result<void> writeStream(Database& database, Packer& packer, Row row, const PackedStream& stream)
{
    auto insert = database.prepare("insert into streams(first, last, data) values(?,?,?)");
    if (!insert)
        return insert.error();
    std::string group;
    appendStream(group, row, stream);
    const auto packed = packer.pack(group);
    return insert->bind(1, std::int64_t{row}).bind(2, std::int64_t{row}).bind(3, packed).run();
}

} // namespace arcscope
