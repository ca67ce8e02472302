// Fan-outs of tool calls and agents as structured concurrency: who was waited for, lost, repeated, or ran on too long.
#include "callcounts.h"
#include "clockskew.h"
#include "detector.h"
#include "scoperules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace arcscope
{
namespace
{

constexpr auto rules = std::to_array<DetectorRule>({
    {"tool.straggler_join", FindingLevel::Finding,
     "Of calls that were started together one ended long after all others, and the join waited for it.",
     "two reads of 0.2 s and one of 9 s, then the next model call", "three reads of 8 to 9 s"},
    {"tool.orphan_child", FindingLevel::Finding,
     "A call ended after its result was read, after the span that it belongs to, or after the join of its siblings.",
     "a call ends at 9 s; the model call that is given its result began at 5 s", "the model call began at 9 s"},
    {"tool.unjoined_result", FindingLevel::Finding,
     "A call has a result that no later model call was given, while its siblings' results were handed on.",
     "three calls; the next input has two of their results", "all three of them"},
    {"tool.sibling_not_cancelled", FindingLevel::Finding,
     "After a failure that ended the scope as an error its other calls worked on.",
     "a call fails at 1 s, the span around it is an error, and a sibling runs to 20 s",
     "the siblings' results are read in spite of the failure"},
    {"tool.swallowed_failure", FindingLevel::Finding,
     "A call failed, what the model was given does not say so, and no later answer mentions it.",
     "the span is an error, the result that is handed on is “”, the answer: “All is booked.”",
     "a result that is marked as an error, or “I could not book it.”"},
    {"tool.id_mismatch", FindingLevel::Finding,
     "A result names a call that nobody made, a call has two results that differ, or none while its siblings have.",
     "call_1 is asked for, the result names call_9", "the result names call_1"},
    {"tool.args_unknown_to_definition", FindingLevel::Finding,
     "A call has an argument that the definition of its tool, as it was sent with the request, does not have.",
     "the definition has “query”, the call {\"q\":\"cats\"}",
     "an argument that is left out, or a definition that allows others"},
    {"tool.duplicate_call", FindingLevel::Finding,
     "A read was repeated with the same arguments and gave the same, and nothing was written in between.",
     "get_order(7) twice in a row", "get_order(7), update_order(7), get_order(7)"},
    {"tool.duplicate_effect", FindingLevel::Finding, "The same write was done twice, and succeeded twice.",
     "send_email with the same text twice", "a second attempt after the first one failed"},
    {"tool.retry_storm", FindingLevel::Finding, "A call was tried again and again with the same arguments.",
     "five attempts, each a second after the failure of the one before", "two attempts"},
    {"tool.serial_independent", FindingLevel::Finding,
     "Reads ran one after the other although none needed the result of another.",
     "one message asks for three reads of 2 s, which run in turn", "the second one reads what the first one found"},
    {"tool.cancel_not_honoured", FindingLevel::Finding, "What was cancelled began more work, or ran on.",
     "cancelled at 2 s, ended at 9 s", "ended at 2.1 s"},
    {"tool.fanout_amplification", FindingLevel::Check,
     "A step started far more calls than steps of its name do, or a request led to far more through all levels.",
     "1 to 4 calls each time, once 47; three agents that start five more, each with six calls", "always 40"},
    {"tool.outside_parent", FindingLevel::Check,
     "A call began before the span that it belongs to, or after that had ended, by more than their clocks differ.",
     "the agent runs from 5 s to 9 s, its call begins at 2 s", "a service whose clock is 3 s off all the time"},
    {"run.overlap", FindingLevel::Finding, "A scheduled run began while the one before of the same name still ran.",
     "the nightly import runs from 9:00 to 10:30, the next one from 10:00", "runs of two imports at a time"},
});

void run(TraceReading& trace, std::vector<Finding>& into)
{
    const CallTree& tree = trace.calls();
    ScopeChecks checks{trace, tree, toolThresholds(trace.settings()), into};
    checkCancels(checks);
    if (tree.calls.empty())
        return;
    checkJoins(checks);
    checkFailures(checks);
    checkPairing(checks);
    checkRepeats(checks);
    checkSerial(checks);
    checkArguments(checks);
}

FindingPlace placeOf(const Corpus& corpus, Row row)
{
    FindingPlace place;
    place.row = row;
    place.time = corpus.spans.start(row);
    return place;
}

/// Its record says that it follows from its parent, which need not wait for it (OpenTracing's FOLLOWS_FROM).
bool followsFrom(TraceReading& trace, Row row)
{
    const auto content = trace.content(row);
    const Corpus& corpus = trace.corpus();
    const std::string parent = corpus.idText(corpus.spans.spanId(corpus.spans.parent(row)));
    const auto says = [](const std::vector<Attribute>& attributes) {
        return std::ranges::any_of(attributes, [](const Attribute& attribute) {
            return (attribute.key == "refType" || attribute.key == "opentracing.ref_type") &&
                   (attribute.value == "FOLLOWS_FROM" || attribute.value == "follows_from");
        });
    };
    return content && std::ranges::any_of(content->links, [&](const SpanLink& link) {
               return link.span == parent && says(link.attributes);
           });
}

/// Triggers that say how somebody asked, and not which schedule or event it was.
bool isGeneric(std::string_view trigger)
{
    constexpr std::array words{"user",    "http",    "https", "manual",      "api",   "cli",        "chat",
                               "message", "request", "web",   "interactive", "other", "datasource", "pubsub"};
    return trigger.empty() || std::ranges::find(words, trigger) != words.end();
}

std::string runKeyOf(const TraceReading& trace)
{
    const Corpus& corpus = trace.corpus();
    for (const Row row : trace.rows()) {
        const std::string_view trigger = corpus.text(SpanText::Trigger, row);
        if (isGeneric(trigger))
            continue;
        const Row root = trace.rows().front();
        return std::string(trigger) + " / " + std::string(corpus.text(SpanText::Name, root)) + " / " +
               std::string(corpus.text(SpanText::Service, root)) + std::string(corpus.text(SpanText::Tenant, row)) +
               std::string(corpus.text(SpanText::User, row));
    }
    return {};
}

/// Facts: how many calls there are, of fan-outs, "outside" with a span whose times lie outside of its parent's, "run
/// KEY" with its end.
void collect(TraceReading& trace, std::vector<TraceFact>& into)
{
    if (const CallTree& tree = trace.calls(); !tree.calls.empty())
        into.push_back(factOf(callCounts(tree), trace.rows().front()));
    collectFans(trace, into);
    const Corpus& corpus = trace.corpus();
    const SpanTable& spans = corpus.spans;
    Nanos end = noTime;
    for (const Row row : trace.rows()) {
        const Row parent = spans.parent(row);
        if (spans.start(row) != noTime)
            end = std::max(end, spans.range(row).end);
        const bool real =
            parent != noRow && !spans.flagged(parent, SpanFlag::Synthetic) && !spans.flagged(row, SpanFlag::Synthetic);
        if (real && spans.flagged(row, SpanFlag::OutsideParent) && !followsFrom(trace, row))
            into.push_back({"outside", {}, placeOf(corpus, row)});
    }
    if (const std::string key = runKeyOf(trace); !key.empty() && end != noTime)
        into.push_back({"run " + key, std::to_string(end), placeOf(corpus, trace.rows().front())});
}

std::int64_t numberOf(const TraceFact& fact)
{
    std::int64_t number = 0;
    std::from_chars(fact.value.data(), fact.value.data() + fact.value.size(), number);
    return number;
}

using Facts = std::vector<const TraceFact*>;

/// How far a span lies outside of its parent's time once clocks are the same; what only ends too late is another rule.
class Outside
{
public:
    Outside(const Corpus& corpus, const ToolThresholds& limits)
        : m_corpus(corpus)
        , m_limits(limits)
    {
        if (auto clocks = estimateClocks(corpus, {})) {
            for (const ServiceClock& clock : *clocks)
                m_clocks[clock.service.value] = clock;
        }
    }

    void check(const TraceFact& fact, std::vector<Finding>& into) const
    {
        const SpanTable& spans = m_corpus.spans;
        const Row row = fact.place.row;
        const Row parent = spans.parent(row);
        const TimeRange around = parent == noRow ? TimeRange{} : spans.range(parent);
        if (!around.recorded() || spans.duration(parent) < 0 || spans.start(row) == noTime ||
            spans.flagged(row, SpanFlag::EndsBeforeStart) || spans.flagged(parent, SpanFlag::EndsBeforeStart))
            return;
        Nanos bound = 0;
        const Nanos start = spans.start(row) + offsetOf(row, bound) - offsetOf(parent, bound);
        const Nanos early = around.start - start;
        const Nanos late = start - around.end;
        const Nanos by = std::max(early, late) - bound;
        if (millisecondsOf(by) <= m_limits.outsideMs)
            return;
        Finding& finding = into.emplace_back();
        finding.rule = "tool.outside_parent";
        finding.level = FindingLevel::Check;
        finding.weight = FindingWeight::Note;
        const std::string name(m_corpus.text(SpanText::Name, row));
        finding.what =
            "“" + name + "” began " + durationText(std::max(early, late)) +
            (early > late ? " before the span that it belongs to." : " after the span that it belongs to had ended.");
        finding.cause = name;
        finding.places = {fact.place, placeOf(m_corpus, parent)};
        finding.facts = {{"began", isoText(spans.start(row))},
                         {"the span around it", isoText(around.start) + " to " + isoText(around.end)},
                         {"clocks", clocksText(row, parent)}};
    }

private:
    Nanos offsetOf(Row row, Nanos& bound) const
    {
        const auto clock = m_clocks.find(m_corpus.spans.text(SpanText::Service, row).value);
        if (clock == m_clocks.end())
            return 0;
        bound += clock->second.bound;
        return clock->second.offset;
    }

    std::string clocksText(Row row, Row parent) const
    {
        const StringId own = m_corpus.spans.text(SpanText::Service, row);
        const StringId other = m_corpus.spans.text(SpanText::Service, parent);
        if (own.value == other.value)
            return "one service: one clock, as far as is recorded";
        const auto clock = m_clocks.find(own.value);
        if (clock == m_clocks.end())
            return "of two services; nothing shows how far they are apart";
        return clockText(clock->second, m_corpus.strings[own], m_corpus.strings[clock->second.reference]);
    }

    const Corpus& m_corpus;
    const ToolThresholds& m_limits;
    std::map<std::uint32_t, ServiceClock> m_clocks;
};

void concludeRuns(const std::string& key, Facts facts, std::vector<Finding>& into)
{
    std::erase_if(facts, [](const TraceFact* fact) { return fact->place.time == noTime; });
    std::ranges::stable_sort(facts, {}, [](const TraceFact* fact) { return fact->place.time; });
    for (std::size_t i = 1; i < facts.size(); ++i) {
        const Nanos ends = numberOf(*facts[i - 1]);
        const Nanos starts = facts[i]->place.time;
        if (starts >= ends)
            continue;
        Finding& finding = into.emplace_back();
        finding.rule = "run.overlap";
        finding.cause = key;
        finding.what = "A run of “" + key.substr(0, key.find(" / ")) + "” began " + durationText(ends - starts) +
                       " before the one before it had ended.";
        finding.places = {facts[i]->place, facts[i - 1]->place};
        finding.facts = {{"run", key.substr(0, key.rfind(" / "))},
                         {"began", isoText(starts)},
                         {"the one before ended", isoText(ends)}};
    }
}

void conclude(const Corpus& corpus, std::span<const TraceFact> facts, const DetectorSettings& settings,
              std::vector<Finding>& into)
{
    const ToolThresholds limits = toolThresholds(settings);
    std::map<std::string, Facts> byKey;
    for (const TraceFact& fact : facts)
        byKey[fact.key].push_back(&fact);
    concludeFans(corpus, facts, limits, into);
    for (const auto& [key, all] : byKey) {
        if (key.starts_with("run "))
            concludeRuns(key.substr(4), all, into);
    }
    if (const auto outside = byKey.find("outside"); outside != byKey.end()) {
        const Outside check(corpus, limits);
        for (const TraceFact* const fact : outside->second)
            check.check(*fact, into);
    }
}

} // namespace

Detector toolScopes()
{
    return {callCountsDetector, 6, rules, run, collect, nullptr, toolSettings("tool"), conclude};
}

} // namespace arcscope
