// EventLog: puts the interleaved streams of an event log together, one response per stream id.
#pragma once

#include "streamreading.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace arcscope
{

/// A line of an event log: {"ts":ns,"stream":"id","event":"type","data":{…}}, or with t_wall_ns, and raw, a string that
/// holds the event.
///
/// A stream goes to the sink when `pendingStreams` others have ended after it, so that what comes shortly after its
/// stop still belongs to it; later events are counted in the ledger. Open streams are bounded by `maxOpenBytes`.
/// Deltas of exactly the known form are kept in the stream only; all other lines are the record of the response.
class EventLog
{
public:
    EventLog(SpanSink& sink, const StreamVendor& vendor)
        : m_sink(sink)
        , m_vendor(vendor)
    {
    }

    /// Takes a delta of a stream that has begun, in the most frequent form; false for all else.
    bool take(std::string_view line);
    /// Whether the value has the form of a line; then it was taken.
    bool take(const JsonObject& line, std::string_view raw, std::int64_t byte);
    void finish();
    bool used() const { return m_used; }

private:
    static constexpr std::size_t pendingStreams = 256;
    static constexpr std::size_t maxOpenBytes = std::size_t(512) << 20;
    static constexpr std::size_t maxRemembered = std::size_t(1) << 22;

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Open {
        StreamedResponse response;
        bool ended = false;
        std::size_t counted = 0;
        std::size_t slot = 0; ///< in m_recent
    };
    using Streams = std::unordered_map<std::string, std::unique_ptr<Open>, Hash, std::equal_to<>>;

    /// The streams that were looked up last, by a few bits of their ids.
    struct Recent {
        std::string_view id; ///< key of m_streams
        Open* open = nullptr;
    };
    static constexpr std::size_t recentStreams = 4'096;

    Open* openStream(std::string_view id);
    Open* streamOf(std::string_view id, std::int64_t byte);
    void taken(Open& open, std::string_view id);
    void flush(const std::string& id, const char* why);

    SpanSink& m_sink;
    const StreamVendor& m_vendor;
    IssueTally m_tally;
    Streams m_streams;
    std::vector<Recent> m_recent = std::vector<Recent>(recentStreams);
    std::deque<std::string> m_ended;
    std::unordered_set<std::uint64_t> m_flushed; ///< hashes of ids
    std::size_t m_openBytes = 0;
    std::string m_scratch;
    bool m_used = false;
};

} // namespace arcscope
