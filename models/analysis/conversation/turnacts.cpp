#include "turnacts.h"

#include "sentences.h"

#include <algorithm>
#include <array>
#include <span>

namespace arcscope
{
namespace
{

using Phrases = std::span<const std::string_view>;

constexpr auto pushBack = std::to_array<std::string_view>({
    "are you sure",
    "are you certain",
    "i don't think so",
    "i do not think so",
    "i don't think that's",
    "i don't think that is",
    "that's not right",
    "that is not right",
    "that's wrong",
    "that is wrong",
    "this is wrong",
    "you're wrong",
    "you are wrong",
    "that's incorrect",
    "that is incorrect",
    "this is incorrect",
    "that's not correct",
    "that is not correct",
    "that's not true",
    "that is not true",
    "i disagree",
    "that can't be right",
    "that doesn't sound right",
    "that does not sound right",
    "that doesn't seem right",
    "doesn't look right",
    "you made a mistake",
    "you must be mistaken",
    "i think you're mistaken",
    "i think you are mistaken",
    "i don't believe that",
    "i doubt that",
    "you're mistaken",
    "check again",
    "think again",
    "but i insist",
    "i insist",
    "really sure",
    "i'm pretty sure it",
    "i am pretty sure it",
    "i don't agree",
    "i do not agree",
    "that makes no sense",
    "why not",
});
constexpr auto concession = std::to_array<std::string_view>({
    "you're right",
    "you are right",
    "you're absolutely right",
    "you are absolutely right",
    "you're correct",
    "you are correct",
    "you're absolutely correct",
    "you are absolutely correct",
    "you're quite right",
    "you are quite right",
    "i stand corrected",
    "good catch",
    "that's a fair point",
    "you make a good point",
    "thank you for correcting me",
    "thanks for correcting me",
    "thank you for the correction",
    "thanks for the correction",
    "thank you for pointing that out",
    "thanks for pointing that out",
    "thank you for pointing out",
    "thanks for pointing out",
    "you're totally right",
    "you are totally right",
});
constexpr auto correction = std::to_array<std::string_view>({
    "i made a mistake",
    "i made an error",
    "i was wrong",
    "i was mistaken",
    "i was incorrect",
    "my mistake",
    "my previous answer was",
    "my earlier answer was",
    "my previous statement was",
    "my earlier statement was",
    "my previous response was",
    "my earlier response was",
    "on reflection",
    "on second thought",
    "i misspoke",
    "i misread",
    "i misstated",
    "i miscounted",
    "i miscalculated",
    "let me correct",
    "i need to correct",
    "i have to correct",
    "i should correct",
    "i must correct",
    "i apologize for the mistake",
    "i apologise for the mistake",
    "i apologize for my mistake",
    "i apologise for my mistake",
    "i apologize for the error",
    "i apologise for the error",
    "i apologize for my error",
    "i apologize for the incorrect",
    "i apologize for my earlier",
    "i apologize for my previous",
    "apologies for the mistake",
    "apologies for the error",
    "apologies for my mistake",
    "apologies for my error",
    "sorry for the mistake",
    "sorry for my mistake",
    "sorry for the error",
    "what i said earlier was wrong",
    "i got that wrong",
    "i had that wrong",
    "contrary to what i said",
    "i retract",
    "i take that back",
});
constexpr auto closing = std::to_array<std::string_view>({
    "thank you",
    "thanks",
    "goodbye",
    "bye",
    "that's all",
    "that is all",
    "that's it",
    "that will be all",
    "that'll be all",
    "nothing else",
    "no that's",
    "have a great day",
    "have a good day",
    "have a nice day",
    "cheers",
    "appreciate it",
    "appreciate your help",
    "###stop###",
});
constexpr auto acceptance = std::to_array<std::string_view>({
    "yes please",
    "yes",
    "sounds good",
    "go ahead",
    "please proceed",
    "that works",
    "perfect",
    "great",
    "ok",
    "okay",
    "sure",
    "i agree",
    "correct",
    "exactly",
    "please do",
    "looks good",
    "sounds great",
    "i confirm",
});
constexpr auto noAnswer = std::to_array<std::string_view>({
    "i don't know",   "i do not know",    "i don't remember",   "i do not remember", "i don't have",
    "i do not have",  "i'm not sure",     "i am not sure",      "not sure",          "no idea",
    "i can't recall", "i cannot recall",  "i forgot",           "can't find",        "cannot find",
    "i don't recall", "i'd rather not",   "i would rather not", "why do you need",   "i'm unable to",
    "i am unable to", "i cannot provide", "i can't provide",    "one moment",        "let me check",
    "hold on",        "give me a",        "not at the moment",
});
constexpr auto another = std::to_array<std::string_view>({
    "another",     "other",         "again",   "instead",      "different", "still",      "else",
    "next",        "second",        "correct", "double check", "verify",    "re enter",   "confirm",
    "alternative", "alternatively", "new",     "also",         "more",      "additional", "remaining",
    "rest",        "specific",      "exact",   "full",         "complete",  "each",       "both",
});
constexpr auto trouble = std::to_array<std::string_view>({
    "couldn't",      "could not",      "can't find",    "cannot find",    "unable",      "not found", "no record",
    "doesn't match", "does not match", "didn't match",  "did not match",  "don't match", "invalid",   "error",
    "issue",         "problem",        "doesn't exist", "does not exist", "incorrect",   "failed",    "wasn't able",
    "was not able",  "not able",       "mismatch",      "sorry",          "apologize",   "apologies", "unfortunately",
    "however",       "discrepancy",    "incomplete",    "missing",
});
constexpr auto goAhead = std::to_array<std::string_view>({
    "proceed",           "anything else",  "something else", "go ahead",     "confirm",         "continue",
    "can i help",        "may i help",     "can i assist",   "may i assist", "assist you",      "help you",
    "would you like me", "do you want me", "shall i",        "should i",     "is that correct", "is this correct",
    "does that",         "does this",      "ready",          "let me know",  "any questions",   "further questions",
    "any other",         "like to do",
});
constexpr auto reason = std::to_array<std::string_view>({
    "because",     "since",       "according to", "documentation", "docs",     "source",      "it says",    "says that",
    "for example", "the reason",  "evidence",     "i checked",     "i looked", "i just read", "i found",    "i see",
    "see here",    "http",        "https",        "error",         "output",   "result",      "when i run", "i tried",
    "i ran",       "given that",  "due to",       "policy",        "website",  "confirmed",   "told me",    "look at",
    "should be",   "supposed to", "i meant",      "you said",      "you told",
});

Phrases phrasesOf(TurnCue cue)
{
    switch (cue) {
    case TurnCue::PushBack:
        return pushBack;
    case TurnCue::Concession:
        return concession;
    case TurnCue::Correction:
        return correction;
    case TurnCue::Closing:
        return closing;
    case TurnCue::Acceptance:
        return acceptance;
    case TurnCue::NoAnswer:
        return noAnswer;
    case TurnCue::Another:
        return another;
    case TurnCue::Trouble:
        return trouble;
    case TurnCue::GoAhead:
        return goAhead;
    case TurnCue::Reason:
        return reason;
    }
    return {};
}

bool isWordByte(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '#';
}

/// One of the dashes, quotation marks and dots of U+2010 to U+203F, three bytes each.
bool isPunctuation(std::string_view text, std::size_t at)
{
    return at + 2 < text.size() && text.substr(at).starts_with("\xe2\x80") &&
           static_cast<unsigned char>(text[at + 2]) >= 0x90;
}

bool asksFor(std::string_view plain)
{
    constexpr auto openings = std::to_array<std::string_view>(
        {" please provide ", " please share ", " please tell ", " please specify ", " please enter ", " please give "});
    return std::ranges::any_of(openings, [&](std::string_view opening) { return plain.starts_with(opening); });
}

} // namespace

std::string plainWords(std::string_view text, std::size_t most)
{
    text = text.substr(0, most);
    std::string plain(1, ' ');
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool curly = text.substr(i).starts_with("\u2019") || text.substr(i).starts_with("\u2018");
        if (curly || c == '\'') {
            if (plain.back() != ' ')
                plain += '\'';
            i += curly ? 2 : 0;
        } else if (isPunctuation(text, i)) {
            i += 2;
            if (plain.back() != ' ')
                plain += ' ';
        } else if (isWordByte(c)) {
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : static_cast<char>(c);
        } else if (plain.back() != ' ') {
            plain += ' ';
        }
    }
    if (plain.back() != ' ')
        plain += ' ';
    return plain;
}

