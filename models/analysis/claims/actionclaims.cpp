#include "actionclaims.h"

#include "proselines.h"

#include <algorithm>
#include <array>
#include <string>

namespace arcscope
{
namespace
{

struct ActWords {
    ActClass act;
    std::string_view words; ///< base forms, separated by spaces
};

constexpr ActWords actWords[] = {
    {ActClass::Cancel, "cancel void revoke terminate abort"},
    {ActClass::Refund, "refund reimburse credit"},
    {ActClass::Book, "book reserve order purchase buy rebook"},
    {ActClass::Send, "send email mail message notify forward reply sms post publish"},
    {ActClass::Change,
     "update change modify edit upgrade downgrade adjust rename replace switch exchange swap set apply"},
    {ActClass::Add, "add insert attach append"},
    {ActClass::Remove, "delete remove erase drop unsubscribe purge"},
    {ActClass::Make, "create open file schedule register save store write generate upload"},
    {ActClass::Transfer, "transfer escalate assign route"},
    {ActClass::Pay, "charge pay issue process"},
};

/// Tools with these in their names can do anything, or what cannot be told.
constexpr std::string_view readWords =
    "get list search find read fetch lookup look query check view show describe "
    "calculate compute think retrieve load count verify validate inspect browse grep "
    "glob cat ls web weather time info details status";

/// What chat models do without any tool: the text is the thing.
constexpr std::string_view textNouns = "code text summary list answer response version draft example essay paragraph "
                                       "sentence function script table explanation description comment story poem plan "
                                       "note section snippet message letter query prompt document report outline class "
                                       "method test file implementation line step format wording content";

std::optional<ActClass> actOf(std::string_view base)
{
    for (const ActWords& each : actWords) {
        if (prose::isListed(each.words, base))
            return each.act;
    }
    return std::nullopt;
}

constexpr ActClasses bitOf(ActClass act)
{
    return ActClasses(1) << static_cast<unsigned>(act);
}

/// The words of "getUserDetails", "send-email", "mcp__mail__send".
std::vector<std::string> wordsOfName(std::string_view name)
{
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool upper = c >= 'A' && c <= 'Z';
        const bool wasLower = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
        if (!prose::isWordByte(c) || c == '_' || (upper && wasLower))
            words.emplace_back();
        if (prose::isWordByte(c) && c != '_')
            words.back() += static_cast<char>(upper ? c - 'A' + 'a' : c);
    }
    return words;
}

bool isPast(const WordFacts& word)
{
    return word.lower != word.base || word.lower == "set" || word.lower == "put";
}

/// May stand between "have" and the verb.
bool mayStandBetween(const WordFacts& word)
{
    return prose::isListed("have has had now already just also successfully gone ahead and been been fully immediately "
                           "proceeded to since then processed is are was were",
                           word.lower);
}

/// "Not all tests pass", "it is not so that the tests pass"; what another clause denies says nothing of them: "it no
/// longer breaks, and all tests pass".
bool isDenied(const ClaimSentence& claim, std::size_t noun, std::size_t verb)
{
    for (std::size_t i = verb; i-- > 0 && (i > noun || claim.tokens[i].sign == '\0');) {
        const WordFacts* const word = claim.tokens[i].word;
        if (word &&
            (word->lower.ends_with("n't") || prose::isListed("no not never none neither cannot nor", word->lower)))
            return true;
    }
    return std::any_of(claim.tokens.begin() + static_cast<std::ptrdiff_t>(noun),
                       claim.tokens.begin() + static_cast<std::ptrdiff_t>(verb) + 1,
                       [](const ClaimToken& token) { return token.cue >= 0; });
}

/// "make the tests pass", "until the build succeeds": what is to be so, in the words before it.
bool isWished(const ClaimSentence& claim, std::size_t noun)
{
    return std::any_of(claim.tokens.begin(), claim.tokens.begin() + static_cast<std::ptrdiff_t>(noun),
                       [](const ClaimToken& token) {
                           return token.is(WordClass::Modal) ||
                                  (token.word && prose::isListed("make makes making let lets ensure ensures ensuring "
                                                                 "see check checking verify verifying until unless "
                                                                 "expect expects want need require whether once when "
                                                                 "will",
                                                                 token.word->lower));
                       });
}

/// "pass except for two", "pass without the flag", in the words behind the verb.
bool isLimited(const ClaimSentence& claim, std::size_t verb)
{
    return std::any_of(claim.tokens.begin() + static_cast<std::ptrdiff_t>(verb) + 1, claim.tokens.end(),
                       [](const ClaimToken& token) {
                           return token.word && prose::isListed("except excluding besides apart but without unless "
                                                                "locally if when",
                                                                token.word->lower);
                       });
}

} // namespace

