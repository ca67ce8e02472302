// layers: core analysis Qt6::Core
// Measures the signals of turns: requests asked again and words of frustration on pairs and turns written for it, the
// measure of likeness on labelled questions, and every signal on recorded conversations against what a reader said of
// each. Prints the figures and fails where one misses its goal. "--show" prints what is misjudged, "--fired" all that
// fires in recorded conversations, as the list of readings has it.
#include "chattrace.h"
#include "goals.h"
#include "talkscript.h"
#include "toldmeasures.h"
#include "wordsimilarity.h"

#include <array>
#include <map>
#include <sstream>

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

bool show = false;
bool listFired = false;

std::string dataFile(const char* name)
{
    return std::string(ARCSCOPE_TEST_DATA) + "/arcs/" + name;
}

/// Lines that are neither empty nor remarks.
std::vector<std::string> linesOf(const std::string& path)
{
    std::istringstream in(contents(path));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line[0] != '#')
            lines.push_back(line);
    }
    return lines;
}

struct Labelled {
    bool label = false;
    double score = 0;
};

/// Share of pairs of one that is and one that is not, in which the score says which; ties count half.
double areaUnderCurve(const std::vector<Labelled>& all)
{
    double right = 0;
    double pairs = 0;
    for (const Labelled& yes : all) {
        for (const Labelled& no : all) {
            if (!yes.label || no.label)
                continue;
            ++pairs;
            right += yes.score > no.score ? 1 : yes.score == no.score ? 0.5 : 0;
        }
    }
    return pairs > 0 ? right / pairs : 0;
}

struct Counts {
    std::size_t right = 0;
    std::size_t fired = 0;
    std::size_t there = 0;

    double precision() const { return share(right, fired); }
    void print(const std::string& what) const
    {
        std::printf("  %-44s %3zu right of %3zu fired, %3zu there\n", what.c_str(), right, fired, there);
    }
    void count(bool fires, bool label)
    {
        right += fires && label ? 1u : 0u;
        fired += fires ? 1u : 0u;
        there += label ? 1u : 0u;
    }
    void tell(std::string_view rule, MeasureKind kind, std::string_view set) const;
};

double likeness(const std::string& a, const std::string& b)
{
    ClaimReader reader;
    const auto wordsOf = [&](const std::string& text) {
        std::vector<WeighedWord> words;
        for (const TextRange& range : proseSentences(text))
            weighWords(reader.read(range.of(text), SentenceKind::Prose, static_cast<std::int64_t>(range.from)), words);
        return words;
    };
    return similarityOf(wordsOf(a), wordsOf(b)).value;
}

/// What the program tells of the rules for turns of a kind together; empty: no finding is made of it.
std::string_view ruleOf(TurnSignalKind kind)
{
    switch (kind) {
    case TurnSignalKind::ReAsk:
        return "arc.re_ask";
    case TurnSignalKind::Correction:
        return "arc.corrected";
    case TurnSignalKind::Escalation:
        return "arc.escalated";
    case TurnSignalKind::Frustration:
        return "arc.frustration";
    default:
        return {};
    }
}

std::vector<RuleMeasure> toldOfRules;

void Counts::tell(std::string_view rule, MeasureKind kind, std::string_view set) const
{
    toldOfRules.push_back({rule, kind, set, static_cast<int>(right), static_cast<int>(fired), static_cast<int>(there)});
}

// ---- Labelled questions

void measureQuestions()
{
    std::vector<Labelled> all;
    for (const JsonStory& story :
         recordsOf(std::string(ARCSCOPE_SHARED_DIR) + "/bench/question_similarity.dev.jsonl")) {
        JsonReading reading(story);
        if (textOf(reading, "source") != "sts-question-question")
            continue;
        const auto label = reading.number(reading.member(0, "label"));
        all.push_back({label.value_or(0) > 0, likeness(textOf(reading, "a"), textOf(reading, "b"))});
    }
    std::printf("%zu labelled pairs of questions\n", all.size());
    goal("questions: area under the curve of the measure", areaUnderCurve(all), ">=", 0.8);
    for (const double threshold : {0.75, 0.8, 0.85}) {
        Counts counts;
        for (const Labelled& each : all)
            counts.count(each.score >= threshold, each.label);
        counts.print("from " + std::to_string(threshold).substr(0, 4) + ", without the gate");
    }
}

// ---- Pairs of our own

