// layers: core analysis Qt6::Core
// Measures the rules about statements that cannot both hold on recorded conversations: how often they fire as it is,
// and how many contradictions they find of one planted into each (a value changed, a statement denied; in a later
// answer, in the same one, behind a doubt, in another run). What is planted and is no contradiction (the same again, an
// update that a tool or user brings) counts as false where they fire. Prints the figures and fails where one misses its
// goal. The folder of the set may be given; "--show" prints what fires and what is missed.
#include "chattrace.h"
#include "claimplaces.h"
#include "goals.h"
#include "proselines.h"
#include "sentences.h"

#include <array>
#include <map>
#include <set>

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

bool show = false;

/// A sentence of an answer that says how something is, as a reader of the text alone would pick it.
struct Said {
    std::size_t message = 0;
    std::string text;
    std::size_t valueFrom = 0; ///< of its only value; equal to `valueTo`: it has none
    std::size_t valueTo = 0;
    ValueType type = ValueType::Cardinal;
};

bool hasAnyWord(const std::string& text, std::initializer_list<const char*> words)
{
    const std::string plain = ' ' + prose::lower(text) + ' ';
    return std::ranges::any_of(words, [&](const char* word) { return plain.find(word) != std::string::npos; });
}

/// No question, condition, offer or list.
bool isPlainSentence(const std::string& text)
{
    constexpr std::size_t shortest = 30;
    constexpr std::size_t longest = 200;
    return text.size() >= shortest && text.size() <= longest && text.back() == '.' && text.front() >= 'A' &&
           text.front() <= 'Z' && text.find('\n') == std::string::npos && text.find('*') == std::string::npos &&
           text.find(':') == std::string::npos &&
           !hasAnyWord(text, {" if ", " would ", " could ", " please ", " let me ", " i will ", " i'll ", " may ",
                              " you can ", " should ", " might ", " unless ", " however ", " either "});
}

std::vector<Said> saidIn(const Chat& chat)
{
    std::vector<Said> all;
    ClaimReader reader;
    for (std::size_t i = 0; i < chat.messages.size(); ++i) {
        const std::string& text = chat.messages[i].content;
        if (chat.messages[i].role != "assistant")
            continue;
        for (const Sentence& sentence : sentencesOf(text)) {
            const auto from = static_cast<std::size_t>(sentence.from);
            Said said{i, text.substr(from, static_cast<std::size_t>(sentence.to) - from), 0, 0, ValueType::Cardinal};
            if (!isPlainSentence(said.text))
                continue;
            const ClaimSentence claim = reader.read(said.text);
            if (claim.values.size() == 1 && !claim.values[0].range && claim.values[0].type != ValueType::Identifier) {
                const ByteRange bytes = bytesOf(claim, 0);
                said.valueFrom = static_cast<std::size_t>(bytes.from);
                said.valueTo = static_cast<std::size_t>(bytes.to);
                said.type = claim.values[0].type;
            }
            all.push_back(std::move(said));
        }
    }
    return all;
}

/// The sentence with another value of the same type; empty: it has none that can be changed.
std::string withOtherValue(const Said& said, std::uint64_t seed)
{
    const std::string written = said.text.substr(said.valueFrom, said.valueTo - said.valueFrom);
    const std::size_t digit = written.find_first_of("0123456789");
    if (said.valueFrom == said.valueTo || digit == std::string::npos || said.type == ValueType::Ordinal)
        return {};
    std::string plain;
    std::size_t end = digit;
    for (; end < written.size() && ((written[end] >= '0' && written[end] <= '9') || written[end] == ','); ++end)
        plain += written[end] == ',' ? "" : std::string(1, written[end]);
    if (plain.size() > 6)
        return {};
    const int number = std::stoi(plain);
    const int least = said.type == ValueType::Date || said.type == ValueType::Clock ? 1 : std::max(1, number / 5);
    int other = number + least + static_cast<int>(seed % 3);
    if (said.type == ValueType::Date && plain.size() < 3)
        other = number > 20 ? number - 3 : number + 3;
    if (said.type == ValueType::Clock)
        other = number > 8 ? number - 2 : number + 2;
    if (said.type == ValueType::Date && plain.size() == 4)
        return {}; // an ISO date: its year would not be told from another one's
    return said.text.substr(0, said.valueFrom) + written.substr(0, digit) + std::to_string(other) +
           written.substr(end) + said.text.substr(said.valueTo);
}

