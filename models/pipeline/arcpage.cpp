#include "arcpage.h"

#include <algorithm>
#include <iterator>
#include <thread>

namespace arcscope
{
namespace
{

constexpr unsigned mostThreads = 4;

} // namespace

Result<ArcPage> arcPage(const ArcCorpus& arcs, const StringTable& strings, const ArcSelection& selection,
                        std::span<const ArcGrouping> groupings, const Control& control)
{
    return arcPage(arcs, select(selection, arcs, strings), groupings, control);
}

Result<ArcPage> arcPage(const ArcCorpus& arcs, std::vector<std::uint32_t> rows, std::span<const ArcGrouping> groupings,
                        const Control& control)
{
    ArcPage page;
    page.rows = std::move(rows);
    // Each thread takes a share of the groupings through one pass over the table.
    std::vector<ArcGrouping> all{{ArcGrouping::By::Whole}};
    all.insert(all.end(), groupings.begin(), groupings.end());
    std::vector<ArcBreakdown> made(all.size());
    const std::size_t threads =
        std::min<std::size_t>(std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads), all.size());
    // One after the other: the first share is the larger one where they are not equal, as those over time, which have
    // the most groups, stand last.
    const auto shareFrom = [&](std::size_t thread) { return (thread * all.size() + threads - 1) / threads; };
    const auto work = [&](std::size_t thread) {
        const std::size_t from = shareFrom(thread);
        const std::span<const ArcGrouping> share(all.data() + from, shareFrom(thread + 1) - from);
        if (control.stopped())
            return;
        std::vector<ArcBreakdown> figures = breakDown(arcs, page.rows, share);
        std::move(figures.begin(), figures.end(), made.begin() + static_cast<std::ptrdiff_t>(from));
    };
    std::vector<std::thread> helpers;
    for (std::size_t thread = 1; thread < threads; ++thread)
        helpers.emplace_back(work, thread);
    work(0);
    for (std::thread& helper : helpers)
        helper.join();
    if (control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    page.whole = std::move(made[0].groups[0].summary);
    page.breakdowns.assign(std::make_move_iterator(made.begin() + 1), std::make_move_iterator(made.end()));
    return page;
}

} // namespace arcscope
