// What was said in a trace, piece by piece and each once, although every later call repeats the history in its input.
#pragma once

#include "detector.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

/// A part of a message, or what a tool was given or gave back, where it was first recorded.
struct Turn {
    Row row = noRow;
    TextPlace place;
    Nanos time = noTime; ///< input: the start of its span; output: its end; noTime: not recorded
    Role role = Role::Other;
    PartKind kind = PartKind::Text;
    std::string text;   ///< at most maxTurnText bytes of it
    std::string author; ///< of the message, else the agent of a span that answers, the user of one that asks
    std::string tool;   ///< of calls and of results that name it
    std::string callId;
    bool failed = false;      ///< a result marked as an error
    bool repeats = false;     ///< another thread has it, too
    std::uint64_t words = 0;  ///< equal for equal text but for white space
    std::uint32_t thread = 0; ///< in Conversation::threads

    bool isSaid() const { return kind == PartKind::Text || kind == PartKind::Refusal; }
    bool isUsers() const { return role == Role::User && isSaid(); }
    bool isAssistants() const { return role == Role::Assistant && isSaid(); }
};

/// Turns of one conversation, in the order in which they came: indices into Conversation::turns.
using Thread = std::vector<std::uint32_t>;

struct Conversation {
    std::vector<Turn> turns;
    std::vector<Thread> threads;
    bool whole = true; ///< false: the trace has more than maxTurns, and the later ones are left out

    const Turn& at(const Thread& thread, std::size_t index) const { return turns[thread[index]]; }
};

inline constexpr std::size_t maxTurns = 20'000;
inline constexpr std::size_t maxTurnText = 262'144;

/// Calls whose inputs repeat each other are one thread; so is what a session log tells span by span. Another system
/// prompt, a call that was made again with the same input, and what runs within a tool call are threads of their own.
/// Spans around model calls repeat them and are left out. Of joined traces joinThreads(). O(text) of the spans in time,
/// and of what is not repeated in memory.
Conversation conversationOf(TraceReading& trace);

/// Turn::words of a text: white space is written differently by the same emitter.
std::uint64_t turnWords(std::string_view text, Role role, PartKind kind);

/// The bytes of a turn that a finding shows.
FindingPlace placeOf(const Turn& turn, std::size_t from, std::size_t to);
FindingPlace placeOf(const Turn& turn); ///< its beginning

} // namespace arcscope
