// InspectSample: one sample of an Inspect evaluation as a trace: its events are the spans below it.
#pragma once

#include "inspectevent.h"
#include "inspectreferences.h"
#include "recordreading.h"
#include "spanrecord.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What the members around the samples of a log are kept for.
struct InspectLogName {
    std::string log;    ///< the file, without folder and ending: what its samples have in common
    std::string sample; ///< of a file that holds one sample: its name in the archive; empty otherwise
};
InspectLogName inspectLogName(std::string_view fileName);

/// Events are held until the texts that they point at have come, which is behind them; beyond maxHeldBytes they are
/// given as they are.
class InspectSample
{
public:
    InspectSample(SpanSink& sink, IssueTally& tally, const InspectLogName& name)
        : m_sink(sink)
        , m_tally(tally)
        , m_name(name)
    {
    }

    /// A member of the sample, in the order of the file. `place` is that of the member.
    void member(std::string_view key, std::string_view json, const SplitEvent& place);
    void event(std::string_view json, const SplitEvent& place);
    /// Nothing of the sample follows: all spans are given.
    void end();
    bool empty() const { return m_members.empty() && m_events.empty() && !m_begun; }

private:
    static constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;
    static constexpr int maxNesting = 32;

    struct Held {
        std::string json;
        std::int64_t byte;
        std::int64_t line;
    };
    struct Open {
        SpanRecord span;
        std::string record;
        std::string key; ///< the id of a span; type and name of a step
        std::string name;
    };

    void begin();
    void giveEvents();
    void take(std::string_view json, Id parent, int nesting);
    void take(const InspectEvent& event, std::string_view json, Id parent, int nesting);
    void open(const InspectEvent& event, std::string_view json, Id parent);
    void close(std::size_t place, Nanos time, std::string_view json);
    void closeStep(const InspectEvent& event, std::string_view json);
    void model(const InspectEvent& event, SpanRecord& span);
    void usage(const InspectEvent& event, SpanRecord& span);
    void times(const InspectEvent& event, SpanRecord& span);
    Row give(SpanRecord& span, const InspectEvent& event, std::string_view json);
    void messages();
    void scores();
    void compareUsage(SpanRecord& root);
    SpanRecord newSpan(SpanKind kind, std::string_view id, std::string_view name, Id parent);
    Id parentOf(const InspectEvent& event, Id parent);
    std::string idOf(const InspectEvent& event);
    void issue(Severity severity, IssueKind kind, std::string message);

    SpanSink& m_sink;
    IssueTally& m_tally;
    const InspectLogName& m_name;
    JsonParser m_parser;

    SpanRecord m_root;
    bool m_begun = false;
    std::string m_id;
    std::string m_epoch;
    std::string m_members; ///< of the sample's own record; an object that is not closed
    std::string m_messages;
    std::string m_scores;
    std::string m_usage;
    std::int64_t m_inputs = 0;
    std::int64_t m_outputs = 0;
    std::int64_t m_calls = 0;
    InspectReferences m_references;
    std::vector<Held> m_events;
    std::size_t m_heldBytes = 0;
    bool m_tooMany = false;

    std::vector<Open> m_open;
    std::int64_t m_line = -1;
    std::int64_t m_byte = -1;
    std::uint64_t m_number = 0;
    bool m_anyScore = false;
    bool m_ownTimes = false;
    Usage m_counted;
};

} // namespace arcscope
