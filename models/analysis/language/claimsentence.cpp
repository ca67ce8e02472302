#include "claimsentence.h"

#include "claimparts.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Longer sentences are compared by so many of their words.
constexpr std::size_t mostTokens = 400;

bool lists(std::string_view word, const WordFacts& other)
{
    const auto opposites = listedOpposites(word);
    return std::ranges::find(opposites, other.lower) != opposites.end() ||
           std::ranges::find(opposites, other.base) != opposites.end();
}

std::uint64_t listBit(std::string_view word)
{
    return std::uint64_t(1) << (wordKey(word) >> 58u);
}

std::uint64_t mixed(std::uint64_t key, std::string_view more)
{
    return (key * 0x9e3779b97f4a7c15u) ^ wordKey(more);
}

std::uint64_t keyOf(const TypedValue& value)
{
    return mixed(static_cast<std::uint64_t>(value.type) + 1, normalised(value)) | 1u;
}

bool isLatin(std::string_view word)
{
    // Bytes up to 0xc9 begin characters below U+0280, among them all with accents of western Europe.
    return std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0xca; });
}

} // namespace

bool areOpposite(const WordFacts& a, const WordFacts& b)
{
    if ((a.bits.opposites & b.bits.itself) == 0 || a.key == b.key)
        return false;
    return lists(a.lower, b) || lists(a.base, b) || (a.id && b.id && lexicon().areOpposite(*a.id, *b.id));
}

const WordFacts& ClaimReader::facts(const std::string& lower)
{
    const auto [found, isNew] = m_words.try_emplace(lower);
    WordFacts& facts = found->second;
    if (!isNew)
        return facts;
    const Lexicon& known = lexicon();
    facts.lower = lower;
    facts.base = known.baseForm(lower);
    facts.key = wordKey(facts.base) | 1u;
    facts.classes = classesOf(lower);
    facts.baseClasses = classesOf(facts.base);
    facts.id = known.find(facts.base);
    if (facts.id) {
        facts.bits = known.bits(*facts.id);
        facts.noun = known.isNoun(*facts.id);
        facts.verb = known.isVerb(*facts.id);
        facts.adjective = known.isAdjective(*facts.id);
    }
    facts.ordinary = facts.id || known.find(lower);
    facts.bits.itself |= listBit(lower) | listBit(facts.base);
    for (const std::string_view word : {std::string_view(facts.lower), std::string_view(facts.base)}) {
        for (const std::string_view opposite : listedOpposites(word))
            facts.bits.opposites |= listBit(opposite);
    }
    return facts;
}

void ClaimReader::addTokens(ClaimSentence& claim, std::string_view text)
{
    std::vector<SentenceWord> words = sentenceWords(text);
    words.resize(std::min(words.size(), mostTokens));
    claim.values = typedValues(words);
    std::size_t next = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        ClaimToken token{words[i].from, words[i].to};
        token.capital = words[i].capital;
        if (next < claim.values.size() && claim.values[next].first == i) {
            const TypedValue& value = claim.values[next];
            i = std::size_t(value.end) - 1;
            token.to = words[i].to;
            token.value = static_cast<std::int16_t>(next++);
            token.key = keyOf(value);
            token.content = true;
            claim.valueTokens.push_back(static_cast<std::uint16_t>(claim.tokens.size()));
        } else if (words[i].kind == WordKind::Sign || words[i].kind == WordKind::Number) {
            token.sign = text[words[i].from];
        } else {
            token.word = &facts(words[i].lower);
            token.key = token.word->key;
            token.content = !token.is(WordClass::Stop) && !token.is(WordClass::Negation) &&
                            !token.is(WordClass::WeakNegation) && words[i].lower.size() > 1;
            claim.classes |= token.word->classes;
        }
        claim.contentCount = static_cast<std::uint16_t>(claim.contentCount + (token.content ? 1 : 0));
        claim.tokens.push_back(token);
    }
}

ClaimSentence ClaimReader::read(std::string_view text, SentenceKind kind, std::int64_t from)
{
    ClaimSentence claim;
    claim.from = from;
    claim.to = from + static_cast<std::int64_t>(text.size());
    addTokens(claim, text);

    std::size_t said = 0; // words with content, "failed" among them
    std::size_t latin = 0;
    std::size_t small = 0; // "the", "of": English, whatever names stand between them
    std::size_t words = 0;
    std::uint64_t foreign = 0;
    for (std::size_t i = 0; i < claim.tokens.size(); ++i) {
        const ClaimToken& token = claim.tokens[i];
        if (token.key != 0)
            claim.byKey.push_back(static_cast<std::uint16_t>(i));
        said += token.content || token.is(WordClass::WeakNegation) ? 1u : 0u;
        words += token.word ? 1u : 0u;
        small += token.is(WordClass::Stop) ? 1u : 0u;
        const bool isForeign = token.word && !isLatin(token.word->lower);
        latin += token.word && !isForeign ? 1u : 0u;
        foreign += isForeign ? token.key : 0u;
    }
    std::ranges::stable_sort(claim.byKey, {}, [&](std::uint16_t i) { return claim.tokens[i].key; });

    claimparts::markNegations(claim);
    claimparts::findVerb(claim);
    claimparts::findEntities(claim);
    claimparts::findGovernors(claim);

    const bool question = text.find('?') != std::string_view::npos;
    claim.foreign = foreign;
    claim.mixed = latin * 5 < words * 4;
    claim.comparable = !question && said >= 2 && words >= 2 && (!claim.mixed || small >= 2) &&
                       (kind == SentenceKind::Prose || kind == SentenceKind::ListItem);
    claim.hedged = claim.hasClass(WordClass::Hedge);
    claim.conditional = claim.hasClass(WordClass::Conditional) || claim.hasClass(WordClass::Modal) ||
                        claimparts::beginsWithCondition(claim);
    claim.request = claimparts::beginsWithRequest(claim);
    claim.listItem = kind == SentenceKind::ListItem || claimparts::beginsWithLabel(claim);
    claim.stateChange = claim.hasClass(WordClass::State);
    return claim;
}

} // namespace arcscope
