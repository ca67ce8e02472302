// StreamModel: one recorded stream unpacked: its events, its blocks, and every piece of text with when it was shown and
// when it was taken back.
#pragma once

#include "stream.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// No event: of what never happened.
inline constexpr std::uint32_t noEvent = std::numeric_limits<std::uint32_t>::max();

/// Where a fact about a stream comes from.
enum class StreamEvidence : std::uint8_t {
    Observed, ///< an event of the source says it of this text
    Declared, ///< the source states it of the whole
    Inferred, ///< it follows from other events
};

enum class RetractReason : std::uint8_t {
    NotRecorded,
    Refusal,
    ContentFilter,
    Guardrail,
    Fallback,
    Retry,
    Interrupt,
    UserCancel,
    SpeculationRejected,
    Superseded,
    Rollback,
    Other, ///< any other word, see the event's detail
};

/// Bytes that came with one event and share one fate. The pieces of a block lie end to end in the order in which they
/// came, which is also the order in which they are read: what replaces other text stands behind it.
struct TextPiece {
    std::uint64_t begin = 0; ///< byte of TextBlock::text
    std::uint64_t end = 0;
    std::uint32_t shown = 0;            ///< the event that brought it
    std::uint32_t accepted = noEvent;   ///< of a draft: the event that accepted it
    std::uint32_t withdrawn = noEvent;  ///< the event that took it back
    std::uint32_t retraction = noEvent; ///< StreamModel::retractions
    bool draft = false;                 ///< was speculative when it was shown

    bool visibleAt(std::uint32_t event) const { return shown <= event && withdrawn > event; }
};

/// A part of a response that grows: text, reasoning, the arguments of one tool call.
struct TextBlock {
    BlockType type = BlockType::Text;
    std::uint32_t index = 0;
    std::uint32_t choice = 0;
    std::string name;                   ///< of a tool
    std::uint32_t firstEvent = noEvent; ///< with this block
    std::uint32_t lastEvent = noEvent;
    std::uint32_t opened = noEvent; ///< BlockStart
    std::uint32_t closed = noEvent; ///< BlockEnd
    std::string text;               ///< everything that ever came, in that order
    std::vector<TextPiece> pieces;

    std::string_view textOf(const TextPiece& piece) const
    {
        return std::string_view(text).substr(piece.begin, piece.end - piece.begin);
    }
    /// Pieces that came with the events up to this one.
    std::span<const TextPiece> piecesUntil(std::uint32_t event) const;
    /// What could be read of it after an event. Cost: its pieces.
    std::string textAt(std::uint32_t event) const;
};

/// Text that was shown and taken back by one event.
struct Retraction {
    std::uint32_t event = 0;
    std::uint32_t block = 0; ///< StreamModel::blocks
    std::uint64_t begin = 0; ///< bytes of TextBlock::text; what was gone before lies between where `bytes` is less
    std::uint64_t end = 0;
    std::uint64_t bytes = 0;
    std::uint32_t firstShown = 0; ///< the event that showed the oldest of it
    Nanos exposure = noTime;      ///< how long the oldest of it stood there; noTime: not recorded
    RetractReason reason = RetractReason::NotRecorded;
    StreamEvidence evidence = StreamEvidence::Observed;
    bool drafts = false; ///< all of it was speculative
};

/// A draft and what became of it.
struct DraftBlock {
    std::uint32_t event = 0;
    std::uint32_t block = 0;
    std::uint32_t settled = noEvent; ///< the event that accepted or withdrew it
    std::uint64_t begin = 0;         ///< bytes of TextBlock::text
    std::uint64_t end = 0;
    std::uint64_t acceptedBytes = 0;
    std::int64_t tokens = -1; ///< as recorded; -1: not recorded
    std::int64_t acceptedTokens = -1;
    std::int64_t rejectedTokens = -1;
};

/// Everything before this byte of the text then shown is final.
struct CommitPoint {
    std::uint32_t event = 0;
    std::uint32_t block = 0;
    std::uint64_t byte = 0; ///< of TextBlock::text
};

/// Built once, then constant: safe to share between threads. The views of its events live as long as it does.
class StreamModel
{
public:
    /// About 100 bytes an event beside the text. Ranges that lie outside of the text are cut to it.
    static std::shared_ptr<const StreamModel> of(PackedStream stream);

    const std::vector<StreamEvent>& events() const { return m_events; }
    const std::vector<TextBlock>& blocks() const { return m_blocks; }
    const std::vector<Retraction>& retractions() const { return m_retractions; }
    const std::vector<DraftBlock>& drafts() const { return m_drafts; }
    const std::vector<CommitPoint>& commits() const { return m_commits; }
    /// TextBlock of an event; noEvent where it has none (a usage record, the end).
    std::uint32_t blockOf(std::uint32_t event) const { return m_blockOf[event]; }

    /// Whether any event has a time.
    bool timed() const { return m_timed; }
    /// Time of an event on a clock that never goes back: the recorded one, that of the event before where none is
    /// recorded or it is earlier. noTime before the first recorded one.
    Nanos clock(std::uint32_t event) const { return m_timed ? m_clock[event] : noTime; }
    /// The last event at or before a time; noEvent before all.
    std::uint32_t eventAt(Nanos time) const;

private:
    friend class StreamReplay;

    PackedStream m_stream;
    std::vector<StreamEvent> m_events;
    std::vector<std::uint32_t> m_blockOf;
    std::vector<Nanos> m_clock; ///< empty where no event has a time
    std::vector<TextBlock> m_blocks;
    std::vector<Retraction> m_retractions;
    std::vector<DraftBlock> m_drafts;
    std::vector<CommitPoint> m_commits;
    bool m_timed = false;
};

std::string_view name(StreamEvidence evidence); ///< "observed", "declared", "inferred"
std::string_view name(RetractReason reason);    ///< "refusal", "speculation_rejected", …; "not recorded"

} // namespace arcscope
