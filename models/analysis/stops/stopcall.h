// A model call as the rules of stops see it: its word, what it left, and what its trace knows of it.
#pragma once

#include "detector.h"
#include "stoprules.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace arcscope
{

/// A piece of the answer.
struct StopText {
    TextPlace place;
    std::string_view text;
    std::string_view name; ///< of a tool call
    std::string_view id;
};

/// Says what an action is claimed that no call did, or whose call failed.
struct FalseClaim {
    bool failed = false;
    TextPlace place;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

/// What only the trace as a whole tells of a call.
struct StopSurroundings {
    bool tools = false;     ///< any tool was called in the trace
    bool answered = false;  ///< a result of one of its calls, or a later model call, is recorded
    bool toolRan = false;   ///< a tool ran behind it, before the next model call
    bool askedNext = false; ///< the next model call of its conversation asks for a tool, and no user spoke in between
    int repeats = 0;        ///< equal calls of tools in a row right before it
    bool sameResults = false;
    bool openItems = false; ///< in the list of what is to be done that was written last, some were never begun
    std::optional<FalseClaim> falseClaim;
};

/// What the word of a call or run claims. Numbers count where the provider or model is one of Google, whose protocol
/// buffers number the reasons: those that mean the same in all versions of them.
StopClaim claimOf(const Corpus& corpus, Row row);

/// Views live as long as the call.
struct StoppedCall {
    StoppedCall(TraceReading& trace, Row row, const StopSurroundings& around);

    const Corpus& corpus;
    Row row = noRow;
    const StopSurroundings& around;
    std::string_view word;
    StopClaim claim = StopClaim::Unknown;
    std::shared_ptr<const SpanContent> content; ///< null: it cannot be read
    std::shared_ptr<const StreamAnalysis> stream;
    bool outputKnown = false;        ///< the record has an output, which may be empty
    bool other = false;              ///< something in the output is neither text nor call: media
    std::vector<StopText> texts;     ///< for a user to read, without white space around nothing
    std::vector<StopText> calls;     ///< of tools that others are to run
    std::optional<StopText> refusal; ///< a part that the vendor marks as one

    /// The text that the answer ends with; null: it ends with none, or something follows it.
    const StopText* lastText() const { return texts.empty() || !calls.empty() ? nullptr : &texts.back(); }
    /// Its vendor has no word of its own for calls of tools: where it asks for some it says that it is complete.
    bool hasNoWordForCalls() const;
    /// The vendor's word says that it ended by itself, or says nothing.
    bool endsCleanly() const;
};

/// A rule that holds.
struct StopHit {
    StopRuleId rule = StopRuleId::NoEvidence;
    TextPlace place;
    std::int64_t from = -1;
    std::int64_t to = -1;
    std::uint16_t flags = 0; ///< of StopFlag
};
using StopHits = std::vector<StopHit>;

} // namespace arcscope
