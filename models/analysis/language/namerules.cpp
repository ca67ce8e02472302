#include "pairrule.h"

#include <algorithm>
#include <string>

namespace arcscope
{
namespace
{

constexpr std::size_t reach = 4;

bool hasWord(const ClaimSentence& claim, std::uint64_t key)
{
    const auto found =
        std::ranges::lower_bound(claim.byKey, key, {}, [&](std::uint16_t i) { return claim.tokens[i].key; });
    return found != claim.byKey.end() && claim.tokens[*found].key == key;
}

/// None of its words stands in the other sentence.
bool isForeignTo(const NamedEntity& entity, const ClaimSentence& claim, const ClaimSentence& other)
{
    for (std::size_t i = entity.first; i < entity.end; ++i) {
        const ClaimToken& token = claim.tokens[i];
        if (token.content && hasWord(other, token.key))
            return false;
    }
    return true;
}

std::string initials(const ClaimSentence& claim, const NamedEntity& entity)
{
    std::string letters;
    for (std::size_t i = entity.first; i < entity.end; ++i) {
        if (claim.tokens[i].capital)
            letters += claim.tokens[i].word->lower.front();
    }
    return letters;
}

std::string textOf(const ClaimSentence& claim, const NamedEntity& entity)
{
    std::string name;
    for (std::size_t i = entity.first; i < entity.end; ++i) {
        if (claim.tokens[i].word)
            name += (name.empty() ? "" : " ") + claim.tokens[i].word->lower;
    }
    return name;
}

/// One may stand for the other: an acronym, or words that begin alike ("Germany", "German").
bool maybeSame(const ClaimPair& pair, const NamedEntity& a, const NamedEntity& b)
{
    constexpr std::size_t stem = 4;
    const auto wordOf = [](const ClaimSentence& claim, std::size_t i) {
        return std::string_view(claim.tokens[i].word->lower);
    };
    if ((b.end - b.first == 1 && initials(pair.a, a) == wordOf(pair.b, b.first)) ||
        (a.end - a.first == 1 && initials(pair.b, b) == wordOf(pair.a, a.first)))
        return true;
    for (std::size_t i = a.first; i < a.end; ++i) {
        for (std::size_t j = b.first; j < b.end; ++j) {
            const std::string_view left = wordOf(pair.a, i);
            const std::string_view right = wordOf(pair.b, j);
            if (left.size() >= stem && right.size() >= stem && left.substr(0, stem) == right.substr(0, stem))
                return true;
        }
    }
    return false;
}

/// Calls `visit` for names in the same role, none of which the other side has.
template <typename Visit>
void forEachClash(const ClaimPair& pair, const Visit& visit)
{
    for (const NamedEntity& left : pair.a.entities) {
        if (!isForeignTo(left, pair.a, pair.b))
            continue;
        for (const NamedEntity& right : pair.b.entities) {
            const bool sameRole = (left.first < pair.a.verb) == (right.first < pair.b.verb);
            if (sameRole && left.demonym == right.demonym && isForeignTo(right, pair.b, pair.a) &&
                !maybeSame(pair, left, right) && !nameOnePlace(textOf(pair.a, left), textOf(pair.b, right)))
                visit(left, right);
        }
    }
}

RuleHit hitOf(PairTier tier, double strength, const NamedEntity& a, const NamedEntity& b)
{
    return {tier, std::clamp(strength, 0.0, 1.0), {a.first, a.end}, {b.first, b.end}};
}

double roleScore(const ClaimPair& pair, const NamedEntity& a, const NamedEntity& b)
{
    double score = 0.3 + 0.3 * windowOverlap(pair, a.first, b.first, reach);
    if (a.governor.head != 0 && a.governor.head == b.governor.head)
        score += 0.3;
    if (a.governor.preposition != 0 && a.governor.preposition == b.governor.preposition)
        score += 0.2;
    return a.listed || b.listed ? score - 0.25 : score;
}

/// "The capital is Oslo": what has an article is one, and the name says which.
bool isIdentity(const ClaimSentence& claim, const NamedEntity& entity)
{
    constexpr std::size_t longestRest = 1; // the full stop
    const auto isOneOf = [&](std::size_t at, std::initializer_list<std::string_view> list) {
        return claim.tokens[at].word && std::ranges::find(list, claim.tokens[at].word->lower) != list.end();
    };
    return entity.first > 1 && !entity.demonym && isOneOf(entity.first - std::size_t(1), {"is", "was"}) &&
           claim.verb == entity.first - 1 && isOneOf(0, {"the", "our", "their", "its", "his", "her", "my", "your"}) &&
           claim.tokens.size() - entity.end <= longestRest;
}

/// All words with content before the verbs stand for each other.
bool sameSubject(const ClaimPair& pair)
{
    const auto covered = [](const ClaimSentence& claim, const std::vector<std::int16_t>& to, std::size_t otherVerb) {
        bool any = false;
        for (std::size_t i = 0; i < claim.verb; ++i) {
            if (!claim.tokens[i].content)
                continue;
            if (to[i] < 0 || static_cast<std::size_t>(to[i]) >= otherVerb)
                return false;
            any = true;
        }
        return any;
    };
    return covered(pair.a, pair.words.toB, pair.b.verb) && covered(pair.b, pair.words.toA, pair.a.verb);
}

/// The nouns that "is a …" says its subject is.
struct Kinds {
    std::array<std::uint16_t, 4> heads{};
    std::size_t count = 0;
};

Kinds kindsOf(const ClaimSentence& claim)
{
    constexpr std::size_t farthest = 14;
    Kinds kinds;
    const auto& tokens = claim.tokens;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const auto isOneOf = [&](std::size_t at, std::initializer_list<std::string_view> list) {
            return tokens[at].word && std::ranges::find(list, tokens[at].word->lower) != list.end();
        };
        if (!isOneOf(i, {"is", "was", "are", "were"}) || !isOneOf(i + 1, {"a", "an"}))
            continue;
        int last = -1;
        const auto take = [&] {
            if (last >= 0 && kinds.count < kinds.heads.size())
                kinds.heads[kinds.count++] = static_cast<std::uint16_t>(last);
            last = -1;
        };
        for (std::size_t j = i + 2; j < std::min(tokens.size(), i + 2 + farthest); ++j) {
            const ClaimToken& token = tokens[j];
            const bool joins = token.sign == ',' || isOneOf(j, {"and", "or"});
            if (joins)
                take();
            else if ((token.sign != '\0' && token.sign != '-') || token.is(WordClass::Preposition) ||
                     token.is(WordClass::ScopeEnd) || isOneOf(j, {"located", "known", "used"}))
                break;
            else if (token.word && !token.capital && token.content && token.word->noun)
                last = static_cast<int>(j);
        }
        take();
        break;
    }
    return kinds;
}

bool areRelated(const WordFacts& a, const WordFacts& b)
{
    if (a.key == b.key)
        return true;
    if (!a.id || !b.id)
        return false;
    const Lexicon& known = lexicon();
    return known.areSynonyms(*a.id, *b.id) || known.isKindOf(*a.id, *b.id) || known.isKindOf(*b.id, *a.id);
}

} // namespace

