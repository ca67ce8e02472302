// Inspect AI: logs of evaluations as one JSON file, or as the members of an .eval archive.
#include "agentlog.h"
#include "format.h"
#include "inspectcontent.h"
#include "inspectsample.h"
#include "probe.h"

#include <algorithm>
#include <array>
#include <optional>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "inspect";

enum Target { EventOfLog, EarlyEventOfLog, EventOfSample, EarlyEventOfSample, Element };

const SplitPaths& paths()
{
    static const SplitPaths all = {"samples/*/events/*", "samples/*/transcript/events/*", "events/*",
                                   "transcript/events/*", "*"};
    return all;
}

/// What a log as a whole has, beside its samples.
constexpr auto logMembers =
    std::to_array<std::string_view>({"version", "status", "eval", "plan", "results", "stats", "error", "invalidated",
                                     "log_updates", "tags", "metadata"});

bool isOfLog(std::string_view key)
{
    return std::find(logMembers.begin(), logMembers.end(), key) != logMembers.end();
}

/// The log itself as a span around nothing: its samples are traces of their own.
class LogSpan
{
public:
    LogSpan(SpanSink& sink, IssueTally& tally, const InspectLogName& name)
        : m_sink(sink)
        , m_tally(tally)
        , m_name(name)
    {
    }

    bool empty() const { return m_record.empty(); }
    void member(std::string_view key, std::string_view json, const SplitEvent& place)
    {
        if (m_record.empty())
            m_span.sourceByte = static_cast<std::int64_t>(place.offset);
        if (m_record.size() + json.size() > maxRecordBytes)
            return;
        m_record.append(m_record.empty() ? "{\"" : ",\"").append(key).append("\":").append(json);
        JsonParser parser;
        const JsonValue value = parser.parseCopy(json);
        if (key == "status")
            m_status = value.text();
        else if (key == "error" && value.isObject())
            setFailed(m_sink, m_span, {});
        else if (key == "eval")
            eval(value);
        else if (key == "stats")
            stats(value);
        for (ImportIssue& issue : parser.issues(place.offset, place.line))
            m_sink.report(std::move(issue));
    }

    void give()
    {
        if (empty())
            return;
        const std::string trace = "eval:" + m_name.log;
        m_span.trace = toId(m_sink, trace);
        m_span.span = toId(m_sink, trace);
        m_span.kind = SpanKind::Workflow;
        m_span.provenance.set(Fact::Kind, Provenance::Inferred);
        setText(m_sink, m_span, SpanText::Service, "Inspect");
        setText(m_sink, m_span, SpanText::Session, m_name.log);
        if (!m_span[SpanText::Name])
            setText(m_sink, m_span, SpanText::Name, "evaluation");
        if (m_status == "success")
            m_span.status = SpanStatus::Ok;
        else if (m_status == "cancelled")
            m_span.status = SpanStatus::Cancelled;
        else if (m_status == "error")
            setFailed(m_sink, m_span, {});
        else if (m_status.empty() || m_status == "started") // written when it began
            m_span.flags |= bit(SpanFlag::Pending);
        setText(m_sink, m_span, SpanText::StopReason, m_status);
        if (!m_status.empty())
            m_span.provenance.set(Fact::Stop, Provenance::Declared);
        m_sink.add(m_span, m_record + '}');
    }

private:
    void eval(const JsonValue& value)
    {
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "task")
                setText(m_sink, m_span, SpanText::Name, member.text());
            else if (key == "created" && m_span.start == noTime)
                setStart(m_span, readTime(member.text(), m_tally), Provenance::Declared);
            else if (key == "model") {
                setText(m_sink, m_span, SpanText::ModelRequested, member.text());
                m_span.provenance.set(Fact::Model, Provenance::Declared);
            }
        });
    }

    void stats(const JsonValue& value)
    {
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (member.text().empty())
                return;
            if (key == "started_at")
                setStart(m_span, readTime(member.text(), m_tally), Provenance::Measured);
            else if (key == "completed_at")
                setEnd(m_span, readTime(member.text(), m_tally), Provenance::Measured);
        });
    }

    SpanSink& m_sink;
    IssueTally& m_tally;
    const InspectLogName& m_name;
    SpanRecord m_span;
    std::string m_record; ///< an object that is not closed
    std::string m_status;
};

class LogReader
{
public:
    explicit LogReader(ReadJob& job)
        : m_job(job)
        , m_name(inspectLogName(job.fileName))
        , m_text(job.sink.intern(formatName))
    {
    }

    Result<void> read()
    {
        const auto done = readSplit(m_job, paths(), [this](const SplitEvent& event) {
            if (event.kind == SplitKind::Enter)
                enter(event);
            else if (event.kind == SplitKind::Leave)
                leave();
            else
                value(event);
        });
        endTop();
        // What lies beside the samples of an archive. A file of its own that has none is worth a warning.
        m_job.isPart = m_repeats && !m_spans && m_job.fileName.find('!') != std::string::npos;
        m_tally.report(m_job.sink);
        return done;
    }

private:
    /// Tells every span which format read it.
    class Sink final : public SpanSink
    {
    public:
        explicit Sink(LogReader& reader)
            : m_reader(reader)
        {
        }
        StringId intern(std::string_view text) override { return m_reader.m_job.sink.intern(text); }
        Row add(const SpanRecord& span, std::string_view record) override
        {
            SpanRecord named = span;
            m_reader.m_spans = true;
            named[SpanText::Format] = m_reader.m_text;
            return m_reader.m_job.sink.add(named, record);
        }
        void addStream(Row span, PackedStream stream) override
        {
            m_reader.m_job.sink.addStream(span, std::move(stream));
        }
        void report(ImportIssue issue) override { m_reader.m_job.sink.report(std::move(issue)); }

