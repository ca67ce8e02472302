#include "statedphases.h"

#include "streamdetail.h"

#include <array>
#include <charconv>
#include <cmath>

namespace arcscope
{
namespace
{

struct StatedKey {
    std::string_view key;
    StreamPhaseKind kind;
    double unit; ///< nanoseconds
};

constexpr auto seconds = static_cast<double>(second);
constexpr auto milliseconds = static_cast<double>(millisecond);

/// Members of a usage record.
constexpr auto usageKeys = std::to_array<StatedKey>({
    {"queue_time", StreamPhaseKind::Queueing, seconds},
    {"load_duration", StreamPhaseKind::Loading, 1},
    {"prompt_time", StreamPhaseKind::Prefill, seconds},
    {"prompt_eval_duration", StreamPhaseKind::Prefill, 1},
    {"prompt_ms", StreamPhaseKind::Prefill, milliseconds},
    {"completion_time", StreamPhaseKind::Decoding, seconds},
    {"eval_duration", StreamPhaseKind::Decoding, 1},
    {"predicted_ms", StreamPhaseKind::Decoding, milliseconds},
});

constexpr auto serverKeys = std::to_array<StatedKey>({
    {"gen_ai.latency.time_in_queue", StreamPhaseKind::Queueing, seconds},
    {"gen_ai.latency.time_in_model_prefill", StreamPhaseKind::Prefill, seconds},
    {"gen_ai.latency.time_in_model_decode", StreamPhaseKind::Decoding, seconds},
});

constexpr auto clientKeys = std::to_array<StatedKey>({
    {"timings.blocked", StreamPhaseKind::Connecting, milliseconds},
    {"timings.dns", StreamPhaseKind::Connecting, milliseconds},
    {"timings.connect", StreamPhaseKind::Connecting, milliseconds},
    {"timings.send", StreamPhaseKind::Sending, milliseconds},
    {"timings.wait", StreamPhaseKind::Answered, milliseconds},
    {"timings.receive", StreamPhaseKind::Receiving, milliseconds},
});

/// A duration of less than a year; 0 for anything else.
Nanos durationOf(std::string_view text, double unit)
{
    constexpr double longest = 3.0e16;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc() && end == text.data() + text.size() && value > 0 && value * unit < longest;
    return good ? static_cast<Nanos>(std::llround(value * unit)) : 0;
}

/// Lengths in the order in which they lie; of one kind their sum.
class Lengths
{
public:
    void add(StreamPhaseKind kind, Nanos length)
    {
        if (length <= 0)
            return;
        if (!m_phases.empty() && m_phases.back().kind == kind)
            m_phases.back().range.end += length;
        else
            m_phases.push_back({kind, {0, length}, PhaseSource::Declared});
    }
    bool empty() const { return m_phases.empty(); }
    std::vector<StreamPhase> from(Nanos start) const
    {
        std::vector<StreamPhase> placed = m_phases;
        for (StreamPhase& phase : placed) {
            const Nanos length = phase.range.length();
            phase.range = {start, start + length};
            start += length;
        }
        return placed;
    }
    /// Of what lies before the first content.
    Nanos untilContent() const
    {
        Nanos sum = 0;
        for (const StreamPhase& phase : m_phases)
            sum += phase.kind == StreamPhaseKind::Decoding || phase.kind == StreamPhaseKind::Receiving
                       ? 0
                       : phase.range.length();
        return sum;
    }

private:
    std::vector<StreamPhase> m_phases;
};

template <std::size_t size>
Lengths lengthsIn(std::span<const Attribute> attributes, const std::array<StatedKey, size>& keys)
{
    Lengths lengths;
    for (const StatedKey& key : keys) {
        for (const Attribute& attribute : attributes) {
            if (attribute.key == key.key)
                lengths.add(key.kind, durationOf(attribute.value, key.unit));
        }
    }
    return lengths;
}

Lengths lengthsIn(const StreamModel& model)
{
    Lengths lengths;
    for (const StreamEvent& event : model.events()) {
        if (event.kind != StreamEventKind::Usage)
            continue;
        Lengths said;
        for (const StatedKey& key : usageKeys)
            said.add(key.kind, durationOf(detailValue(event.detail, key.key), key.unit));
        if (!said.empty())
            lengths = said; // the last one is about the whole call
    }
    return lengths;
}

} // namespace

std::vector<StreamPhase> statedPhases(const StreamModel& model, std::span<const Attribute> attributes,
                                      const StreamMoments& moments)
{
    Lengths lengths = lengthsIn(model);
    if (lengths.empty())
        lengths = lengthsIn(attributes, serverKeys);
    if (lengths.empty())
        lengths = lengthsIn(attributes, clientKeys);
    if (!model.timed())
        return lengths.from(0);
    if (moments.sent != noTime)
        return lengths.from(moments.sent);
    return lengths.from(moments.firstContent != noTime ? moments.firstContent - lengths.untilContent()
                                                       : moments.firstEvent);
}

} // namespace arcscope
