// Where the word for why a call ended says something else than what it left.
#include "detector.h"
#include "stoprules.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"stop.cut_in_structure", FindingLevel::Finding,
     "The word says that the answer is complete, and code, JSON, a bracket or a table is open where it ends.",
     "stop: “```json\\n{\\\"name\\\": \\\"tent\\\",”", "length: the same text. The word says that it was cut."},
    {"stop.cut_in_sentence", FindingLevel::Check,
     "The word says that the answer is complete, and it ends within a word or sentence.",
     "end_turn: “Put the poles into the sleeves and then the”", "end_turn: “- poles\\n- pegs\\n- bag”"},
    {"stop.fewer_items", FindingLevel::Check,
     "The word says that the answer is complete, and it gives fewer items than it announces.",
     "end_turn: “Five steps: 1. … 2. … 3. …”", "end_turn: “At least five steps: 1. … 2. … 3. …”"},
    {"stop.promise", FindingLevel::Check,
     "The word says that the answer is complete, and it ends with what comes next, which does not come.",
     "end_turn: “Let me check the logs.”, and no tool is called", "end_turn: “Let me know if it works.”"},
    {"stop.loop", FindingLevel::Finding, "The word does not say that the text repeats itself at its end.",
     "length: the same two sentences eleven times", "stop: a song with its chorus between the verses"},
    {"stop.repeated_call", FindingLevel::Check,
     "It asks for the same call again, which has failed or changed nothing at least three times in a row.",
     "track_parcel for the fifth time, each gave the same error", "get_status, until it says something else"},
    {"stop.refusal", FindingLevel::Check, "The word says that the answer is complete, and it declines.",
     "end_turn: “I’m sorry, I cannot help with that.”", "refusal: the same text. The word says so."},
    {"stop.missing_fields", FindingLevel::Finding,
     "The word says that the answer is complete, and it lacks a member that the schema of the request asks for.",
     "{“name”: “tent”}; the schema requires “name” and “price”", "{“name”: “tent”, “price”: null}"},
    {"stop.open_items", FindingLevel::Check,
     "It says that all is done, and in the list that it wrote last items are open that were never begun.",
     "“All tasks are complete.”; of the list's five items two are pending",
     "the list's last item is still in progress"},
    {"stop.no_call", FindingLevel::Check, "The word says that it asks for a tool, and there is no call.",
     "tool_calls: “I will look that up.”, without any call", "tool_use, with a call"},
    {"stop.run", FindingLevel::Check, "The word says that a run is complete, and its last model call was cut.",
     "success of the run, and its last answer ends with “and then the”", "success, and a whole last answer"},
    {"stop.unanswered", FindingLevel::Signal,
     "It asks for a tool or pauses, and neither a result nor another call is recorded behind it.",
     "tool_use is the last thing of the trace", "tool_use, and the run gives its arguments back as its answer"},
});

std::string_view ruleFor(const SpanStop& stop, bool run)
{
    using enum StopBucket;
    if (run)
        return stop.disagrees &&
                       (stop.bucket == SilentTruncation || stop.bucket == BudgetCut || stop.bucket == DegenerateLoop)
                   ? "stop.run"
                   : "";
    if (stop.rule == ruleOf(StopRuleId::OpenItems).name)
        return "stop.open_items";
    if (stop.rule == ruleOf(StopRuleId::RepeatedCall).name)
        return "stop.repeated_call";
    if (stop.bucket == Handoff && stop.has(StopFlag::Unanswered))
        return "stop.unanswered";
    if (!stop.disagrees)
        return "";
    if (stop.bucket == DegenerateLoop)
        return "stop.loop";
    if (stop.claim == StopClaim::ToolCall && stop.bucket != ExternalStop)
        return stop.bucket == Complete ? "stop.no_call" : "";
    if (stop.claim != StopClaim::Complete)
        return "";
    if (stop.bucket == Declined)
        return "stop.refusal";
    if (stop.rule == ruleOf(StopRuleId::MissingFields).name)
        return "stop.missing_fields";
    if (stop.bucket != SilentTruncation)
        return "";
    if (stop.rule == ruleOf(StopRuleId::MissingItems).name)
        return "stop.fewer_items";
    if (stop.rule == ruleOf(StopRuleId::PromisedAction).name)
        return "stop.promise";
    return stop.rule == ruleOf(StopRuleId::MidSentence).name ? "stop.cut_in_sentence" : "stop.cut_in_structure";
}

