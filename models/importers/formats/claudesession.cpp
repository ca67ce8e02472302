#include "claudesession.h"

#include "cancellation.h"
#include "usagejson.h"

#include <algorithm>

namespace arcscope
{
namespace
{

void widen(SpanRecord& span, Nanos time)
{
    if (time == noTime)
        return;
    if (span.start == noTime || time < span.start)
        span.start = time;
    if (span.end == noTime || time > span.end)
        span.end = time;
    span.provenance.set(Fact::Start, Provenance::Inferred);
    span.provenance.set(Fact::End, Provenance::Inferred);
}

constexpr std::string_view refusedByUser = "The user doesn't want to";
constexpr std::string_view interruptedByUser = "[Request interrupted by user";
/// Of calls of one message the program drops those that have not run when one of them fails.
constexpr std::string_view droppedWithSibling = "Sibling tool call errored";
constexpr std::string_view exitCodePrefix = "Exit code ";

/// Something the user asked for, and not a result, a note of the program or an interrupt.
bool isPrompt(const ClaudeLine& line)
{
    if (line.type != "user" || !line.hasMessage || line.meta || line.compactSummary || line.sidechain)
        return false;
    const std::string_view text =
        !line.messageText.empty() || line.blocks.empty() ? line.messageText : line.blocks.front().text;
    return !text.starts_with(interruptedByUser) &&
           std::none_of(line.blocks.begin(), line.blocks.end(),
                        [](const ClaudeBlock& block) { return block.type == "tool_result"; });
}

} // namespace

ClaudeSession::Held* ClaudeSession::HeldSpans::find(const std::string& key)
{
    const auto found = byKey.find(key);
    return found == byKey.end() ? nullptr : &found->second->second;
}

ClaudeSession::Held& ClaudeSession::HeldSpans::add(const std::string& key)
{
    inOrder.emplace_back(key, Held());
    byKey[key] = std::prev(inOrder.end());
    return inOrder.back().second;
}

void ClaudeSession::HeldSpans::erase(const std::string& key)
{
    const auto found = byKey.find(key);
    inOrder.erase(found->second);
    byKey.erase(found);
}

std::uint32_t ClaudeSession::group(std::string_view session, std::string_view agent)
{
    const auto [entry, isNew] = m_groupNames.try_emplace({std::string(session), std::string(agent)},
                                                         static_cast<std::uint32_t>(m_groups.size()));
    if (isNew) {
        Group made{std::string(session), std::string(agent), {}, false};
        made.span.trace = toId(m_sink, session);
        made.span.span = toId(m_sink, agent.empty() ? "session:" + made.session : "agent:" + made.agent);
        made.span.kind = SpanKind::Agent;
        made.span.flags = bit(SpanFlag::Synthetic);
        made.span.provenance.set(Fact::Kind, Provenance::Inferred);
        setText(m_sink, made.span, SpanText::Session, session);
        setText(m_sink, made.span, SpanText::Service, "Claude Code");
        if (agent.empty())
            setText(m_sink, made.span, SpanText::Name, "Claude Code session");
        if (agent.starts_with("acompact-")) {
            setText(m_sink, made.span, SpanText::Name, "compaction agent");
            made.span.parent = toId(m_sink, "session:" + made.session);
            made.span.provenance.set(Fact::Parent, Provenance::Inferred);
        }
        m_groups.push_back(std::move(made));
    }
    return entry->second;
}

std::uint32_t ClaudeSession::groupOf(const ClaudeLine& line)
{
    if (!line.agent.empty())
        return group(line.session, line.agent);
    if (!line.sidechain)
        return group(line.session, {});
    const auto parent = m_seen.find(hashOf(line.parent));
    if (!line.parent.empty() && parent != m_seen.end() && !m_groups[parent->second.group].agent.empty())
        return parent->second.group;
    // A side chain without an agent id begins: the call with the same prompt has started it.
    const std::string_view prompt =
        !line.messageText.empty() || line.blocks.empty() ? line.messageText : line.blocks.front().text;
    const auto task = m_tasks.find(hashOf(prompt));
    if (!prompt.empty() && task != m_tasks.end())
        startAgent(line.session, line.uuid, task->second, Provenance::Inferred, noTime);
    return group(line.session, line.uuid);
}

void ClaudeSession::startAgent(std::string_view session, std::string_view agent, std::string_view call,
                               Provenance known, Nanos time)
{
    Group& started = m_groups[group(session, agent)];
    started.used = true;
    if (!call.empty()) {
        started.span.parent = toId(m_sink, call);
        started.span.provenance.set(Fact::Parent, known);
        const auto type = m_agentTypes.find(std::string(call));
        if (type != m_agentTypes.end()) {
            setText(m_sink, started.span, SpanText::Name, type->second);
            setText(m_sink, started.span, SpanText::Agent, type->second);
        }
    }
    widen(started.span, time);
}

SpanRecord ClaudeSession::spanIn(std::uint32_t group) const
{
    SpanRecord span;
    const Group& around = m_groups[group];
    span.trace = around.span.trace;
    span.parent = around.span.span;
    span.texts[static_cast<std::size_t>(SpanText::Session)] = around.span[SpanText::Session];
    span.texts[static_cast<std::size_t>(SpanText::Service)] = around.span[SpanText::Service];
    span.provenance.set(Fact::Parent, around.agent.empty() ? Provenance::Declared : Provenance::Inferred);
    span.sourceByte = m_byte;
    return span;
}

void ClaudeSession::completeOfStream(ClaudeLine& line)
{
    ++m_records;
    if (line.session.empty())
        line.session = m_stream;
    if (line.uuid.empty()) {
        m_madeUuid = m_stream + '#' + std::to_string(m_records);
        line.uuid = m_madeUuid;
    }
    if (!line.spawnedBy.empty()) {
        line.agent = line.spawnedBy;
        startAgent(line.session, line.agent, line.spawnedBy, Provenance::Declared, noTime);
    }
}

void ClaudeSession::take(const JsonValue& record, std::int64_t lineNumber, std::int64_t byte)
{
    m_line = lineNumber;
    m_byte = byte;
    ClaudeLine line = readClaudeLine(record);
    if (!m_stream.empty())
        completeOfStream(line);
    if (line.session.empty() || line.uuid.empty()) {
        note(line);
        return;
    }
    const Nanos time = readTime(line.timestamp, m_tally);
    if (time == noTime && line.event.empty())
        m_tally.add(m_stream.empty() ? Severity::Warning : Severity::Info, IssueKind::TimeNotRecorded,
                    "a record without time", m_line, m_byte);
    if (m_seen.contains(hashOf(line.uuid))) {
        m_tally.add(Severity::Info, IssueKind::DuplicateSpan, "the same record again (its uuid was read before)",
                    m_line, m_byte);
        return;
    }
    const std::uint32_t in = groupOf(line);
    m_groups[in].used = true;
    widen(m_groups[in].span, time);
    const std::string_view raw = record.raw();
    if (!line.event.empty()) {
        streamEvent(line, raw, in, time);
        bound();
        return;
    }
    m_seen[hashOf(line.uuid)] = {time, in};
    for (const std::string& gone :
         m_history.add(hashOf(line.uuid), line.parent.empty() ? 0 : hashOf(line.parent), isPrompt(line)))
        withdraw(gone, {0, "rollback", "inferred", std::string(line.uuid), time});
    withdrawLines(line, time);
    if (line.type == "result")
        ended(line, in);
    else if (line.type == "system" && line.subtype == "api_retry")
        retried(line, in, time);

    if (line.type == "assistant" && line.hasMessage) {
        assistant(line, raw, in, time);
    } else if (line.type == "user" && line.hasMessage) {
        user(line, raw, in, time);
    } else if (line.type == "system" && line.subtype == "compact_boundary") {
        moment(line, raw, in, time, "compaction", SpanStatus::Unset);
    } else if (line.type == "system" && line.subtype == "api_error") {
        moment(line, raw, in, time, "API error", SpanStatus::Error);
    } else if (line.type == "system" && line.subtype != "turn_duration" && line.subtype != "stop_hook_summary") {
        moment(line, raw, in, time, line.subtype.empty() ? "system message" : line.subtype, SpanStatus::Unset);
    } else {
        if (line.type == "progress" && !line.dataAgent.empty()) {
            const Nanos sent = readTime(line.dataTimestamp, m_tally);
            startAgent(line.session, line.dataAgent, line.parentToolUse, Provenance::Declared, sent);
        }
        note(line);
    }
    bound();
}

void ClaudeSession::note(const ClaudeLine& line)
{
    std::string what(line.type.empty() ? "record without type" : line.type);
    for (const std::string_view more : {line.subtype, line.dataType, line.operation}) {
        if (!more.empty())
            what += ' ' + std::string(more);
    }
    if (line.dataType == "agent_progress")
        what += " (copies of a sub-agent's messages)";
    m_tally.add(Severity::Info, IssueKind::UnknownRecord, what + ": not shown as a span", m_line, m_byte);
}

void ClaudeSession::moment(const ClaudeLine& line, std::string_view raw, std::uint32_t group, Nanos time,
                           std::string_view name, SpanStatus status)
{
    SpanRecord span = spanIn(group);
    span.span = toId(m_sink, line.uuid);
    span.start = span.end = time;
    if (time != noTime) {
        span.provenance.set(Fact::Start, Provenance::Measured);
        span.provenance.set(Fact::End, Provenance::Measured);
    }
    span.status = status;
    if (status == SpanStatus::Cancelled)
        span.provenance.set(Fact::Status, Provenance::Inferred);
    span.provenance.set(Fact::Kind, Provenance::Declared);
    if (line.hasMessage)
        span.messages = 1;
    setText(m_sink, span, SpanText::Name, name);
    if (status == SpanStatus::Error)
        setText(m_sink, span, SpanText::ErrorType, line.subtype.empty() ? "api_error" : line.subtype);
    m_sink.add(span, raw);
}

void ClaudeSession::assistant(const ClaudeLine& line, std::string_view raw, std::uint32_t group, Nanos time)
{
    if (line.apiError || line.model == "<synthetic>") {
        moment(line, raw, group, time, line.apiError ? "API error" : "message by the program",
               line.apiError ? SpanStatus::Error : SpanStatus::Unset);
        return;
    }
    const std::string_view id = line.messageId.empty() ? line.uuid : line.messageId;
    Held& call = callOf(line, id, line.model, group, time);
    m_history.setCall(hashOf(line.uuid), keyOf(line.session, id));
    call.blockLines.insert(call.blockLines.end(), line.blocks.size(), hashOf(line.uuid));
    SpanRecord& span = call.span;
    ++call.lines;
    call.lastUuid = hashOf(line.uuid);
    if (time != noTime && (span.end == noTime || time > span.end)) {
        span.end = time;
        span.provenance.set(Fact::End, Provenance::Measured);
    }
    if (!line.model.empty()) {
        setText(m_sink, span, SpanText::ModelServed, line.model);
        span.provenance.set(Fact::Model, Provenance::Declared);
    }
    if (!line.stopReason.empty()) {
        setText(m_sink, span, SpanText::StopReason, line.stopReason);
        span.provenance.set(Fact::Stop, Provenance::Declared);
    }
    if (!line.usage.empty())
        call.usage = line.usage;
    if (!call.record.empty())
        call.record += '\n';
    call.record += raw;
    m_heldBytes += raw.size();
    for (const ClaudeBlock& block : line.blocks) {
        if (block.type == "tool_use" && !block.id.empty()) {
            ++span.callsAsked;
            askTool(line, block, group, time);
        }
    }
}

void ClaudeSession::askTool(const ClaudeLine& line, const ClaudeBlock& block, std::uint32_t group, Nanos time)
{
    const std::string key = keyOf(line.session, block.id);
    if (m_tools.find(key)) {
        m_tally.add(Severity::Warning, IssueKind::DuplicateSpan, "a call id is used twice", m_line, m_byte);
        return;
    }
    Held& tool = m_tools.add(key);
    tool.line = m_line;
    tool.span = spanIn(group);
    SpanRecord& span = tool.span;
    span.span = toId(m_sink, block.id);
    span.kind = SpanKind::ToolCall;
    span.provenance.set(Fact::Kind, Provenance::Declared);
    span.start = time;
    if (time != noTime)
        span.provenance.set(Fact::Start, Provenance::Inferred);
    setText(m_sink, span, SpanText::Name, block.name);
    setText(m_sink, span, SpanText::Tool, block.name);
    tool.record = block.raw;
    m_heldBytes += block.raw.size();
    if (block.name == "Task" || block.name == "Agent") {
        if (!block.prompt.empty())
            m_tasks[hashOf(block.prompt)] = block.id;
        if (!block.agentType.empty())
            m_agentTypes[std::string(block.id)] = block.agentType;
    }
}

void ClaudeSession::answerTool(const ClaudeLine& line, const ClaudeBlock& block, std::string_view raw,
                               std::uint32_t group, Nanos time)
{
    const std::string key = keyOf(line.session, block.resultFor);
    Held* tool = m_tools.find(key);
    if (!tool) {
        tool = &m_tools.add(key);
        tool->span = spanIn(group);
        tool->span.span = toId(m_sink, block.resultFor);
        tool->span.kind = SpanKind::ToolCall;
        tool->span.provenance.set(Fact::Kind, Provenance::Declared);
        setText(m_sink, tool->span, SpanText::Name, "tool result");
        m_tally.add(Severity::Warning, IssueKind::UnpairedCall, "a result without its call", m_line, m_byte);
    }
    SpanRecord& span = tool->span;
    span.end = time;
    if (time != noTime)
        span.provenance.set(Fact::End, Provenance::Measured);
    span.status = block.failed ? SpanStatus::Error : SpanStatus::Ok;
    if (line.interrupted)
        setCancelled(span, Provenance::Declared);
    const std::string_view beginning = block.text.substr(0, droppedWithSibling.size() + 16); // behind a tag
    if (block.failed &&
        (block.text.starts_with(refusedByUser) || beginning.find(droppedWithSibling) != std::string_view::npos)) {
        setCancelled(span, Provenance::Inferred);
        span.flags |= bit(SpanFlag::NotExecuted);
    }
    std::string_view code;
    if (block.failed && block.text.starts_with(exitCodePrefix)) {
        code = block.text.substr(exitCodePrefix.size());
        code = code.substr(0, std::min(code.find_first_not_of("0123456789"), code.size()));
    }
    if (line.exitCode > 0)
        setText(m_sink, span, SpanText::ErrorType, "exit code " + std::to_string(line.exitCode));
    else if (!code.empty())
        setText(m_sink, span, SpanText::ErrorType, "exit code " + std::string(code));
    if (!line.resultAgent.empty())
        startAgent(line.session, line.resultAgent, block.resultFor, Provenance::Declared, noTime);
    if (!tool->record.empty())
        tool->record += '\n';
    m_heldBytes -= std::min(m_heldBytes, tool->record.size());
    tool->record += raw;
    m_sink.add(span, tool->record);
    m_tools.erase(key);
}

void ClaudeSession::user(const ClaudeLine& line, std::string_view raw, std::uint32_t group, Nanos time)
{
    bool wrote = line.blocks.empty();
    std::string_view text = line.messageText;
    for (const ClaudeBlock& block : line.blocks) {
        if (block.type == "tool_result" && !block.resultFor.empty()) {
            answerTool(line, block, raw, group, time);
        } else {
            wrote = true;
            if (text.empty())
                text = block.text;
        }
    }
    if (!wrote)
        return;
    if (text.starts_with(interruptedByUser)) {
        interruptCall(line);
        moment(line, raw, group, time, "interrupt", SpanStatus::Cancelled);
    } else if (line.compactSummary)
        moment(line, raw, group, time, "compaction summary", SpanStatus::Unset);
    else
        moment(line, raw, group, time, line.meta ? "message by the program" : "user message", SpanStatus::Unset);
}

/// The call that the interrupt follows at once, where its answer has no end: it was cut.
void ClaudeSession::interruptCall(const ClaudeLine& line)
{
    int looked = 0;
    for (auto held = m_calls.inOrder.rbegin(); held != m_calls.inOrder.rend() && looked < 8; ++held, ++looked) {
        SpanRecord& span = held->second.span;
        if (held->second.lastUuid == hashOf(line.parent) && !span[SpanText::StopReason]) {
            setCancelled(span, Provenance::Inferred);
            return;
        }
    }
}

void ClaudeSession::giveTool(Held& tool)
{
    tool.span.flags |= bit(SpanFlag::NotExecuted);
    m_tally.add(Severity::Warning, IssueKind::UnpairedCall, "a call without result", tool.line);
    m_heldBytes -= std::min(m_heldBytes, tool.record.size());
    m_sink.add(tool.span, tool.record);
}

void ClaudeSession::bound()
{
    while (m_heldBytes > maxHeldBytes && m_calls.inOrder.size() + m_tools.inOrder.size() > 1) {
        HeldSpans& held = m_calls.inOrder.empty() ? m_tools : m_calls;
        const std::string key = held.inOrder.front().first;
        Held& oldest = held.inOrder.front().second;
        if (&held == &m_calls)
            giveCall(oldest);
        else
            giveTool(oldest);
        held.erase(key);
    }
}

void ClaudeSession::finish()
{
    for (auto& [key, call] : m_calls.inOrder)
        giveCall(call);
    for (auto& [key, tool] : m_tools.inOrder)
        giveTool(tool);
    for (const Group& made : m_groups) {
        if (made.used)
            m_sink.add(made.span, {});
    }
    m_tally.report(m_sink);
}

} // namespace arcscope
