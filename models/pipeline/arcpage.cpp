#include "arcpage.h"

#include <algorithm>
#include <atomic>
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
    page.breakdowns.resize(groupings.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i <= groupings.size() && !control.stopped(); i = next++) {
            if (i == 0)
                page.whole = summarise(arcs, page.rows);
            else
                page.breakdowns[i - 1] = breakDown(arcs, page.rows, groupings[i - 1]);
        }
    };
    const auto wanted =
        std::min<std::size_t>(std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads), groupings.size() + 1);
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < wanted; ++i)
        helpers.emplace_back(work);
    work();
    for (std::thread& helper : helpers)
        helper.join();
    if (control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    return page;
}

} // namespace arcscope
