#include "streamsample.h"

#include "jsonescape.h"
#include "streamdetail.h"
#include "streamfigures.h"
#include "streamstalls.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::array<std::string_view, streamEndingCount> endingNames{"ended", "stopped", "failed", "broke off",
                                                                      "not recorded"};
constexpr std::array<std::string_view, streamMetricCount> metricNames{
    "ttft", "first_visible", "longest_stall", "tokens_per_second", "bytes_per_second", "acceptance", "withdrawn_bytes"};

StreamEnding endingOf(const StreamModel& model, const StreamMoments& moments)
{
    bool begun = false;
    bool stopped = false;
    bool failed = false;
    bool content = false;
    for (const StreamEvent& event : model.events()) {
        begun = begun || event.kind == StreamEventKind::Start;
        stopped = stopped || event.kind == StreamEventKind::Stop;
        failed = failed || event.kind == StreamEventKind::Error;
        content = content || event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft;
    }
    if (failed)
        return StreamEnding::Failed;
    if (moments.hasTerminal)
        return StreamEnding::Ended;
    if (stopped)
        return StreamEnding::Stopped;
    return content && (begun || !moments.endRecorded) ? StreamEnding::BrokeOff : StreamEnding::NotRecorded;
}

/// What its `start` says of where the text is shown.
std::string surfaceOf(const StreamModel& model)
{
    for (const StreamEvent& event : model.events()) {
        if (event.kind == StreamEventKind::Start)
            return unescapeJson(detailValue(event.detail, "surface"));
    }
    return {};
}

void addCount(std::int64_t& sum, std::int64_t count)
{
    if (count >= 0)
        sum = saturatedSum(std::max<std::int64_t>(sum, 0), count);
}

void takeUsage(const SpanTable& spans, Row row, const StreamModel& model, StreamSample& sample)
{
    const Usage usage = spans.usage(row);
    for (const UsageClass each : {UsageClass::Input, UsageClass::CacheRead, UsageClass::CacheWrite,
                                  UsageClass::CacheWriteLong, UsageClass::AudioInput})
        addCount(sample.inputTokens, usage[each]);
    addCount(sample.tokens, usage[UsageClass::Output]);
    const auto isReasoning = [](const TextBlock& block) { return block.type == BlockType::Reasoning; };
    if (std::any_of(model.blocks().begin(), model.blocks().end(), isReasoning))
        addCount(sample.tokens, usage[UsageClass::Reasoning]);
}

/// A stream that begins with its span: the first event of a provider is part of the answer, so that the start is not
/// that of the request. In a recording `start` is the request, with attributes of its own.
bool startsWithAnswer(const StreamModel& model, const StreamSpanTimes& times, const StreamMoments& moments)
{
    if (moments.firstEvent == noTime || moments.firstEvent != times.start)
        return false;
    const StreamEvent& first = model.events().front();
    return first.kind != StreamEventKind::Start || first.detail.empty();
}

Nanos notBefore(Nanos length)
{
    return length == noTime || length < 0 ? noTime : length;
}

void takeTimes(const StreamModel& model, const StreamSpanTimes& times, const StreamMoments& moments, bool startInferred,
               StreamSample& sample)
{
    sample.start = times.start != noTime ? times.start : moments.firstEvent;
    sample.firstToken = notBefore(moments.sinceSent(moments.firstContent));
    sample.firstVisible = notBefore(moments.sinceSent(moments.firstVisible));
    if (startInferred && sample.firstToken == 0) // the first token is what the start was taken from
        sample.firstToken = sample.firstVisible = noTime;
    if (sample.firstToken != noTime) {
        sample.firstTokenSource = startInferred ? Provenance::Inferred : Provenance::Measured;
    } else if (moments.firstContent == noTime && times.firstToken != noTime && times.start != noTime) {
        sample.firstToken = times.firstToken - times.start;
        sample.firstTokenSource = Provenance::Declared;
    }
    if (moments.firstContent == noTime)
        return;
    sample.length = notBefore(moments.sinceSent(moments.over));
    if (moments.lastContent > moments.firstContent)
        sample.writing = moments.lastContent - moments.firstContent;
    sample.longestStall = sample.stalled = 0;
    for (const Stall& stall : stallsOf(model, times)) {
        if (stall.place == StallPlace::BeforeFirst)
            continue;
        ++sample.stalls;
        sample.longestStall = std::max(sample.longestStall, stall.length);
        sample.stalled = saturatedSum(sample.stalled, stall.length);
    }
}

} // namespace

std::string_view name(StreamEnding ending)
{
    return endingNames[static_cast<std::size_t>(ending)];
}

std::string_view name(StreamMetric metric)
{
    return metricNames[static_cast<std::size_t>(metric)];
}

std::uint32_t StreamSamples::surfaceNamed(std::string_view name)
{
    const auto index = std::find(surfaces.begin(), surfaces.end(), name) - surfaces.begin();
    if (static_cast<std::size_t>(index) == surfaces.size())
        surfaces.emplace_back(name);
    return static_cast<std::uint32_t>(index);
}

void StreamSamples::append(StreamSamples other)
{
    all.reserve(all.size() + other.all.size());
    for (StreamSample& sample : other.all) {
        sample.surface = surfaceNamed(other.surfaces[sample.surface]);
        all.push_back(sample);
    }
}

std::span<const SpanColumn> sampleColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all{
            SpanColumn::Start,
            SpanColumn::Duration,
            SpanColumn::FirstToken,
            SpanColumn::Kind,
            SpanColumn::Flags,
            SpanColumn::Provenance,
            SpanColumn::StreamEvents,
            columnOf(SpanText::ModelServed),
            columnOf(SpanText::ModelRequested),
            columnOf(SpanText::PromptName),
            columnOf(SpanText::PromptVersion),
            columnOf(SpanText::Service),
            columnOf(SpanText::Provider),
        };
        for (int i = 0; i < usageClassCount; ++i)
            all.push_back(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i));
        return all;
    }();
    return columns;
}

