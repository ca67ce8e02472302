// layers: analysis
// Measures the rules that find contradictions on labelled pairs of sentences and on texts without any, prints the
// figures, and fails where one misses its goal. The folder of the sets may be given; "--show RULE" prints what it
// finds; "--speed" also measures pairs a second.
#include "agentprose.h"
#include "contradictions.h"
#include "toldmeasures.h"

#include <ctime>
#include <map>

using namespace arcscope;
using namespace arcscope::evaluation;

namespace
{

std::string shownRule;

struct LabelledPair {
    std::string a;
    std::string b;
    bool contradicts = false;
};

/// The pairs of each source in the file.
std::map<std::string, std::vector<LabelledPair>> readPairs(const std::string& path)
{
    std::map<std::string, std::vector<LabelledPair>> sets;
    for (const JsonStory& record : recordsOf(path)) {
        JsonReading reading(record);
        const JsonIndex label = reading.member(0, "label");
        sets[textOf(reading, "source")].push_back(
            {textOf(reading, "a"), textOf(reading, "b"), label >= 0 && reading.number(label) == 1});
    }
    return sets;
}

struct Counts {
    std::size_t right = 0;
    std::size_t wrong = 0;
};

struct Quality {
    double precision = 0;
    double recall = 0;
    RuleMeasure counts;
};

/// What the program calls the set where it tells of its rules.
std::string_view setText(const std::string& name)
{
    return name == "chatprotect"    ? "pairs of sentences that models wrote of one thing, ChatProtect"
           : name == "breaking_nli" ? "pairs of sentences of which one word was replaced, Breaking-NLI"
                                    : "";
}

/// Of findings alone, and with hints.
std::array<Quality, 2> evaluateSet(const std::string& name, const std::vector<LabelledPair>& pairs)
{
    std::map<std::pair<std::string, bool>, Counts> rules; // by name and whether it is a finding
    std::array<Counts, 2> all;
    std::size_t positive = 0;
    for (const LabelledPair& pair : pairs) {
        positive += pair.contradicts ? 1u : 0u;
        const Contradictions told = findContradictions(pair.a, pair.b);
        if (told.found.empty()) {
            if (pair.contradicts && shownRule == "none")
                std::printf("missed (%s)\n  %s\n  %s\n", name.c_str(), pair.a.c_str(), pair.b.c_str());
            continue;
        }
        const Contradiction& first = told.found.front();
        const auto add = [&](Counts& counts) { ++(pair.contradicts ? counts.right : counts.wrong); };
        add(rules[{std::string(first.rule->name), first.tier == PairTier::Finding}]);
        add(all[1]);
        if (first.tier == PairTier::Finding)
            add(all[0]);
        if (first.rule->name == shownRule || shownRule == "all")
            std::printf("%s (%s, %s %.2f)\n  %s\n  %s\n  %s\n", pair.contradicts ? "right" : "wrong", name.c_str(),
                        first.tier == PairTier::Finding ? "finding" : "hint", first.strength, pair.a.c_str(),
                        pair.b.c_str(), first.why.c_str());
    }
    std::printf("%s: %zu pairs, %zu contradict\n", name.c_str(), pairs.size(), positive);
    for (const auto& [rule, counts] : rules)
        std::printf("  %-12s %-8s %5zu true %5zu false\n", rule.first.c_str(), rule.second ? "finding" : "hint",
                    counts.right, counts.wrong);
    std::array<Quality, 2> out;
    for (std::size_t tier = 0; tier < 2; ++tier) {
        const std::size_t fired = all[tier].right + all[tier].wrong;
        out[tier] = {share(all[tier].right, fired),
                     share(all[tier].right, positive),
                     {{},
                      MeasureKind::Labelled,
                      setText(name),
                      static_cast<int>(all[tier].right),
                      static_cast<int>(fired),
                      static_cast<int>(positive)}};
        std::printf("  %-21s precision %.3f  recall %.3f\n", tier == 0 ? "findings" : "findings and hints",
                    out[tier].precision, out[tier].recall);
    }
    return out;
}

void print(const Contradiction& found, std::string_view text)
{
    const auto part = [&](ByteRange range) {
        return std::string(
            text.substr(static_cast<std::size_t>(range.from), static_cast<std::size_t>(range.to - range.from)));
    };
    std::printf("  %s %s\n    %s\n    %s\n", found.tier == PairTier::Finding ? "finding" : "hint",
                std::string(found.rule->name).c_str(), part(found.a).c_str(), part(found.b).c_str());
}

struct Alarms {
    std::size_t texts = 0;
    std::size_t sentences = 0;
    std::size_t flags = 0;
    std::size_t flaggedTexts = 0;
};

/// What is flagged in texts that most probably do not contradict themselves.
Alarms evaluateWithin(const char* what, const std::vector<std::string>& texts)
{
    Alarms alarms;
    std::size_t findings = 0;
    std::size_t pairs = 0;
    for (const std::string& text : texts) {
        const Contradictions told = findContradictionsWithin(text);
        ++alarms.texts;
        alarms.sentences += told.sentencesA;
        alarms.flags += told.found.size();
        alarms.flaggedTexts += told.found.empty() ? 0u : 1u;
        pairs += told.pairs;
        for (const Contradiction& found : told.found) {
            findings += found.tier == PairTier::Finding ? 1u : 0u;
            print(found, text);
        }
    }
    std::printf("%s: %zu texts, %zu sentences, %zu pairs; %zu flags (%zu findings) in %zu texts\n", what, alarms.texts,
                alarms.sentences, pairs, alarms.flags, findings, alarms.flaggedTexts);
    return alarms;
}

std::vector<std::string> answers(const std::string& path)
{
    std::vector<std::string> texts;
    for (const JsonStory& record : recordsOf(path)) {
        JsonReading reading(record);
        texts.push_back(textOf(reading, "text"));
    }
    return texts;
}

/// What the assistant says in the first run of each task, one paragraph a turn.
std::vector<std::string> conversations(const std::string& path)
{
    std::vector<std::string> texts;
    for (const JsonStory& record : recordsOf(path)) {
        JsonReading reading(record);
        if (reading.number(reading.member(0, "trial")) != 0)
            continue;
        std::string& text = texts.emplace_back();
        const JsonIndex messages = reading.member(0, "traj");
        for (JsonIndex i = record.firstChild(messages); i >= 0; i = record.nextSibling(i)) {
            if (textOf(reading, "role", i) == "assistant")
                text += textOf(reading, "content", i) + "\n\n";
        }
    }
    return texts;
}

/// Pairs a second on one core: of claims that are read already, and with reading them.
void evaluateSpeed(const std::map<std::string, std::vector<LabelledPair>>& sets)
{
    // Time of this thread: others may be at work on the core.
    const auto secondsSince = [](std::clock_t begin) {
        return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    };
    ClaimReader reader;
    std::vector<std::pair<ClaimSentence, ClaimSentence>> claims;
    const auto reading = std::clock();
    for (const auto& [name, pairs] : sets) {
        for (const LabelledPair& pair : pairs)
            claims.emplace_back(reader.read(pair.a), reader.read(pair.b));
    }
    const double readSeconds = secondsSince(reading);
    PairComparer comparer;
    std::size_t compared = 0;
    std::size_t matches = 0;
    const auto comparing = std::clock();
    while (secondsSince(comparing) < 1) {
        for (const auto& [a, b] : claims)
            matches += comparer.compare(a, b).size();
        compared += claims.size();
    }
    const double perSecond = static_cast<double>(compared) / secondsSince(comparing);
    std::printf("Speed: %.0f sentences read a second; %zu rules fired\n",
                2 * static_cast<double>(claims.size()) / readSeconds, matches);
    goal("sentence pairs a second, in thousands", perSecond / 1000, ">=", 100);
}

} // namespace

