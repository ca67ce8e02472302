// Joins: who held them, who came too late for them, and whose result nobody was given.
#include "scoperules.h"
#include "stopword.h"

#include <algorithm>

namespace arcscope
{
namespace
{

bool isTimed(const TreeCall& call)
{
    return call.start != noTime && call.end != noTime && call.end >= call.start;
}

/// One call ended long after all others, and the join waited for it.
void checkStraggler(ScopeChecks& checks, const CallScope& scope)
{
    if (scope.joined == noTime || scope.calls.size() < 2)
        return;
    const TreeCall* last = nullptr;
    Nanos others = noTime; // the end of the last of the others
    Nanos longest = 0;     // the time that the slowest of them took
    std::size_t waitedFor = 1;
    for (const std::uint32_t index : scope.calls) {
        const TreeCall& call = checks.call(index);
        if (!isTimed(call))
            return;
        // For what ended later nobody waited.
        if (call.end <= scope.joined && (!last || call.end > last->end))
            last = &call;
    }
    if (!last)
        return;
    for (const std::uint32_t index : scope.calls) {
        const TreeCall& call = checks.call(index);
        if (&call == last || call.end > scope.joined)
            continue;
        ++waitedFor;
        others = std::max(others, call.end);
        longest = std::max(longest, call.end - call.start);
    }
    if (others == noTime)
        return;
    const Nanos held = last->end - std::max(others, last->start);
    const bool overlapped = last->start < others; // else they ran in turn: nobody held the others
    const double run = static_cast<double>(last->end - last->start);
    if (!overlapped || millisecondsOf(held) < checks.limits.stragglerMs ||
        run < checks.limits.stragglerFactor * static_cast<double>(longest))
        return;
    Finding& finding = checks.add("tool.straggler_join", FindingLevel::Finding,
                                  callName(*last) + " held the join of " + std::to_string(waitedFor) + " calls for " +
                                      durationText(held) + ": the others had ended.");
    finding.places.push_back(checks.placeOf(*last));
    if (scope.joinedBy != noRow)
        finding.places.push_back(checks.placeOf(scope.joinedBy));
    finding.facts = {{"it took", durationText(last->end - last->start)},
                     {"the slowest of the others took", durationText(longest)},
                     {"held the join for", durationText(held)},
                     {"calls of the scope", std::to_string(scope.calls.size())}};
}

/// It ended so that others run the calls, or so that somebody says whether they may run.
bool handsOver(const ScopeChecks& checks, Row row)
{
    const StopClaim claim = claimOf(checks.trace.corpus().text(SpanText::StopReason, row));
    return claim == StopClaim::ToolCall || claim == StopClaim::Pause;
}

/// It ended after its results were read, or after the span that it belongs to.
void checkOrphan(ScopeChecks& checks, const CallScope& scope, const TreeCall& call)
{
    if (!isTimed(call) || call.span == noRow)
        return;
    const auto tooLate = [&](Nanos end) {
        return end != noTime && millisecondsOf(call.end - end) > checks.limits.joinMs;
    };
    const Row parent = checks.spans().parent(call.span);
    const bool bounded = parent != noRow && !checks.spans().flagged(parent, SpanFlag::Synthetic) &&
                         checks.spans().duration(parent) >= 0 && parent != scope.owner && !handsOver(checks, parent);
    const TimeRange around = bounded ? checks.spans().range(parent) : TimeRange{};
    if (!call.receipts.empty() && !call.receipts.front().inferred && call.receipts.front().time != noTime &&
        tooLate(call.receipts.front().time)) {
        Finding& finding = checks.add("tool.orphan_child", FindingLevel::Finding,
                                      callName(call) + " ended " + durationText(call.end - call.receipts.front().time) +
                                          " after its result was read.");
        finding.cause = call.tool;
        finding.places = {checks.placeOf(call), checks.placeOf(call.receipts.front().row, call.receipts.front().place)};
        finding.facts = {{"ended", isoText(call.end)}, {"its result was read", isoText(call.receipts.front().time)}};
    } else if (bounded && call.start >= around.start && call.start <= around.end && tooLate(around.end)) {
        Finding& finding = checks.add("tool.orphan_child", FindingLevel::Check,
                                      callName(call) + " ran on for " + durationText(call.end - around.end) +
                                          " after the span that it belongs to had ended.");
        finding.cause = call.tool;
        finding.places = {checks.placeOf(call), checks.placeOf(parent)};
        finding.facts = {{"ended", isoText(call.end)}, {"the span around it ended", isoText(around.end)}};
    } else if (scope.joined != noTime && call.receipts.empty() && call.start < scope.joined && tooLate(scope.joined)) {
        Finding& finding = checks.add("tool.orphan_child", FindingLevel::Check,
                                      callName(call) + " still ran for " + durationText(call.end - scope.joined) +
                                          " when the results of its scope were read, and nobody read its own.");
        finding.cause = call.tool;
        finding.places = {checks.placeOf(call), checks.placeOf(scope.joinedBy)};
        finding.facts = {{"ended", isoText(call.end)}, {"the others were read", isoText(scope.joined)}};
    }
}

/// The others' results were handed on, its own was not.
void checkUnjoined(ScopeChecks& checks, const CallScope& scope, const TreeCall& call)
{
    const bool hasResult = call.result.row != noRow && call.outcome == CallOutcome::Ok;
    if (scope.joinedBy == noRow || scope.of != CallScope::Of::Message || !hasResult || !call.receipts.empty())
        return;
    if (call.end != noTime && scope.joined != noTime && call.end > scope.joined)
        return; // an orphan
    if (call.result.place.of == TextPlace::Of::Input)
        return; // a message tells of it: it was given to somebody
    Finding& finding =
        checks.add("tool.unjoined_result", FindingLevel::Finding,
                   "The result of " + callName(call) + " was handed to no model call; those of its siblings were.");
    finding.cause = call.tool;
    finding.places = {checks.placeOf(call.result.row, call.result.place), checks.placeOf(scope.joinedBy)};
    finding.facts = {{"calls of the scope", std::to_string(scope.calls.size())}};
}

} // namespace

void checkJoins(ScopeChecks& checks)
{
    for (const CallScope& scope : checks.tree.scopes) {
        checkStraggler(checks, scope);
        for (const std::uint32_t index : scope.calls) {
            checkOrphan(checks, scope, checks.call(index));
            checkUnjoined(checks, scope, checks.call(index));
        }
    }
}

void checkPairing(ScopeChecks& checks)
{
    for (const std::uint32_t index : checks.tree.unpaired()) {
        const TreeCall& call = checks.call(index);
        const CallScope* const scope = call.scope == TreeCall::none ? nullptr : &checks.tree.scopes[call.scope];
        std::string what;
        FindingLevel level = FindingLevel::Check;
        if (call.pairing == CallPairing::SecondResult) {
            what = "The call " + call.id + " of " + callName(call) + " has two results that differ.";
            level = FindingLevel::Finding;
        } else if (call.pairing == CallPairing::NoCall && !call.id.empty()) {
            what = "A result names the call " + call.id + ", which nobody made.";
        } else if (call.pairing == CallPairing::NoResult && scope && scope->joinedBy != noRow &&
                   call.receipts.empty()) {
            what = callName(call) + " was asked for, and the model went on with the results of its siblings only.";
        } else {
            continue;
        }
        Finding& finding = checks.add("tool.id_mismatch", level, std::move(what));
        finding.cause = call.tool + '/' + std::string(name(call.pairing));
        const CallText& shown = call.result.row != noRow ? call.result : call.asked;
        finding.places.push_back(shown.row != noRow ? checks.placeOf(shown.row, shown.place) : checks.placeOf(call));
        if (scope && scope->joinedBy != noRow)
            finding.places.push_back(checks.placeOf(scope->joinedBy));
        finding.facts = {{"call id", call.id.empty() ? "not recorded" : call.id},
                         {"how it fits", std::string(name(call.pairing))}};
    }
}

} // namespace arcscope
