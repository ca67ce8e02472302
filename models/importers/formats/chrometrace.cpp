// Chrome Trace Event JSON: an array of events, alone or in "traceEvents" of an object, also without its end; or a line
// each. Which slice lies in which follows from their times, as in the viewers of this format.
#include "chromeahead.h"
#include "chromeslices.h"
#include "format.h"
#include "probe.h"
#include "recordreading.h"

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "chrome-trace";

/// Times before it (in 2001) are counted from when a program or a machine was started.
constexpr Nanos firstDate = 1'000'000'000 * second;

/// A comma and the end of a line: an array that ends behind them has its last event whole.
constexpr std::uint64_t mostAfterEvent = 3;

class ChromeReader
{
public:
    explicit ChromeReader(ReadJob& job)
        : m_job(job)
        , m_slices(job.sink, m_tally, m_tracks)
        , m_format(job.sink.intern(formatName))
        , m_trace(toId(job.sink, job.fileName))
    {
    }

    Result<void> read()
    {
        RecordsAhead<ChromeAhead> records(m_job, SplitPaths{"traceEvents/*", "*"}, {});
        SplitEvent event;
        ChromeAhead::Record* record = nullptr;
        while (true) {
            const auto more = records.next(event, record);
            if (!more || !*more) {
                finish();
                return more ? Result<void>() : Result<void>(more.error());
            }
            if (event.kind == SplitKind::Defect)
                defect(event);
            else if (event.kind == SplitKind::Value)
                value(event, record, records.window());
            else if (event.kind == SplitKind::Enter && event.depth == 0)
                m_array = event.array;
        }
    }

private:
    using Window = std::shared_ptr<const char[]>;

    void defect(const SplitEvent& event)
    {
        ImportIssue issue = issueOf(event);
        const std::uint64_t end = event.offset + event.size;
        if (event.defect == SplitDefect::Truncated && m_array && end <= m_lastEnd + mostAfterEvent) {
            issue.severity = Severity::Info;
            issue.message = "the array of events has no end, which the format allows";
        }
        m_job.sink.report(std::move(issue));
    }

    void tally(Severity severity, IssueKind kind, std::string message, const SplitEvent& event)
    {
        m_tally.add(severity, kind, std::move(message), static_cast<std::int64_t>(event.line),
                    static_cast<std::int64_t>(event.offset));
    }

    void value(const SplitEvent& event, ChromeAhead::Record* record, const Window& window)
    {
        m_lastEnd = event.offset + event.size;
        if (record) {
            if (record->event.badTime)
                tally(Severity::Warning, IssueKind::BadValue, "a time is no number of microseconds", event);
            take(*record, event, window);
        } else if (event.value == "{}") { // some writers end with one, so that no comma is too many
            return;
        } else if (event.target >= 0 || event.depth == 0) {
            tally(Severity::Warning, IssueKind::MalformedRecord, "an event is no object", event);
        } else if (event.key == "samples" || event.key == "stackFrames") {
            tally(Severity::Info, IssueKind::UnknownRecord, "samples of stacks are not shown", event);
        }
    }

    void take(ChromeAhead::Record& record, const SplitEvent& event, const Window& window)
    {
        const ChromeEvent& read = record.event;
        switch (phaseOf(read)) {
        case ChromePhase::Slice:
            if (read.duration == noTime)
                tally(Severity::Info, IssueKind::UnfinishedSpan, "a slice has no duration", event);
            keep(record, event, window);
            break;
        case ChromePhase::Instant:
            keep(record, event, window);
            break;
        case ChromePhase::Begin:
            begin(record, event);
            break;
        case ChromePhase::End:
            end(record, event);
            break;
        case ChromePhase::Flow:
            m_slices.flow({record.track, read.start, std::string(event.value), event.line, event.offset});
            break;
        case ChromePhase::Other:
            other(read, event);
            break;
        }
    }

    /// What is no part of a span.
    void other(const ChromeEvent& read, const SplitEvent& event)
    {
        switch (read.phase) {
        case 'M':
            metadata(read, event);
            break;
        case 'C':
            tally(Severity::Info, IssueKind::UnknownRecord, "values of counters are not shown", event);
            break;
        case 'P':
            tally(Severity::Info, IssueKind::UnknownRecord, "samples of stacks are not shown", event);
            break;
        case 'N':
        case 'O':
        case 'D':
        case 'V':
        case 'v':
        case 'c':
        case '(':
        case ')':
            tally(Severity::Info, IssueKind::UnknownRecord, "objects, memory dumps and clock marks are not shown",
                  event);
            break;
        case 0:
            tally(Severity::Warning, IssueKind::MissingField, "an event has no phase", event);
            break;
        default:
            tally(Severity::Warning, IssueKind::UnknownRecord, "an event of a phase that is not known", event);
            break;
        }
    }

    void metadata(const ChromeEvent& read, const SplitEvent& event)
    {
        bool late = false;
        (void)m_tracks.rename(read, late);
        if (late)
            tally(Severity::Info, IssueKind::UnknownRecord,
                  "the name of a process or thread comes after some of its events, which are shown without", event);
    }

    ChromeThread* threadOf(const ChromeAhead::Record& record)
    {
        const bool ofThread = record.event.phase == 'X'; // and of no asynchronous id
        if (ofThread && m_lastThread && record.track == m_lastTrack)
            return m_lastThread;
        ChromeThread* const thread = m_tracks.thread(record.event);
        if (ofThread) {
            m_lastThread = thread;
            m_lastTrack = record.track;
        }
        return thread;
    }

