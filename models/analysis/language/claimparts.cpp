#include "claimparts.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace arcscope::claimparts
{
namespace
{

constexpr std::size_t farthestInScope = 8;  ///< tokens
constexpr std::uint8_t mostInScope = 3;     ///< content words
constexpr std::size_t farthestGovernor = 8; ///< tokens
constexpr std::size_t farthestListCue = 5;  ///< tokens
constexpr std::size_t longestLabel = 6;     ///< tokens

bool isOneOf(const ClaimToken& token, std::initializer_list<std::string_view> words)
{
    return token.word && std::ranges::find(words, token.word->lower) != words.end();
}

bool isSign(const ClaimToken& token, std::string_view signs)
{
    return token.sign != '\0' && signs.find(token.sign) != std::string_view::npos;
}

/// "not only", "no doubt": what follows is said, not denied.
bool isEmpty(const ClaimSentence& claim, std::size_t cue)
{
    return cue + 1 < claim.tokens.size() &&
           (isOneOf(claim.tokens[cue + 1], {"only", "just", "merely", "necessarily", "simply", "sure"}) ||
            (isOneOf(claim.tokens[cue], {"no"}) && isOneOf(claim.tokens[cue + 1], {"doubt", "matter"})));
}

Governor governorOf(const ClaimSentence& claim, std::size_t at)
{
    Governor governor;
    for (std::size_t back = 1; back <= std::min(at, farthestGovernor); ++back) {
        const ClaimToken& token = claim.tokens[at - back];
        if (isSign(token, ".;:"))
            break;
        if (!token.word)
            continue;
        if (governor.preposition == 0 && token.is(WordClass::Preposition))
            governor.preposition = token.word->key;
        if (governor.head == 0 && !token.is(WordClass::Stop) && !token.capital) {
            governor.head = token.word->key;
            governor.relation = has(token.word->baseClasses, WordClass::Relation) || token.is(WordClass::Relation);
        }
        if (governor.preposition != 0 && governor.head != 0)
            break;
    }
    return governor;
}

/// Small words within names: "University of Oslo", "Leonardo da Vinci".
bool joinsNames(const ClaimToken& token)
{
    return isOneOf(token, {"of", "de", "von", "van", "the", "la", "du", "del", "der", "da", "di", "al"});
}

bool isName(const ClaimToken& token)
{
    return token.word && token.capital && !token.is(WordClass::Stop) && !token.is(WordClass::Negation) &&
           !token.is(WordClass::WeakNegation);
}

} // namespace

void markNegations(ClaimSentence& claim)
{
    for (std::size_t i = 0; i < claim.tokens.size(); ++i) {
        const ClaimToken& cue = claim.tokens[i];
        const bool hard = cue.is(WordClass::Negation);
        if ((!hard && !cue.is(WordClass::WeakNegation)) || isEmpty(claim, i))
            continue;
        ++claim.negations;
        std::uint8_t rank = 0;
        for (std::size_t j = i + 1; hard && j < std::min(claim.tokens.size(), i + farthestInScope); ++j) {
            ClaimToken& token = claim.tokens[j];
            if (isSign(token, ".;!?,:") || token.is(WordClass::ScopeEnd))
                break;
            if (!token.content || !token.word || isOneOf(token, {"longer"}))
                continue;
            if (token.cue < 0 || token.rank > rank) {
                token.cue = static_cast<std::int16_t>(i);
                token.rank = rank;
            }
            if (++rank == mostInScope)
                break;
        }
    }
}

void findVerb(ClaimSentence& claim)
{
    claim.verb = static_cast<std::uint16_t>(std::min<std::size_t>(2, claim.tokens.size()));
    for (std::size_t i = 0; i < claim.tokens.size(); ++i) {
        const ClaimToken& token = claim.tokens[i];
        if (!token.word)
            continue;
        const std::string& lower = token.word->lower;
        const bool inflected =
            i > 0 && !token.capital && token.word->verb && lower != token.word->base &&
            (lower.ends_with("ed") || (lower.ends_with('s') && !token.word->noun) ||
             !(token.word->noun || token.word->adjective || lower.ends_with('s') || lower.ends_with("ing")));
        if (token.is(WordClass::Be) || inflected) {
            claim.verb = static_cast<std::uint16_t>(i);
            return;
        }
    }
}

void findEntities(ClaimSentence& claim)
{
    const auto& tokens = claim.tokens;
    bool begins = true;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool followed = i + 1 < tokens.size() && tokens[i + 1].word && tokens[i + 1].capital;
        if (!isName(tokens[i]) || (begins && tokens[i].word->ordinary && !followed)) {
            begins = isSign(tokens[i], ".!?:\"\n\xe2") || (begins && tokens[i].sign != '\0');
            continue;
        }
        NamedEntity entity{static_cast<std::uint16_t>(i)};
        std::size_t end = i;
        while (end < tokens.size() && tokens[end].word &&
               ((tokens[end].capital && !isOneOf(tokens[end], {"the", "a"})) ||
                (end > i && joinsNames(tokens[end]) && end + 1 < tokens.size() && tokens[end + 1].word &&
                 tokens[end + 1].capital))) {
            entity.demonym = entity.demonym || tokens[end].is(WordClass::Demonym);
            ++end;
        }
        entity.end = static_cast<std::uint16_t>(end);
        for (std::size_t back = 1; back <= std::min(i, farthestListCue); ++back)
            entity.listed = entity.listed || tokens[i - back].is(WordClass::ListCue);
        claim.entities.push_back(entity);
        i = end - 1;
        begins = false;
    }
}

void findGovernors(ClaimSentence& claim)
{
    for (const std::uint16_t at : claim.valueTokens)
        claim.valueGovernors.push_back(governorOf(claim, at));
    for (NamedEntity& entity : claim.entities)
        entity.governor = governorOf(claim, entity.first);
}

bool beginsWithCondition(const ClaimSentence& claim)
{
    const auto first = std::ranges::find_if(claim.tokens, [](const ClaimToken& token) { return token.sign == '\0'; });
    if (first == claim.tokens.end() || !first->word)
        return false;
    const auto next = first + 1;
    const bool more = next != claim.tokens.end();
    return isOneOf(*first, {"when", "once", "suppose", "eg", "imagine", "while", "where"}) ||
           (isOneOf(*first, {"for"}) && more && isOneOf(*next, {"example", "instance"})) ||
           (isOneOf(*first, {"in"}) && more && isOneOf(*next, {"case", "order"})) ||
           (isOneOf(*first, {"to"}) && more && next->word && next->word->verb);
}

bool beginsWithRequest(const ClaimSentence& claim)
{
    const auto first = std::ranges::find_if(claim.tokens, [](const ClaimToken& token) { return token.sign == '\0'; });
    return first != claim.tokens.end() && first->is(WordClass::Command);
}

bool beginsWithLabel(const ClaimSentence& claim)
{
    const std::size_t end = std::min(claim.tokens.size(), longestLabel);
    for (std::size_t i = 1; i < end; ++i) {
        if (claim.tokens[i].sign == ':')
            return claim.tokens[0].capital || claim.tokens[0].sign == '*';
    }
    return false;
}

} // namespace arcscope::claimparts
