#include "pairrule.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

bool isOneOf(const WordFacts& word, std::initializer_list<std::string_view> list)
{
    return std::ranges::find(list, word.lower) != list.end();
}

/// A denial close before a word, or in it: "never ran", "unreadable".
bool isDeniedNear(const ClaimSentence& claim, std::size_t at)
{
    constexpr std::size_t farthest = 5;
    for (std::size_t back = 1; back <= std::min(at, farthest); ++back) {
        const ClaimToken& token = claim.tokens[at - back];
        if (token.is(WordClass::Negation) || token.is(WordClass::WeakNegation))
            return true;
    }
    return false;
}

/// Whether the words that a negation of `claim` denies stand in `other` undenied; how surely.
double denies(const ClaimSentence& claim, const std::vector<std::int16_t>& to, const ClaimSentence& other,
              double weight, std::size_t& at)
{
    double best = 0;
    for (std::size_t i = 0; i < claim.tokens.size(); ++i) {
        const ClaimToken& token = claim.tokens[i];
        if (token.cue < 0 || token.rank > 1 || to[i] < 0)
            continue;
        const auto j = static_cast<std::size_t>(to[i]);
        if (other.tokens[j].cue >= 0 || isDeniedNear(other, j))
            continue;
        const WordFacts& cue = *claim.tokens[static_cast<std::size_t>(token.cue)].word;
        if (!token.word->verb && !token.word->adjective && !isOneOf(cue, {"no", "without", "none", "never"}))
            continue;
        const double strength = (token.rank == 0 ? 1.0 : 0.5) * weight;
        if (strength > best) {
            best = strength;
            at = i;
        }
    }
    return best;
}

/// The other word begins with a prefix that makes the opposite of `word`.
bool isPrefixed(const WordFacts& word, const WordFacts& other)
{
    constexpr std::array<std::string_view, 8> prefixes{"un", "in", "im", "ir", "il", "dis", "non", "mis"};
    constexpr std::size_t shortestStem = 4;
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) {
        const std::string_view lower = other.lower;
        if (!lower.starts_with(prefix) || lower.size() < prefix.size() + shortestStem)
            return false;
        const std::string_view rest = lower.substr(prefix.size());
        return rest == word.lower || rest == word.base;
    });
}

bool sameParity(const ClaimPair& pair)
{
    return pair.a.negations % 2 == pair.b.negations % 2;
}

/// Calls `visit` for all words of either side that stand for none of the other, at most 32 of each.
template <typename Visit>
void forEachUnaligned(const ClaimPair& pair, const Visit& visit)
{
    constexpr std::size_t most = 32;
    std::array<std::uint16_t, most> right{};
    std::size_t rights = 0;
    for (std::size_t j = 0; j < pair.b.tokens.size() && rights < most; ++j) {
        const ClaimToken& token = pair.b.tokens[j];
        if (token.word && pair.words.toA[j] < 0 && token.word->lower.size() > 1)
            right[rights++] = static_cast<std::uint16_t>(j);
    }
    std::size_t lefts = 0;
    for (std::size_t i = 0; i < pair.a.tokens.size() && lefts < most; ++i) {
        const ClaimToken& token = pair.a.tokens[i];
        if (!token.word || pair.words.toB[i] >= 0 || token.word->lower.size() < 2)
            continue;
        ++lefts;
        for (std::size_t k = 0; k < rights; ++k)
            visit(i, std::size_t(right[k]));
    }
}

bool hasBase(const ClaimSentence& claim, WordClass which)
{
    return std::ranges::any_of(claim.tokens, [which](const ClaimToken& token) {
        return token.word && (has(token.word->baseClasses, which) || token.is(which));
    });
}