std::string_view cueIn(std::string_view plain, TurnCue cue)
{
    std::size_t first = std::string_view::npos;
    std::string_view found;
    for (const std::string_view phrase : phrasesOf(cue)) {
        for (std::size_t at = plain.find(phrase); at != std::string_view::npos; at = plain.find(phrase, at + 1)) {
            if (at == 0 || plain[at - 1] != ' ' || plain[at + phrase.size()] != ' ')
                continue;
            if (at < first) {
                first = at;
                found = phrase;
            }
            break;
        }
    }
    return found;
}

std::string_view correctionIn(std::string_view plain)
{
    if (plain.starts_with(" actually "))
        return "actually";
    if (plain.starts_with(" correction "))
        return "correction";
    const std::string_view own = cueIn(plain, TurnCue::Correction);
    return own.empty() ? cueIn(plain, TurnCue::Concession) : own;
}

std::vector<TextRange> proseSentences(std::string_view text)
{
    std::vector<TextRange> ranges;
    for (const Sentence& sentence : sentencesOf(text.substr(0, mostOfTurn))) {
        if (sentence.kind == SentenceKind::Prose || sentence.kind == SentenceKind::ListItem)
            ranges.push_back({static_cast<std::size_t>(sentence.from), static_cast<std::size_t>(sentence.to)});
    }
    return ranges;
}

std::vector<TextRange> questionsIn(std::string_view text)
{
    std::vector<TextRange> questions = proseSentences(text);
    std::erase_if(questions, [&](const TextRange& range) {
        const std::string_view sentence = range.of(text);
        return !sentence.ends_with('?') && !asksFor(plainWords(sentence));
    });
    return questions;
}

bool isCourtesy(std::string_view text)
{
    const std::string plain = plainWords(text);
    const auto words = std::ranges::count(plain, ' ') - 1;
    if (words > 14 || text.find('?') != std::string_view::npos)
        return false;
    const bool short_ = words <= 3;
    return !cueIn(plain, TurnCue::Closing).empty() || (short_ && !cueIn(plain, TurnCue::Acceptance).empty());
}

} // namespace arcscope
