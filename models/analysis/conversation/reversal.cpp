#include "reversal.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Bytes of the sentence.
TextRange bytesOf(const ClaimSentence& claim, TokenRange range)
{
    return {claim.tokens[range.first].from, claim.tokens[std::size_t(range.end) - 1].to};
}

void mark(FindingPlace& place, TextRange range)
{
    if (range.to <= place.quote.size())
        place.marks.push_back({static_cast<std::uint32_t>(range.from), static_cast<std::uint32_t>(range.to)});
}

} // namespace

std::optional<RuleMatch> reversed(PairComparer& comparer, const ClaimSentence& before, const ClaimSentence& after,
                                  bool takenBack)
{
    const auto& matches = comparer.compare(before, after, takenBack ? PairOrigin::Apart : PairOrigin::OneText);
    if (matches.empty())
        return std::nullopt;
    const RuleMatch best = matches.front();
    if (!takenBack)
        return best;
    const ClaimPair pair{before, after, comparer.alignment()};
    const bool stopped = std::ranges::any_of(
        pairGuards(), [&](const PairGuard& guard) { return guard.name != "change" && guard.stops(pair); });
    return stopped || best.hit.tier != PairTier::Finding ? std::nullopt : std::optional(best);
}

void addReversal(const Conversation& conversation, const StatedClaim& before, const StatedClaim& after,
                 const RuleMatch& match, Finding& into)
{
    into.places.push_back(placeOf(conversation, after));
    mark(into.places.back(), bytesOf(after.claim, match.hit.b));
    into.places.push_back(placeOf(conversation, before));
    mark(into.places.back(), bytesOf(before.claim, match.hit.a));
    into.strength = std::clamp(match.hit.strength, 0.0, 1.0);
    into.facts.push_back({"rule", std::string(match.rule->title)});
    into.facts.push_back({"why no other wording", std::string(match.rule->why)});
}

std::string_view newWords(const Conversation& conversation, const StatedClaim& after, const RuleMatch& match)
{
    return bytesOf(after.claim, match.hit.b).of(textOf(conversation, after));
}

} // namespace arcscope