/// "lower for hats than for shoes", "higher for shoes than for hats": what is compared has changed sides, too.
bool changesSides(const ClaimPair& pair)
{
    const auto behindThan = [](const ClaimSentence& claim) {
        const auto than = std::ranges::find_if(
            claim.tokens, [](const ClaimToken& token) { return token.word && token.word->lower == "than"; });
        return static_cast<std::size_t>(than - claim.tokens.begin());
    };
    const std::size_t a = behindThan(pair.a);
    const std::size_t b = behindThan(pair.b);
    if (a == pair.a.tokens.size() || b == pair.b.tokens.size())
        return false;
    bool forward = false;
    bool back = false;
    for (std::size_t i = 0; i < pair.a.tokens.size(); ++i) {
        const std::int16_t to = pair.words.toB[i];
        if (to < 0 || !pair.a.tokens[i].content)
            continue;
        forward = forward || (i<a&& static_cast<std::size_t>(to)> b);
        back = back || (i > a && static_cast<std::size_t>(to) < b);
    }
    return forward && back;
}

} // namespace

std::optional<RuleHit> negatedPredicate(const ClaimPair& pair)
{
    constexpr double leastStrength = 0.5;
    constexpr double findingStrength = 0.6;
    if ((!pair.a.hasClass(WordClass::Negation) && !pair.b.hasClass(WordClass::Negation)) || pair.a.hedged ||
        pair.b.hedged)
        return std::nullopt;
    const double weight = std::min(1.0, pair.words.mean() + 0.1) * (pair.words.least() >= 0.35 ? 1.0 : 0.6);
    std::size_t inA = 0;
    std::size_t inB = 0;
    const double ofA = denies(pair.a, pair.words.toB, pair.b, weight, inA);
    const double ofB = denies(pair.b, pair.words.toA, pair.a, weight, inB);
    const double strength = std::max(ofA, ofB);
    if (strength < leastStrength)
        return std::nullopt;
    if (ofA >= ofB)
        inB = static_cast<std::size_t>(pair.words.toB[inA]);
    else
        inA = static_cast<std::size_t>(pair.words.toA[inB]);
    return RuleHit{strength >= findingStrength ? PairTier::Finding : PairTier::CheckThis, strength, only(inA),
                   only(inB)};
}

std::optional<RuleHit> oppositeWords(const ClaimPair& pair)
{
    constexpr double leastScore = 0.55;
    constexpr double findingScore = 0.6;
    if (pair.words.most() < 0.5 || !sameParity(pair) || changesSides(pair))
        return std::nullopt;
    std::optional<RuleHit> best;
    forEachUnaligned(pair, [&](std::size_t i, std::size_t j) {
        const ClaimToken& left = pair.a.tokens[i];
        const ClaimToken& right = pair.b.tokens[j];
        const bool graded = (left.is(WordClass::All) && right.is(WordClass::Some)) ||
                            (left.is(WordClass::Some) && right.is(WordClass::All)); // what all do some do, too
        if (graded || !areOpposite(*left.word, *right.word))
            return;
        const int neighbours = alignedNeighbours(pair, i, j);
        double score = 0.35 + 0.35 * windowOverlap(pair, i, j, 3) + 0.1 * std::min(neighbours, 3);
        if (!left.content && !right.content && neighbours < 2)
            score -= 0.2;
        score = std::min(score, 1.0);
        if (score < leastScore || (best && best->strength >= score))
            return;
        const bool finding = score >= findingScore && pair.words.least() >= 0.5;
        best = RuleHit{finding ? PairTier::Finding : PairTier::CheckThis, score, only(i), only(j)};
    });
    return best;
}

std::optional<RuleHit> oppositePrefix(const ClaimPair& pair)
{
    if (pair.words.least() < 0.5 || !sameParity(pair))
        return std::nullopt;
    std::optional<RuleHit> found;
    forEachUnaligned(pair, [&](std::size_t i, std::size_t j) {
        const WordFacts& left = *pair.a.tokens[i].word;
        const WordFacts& right = *pair.b.tokens[j].word;
        if (!found && (isPrefixed(left, right) || isPrefixed(right, left)))
            found = RuleHit{PairTier::Finding, pair.words.most(), only(i), only(j)};
    });
    return found;
}

