// StreamSample: what one stream adds to a picture of many: its waiting, stalls, speed, drafts, withdrawals and end.
#pragma once

#include "spantable.h"
#include "streamphases.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// How a stream ended, as far as its events say.
enum class StreamEnding : std::uint8_t {
    Ended,       ///< by the terminal event of its protocol
    Stopped,     ///< with a stop word, without a terminal event
    Failed,      ///< with an error
    BrokeOff,    ///< begun and never ended, as StreamRule::NoTerminal has it
    NotRecorded, ///< its source records no ends of streams, or no stream at all
};
inline constexpr int streamEndingCount = 5;
std::string_view name(StreamEnding ending); ///< "ended", "stopped", "failed", "broke off", "not recorded"

/// Of a span with stream events, or of a model call whose source states when its first token came. Lengths are
/// noTime, counts -1 where they are not recorded.
struct StreamSample {
    Row row = noRow;
    StringId model; ///< served, else requested
    StringId promptName;
    StringId promptVersion;
    StringId service;
    StringId provider;
    std::uint32_t surface = 0; ///< StreamSamples::surfaces; 0: not recorded
    std::uint32_t events = 0;
    Nanos start = noTime; ///< the request, else the first event

    Nanos firstToken = noTime; ///< from the request to the first content of any block
    /// Measured: by an event. Declared: stated by the source for the span. Inferred: when the request was sent is, or
    /// is taken to be the first event.
    Provenance firstTokenSource = Provenance::NotRecorded;
    Nanos firstVisible = noTime; ///< from the request to the first content that a user reads

    /// Behind the first token: the wait before it is firstToken. All noTime or 0 without times.
    Nanos longestStall = noTime; ///< 0: there is none
    Nanos stalled = noTime;
    std::uint32_t stalls = 0;
    Nanos length = noTime;  ///< from the request to the end
    Nanos writing = noTime; ///< from the first content to the last; none where both are one

    std::int64_t tokens = -1;      ///< counted by the source: output, and reasoning where the stream shows it
    std::int64_t inputTokens = -1; ///< all classes of input
    std::uint64_t shownBytes = 0;
    std::uint64_t laterBytes = 0; ///< of them, those that came behind the first content
    std::uint64_t withdrawnBytes = 0;
    std::uint32_t retractions = 0;
    std::int64_t draftTokens = -1; ///< of settled drafts
    std::int64_t acceptedTokens = -1;
    std::uint64_t draftBytes = 0;
    std::uint64_t acceptedBytes = 0;
    StreamEnding ending = StreamEnding::NotRecorded;
};

/// The streams of a corpus, by row.
struct StreamSamples {
    std::vector<StreamSample> all;
    std::vector<std::string> surfaces{std::string()};

    std::uint32_t surfaceNamed(std::string_view name);
    /// Takes over what was read by another thread.
    void append(StreamSamples other);
};

/// The span columns that sampleOf() reads of its row.
std::span<const SpanColumn> sampleColumns();

/// What the span of a stream records.
StreamSpanTimes spanTimesOf(const SpanTable& spans, Row row);

/// Of a stream without events what its span says.
void addSample(StreamSamples& samples, const Corpus& corpus, Row row, const StreamModel& model);

/// Whether there is something to sample without stream events: a model call with a stated first token.
bool statesFirstToken(const SpanTable& spans, Row row);

/// What is compared between groups. Durations are in seconds, Acceptance is a share.
enum class StreamMetric : std::uint8_t {
    FirstToken,
    FirstVisible,
    LongestStall,
    TokenSpeed, ///< tokens a second, where tokens are counted
    ByteSpeed,  ///< bytes a second, where they are not
    Acceptance, ///< of drafted tokens, of bytes where tokens are not counted
    Withdrawn,  ///< bytes
};
inline constexpr int streamMetricCount = 7;
/// "ttft", "first_visible", "longest_stall", "tokens_per_second", "bytes_per_second", "acceptance", "withdrawn_bytes"
std::string_view name(StreamMetric metric);

/// Values of a metric for people: "1.25 s", "41.3", "78 %", "1204".
std::string metricText(StreamMetric metric, double value);
/// Whether its values are seconds.
bool isDuration(StreamMetric metric);

struct MetricValue {
    double value = 0;
    Provenance source = Provenance::Measured;
};

/// Nothing where it is not recorded.
std::optional<MetricValue> valueOf(const StreamSample& sample, StreamMetric metric);

} // namespace arcscope