std::optional<RuleHit> differentNameOfRelation(const ClaimPair& pair)
{
    constexpr double leastCoverage = 0.3; // of "The capital is Oslo": half of it is the name
    constexpr double leastOfRelation = 0.4;
    std::optional<RuleHit> best;
    if (pair.words.most() < leastCoverage)
        return best;
    forEachClash(pair, [&](const NamedEntity& a, const NamedEntity& b) {
        if (isIdentity(pair.a, a) && isIdentity(pair.b, b) && sameSubject(pair)) {
            best = hitOf(PairTier::Finding, 0.8, a, b);
            return;
        }
        const bool sameGovernor = a.governor.head != 0 && a.governor.head == b.governor.head &&
                                  a.governor.preposition == b.governor.preposition;
        if (!sameGovernor || !a.governor.relation || a.listed || b.listed || pair.words.most() < leastOfRelation)
            return;
        const double score = roleScore(pair, a, b);
        if (!best || score > best->strength)
            best = hitOf(PairTier::Finding, score, a, b);
    });
    return best;
}

std::optional<RuleHit> differentName(const ClaimPair& pair)
{
    constexpr double leastCoverage = 0.5;
    constexpr double leastScore = 0.85;
    std::optional<RuleHit> best;
    if (pair.words.most() < leastCoverage)
        return best;
    forEachClash(pair, [&](const NamedEntity& a, const NamedEntity& b) {
        const double score = roleScore(pair, a, b);
        if (score >= leastScore && (!best || score > best->strength))
            best = hitOf(PairTier::CheckThis, score, a, b);
    });
    return best;
}