std::optional<RuleHit> differentOutcome(const ClaimPair& pair)
{
    constexpr std::size_t longest = 9; ///< content words: in longer ones other things fail, too
    if (pair.a.hasClass(WordClass::Negation) || pair.b.hasClass(WordClass::Negation) || pair.a.contentCount > longest ||
        pair.b.contentCount > longest)
        return std::nullopt;
    const bool goodA = hasBase(pair.a, WordClass::Good);
    const bool goodB = hasBase(pair.b, WordClass::Good);
    const bool badA = hasBase(pair.a, WordClass::Bad);
    const bool badB = hasBase(pair.b, WordClass::Bad);
    if (!((goodA && !badA && badB && !goodB) || (badA && !goodA && goodB && !badB)))
        return std::nullopt;
    const auto outcome = [](const ClaimSentence& claim) {
        const auto found = std::ranges::find_if(claim.tokens, [](const ClaimToken& token) {
            return token.word && (has(token.word->baseClasses | token.word->classes, WordClass::Good) ||
                                  has(token.word->baseClasses | token.word->classes, WordClass::Bad));
        });
        return only(static_cast<std::size_t>(found - claim.tokens.begin()));
    };
    for (std::size_t i = 0; i < pair.a.tokens.size(); ++i) {
        const ClaimToken& token = pair.a.tokens[i];
        const bool shared = pair.words.toB[i] >= 0 && token.content && token.word && token.word->noun &&
                            !has(token.word->baseClasses, WordClass::Good) &&
                            !has(token.word->baseClasses, WordClass::Bad);
        if (shared)
            return RuleHit{PairTier::Finding, pair.words.mean(), outcome(pair.a), outcome(pair.b)};
    }
    return std::nullopt;
}

std::optional<RuleHit> differentQuantifier(const ClaimPair& pair)
{
    constexpr double leastCoverage = 0.6;
    if (pair.words.mean() < leastCoverage)
        return std::nullopt;
    const ClaimSentence& a = pair.a;
    const ClaimSentence& b = pair.b;
    const bool deniedA = a.hasClass(WordClass::Negation);
    const bool deniedB = b.hasClass(WordClass::Negation);
    const auto first = [](const ClaimSentence& claim) {
        const auto found = std::ranges::find_if(claim.tokens, [](const ClaimToken& token) {
            return token.is(WordClass::All) || token.is(WordClass::None) || token.is(WordClass::Some);
        });
        return only(static_cast<std::size_t>(found - claim.tokens.begin()));
    };
    const auto clash = [](const ClaimSentence& x, const ClaimSentence& y, bool deniedX, bool deniedY) {
        // "all ran" and "some did not run"; "none ran" and "some ran"
        return (x.hasClass(WordClass::All) && y.hasClass(WordClass::Some) && deniedY && !deniedX) ||
               (x.hasClass(WordClass::None) && (y.hasClass(WordClass::Some) || y.hasClass(WordClass::All)) && !deniedY);
    };
    const auto startsWith = [](const ClaimSentence& claim, std::initializer_list<std::string_view> words) {
        return !claim.tokens.empty() && claim.tokens[0].word && isOneOf(*claim.tokens[0].word, words);
    };
    const auto onlyAgainstAll = [&](const ClaimSentence& x,
                                    const ClaimSentence& y) { // "only admins may", "everyone may"
        return startsWith(x, {"only"}) && startsWith(y, {"everyone", "everybody", "anyone", "anybody"});
    };
    if (!deniedA && !deniedB && (onlyAgainstAll(a, b) || onlyAgainstAll(b, a)))
        return RuleHit{PairTier::Finding, pair.words.mean(), only(0), only(0)};
    if (clash(a, b, deniedA, deniedB) || clash(b, a, deniedB, deniedA))
        return RuleHit{PairTier::Finding, pair.words.mean(), first(a), first(b)};
    return std::nullopt;
}

} // namespace arcscope
