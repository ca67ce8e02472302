#include "pairguards.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

/// The content words before the verb: most often the subject.
struct Subject {
    static constexpr std::size_t most = 12;
    std::array<std::uint16_t, most> tokens{};
    std::size_t count = 0;
    bool pronoun = false; ///< it stands for something said before
};

Subject subjectOf(const ClaimSentence& claim)
{
    Subject subject;
    const std::size_t end = std::min<std::size_t>(std::max<std::size_t>(1, claim.verb), claim.tokens.size());
    for (std::size_t i = 0; i < end && subject.count < Subject::most; ++i) {
        const ClaimToken& token = claim.tokens[i];
        subject.pronoun = subject.pronoun || token.is(WordClass::Pronoun);
        const bool quantifies = token.is(WordClass::All) || token.is(WordClass::None) || token.is(WordClass::Some);
        if (token.sign == '\0' && !token.is(WordClass::Stop) && !quantifies)
            subject.tokens[subject.count++] = static_cast<std::uint16_t>(i);
    }
    return subject;
}

bool shareWord(const ClaimPair& pair, const Subject& a, const Subject& b)
{
    for (std::size_t i = 0; i < a.count; ++i) {
        const ClaimToken& left = pair.a.tokens[a.tokens[i]];
        for (std::size_t j = 0; j < b.count; ++j) {
            const ClaimToken& right = pair.b.tokens[b.tokens[j]];
            if (left.key == right.key || pair.words.toB[a.tokens[i]] == b.tokens[j])
                return true;
        }
    }
    return false;
}

bool speaksOfOthers(const ClaimPair& pair)
{
    const Subject a = subjectOf(pair.a);
    const Subject b = subjectOf(pair.b);
    return a.count > 0 && b.count > 0 && !(a.pronoun && a.count == 1) && !(b.pronoun && b.count == 1) &&
           !shareWord(pair, a, b);
}

bool namesIdentifierThatLacks(const ClaimSentence& claim, const std::vector<std::int16_t>& to)
{
    return std::ranges::any_of(claim.valueTokens, [&](std::uint16_t at) {
        const auto value = static_cast<std::size_t>(claim.tokens[at].value);
        return claim.values[value].type == ValueType::Identifier && to[at] < 0;
    });
}

bool differentIdentifiers(const ClaimPair& pair)
{
    return namesIdentifierThatLacks(pair.a, pair.words.toB) && namesIdentifierThatLacks(pair.b, pair.words.toA);
}

/// A word among the modifiers of a subject that the other one lacks.
bool hasMore(const ClaimSentence& claim, const Subject& subject, const ClaimSentence& other, const Subject& others)
{
    for (std::size_t i = 0; i + 1 < subject.count; ++i) {
        const std::uint64_t key = claim.tokens[subject.tokens[i]].key;
        bool found = false;
        for (std::size_t j = 0; j + 1 < others.count; ++j)
            found = found || other.tokens[others.tokens[j]].key == key;
        if (!found)
            return true;
    }
    return false;
}

/// A value before the verb that says which one is spoken of: "the first batch", "order 41", "Python 3.8".
bool isLabel(const ClaimSentence& claim, std::size_t at)
{
    if (at >= claim.verb || claim.tokens[at].value < 0)
        return false;
    const ValueType type = claim.values[static_cast<std::size_t>(claim.tokens[at].value)].type;
    const bool behindNoun = at > 0 && claim.tokens[at - 1].word && claim.tokens[at - 1].content &&
                            (claim.tokens[at - 1].word->noun || claim.tokens[at - 1].capital);
    return type == ValueType::Ordinal || type == ValueType::Identifier || (type == ValueType::Cardinal && behindNoun);
}

/// A label that nothing in the other sentence can be.
bool hasOtherLabel(const ClaimSentence& claim, const ClaimSentence& other)
{
    return std::ranges::any_of(claim.valueTokens, [&](std::uint16_t at) {
        const TypedValue& value = claim.values[static_cast<std::size_t>(claim.tokens[at].value)];
        return isLabel(claim, at) && std::ranges::none_of(other.values, [&](const TypedValue& each) {
                   return each.type == value.type && each.number == value.number && each.text == value.text;
               });
    });
}

