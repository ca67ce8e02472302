// CallTreeSubject: what the tools view shows of a trace, made on another thread.
#pragma once

#include "calllanes.h"
#include "calltree.h"
#include "corpusloader.h"
#include "wastedwork.h"

#include <memory>
#include <string>
#include <vector>

namespace arcscope
{

struct CallTreeSubject {
    CorpusPtr corpus; ///< that the rows are of, with the columns of a tree, in the times of the window
    std::uint32_t trace = 0;
    CallTree tree;
    CallLanes lanes;                                  ///< a row for each node of the tree
    std::vector<std::uint32_t> nodeOfCall;            ///< by call; TreeCall::none: it has none
    std::vector<std::uint32_t> wastedBy;              ///< by call: the one that had failed; TreeCall::none: not wasted
    std::vector<std::uint32_t> attempts;              ///< by call: how often it was tried in all
    std::vector<std::pair<Row, std::uint32_t>> byRow; ///< nodes by their span, sorted
    Nanos wastedTime = 0;
    std::int64_t wastedCost = -1; ///< millionths, of the whole calls; -1: not recorded
    Nanos criticalInCalls = -1;   ///< time of the critical path that is spent in calls; -1: not recorded
    std::string currency;         ///< of costs that are summed here
    std::string problem;          ///< why there is nothing

    const CallNode& node(std::uint32_t index) const { return tree.nodes[index]; }
    /// Null for an owner.
    const TreeCall* callOf(std::uint32_t node) const;
    /// Null for a call.
    const CallScope* scopeOf(std::uint32_t node) const;
    /// The first node of a span; TreeCall::none where it has none.
    std::uint32_t nodeOf(Row row) const;
    /// The span that stands for a node: its own, else who asked for it, else where its result is; noRow: none.
    Row rowFor(std::uint32_t node) const;
    /// The same in every later state of the corpus.
    std::string keyOf(std::uint32_t node) const;
};

using CallTreePtr = std::shared_ptr<const CallTreeSubject>;

/// Runs on any thread; opens the workspace for itself. `shown`: a corpus of the same rows, maybe with other clocks.
CallTreePtr openCallTree(const OpenCorpus& open, const CorpusPtr& shown, std::uint32_t trace);
CallTreePtr openCallTree(const std::string& workspacePath, const CorpusPtr& shown, std::uint32_t trace);

/// Everything else out of corpus, trace and tree: what openCallTree() does without a workspace.
void complete(CallTreeSubject& subject);

} // namespace arcscope