    /// A span that its event says all of.
    void keep(ChromeAhead::Record& record, const SplitEvent& event, const Window& window)
    {
        ChromeSlice& held = m_slices.begin(record.span);
        held.thread = threadOf(record);
        held.track = record.track;
        if (record.bad) {
            for (const std::string& what : *record.bad)
                tally(Severity::Warning, IssueKind::BadValue, what, event);
        }
        keep(held, event.value, window, event.line, event.offset);
    }

    /// Completes the last slice that was begun.
    void keep(ChromeSlice& held, std::string_view record, const Window& window, std::uint64_t line, std::uint64_t byte)
    {
        const auto report = [&](Severity severity, IssueKind kind, const char* what) {
            m_tally.add(severity, kind, what, static_cast<std::int64_t>(line), static_cast<std::int64_t>(byte));
        };
        held.span[SpanText::Format] = m_format;
        if (!held.span.trace)
            held.span.trace = m_trace;
        if (held.span.start == noTime)
            report(Severity::Warning, IssueKind::TimeNotRecorded, "an event has no time");
        else if (held.span.end != noTime && held.span.end < held.span.start)
            report(Severity::Warning, IssueKind::NegativeDuration, "a slice ends before it begins");
        m_latest = std::max(m_latest, held.span.start);
        m_slices.end(record, window);
    }

    void begin(const ChromeAhead::Record& record, const SplitEvent& event)
    {
        const ChromeEvent& read = record.event;
        SpanRecord span;
        identify(read, event.offset, m_job.sink, span);
        OpenSlice slice;
        slice.track = record.track;
        slice.thread = m_tracks.thread(read);
        slice.name = read.name;
        slice.category = read.category;
        slice.record = event.value;
        slice.start = read.start;
        slice.id = span.span;
        slice.trace = span.trace ? span.trace : m_trace;
        slice.byte = event.offset;
        slice.line = event.line;
        m_tracks.begin(std::move(slice));
    }

    void end(const ChromeAhead::Record& record, const SplitEvent& event)
    {
        OpenSlice slice;
        if (!m_tracks.end(record.track, record.event.name, slice)) {
            tally(Severity::Warning, IssueKind::MissingField, "the end of a slice that has no begin", event);
            return;
        }
        close(slice, event.value, record.event.start);
    }

    /// `last`: the event that ends it, empty for none.
    void close(OpenSlice& slice, std::string_view last, Nanos time)
    {
        m_facts.clear();
        if (!last.empty()) // it is read first, so that its arguments replace those of the beginning
            readChromeEvent(m_parser.parseCopy(last), slice.category, m_job.sink, m_facts, m_spare);
        const ChromeEvent first =
            readChromeEvent(m_second.parseCopy(slice.record), {}, m_job.sink, m_facts, m_secondSpare);
        ChromeSlice& held = m_slices.begin({});
        held.thread = slice.thread;
        held.track = slice.track;
        identify(first, slice.byte, m_job.sink, held.span);
        setTime(held.span.end, Fact::End, time, held.span);
        if (time == noTime)
            m_tally.add(Severity::Info, IssueKind::UnfinishedSpan, "a slice has no end",
                        static_cast<std::int64_t>(slice.line), static_cast<std::int64_t>(slice.byte));
        held.open = last.empty();
        if (!last.empty())
            slice.record.append("\n").append(last);
        m_facts.settle(m_job.sink, held.span, [&](const std::string& what) {
            m_tally.add(Severity::Warning, IssueKind::BadValue, what, static_cast<std::int64_t>(slice.line),
                        static_cast<std::int64_t>(slice.byte));
        });
        keep(held, slice.record, nullptr, slice.line, slice.byte);
    }

    void finish()
    {
        for (OpenSlice& slice : m_tracks.takeOpen())
            close(slice, {}, noTime);
        m_slices.flush(true);
        if (m_latest != noTime && m_latest < firstDate)
            m_tally.add(Severity::Info, IssueKind::TimeNotRecorded,
                        "times count from a moment that is not recorded; they are shown as if it were 1970-01-01");
        m_tally.report(m_job.sink);
    }

    ReadJob& m_job;
    JsonParser m_parser;
    JsonParser m_spare;
    JsonParser m_second;
    JsonParser m_secondSpare;
    SpanFacts m_facts;
    IssueTally m_tally;
    ChromeTracks m_tracks;
    ChromeSlices m_slices;
    ChromeThread* m_lastThread = nullptr; ///< of m_lastTrack
    std::uint64_t m_lastTrack = 0;
    StringId m_format;
    Id m_trace; ///< of what names no trace
    Nanos m_latest = noTime;
    std::uint64_t m_lastEnd = 0; ///< of the last value
    bool m_array = false;
};

int sniffChrome(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    if (first->hasArray("traceEvents"))
        return 95;
    for (const std::string at : {"*/", ""}) {
        if (first->hasString(at + "ph") && first->text(at + "ph").size() == 1 &&
            (first->has(at + "ts") || first->has(at + "pid") || first->has(at + "name")))
            return 90;
    }
    return 0;
}

Result<void> readChrome(ReadJob& job)
{
    return ChromeReader(job).read();
}

} // namespace

ImportFormat chromeTrace()
{
    return {formatName, "Chrome Trace Event", sniffChrome, readChrome, decodeChromeSlice};
}

} // namespace arcscope
