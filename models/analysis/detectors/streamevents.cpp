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
    {"retract.after_render", FindingLevel::Finding, "Text was taken back that a user had been shown.",
     "“It is 41.” stands for 900 ms, then a guardrail takes it back.",
     "A draft is taken back 100 ms after it came: nobody has read it (a signal)."},
    {"retract.semantic", FindingLevel::Check, "What replaced it differs in a negation, a number, a name or an address.",
     "“It is 41.” is replaced by “It is 39.”", "“It is 41.” is replaced by “It’s 41.”"},
    {"retract.irreversible_surface", FindingLevel::Finding,
     "It was taken back where that comes too late: speech, or whole arguments of a tool.",
     "Arguments of a tool are taken back behind their last brace.",
     "Arguments are taken back while they are incomplete."},
    {"json.invalid", FindingLevel::Finding, "Arguments that can be no JSON document, whatever follows.",
     "{\"city\": Oslo", "{\"city\": \"Os"},
    {"json.truncated", FindingLevel::Finding, "A document ends before it is complete.",
     "{\"city\": \"Os, and the stream ends", "{\"city\": \"Oslo\"}, and the stream ends"},
    {"json.duplicate_key", FindingLevel::Finding,
     "A key comes twice in one object: receivers differ in which they take.", "{\"n\": 1, \"n\": 2}",
     "{\"a\": {\"n\": 1}, \"b\": {\"n\": 2}}"},
    {"json.schema", FindingLevel::Finding, "A whole document is not what its schema asks for.",
     "{\"n\": \"two\"} where n is to be a number", "{\"n\": 2, \"more\": 1} where further keys are allowed"},
    {"json.premature_use", FindingLevel::Finding, "A tool began to run before its arguments were whole.",
     "The tool starts at 1.0 s, its last argument comes at 1.2 s.", "The tool starts behind the last brace."},
    {"json.late_key_field", FindingLevel::Signal, "The field that decides comes behind the text that explains it.",
     "{\"reason\": \"…\", \"approved\": false}", "{\"approved\": false, \"reason\": \"…\"}"},
    {"stream.stall", FindingLevel::Finding,
     "Nothing came for far longer than between other chunks; before the first of them, which has none to be compared "
     "with, a signal.",
     "Chunks come every 40 ms, then none for 3 s.", "Chunks come every 2 s all the time."},
    {"stream.loop", FindingLevel::Finding, "The text repeats itself.", "One sentence comes five times in a row.",
     "A table has the same words in each of its rows."},
    {"stream.no_terminal", FindingLevel::Finding, "It breaks off: no stop word, no error, no terminal event.",
     "The last event is a chunk; other streams of the source have an end.",
     "The last event is a chunk; the source records no ends of streams."},
    {"stream.cut_off", FindingLevel::Check, "The text itself looks cut off.", "The answer ends with “and then the”.",
     "The answer ends with an item of a list, without a full stop."},
    {"claim.flip", FindingLevel::Check, "A later sentence of the same answer says that an earlier one is not so.",
     "“Yes. …”, forty chunks later “Wait, the answer is no.”", "“Yes, it runs.” and later “No file is left behind.”"},
});

/// In a list of one stream they are half sentences.
std::string asSentence(std::string words)
{
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
        words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words.ends_with('.') ? words : words + '.';
}

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
    finding.strength = found.strength;
    finding.what = asSentence(found.what);
    const auto timeOf = [&](std::uint32_t event) { return event == noEvent ? noTime : model.clock(event); };
    const auto add = [&](std::uint32_t event, std::uint32_t timeEvent, const std::string& quote,
                         const std::vector<QuoteMark>& marks) {
        FindingPlace& place = finding.places.emplace_back();
        place.row = row;
        place.event = event;
        place.time = timeOf(timeEvent);
        place.quote = quoted(quote);
        place.marks = marks;
    };
    add(found.event, found.event, found.before, found.beforeMarks);
    if (!found.instead.empty())
        add(found.to == noEvent ? found.event : found.to, found.to, found.instead, found.insteadMarks);
    return finding;
}

/// What a tool prints may pause, repeat itself and end as it likes.
bool isOfModels(StreamRule rule)
{
    return rule == StreamRule::Stall || rule == StreamRule::Loop || rule == StreamRule::NoTerminal ||
           rule == StreamRule::CutOff || rule == StreamRule::ClaimFlip;
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    const SpanTable& spans = trace.corpus().spans;
    for (const Row row : trace.rows()) {
        if (!spans.flagged(row, SpanFlag::Streamed))
            continue;
        const bool tool = spans.kind(row) == SpanKind::ToolCall;
        const auto stream = trace.stream(row);
        const auto named = static_cast<std::uint32_t>(spans.at(SpanColumn::Trace, row));
        const std::string own = trace.corpus().traceIdText(named) + '/' + trace.corpus().idText(spans.spanId(row));
        for (std::size_t i = 0; stream && i < stream->findings.size(); ++i) {
            if (tool && isOfModels(stream->findings[i].rule))
                continue;
            into.push_back(findingOf(stream->findings[i], *stream->model, row));
            // What is of its text is one entry of its stream.
            into.back().cause = stream->findings[i].cause.empty() ? own : stream->findings[i].cause;
        }
    }
}

} // namespace

Detector streamEvents()
{
    return {"stream-events", 6, rules, run};
}

} // namespace arcscope
