// layers: core analysis store pipeline Qt6::Core
// Counts how often rules are right where they fire on recorded traces, by what one reader said of each place
// (tests/data/readings, one file for a folder of data). Every folder is looked through as the command `findings` does
// it, all rules with their standard settings; no file is larger than 5 MB, and all of it takes some ten seconds of CPU.
// Fails where something was right and does not fire any more, where too little of a rule was read, and where the
// program tells other figures. "--list" prints what fires in the form of the readings, with what it says; "--unread"
// only what nobody read.
#include "agentprose.h"
#include "findingsearch.h"
#include "session.h"
#include "stopsurvey.h"
#include "toldmeasures.h"
#include "tracescript.h"

#include <filesystem>
#include <map>
#include <set>
#include <sstream>

using namespace arcscope;
using namespace arcscope::evaluation;
using namespace arcscope::testing;

namespace
{

/// Of a rule that fires more often, so many were read: drawn by chance, and over all folders.
constexpr std::size_t mostRead = 12;

enum class Printed : std::uint8_t { Figures, Unread, All };

struct Counts {
    std::size_t fired = 0;
    std::size_t read = 0;
    std::size_t right = 0;
};

using Readings = std::map<std::string, bool>;

/// What a path or an id begins with is where the data lie; that is another place for everybody.
std::string withoutFolder(std::string text)
{
    const std::string folder = std::string(ARCSCOPE_SHARED_DIR) + '/';
    for (std::size_t at = 0; (at = text.find(folder, at)) != std::string::npos;)
        text.erase(at, folder.size());
    return text;
}

/// Tells findings of one rule on one span apart: of the cause, else of what they quote.
std::string hashText(const Finding& finding)
{
    std::string text = finding.cause;
    for (const FindingPlace& place : finding.places)
        text += finding.cause.empty() ? '\0' + place.quote : "";
    char digits[9];
    std::snprintf(digits, sizeof digits, "%08x", static_cast<unsigned>(hashOf(text) & 0xffffffffU));
    return digits;
}

/// Level, rule, trace, span (and event of its stream), and hash: what a line has between its sign and its reason.
std::string keyOf(const Corpus& corpus, const Finding& finding)
{
    const FindingPlace& place = finding.places.front();
    const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, place.row));
    const std::string event = place.event == noEvent ? "" : " @" + std::to_string(place.event);
    return std::string(name(finding.level)) + ' ' + finding.rule + " | " + withoutFolder(corpus.traceIdText(trace)) +
           " | " + withoutFolder(corpus.idText(corpus.spans.spanId(place.row))) + event + " | " + hashText(finding);
}

/// "+ KEY" or "- KEY | reason"; the key has three bars.
Readings readingsOf(const std::string& path)
{
    Readings all;
    std::istringstream in(contents(path));
    for (std::string line; std::getline(in, line);) {
        if (line.size() < 3 || line[0] == '#')
            continue;
        std::size_t end = 0;
        for (int bars = 0; bars < 4 && end != std::string::npos; ++bars)
            end = line.find(" | ", end + 1);
        all[line.substr(2, end == std::string::npos ? end : end - 2)] = line[0] == '+';
    }
    return all;
}

void print(const Finding& finding, const std::string& key, char sign)
{
    std::printf("%c %s\n      %s\n", sign, key.c_str(), finding.what.c_str());
    for (const FindingFact& fact : finding.facts)
        std::printf("      %s: %s\n", fact.label.c_str(), fact.text.c_str());
    for (const FindingPlace& place : finding.places)
        std::printf("      [span %u] %s\n", place.row, place.quote.c_str());
}

