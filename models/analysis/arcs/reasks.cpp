// A user asks again: in words much like those before, or saying so.
#include "signalfinders.h"
#include "wordsimilarity.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace arcscope
{

const DetectorSetting reAskSimilarity{"arc.re_ask_similarity",
                                      "share",
                                      0.8,
                                      0.5,
                                      1,
                                      "From how much two turns of a user are alike (0 to 1), the later asks again."};

namespace
{

constexpr std::size_t mostAskedWords = 80; ///< a longer turn tells, or is pasted

constexpr std::string_view saysSo =
    "asking again|i ask again|i'll ask again|let me ask again|i already asked|i just asked|i've already asked|"
    "i have already asked|i asked you already|i asked you before|i asked you twice|already asked this|"
    "already asked that|already asked you|let me rephrase|to rephrase|rephrase my question|let me repeat|i repeat|"
    "i'll repeat|my question was|not what i asked|not what i was asking|isn't what i asked|wasn't what i asked|"
    "didn't answer my|did not answer my|haven't answered my|have not answered my|doesn't answer my|"
    "does not answer my|not answering my|didn't answer the question|you still haven't answered|"
    "you still haven't told|back to my question|time i'm asking|time i am asking|time i ask|time i've asked|"
    "how many times do i have to ask";

/// What follows is another request.
constexpr std::string_view anotherCues = "other|another|different|else|next|additional|second|third|others|besides|"
                                         "also|too|as well|each|both|remaining|rest";
/// What the assistant proposed is to be done.
constexpr std::string_view acceptances =
    "yes|yeah|yep|yup|sure|ok|okay|correct|confirmed|exactly|right|perfect|great|alright|sounds good|go ahead|"
    "please go ahead|please proceed|proceed|that works|i confirm|i agree|absolutely|of course|y|do it|please do|"
    "fine|that's correct|that's right|that's fine|let's do|let's go|thanks|thank you";
constexpr std::string_view stillCues = "still|again|not what i";

constexpr auto polite = std::to_array<std::string_view>(
    {"please", "help",  "thank", "thanks", "hi",   "hello",      "hey",   "sorry",  "appreciate", "kindly", "okay",
     "ok",     "yes",   "sure",  "great",  "need", "want",       "like",  "know",   "tell",       "let",    "assist",
     "able",   "try",   "look",  "get",    "go",   "understand", "think", "really", "just",       "now",    "right",
     "make",   "thing", "way",   "give",   "see",  "ask",        "say",   "show"});

bool beginsWith(std::string_view plain, std::string_view phrases)
{
    while (!phrases.empty()) {
        const std::string_view phrase = phrases.substr(0, phrases.find('|'));
        phrases.remove_prefix(std::min(phrases.size(), phrase.size() + 1));
        if (plain.substr(1).starts_with(phrase) && plain.substr(1 + phrase.size()).starts_with(' '))
            return true;
    }
    return false;
}

/// "Yes, do it", but not "Okay, but where is it?"
bool consents(std::string_view plain)
{
    return beginsWith(plain, acceptances) && !beginsWith(plain, "okay but|ok but|yes but|sure but|right but|great but");
}

bool isPolite(const WeighedWord& word)
{
    return word.word && std::ranges::find(polite, word.word->base) != polite.end();
}

std::vector<WeighedWord> wordsOf(const SpokenTurn& said)
{
    std::vector<WeighedWord> words;
    for (const SpokenSentence& sentence : said.sentences)
        weighWords(sentence.claim, words);
    return words;
}

bool hasValue(const SpokenTurn& said, std::uint64_t key)
{
    return std::ranges::any_of(said.sentences, [&](const SpokenSentence& sentence) {
        return std::ranges::any_of(sentence.claim.tokens, [&](const ClaimToken& token) { return token.key == key; });
    });
}

/// Number of values that `said` has and `other` has not.
std::size_t newValues(const SpokenTurn& said, const SpokenTurn& other)
{
    std::size_t count = 0;
    for (const SpokenSentence& sentence : said.sentences) {
        for (const ClaimToken& token : sentence.claim.tokens)
            count += token.value >= 0 && !hasValue(other, token.key) ? 1u : 0u;
    }
    return count;
}

/// What is asked for by a question word; bits.
unsigned askedFor(const SpokenTurn& said)
{
    constexpr std::array<std::string_view, 9> words{"when",     "where",    "who",       "why",  "how many",
                                                    "how much", "how long", "how often", "whose"};
    unsigned bits = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
        bits |= hasPhrase(said.plain, words[i]) ? 1u << i : 0u;
    return bits;
}

/// In one place of words that are the same on its left and right, each says something else: another request of the same
/// form ("… for the parser", "… for the lexer").
bool isOfOtherThing(const WordSimilarity& alike, std::span<const WeighedWord> a, std::span<const WeighedWord> b)
{
    constexpr double close = 0.8;
    const auto meets = [&](std::size_t i, std::size_t j) {
        return alike.ofA[i].score >= close && closeness(a[i], b[j]) >= close;
    };
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j) {
            if (alike.ofA[i].score >= close || alike.ofB[j].score >= close || isPolite(a[i]) || isPolite(b[j]))
                continue;
            const bool left = (i == 0 && j == 0) || (i > 0 && j > 0 && meets(i - 1, j - 1));
            const bool right = (i + 1 == a.size() && j + 1 == b.size()) ||
                               (i + 1 < a.size() && j + 1 < b.size() && meets(i + 1, j + 1));
            if (left && right)
                return true;
        }
    }
    return false;
}

