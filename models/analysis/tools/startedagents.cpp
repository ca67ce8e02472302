// Agents that other agents, workflows or calls started, and the order of all calls.
#include "callpairing.h"

#include <algorithm>
#include <tuple>

namespace arcscope
{

std::vector<PairedCall> startedAgents(const Corpus& corpus, const TraceSpans& spans)
{
    std::vector<PairedCall> agents;
    std::vector<std::uint32_t> starters(spans.rows.size(), TraceSpans::none);
    std::vector<std::uint32_t> started(spans.rows.size(), 0);
    for (std::uint32_t place = 0; place < spans.rows.size(); ++place) {
        const std::uint32_t above = spans.parent[place];
        if (above == TraceSpans::none)
            continue;
        const SpanKind kind = spans.kind(above);
        const bool starts = kind == SpanKind::Agent || kind == SpanKind::Workflow || kind == SpanKind::ToolCall;
        starters[place] = starts && !spans.isTurn[above] ? above : starters[above];
        if (spans.kind(place) == SpanKind::Agent && !spans.isTurn[place] && starters[place] != TraceSpans::none)
            ++started[starters[place]];
    }
    for (std::uint32_t place = 0; place < spans.rows.size(); ++place) {
        const std::uint32_t by = starters[place];
        if (spans.kind(place) != SpanKind::Agent || spans.isTurn[place] || by == TraceSpans::none ||
            (spans.kind(by) == SpanKind::ToolCall && started[by] == 1))
            continue;
        PairedCall& agent = agents.emplace_back();
        agent.place = by;
        TreeCall& call = agent.call;
        call.kind = CallKind::Agent;
        call.span = spans.rows[place];
        call.tool = corpus.text(SpanText::Agent, call.span);
        if (call.tool.empty())
            call.tool = corpus.text(SpanText::Name, call.span);
        call.start = spans.start(place);
        call.end = spans.endOf(place);
        const SpanStatus status = spans.spans.status(call.span);
        call.outcome = status == SpanStatus::Error       ? CallOutcome::Failed
                       : status == SpanStatus::Cancelled ? CallOutcome::Cancelled
                       : status == SpanStatus::Ok        ? CallOutcome::Ok
                                                         : CallOutcome::Unknown;
    }
    return agents;
}

void sortCalls(const TraceSpans& spans, std::vector<PairedCall>& calls)
{
    const auto momentOf = [&](const PairedCall& each) {
        if (each.call.asker != noRow)
            return spans.finishes(each.place);
        const std::uint32_t own = spans.placeOf(each.call.span);
        return spans.begins(own == TraceSpans::none ? each.place : own);
    };
    const auto less = [](const TreeCall& a, const TreeCall& b) {
        const auto key = [](const TreeCall& call) {
            const TextPlace& place = call.asked.row != noRow ? call.asked.place : call.result.place;
            return std::tuple(place.of, place.message, place.part);
        };
        return key(a) < key(b);
    };
    std::vector<std::int64_t> moments(calls.size());
    std::vector<std::uint32_t> order(calls.size());
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        moments[i] = momentOf(calls[i]);
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (moments[a] != moments[b])
            return moments[a] < moments[b];
        if (calls[a].place != calls[b].place)
            return calls[a].place < calls[b].place;
        return less(calls[a].call, calls[b].call);
    });
    std::vector<PairedCall> sorted;
    sorted.reserve(calls.size());
    for (const std::uint32_t index : order)
        sorted.push_back(std::move(calls[index]));
    calls = std::move(sorted);
}

} // namespace arcscope
