// A user asks for a person, or a tool hands over to one.
#include "signalfinders.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

using Words = std::vector<std::string_view>;

Words wordsOf(std::string_view plain)
{
    Words words;
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t end = std::min(plain.find(' ', at), plain.size());
        if (end > at)
            words.push_back(plain.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

template <std::size_t N>
bool isOne(std::string_view word, const std::array<std::string_view, N>& of)
{
    return std::ranges::find(of, word) != of.end();
}

/// People, also where nothing stands before them.
constexpr auto people = std::to_array<std::string_view>(
    {"human", "humans", "person", "people", "representative", "representatives", "rep", "operator", "supervisor",
     "manager", "someone", "somebody", "staff", "advisor", "adviser", "employee", "superior"});
/// Only behind "human", "live", "real", "support", …, or of a verb that hands over.
constexpr auto agents = std::to_array<std::string_view>(
    {"agent", "agents", "specialist", "team", "support", "service", "being", "department", "expert", "lead"});
/// Between the verb and whom it asks for.
constexpr auto between = std::to_array<std::string_view>(
    {"to",      "with",     "me",     "us",        "this",    "it",      "my",        "case",    "issue",    "call",
     "a",       "an",       "the",    "your",      "actual",  "real",    "live",      "human",   "customer", "service",
     "support", "care",     "senior", "different", "another", "other",   "some",      "through", "over",     "please",
     "now",     "directly", "of",     "one",       "duty",    "billing", "technical", "shift",   "any"});
constexpr auto humanWords = std::to_array<std::string_view>({"human", "real", "live", "actual"});
constexpr std::size_t reach = 7; ///< words behind the verb

struct Found {
    std::string_view first;
    std::string_view last;
};

/// The person that the words from `at` on name, with nothing but small words before; a bare agent only if `bare`.
std::string_view personFrom(const Words& words, std::size_t at, bool bare)
{
    bool human = false;
    for (std::size_t i = at; i < words.size() && i < at + reach; ++i) {
        const bool last = i + 1 >= words.size() || !isOne(words[i + 1], agents);
        const bool anybody = words[i] == "someone" || words[i] == "somebody";
        const std::string_view next = i + 1 < words.size() ? words[i + 1] : std::string_view();
        if (anybody && next == "about")
            return {}; // whoever answers
        if (isOne(words[i], people) && last)
            return words[i];
        if (isOne(words[i], agents) && (human || bare) && last && words[i] != "support" && words[i] != "service")
            return words[i];
        human = human || isOne(words[i], humanWords);
        if (!isOne(words[i], between) && !isOne(words[i], people) && !isOne(words[i], agents))
            return {};
    }
    return {};
}

bool isVerb(const Words& words, std::size_t at)
{
    const std::string_view word = words[at];
    const std::string_view next = at + 1 < words.size() ? words[at + 1] : std::string_view();
    constexpr auto talks = std::to_array<std::string_view>({"speak", "talk", "chat", "speaking", "talking"});
    constexpr auto hands = std::to_array<std::string_view>(
        {"transfer", "transferring", "transferred", "connect", "connecting", "connected", "escalate", "escalated",
         "forward", "redirect", "refer", "put", "pass", "hand", "get", "give"});
    if (isOne(word, talks))
        return next == "to" || next == "with" || next == "directly";
    if (isOne(word, hands))
        return next == "me" || next == "us" || (next == "to" && (word == "transferred" || word == "connected")) ||
               (word == "escalate" && (next == "this" || next == "it" || next == "my" || next == "to"));
    return false;
}

/// Not where somebody else is to, where it is told of, or only thought of: "users can talk to a person", "I will
/// contact one", "if I speak to one".
bool isAsked(const Words& words, std::size_t verb, bool question)
{
    constexpr auto own = std::to_array<std::string_view>(
        {"i", "i'd", "me", "we", "us", "please", "let", "just", "could", "can", "need", "want", "you", "like"});
    constexpr auto others = std::to_array<std::string_view>(
        {"they", "he",    "she",   "user",     "users", "customer", "customers", "them",    "him",
         "her",  "don't", "not",   "never",    "won't", "didn't",   "without",   "instead", "should",
         "had",  "did",   "about", "would've", "tried", "trying",   "i'll",      "will"});
    constexpr auto conditions = std::to_array<std::string_view>({"if", "when", "before", "after", "unless", "until"});
    bool asks = verb == 0 || question;
    for (std::size_t back = 1; back <= 8 && back <= verb; ++back) {
        const std::string_view word = words[verb - back];
        if ((back <= 4 && isOne(word, others)) || (back <= 3 && isOne(word, conditions)))
            return false;
        asks = asks || isOne(word, own);
    }
    return asks;
}

/// "Is there someone else I could talk to?", "a supervisor I can speak with"
bool asksWhomToTalkTo(const SpokenSentence& sentence)
{
    constexpr std::string_view persons = "someone|somebody|anyone|supervisor|manager|representative|human|"
                                         "real person|person|higher up";
    constexpr std::string_view talks = "i can talk to|i can speak to|i can speak with|i can talk with|"
                                       "i could talk to|i could speak to|i could speak with|i could talk with|"
                                       "i could speak directly|i may speak to|to escalate this|escalate this to|"
                                       "i might escalate";
    return sentence.question && !phraseIn(sentence.plain, persons).empty() && !phraseIn(sentence.plain, talks).empty();
}

/// Not a column of a table: "give me the employee name", "get me the person with the most orders".
bool endsThere(const Words& words, std::string_view person)
{
    constexpr auto follow = std::to_array<std::string_view>({"please", "now", "instead", "right", "to", "who", "on",
                                                             "asap", "immediately", "today", "here", "and", "thanks"});
    if (person == "someone" || person == "somebody")
        return true; // no table has such a column
    const auto at =
        std::find_if(words.begin(), words.end(), [&](std::string_view word) { return word.data() == person.data(); });
    return at == words.end() || at + 1 == words.end() || isOne(*(at + 1), follow);
}

std::optional<Found> askedIn(const SpokenSentence& sentence)
{
    const Words words = wordsOf(sentence.plain);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!isVerb(words, i) || !isAsked(words, i, sentence.question))
            continue;
        const bool hands =
            words[i].starts_with("transfer") || words[i].starts_with("connect") || words[i].starts_with("escalate");
        const std::string_view person = personFrom(words, i + 1, hands);
        const bool gives = words[i] == "give" || words[i] == "get";
        if (!person.empty() && (!gives || endsThere(words, person)))
            return Found{words[i], person};
    }
    if (asksWhomToTalkTo(sentence))
        return Found{
            phraseIn(sentence.plain, "someone|somebody|anyone|supervisor|manager|representative|human|person"),
            phraseIn(sentence.plain, "talk to|speak to|speak with|talk with|speak directly|escalate this|escalate")};
    constexpr std::string_view said = "human please|human agent please|need a human|want a human|need a real person|"
                                      "want a real person|representative please|operator please|agent please|"
                                      "want a human agent|need a human agent|want an agent|speak to your manager|"
                                      "i want a manager|i want a supervisor|i need a representative|"
                                      "want a representative|want to speak with your";
    const std::string_view phrase = phraseIn(sentence.plain, said);
    if (!phrase.empty() && words.size() <= 12 && !hasPhrase(sentence.plain, "don't"))
        return Found{phrase, phrase};
    return std::nullopt;
}

