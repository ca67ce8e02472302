// What the recorded stream of a model call shows: text taken back, documents that are none, stalls, loops, broken ends.
#include "detector.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

/// In the order of StreamRule.
constexpr auto rules = std::to_array<DetectorRule>({
    {"retract.after_render", FindingLevel::Finding, "Text was taken back that a user had been shown."},
    {"retract.semantic", FindingLevel::Check,
     "What replaced it differs in a negation, a number, a name or an address."},
    {"retract.irreversible_surface", FindingLevel::Finding,
     "It was taken back where that comes too late: speech, or whole arguments of a tool."},
    {"json.invalid", FindingLevel::Finding, "Arguments that can be no JSON document, whatever follows."},
    {"json.truncated", FindingLevel::Finding, "A document ends before it is complete."},
    {"json.duplicate_key", FindingLevel::Finding,
     "A key comes twice in one object: receivers differ in which they take."},
    {"json.schema", FindingLevel::Finding, "A whole document is not what its schema asks for."},
    {"json.premature_use", FindingLevel::Finding, "A tool began to run before its arguments were whole."},
    {"json.late_key_field", FindingLevel::Signal, "The field that decides comes behind the text that explains it."},
    {"stream.stall", FindingLevel::Finding, "Nothing came for far longer than between other chunks."},
    {"stream.loop", FindingLevel::Finding, "The text repeats itself."},
    {"stream.no_terminal", FindingLevel::Finding, "It breaks off: no stop word, no error, no terminal event."},
    {"stream.cut_off", FindingLevel::Check, "The text itself looks cut off."},
});

Finding findingOf(const StreamFinding& found, const StreamModel& model, Row row)
{
    Finding finding;
    finding.rule = name(found.rule);
    finding.level = rules[static_cast<std::size_t>(found.rule)].level;
    if (found.weight == FindingWeight::Note) // drafts that were verified at once, and the like
        finding.level = FindingLevel::Signal;
    finding.weight = found.weight;
    finding.evidence = found.evidence;
    finding.exposure = found.exposure;
    finding.what = found.what;
    const auto timeOf = [&](std::uint32_t event) { return event == noEvent ? noTime : model.clock(event); };
    const auto add = [&](std::uint32_t event, std::uint32_t timeEvent, const std::string& quote) {
        FindingPlace& place = finding.places.emplace_back();
        place.row = row;
        place.event = event;
        place.time = timeOf(timeEvent);
        place.quote = quoted(quote);
    };
    add(found.event, found.event, found.before);
    if (!found.instead.empty())
        add(found.to == noEvent ? found.event : found.to, found.to, found.instead);
    return finding;
}

/// What a tool prints may pause, repeat itself and end as it likes.
bool isOfModels(StreamRule rule)
{
    return rule == StreamRule::Stall || rule == StreamRule::Loop || rule == StreamRule::NoTerminal ||
           rule == StreamRule::CutOff;
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    const SpanTable& spans = trace.corpus().spans;
    for (const Row row : trace.rows()) {
        if (!spans.flagged(row, SpanFlag::Streamed))
            continue;
        const bool tool = spans.kind(row) == SpanKind::ToolCall;
        const auto stream = trace.stream(row);
        const std::string cause =
            trace.corpus().traceIdText(static_cast<std::uint32_t>(spans.at(SpanColumn::Trace, row))) + '/' +
            trace.corpus().idText(spans.spanId(row));
        for (std::size_t i = 0; stream && i < stream->findings.size(); ++i) {
            if (tool && isOfModels(stream->findings[i].rule))
                continue;
            into.push_back(findingOf(stream->findings[i], *stream->model, row));
            // What one stream does again and again has one cause.
            into.back().cause = cause;
        }
    }
}

} // namespace

Detector streamEvents()
{
    return {"stream-events", 1, rules, run};
}

} // namespace arcscope
