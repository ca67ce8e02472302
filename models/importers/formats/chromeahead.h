// ChromeAhead: reads single events of a Chrome trace, and makes spans of those that need no other event.
#pragma once

#include "chromeevent.h"
#include "recordsahead.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

/// How the events of a phase are told from others.
enum class ChromePhase : std::uint8_t { Slice, Instant, Begin, End, Flow, Other };
ChromePhase phaseOf(const ChromeEvent& event);
/// Whether they belong to an asynchronous id and not to a thread.
bool isAsynchronous(const ChromeEvent& event);

/// Sets ids, name, place and start of a span from the event that begins it; its trace may be none.
void identify(const ChromeEvent& event, std::uint64_t byte, SpanSink& sink, SpanRecord& span);
/// Sets a measured time, which may be noTime.
void setTime(Nanos& into, Fact fact, Nanos time, SpanRecord& span);

/// A reader for RecordsAhead.
class ChromeAhead
{
public:
    struct Record {
        ChromeEvent event;
        std::uint64_t track = 0;
        SpanRecord span; ///< of a Slice or Instant
        /// Values of the span that are there and cannot be read; null for none.
        const std::vector<std::string>* bad = nullptr;

        void translate(const TextMap& texts);
    };

    explicit ChromeAhead(SpanSink& sink)
        : m_sink(sink)
    {
    }
    bool read(const SplitEvent& event, BatchMemory& memory, Record& record);

private:
    std::uint64_t trackOf(const ChromeEvent& event);

    SpanSink& m_sink;
    JsonParser m_parser;
    JsonParser m_spare;
    SpanFacts m_facts;
    std::string m_process; ///< of the last event on a thread, with
    std::string m_thread;
    std::uint64_t m_track = 0;
};

} // namespace arcscope
