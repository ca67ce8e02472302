#include "contradictions.h"

#include "claimpartners.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr double leastOverlapApart = 0.3; ///< of the words of the shorter sentence

std::vector<ClaimSentence> claimsOf(std::string_view text, ClaimReader& reader)
{
    std::vector<ClaimSentence> claims;
    for (const Sentence& each : sentencesOf(text)) {
        const auto from = static_cast<std::size_t>(each.from);
        claims.push_back(
            reader.read(text.substr(from, static_cast<std::size_t>(each.to) - from), each.kind, each.from));
    }
    return claims;
}

ByteRange bytesOf(const ClaimSentence& claim, TokenRange range)
{
    return {claim.from + claim.tokens[range.first].from, claim.from + claim.tokens[std::size_t(range.end) - 1].to};
}

std::string_view partOf(std::string_view text, ByteRange range)
{
    return text.substr(static_cast<std::size_t>(range.from), static_cast<std::size_t>(range.to - range.from));
}

std::string whyOf(const Contradiction& found, std::string_view a, std::string_view b)
{
    std::string why;
    if (found.slot)
        why = "The " + std::string(name(found.slot->type)) + " is “" + std::string(partOf(a, found.differsA)) +
              "” in one and “" + std::string(partOf(b, found.differsB)) + "” in the other";
    else if (partOf(a, found.differsA) == partOf(b, found.differsB))
        why = "“" + std::string(partOf(a, found.differsA)) + "” is denied on one side only";
    else
        why = "“" + std::string(partOf(a, found.differsA)) + "” stands against “" +
              std::string(partOf(b, found.differsB)) + "”";
    return why + ", and " + std::string(found.rule->why) + ".";
}

} // namespace

Contradiction contradictionOf(std::string_view textA, const ClaimSentence& a, std::string_view textB,
                              const ClaimSentence& b, const WordAlignment& words, std::span<const RuleMatch> matches)
{
    const RuleHit& hit = matches.front().hit;
    Contradiction out;
    out.rule = matches.front().rule;
    out.tier = hit.tier;
    out.strength = hit.strength;
    for (std::size_t i = 1; i < matches.size(); ++i)
        out.otherRules.push_back(matches[i].rule->name);
    out.a = {a.from, a.to};
    out.b = {b.from, b.to};
    out.differsA = bytesOf(a, hit.a);
    out.differsB = bytesOf(b, hit.b);
    out.coverageA = words.coverageA;
    out.coverageB = words.coverageB;
    for (std::size_t i = 0; i < a.tokens.size(); ++i) {
        if (words.toB[i] >= 0 && a.tokens[i].content)
            out.aligned.emplace_back(bytesOf(a, only(i)), bytesOf(b, only(static_cast<std::size_t>(words.toB[i]))));
    }
    for (const PairGuard& guard : pairGuards())
        out.guards.push_back({guard.name, guard.title, guard.stops({a, b, words})});
    if (hit.valueA >= 0) {
        const TypedValue& left = a.values[static_cast<std::size_t>(hit.valueA)];
        const TypedValue& right = b.values[static_cast<std::size_t>(hit.valueB)];
        out.slot = Contradiction::Slot{left.type, left.unit, normalised(left), normalised(right)};
    }
    out.why = whyOf(out, textA, textB);
    return out;
}

namespace
{

/// Two texts and what was found in them so far.
class Search
{
public:
    Search(std::string_view a, std::string_view b, PairOrigin origin)
        : m_a(a)
        , m_b(b)
        , m_origin(origin)
    {
    }

    void compare(const ClaimSentence& a, const ClaimSentence& b)
    {
        ++m_result.pairs;
        const auto& matches = m_comparer.compare(a, b, m_origin);
        if (!matches.empty())
            m_result.found.push_back(contradictionOf(m_a, a, m_b, b, m_comparer.alignment(), matches));
    }

    Contradictions finish(std::size_t sentencesA, std::size_t sentencesB)
    {
        std::ranges::stable_sort(m_result.found, [](const Contradiction& x, const Contradiction& y) {
            return x.tier != y.tier ? x.tier < y.tier : x.strength > y.strength;
        });
        m_result.sentencesA = sentencesA;
        m_result.sentencesB = sentencesB;
        return std::move(m_result);
    }

private:
    std::string_view m_a;
    std::string_view m_b;
    PairOrigin m_origin;
    PairComparer m_comparer;
    Contradictions m_result;
};

} // namespace

Contradictions findContradictions(std::string_view a, std::string_view b, PairOrigin origin)
{
    ClaimReader reader;
    const auto left = claimsOf(a, reader);
    const auto right = claimsOf(b, reader);
    Search search(a, b, origin);
    if (left.size() == 1 && right.size() == 1) {
        search.compare(left.front(), right.front());
        return search.finish(1, 1);
    }
    ClaimPartners partners(right, origin == PairOrigin::Apart ? leastOverlapApart : leastOverlapWithin);
    for (const ClaimSentence& claim : left) {
        for (const std::uint32_t j : partners.of(claim))
            search.compare(claim, right[j]);
    }
    return search.finish(left.size(), right.size());
}

Contradictions findContradictionsWithin(std::string_view text)
{
    ClaimReader reader;
    const auto claims = claimsOf(text, reader);
    Search search(text, text, PairOrigin::OneText);
    ClaimPartners partners(claims, leastOverlapWithin);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        for (const std::uint32_t j : partners.of(claims[i], i + 1))
            search.compare(claims[i], claims[j]);
    }
    return search.finish(claims.size(), claims.size());
}

} // namespace arcscope