bool asksAgain(const std::string& line, double threshold)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t end = std::min(line.find(" | ", at), line.size());
        parts.push_back(line.substr(at, end - at));
        at = end + 3;
    }
    DetectorSettings settings;
    static_cast<void>(settings.set("arc.re_ask_similarity", threshold));
    const std::string talk = "User: " + parts.at(1) + "\nAssistant: " + parts.at(2) + "\nUser: " + parts.at(3);
    const auto found = signalsIn(talk, settings);
    return std::ranges::any_of(found, [](const TurnSignal& signal) {
        return signal.turn == 2 && (signal.kind == TurnSignalKind::ReAsk || signal.kind == TurnSignalKind::Regenerate);
    });
}

void measurePairs()
{
    const std::vector<std::string> lines = linesOf(dataFile("reasks.txt"));
    std::printf("%zu pairs of turns of our own, every second one held out\n", lines.size());
    for (const double threshold : {0.75, 0.8, 0.85}) {
        Counts tuned;
        Counts held;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool label = lines[i].starts_with('+');
            const bool fires = asksAgain(lines[i], threshold);
            (i % 2 == 0 ? tuned : held).count(fires, label);
            if (show && threshold == 0.8 && i % 2 == 0 && fires != label)
                std::printf("%s: %s\n", fires ? "false" : "missed", lines[i].c_str());
        }
        const std::string from = "from " + std::to_string(threshold).substr(0, 4);
        tuned.print(from + ", rules tuned on them");
        held.print(from + ", held out");
        if (threshold == 0.8) {
            goal("asked again: precision on held-out pairs", held.precision(), ">=", 0.75);
            held.tell("arc.re_ask", MeasureKind::Written, "pairs of turns");
        }
    }
}

void measureFrustration()
{
    const std::vector<std::string> lines = linesOf(dataFile("frustration.txt"));
    std::printf("%zu turns of our own, every second one held out\n", lines.size());
    DetectorSettings low;
    static_cast<void>(low.set("arc.frustration_score", 0.1));
    Counts tuned;
    Counts held;
    std::vector<Labelled> scores;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool label = lines[i].starts_with('+');
        double score = 0;
        for (const TurnSignal& signal : signalsIn("Assistant: Hello.\nUser: " + lines[i].substr(2), low))
            score = signal.kind == TurnSignalKind::Frustration ? signal.strength : score;
        const bool fires = score >= turnSignalSettings()[1].standard;
        (i % 2 == 0 ? tuned : held).count(fires, label);
        if (i % 2 == 1)
            scores.push_back({label, score});
        else if (show && fires != label)
            std::printf("%s (%.2f): %s\n", fires ? "false" : "missed", score, lines[i].c_str());
    }
    tuned.print("words tuned on them");
    held.print("held out");
    goal("frustration: area under the curve, held out", areaUnderCurve(scores), ">=", 0.78);
    goal("frustration: precision, held out", held.precision(), ">=", 0.8);
    held.tell("arc.frustration", MeasureKind::Written, "turns of users");
}

// ---- Recorded conversations

struct Recorded {
    std::string_view set;
    std::vector<Chat> chats;
};

/// Turns of the conversation, and the message that each is of.
Conversation conversationOfChat(const Chat& chat, std::vector<std::size_t>& messages)
{
    Conversation conversation;
    const auto add = [&](Role role, PartKind kind, const std::string& text, std::size_t message) {
        if (kind == PartKind::ToolCall || text.find_first_not_of(" \n") != text.npos) {
            addTurn(conversation, role, kind, text);
            messages.push_back(message);
        }
    };
    for (std::size_t i = 0; i < chat.messages.size(); ++i) {
        const ChatMessage& message = chat.messages[i];
        if (message.role == "user")
            add(Role::User, PartKind::Text, message.content, i);
        else if (message.role == "tool")
            add(Role::Tool, PartKind::ToolResult, message.content, i);
        else if (message.role == "assistant")
            add(Role::Assistant, PartKind::Text, message.content, i);
        for (const ChatMessage::Call& call : message.calls)
            add(Role::Assistant, PartKind::ToolCall, call.tool, i);
    }
    return conversation;
}

/// What a reader said: the set, the conversation, its message and the rule, which is right there or not.
std::map<std::string, bool> readings()
{
    std::map<std::string, bool> all;
    for (const std::string& line : linesOf(dataFile("readings.txt")))
        all[line.substr(2)] = line[0] == '+';
    return all;
}

