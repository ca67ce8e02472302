#include "command.h"
#include "detector.h"
#include "findingrank.h"
#include "findingsearch.h"
#include "rulemeasures.h"
#include "storedsettings.h"
#include "verdictsbeside.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec findingsOptions[] = {
    {"--level", "WORD", "finding, check (also what a person has to decide; the default), signal (everything)"},
    {"--kind", "WORD", "only rules of this kind, such as stream"},
    {"--rule", "NAME", "only this rule, such as stream.stall"},
    {"--dismissed", "", "also what somebody dismissed"},
    {"--rules", "",
     "the rules, each with an example that fires, one that must not, and how often it was right; settings"},
    {"--set", "NAME=VALUE...", "another threshold than the standard, such as tool.straggler_factor=3"},
    mappingOption,
    {"--json", "", "one JSON object, schema arcscope.findings/1"}};

std::optional<FindingLevel> levelOf(const std::string& word)
{
    constexpr std::array words{std::pair{"finding", FindingLevel::Finding}, std::pair{"check", FindingLevel::Check},
                               std::pair{"signal", FindingLevel::Signal}};
    for (const auto& [known, level] : words) {
        if (word == known)
            return level;
    }
    return std::nullopt;
}

std::string spanText(const Corpus& corpus, Row row)
{
    return corpus.idText(corpus.spans.spanId(row));
}

std::string traceText(const Corpus& corpus, Row row)
{
    return corpus.traceIdText(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)));
}

Json placeJson(const Corpus& corpus, const FindingPlace& place)
{
    Json json{{"trace", traceText(corpus, place.row)},
              {"span", spanText(corpus, place.row)},
              {"start", place.from < 0 ? Json() : Json(place.from)},
              {"end", place.from < 0 ? Json() : Json(place.to)},
              {"quote", place.quote.empty() ? Json() : Json(place.quote)},
              {"event", place.event == noEvent ? Json() : Json(place.event)},
              {"time_ns", place.time == noTime ? Json() : Json(place.time)}};
    if (place.text.of != TextPlace::Of::None) {
        json["of"] = name(place.text.of);
        json["message"] = place.text.message;
        json["part"] = place.text.part;
    }
    return json;
}

Json evidenceJson(const Corpus& corpus, const Finding& finding)
{
    Json evidence = Json::array();
    for (const FindingPlace& place : finding.places)
        evidence.push_back(placeJson(corpus, place));
    return evidence;
}

/// An entry with what somebody said of it.
struct JudgedEntry {
    FindingEntry entry;
    std::string key; ///< of the typical example
    KeptVerdict verdict;
    std::size_t traces = 0; ///< that its findings begin in
};

using Verdicts = std::map<std::string, KeptVerdict>;

KeptVerdict saidOf(const Corpus& corpus, const Finding& finding, const Verdicts& said)
{
    const auto found = said.find(findingKey(corpus, finding));
    return found == said.end() ? KeptVerdict() : found->second;
}

/// Open where any finding of the entry is; else confirmed where any is.
JudgedEntry judged(const Corpus& corpus, const std::vector<Finding>& findings, FindingEntry entry, const Verdicts& said)
{
    constexpr std::array sway{2, 1, 0}; // open, confirmed, dismissed
    JudgedEntry made{std::move(entry), {}, {}, 0};
    made.verdict = saidOf(corpus, findings[made.entry.findings.front()], said);
    std::set<std::int64_t> traces;
    for (const std::uint32_t each : made.entry.findings) {
        KeptVerdict one = saidOf(corpus, findings[each], said);
        if (sway[static_cast<std::size_t>(one.verdict)] > sway[static_cast<std::size_t>(made.verdict.verdict)])
            made.verdict = std::move(one);
        traces.insert(corpus.spans.at(SpanColumn::Trace, findings[each].places.front().row));
    }
    made.key = findingKey(corpus, findings[made.entry.findings.front()]);
    made.traces = traces.size();
    return made;
}