/// The sentence denied at its first auxiliary verb; empty: it has none, or is denied.
std::string denied(const Said& said)
{
    if (hasAnyWord(said.text, {" not ", "n't ", " no ", " never ", " cannot ", " without ", " none ", " only "}))
        return {};
    std::size_t first = std::string::npos;
    std::size_t size = 0;
    for (const char* word : {" is ", " are ", " was ", " were ", " has been ", " have been ", " can ", " does "}) {
        const std::size_t at = said.text.find(word);
        if (at < first) {
            first = at;
            size = std::string_view(word).starts_with(" ha") ? 4 + (word[3] == 'v' ? 1 : 0)
                                                             : std::string_view(word).size() - 1;
        }
    }
    return first == std::string::npos ? std::string()
                                      : said.text.substr(0, first + size) + " not" + said.text.substr(first + size);
}

using Detectors = std::array<const Detector*, 2>;

std::vector<Finding> found(TraceScript& script)
{
    std::vector<Finding> all;
    for (const Detector* detector : Detectors{&detectorNamed("conflicts"), &detectorNamed("talk")}) {
        for (Finding& finding : findingsOf(*detector, script)) {
            if (finding.level != FindingLevel::Signal)
                all.push_back(std::move(finding));
        }
    }
    return all;
}

/// One model call for each answer, which is sent all that was said before, as most programs do it.
TraceScript withHistory(const Chat& chat)
{
    TraceScript script = scriptOf(chat, chat.messages.size());
    std::vector<Message> history;
    for (std::size_t i = 0; i < chat.messages.size(); ++i) {
        if (chat.messages[i].role != "assistant")
            continue;
        SpanContent& content = script.content("m" + std::to_string(i));
        history.insert(history.end(), content.input.begin(), content.input.end());
        content.input = history;
        history.insert(history.end(), content.output.begin(), content.output.end());
    }
    return script;
}

/// Rules that fire over the last bytes of a message.
std::set<std::string> rulesAt(const Chat& chat, std::size_t message, const std::string& planted)
{
    TraceScript script = withHistory(chat);
    const Row row = rowNamed(script.corpus, "m" + std::to_string(message));
    const auto begin = static_cast<std::int64_t>(chat.messages[message].content.size() - planted.size());
    std::set<std::string> rules;
    for (const Finding& finding : found(script)) {
        for (const FindingPlace& place : finding.places) {
            if (place.row == row && place.text.of == TextPlace::Of::Output && place.to > begin)
                rules.insert(finding.rule);
        }
    }
    return rules;
}

struct Kind {
    const char* name;
    bool contradicts;
    double goal; ///< least share that is found (0: nothing is claimed), or most that is flagged
    std::size_t planted = 0;
    std::size_t fired = 0;
    std::map<std::string, std::size_t> rules;
};

void count(Kind& kind, const Chat& chat, const std::string& planted, const std::set<std::string>& rules)
{
    ++kind.planted;
    kind.fired += rules.empty() ? 0u : 1u;
    for (const std::string& rule : rules)
        ++kind.rules[rule];
    if (show && rules.empty() == kind.contradicts)
        std::printf("%s, %s: %s\n", kind.contradicts ? "missed" : "false", kind.name,
                    (chat.id + ": " + planted).c_str());
}