bool haveOpposites(std::span<const WeighedWord> a, std::span<const WeighedWord> b)
{
    return std::ranges::any_of(a, [&](const WeighedWord& left) {
        return std::ranges::any_of(b, [&](const WeighedWord& right) {
            return left.word && right.word && areOpposite(*left.word, *right.word);
        });
    });
}

std::string twoDigits(double value)
{
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

/// Whether the later turn may ask again what the earlier one asked, however alike they are.
bool mayAskAgain(const TalkBefore& before, const SpokenTurn& earlier, const SpokenTurn& later)
{
    if (!isRequest(earlier) || !before.isAnswered(earlier.at))
        return false;
    const unsigned then = askedFor(earlier);
    const unsigned now = askedFor(later);
    if (then != 0 && now != 0 && (then & now) == 0)
        return false;
    // Values that it did not have: an answer to what the assistant asked, or a request for something else.
    const std::size_t added = newValues(later, earlier);
    return added == 0 || (newValues(earlier, later) == 0 && !(before.answer && asksForAnswer(*before.answer)));
}

bool findAlike(const TalkBefore& before, const SpokenTurn& said, Signals& into)
{
    const bool insists = !phraseIn(said.plain, stillCues).empty();
    if (!isRequest(said) || isCourtesy(said.text()) || !phraseIn(said.plain, anotherCues).empty() ||
        (!insists && consents(said.plain)))
        return false;
    const std::vector<WeighedWord> words = wordsOf(said);
    if (words.size() > mostAskedWords)
        return false;
    const SpokenTurn* best = nullptr;
    WordSimilarity alike;
    std::vector<WeighedWord> bestWords;
    for (const SpokenTurn& earlier : before.users) {
        if (!mayAskAgain(before, earlier, said))
            continue;
        std::vector<WeighedWord> others = wordsOf(earlier);
        WordSimilarity now = similarityOf(words, others);
        if (now.value < before.settings.of(reAskSimilarity) || now.value < alike.value ||
            isOfOtherThing(now, words, others) || haveOpposites(words, others))
            continue;
        best = &earlier;
        alike = std::move(now);
        bestWords = std::move(others);
    }
    if (!best)
        return false;
    TurnSignal signal{TurnSignalKind::ReAsk, said.at, best->at, alike.value, "re_ask.similar", {}, {}, {}};
    std::string shared;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (alike.ofA[i].score <= 0 || isPolite(words[i]))
            continue;
        signal.words.push_back(words[i].range);
        signal.earlierWords.push_back(bestWords[alike.ofA[i].other].range);
        if (signal.words.size() <= 3)
            shared += std::string(shared.empty() ? "" : ", ") + "“" + std::string(words[i].range.of(said.text())) + "”";
    }
    if (signal.words.empty())
        return false;
    signal.why = "both ask for something; alike " + twoDigits(alike.value) + " of 1; both have " + shared;
    into.push_back(std::move(signal));
    return true;
}

constexpr auto rules = std::to_array<TurnSignalRule>({
    {"re_ask.similar", TurnSignalKind::ReAsk,
     "A user asks what one of his last three turns asked, in words much like those; no other one, no new value, and "
     "no word of consent.",
     "User: Where is the refund for my broken lamp?\nAssistant: We sell lamps of all kinds.\n"
     "User: Where's my refund for that broken lamp?",
     "User: Where is the refund for my broken lamp?\nAssistant: It is on its way.\n"
     "User: Where is the refund for my other lamp?"},
    {"re_ask.said", TurnSignalKind::ReAsk, "A user says that he asks again, or that he was not answered.",
     "User: When does the store open?\nAssistant: We have many stores.\nUser: That's not what I asked.",
     "User: When does the store open?\nAssistant: At nine.\nUser: Good, that's what I asked for."},
});

} // namespace

SignalRules reAskRules()
{
    return rules;
}

void findReAsk(const TalkBefore& before, const SpokenTurn& said, Signals& into)
{
    if (!said.english || said.document || before.users.empty() || findAlike(before, said, into))
        return;
    const SpokenTurn& earlier = before.users.back();
    const std::string_view phrase = phraseIn(said.plain, saysSo);
    if (phrase.empty() || !before.isAnswered(earlier.at))
        return;
    TurnSignal& signal = addSignal(TurnSignalKind::ReAsk, "re_ask.said", said, phrase, into);
    signal.earlier = earlier.at;
    signal.why = "says so, and the assistant had answered";
}

} // namespace arcscope
