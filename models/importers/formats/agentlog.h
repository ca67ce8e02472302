// AgentLog: what readers of the session logs of agents share: the spans of a session, and calls held until complete.
#pragma once

#include "recordreading.h"
#include "spanrecord.h"

#include <array>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace arcscope
{

/// A span that is not complete yet, with its record so far and the place where it began.
struct HeldSpan {
    SpanRecord span;
    std::string record;
    StreamWriter stream;
    std::array<std::string, 2> rest; ///< of its outputs: bytes of a character whose end is still to come
    std::int64_t line = -1;
    std::int64_t byte = -1;
    bool answered = false; ///< of a call: its result was read
    bool ended = false;    ///< of a call: its end is measured, nothing later moves it
};

/// A point or a stretch of time; noTime stays not recorded, and so does its provenance.
void setStart(SpanRecord& span, Nanos time, Provenance known);
void setEnd(SpanRecord& span, Nanos time, Provenance known);
/// Makes the span as long as it takes to contain `time`, inferred.
void widen(SpanRecord& span, Nanos time);
/// Token counts as a model call has them; false where the classes contradict each other.
bool setUsage(SpanRecord& span, const RawUsage& usage, UsageDialect dialect);
/// Keeps the span an error, with its type where there is one.
void setFailed(SpanSink& sink, SpanRecord& span, std::string_view errorType);

/// Spans of one session after the other: trace = session, and "session:ID" the span around everything in it. Calls of
/// tools are held from the record that asks to the record that answers, at most `maxHeldBytes` of records.
class AgentLog
{
public:
    /// `program`: as people know it. `fallbackId`: the session of records that name none.
    AgentLog(SpanSink& sink, std::string_view program, std::string_view fallbackId)
        : m_sink(sink)
        , m_program(program)
        , m_id(fallbackId)
    {
    }

    SpanSink& sink() { return m_sink; }
    IssueTally& tally() { return m_tally; }
    /// Where the record stands that is read now.
    void at(const SplitEvent& event);
    std::int64_t line() const { return m_line; }
    std::int64_t byte() const { return m_byte; }
    /// Counts a finding about the present record.
    void issue(Severity severity, IssueKind kind, std::string message);
    /// Counts a record that is read and not shown as a span of its own.
    void notShown(std::string_view what);
    /// A time of the present record; a missing one is counted.
    Nanos timeOf(std::string_view text);

    /// Another session begins; what was held of the one before is given.
    void begin(std::string_view id);
    const std::string& id() const { return m_id; }
    /// Whether anything of the session was read.
    bool hasSession() const { return m_begun; }
    /// The span of the session, synthetic until its own record is appended.
    HeldSpan& session();
    /// Something of the session happened then.
    void seen(Nanos time);

    /// A span of the session, below it until another parent is set, that begins with the present record.
    SpanRecord newSpan(SpanKind kind, std::string_view id, std::string_view name);
    HeldSpan newHeld(SpanKind kind, std::string_view id, std::string_view name);
    Row give(HeldSpan& held);
    /// A span without length: something that happened at one time.
    Row moment(std::string_view id, std::string_view name, std::string_view raw, Nanos time, Id parent,
               std::int64_t messages = notRecorded);
    /// The same for something that went wrong.
    void failure(std::string_view id, std::string_view name, std::string_view raw, Nanos time, Id parent,
                 std::string_view errorType);

    /// The call of that id that is held, or null.
    HeldSpan* call(std::string_view id);
    /// Holds a call of a tool; null where the id was used before (which is counted).
    HeldSpan* ask(std::string_view id, std::string_view tool, std::string_view record, Nanos time, Id parent);
    /// A result or an end without its call: a call that is held from here.
    HeldSpan& askUnseen(std::string_view id, std::string_view name, Id parent);
    /// Appends a record to a span; its records stand one after another, a line each.
    void append(HeldSpan& held, std::string_view raw);
    /// Adds to the stream of a span.
    void addEvent(HeldSpan& held, const StreamEvent& event);
    /// Gives one call, or all of them; those without an answer are counted. `keep`: of all, those that it is true for
    /// stay.
    void giveCall(std::string_view id);
    void giveCalls(bool (*keep)(const HeldSpan& call) = nullptr);
    /// Gives the oldest calls where too much is held.
    void bound();
    /// Gives the calls and the session.
    void end() { endSession(); }
    /// The same, and reports what was counted.
    void finish();

private:
    static constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;
    static constexpr std::size_t maxHeldCalls = 100'000;

    using Calls = std::list<std::pair<std::string, HeldSpan>>;
    SpanRecord momentSpan(std::string_view id, std::string_view name, Nanos time, Id parent);
    HeldSpan& hold(std::string_view id, std::string_view name);
    Calls::iterator give(Calls::iterator call);
    void endSession();

    SpanSink& m_sink;
    IssueTally m_tally;
    std::string m_program;
    std::string m_id;
    HeldSpan m_session;
    bool m_begun = false;
    Calls m_calls; ///< in the order in which they were asked for
    std::unordered_map<std::string, Calls::iterator> m_byId;
    std::unordered_set<std::uint64_t> m_given; ///< hashes of ids of calls
    std::size_t m_heldBytes = 0;
    std::int64_t m_line = -1;
    std::int64_t m_byte = -1;
};

} // namespace arcscope
