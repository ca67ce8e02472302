// Failures: work that went on after the decisive one, and those that nobody was told of.
#include "proselines.h"
#include "scoperules.h"
#include "toolwords.h"
#include "traceclaims.h"

#include <algorithm>

namespace arcscope
{
namespace
{

bool isFailure(const TreeCall& call)
{
    return call.outcome == CallOutcome::Failed || call.outcome == CallOutcome::TimedOut;
}

class Failures
{
public:
    explicit Failures(ScopeChecks& checks)
        : m_checks(checks)
    {
    }

    void run()
    {
        for (const CallScope& scope : m_checks.tree.scopes) {
            checkSiblings(scope);
            for (const std::uint32_t index : scope.calls) {
                if (isFailure(m_checks.call(index)))
                    checkSwallowed(scope, index);
            }
        }
    }

private:
    /// The span that ended as an error because of it: the one around the calls, or the agent that owns them.
    Row failedAround(const CallScope& scope, const TreeCall& call) const
    {
        const SpanTable& spans = m_checks.spans();
        const Row parent = call.span == noRow ? noRow : spans.parent(call.span);
        for (const Row row : {parent, scope.owner}) {
            if (row != noRow &&
                (spans.status(row) == SpanStatus::Error || spans.status(row) == SpanStatus::Cancelled) &&
                spans.duration(row) >= 0 && call.end != noTime && spans.range(row).end >= call.end)
                return row;
        }
        return noRow;
    }

    void checkSiblings(const CallScope& scope)
    {
        const TreeCall* first = nullptr;
        for (const std::uint32_t index : scope.calls) {
            const TreeCall& call = m_checks.call(index);
            if (isFailure(call) && call.end != noTime && (!first || call.end < first->end))
                first = &call;
        }
        const Row around = first ? failedAround(scope, *first) : noRow;
        if (around == noRow || scope.joinedBy != noRow)
            return; // somebody went on with what there was: it was not decisive
        Nanos wasted = 0;
        std::vector<const TreeCall*> late;
        for (const std::uint32_t index : scope.calls) {
            const TreeCall& call = m_checks.call(index);
            const bool goesOn = &call != first && call.start != noTime && call.end != noTime && call.end > first->end &&
                                call.outcome != CallOutcome::Cancelled && call.receipts.empty();
            if (!goesOn)
                continue;
            wasted += call.end - std::max(call.start, first->end);
            late.push_back(&call);
        }
        if (late.empty() || millisecondsOf(wasted) < m_checks.limits.wastedMs)
            return;
        Finding& finding = m_checks.add("tool.sibling_not_cancelled", FindingLevel::Finding,
                                        std::to_string(late.size()) + (late.size() == 1 ? " sibling" : " siblings") +
                                            " of " + callName(*first) + " worked on for " + durationText(wasted) +
                                            " after its failure had decided the outcome.");
        finding.places = {m_checks.placeOf(*first), m_checks.placeOf(*late.front()), m_checks.placeOf(around)};
        finding.facts = {{"wasted time, all together", durationText(wasted)}};
        addWaste(late, first->end, finding);
        std::string names;
        for (const TreeCall* const call : late)
            names += (names.empty() ? "" : ", ") + callName(*call);
        finding.facts.push_back({"siblings", names});
    }

    /// Tokens and cost of model calls in these that began after the failure.
    void addWaste(const std::vector<const TreeCall*>& late, Nanos since, Finding& finding) const
    {
        const SpanTable& spans = m_checks.spans();
        std::int64_t tokens = -1;
        std::int64_t cost = -1;
        for (const Row row : m_checks.trace.rows()) {
            if (spans.kind(row) != SpanKind::ModelCall || spans.start(row) == noTime || spans.start(row) < since)
                continue;
            const bool inside =
                std::ranges::any_of(late, [&](const TreeCall* call) { return isWithin(row, call->span); });
            if (!inside)
                continue;
            if (const Usage usage = spans.usage(row); usage.recorded())
                tokens = saturatedSum(std::max<std::int64_t>(tokens, 0), usage.total());
            if (const std::int64_t one = spans.at(SpanColumn::Cost, row); one >= 0)
                cost = saturatedSum(std::max<std::int64_t>(cost, 0), one);
        }
        finding.facts.push_back(
            {"tokens of model calls begun since", tokens < 0 ? "none recorded" : std::to_string(tokens)});
        finding.facts.push_back({"their cost, millionths", cost < 0 ? "none recorded" : std::to_string(cost)});
    }

    bool isWithin(Row row, Row around) const
    {
        while (row != noRow && row != around)
            row = m_checks.spans().parent(row);
        return around != noRow && row == around;
    }

    /// The same call succeeded later.
    bool isMadeGood(std::uint32_t index) const
    {
        const TreeCall& failed = m_checks.call(index);
        return std::ranges::any_of(m_checks.tree.calls, [&](const TreeCall& call) {
            const bool later = &call > &failed && call.outcome == CallOutcome::Ok;
            return later && (call.retryOf == index || (call.tool == failed.tool && !call.tool.empty()));
        });
    }

    std::string codeOf(const TreeCall& call) const
    {
        return call.span == noRow ? std::string()
                                  : std::string(m_checks.trace.corpus().text(SpanText::ErrorType, call.span));
    }