std::optional<RuleHit> differentPeople(const ClaimPair& pair)
{
    constexpr double leastCoverage = 0.4;
    constexpr double findingCoverage = 0.6;
    if (pair.words.most() < leastCoverage || !pair.a.hasClass(WordClass::Demonym) ||
        !pair.b.hasClass(WordClass::Demonym))
        return std::nullopt;
    const auto firstForeign = [](const ClaimSentence& claim, const ClaimSentence& other) -> std::optional<std::size_t> {
        std::optional<std::size_t> first;
        for (std::size_t i = 0; i < claim.tokens.size(); ++i) {
            if (!claim.tokens[i].is(WordClass::Demonym))
                continue;
            if (hasWord(other, claim.tokens[i].key))
                return std::nullopt;
            first = first ? first : std::optional(i);
        }
        return first;
    };
    const auto inA = firstForeign(pair.a, pair.b);
    const auto inB = firstForeign(pair.b, pair.a);
    if (!inA || !inB)
        return std::nullopt;
    const PairTier tier = pair.words.least() >= findingCoverage ? PairTier::Finding : PairTier::CheckThis;
    return RuleHit{tier, pair.words.most(), only(*inA), only(*inB)};
}

std::optional<RuleHit> differentKind(const ClaimPair& pair)
{
    constexpr double leastCoverage = 0.35;
    if (pair.words.most() < leastCoverage)
        return std::nullopt;
    const Kinds left = kindsOf(pair.a);
    const Kinds right = left.count > 0 ? kindsOf(pair.b) : Kinds();
    if (left.count == 0 || right.count == 0)
        return std::nullopt;
    for (std::size_t i = 0; i < left.count; ++i) {
        for (std::size_t j = 0; j < right.count; ++j) {
            if (areRelated(*pair.a.tokens[left.heads[i]].word, *pair.b.tokens[right.heads[j]].word))
                return std::nullopt;
        }
    }
    return RuleHit{PairTier::CheckThis, pair.words.most(), only(left.heads[0]), only(right.heads[0])};
}

std::optional<RuleHit> siblingWords(const ClaimPair& pair)
{
    constexpr double leastScore = 0.6;
    constexpr double leastCoverage = 0.6;
    std::optional<RuleHit> best;
    if (pair.words.least() < leastCoverage)
        return best;
    for (std::size_t i = 0; i < pair.a.tokens.size(); ++i) {
        const ClaimToken& left = pair.a.tokens[i];
        if (pair.words.toB[i] >= 0 || !left.content || !left.word || left.capital || !left.word->id)
            continue;
        for (std::size_t j = 0; j < pair.b.tokens.size(); ++j) {
            const ClaimToken& right = pair.b.tokens[j];
            if (pair.words.toA[j] >= 0 || !right.content || !right.word || right.capital || !right.word->id ||
                (left.word->bits.kinds & right.word->bits.kinds) == 0 ||
                !lexicon().areSiblings(*left.word->id, *right.word->id))
                continue;
            const double score =
                0.3 + 0.3 * windowOverlap(pair, i, j, 3) + 0.15 * std::min(alignedNeighbours(pair, i, j), 3);
            if (score >= leastScore && (!best || score > best->strength))
                best = RuleHit{PairTier::CheckThis, std::min(1.0, score), only(i), only(j)};
        }
    }
    return best;
}

} // namespace arcscope
