#include "command.h"
#include "detector.h"
#include "findingrank.h"
#include "findingsearch.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <ostream>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr OptionSpec findingsOptions[] = {
    {"--level", "WORD", "finding, check (also what a person has to decide; the default), signal (everything)"},
    {"--rule", "NAME", "only this rule, such as stream.stall"},
    {"--rules", "", "the rules, and when each fires"},
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

Json placeJson(const Corpus& corpus, const FindingPlace& place)
{
    return {{"trace", corpus.traceIdText(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, place.row)))},
            {"span", corpus.idText(corpus.spans.spanId(place.row))},
            {"event", place.event == noEvent ? Json() : Json(place.event)},
            {"time_ns", place.time == noTime ? Json() : Json(place.time)},
            {"quote", place.quote.empty() ? Json() : Json(place.quote)}};
}

Json toJson(const Corpus& corpus, const std::vector<Finding>& findings, const FindingEntry& entry)
{
    const Finding& example = findings[entry.findings.front()];
    Json places = Json::array();
    for (const std::uint32_t index : entry.findings) {
        Json ofOne = Json::array();
        for (const FindingPlace& place : findings[index].places)
            ofOne.push_back(placeJson(corpus, place));
        places.push_back(std::move(ofOne));
    }
    return {
        {"rule", example.rule},           {"level", name(example.level)},
        {"weight", name(example.weight)}, {"evidence", name(example.evidence)},
        {"strength", example.strength},   {"exposure_ns", example.exposure == noTime ? Json() : Json(example.exposure)},
        {"what", example.what},           {"count", entry.findings.size()},
        {"places", std::move(places)}};
}

void print(const Corpus& corpus, const std::vector<Finding>& findings, const FindingEntry& entry, std::ostream& out)
{
    const Finding& example = findings[entry.findings.front()];
    const FindingPlace& place = example.places.front();
    out << name(example.weight) << "  " << example.rule << "  "
        << printable(corpus.idText(corpus.spans.spanId(place.row)));
    if (entry.findings.size() > 1)
        out << "  " << entry.findings.size() << " times";
    out << '\n'
        << "    " << printable(example.what) << (example.level == FindingLevel::Check ? " (check this)" : "") << '\n';
    for (std::size_t i = 0; i < example.places.size(); ++i) {
        if (!example.places[i].quote.empty())
            out << (i == 0 ? "    " : "    against ") << "\u201c" << printable(example.places[i].quote) << "\u201d\n";
    }
}

void printRules(std::ostream& out)
{
    for (const Detector& detector : detectors()) {
        for (const DetectorRule& rule : detector.rules)
            out << rule.name << std::string(std::max<std::size_t>(32, rule.name.size() + 2) - rule.name.size(), ' ')
                << rule.about << (rule.level == FindingLevel::Finding ? "" : " (" + std::string(name(rule.level)) + ')')
                << '\n';
    }
}

int runFindings(const Options& options, const Control& control, const CommandEnvironment& environment)
{
    if (options.has("--rules")) {
        printRules(environment.out);
        return exitDone;
    }
    if (options.operands.empty())
        return wrongUsage("findings", "which files?", environment);
    const auto least = levelOf(options.has("--level") ? options.get("--level") : "check");
    if (!least)
        return wrongUsage("findings", "--level is finding, check or signal", environment);
    auto session = openSession(options.operands, findingColumns(), control, {}, importOptionsOf(options));
    if (!session)
        return failed(session.error(), environment);
    auto findings = searchFindings(session->workspace.path(), session->corpus, control);
    if (!findings)
        return failed(findings.error(), environment);
    std::erase_if(*findings, [&](const Finding& finding) {
        return finding.level < *least || (options.has("--rule") && finding.rule != options.get("--rule"));
    });
    const std::vector<FindingEntry> entries = ranked(*findings);
    Json json{{"schema", "arcscope.findings/1"}, {"findings", Json::array()}};
    for (const FindingEntry& entry : entries) {
        if (options.has("--json"))
            json["findings"].push_back(toJson(session->corpus, *findings, entry));
        else
            print(session->corpus, *findings, entry, environment.out);
    }
    if (options.has("--json"))
        environment.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    else if (entries.empty())
        environment.out << "nothing was found\n";
    const auto status = statusOf(*session, environment);
    return status ? *status : failed(status.error(), environment);
}

} // namespace

Command findingsCommand()
{
    return {"findings", "PATH... [--level WORD] [--rule NAME] [--json]",
            "what is wrong, or worth a look, the worst first", findingsOptions, runFindings};
}

} // namespace arcscope
