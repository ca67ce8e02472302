// The rules for tool calls as structured concurrency sees them: what each says of one call tree.
#pragma once

#include "calltree.h"
#include "detector.h"
#include "toolthresholds.h"

#include <string>
#include <vector>

namespace arcscope
{

/// What all rules look at, and where their findings go.
struct ScopeChecks {
    TraceReading& trace;
    const CallTree& tree;
    ToolThresholds limits;
    std::vector<Finding>& into;

    const SpanTable& spans() const { return trace.corpus().spans; }
    const TreeCall& call(std::uint32_t index) const { return tree.calls[index]; }
    /// Of the span of the call, else where it is asked for.
    FindingPlace placeOf(const TreeCall& call) const;
    /// The beginning of a text of a span.
    FindingPlace placeOf(Row row, TextPlace text) const;
    FindingPlace placeOf(Row row) const;            ///< of no text
    std::string textOf(const CallText& text) const; ///< empty: not recorded
    Finding& add(std::string_view rule, FindingLevel level, std::string what);
};

void checkJoins(ScopeChecks& checks);    ///< straggler_join, orphan_child, unjoined_result
void checkFailures(ScopeChecks& checks); ///< sibling_not_cancelled, swallowed_failure
void checkPairing(ScopeChecks& checks);  ///< id_mismatch
void checkCancels(ScopeChecks& checks);  ///< cancel_not_honoured
void checkRepeats(ScopeChecks& checks);  ///< duplicate_call, duplicate_effect, retry_storm
void checkSerial(ScopeChecks& checks);   ///< serial_independent

void checkArguments(ScopeChecks& checks); ///< args_unknown_to_definition

/// "read_file", or what else names the call.
std::string callName(const TreeCall& call);
/// A length in milliseconds as settings count it.
double millisecondsOf(Nanos length);

/// tool.fanout_amplification, which holds steps and requests of all traces against each other: facts of one trace, and
/// what they say.
void collectFans(const TraceReading& trace, std::vector<TraceFact>& into);
void concludeFans(const Corpus& corpus, std::span<const TraceFact> facts, const ToolThresholds& limits,
                  std::vector<Finding>& into);

} // namespace arcscope
