#include "calltreesubject.h"

#include "account.h"
#include "annotations.h"
#include "criticalpath.h"
#include "findingsearch.h"
#include "session.h"
#include "storedtrace.h"

#include <algorithm>
#include <unordered_set>

namespace arcscope
{
namespace
{

TimeRange boundsOf(const Corpus& corpus, std::span<const Row> rows)
{
    TimeRange bounds;
    for (const Row row : rows) {
        const TimeRange range = corpus.spans.range(row);
        if (!range.recorded())
            continue;
        bounds.start = bounds.start == noTime ? range.start : std::min(bounds.start, range.start);
        bounds.end = bounds.end == noTime ? range.end : std::max(bounds.end, range.end);
    }
    return bounds;
}

Nanos firstGiven(const TreeCall& call)
{
    const auto found = std::find_if(call.receipts.begin(), call.receipts.end(),
                                    [](const CallReceipt& receipt) { return receipt.time != noTime; });
    return found == call.receipts.end() ? noTime : found->time;
}

bool failed(const TreeCall& call)
{
    return call.outcome == CallOutcome::Failed || call.outcome == CallOutcome::TimedOut;
}

LaneRow laneOf(const CallTreeSubject& subject, const TreeCall& call, const CallNode& node)
{
    LaneRow lane;
    lane.asked = call.askedAt;
    lane.given = firstGiven(call);
    lane.calledOff = call.cancelledAt;
    if (call.start != noTime)
        lane.run = {call.start, call.end == noTime ? call.start : std::max(call.start, call.end)};
    if (call.retryOf != TreeCall::none)
        lane.attemptEnd = subject.tree.calls[call.retryOf].end;
    lane.flags.set(LaneFlag::Agent, call.kind == CallKind::Agent);
    lane.flags.set(LaneFlag::Failed, failed(call));
    lane.flags.set(LaneFlag::Cancelled, call.outcome == CallOutcome::Cancelled || ranOn(call));
    lane.flags.set(LaneFlag::NotRun, call.outcome == CallOutcome::NotRun || !call.ran);
    lane.flags.set(LaneFlag::Unknown, call.outcome == CallOutcome::Unknown);
    lane.flags.set(LaneFlag::Unpaired, call.pairing != CallPairing::Paired);
    lane.flags.set(LaneFlag::Late, node.late);
    lane.flags.set(LaneFlag::Retry, call.retryOf != TreeCall::none);
    lane.flags.set(LaneFlag::Repeat, call.repeats != TreeCall::none);
    lane.flags.set(LaneFlag::OpenEnd, call.start != noTime && call.end == noTime);
    const auto isKnown = [](const CallReceipt& receipt) { return !receipt.inferred; };
    const auto isTold = [](const CallReceipt& receipt) { return receipt.failed; };
    lane.flags.set(LaneFlag::Untold, failed(call) && std::any_of(call.receipts.begin(), call.receipts.end(), isKnown) &&
                                         std::none_of(call.receipts.begin(), call.receipts.end(), isTold));
    return lane;
}

LaneRow laneOf(const CallTreeSubject& subject, const CallScope& scope, const CallNode& node)
{
    LaneRow lane;
    lane.flags.set(LaneFlag::Owner);
    lane.run = scope.range;
    lane.joined = scope.joined;
    if (node.row != noRow) {
        lane.own = subject.corpus->spans.range(node.row);
        const SpanKind kind = subject.corpus->spans.kind(node.row);
        lane.flags.set(LaneFlag::Agent, kind != SpanKind::ModelCall);
    }
    return lane;
}

/// Of the parts of a path that lie in calls which ran, or in what these started.
Nanos lengthInCalls(const CallTreeSubject& subject, const std::vector<PathSegment>& path)
{
    std::unordered_set<Row> calls;
    for (const TreeCall& call : subject.tree.calls) {
        if (call.ran && call.span != noRow)
            calls.insert(call.span);
    }
    Nanos length = 0;
    for (const PathSegment& segment : path) {
        Row row = segment.row;
        while (row != noRow && !calls.contains(row))
            row = subject.corpus->spans.parent(row);
        if (row != noRow)
            length += segment.range.length();
    }
    return length;
}

void makeLanes(CallTreeSubject& subject)
{
    const Corpus& corpus = *subject.corpus;
    CallLanes& lanes = subject.lanes;
    std::vector<PathSegment> path = criticalPath(corpus, subject.trace);
    std::stable_sort(path.begin(), path.end(),
                     [](const PathSegment& a, const PathSegment& b) { return a.row < b.row; });
    bool anyTime = false;
    for (std::size_t i = 0; i < subject.tree.nodes.size(); ++i) {
        const CallNode& node = subject.tree.nodes[i];
        const bool owner = node.of == CallNode::Of::Owner;
        LaneRow lane = owner ? laneOf(subject, subject.tree.scopes[node.index], node)
                             : laneOf(subject, subject.tree.calls[node.index], node);
        lane.parent = node.parent;
        lane.depth = node.depth;
        lane.firstCritical = static_cast<std::uint32_t>(lanes.critical.size());
        // What was called off before it ran took no time: its span lasts until somebody said no.
        const bool ran = owner || subject.tree.calls[node.index].ran;
        const auto less = [](const PathSegment& segment, Row row) { return segment.row < row; };
        for (auto each = std::lower_bound(path.begin(), path.end(), node.row, less);
             ran && node.row != noRow && each != path.end() && each->row == node.row; ++each) {
            lanes.critical.push_back(each->range);
            ++lane.criticals;
        }
        if (!owner && subject.wastedBy[node.index] != TreeCall::none) {
            lane.flags.set(LaneFlag::Wasted);
            const TreeCall& failure = subject.tree.calls[subject.wastedBy[node.index]];
            lane.wasted = {std::max(lane.run.start, failure.end), lane.run.end};
        }
        anyTime = anyTime || lane.run.recorded() || lane.asked != noTime || lane.given != noTime;
        lanes.rows.push_back(lane);
    }
    closeRows(lanes);
    lanes.bounds = boundsOf(corpus, corpus.rowsOf(subject.trace));
    if (!anyTime || !lanes.bounds.recorded())
        placeByOrder(lanes);
    else if (subject.tree.criticalTime >= 0)
        subject.criticalInCalls = lengthInCalls(subject, path);
}

void findWaste(CallTreeSubject& subject)
{
    subject.wastedBy.assign(subject.tree.calls.size(), TreeCall::none);
    for (const WastedWork& wasted : wastedWork(subject.tree)) {
        subject.wastedBy[wasted.call] = wasted.failed;
        subject.wastedTime += wasted.range.length();
        const std::uint32_t node = subject.nodeOfCall[wasted.call];
        const std::int64_t cost = node == TreeCall::none ? -1 : subject.tree.nodes[node].totalCost;
        if (cost >= 0)
            subject.wastedCost = std::max<std::int64_t>(subject.wastedCost, 0) + cost;
    }
}

void countAttempts(CallTreeSubject& subject)
{
    const std::vector<TreeCall>& calls = subject.tree.calls;
    subject.attempts.assign(calls.size(), 1);
    for (std::size_t i = 0; i < calls.size(); ++i)
        subject.attempts[i] = calls[i].attempt;
    for (auto i = static_cast<std::uint32_t>(calls.size()); i-- > 0;) {
        if (const std::uint32_t before = calls[i].retryOf; before < i)
            subject.attempts[before] = std::max(subject.attempts[before], subject.attempts[i]);
    }
}

} // namespace

const TreeCall* CallTreeSubject::callOf(std::uint32_t node) const
{
    const CallNode& of = tree.nodes[node];
    return of.of == CallNode::Of::Call ? &tree.calls[of.index] : nullptr;
}

const CallScope* CallTreeSubject::scopeOf(std::uint32_t node) const
{
    const CallNode& of = tree.nodes[node];
    return of.of == CallNode::Of::Owner ? &tree.scopes[of.index] : nullptr;
}

std::uint32_t CallTreeSubject::nodeOf(Row row) const
{
    const auto found = std::lower_bound(byRow.begin(), byRow.end(), std::pair{row, std::uint32_t{0}});
    return row == noRow || found == byRow.end() || found->first != row ? TreeCall::none : found->second;
}

Row CallTreeSubject::rowFor(std::uint32_t node) const
{
    const TreeCall* const call = callOf(node);
    if (tree.nodes[node].row != noRow || !call)
        return tree.nodes[node].row;
    return call->asker != noRow ? call->asker : call->result.row;
}

std::string CallTreeSubject::keyOf(std::uint32_t node) const
{
    const Row row = rowFor(node);
    std::string key = row == noRow ? std::string() : placeOfSpan(*corpus, row);
    if (const TreeCall* const call = callOf(node)) {
        key += "\ncall " + call->id;
    } else {
        const CallScope& scope = *scopeOf(node);
        key += "\nscope " + (scope.calls.empty() ? std::string() : tree.calls[scope.calls.front()].id);
    }
    return key;
}

void complete(CallTreeSubject& subject)
{
    const CallTree& tree = subject.tree;
    subject.nodeOfCall.assign(tree.calls.size(), TreeCall::none);
    for (std::uint32_t node = 0; node < tree.nodes.size(); ++node) {
        if (tree.nodes[node].of == CallNode::Of::Call)
            subject.nodeOfCall[tree.nodes[node].index] = node;
        if (tree.nodes[node].row != noRow)
            subject.byRow.emplace_back(tree.nodes[node].row, node);
    }
    std::sort(subject.byRow.begin(), subject.byRow.end());
    findWaste(subject);
    countAttempts(subject);
    makeLanes(subject);
    for (const CallNode& node : tree.nodes) {
        if (subject.currency.empty())
            subject.currency = subject.corpus->strings[node.currency];
    }
}

CallTreePtr openCallTree(const OpenCorpus& open, const CorpusPtr& shown, std::uint32_t trace)
{
    return openCallTree(open.session->workspace.path(), shown, trace);
}

CallTreePtr openCallTree(const std::string& workspacePath, const CorpusPtr& shown, std::uint32_t trace)
{
    auto subject = std::make_shared<CallTreeSubject>();
    subject->corpus = shown;
    subject->trace = trace;
    auto workspace = Workspace::open(workspacePath);
    if (!workspace) {
        subject->problem = workspace.error().message;
        return subject;
    }
    auto corpus = std::make_shared<Corpus>(*shown);
    for (const std::span<const SpanColumn> columns : {findingColumns(), accountColumns()}) {
        if (auto loaded = workspace->loadColumns(*corpus, columns, {}); !loaded) {
            subject->problem = loaded.error().message;
            return subject;
        }
    }
    subject->corpus = corpus;
    StoredTrace reading(*workspace, *corpus, corpus->rowsOf(trace));
    subject->tree = callTree(reading);
    if (reading.unread()) {
        subject->problem = reading.unread()->message;
        return subject;
    }
    complete(*subject);
    return subject;
}

} // namespace arcscope
