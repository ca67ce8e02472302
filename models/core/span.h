// What a span is: its kind, status, and how each of its values is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace arcscope
{

enum class SpanKind : std::uint8_t {
    Other,
    Agent,
    ModelCall,
    ToolCall,
    Retrieval,
    Embedding,
    Guardrail,
    Evaluator,
    Workflow
};
inline constexpr int spanKindCount = 9;

enum class SpanStatus : std::uint8_t { Unset, Ok, Error, Cancelled };

/// Where a value comes from. Shown apart everywhere; never mixed silently.
enum class Provenance : std::uint8_t {
    NotRecorded, ///< the source has no such value
    Measured,    ///< the source's own clock or counter
    Declared,    ///< stated by the source about something else (a roll-up, a configured name)
    Inferred,    ///< ours, by a rule
};

/// The groups of values whose provenance is kept per span (two bits each). Status: of a status that the source's own
/// status field does not have.
enum class Fact : std::uint8_t { Start, End, Kind, Parent, Usage, Cost, Stop, Model, Status };
inline constexpr int factCount = 9;

/// The provenance of every Fact of one span in 32 bits; the form in which SpanColumn::Provenance holds it.
class ProvenanceSet
{
public:
    constexpr ProvenanceSet() = default;
    constexpr explicit ProvenanceSet(std::uint32_t bits)
        : m_bits(bits)
    {
    }

    constexpr Provenance of(Fact fact) const { return static_cast<Provenance>(m_bits >> shift(fact) & 3U); }
    constexpr void set(Fact fact, Provenance provenance)
    {
        m_bits = (m_bits & ~(3U << shift(fact))) | static_cast<std::uint32_t>(provenance) << shift(fact);
    }
    constexpr std::uint32_t bits() const { return m_bits; }
    constexpr bool operator==(const ProvenanceSet&) const = default;

private:
    static constexpr std::uint32_t shift(Fact fact) { return 2 * static_cast<std::uint32_t>(fact); }
    std::uint32_t m_bits = 0;
};

/// What was found out about a span when its corpus was put together (bits of SpanColumn::Flags).
enum class SpanFlag : std::uint32_t {
    Orphan = 1u << 0,        ///< names a parent that is not in the corpus
    Superseded = 1u << 1,    ///< a later record of the same span replaces it; not counted anywhere
    RollUpUsage = 1u << 2,   ///< its usage repeats that of spans below it; not summed
    RepeatedUsage = 1u << 3, ///< the same response is recorded on another span, which is summed instead
    OutsideParent = 1u << 4, ///< lies outside its parent's time
    CycleCut = 1u << 5,      ///< its parent link closed a cycle and was cut
    EndsBeforeStart = 1u << 6,
    Unfinished = 1u << 7,   ///< no end recorded
    Streamed = 1u << 8,     ///< stream events are recorded for it
    Synthetic = 1u << 9,    ///< made by the reader to group others (a session, a turn): not a record of the source
    NotExecuted = 1u << 10, ///< a tool call that was asked for; that it ran is not recorded
    OnCriticalPath = 1u << 11,
    Pending = 1u << 12,      ///< written when it began; the record of its end replaces it
    LogsJoined = 1u << 13,   ///< log records that tell of it are part of its record
    ClockAligned = 1u << 14, ///< its times are shown by another clock than the one that recorded them, see ClockOffset
};
constexpr std::uint32_t bit(SpanFlag flag)
{
    return static_cast<std::uint32_t>(flag);
}

/// Stable lower-case names: "agent", "model", "tool", "retrieval", "embedding", "guardrail", "evaluator", "workflow",
/// "other".
std::string_view name(SpanKind kind);
std::string_view name(SpanStatus status);     ///< "unset", "ok", "error", "cancelled"
std::string_view name(Provenance provenance); ///< "not recorded", "measured", "declared", "inferred"
std::optional<SpanKind> spanKindNamed(std::string_view wanted);
std::optional<SpanStatus> spanStatusNamed(std::string_view wanted);

} // namespace arcscope