/// The next answer behind a message that says something to the user; nothing in between is changed by a user or tool.
std::optional<std::size_t> laterAnswer(const Chat& chat, std::size_t message)
{
    for (std::size_t i = message + 1; i < chat.messages.size(); ++i) {
        if (chat.messages[i].role == "assistant" && !chat.messages[i].content.empty() && chat.messages[i].calls.empty())
            return i;
    }
    return std::nullopt;
}

/// The sentence at the end of an answer, as another paragraph.
void plant(Chat chat, std::size_t message, const std::string& sentence, Kind& kind)
{
    chat.messages[message].content += "\n\n" + sentence;
    count(kind, chat, sentence, rulesAt(chat, message, sentence));
}

void plantDoubt(Chat chat, const Said& said, const std::string& sentence, Kind& kind)
{
    ChatMessage doubt;
    doubt.role = "user";
    doubt.content = "Are you sure? I don't think that is right.";
    ChatMessage answer;
    answer.role = "assistant";
    answer.content = "You are right, I apologize for the mistake. " + sentence;
    const auto at = chat.messages.begin() + static_cast<std::ptrdiff_t>(said.message) + 1;
    chat.messages.insert(at, {doubt, answer});
    count(kind, chat, sentence, rulesAt(chat, said.message + 2, sentence));
}

/// What brings the new value stands before the later answer, which does not say the old one itself.
void plantUpdate(Chat chat, const Said& said, std::size_t message, const std::string& sentence, bool byTool, Kind& kind)
{
    const std::string old = said.text.substr(said.valueFrom, said.valueTo - said.valueFrom);
    if (chat.messages[message].content.find(old) != std::string::npos)
        return;
    ChatMessage brings;
    brings.role = byTool ? "tool" : "user";
    brings.call = "planted";
    brings.content = byTool ? "{\"note\": \"" + sentence + "\"}" : "But I was told this: " + sentence;
    chat.messages.insert(chat.messages.begin() + static_cast<std::ptrdiff_t>(said.message) + 1, brings);
    ++message;
    plant(std::move(chat), message, sentence, kind);
}

/// Both end with the same words, but for the sentence.
void plantRun(const Chat& chat, const Said& said, const std::string& sentence, Kind& kind)
{
    TraceScript script("a one - model 0-10\nb two - model 20-30\n");
    for (const char* const run : {"one", "two"}) {
        std::string text = chat.messages[said.message].content;
        if (std::string_view(run) == "two")
            text.replace(text.find(said.text), said.text.size(), sentence);
        script.content(run).input = {testing::said(Role::User, "What about " + chat.id + "?")};
        script.content(run).output = {testing::said(Role::Assistant, text)};
    }
    std::set<std::string> rules;
    for (const Finding& finding : found(script))
        rules.insert(finding.rule);
    count(kind, chat, sentence, rules);
}