Json toJson(const Corpus& corpus, const std::vector<Finding>& findings, const JudgedEntry& judged)
{
    const FindingEntry& entry = judged.entry;
    const Finding& example = findings[entry.findings.front()];
    const Row row = example.places.front().row;
    Json json{
        {"kind", kindOf(example.rule)},
        {"level", name(example.level)},
        {"rule", example.rule},
        {"trace", traceText(corpus, row)},
        {"span", spanText(corpus, row)},
        {"weight", name(example.weight)},
        {"basis", name(example.evidence)},
        {"strength", example.strength},
        {"exposure_ns", example.exposure == noTime ? Json() : Json(example.exposure)},
        {"what", example.what},
        {"evidence", evidenceJson(corpus, example)},
        {"facts", Json::array()},
        {"count", entry.findings.size()},
        {"traces", judged.traces},
        {"others", Json::array()},
        {"key", judged.key},
        {"verdict", name(judged.verdict.verdict)},
        {"reason", judged.verdict.reason.empty() ? Json() : Json(judged.verdict.reason)},
        {"note", judged.verdict.note.empty() ? Json() : Json(judged.verdict.note)},
    };
    for (const FindingFact& fact : example.facts)
        json["facts"].push_back({{"label", fact.label}, {"text", fact.text}});
    for (std::size_t i = 1; i < entry.findings.size(); ++i)
        json["others"].push_back(evidenceJson(corpus, findings[entry.findings[i]]));
    return json;
}

void print(const Corpus& corpus, const std::vector<Finding>& findings, const JudgedEntry& judged, std::ostream& out)
{
    const FindingEntry& entry = judged.entry;
    const Finding& example = findings[entry.findings.front()];
    const FindingPlace& place = example.places.front();
    out << name(example.weight) << "  " << example.rule << "  " << printable(spanText(corpus, place.row));
    if (entry.findings.size() > 1)
        out << "  " << entry.findings.size() << " times";
    if (judged.traces > 1)
        out << " in " << judged.traces << " traces";
    if (judged.verdict.verdict != FindingVerdict::Open)
        out << "  " << name(judged.verdict.verdict);
    if (!judged.verdict.reason.empty())
        out << ": " << printable(judged.verdict.reason);
    out << '\n'
        << "    " << printable(example.what) << (example.level == FindingLevel::Check ? " (check this)" : "") << '\n';
    for (std::size_t i = 0; i < example.places.size(); ++i) {
        if (!example.places[i].quote.empty())
            out << (i == 0   ? "    "
                    : i == 1 ? "    against "
                             : "    and ")
                << "\u201c" << printable(example.places[i].quote) << "\u201d\n";
    }
}

Json rulesJson(const DetectorSettings& settings)
{
    Json rules = Json::array();
    for (const Detector& detector : detectors()) {
        for (const DetectorRule& rule : detector.rules) {
            Json one{{"rule", rule.name},         {"detector", detector.name}, {"version", detector.version},
                     {"level", name(rule.level)}, {"about", rule.about},       {"fires", rule.fires},
                     {"quiet", rule.quiet},       {"measured", Json::array()}};
            for (const RuleMeasure& measure : measuresOf(rule.name))
                one["measured"].push_back({{"kind", name(measure.kind)},
                                           {"set", measure.set},
                                           {"right", measure.right},
                                           {"fired", measure.fired},
                                           {"there", measure.there > 0 ? Json(measure.there) : Json()}});
            rules.push_back(std::move(one));
        }
    }
    Json all = Json::array();
    for (const Detector& detector : detectors()) {
        for (const DetectorSetting& setting : detector.settings)
            all.push_back({{"setting", setting.name},
                           {"detector", detector.name},
                           {"value", settings.of(setting)},
                           {"standard", setting.standard},
                           {"least", setting.least},
                           {"most", setting.most},
                           {"unit", setting.unit},
                           {"about", setting.about}});
    }
    return {{"schema", "arcscope.rules/1"}, {"rules", std::move(rules)}, {"settings", std::move(all)}};
}