/// How many readings are of what was wrong and does not fire any more.
std::size_t readFolder(const std::string& folder, Printed printed, std::map<std::string, Counts>& byRule)
{
    const std::string listed =
        std::string(ARCSCOPE_TEST_DATA) + "/readings/" + std::filesystem::path(folder).filename().string() + ".txt";
    Readings unmet = std::filesystem::exists(listed) ? readingsOf(listed) : Readings();
    const Readings readings = unmet;
    auto session = openSession({folder}, findingColumns(), {});
    if (!session) {
        goal((folder + " cannot be opened").c_str(), 1, "<=", 0);
        return 0;
    }
    const auto findings = searchKeptFindings(session->workspace, session->corpus, {});
    if (!findings) {
        goal((folder + " cannot be searched").c_str(), 1, "<=", 0);
        return 0;
    }
    for (const Finding& finding : *findings) {
        const std::string key = keyOf(session->corpus, finding);
        const auto reading = readings.find(key);
        const bool read = reading != readings.end();
        Counts& counts = byRule[finding.rule];
        ++counts.fired;
        counts.read += read ? 1 : 0;
        counts.right += read && reading->second ? 1 : 0;
        unmet.erase(key);
        if (printed == Printed::All || (printed == Printed::Unread && !read))
            print(finding, key, !read ? '?' : reading->second ? '+' : '-');
    }
    std::size_t lost = 0;
    for (const auto& [key, right] : unmet) {
        lost += right ? 1 : 0;
        if (right)
            std::printf("  read as right, and it does not fire: %s\n", key.c_str());
    }
    if (!readings.empty())
        goal((std::filesystem::path(folder).filename().string() + ": was right, and does not fire").c_str(),
             static_cast<double>(lost), "<=", 0);
    return unmet.size() - lost;
}

/// Answers that end at a limit of tokens, as if their word said that they are complete: the set does not record it.
/// Whether an answer declines is left out, as the program learned it from these.
std::map<std::string, Counts> readAnswers(Printed printed)
{
    const Readings readings = readingsOf(std::string(ARCSCOPE_TEST_DATA) + "/readings/xstest.txt");
    std::map<std::string, Counts> byRule;
    for (const JsonStory& record : recordsOf(std::string(ARCSCOPE_SHARED_DIR) + "/bench/refusals.dev.jsonl")) {
        JsonReading reading(record);
        TraceScript script("t a - model 0-10 stop=stop\n");
        script.content("a").output = {said(Role::Assistant, textOf(reading, "text"))};
        for (const Finding& finding : findingsOf(detectorNamed(stopDetector), script)) {
            if (finding.rule == "stop.refusal")
                continue;
            const std::string key =
                std::string(name(finding.level)) + ' ' + finding.rule + " | " + textOf(reading, "id");
            const auto found = readings.find(key);
            Counts& counts = byRule[finding.rule];
            ++counts.fired;
            counts.read += found != readings.end() ? 1 : 0;
            counts.right += found != readings.end() && found->second ? 1 : 0;
            if (printed == Printed::All || (printed == Printed::Unread && found == readings.end()))
                print(finding, key, found == readings.end() ? '?' : found->second ? '+' : '-');
        }
    }
    return byRule;
}

/// What the program is to tell of them.
void addMeasures(const std::map<std::string, Counts>& byRule, std::string_view set, std::vector<RuleMeasure>& told)
{
    std::printf("%s\n%-32s %6s %6s %6s %9s\n", std::string(set).c_str(), "rule", "right", "read", "fired", "not read");
    for (const auto& [rule, counts] : byRule) {
        std::printf("%-32s %6zu %6zu %6zu %9zu\n", rule.c_str(), counts.right, counts.read, counts.fired,
                    counts.fired - counts.read);
        if (const DetectorRule* const known = ruleNamed(rule))
            told.push_back({known->name, MeasureKind::Read, set, static_cast<int>(counts.right),
                            static_cast<int>(counts.read), 0});
    }
}

} // namespace

int main(int count, char** arguments)
{
    Printed printed = Printed::Figures;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = arguments[i];
        printed = word == "--list" ? Printed::All : word == "--unread" ? Printed::Unread : printed;
    }
    std::set<std::string> folders;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(ARCSCOPE_SHARED_DIR) + "/data")) {
        if (entry.is_directory())
            folders.insert(entry.path().string());
    }
    std::map<std::string, Counts> byRule;
    std::size_t mended = 0;
    for (const std::string& folder : folders)
        mended += readFolder(folder, printed, byRule);
    std::vector<RuleMeasure> told;
    addMeasures(byRule, "recorded traces of 23 projects", told);
    std::printf("%zu were read as wrong and do not fire any more; these never fire:", mended);
    for (const Detector& detector : detectors()) {
        for (const DetectorRule& rule : detector.rules)
            std::printf("%s", byRule.contains(std::string(rule.name)) ? "" : (' ' + std::string(rule.name)).c_str());
    }
    std::printf("\n");
    for (const auto& [rule, counts] : byRule) {
        const std::size_t due = std::min(mostRead, counts.fired);
        goal((rule + ": too few were read").c_str(), counts.read < due ? static_cast<double>(due - counts.read) : 0,
             "<=", 0);
    }
    addMeasures(readAnswers(printed), "answers cut at a limit, as if they were said to be complete", told);
    checkTold(told);
    return summary();
}