    private:
        LogReader& m_reader;
    };

    struct Frame {
        std::string key;
        bool array;
    };

    void count(Severity severity, IssueKind kind, const char* what, const SplitEvent& event)
    {
        m_tally.add(severity, kind, what, static_cast<std::int64_t>(event.line),
                    static_cast<std::int64_t>(event.offset));
    }

    bool inSamples() const { return m_frames.size() == 2 && m_frames[1].array && m_frames[1].key == "samples"; }

    void enter(const SplitEvent& event)
    {
        if (m_frames.empty()) {
            m_log.emplace(m_sink, m_tally, m_name);
            m_sample.emplace(m_sink, m_tally, m_name);
            m_isLog = false;
        } else if (!event.array && inSamples()) {
            m_sample.emplace(m_sink, m_tally, m_name);
        }
        m_frames.push_back({std::string(event.key), event.array});
    }

    void leave()
    {
        if (m_frames.empty())
            return;
        m_frames.pop_back();
        if (m_frames.empty()) {
            endTop();
        } else if (inSamples() && m_sample) {
            m_sample->end();
            m_sample.reset();
        }
    }

    void endTop()
    {
        if (m_sample)
            m_sample->end();
        m_sample.reset();
        if (m_log)
            m_log->give();
        m_log.reset();
        m_frames.clear();
    }

    void value(const SplitEvent& event)
    {
        const std::size_t depth = m_frames.size();
        if (event.target == Element) {
            element(event);
        } else if (event.target >= 0) {
            if (m_sample)
                m_sample->event(event.value, event);
        } else if (depth == 1 && !m_frames[0].array) {
            m_isLog = m_isLog || event.key == "eval" || event.key == "version";
            if (m_isLog && isOfLog(event.key))
                m_log->member(event.key, event.value, event);
            else if (m_isLog)
                other(event);
            else if (m_sample)
                m_sample->member(event.key, event.value, event);
        } else if (inSamples()) {
            count(Severity::Error, IssueKind::MalformedRecord, "a sample that is no object", event);
        } else if (m_sample && depth > 0 && (depth == 3 || m_frames.back().key == "transcript")) {
            m_sample->member(event.key, event.value, event);
        } else {
            count(Severity::Warning, IssueKind::UnknownRecord, "a value that is no log and no sample", event);
        }
    }

    void other(const SplitEvent& event)
    {
        if (event.key == "samples" && event.value == "null")
            return;
        if (event.key == "reductions")
            count(Severity::Info, IssueKind::UnknownRecord, "scores reduced over epochs are not shown", event);
        else
            m_tally.add(Severity::Info, IssueKind::UnknownRecord,
                        "\"" + std::string(event.key) + "\" of a log is not known: not shown",
                        static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
    }

    /// Of a top-level list: events, or what repeats the samples.
    void element(const SplitEvent& event)
    {
        bool isEvent = false;
        bool isSummary = false;
        bool isReduction = false;
        m_parser.parse(event.value).eachMember([&](std::string_view key, const JsonValue&) {
            isEvent = isEvent || key == "event";
            isSummary = isSummary || key == "epoch";
            isReduction = isReduction || key == "scorer";
        });
        m_repeats = m_repeats || isSummary || isReduction;
        if (isEvent && m_sample)
            m_sample->event(event.value, event);
        else if (isSummary && m_job.fileName.find("!_journal/") == std::string::npos) // there they are a second time
            count(Severity::Info, IssueKind::UnknownRecord, "summaries repeat what the samples say", event);
        else if (isSummary)
            return;
        else if (isReduction)
            count(Severity::Info, IssueKind::UnknownRecord, "scores reduced over epochs are not shown", event);
        else
            count(Severity::Warning, IssueKind::UnknownRecord, "a value that is no event and no sample", event);
    }

    ReadJob& m_job;
    InspectLogName m_name;
    StringId m_text;
    Sink m_sink{*this};
    IssueTally m_tally;
    JsonParser m_parser;
    std::vector<Frame> m_frames;
    std::optional<LogSpan> m_log;
    std::optional<InspectSample> m_sample;
    bool m_isLog = false;
    bool m_spans = false;
    bool m_repeats = false; ///< elements that say nothing of a run which the samples do not say
};

int sniffInspect(const Probe& probe)
{
    if (!probe.first())
        return 0;
    const ProbeValue& value = *probe.first();
    if (value.hasObject("eval") && value.hasString("eval/task") && value.has("eval/dataset"))
        return 93;
    if (value.has("id") && value.hasNumber("epoch") && value.has("input") && value.has("target"))
        return 92;
    if (value.hasNumber("*/epoch") && value.has("*/input") && value.has("*/target") && value.has("*/scores"))
        return 90;
    if (value.hasString("*/scorer") && value.hasArray("*/samples"))
        return 90;
    for (const std::string at : {"events/*/", "transcript/events/*/", "*/"}) {
        if (value.hasString(at + "event") && value.hasString(at + "timestamp") &&
            (value.has(at + "span_id") || value.has(at + "working_start") || value.text(at + "event") == "span_begin"))
            return 88;
    }
    return 0;
}

Result<void> readInspect(ReadJob& job)
{
    return LogReader(job).read();
}

} // namespace

ImportFormat inspectLog()
{
    return {formatName, "Inspect AI log", sniffInspect, readInspect, inspectContent};
}

} // namespace arcscope