bool restricts(const ClaimSentence& claim, const Subject& subject)
{
    const bool name = claim.tokens[subject.tokens[subject.count - 1]].capital; // its first part says the same
    for (std::size_t i = 0; i + 1 < subject.count; ++i) {
        const ClaimToken& token = claim.tokens[subject.tokens[i]];
        if (token.value >= 0 || (token.word && !name && (token.word->adjective || token.capital)))
            return true;
    }
    return false;
}

constexpr std::array<PairGuard, 7> guards{{
    {"list item", "one of them is an item of a list, whose items are of different things",
     [](const ClaimPair& pair) { return pair.a.listItem || pair.b.listItem; }},
    {"condition", "one of them says what would or could be",
     [](const ClaimPair& pair) { return pair.a.conditional || pair.b.conditional; }},
    {"request", "one of them asks somebody to do something",
     [](const ClaimPair& pair) { return pair.a.request || pair.b.request; }},
    {"identifier", "each names an identifier that the other one does not", differentIdentifiers},
    {"change", "one of them says that something changes, or when it holds",
     [](const ClaimPair& pair) { return pair.a.stateChange != pair.b.stateChange; }},
    {"subject", "their subjects have no word in common", speaksOfOthers},
    {"modifier", "their subjects are told apart by other words before the same noun", differentModifiers},
}};

} // namespace

bool differentSubjects(const ClaimPair& pair)
{
    return speaksOfOthers(pair);
}

std::span<const PairGuard> pairGuards()
{
    return guards;
}

bool differentModifiers(const ClaimPair& pair)
{
    if (hasOtherLabel(pair.a, pair.b) || hasOtherLabel(pair.b, pair.a))
        return true;
    const Subject a = subjectOf(pair.a);
    const Subject b = subjectOf(pair.b);
    if (a.count == 0 || b.count == 0 ||
        pair.a.tokens[a.tokens[a.count - 1]].key != pair.b.tokens[b.tokens[b.count - 1]].key)
        return false;
    const bool moreA = hasMore(pair.a, a, pair.b, b);
    const bool moreB = hasMore(pair.b, b, pair.a, a);
    return (moreA && moreB) || ((a.count > 1) != (b.count > 1) && (restricts(pair.a, a) || restricts(pair.b, b)));
}

bool differentRecords(const ClaimPair& pair)
{
    const bool otherA = hasOtherLabel(pair.a, pair.b);
    const bool otherB = hasOtherLabel(pair.b, pair.a);
    return otherA && otherB;
}

bool differentCircumstances(const ClaimPair& pair)
{
    const auto hasWord = [](const ClaimSentence& claim, const std::vector<std::int16_t>& to, std::string_view lower) {
        for (std::size_t i = 0; i < claim.tokens.size(); ++i) {
            if (claim.tokens[i].word && to[i] < 0 && claim.tokens[i].word->lower == lower)
                return true;
        }
        return false;
    };
    const auto has = [&](std::string_view a, std::string_view b) {
        return hasWord(pair.a, pair.words.toB, a) && hasWord(pair.b, pair.words.toA, b);
    };
    if (has("before", "after") || has("after", "before"))
        return true;
    const auto isUnaligned = [](const NamedEntity& entity, const std::vector<std::int16_t>& to) {
        return std::all_of(to.begin() + entity.first, to.begin() + entity.end, [](int at) { return at < 0; });
    };
    for (const NamedEntity& left : pair.a.entities) {
        for (const NamedEntity& right : pair.b.entities) {
            if (left.governor.preposition != 0 && left.governor.preposition == right.governor.preposition &&
                left.first > pair.a.verb && right.first > pair.b.verb && isUnaligned(left, pair.words.toB) &&
                isUnaligned(right, pair.words.toA))
                return true;
        }
    }
    return false;
}

} // namespace arcscope
