#include "callpairing.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

/// What the outer span of a call does not say, an inner one may.
void fill(McpFacts& facts, const McpFacts& inner)
{
    for (const auto member : {&McpFacts::method, &McpFacts::session, &McpFacts::server, &McpFacts::request,
                              &McpFacts::transport, &McpFacts::cancelReason}) {
        if ((facts.*member).empty())
            facts.*member = inner.*member;
    }
    facts.progress = std::max(facts.progress, inner.progress);
    if (facts.cancelledAt == noTime)
        facts.cancelledAt = inner.cancelledAt;
    // A server may have answered well what the client no longer waited for, but not the other way round.
    if (facts.outcome == McpOutcome::Ok || facts.outcome == McpOutcome::Unanswered ||
        facts.outcome == McpOutcome::ToolError)
        facts.outcome =
            inner.outcome == McpOutcome::Ok || inner.outcome == McpOutcome::Unanswered ? facts.outcome : inner.outcome;
}

void conclude(TreeCall& call)
{
    if (call.mcp->cancelledAt != noTime)
        call.cancelledAt = call.mcp->cancelledAt;
    switch (call.mcp->outcome) {
    case McpOutcome::Timeout:
        call.outcome = CallOutcome::TimedOut;
        break;
    case McpOutcome::CancelledByClient:
        call.outcome = CallOutcome::Cancelled;
        break;
    case McpOutcome::ToolError:
    case McpOutcome::RpcError:
    case McpOutcome::Closed:
        if (call.outcome != CallOutcome::TimedOut && call.outcome != CallOutcome::Cancelled)
            call.outcome = CallOutcome::Failed;
        break;
    case McpOutcome::Ok:
    case McpOutcome::Unanswered:
        break;
    }
}

} // namespace

void addMcpFacts(const TraceSpans& spans, const CallMentions& mentions, std::vector<PairedCall>& calls)
{
    std::map<std::pair<std::string_view, std::string_view>, std::uint32_t> byRequest; // session and id
    std::vector<std::uint32_t> bySpan(spans.rows.size(), TreeCall::none);
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        for (const std::uint32_t run : calls[i].runs) {
            bySpan[mentions.runs[run].place] = i;
            const auto& facts = mentions.runs[run].mcp;
            if (!facts)
                continue;
            if (calls[i].call.mcp)
                fill(*calls[i].call.mcp, *facts);
            else
                calls[i].call.mcp = facts;
            if (!facts->request.empty())
                byRequest[{facts->session, facts->request}] = i;
        }
    }
    for (const auto& [place, notification] : mentions.notifications) {
        std::uint32_t index = TreeCall::none;
        if (const auto named = byRequest.find({notification.session, notification.request});
            !notification.request.empty() && named != byRequest.end())
            index = named->second;
        for (std::uint32_t above = place; index == TreeCall::none && above != TraceSpans::none;
             above = spans.parent[above])
            index = bySpan[above];
        if (index == TreeCall::none)
            continue;
        if (!calls[index].call.mcp)
            calls[index].call.mcp.emplace();
        apply(notification, *calls[index].call.mcp);
    }
    for (PairedCall& each : calls) {
        if (each.call.mcp)
            conclude(each.call);
    }
}

} // namespace arcscope
