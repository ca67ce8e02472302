// The steps of one run of a task: what was said, which tools and agents were called, what each model call was given.
#pragma once

#include "calltree.h"
#include "detector.h"
#include "replaystep.h"
#include "stopsurvey.h"
#include "textsketch.h"
#include "toolwords.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// How a tool came by its result, as its span says.
enum class ToolMode : std::uint8_t { NotRecorded, Live, Recorded, Stubbed };

struct RunStep {
    static constexpr std::uint32_t none = ReplaySide::none;

    ReplayStepKind kind = ReplayStepKind::Answer;
    std::uint32_t parent = none; ///< the step of the call that it lies within
    std::uint32_t depth = 0;
    std::uint32_t end = 0; ///< behind the last step within it
    Row row = noRow;
    TextPlace place;
    std::string text; ///< what is said; of a call its arguments; at most 256 KB
    std::string tool; ///< of a call: tool or agent; of an answer its author
    Row resultRow = noRow;
    TextPlace resultPlace;
    std::string result;          ///< of a call, the first 4 KB
    std::uint64_t words = 0;     ///< equal for equal texts but for white space; of calls for equal tool and arguments
    std::uint64_t resultKey = 0; ///< equal for equal results; 0: not recorded
    CallOutcome outcome = CallOutcome::Unknown;
    ToolEffect effect = ToolEffect::Unknown;
    ToolMode mode = ToolMode::NotRecorded;
    bool memory = false;                     ///< the tool is named a memory
    bool retrieval = false;                  ///< documents that were given
    bool gone = false;                       ///< of documents: one says that it was deleted
    Row call = noRow;                        ///< the model call that made it; noRow: none
    StopBucket bucket = StopBucket::Unknown; ///< of an answer that its call ends with
    bool toUser = false; ///< an answer that a user was given: the last before a user's turn, or of the run
    Nanos time = noTime;
    TextSketch sketch;

    bool isModels() const
    {
        return kind == ReplayStepKind::Answer || kind == ReplayStepKind::ToolCall || kind == ReplayStepKind::Agent;
    }
    bool isCall() const { return kind == ReplayStepKind::ToolCall || kind == ReplayStepKind::Agent; }
    bool failed() const { return outcome == CallOutcome::Failed || outcome == CallOutcome::TimedOut; }
};

/// What is recorded of what one model call was given.
struct CallContext {
    /// Of all messages, ids of calls left out; 0: none is recorded, or only what is new since the last call (user's
    /// turns without any history, behind the first call of a conversation).
    std::uint64_t input = 0;
    std::uint64_t system = 0; ///< of the instructions among them
    std::uint64_t tools = 0;  ///< of the tools that were offered; 0: not recorded
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<double> seed;
    std::optional<double> maxTokens;
    std::int64_t cacheRead = noTokens;

    bool anyParameter() const { return temperature || topP || seed || maxTokens; }
    bool operator==(const CallContext&) const = default;
};

struct RunSteps {
    std::vector<RunStep> steps; ///< in order; what lies within a call stands behind it
    std::unordered_map<Row, CallContext> calls;
    std::string memory;    ///< version or snapshot of a memory that the run names; empty: not recorded
    std::string retrieval; ///< likewise of an index
    Nanos start = noTime;
    bool whole = true; ///< false: there were more turns than are read
};

/// `stops` are those of this trace (stopsOf()); others are not looked at. O(text) of the trace.
RunSteps runSteps(TraceReading& trace, std::span<const SpanStop> stops);

} // namespace arcscope
