// layers: analysis
// Any text as an answer that comes in pieces: loops do not depend on the pieces, and what is found lies in the text.
#include "contentloop.h"
#include "truncation.h"

#include <algorithm>
#include <cstdlib>

using namespace arcscope;

namespace
{

constexpr std::size_t largestInput = std::size_t(1) << 15;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Looks often and wants little, so that short texts have loops.
LoopRules eager()
{
    LoopRules rules;
    rules.interval = 4;
    rules.driftInterval = 8;
    rules.exactTokens = 3;
    rules.driftTokens = 4;
    rules.driftWords = 0.1;
    return rules;
}

std::vector<ContentLoop> inPieces(std::string_view text, std::size_t most)
{
    LoopFinder finder(eager());
    while (!text.empty()) {
        const std::size_t size = std::min(text.size(), 1 + static_cast<unsigned char>(text.front()) % most);
        finder.feed(text.substr(0, size));
        text.remove_prefix(size);
    }
    finder.finish();
    return finder.loops();
}

bool same(const ContentLoop& a, const ContentLoop& b)
{
    return a.exact == b.exact && a.from == b.from && a.to == b.to && a.firstToken == b.firstToken &&
           a.tokens == b.tokens && a.period == b.period && a.periodBytes == b.periodBytes && a.seenWith == b.seenWith &&
           a.unit == b.unit && a.confirmed == b.confirmed;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), std::min(size, largestInput));
    const auto end = static_cast<std::int64_t>(text.size());
    const auto loops = findLoops(text, eager());
    require(std::ranges::equal(loops, inPieces(text, 1), same));
    require(std::ranges::equal(loops, inPieces(text, 13), same));
    for (const ContentLoop& loop : loops) {
        require(loop.from >= 0 && loop.from < loop.to && loop.to <= end);
        require(loop.seenWith > loop.from && loop.seenWith <= end);
        require(loop.period > 0 && loop.tokens >= loop.period && loop.novelty > 0 && loop.novelty <= 1);
        require(text.substr(static_cast<std::size_t>(loop.from)).starts_with(loop.unit));
    }
    for (const TruncationCue& cue : truncationCues(text))
        require(cue.byte >= 0 && cue.byte < end && !name(cue.sign).empty());
    return 0;
}
