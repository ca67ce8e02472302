// The model calls of a ClaudeSession: their streams, what takes them back, and their hand-over.
#include "claudesession.h"

#include "cancellation.h"
#include "streamvendors.h"
#include "usagejson.h"

#include <algorithm>

namespace arcscope
{

std::string ClaudeSession::keyOf(std::string_view session, std::string_view id)
{
    return std::string(session) + '/' + std::string(id);
}

ClaudeSession::Held& ClaudeSession::callOf(const ClaudeLine& line, std::string_view id, std::string_view model,
                                           std::uint32_t group, Nanos time)
{
    const std::string key = keyOf(line.session, id);
    if (Held* const there = m_calls.find(key))
        return *there;
    Held& call = m_calls.add(key);
    call.line = m_line;
    SpanRecord& span = call.span = spanIn(group);
    span.span = toId(m_sink, id);
    span.kind = SpanKind::ModelCall;
    span.provenance.set(Fact::Kind, Provenance::Declared);
    const auto asked = m_seen.find(hashOf(line.parent));
    const bool known =
        !line.parent.empty() && asked != m_seen.end() && asked->second.time != noTime && asked->second.time <= time;
    span.start = known ? asked->second.time : time;
    if (span.start != noTime)
        span.provenance.set(Fact::Start, Provenance::Inferred);
    if (!known && (m_stream.empty() || time != noTime))
        m_tally.add(Severity::Info, IssueKind::TimeNotRecorded,
                    "a model call answers no record of this file; its first line stands for its start", m_line, m_byte);
    if (id != line.uuid)
        span.responseHash = hashOf(id);
    span.messages = 1;
    span.callsAsked = 0;
    setText(m_sink, span, SpanText::Name, model.empty() ? "chat" : "chat " + std::string(model));
    return call;
}

/// An event of the model's own stream, as the program hands it on.
void ClaudeSession::streamEvent(const ClaudeLine& line, std::string_view raw, std::uint32_t group, Nanos time)
{
    const auto streams = m_streaming.find(group);
    Held* call = streams == m_streaming.end() ? nullptr : m_calls.find(streams->second);
    std::string scratch;
    if (!call || !call->streamed || !anthropicEvents.takeFast(line.event, time, *call->streamed, scratch)) {
        simdjson::dom::parser parser;
        JsonObject event;
        JsonObject message;
        if (parser.parse(line.event.data(), line.event.size()).get_object().get(event) != simdjson::SUCCESS)
            return;
        if (memberText(event, {"type"}) == "message_start" && findObject(event, "message", message)) {
            const std::string id = memberText(message, {"id"});
            const std::string model = memberText(message, {"model"});
            call = &callOf(line, id.empty() ? line.uuid : std::string_view(id), model, group, time);
            m_streaming[group] = keyOf(line.session, id.empty() ? line.uuid : std::string_view(id));
            if (!call->streamed)
                call->streamed = std::make_unique<StreamedResponse>();
            call->opening = raw;
            setText(m_sink, call->span, SpanText::ModelServed, model);
            if (!model.empty())
                call->span.provenance.set(Fact::Model, Provenance::Declared);
            constexpr std::int64_t longest = 86'400'000;
            if (line.toFirstToken >= 0 && line.toFirstToken < longest)
                call->span.firstToken = line.toFirstToken * millisecond;
        }
        if (!call || !call->streamed) {
            note(line);
            return;
        }
        anthropicEvents.take(event, time, *call->streamed);
    }
    if (time == noTime)
        m_tally.add(Severity::Info, IssueKind::TimeNotRecorded, "events have an order and no times", m_line, m_byte);
    else if (call->span.end == noTime || time > call->span.end)
        call->span.end = time;
    call->streamedBytes += line.event.size();
    m_heldBytes += line.event.size();
}

void ClaudeSession::withdrawLines(const ClaudeLine& line, Nanos time)
{
    const std::string by(line.uuid);
    for (const std::string_view uuid : line.supersedes)
        withdraw(m_history.callOf(hashOf(uuid)), {hashOf(uuid), "superseded", "declared", by, time});
    for (const std::string_view uuid : line.retracted)
        withdraw(m_history.callOf(hashOf(uuid)), {hashOf(uuid), "fallback", "declared", by, time});
}

void ClaudeSession::withdraw(std::string_view key, ClaudeWithdrawal withdrawal)
{
    if (Held* const call = key.empty() ? nullptr : m_calls.find(std::string(key)))
        call->withdrawals.add(std::move(withdrawal));
}

/// The call whose stream came last and has no end, or null.
ClaudeSession::Held* ClaudeSession::streaming(std::uint32_t group)
{
    const auto streams = m_streaming.find(group);
    Held* const call = streams == m_streaming.end() ? nullptr : m_calls.find(streams->second);
    return call && call->streamed && !call->streamed->terminal ? call : nullptr;
}

/// The run says why it ended. Where the program was stopped while the model wrote, what came stays.
void ClaudeSession::ended(const ClaudeLine& line, std::uint32_t group)
{
    SpanRecord& run = m_groups[group].span;
    setText(m_sink, run, SpanText::StopReason, line.ended.empty() ? line.subtype : line.ended);
    if (run[SpanText::StopReason])
        run.provenance.set(Fact::Stop, Provenance::Declared);
    Held* const call = line.ended == "aborted_streaming" ? streaming(group) : nullptr;
    if (!call)
        return;
    setCancelled(call->span, Provenance::Declared);
    setText(m_sink, call->span, SpanText::StopReason, line.ended);
    call->span.provenance.set(Fact::Stop, Provenance::Declared);
}

/// The request is sent again.
void ClaudeSession::retried(const ClaudeLine& line, std::uint32_t group, Nanos time)
{
    if (Held* const call = streaming(group))
        call->withdrawals.add({0, "retry", "inferred", std::string(line.uuid), time});
}

PackedStream ClaudeSession::streamOf(Held& call) const
{
    if (!call.streamed)
        return call.withdrawals.all().empty() ? PackedStream() : withdrawnStream(call.record, call.withdrawals);
    std::size_t number = 0;
    for (StreamBlock& block : call.streamed->blocks()) {
        // A block that no line tells of can only go with the message.
        const std::uint64_t line = number < call.blockLines.size() ? call.blockLines[number] : 0;
        ++number;
        const ClaudeWithdrawal* const why = block.retracted ? nullptr : call.withdrawals.find(line);
        if (why)
            call.streamed->retract(why->time, block, 0, why->detail());
    }
    return call.streamed->takeStream();
}

void ClaudeSession::giveCall(Held& call)
{
    SpanRecord& span = call.span;
    auto usage = readUsage(call.usage);
    if (call.streamed) {
        const StreamedResponse& said = *call.streamed;
        if (said.usage.output != noTokens)
            usage = SourceUsage{said.usage, UsageDialect::CacheSeparate};
        if (!span[SpanText::StopReason] && !said.stop.empty()) {
            setText(m_sink, span, SpanText::StopReason, said.stop);
            span.provenance.set(Fact::Stop, Provenance::Declared);
        }
        if (!said.errorType.empty()) {
            span.status = SpanStatus::Error;
            setText(m_sink, span, SpanText::ErrorType, said.errorType);
        } else if (!said.terminal && span.status != SpanStatus::Cancelled) {
            m_tally.add(Severity::Warning, IssueKind::StreamBroken, "a stream without its terminal event", call.line);
        }
    }
    if (usage) {
        const NormalisedUsage counted = normalise(usage->raw, UsageDialect::CacheSeparate);
        span.usage = counted.usage;
        span.usageDialect = counted.dialect;
        span.provenance.set(Fact::Usage, Provenance::Measured);
        if (counted.contradictory)
            m_tally.add(Severity::Warning, IssueKind::UsageMismatch, "token classes contradict each other", call.line);
    }
    if (call.lines > 1 && !call.usage.empty())
        m_tally.add(Severity::Info, IssueKind::RepeatedUsage,
                    "usage is repeated on every line of a message; the last one counts", call.line, -1, call.lines - 1);
    m_heldBytes -= std::min(m_heldBytes, call.record.size() + call.streamedBytes);
    if (call.record.empty())
        call.record = call.opening;
    PackedStream stream = streamOf(call);
    std::string before;
    for (const ClaudeWithdrawal& withdrawal : call.withdrawals.all()) {
        const std::string record = withdrawal.record();
        if (record != before)
            call.record += '\n' + record;
        before = record;
    }
    const Row row = m_sink.add(span, call.record);
    if (stream.count > 0)
        m_sink.addStream(row, std::move(stream));
}

} // namespace arcscope
