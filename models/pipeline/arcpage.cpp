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
    ArcPage page;
    page.rows = select(selection, arcs, strings);
    // Each thread takes a share of the groupings through one pass over the table.
    std::vector<ArcGrouping> all{{ArcGrouping::By::Whole}};
    all.insert(all.end(), groupings.begin(), groupings.end());
    std::vector<ArcBreakdown> made(all.size());
    const std::size_t threads =
        std::min<std::size_t>(std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads), all.size());
    const auto work = [&](std::size_t thread) {
        std::vector<ArcGrouping> share;
        for (std::size_t i = thread; i < all.size(); i += threads)
            share.push_back(all[i]);
        if (control.stopped())
            return;
        std::vector<ArcBreakdown> figures = breakDown(arcs, page.rows, share);
        for (std::size_t i = 0; i < figures.size(); ++i)
            made[thread + i * threads] = std::move(figures[i]);
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