    /// What models say behind the call.
    bool isMentioned(const TreeCall& call, bool& anything)
    {
        const std::string tool = prose::lower(call.tool);
        const std::string code = prose::lower(codeOf(call));
        for (const SaidText& said : m_checks.trace.claims().texts()) {
            const bool after = call.end == noTime || said.time == noTime || said.time >= call.end;
            if (said.author != ClaimAuthor::Model || said.arguments || !after)
                continue;
            anything = true;
            const std::string text = prose::lower(said.text);
            const auto holds = [&](const std::string& word) {
                return word.size() > 2 && text.find(word) != std::string::npos;
            };
            if (holds(tool) || holds(code) || tellsFailure(said.text))
                return true;
        }
        return false;
    }

    void checkSwallowed(const CallScope& scope, std::uint32_t index)
    {
        const TreeCall& call = m_checks.call(index);
        const bool told = std::ranges::any_of(call.receipts, [](const CallReceipt& receipt) { return receipt.failed; });
        const bool unknown =
            std::ranges::any_of(call.receipts, [](const CallReceipt& receipt) { return receipt.inferred; });
        const bool wentOn = !unknown && (!call.receipts.empty() || scope.joinedBy != noRow);
        const Row parent = call.span == noRow ? noRow : m_checks.spans().parent(call.span);
        const bool parentFailed = (parent != noRow && m_checks.spans().status(parent) == SpanStatus::Error) ||
                                  (scope.owner != noRow && m_checks.spans().status(scope.owner) == SpanStatus::Error);
        bool anything = false;
        if (told || !wentOn || parentFailed || isMadeGood(index) || isMentioned(call, anything) || !anything)
            return;
        const bool given = !call.receipts.empty();
        Finding& finding = m_checks.add(
            "tool.swallowed_failure", given ? FindingLevel::Finding : FindingLevel::Check,
            callName(call) + " failed, " +
                (given ? "its result says nothing of it" : "the model that went on was given nothing of it") +
                ", and no answer mentions it.");
        finding.weight = FindingWeight::Severe;
        finding.cause = call.tool;
        finding.places.push_back(call.result.row != noRow ? m_checks.placeOf(call.result.row, call.result.place)
                                                          : m_checks.placeOf(call));
        finding.places.push_back(m_checks.placeOf(given ? call.receipts.front().row : scope.joinedBy));
        const std::string code = codeOf(call);
        finding.facts = {{"outcome", std::string(name(call.outcome))},
                         {"error", code.empty() ? "not recorded" : code},
                         {"looked at", "every later answer, for the tool, the error, and words like “failed”"}};
    }

    ScopeChecks& m_checks;
};

/// When somebody asked for a span to end, by an event or a message that says so.
struct Cancel {
    Row row = noRow;
    Nanos time = noTime;
};

std::string attributeOf(const SpanContent& content, std::string_view ending)
{
    for (const Attribute& attribute : content.attributes) {
        if (attribute.key.ends_with(ending))
            return attribute.value;
    }
    return {};
}

std::vector<Cancel> cancelsOf(ScopeChecks& checks)
{
    std::vector<Cancel> cancels;
    std::vector<std::pair<std::string, Nanos>> byRequest;
    for (const Row row : checks.trace.rows()) {
        const auto content = checks.trace.content(row);
        if (!content)
            continue;
        for (const SpanEvent& event : content->events) {
            const std::string words = prose::lower(event.name);
            if (event.time != noTime && words.find("cancel") != std::string::npos)
                cancels.push_back({row, event.time});
        }
        // MCP before 2026: a message of its own that names the request.
        if (attributeOf(*content, "mcp.method.name") == "notifications/cancelled") {
            std::string request = attributeOf(*content, "params.requestId");
            if (request.empty())
                request = attributeOf(*content, "cancelled.request.id");
            if (!request.empty() && checks.spans().start(row) != noTime)
                byRequest.emplace_back(std::move(request), checks.spans().start(row));
        }
    }
    for (const Row row : byRequest.empty() ? std::span<const Row>() : checks.trace.rows()) {
        const auto content = checks.trace.content(row);
        const std::string id = content ? attributeOf(*content, "jsonrpc.request.id") : std::string();
        for (const auto& [request, time] : byRequest) {
            if (!id.empty() && id == request && checks.spans().start(row) <= time)
                cancels.push_back({row, time});
        }
    }
    return cancels;
}

} // namespace

void checkFailures(ScopeChecks& checks)
{
    Failures(checks).run();
}

void checkCancels(ScopeChecks& checks)
{
    const SpanTable& spans = checks.spans();
    for (const Cancel& cancel : cancelsOf(checks)) {
        Row worst = noRow;
        std::size_t begun = 0;
        for (const Row row : checks.trace.rows()) {
            Row up = row;
            while (up != noRow && up != cancel.row)
                up = spans.parent(up);
            if (up == noRow || spans.start(row) == noTime || spans.duration(row) < 0)
                continue;
            const Nanos end = spans.range(row).end;
            const bool starts = row != cancel.row && spans.start(row) > cancel.time;
            if (!starts && millisecondsOf(end - cancel.time) <= checks.limits.cancelMs)
                continue;
            begun += starts ? 1 : 0;
            if (worst == noRow || end > spans.range(worst).end)
                worst = row;
        }
        if (worst == noRow)
            continue;
        const Nanos after = spans.range(worst).end - cancel.time;
        Finding& finding = checks.add("tool.cancel_not_honoured", FindingLevel::Finding,
                                      "“" + std::string(checks.trace.corpus().text(SpanText::Name, worst)) +
                                          "” ran on for " + durationText(after) + " after it was cancelled.");
        finding.places = {checks.placeOf(worst), checks.placeOf(cancel.row)};
        finding.facts = {{"cancelled", isoText(cancel.time)},
                         {"ran on for", durationText(after)},
                         {"spans that began after it", std::to_string(begun)}};
    }
}

} // namespace arcscope
