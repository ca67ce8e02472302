// A small trace of tool calls, made by hand: a retry, a failure, a late call and one without a result.
#pragma once

#include "assembledcorpus.h"
#include "calltreesubject.h"

namespace arcscope::testing
{

/// Nodes of sampleCalls().
enum SampleCall : std::uint32_t {
    PlanNode,
    SearchNode,
    FailedNode,
    RetryNode,
    LateNode,
    InnerNode,
    DeepNode,
    LostNode
};

/// `plan` asks for five calls at once, of which `answer` is given four; below the late one an agent asks for another.
inline std::shared_ptr<CallTreeSubject> sampleCalls()
{
    auto subject = std::make_shared<CallTreeSubject>();
    subject->corpus = std::make_shared<Corpus>(corpusOf("t root - agent 0-600\n"
                                                        "t plan root model 0-100 in=10 out=5\n"
                                                        "t search root tool 110-200 tool=search\n"
                                                        "t failed root tool 110-150 status=error tool=search\n"
                                                        "t retry root tool 160-240 tool=search\n"
                                                        "t late root tool 110-400 tool=read\n"
                                                        "t inner late model 120-140 in=3 out=1\n"
                                                        "t deep late tool 150-380 tool=fetch\n"
                                                        "t answer root model 300-600 in=20 out=9\n"));
    const Corpus& corpus = *subject->corpus;
    CallTree& tree = subject->tree;
    const Row plan = rowNamed(corpus, "plan");
    const Row answer = rowNamed(corpus, "answer");
    const auto call = [&](const char* span, const char* tool, CallOutcome outcome) -> TreeCall& {
        TreeCall made;
        made.tool = tool;
        made.id = std::string("call_") + span;
        made.outcome = outcome;
        made.asker = plan;
        made.askedAt = 100 * millisecond;
        made.scope = 0;
        made.span = rowNamed(corpus, span);
        if (made.span != noRow) {
            made.start = corpus.spans.start(made.span);
            made.end = made.start + corpus.spans.duration(made.span);
        }
        tree.calls.push_back(made);
        return tree.calls.back();
    };
    const auto given = [&](TreeCall& to, bool failed) {
        CallReceipt receipt;
        receipt.row = answer;
        receipt.time = 300 * millisecond;
        receipt.failed = failed;
        to.receipts.push_back(receipt);
    };
    given(call("search", "search", CallOutcome::Ok), false);
    given(call("failed", "search", CallOutcome::Failed), true);
    TreeCall& retry = call("retry", "search", CallOutcome::Ok);
    retry.retryOf = 1;
    retry.attempt = 2;
    given(retry, false);
    given(call("late", "read", CallOutcome::Ok), false);
    call("lost", "write", CallOutcome::Unknown).pairing = CallPairing::NoResult;
    TreeCall& deep = call("deep", "fetch", CallOutcome::Ok);
    deep.asker = rowNamed(corpus, "inner");
    deep.askedAt = 140 * millisecond;
    deep.scope = 1;
    tree.scopes.push_back({CallScope::Of::Message,
                           plan,
                           TreeCall::none,
                           {0, 1, 2, 3, 4},
                           {110 * millisecond, 400 * millisecond},
                           answer,
                           300 * millisecond});
    tree.scopes.push_back(
        {CallScope::Of::Message, deep.asker, 3, {5}, {150 * millisecond, 380 * millisecond}, noRow, noTime});
    const auto node = [&](CallNode::Of of, std::uint32_t index, std::uint32_t parent, Row row) {
        CallNode made;
        made.of = of;
        made.index = index;
        made.parent = parent;
        made.depth = parent == TreeCall::none ? 0 : tree.nodes[parent].depth + 1;
        made.row = row;
        if (row != noRow) {
            made.range = corpus.spans.range(row);
            made.run = corpus.spans.duration(row);
            const Usage usage = corpus.spans.usage(row);
            made.selfTokens = made.totalTokens = usage.recorded() ? usage.total() : -1;
        }
        if (of == CallNode::Of::Call && row != noRow) {
            made.wait = tree.calls[index].start - tree.calls[index].askedAt;
            made.late = index == 3;
        }
        tree.nodes.push_back(made);
    };
    node(CallNode::Of::Owner, 0, TreeCall::none, plan);
    for (std::uint32_t index = 0; index < 5; ++index) {
        node(CallNode::Of::Call, index, PlanNode, tree.calls[index].span);
        if (index == 3) {
            node(CallNode::Of::Owner, 1, LateNode, deep.asker);
            node(CallNode::Of::Call, 5, InnerNode, deep.span);
        }
    }
    tree.criticalTime = 590 * millisecond;
    tree.timed = true;
    complete(*subject);
    return subject;
}

} // namespace arcscope::testing