void printSettings(const DetectorSettings& settings, std::ostream& out)
{
    out << "\nsettings (--set NAME=VALUE, or lines NAME = VALUE in " << settingsFile() << ")\n";
    for (const Detector& detector : detectors()) {
        for (const DetectorSetting& setting : detector.settings) {
            const double value = settings.of(setting);
            out << setting.name << " = " << value << ' ' << setting.unit;
            if (value != setting.standard)
                out << " (standard: " << setting.standard << ')';
            out << "\n    " << setting.about << '\n';
        }
    }
}

void printRules(std::ostream& out)
{
    for (const Detector& detector : detectors()) {
        for (const DetectorRule& rule : detector.rules) {
            out << rule.name << " (" << name(rule.level) << ")\n    " << rule.about << '\n';
            if (!rule.fires.empty())
                out << "    fires:     " << rule.fires << '\n';
            if (!rule.quiet.empty())
                out << "    stays out: " << rule.quiet << '\n';
            for (const RuleMeasure& measure : measuresOf(rule.name))
                out << "    measured:  " << measureText(measure) << '\n';
        }
    }
    out << "\nmeasured, in brackets the interval that holds the share in 95 of 100 such sets:\n";
    for (int kind = 0; kind < measureKindCount; ++kind)
        out << "    " << name(static_cast<MeasureKind>(kind)) << ": " << meaning(static_cast<MeasureKind>(kind))
            << '\n';
}

int runFindings(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    auto settings = storedSettings(settingsFile());
    if (!settings)
        return failed(settings.error(), environment);
    if (auto set = readSettings(options.get("--set"), *settings); !set)
        return wrongUsage("findings", set.error().message, environment);
    if (options.has("--rules")) {
        if (options.has("--json")) {
            environment.out << rulesJson(*settings).dump(2) << '\n';
        } else {
            printRules(environment.out);
            printSettings(*settings, environment.out);
        }
        return ExitDone;
    }
    if (options.operands.empty())
        return wrongUsage("findings", "which files?", environment);
    const auto least = levelOf(options.has("--level") ? options.get("--level") : "check");
    if (!least)
        return wrongUsage("findings", "--level is finding, check or signal", environment);
    auto session = openSession(options.operands, findingColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    auto findings = searchKeptFindings(session->workspace, session->corpus, control, *settings);
    if (!findings)
        return failed(findings.error(), environment);
    std::erase_if(*findings, [&](const Finding& finding) {
        return finding.level < *least || (options.has("--rule") && finding.rule != options.get("--rule")) ||
               (options.has("--kind") && kindOf(finding.rule) != options.get("--kind"));
    });
    const auto said = verdictsBeside(*session, options.operands);
    if (!said)
        return failed(said.error(), environment);
    const std::size_t before = findings->size();
    if (!options.has("--dismissed") && !said->empty()) {
        std::erase_if(*findings, [&](const Finding& finding) {
            return saidOf(session->corpus, finding, *said).verdict == FindingVerdict::Dismissed;
        });
    }
    const std::size_t dismissed = before - findings->size();
    std::vector<JudgedEntry> entries;
    for (FindingEntry& entry : ranked(*findings))
        entries.push_back(judged(session->corpus, *findings, std::move(entry), *said));
    Json json{{"schema", "arcscope.findings/1"}, {"dismissed", dismissed}, {"findings", Json::array()}};
    for (const JudgedEntry& entry : entries) {
        if (options.has("--json"))
            json["findings"].push_back(toJson(session->corpus, *findings, entry));
        else
            print(session->corpus, *findings, entry, environment.out);
    }
    if (options.has("--json"))
        environment.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    else if (entries.empty() && dismissed == 0)
        environment.out << "nothing was found\n";
    if (!options.has("--json") && dismissed > 0)
        environment.out << counted(dismissed, "finding") << " left out: dismissed (--dismissed shows them)\n";
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command findingsCommand()
{
    return {"findings", "PATH... [--level WORD] [--kind WORD] [--rule NAME] [--json]",
            "what is wrong, or worth a look, the worst first", findingsOptions, runFindings};
}

} // namespace arcscope
