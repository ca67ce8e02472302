// Rescues that hide a failure: several on one answer, and those of which nothing tells.
#include "rescues.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"rescue.chain", FindingLevel::Finding, "One answer needed rescues of two kinds or more.",
     "a retry after 429, then another model than was asked for", "three retries"},
    {"rescue.hidden", FindingLevel::Check,
     "Another model, a standard value, a repaired or an old result stood in, and neither a status nor the answer "
     "tells.",
     "a span with “fallback_used”, all is “ok”, the answer does not speak of it",
     "the answer: “Live data is unavailable.”"},
});

std::string listOf(const std::vector<const Rescue*>& rescues)
{
    std::string text;
    for (const Rescue* const rescue : rescues)
        text += (text.empty() ? "" : "; ") + std::string(name(rescue->kind)) +
                (rescue->measured ? " (recorded" : " (inferred") +
                (rescue->cause.empty() ? ")" : ": " + rescue->cause + ")");
    return text;
}

void addChains(TraceReading& trace, const std::vector<Rescue>& all, std::vector<Finding>& into)
{
    std::map<Row, std::vector<const Rescue*>> byOutput;
    for (const Rescue& rescue : all) {
        if (rescue.output != noRow)
            byOutput[rescue.output].push_back(&rescue);
    }
    for (const auto& [output, rescues] : byOutput) {
        std::set<RescueKind> kinds;
        std::set<RescueKind> recorded;
        for (const Rescue* const rescue : rescues) {
            kinds.insert(rescue->kind);
            if (rescue->measured)
                recorded.insert(rescue->kind);
        }
        if (kinds.size() < 2)
            continue;
        Finding& finding = into.emplace_back();
        finding.rule = "rescue.chain";
        finding.level = recorded.size() >= 2 ? FindingLevel::Finding : FindingLevel::Check;
        finding.evidence = recorded.size() >= 2 ? StreamEvidence::Observed : StreamEvidence::Inferred;
        finding.what = "One answer needed " + std::to_string(rescues.size()) + " rescues of " +
                       std::to_string(kinds.size()) + " kinds.";
        FindingPlace& answer = finding.places.emplace_back();
        answer.row = output;
        answer.time = trace.corpus().spans.range(output).end;
        for (const Rescue* const rescue : rescues) {
            if (finding.places.size() < 4)
                finding.places.push_back(rescue->place);
        }
        finding.facts = {{"rescues", listOf(rescues)}};
    }
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    const std::vector<Rescue> all = rescuesOf(trace);
    addChains(trace, all, into);
    for (const Rescue& rescue : all) {
        if (rescue.told || rescue.kind == RescueKind::Retry)
            continue;
        Finding& finding = into.emplace_back();
        finding.rule = "rescue.hidden";
        finding.level = rescue.measured ? FindingLevel::Check : FindingLevel::Signal;
        finding.weight = FindingWeight::Warning;
        finding.evidence = rescue.measured ? StreamEvidence::Observed : StreamEvidence::Inferred;
        finding.strength = rescue.measured ? 0.8 : 0.4;
        finding.what = "A rescue of which nothing tells: " + std::string(name(rescue.kind)) +
                       (rescue.cause.empty() ? "." : ", " + rescue.cause + '.');
        finding.cause = std::string(name(rescue.kind)) + '/' + rescue.cause;
        finding.places.push_back(rescue.place);
        if (rescue.output != noRow && rescue.output != rescue.place.row) {
            FindingPlace& answer = finding.places.emplace_back();
            answer.row = rescue.output;
            answer.time = trace.corpus().spans.range(rescue.output).end;
        }
        finding.facts = {{"kind", std::string(name(rescue.kind))},
                         {"cause", rescue.cause.empty() ? "not recorded" : rescue.cause},
                         {"known by", rescue.measured ? "the source records it" : "inferred"}};
    }
}

/// A fact is a rescue: its kind, whether it is recorded, and its cause.
void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    for (const Rescue& rescue : rescuesOf(trace))
        into.push_back(
            {"rescue",
             std::string(name(rescue.kind)) + (rescue.measured ? "\trecorded\t" : "\tinferred\t") + rescue.cause,
             rescue.place});
}

} // namespace

Detector silentRescues()
{
    return {"silent-rescues", 3, rules, run, collect};
}

} // namespace arcscope