void measureRecorded(const Recorded& recorded)
{
    const std::map<std::string, bool> read = readings();
    std::map<std::string, Counts> byRule;
    std::map<std::string_view, Counts> told;
    std::size_t unread = 0;
    std::size_t users = 0;
    Counts handed; // conversations in which a tool hands over
    std::size_t asked = 0;
    std::size_t leftOpen = 0;
    for (const Chat& chat : recorded.chats) {
        std::vector<std::size_t> messages;
        const Conversation conversation = conversationOfChat(chat, messages);
        if (conversation.threads.empty())
            continue;
        users += static_cast<std::size_t>(std::ranges::count_if(conversation.turns, &Turn::isUsers));
        bool tool = false;
        bool person = false;
        for (const TurnSignal& signal : turnSignals(conversation, conversation.threads[0], {})) {
            const Turn& turn = conversation.turns[signal.turn];
            tool = tool || signal.rule == "escalation.tool";
            person = person || signal.rule == "escalation.asked";
            leftOpen += signal.turn + 1 == conversation.turns.size() &&
                                (signal.kind == TurnSignalKind::OpenQuestion || signal.kind == TurnSignalKind::Nudge)
                            ? 1u
                            : 0u;
            const std::string key = std::string(recorded.set) + ' ' + chat.id + ' ' +
                                    std::to_string(messages[signal.turn]) + ' ' + std::string(signal.rule);
            Counts& counts = byRule[std::string(signal.rule)];
            ++counts.fired;
            if (signal.kind == TurnSignalKind::OpenQuestion || signal.rule == "escalation.tool")
                continue; // read off the text, or the name of the tool
            const auto known = read.find(key);
            unread += known == read.end() ? 1u : 0u;
            counts.right += known != read.end() && known->second ? 1u : 0u;
            if (const std::string_view rule = ruleOf(signal.kind); !rule.empty()) {
                ++told[rule].fired;
                told[rule].right += known != read.end() && known->second ? 1u : 0u;
            }
            if (listFired) {
                std::printf("%s %s\n      %s\n",
                            known == read.end() ? "?"
                            : known->second     ? "+"
                                                : "-",
                            key.c_str(), signal.why.c_str());
                if (signal.earlier != noTurn)
                    std::printf("      [%zu] %.300s\n", signal.earlier,
                                conversation.turns[signal.earlier].text.c_str());
                std::printf("      [%zu] %.400s\n", signal.turn, turn.text.c_str());
            }
        }
        const bool transferred = std::ranges::any_of(conversation.turns, [](const Turn& turn) {
            return turn.kind == PartKind::ToolCall && turn.tool == "transfer_to_human_agents";
        });
        handed.count(tool, transferred);
        asked += tool && person ? 1u : 0u;
    }
    std::printf("%s: %zu conversations, %zu turns of users\n", std::string(recorded.set).c_str(), recorded.chats.size(),
                users);
    for (const auto& [rule, counts] : byRule)
        std::printf("  %-24s fires %4zu times, %4zu read as right\n", rule.c_str(), counts.fired, counts.right);
    handed.print("conversations handed over by a tool");
    std::printf("  in %zu of those the user had asked for a person; %zu end with a question to the user\n", asked,
                leftOpen);
    goal("signals that nobody has read", static_cast<double>(unread), "<=", 0);
    goal("handed over by a tool: precision", handed.precision(), ">=", 1);
    goal("handed over by a tool: found", share(handed.right, handed.there), ">=", 1);
    for (const char* const rule :
         {"re_ask.similar", "re_ask.said", "correction.value", "correction.wrong", "correction.meant",
          "escalation.asked", "confirmed.thanks", "confirmed.works", "closing.goodbye", "frustration.words"}) {
        const Counts& counts = byRule[rule];
        if (counts.fired == 0)
            continue;
        goal((std::string(rule) + ": precision").c_str(), counts.precision(), ">=", 0.75);
    }
    for (const auto& [rule, counts] : told)
        counts.tell(rule, MeasureKind::Read, recorded.set);
}

} // namespace

int main(int count, char** arguments)
{
    for (int i = 1; i < count; ++i) {
        show = show || std::string_view(arguments[i]) == "--show";
        listFired = listFired || std::string_view(arguments[i]) == "--fired";
    }
    measureQuestions();
    measurePairs();
    measureFrustration();
    const std::string folder = ARCSCOPE_SHARED_DIR;
    measureRecorded({"tau-bench airline", chatsOf(folder + "/bench/tau_trajectories.dev.jsonl")});
    measureRecorded({"tau-bench retail", chatsOf(folder + "/data/agentrx/data/tau_retail/tau_dataset_full.json")});
    checkTold(toldOfRules);
    return summary();
}