int main(int count, char** arguments)
{
    const std::string ownFolder = std::string(ARCSCOPE_SHARED_DIR) + "/bench";
    std::string folder = ownFolder;
    bool speed = false; // a busy machine, or a sanitizer, says nothing of it
    for (int i = 1; i < count; ++i) {
        if (std::string_view(arguments[i]) == "--speed")
            speed = true;
        else if (std::string_view(arguments[i]) == "--show" && i + 1 < count)
            shownRule = arguments[++i];
        else
            folder = arguments[i];
    }
    const auto sets = readPairs(folder + "/contradiction.dev.jsonl");
    std::map<std::string, std::array<Quality, 2>> quality;
    for (const auto& [name, pairs] : sets)
        quality[name] = evaluateSet(name, pairs);
    goal("ChatProtect: precision of findings", quality["chatprotect"][0].precision, ">=", 0.85);
    goal("ChatProtect: recall of findings", quality["chatprotect"][0].recall, ">=", 0.22);
    goal("Breaking-NLI: precision of findings", quality["breaking_nli"][0].precision, ">=", 0.97);
    goal("ProSeCCo: precision of findings", quality["prosecco"][0].precision, ">=", 0.74);

    if (folder == ownFolder) {
        std::vector<RuleMeasure> told;
        for (const std::string_view rule : {"conflict.statement", "conflict.runs"}) {
            for (RuleMeasure counted : {quality["chatprotect"][0].counts, quality["breaking_nli"][0].counts}) {
                counted.rule = rule;
                told.push_back(counted);
            }
        }
        checkTold(told);
    }

    const Alarms inAnswers = evaluateWithin("Answers", answers(folder + "/refusals.dev.jsonl"));
    goal("flags in 1,000 sentences of one answer", 1000 * share(inAnswers.flags, inAnswers.sentences), "<=", 1);
    const Alarms inChats = evaluateWithin("Conversations", conversations(folder + "/tau_trajectories.dev.jsonl"));
    goal("conversations with a flag", static_cast<double>(inChats.flaggedTexts), "<=", 1);
    if (speed)
        evaluateSpeed(sets);
    return summary();
}