std::string_view name(ActClass act)
{
    constexpr std::array<std::string_view, static_cast<std::size_t>(ActClass::Count)> names{
        "cancel", "refund", "book", "send", "change", "add", "remove", "create", "transfer", "pay"};
    return names[static_cast<std::size_t>(act)];
}

std::optional<ActClasses> actsOfTool(std::string_view tool)
{
    ActClasses acts = 0;
    for (const std::string& word : wordsOfName(tool)) {
        const std::string base = lexicon().baseForm(word);
        const auto act = actOf(base);
        if (acts == 0 && (prose::isListed(readWords, base) || prose::isListed(readWords, word)))
            return std::nullopt; // "get_order", "list_bookings"
        if (act)
            acts |= bitOf(*act);
        const auto known = lexicon().find(base);
        if (acts == 0 && known && lexicon().isVerb(*known))
            break; // "return_order", "run_update"
    }
    return acts != 0 ? acts : ~ActClasses(0);
}

std::optional<std::uint16_t> outcomeClaim(const ClaimSentence& claim)
{
    // What may be done now, behind it, is no condition: "… so it can be deployed".
    const bool conditional = claim.conditional && !claim.hasClass(WordClass::Modal);
    if (!claim.comparable || conditional || claim.hasClass(WordClass::Conditional) || claim.hedged || claim.request)
        return std::nullopt;
    for (std::size_t i = 1; i < claim.tokens.size(); ++i) {
        const WordFacts* const verb = claim.tokens[i].word;
        if (!verb || (verb->base != "pass" && verb->base != "succeed" && verb->lower != "green"))
            continue;
        for (std::size_t k = i; k-- > (i > 3 ? i - 3 : 0);) {
            const WordFacts* const word = claim.tokens[k].word;
            if (!word || word->lower == "will" || word->lower == "to" || word->lower == "should")
                break; // another clause, or a plan
            if (k + 1 < i && !prose::isListed("are is was were have has been do did does now all again still also "
                                              "both successfully finally",
                                              claim.tokens[k + 1].word->lower))
                break; // "the tests I wrote pass"
            if (word->noun && claim.tokens[k].content) {
                if (isDenied(claim, k, i) || isWished(claim, k) || isLimited(claim, i))
                    break;
                return static_cast<std::uint16_t>(k);
            }
        }
    }
    return std::nullopt;
}

bool isNamedFor(std::string_view tool, const WordFacts& word)
{
    const std::vector<std::string> words = wordsOfName(tool);
    return std::ranges::any_of(words, [&](const std::string& each) { return lexicon().baseForm(each) == word.base; });
}

std::optional<ActionClaim> actionClaim(const ClaimSentence& claim)
{
    if (!claim.comparable || claim.conditional || claim.hedged || claim.request || claim.negations > 0)
        return std::nullopt;
    for (std::size_t i = 0; i < claim.tokens.size(); ++i) {
        const ClaimToken& begin = claim.tokens[i];
        if (!begin.word)
            continue;
        const bool own = begin.word->lower == "i" || begin.word->lower == "we";
        const bool passive = begin.word->lower == "been";
        if (!own && !passive)
            continue;
        if (passive && (i == 0 || !claim.tokens[i - 1].word || claim.tokens[i - 1].word->base != "have"))
            continue;
        std::size_t verb = i + 1;
        while (verb < claim.tokens.size() && claim.tokens[verb].word && mayStandBetween(*claim.tokens[verb].word))
            ++verb;
        if (verb >= claim.tokens.size() || !claim.tokens[verb].word || !isPast(*claim.tokens[verb].word))
            continue;
        const auto act = actOf(claim.tokens[verb].word->base);
        if (!act)
            continue;
        const auto from = claim.tokens.begin() + static_cast<std::ptrdiff_t>(passive ? 0 : verb);
        const bool text = std::any_of(from, claim.tokens.end(), [](const ClaimToken& token) {
            return token.word && prose::isListed(textNouns, token.word->base);
        });
        // A clause before it: "after I have sent …", "the order that I cancelled".
        const bool within =
            i > 0 && claim.tokens[i - 1].word &&
            prose::isListed("after once when if that which because since as before until what where while how "
                            "whether",
                            claim.tokens[i - 1].word->lower);
        if (text || within)
            continue;
        return ActionClaim{*act, own, static_cast<std::uint16_t>(verb), static_cast<std::uint16_t>(i)};
    }
    return std::nullopt;
}

} // namespace arcscope
