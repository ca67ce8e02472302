// RecordedStream: the events of a recorded stream that one span carries, put into their order and checked.
#pragma once

#include "recordedevent.h"
#include "spanfacts.h"
#include "streamrules.h"

#include <span>
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

/// Used for one span after the other. Ranges come out in bytes of the text that is shown when the event comes: see
/// StreamWalk. Offsets that are not used as they stand are in the detail as they were recorded.
class RecordedStream
{
public:
    void add(std::string_view word, Nanos time, std::span<const EventAttribute> attributes, SpanFacts& facts);
    bool empty() const { return m_events.empty(); }
    /// Which rules the events break. Puts them into the order of their numbers, and their ranges into bytes.
    std::vector<StreamDefect> check();
    /// Hands the events over and forgets them.
    void writeTo(StreamWriter& writer);

private:
    static void read(RecordedEvent& event, const EventAttribute& attribute, SpanFacts& facts);
    void order(StreamDefects& defects);

    std::vector<RecordedEvent> m_events;
};

} // namespace arcscope
