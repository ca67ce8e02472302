#include "otlprequests.h"

#include "otlpgroups.h"
#include "otlpjoin.h"
#include "otlplog.h"
#include "otlpspan.h"
#include "recordsahead.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

enum Target { SpanTarget, SpanInRequestTarget, SpanInDataTarget, LogTarget, LogInRequestTarget, MetricTarget };

// A request; an array of requests; a backend's answer around one.
const SplitPaths& paths()
{
    static const SplitPaths all = {
        "resourceSpans|resource_spans|batches/*/"
        "scopeSpans|scope_spans|instrumentationLibrarySpans|instrumentation_library_spans/*/spans/*",
        "*/resourceSpans|resource_spans|batches/*/"
        "scopeSpans|scope_spans|instrumentationLibrarySpans|instrumentation_library_spans/*/spans/*",
        "data|trace|result/resourceSpans|resource_spans|batches/*/"
        "scopeSpans|scope_spans|instrumentationLibrarySpans|instrumentation_library_spans/*/spans/*",
        "resourceLogs|resource_logs/*/scopeLogs|scope_logs|instrumentationLibraryLogs/*/logRecords|log_records|logs/*",
        "*/"
        "resourceLogs|resource_logs/*/scopeLogs|scope_logs|instrumentationLibraryLogs/*/logRecords|log_records|logs/*",
        "resourceMetrics|resource_metrics/*",
    };
    return all;
}

constexpr auto resourceLists =
    std::to_array<std::string_view>({"resourceSpans", "resource_spans", "batches", "resourceLogs", "resource_logs"});
constexpr auto scopeLists = std::to_array<std::string_view>({"scopeSpans", "scope_spans", "instrumentationLibrarySpans",
                                                             "instrumentation_library_spans", "scopeLogs", "scope_logs",
                                                             "instrumentationLibraryLogs"});

template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Something found several times, which is one row in the ledger.
struct Counted {
    std::uint64_t count = 0;
    std::int64_t line = -1;
    std::int64_t byte = -1;

    void add(const SplitEvent& event)
    {
        if (count++ == 0) {
            line = static_cast<std::int64_t>(event.line);
            byte = static_cast<std::int64_t>(event.offset);
        }
    }
    void report(SpanSink& sink, Severity severity, std::string message) const
    {
        if (count == 0)
            return;
        ImportIssue issue;
        issue.severity = severity;
        issue.kind = IssueKind::UnknownRecord;
        issue.line = line;
        issue.byte = byte;
        issue.message = std::move(message);
        issue.count = count;
        sink.report(std::move(issue));
    }
};

bool isSpan(const SplitEvent& event)
{
    return event.target == SpanTarget || event.target == SpanInRequestTarget || event.target == SpanInDataTarget;
}

/// Reads the spans, ahead of everything else.
class SpansAhead
{
public:
    struct Record {
        bool kept = false; ///< else it says too little
        SpanRecord span;
        PackedStream stream;

        void translate(const TextMap& texts) { texts.translate(span); }
    };

    explicit SpansAhead(SpanSink& sink)
        : m_spans(sink, m_parser)
    {
    }

    bool read(const SplitEvent& event, BatchMemory&, Record& record)
    {
        if (event.kind != SplitKind::Value || !isSpan(event))
            return false;
        record.kept = m_spans.read(event.value, event.offset, event.line);
        if (record.kept) {
            record.span = m_spans.span();
            if (m_spans.streamed())
                record.stream = m_spans.takeStream();
        }
        return true;
    }

private:
    JsonParser m_parser;
    OtlpSpanReader m_spans;
};

class Reading
{
public:
    Reading(ReadJob& job, std::string_view format, const OtlpPlaces& places)
        : m_job(job)
        , m_places(places)
        , m_join(job.sink)
        , m_groups(m_join, format)
        , m_logs(job.sink, m_parser)
    {
    }

    Result<void> run()
    {
        RecordsAhead<SpansAhead> records(m_job, paths(), m_places);
        SplitEvent event;
        SpansAhead::Record* span = nullptr;
        while (true) {
            const auto more = records.next(event, span);
            if (!more || !*more) {
                m_groups.endResource();
                m_join.finish();
                reportCounts();
                return more ? Result<void>() : Result<void>(more.error());
            }
            if (span)
                add(*span, event);
            else
                handle(event);
        }
    }

private:
    struct Frame {
        std::string key;
        bool array;
    };