/// The words of a name: "transferToHuman" and "transfer_to_human" alike.
Words wordsOfName(const std::string& name, std::string& into)
{
    into.clear();
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z')
            into += ' ';
        into += upper ? static_cast<char>(c + ('a' - 'A')) : (c >= 'a' && c <= 'z') ? c : ' ';
    }
    return wordsOf(into);
}

/// Hands over to a person. Of agents only to "human" ones: programs hand over to each other all the time.
bool handsOver(const std::string& tool)
{
    constexpr auto verbs =
        std::to_array<std::string_view>({"transfer", "transferring", "escalate", "escalation", "handoff", "handover",
                                         "hand", "connect", "route", "forward", "contact", "call", "page", "request"});
    constexpr auto persons = std::to_array<std::string_view>(
        {"human", "humans", "person", "representative", "operator", "supervisor", "manager", "staff", "live"});
    std::string spaced;
    const Words words = wordsOfName(tool, spaced);
    const bool person = std::ranges::any_of(words, [&](std::string_view word) { return isOne(word, persons); });
    const bool verb = std::ranges::any_of(words, [&](std::string_view word) { return isOne(word, verbs); });
    const bool escalates =
        std::ranges::any_of(words, [](std::string_view word) { return word == "escalate" || word == "escalation"; });
    const bool other = std::ranges::any_of(words, [](std::string_view word) {
        return word == "get" || word == "list" || word == "check" || word == "status" || word == "privilege" ||
               word == "privileges" || word == "feedback" || word == "input" || word == "manager" ||
               word == "message" || word == "messages";
    });
    return ((person && verb) || (escalates && words.size() <= 3)) && !other;
}

constexpr auto rules = std::to_array<TurnSignalRule>({
    {"escalation.asked", TurnSignalKind::Escalation, "A user asks to speak to a person, or to be handed to one.",
     "User: My lamp is broken.\nAssistant: Send a photo.\nUser: I want to talk to a real person, please.",
     "User: My lamp is broken.\nAssistant: Send a photo.\nUser: I talked to a person at the store yesterday."},
    {"escalation.tool", TurnSignalKind::Escalation,
     "A tool is called whose name says that it hands over to a person; not one that hands over to another program.",
     "User: My lamp is broken.\nCalls: transfer_to_human_agents",
     "User: My lamp is broken.\nCalls: transfer_to_billing_agent"},
});

} // namespace

SignalRules escalationRules()
{
    return rules;
}

void findEscalationAsked(const TalkBefore&, const SpokenTurn& said, Signals& into)
{
    if (!said.english || said.document)
        return;
    for (const SpokenSentence& sentence : said.sentences) {
        const auto found = askedIn(sentence);
        if (!found)
            continue;
        TurnSignal& signal = into.emplace_back();
        signal.kind = TurnSignalKind::Escalation;
        signal.turn = said.at;
        signal.strength = 1;
        signal.rule = "escalation.asked";
        const std::string_view text = sentence.range.of(said.text());
        for (const std::string_view word : {found->first, found->last}) {
            const auto places = placesOf(text, word);
            if (!places.empty() && (signal.words.empty() || found->first != found->last))
                signal.words.push_back(
                    {sentence.range.from + places.front().from, sentence.range.from + places.front().to});
        }
        signal.why = "asks for a person";
        return;
    }
}

void findEscalationCall(const Turn& call, std::size_t at, Signals& into)
{
    if (!handsOver(call.tool))
        return;
    TurnSignal& signal = into.emplace_back();
    signal.kind = TurnSignalKind::Escalation;
    signal.turn = at;
    signal.strength = 1;
    signal.rule = "escalation.tool";
    signal.why = "the name of the tool says that it hands over to a person: " + call.tool;
}

} // namespace arcscope