StreamSpanTimes spanTimesOf(const SpanTable& spans, Row row)
{
    StreamSpanTimes times;
    times.start = spans.start(row);
    const Nanos length = spans.duration(row);
    if (times.start != noTime && length >= 0)
        times.end = times.start + length;
    const Nanos firstToken = spans.at(SpanColumn::FirstToken, row);
    if (times.start != noTime && firstToken >= 0)
        times.firstToken = times.start + firstToken;
    return times;
}

bool statesFirstToken(const SpanTable& spans, Row row)
{
    return spans.kind(row) == SpanKind::ModelCall && spans.at(SpanColumn::FirstToken, row) >= 0 &&
           !spans.flagged(row, SpanFlag::Superseded);
}

void addSample(StreamSamples& samples, const Corpus& corpus, Row row, const StreamModel& model)
{
    const SpanTable& spans = corpus.spans;
    const StreamSpanTimes times = spanTimesOf(spans, row);
    const StreamMoments moments = momentsOf(model, times);
    StreamSample sample;
    sample.row = row;
    sample.events = static_cast<std::uint32_t>(model.events().size());
    sample.model = spans.text(SpanText::ModelServed, row);
    if (sample.model == StringId{})
        sample.model = spans.text(SpanText::ModelRequested, row);
    sample.promptName = spans.text(SpanText::PromptName, row);
    sample.promptVersion = spans.text(SpanText::PromptVersion, row);
    sample.service = spans.text(SpanText::Service, row);
    sample.provider = spans.text(SpanText::Provider, row);
    sample.surface = samples.surfaceNamed(surfaceOf(model));
    const bool inferred = spans.provenance(row).of(Fact::Start) == Provenance::Inferred;
    takeTimes(model, times, moments, inferred || startsWithAnswer(model, times, moments), sample);
    takeUsage(spans, row, model, sample);
    const StreamFigures figures = figuresOf(model);
    sample.shownBytes = sample.laterBytes = figures.shownBytes;
    for (const StreamEvent& event : model.events()) {
        const bool content = event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft;
        if (content && event.time != noTime && event.time <= moments.firstContent)
            sample.laterBytes -= std::min<std::uint64_t>(sample.laterBytes, event.text.size());
    }
    sample.withdrawnBytes = figures.withdrawnBytes;
    sample.retractions = static_cast<std::uint32_t>(figures.retractions);
    sample.draftTokens = figures.draftTokens;
    sample.acceptedTokens = figures.acceptedTokens;
    sample.draftBytes = figures.draftBytes;
    sample.acceptedBytes = figures.acceptedBytes;
    sample.ending = endingOf(model, moments);
    samples.all.push_back(sample);
}

bool isDuration(StreamMetric metric)
{
    return metric == StreamMetric::FirstToken || metric == StreamMetric::FirstVisible ||
           metric == StreamMetric::LongestStall;
}

std::string metricText(StreamMetric metric, double value)
{
    if (isDuration(metric))
        return durationText(static_cast<Nanos>(std::llround(std::clamp(value, -9e9, 9e9) * second)));
    if (metric == StreamMetric::Acceptance)
        return std::to_string(std::lround(value * 100)) + " %";
    const long long whole = std::llround(std::min(value, 9e17));
    if (metric == StreamMetric::Withdrawn || value >= 100)
        return std::to_string(whole);
    const long long parts = value < 10 ? 100 : 10; // three digits
    const long long scaled = std::llround(value * static_cast<double>(parts));
    return std::to_string(scaled / parts) + '.' + std::to_string(scaled % parts + parts).substr(1);
}

std::optional<MetricValue> valueOf(const StreamSample& sample, StreamMetric metric)
{
    const auto seconds = [](Nanos length, Provenance source) -> std::optional<MetricValue> {
        if (length == noTime)
            return {};
        return MetricValue{static_cast<double>(length) / second, source};
    };
    const auto perSecond = [&](double count) -> std::optional<MetricValue> {
        if (sample.writing == noTime || !(count > 0))
            return {};
        return MetricValue{count * second / static_cast<double>(sample.writing), Provenance::Measured};
    };
    const auto share = [](double part, double whole) { return MetricValue{part / whole, Provenance::Measured}; };
    switch (metric) {
    case StreamMetric::FirstToken:
        return seconds(sample.firstToken, sample.firstTokenSource);
    case StreamMetric::FirstVisible:
        return seconds(sample.firstVisible, sample.firstTokenSource);
    case StreamMetric::LongestStall:
        return seconds(sample.longestStall, Provenance::Measured);
    case StreamMetric::TokenSpeed:
        return perSecond(static_cast<double>(sample.tokens));
    case StreamMetric::ByteSpeed:
        if (sample.tokens >= 0)
            return {};
        return perSecond(static_cast<double>(sample.laterBytes));
    case StreamMetric::Acceptance:
        if (sample.draftTokens > 0)
            return share(static_cast<double>(sample.acceptedTokens), static_cast<double>(sample.draftTokens));
        if (sample.draftBytes > 0)
            return share(static_cast<double>(sample.acceptedBytes), static_cast<double>(sample.draftBytes));
        return {};
    case StreamMetric::Withdrawn:
        if (sample.events == 0)
            return {};
        return MetricValue{static_cast<double>(sample.withdrawnBytes), Provenance::Measured};
    }
    return {};
}

} // namespace arcscope