    void handle(const SplitEvent& event)
    {
        switch (event.kind) {
        case SplitKind::Enter:
            enter(event);
            break;
        case SplitKind::Leave:
            leave();
            break;
        case SplitKind::Defect:
            m_job.sink.report(issueOf(event));
            break;
        case SplitKind::Value:
            value(event);
            break;
        }
    }

    /// Whether the object that is entered or left is an element of one of these lists.
    template <std::size_t size>
    bool inside(const std::array<std::string_view, size>& lists) const
    {
        return !m_frames.empty() && m_frames.back().array && isOneOf(m_frames.back().key, lists);
    }

    void enter(const SplitEvent& event)
    {
        if (!event.array && inside(resourceLists))
            m_groups.beginResource();
        else if (!event.array && inside(scopeLists))
            m_groups.beginScope();
        if (event.array && isOneOf(event.key, resourceLists))
            m_known = true;
        if (m_frames.empty()) {
            m_known = false;
            m_top.line = event.line;
            m_top.offset = event.offset;
        }
        m_frames.push_back({std::string(event.key), event.array});
    }

    void leave()
    {
        if (m_frames.empty())
            return;
        const bool object = !m_frames.back().array;
        m_frames.pop_back();
        if (object && inside(resourceLists))
            m_groups.endResource();
        else if (object && inside(scopeLists))
            m_groups.endScope();
        if (m_frames.empty() && !m_known)
            m_unknown.add(m_top);
    }

    void add(SpansAhead::Record& read, const SplitEvent& event)
    {
        if (!read.kept)
            return;
        m_groups.add(read.span, std::move(read.stream), event.value);
    }

    void value(const SplitEvent& event)
    {
        switch (event.target) {
        case LogTarget:
        case LogInRequestTarget:
            if (m_logs.read(event.value, event.offset, event.line)) {
                if (m_logs.ofCall())
                    m_logs.span().flags |= bit(SpanFlag::LogsJoined);
                else
                    m_events.add(event);
                m_groups.add(m_logs.span(), {}, event.value);
            } else {
                m_otherLogs.add(event);
            }
            break;
        case MetricTarget:
            m_known = true;
            m_metrics.add(event);
            break;
        default:
            beside(event);
            break;
        }
    }

    void beside(const SplitEvent& event)
    {
        if (m_frames.empty())
            m_unknown.add(event);
        else if (inside(resourceLists) || inside(scopeLists))
            m_noObject.add(event);
        else if (event.key == "resource")
            m_groups.resource(event.value, event.offset, event.line);
        else if (event.key == "scope" || event.key == "instrumentationLibrary" ||
                 event.key == "instrumentation_library")
            m_groups.scope(event.value);
        else if (event.key == "partialSuccess")
            m_known = true;
    }

    void reportCounts()
    {
        SpanSink& sink = m_job.sink;
        m_events.report(sink, Severity::Info,
                        "log records that judge a call, and others that are no part of it, are rows below its span");
        m_otherLogs.report(sink, Severity::Warning, "log records without a GenAI event and a span are not used");
        m_metrics.report(sink, Severity::Warning, "metrics are not used");
        m_unknown.report(sink, Severity::Warning, "JSON that is no OTLP request");
        m_noObject.report(sink, Severity::Warning, "an entry of a list of spans is no object");
    }

    ReadJob& m_job;
    const OtlpPlaces& m_places;
    JsonParser m_parser;
    OtlpJoin m_join;
    OtlpGroups m_groups;
    OtlpLogReader m_logs;
    std::vector<Frame> m_frames;
    SplitEvent m_top;
    bool m_known = false;
    Counted m_events;
    Counted m_otherLogs;
    Counted m_metrics;
    Counted m_unknown;
    Counted m_noObject;
};

} // namespace

Result<void> readOtlpRequests(ReadJob& job, std::string_view format, const OtlpPlaces& places)
{
    return Reading(job, format, places).run();
}

} // namespace arcscope
