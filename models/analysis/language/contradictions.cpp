#include "contradictions.h"

#include <algorithm>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr std::size_t mostPartners = 5; ///< sentences that one is compared with
constexpr std::size_t mostWithWord =
    200; ///< a word that stands in more sentences says nothing of which belong together
constexpr double leastOverlapApart = 0.3; ///< of the words of the shorter sentence
constexpr double leastOverlapWithin = 0.4;

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

/// The different content words of a claim, values left out.
std::vector<std::uint64_t> wordsOf(const ClaimSentence& claim)
{
    std::vector<std::uint64_t> keys;
    for (const std::uint16_t i : claim.byKey) {
        const ClaimToken& token = claim.tokens[i];
        if (token.word && token.content && (keys.empty() || keys.back() != token.key))
            keys.push_back(token.key);
    }
    return keys;
}

/// Finds for a claim those that speak of the same.
class Partners
{
public:
    Partners(const std::vector<ClaimSentence>& claims, double leastOverlap)
        : m_leastOverlap(leastOverlap)
        , m_counts(claims.size())
    {
        for (std::size_t i = 0; i < claims.size(); ++i) {
            const auto words = wordsOf(claims[i]);
            m_sizes.push_back(words.size());
            for (const std::uint64_t word : words)
                m_index[word].push_back(static_cast<std::uint32_t>(i));
        }
    }

    /// At most five, those with most words in common first; only from number `first` on.
    const std::vector<std::uint32_t>& of(const ClaimSentence& claim, std::size_t first = 0)
    {
        m_found.clear();
        const auto words = wordsOf(claim);
        for (const std::uint64_t word : words) {
            const auto known = m_index.find(word);
            if (known == m_index.end() || known->second.size() > mostWithWord)
                continue;
            for (const std::uint32_t i : known->second) {
                if (i >= first && m_counts[i]++ == 0)
                    m_found.push_back(i);
            }
        }
        const auto shares = [&](std::uint32_t i) {
            return static_cast<double>(m_counts[i]) / static_cast<double>(std::min(words.size(), m_sizes[i]));
        };
        const auto tooFew = [&](std::uint32_t i) {
            const std::size_t shorter = std::min(words.size(), m_sizes[i]);
            return m_counts[i] < std::min<std::size_t>(2, shorter) || shares(i) < m_leastOverlap;
        };
        std::vector<std::uint32_t> touched = m_found;
        std::erase_if(m_found, tooFew);
        std::ranges::stable_sort(m_found, [&](std::uint32_t a, std::uint32_t b) { return m_counts[a] > m_counts[b]; });
        m_found.resize(std::min(m_found.size(), mostPartners));
        for (const std::uint32_t i : touched)
            m_counts[i] = 0;
        return m_found;
    }

private:
    double m_leastOverlap;
    std::vector<std::size_t> m_counts;
    std::vector<std::size_t> m_sizes;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_index;
    std::vector<std::uint32_t> m_found;
};

ByteRange bytesOf(const ClaimSentence& claim, TokenRange range)
{
    return {claim.from + claim.tokens[range.first].from, claim.from + claim.tokens[std::size_t(range.end) - 1].to};
}

std::string_view partOf(std::string_view text, ByteRange range)
{
    return text.substr(static_cast<std::size_t>(range.from), static_cast<std::size_t>(range.to - range.from));
}

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
            m_result.found.push_back(told(a, b, matches));
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
    Contradiction told(const ClaimSentence& a, const ClaimSentence& b, const std::vector<RuleMatch>& matches) const
    {
        const RuleHit& hit = matches.front().hit;
        const WordAlignment& words = m_comparer.alignment();
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
        out.why = whyOf(out);
        return out;
    }

    std::string whyOf(const Contradiction& found) const
    {
        std::string why;
        if (found.slot)
            why = "The " + std::string(name(found.slot->type)) + " " + found.slot->a + " is not " + found.slot->b;
        else
            why = "“" + std::string(partOf(m_a, found.differsA)) + "” stands against “" +
                  std::string(partOf(m_b, found.differsB)) + "”";
        return why + ", and " + std::string(found.rule->why) + ".";
    }

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
    Partners partners(right, origin == PairOrigin::Apart ? leastOverlapApart : leastOverlapWithin);
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
    Partners partners(claims, leastOverlapWithin);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        for (const std::uint32_t j : partners.of(claims[i], i + 1))
            search.compare(claims[i], claims[j]);
    }
    return search.finish(claims.size(), claims.size());
}

} // namespace arcscope
