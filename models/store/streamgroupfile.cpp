#include "streamgroupfile.h"

#include "packing.h"
#include "sqlite.h"
#include "workspace.h"

namespace arcscope
{

Result<std::vector<StreamGroupPlace>> streamGroups(Workspace& workspace)
{
    auto select = workspace.database().prepare("select id, length(data) from streams order by id");
    if (!select)
        return select.error();
    std::vector<StreamGroupPlace> places;
    while (true) {
        const auto row = select->step();
        if (!row)
            return row.error();
        if (!*row)
            return places;
        places.push_back({select->number(0), static_cast<std::uint64_t>(select->number(1))});
    }
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

} // namespace arcscope
