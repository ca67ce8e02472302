// What analysis says of a stream and a view draws: phases, stalls, loops, with where each comes from.
#pragma once

#include "streammodel.h"

#include <string>
#include <vector>

namespace arcscope
{

enum class StreamPhaseKind : std::uint8_t {
    Waiting,   ///< from the request to the first sign of an answer
    Opening,   ///< from the first event to the first content
    Reasoning, ///< from the first content to the first that a user can see
    Answering, ///< until the last content
    Closing,   ///< from the last content to the end
    // What the server or the client library says it did; see StreamMarks::stated.
    Queueing,
    Loading, ///< the model into memory
    Prefill, ///< the prompt is read
    Decoding,
    Connecting, ///< names looked up, connection and encryption set up, waiting for one that is free
    Sending,
    Answered, ///< from the last byte sent to the first one received
    Receiving,
};

/// How a boundary of a phase is known.
enum class PhaseSource : std::uint8_t {
    Measured, ///< both ends have recorded times
    Declared, ///< the source states it as a duration or a moment
    Bounded,  ///< at least one end is only known to lie before or after it
};

struct StreamPhase {
    StreamPhaseKind kind = StreamPhaseKind::Waiting;
    TimeRange range;
    PhaseSource source = PhaseSource::Measured;
};

/// A stretch of a stream that a rule points at.
struct StreamStretch {
    enum class Kind : std::uint8_t { Stall, Loop };
    Kind kind = Kind::Stall;
    TimeRange range;              ///< of a stall
    std::uint32_t firstEvent = 0; ///< of a loop: the events that brought its first and its last byte
    std::uint32_t lastEvent = 0;
    std::uint32_t block = noEvent; ///< of a loop
    std::uint32_t repeats = 0;     ///< of a loop: whole ones
    std::uint32_t period = 0;      ///< of a loop, in words and signs
    std::string what;              ///< one sentence for people
};

/// Two places of one block that do not say the same.
struct StreamLink {
    std::uint32_t block = noEvent;
    std::uint32_t from = noEvent; ///< the event that showed the first of the earlier text
    std::uint32_t to = noEvent;   ///< the event that showed the first of the later one
    std::string what;             ///< one sentence
};

struct StreamMarks {
    std::vector<StreamPhase> phases; ///< by time, not overlapping
    /// Durations as the server or the client states them, by time, not overlapping. Their lengths are declared; where
    /// they lie is not recorded: one behind the other from the request on, or up to the first content.
    std::vector<StreamPhase> stated;
    std::vector<StreamStretch> stretches;
    std::vector<StreamLink> links; ///< by `from`
};

std::string_view name(StreamPhaseKind kind); ///< "waiting", "opening", …, "prefill"
std::string_view name(PhaseSource source);   ///< "measured", "declared", "bounded"

} // namespace arcscope
