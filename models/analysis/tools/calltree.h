// The tool calls of a trace as structured concurrency sees them: who asked for which, what ran, who was given the
// results.
#pragma once

#include "content.h"
#include "finding.h"
#include "mcpfacts.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

class TraceReading;

/// What is one lane of a scope.
enum class CallKind : std::uint8_t { Tool, Agent };

/// How a call ended, by its result, its span, or the message that tells of it.
enum class CallOutcome : std::uint8_t {
    Unknown, ///< it ran, or may have: nothing says how it went
    Ok,
    Failed,
    TimedOut,
    Cancelled,
    NotRun, ///< asked for: no span that ran and no result
};

/// How well what is recorded of a call fits together, by its id.
enum class CallPairing : std::uint8_t {
    Paired,       ///< asked for once, one result
    NoResult,     ///< asked for or run, and no result is recorded
    NoCall,       ///< a result whose call is recorded nowhere
    SecondResult, ///< another result, which says something else, for a call that has one
};

/// A later model call whose input has the result: the result was consumed. The first of each conversation; those that
/// follow repeat it.
struct CallReceipt {
    Row row = noRow;
    TextPlace place;
    Nanos time = noTime; ///< when that call began
    bool failed = false; ///< it is told there that it failed: a part marked so, or a text that says so
    bool inferred =
        false; ///< no input is recorded: it is the next model call of the conversation after the result came
};

/// A text of a call in the contents of a span.
struct CallText {
    Row row = noRow; ///< noRow: not recorded
    TextPlace place;
};

struct TreeCall {
    static constexpr std::uint32_t none = ~std::uint32_t(0);

    CallKind kind = CallKind::Tool;
    CallOutcome outcome = CallOutcome::Unknown;
    CallPairing pairing = CallPairing::Paired;
    std::string tool;   ///< of an agent its name
    std::string id;     ///< as the model wrote it; empty: not recorded
    Row asker = noRow;  ///< the model call whose output asks for it; noRow: none recorded
    Row span = noRow;   ///< its own span; noRow: only messages tell of it
    CallText asked;     ///< where it is asked for
    CallText arguments; ///< in its own span, else where it is asked for
    CallText result;
    Nanos askedAt = noTime; ///< end of the asker
    Nanos start = noTime;   ///< of its own span
    Nanos end = noTime;
    std::uint64_t argumentsKey = 0; ///< equal for equal arguments in canonical JSON (RFC 8785); 0: not recorded
    std::uint64_t resultKey = 0;    ///< likewise
    std::uint32_t scope = none;     ///< in CallTree::scopes
    std::uint32_t retryOf = none;   ///< the attempt before it: same tool, same arguments, and that one failed
    std::uint32_t attempt = 1;      ///< counts from 1
    std::uint32_t repeats = none;   ///< an earlier one with the same tool and arguments that did not fail
    bool cutOff = false;            ///< the model call that asks for it ended as an error or was cancelled
    bool ran = true;                ///< false: it was called off, and nothing shows that it had begun
    bool last = false;              ///< no model call of its conversation began after it was asked for
    Nanos cancelledAt = noTime;     ///< when it was called off, as a notification or an event of its span says
    std::optional<McpFacts> mcp;
    std::vector<CallReceipt> receipts; ///< by time
};

/// Calls that were started together and belong to one owner.
struct CallScope {
    enum class Of : std::uint8_t {
        Message, ///< one output of a model asks for all of them
        Agents,  ///< an agent or a workflow that started agents
        Batch,   ///< the source gives them one batch id
        Span,    ///< spans of tools below one span, of which no message tells
    };
    Of of = Of::Message;
    Row owner = noRow;                   ///< the model call, agent or workflow; noRow: not recorded
    std::uint32_t call = TreeCall::none; ///< the call (of an agent) inside of which the owner ran; none: outermost
    std::vector<std::uint32_t> calls;    ///< in the order in which they were asked for
    TimeRange range;                     ///< from the first start to the last end
    Row joinedBy = noRow;                ///< the model call that was first given a result of it
    Nanos joined = noTime;               ///< when that one began
};

/// A row of the tree as a view shows it.
struct CallNode {
    enum class Of : std::uint8_t { Owner, Call };
    Of of = Of::Owner;
    std::uint32_t index = 0; ///< of Owner: the scope (an owner stands once for each of its scopes); of Call: the call
    std::uint32_t parent = TreeCall::none; ///< node
    std::uint32_t depth = 0;
    Row row = noRow; ///< its span
    TimeRange range;
    Nanos wait = -1;               ///< from being asked for to its start; -1: not recorded
    Nanos run = -1;                ///< -1: not recorded
    std::int64_t selfTokens = -1;  ///< of its span alone; -1: not recorded, or counted on another span
    std::int64_t totalTokens = -1; ///< with all below, each response once
    std::int64_t selfCost = -1;    ///< millionths; -1: not recorded, or of several currencies
    std::int64_t totalCost = -1;
    bool critical = false; ///< part of it is on the critical path of the trace
    StringId currency{};   ///< of the costs
    bool late = false;     ///< a call that ended after its results were joined: outside of its scope
};

struct CallTree {
    std::vector<TreeCall> calls;   ///< in the order in which they were asked for
    std::vector<CallScope> scopes; ///< by their beginning
    std::vector<CallNode> nodes;   ///< pre-order: a scope's owner, its calls, the scopes inside of each
    Nanos criticalTime = -1;       ///< of the trace; -1: not recorded
    bool timed = false;            ///< at least one call has a start and an end

    /// Calls with another pairing than Paired, those that nobody answered first.
    std::vector<std::uint32_t> unpaired() const;
};

/// The span columns that callTree() reads beside those that identify a span.
std::span<const SpanColumn> callTreeColumns();

/// Reads the content of every span of the trace once. O(bytes).
CallTree callTree(TraceReading& trace);

/// "not recorded", "ok", "failed", "timed out", "cancelled", "not seen to run"
std::string_view name(CallOutcome outcome);
/// It was called off, and went on: it ended later, or gave a result that was not asked for any more.
bool ranOn(const TreeCall& call);
/// Why a call is not paired, in a few words; empty for one that is.
std::string_view reasonOf(const TreeCall& call);

std::string_view name(CallPairing pairing); ///< "paired", "no result", "no call", "second result"

} // namespace arcscope