void plantAll(const Chat& chat, std::map<std::string_view, Kind*>& kinds)
{
    const std::vector<Said> all = saidIn(chat);
    const auto pick = [&](std::string_view kind, const auto& planted, bool needsLater) {
        std::vector<std::pair<const Said*, std::string>> fit;
        for (const Said& said : all) {
            std::string sentence = planted(said);
            if (!sentence.empty() && (!needsLater || laterAnswer(chat, said.message)))
                fit.emplace_back(&said, std::move(sentence));
        }
        return fit.empty() ? std::pair<const Said*, std::string>()
                           : fit[wordKey(chat.id + std::string(kind)) % fit.size()];
    };
    const auto otherValue = [&](const Said& said) { return withOtherValue(said, wordKey(chat.id)); };
    const auto same = [](const Said& said) { return said.text; };
    const auto later = [&](std::string_view kind, const auto& planted) {
        if (const auto [said, sentence] = pick(kind, planted, true); said)
            plant(chat, *laterAnswer(chat, said->message), sentence, *kinds.at(kind));
    };
    later("value, later answer", otherValue);
    later("denied, later answer", denied);
    later("the same, later answer", same);
    if (const auto [said, sentence] = pick("value, same answer", otherValue, false); said)
        plant(chat, said->message, sentence, *kinds.at("value, same answer"));
    for (const bool value : {true, false}) {
        const std::string_view kind = value ? "value, behind a doubt" : "denied, behind a doubt";
        if (const auto [said, sentence] = value ? pick(kind, otherValue, false) : pick(kind, denied, false); said)
            plantDoubt(chat, *said, sentence, *kinds.at(kind));
        const std::string_view run = value ? "value, another run" : "denied, another run";
        if (const auto [said, sentence] = value ? pick(run, otherValue, false) : pick(run, denied, false); said)
            plantRun(chat, *said, sentence, *kinds.at(run));
        const std::string_view update = value ? "value, a tool brings it" : "value, a user brings it";
        if (const auto [said, sentence] = pick(update, otherValue, true); said)
            plantUpdate(chat, *said, *laterAnswer(chat, said->message), sentence, value, *kinds.at(update));
    }
    if (const auto [said, sentence] = pick("the same, another run", same, false); said)
        plantRun(chat, *said, sentence, *kinds.at("the same, another run"));
}

} // namespace

int main(int count, char** arguments)
{
    std::string folder = std::string(ARCSCOPE_SHARED_DIR) + "/bench";
    for (int i = 1; i < count; ++i) {
        if (std::string_view(arguments[i]) == "--show")
            show = true;
        else
            folder = arguments[i];
    }
    std::array<Kind, 11> all{{{"value, later answer", true, 0.3},
                              {"denied, later answer", true, 0},
                              {"value, same answer", true, 0.5},
                              {"value, behind a doubt", true, 0.5},
                              {"denied, behind a doubt", true, 0.2},
                              {"value, another run", true, 0.4},
                              {"denied, another run", true, 0.2},
                              {"the same, later answer", false, 0.01},
                              {"the same, another run", false, 0.01},
                              {"value, a tool brings it", false, 0.02},
                              {"value, a user brings it", false, 0.02}}};
    std::map<std::string_view, Kind*> kinds;
    for (Kind& kind : all)
        kinds[kind.name] = &kind;
    const std::vector<Chat> chats = chatsOf(folder + "/tau_trajectories.dev.jsonl");
    std::map<std::string, std::size_t> natural;
    std::size_t answers = 0;
    std::size_t falseFindings = 0;
    for (const Chat& chat : chats) {
        TraceScript script = withHistory(chat);
        for (const Finding& finding : found(script)) {
            ++natural[finding.rule];
            ++falseFindings;
            if (show)
                std::printf("as it is, %s %s: %s\n    %s\n    %s\n", chat.id.c_str(), finding.rule.c_str(),
                            finding.what.c_str(), finding.places[0].quote.c_str(), finding.places[1].quote.c_str());
        }
        for (const ChatMessage& message : chat.messages)
            answers += message.role == "assistant" && !message.content.empty() ? 1u : 0u;
        plantAll(chat, kinds);
    }
    std::printf("%zu conversations with %zu answers\n", chats.size(), answers);
    for (const auto& [rule, times] : natural)
        std::printf("  %-24s fires %zu times as it is\n", rule.c_str(), times);
    for (const Kind& kind : all) {
        std::printf("  %-24s %4zu planted, %4zu fire:", kind.name, kind.planted, kind.fired);
        for (const auto& [rule, times] : kind.rules)
            std::printf(" %s %zu", rule.c_str(), times);
        std::printf("\n");
    }
    goal("findings as it is, of 100 answers", 100 * share(falseFindings, answers), "<=", 0.5);
    for (const Kind& kind : all) {
        if (kind.goal > 0)
            goal(kind.name, share(kind.fired, kind.planted), kind.contradicts ? ">=" : "<=", kind.goal);
    }
    return summary();
}
