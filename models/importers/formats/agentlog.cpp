#include "agentlog.h"

#include <algorithm>

namespace arcscope
{

void setStart(SpanRecord& span, Nanos time, Provenance known)
{
    span.start = time;
    span.provenance.set(Fact::Start, time == noTime ? Provenance::NotRecorded : known);
}

void setEnd(SpanRecord& span, Nanos time, Provenance known)
{
    span.end = time;
    span.provenance.set(Fact::End, time == noTime ? Provenance::NotRecorded : known);
}

void widen(SpanRecord& span, Nanos time)
{
    if (time == noTime)
        return;
    if (span.start == noTime || time < span.start)
        setStart(span, time, Provenance::Inferred);
    if (span.end == noTime || time > span.end)
        setEnd(span, time, Provenance::Inferred);
}

bool setUsage(SpanRecord& span, const RawUsage& usage, UsageDialect dialect)
{
    const NormalisedUsage counted = normalise(usage, dialect);
    if (!counted.usage.recorded())
        return true;
    span.usage = counted.usage;
    span.usageDialect = counted.dialect;
    span.provenance.set(Fact::Usage, Provenance::Measured);
    return !counted.contradictory;
}

void setFailed(SpanSink& sink, SpanRecord& span, std::string_view errorType)
{
    span.status = SpanStatus::Error;
    setText(sink, span, SpanText::ErrorType, errorType);
}

void AgentLog::at(const SplitEvent& event)
{
    m_line = static_cast<std::int64_t>(event.line);
    m_byte = static_cast<std::int64_t>(event.offset);
}

void AgentLog::issue(Severity severity, IssueKind kind, std::string message)
{
    m_tally.add(severity, kind, std::move(message), m_line, m_byte);
}

void AgentLog::notShown(std::string_view what)
{
    issue(Severity::Info, IssueKind::UnknownRecord, std::string(what) + ": not shown as a span");
}

Nanos AgentLog::timeOf(std::string_view text)
{
    const Nanos time = readTime(text, m_tally);
    if (time == noTime)
        issue(Severity::Warning, IssueKind::TimeNotRecorded, "a record without time");
    return time;
}

void AgentLog::begin(std::string_view id)
{
    endSession();
    m_id = id;
}

HeldSpan& AgentLog::session()
{
    if (m_begun)
        return m_session;
    m_begun = true;
    m_session = HeldSpan();
    m_session.line = m_line;
    m_session.byte = m_byte;
    SpanRecord& span = m_session.span;
    span.trace = toId(m_sink, m_id);
    span.span = toId(m_sink, "session:" + m_id);
    span.kind = SpanKind::Agent;
    span.flags = bit(SpanFlag::Synthetic);
    span.sourceByte = m_byte;
    span.provenance.set(Fact::Kind, Provenance::Inferred);
    setText(m_sink, span, SpanText::Name, m_program + " session");
    setText(m_sink, span, SpanText::Service, m_program);
    setText(m_sink, span, SpanText::Session, m_id);
    return m_session;
}

void AgentLog::seen(Nanos time)
{
    widen(session().span, time);
}

SpanRecord AgentLog::newSpan(SpanKind kind, std::string_view id, std::string_view name)
{
    const SpanRecord& around = session().span;
    SpanRecord span;
    span.trace = around.trace;
    span.parent = around.span;
    span.span = toId(m_sink, id);
    span.kind = kind;
    span[SpanText::Service] = around[SpanText::Service];
    span[SpanText::Session] = around[SpanText::Session];
    span.provenance.set(Fact::Kind, Provenance::Declared);
    span.provenance.set(Fact::Parent, Provenance::Inferred);
    span.sourceByte = m_byte;
    setText(m_sink, span, SpanText::Name, name);
    return span;
}

HeldSpan AgentLog::newHeld(SpanKind kind, std::string_view id, std::string_view name)
{
    HeldSpan held;
    held.span = newSpan(kind, id, name);
    held.line = m_line;
    held.byte = m_byte;
    return held;
}

Row AgentLog::moment(std::string_view id, std::string_view name, std::string_view raw, Nanos time, Id parent,
                     std::int64_t messages)
{
    SpanRecord span = momentSpan(id, name, time, parent);
    span.messages = messages;
    return m_sink.add(span, raw);
}

void AgentLog::failure(std::string_view id, std::string_view name, std::string_view raw, Nanos time, Id parent,
                       std::string_view errorType)
{
    SpanRecord span = momentSpan(id, name, time, parent);
    setFailed(m_sink, span, errorType);
    m_sink.add(span, raw);
}

SpanRecord AgentLog::momentSpan(std::string_view id, std::string_view name, Nanos time, Id parent)
{
    SpanRecord span = newSpan(SpanKind::Other, id, name);
    if (parent)
        span.parent = parent;
    setStart(span, time, Provenance::Measured);
    setEnd(span, time, Provenance::Measured);
    return span;
}

HeldSpan* AgentLog::call(std::string_view id)
{
    const auto found = m_byId.find(std::string(id));
    return found == m_byId.end() ? nullptr : &found->second->second;
}

HeldSpan& AgentLog::hold(std::string_view id, std::string_view name)
{
    HeldSpan held = newHeld(SpanKind::ToolCall, id, name);
    m_calls.emplace_back(std::string(id), std::move(held));
    m_byId[std::string(id)] = std::prev(m_calls.end());
    return m_calls.back().second;
}

HeldSpan* AgentLog::ask(std::string_view id, std::string_view tool, std::string_view record, Nanos time, Id parent)
{
    if (call(id) || m_given.contains(hashOf(id))) {
        issue(Severity::Warning, IssueKind::DuplicateSpan, "a call id is used twice");
        return nullptr;
    }
    HeldSpan& held = hold(id, tool.empty() ? "tool call" : tool);
    setText(m_sink, held.span, SpanText::Tool, tool);
    setStart(held.span, time, Provenance::Inferred);
    if (parent)
        held.span.parent = parent;
    append(held, record);
    return &held;
}

HeldSpan& AgentLog::askUnseen(std::string_view id, std::string_view name, Id parent)
{
    issue(Severity::Warning, IssueKind::UnpairedCall,
          m_given.contains(hashOf(id)) ? "another result of the same call" : "a result without its call");
    HeldSpan& held = hold(id, name);
    if (parent)
        held.span.parent = parent;
    return held;
}

AgentLog::Calls::iterator AgentLog::give(Calls::iterator call)
{
    HeldSpan& held = call->second;
    if (!held.answered && !held.ended) {
        held.span.flags |= bit(SpanFlag::NotExecuted);
        m_tally.add(Severity::Warning, IssueKind::UnpairedCall, "a call without result", held.line, held.byte);
    }
    give(held);
    m_given.insert(hashOf(std::string_view(call->first)));
    m_byId.erase(call->first);
    return m_calls.erase(call);
}

void AgentLog::giveCall(std::string_view id)
{
    const auto found = m_byId.find(std::string(id));
    if (found != m_byId.end())
        give(found->second);
}

void AgentLog::giveCalls(bool (*keep)(const HeldSpan& call))
{
    for (auto call = m_calls.begin(); call != m_calls.end();)
        call = keep && keep(call->second) ? std::next(call) : give(call);
}

void AgentLog::append(HeldSpan& held, std::string_view raw)
{
    if (held.record.size() + raw.size() > maxHeldBytes && !held.record.empty()) {
        issue(Severity::Warning, IssueKind::OversizedRecord, "more records of one span than are kept of it");
        return;
    }
    if (!held.record.empty() && !raw.empty())
        held.record += '\n';
    held.record += raw;
    m_heldBytes += raw.size();
}

void AgentLog::addEvent(HeldSpan& held, const StreamEvent& event)
{
    if (held.stream.bytes() > maxHeldBytes) {
        issue(Severity::Warning, IssueKind::OversizedRecord, "more stream events of one span than are kept of it");
        return;
    }
    held.stream.add(event);
    m_heldBytes += event.text.size() + event.detail.size();
}

Row AgentLog::give(HeldSpan& held)
{
    const Row row = m_sink.add(held.span, held.record);
    m_heldBytes -= std::min(m_heldBytes, held.record.size() + held.stream.bytes());
    if (held.stream.count() > 0)
        m_sink.addStream(row, held.stream.take());
    return row;
}

void AgentLog::bound()
{
    while (m_calls.size() > 1 && (m_heldBytes > maxHeldBytes || m_calls.size() > maxHeldCalls))
        give(m_calls.begin());
}

void AgentLog::endSession()
{
    giveCalls();
    if (m_begun)
        give(m_session);
    m_begun = false;
    m_given.clear();
}

void AgentLog::finish()
{
    endSession();
    m_tally.report(m_sink);
}

} // namespace arcscope
