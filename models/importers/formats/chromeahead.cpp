#include "chromeahead.h"

#include "chrometracks.h"
#include "ruletable.h"

#include <functional>
#include <limits>

namespace arcscope
{
namespace
{

constexpr std::size_t longestPlain = 1'024;

/// Without a call for what is as short as most ids are.
bool same(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && (a.size() <= 8 ? firstBytes(a) == firstBytes(b) : a == b);
}

Nanos endOf(const ChromeEvent& event)
{
    constexpr Nanos most = std::numeric_limits<Nanos>::max();
    return event.duration > 0 && event.start > most - event.duration ? most : event.start + event.duration;
}

/// A text that lies in the record lives as long as that.
void keepIn(BatchMemory& memory, std::string_view record, std::string_view& text)
{
    const std::less<> before;
    if (before(text.data(), record.data()) || before(record.data() + record.size(), text.data()))
        text = memory.keep(text);
}

} // namespace

ChromePhase phaseOf(const ChromeEvent& event)
{
    switch (event.phase) {
    case 'X':
        return ChromePhase::Slice;
    case 'i':
    case 'I':
    case 'R':
    case 'n':
    case 'T':
    case 'p':
        return ChromePhase::Instant;
    case 'B':
    case 'b':
    case 'S':
        return ChromePhase::Begin;
    case 'E':
    case 'e':
    case 'F':
        return ChromePhase::End;
    case 's':
    case 't':
    case 'f':
        return ChromePhase::Flow;
    default:
        return ChromePhase::Other;
    }
}

bool isAsynchronous(const ChromeEvent& event)
{
    return event.phase != 0 && std::string_view("bSeFnTp").find(event.phase) != std::string_view::npos;
}

void setTime(Nanos& into, Fact fact, Nanos time, SpanRecord& span)
{
    into = time;
    if (time != noTime)
        span.provenance.set(fact, Provenance::Measured);
}

void identify(const ChromeEvent& event, std::uint64_t byte, SpanSink& sink, SpanRecord& span)
{
    span.sourceByte = static_cast<std::int64_t>(byte);
    // The place in the file stands for an id where there is none.
    span.span = event.span ? event.span : Id{0, byte + 1, IdForm::Hex64};
    span.trace = event.trace;
    span.parent = event.parent;
    if (span.parent)
        span.provenance.set(Fact::Parent, Provenance::Declared);
    setText(sink, span, SpanText::Name, event.name);
    setTime(span.start, Fact::Start, event.start, span);
}

void ChromeAhead::Record::translate(const TextMap& texts)
{
    texts.translate(event.trace);
    texts.translate(event.span);
    texts.translate(event.parent);
    texts.translate(span);
}

bool ChromeAhead::read(const SplitEvent& event, BatchMemory& memory, Record& record)
{
    const bool isEvent = event.kind == SplitKind::Value && (event.target >= 0 || event.depth == 0);
    if (!isEvent || event.value == "{}" || !event.value.starts_with('{'))
        return false;
    m_facts.clear();
    ChromeEvent& read = record.event;
    // What is longer mostly has texts with escapes.
    const bool plain = event.value.size() <= longestPlain && readPlainEvent(event.value, m_facts, read);
    if (!plain) {
        m_facts.clear();
        read = readChromeEvent(m_parser.parse(event.value), {}, m_sink, m_facts, m_spare);
        for (ImportIssue& issue : m_parser.issues(event.offset, event.line))
            m_sink.report(std::move(issue));
    }
    record.track = trackOf(read);
    const ChromePhase phase = phaseOf(read);
    if (phase == ChromePhase::Slice || phase == ChromePhase::Instant) {
        identify(read, event.offset, m_sink, record.span);
        if (phase == ChromePhase::Instant)
            setTime(record.span.end, Fact::End, read.start, record.span);
        else if (read.start != noTime && read.duration != noTime)
            setTime(record.span.end, Fact::End, endOf(read), record.span);
        std::vector<std::string> bad;
        m_facts.settle(m_sink, record.span, [&](const std::string& what) { bad.push_back(what); });
        record.bad = memory.keep(std::move(bad));
    }
    if (plain)
        return true;
    for (std::string_view* const text :
         {&read.name, &read.category, &read.process, &read.thread, &read.id, &read.scope, &read.newName})
        keepIn(memory, event.value, *text);
    return true;
}

std::uint64_t ChromeAhead::trackOf(const ChromeEvent& event)
{
    if (isAsynchronous(event))
        return ChromeTracks::trackOf(event, true);
    if (m_track == 0 || !same(event.thread, m_thread) || !same(event.process, m_process)) {
        m_process = event.process;
        m_thread = event.thread;
        m_track = ChromeTracks::trackOf(event, false);
    }
    return m_track;
}

} // namespace arcscope