const std::string* textAt(const SpanContent& content, const TextPlace& place)
{
    if (place.of == TextPlace::Of::StatusMessage)
        return &content.statusMessage;
    if (place.of != TextPlace::Of::Output || place.message >= content.output.size())
        return nullptr;
    const auto& parts = content.output[place.message].parts;
    return place.part < parts.size() ? &parts[place.part].text : nullptr;
}

SpanText modelNameOf(const Corpus& corpus, Row row)
{
    return corpus.text(SpanText::ModelServed, row).empty() ? SpanText::ModelRequested : SpanText::ModelServed;
}

FindingPlace placeOf(TraceReading& trace, const SpanStop& stop)
{
    FindingPlace place;
    place.row = stop.row;
    place.time = trace.corpus().spans.range(stop.row).end;
    const auto content = trace.content(stop.row);
    const std::string* const text = content ? textAt(*content, stop.place) : nullptr;
    if (!text)
        return place;
    place.text = stop.place;
    const auto size = static_cast<std::int64_t>(text->size());
    const std::int64_t to = stop.to < 0 ? size : std::min<std::int64_t>(stop.to, size);
    const std::int64_t from = std::clamp<std::int64_t>(stop.from, 0, to);
    // Some of what leads there; what is open may lie far before the end.
    constexpr std::int64_t before = 120;
    std::int64_t first = std::max<std::int64_t>(0, from - before);
    while (first > 0 && first < from &&
           (static_cast<unsigned char>((*text)[static_cast<std::size_t>(first)]) & 0xC0u) == 0x80u)
        ++first;
    place.quote =
        quoted(std::string_view(*text).substr(static_cast<std::size_t>(first), static_cast<std::size_t>(to - first)));
    place.from = first;
    place.to = first + static_cast<std::int64_t>(place.quote.size());
    if (place.to > from)
        place.marks.push_back({static_cast<std::uint32_t>(from - first),
                               static_cast<std::uint32_t>(std::min(to, place.to) - first), QuoteMark::differs});
    return place;
}

void run(TraceReading& trace, std::vector<Finding>& into)
{
    const Corpus& corpus = trace.corpus();
    for (const SpanStop& stop : trace.stops()) {
        const bool isRun = corpus.spans.kind(stop.row) != SpanKind::ModelCall;
        const std::string_view rule = ruleFor(stop, isRun);
        // What a recorded stream shows is told of the stream.
        const bool streamed = corpus.spans.flagged(stop.row, SpanFlag::Streamed);
        if (rule.empty() || (streamed && rule == "stop.loop"))
            continue;
        const auto known =
            std::find_if(rules.begin(), rules.end(), [&](const DetectorRule& one) { return one.name == rule; });
        const std::string word(corpus.text(SpanText::StopReason, stop.row));
        Finding& finding = into.emplace_back();
        finding.rule = rule;
        finding.level = known->level;
        finding.weight = rule == "stop.unanswered" ? FindingWeight::Note : FindingWeight::Warning;
        finding.evidence = StreamEvidence::Inferred;
        finding.strength = known->level == FindingLevel::Finding ? 0.9 : 0.7;
        // What a model does again and again is one thing to read, in whatever traces.
        finding.cause = std::string(corpus.text(modelNameOf(corpus, stop.row), stop.row)) + '/' + word;
        const StopRule& reason = *stopRuleNamed(stop.rule);
        finding.what = (word.empty() ? "No word says why it ended" : "Its word is “" + word + "”") +
                       (stop.disagrees ? ", but what it left says “" : ", and what it left says “") +
                       std::string(label(stop.bucket)) + "”.";
        finding.places.push_back(placeOf(trace, stop));
        finding.facts.push_back({"rule", std::string(reason.name) + ": " + std::string(reason.about)});
        finding.facts.push_back({"claim of the word", std::string(name(stop.claim))});
        for (const StopFlag flag : stopFlags(stop.flags))
            finding.facts.push_back({"also", std::string(name(flag))});
    }
}

void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    for (const SpanStop& stop : trace.stops())
        into.push_back(stopFact(stop));
}

} // namespace

Detector stops()
{
    return {stopDetector, 8, rules, run, collect};
}

} // namespace arcscope
