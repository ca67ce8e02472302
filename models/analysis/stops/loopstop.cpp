// Text that repeats itself at its end, and calls that are made again and again.
#include "contentloop.h"
#include "stopchecks.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr double fewestRepeats = 4;
constexpr double fewestDrifting = 5;
constexpr int callsBefore = 3;
constexpr int callsBeforeUnseen = 7;     ///< where their results are not recorded
constexpr std::int64_t behindLoop = 240; ///< bytes that may follow the loop: a server's cut, a closing line
constexpr std::size_t longestText = std::size_t(1) << 20;

bool isDegenerate(const ContentLoop& loop)
{
    if (loop.exact)
        return loop.repeats() >= fewestRepeats || (loop.confirmed && loop.repeats() >= 3);
    return loop.confirmed && loop.repeats() >= fewestDrifting;
}

} // namespace

void checkLoop(const StoppedCall& call, StopHits& into)
{
    if (!call.texts.empty()) {
        const StopText& last = call.texts.back();
        const std::size_t skipped = last.text.size() - std::min(last.text.size(), longestText);
        const auto loops = findLoops(last.text.substr(skipped));
        const auto size = static_cast<std::int64_t>(last.text.size() - skipped);
        if (!loops.empty() && isDegenerate(loops.back()) &&
            size - loops.back().to <= std::max(behindLoop, loops.back().periodBytes)) {
            const auto from = static_cast<std::int64_t>(skipped);
            into.push_back({StopRuleId::RepeatedText, last.place, from + loops.back().from, from + loops.back().to, 0});
        }
    }
    const int enough = call.around.sameResults ? callsBefore : callsBeforeUnseen;
    if (!call.calls.empty() && call.around.repeats >= enough)
        into.push_back({StopRuleId::RepeatedCall, call.calls.front().place, 0,
                        static_cast<std::int64_t>(call.calls.front().text.size()), 0});
    if (call.claim == StopClaim::Malformed && call.word.find("epetition") != std::string_view::npos)
        into.push_back({StopRuleId::RepetitionWord, {}, -1, -1, 0});
}

} // namespace arcscope
