// RecordedStream: the events of a recorded stream that one span carries, put into their order and checked.
#pragma once

#include "spanfacts.h"
#include "stream.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct EventAttribute {
    std::string_view key;
    FactValue value;
};

/// What follows the prefix in the name of an event of a recorded stream ("chunk"), empty for other events. The
/// prefix is "gen_ai.stream." or "arcscope.stream.", of its attributes, too.
std::string_view recordedStreamWord(std::string_view eventName);

/// Used for one span after the other. Ranges are in bytes: offsets in UTF-16 units or code points are converted by the
/// text that was recorded before them. Those in tokens, and those beyond that text, stay in the detail only.
class RecordedStream
{
public:
    void add(std::string_view word, Nanos time, std::span<const EventAttribute> attributes, SpanFacts& facts);
    bool empty() const { return m_events.empty(); }
    /// What is wrong with the stream, in words for the ledger. Puts it into the order of its sequence numbers.
    std::vector<std::string> check();
    /// Hands the events over and forgets them.
    void writeTo(StreamWriter& writer);

private:
    enum class OffsetUnit : std::uint8_t { Bytes, Utf16, CodePoints, Other };
    struct BlockText;
    struct Event {
        StreamEvent event;
        std::string text;
        std::string detail;
        std::string stream; ///< its id
        std::string draft;  ///< id of the draft that it offers or settles
        std::int64_t sequence = -1;
        std::int64_t tokens = -1; ///< of a draft, or accepted and rejected ones
        bool broken = false;      ///< an end that was not the protocol's
        OffsetUnit unit = OffsetUnit::Bytes;
        std::string branch;
    };

    static void read(Event& event, const EventAttribute& attribute, SpanFacts& facts);
    void settleRanges();
    void settleDrafts(std::vector<std::string>& wrong);

    std::vector<Event> m_events;
};

} // namespace arcscope
