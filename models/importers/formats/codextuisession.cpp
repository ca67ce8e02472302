#include "codextuisession.h"

#include "base64.h"
#include "cancellation.h"
#include "jsontext.h"
#include "streamedresponse.h"
#include "usagejson.h"
#include "utf8pieces.h"

#include <algorithm>
#include <utility>

namespace arcscope
{
namespace
{

/// Bytes of a text that are compared with its deltas.
constexpr std::size_t maxCompared = std::size_t(16) << 20;

/// "exec_command" of "exec_command_begin"; of an MCP tool its own name.
std::string toolOf(const CodexEvent& event)
{
    if (!event.name.empty())
        return std::string(event.name);
    if (event.type == "exec_approval_request")
        return "exec_command";
    if (event.type == "apply_patch_approval_request")
        return "patch_apply";
    return std::string(event.type.substr(0, event.type.rfind('_')));
}

bool isApproval(std::string_view type)
{
    return type.ends_with("_approval_request");
}

} // namespace

Id CodexTuiSession::parent() const
{
    return m_inTurn ? m_turn.span.span : Id();
}

std::string CodexTuiSession::freshId(std::string_view what)
{
    return (m_turnId.empty() ? m_log.id() : m_turnId) + '/' + std::string(what) + ' ' + std::to_string(++m_numbered);
}

void CodexTuiSession::take(const JsonValue& record, const SplitEvent& at)
{
    m_log.at(at);
    const CodexTuiLine line = readCodexTuiLine(record);
    const std::string_view raw = record.raw();
    const Nanos time = m_log.timeOf(line.time);
    if (time != noTime && m_before != noTime && time < m_before)
        m_log.issue(Severity::Info, IssueKind::ClockSkew, "a time before that of the record before it");
    m_before = time;
    if (line.kind == "session_start") {
        m_started = raw;
        m_provider = m_log.sink().intern(line.provider);
        m_model = line.model;
    } else if (line.kind == "codex_event" && !line.event.type.empty()) {
        codexEvent(line, raw, time);
        m_log.seen(time);
    } else if (line.kind == "op") {
        order(line, raw, time);
    } else if (line.kind.empty()) {
        m_log.issue(Severity::Warning, IssueKind::UnknownRecord, "a record without kind");
    } else {
        m_log.notShown(line.kind);
    }
    m_log.bound();
}

void CodexTuiSession::order(const CodexTuiLine& line, std::string_view raw, Nanos time)
{
    if (line.opType == "user_input" || line.opType == "user_turn") {
        m_log.moment(freshId("message"), "user message", raw, time, parent(), 1);
        m_log.seen(time);
    } else if (line.opType.ends_with("_approval") && m_approval) {
        m_log.append(*m_approval, raw);
        setEnd(m_approval->span, time, Provenance::Measured);
        if (line.decision.starts_with("approved"))
            m_approval->span.status = SpanStatus::Ok;
        else if (!line.decision.empty())
            setCancelled(m_approval->span, Provenance::Declared);
        giveApproval();
    } else {
        m_log.notShown("order " + std::string(line.opType));
    }
}

void CodexTuiSession::configure(const CodexEvent& event, std::string_view raw)
{
    giveTurn();
    if (!event.session.empty())
        m_log.begin(event.session);
    HeldSpan& session = m_log.session();
    if (!m_started.empty())
        m_log.append(session, m_started);
    m_log.append(session, raw);
    m_started.clear();
    session.span.flags = 0;
    session.span.provenance.set(Fact::Kind, Provenance::Declared);
    session.span[SpanText::Provider] = m_provider;
    if (!event.model.empty())
        m_model = event.model;
    m_turns = 0;
    m_rollback = CodexRollback();
}

void CodexTuiSession::startTurn(std::string_view id, std::string_view raw, Nanos time)
{
    giveTurn();
    m_rollback.beginTurn();
    m_rollback.setByUser(); // the window runs a turn for nobody else
    ++m_turns;
    m_turnId = m_log.id() + "/turn " + (id.empty() ? std::to_string(m_turns) : std::string(id));
    m_turn = m_log.newHeld(SpanKind::Agent, m_turnId, "turn");
    m_turn.span.provenance.set(Fact::Parent, Provenance::Declared);
    setStart(m_turn.span, time, Provenance::Measured);
    m_log.append(m_turn, raw);
    m_inTurn = true;
    m_numbered = 0;
    m_calls = 0;
    m_given = time;
}

void CodexTuiSession::giveApproval()
{
    if (m_approval)
        m_log.give(*m_approval);
    m_approval.reset();
}

void CodexTuiSession::giveTurn()
{
    giveModelCall();
    giveApproval();
    m_log.giveCalls();
    if (m_inTurn) {
        m_log.append(m_turn, m_diff);
        m_log.give(m_turn);
    }
    m_diff.clear();
    m_inTurn = false;
    m_turnId.clear();
    m_numbered = 0;
}

void CodexTuiSession::endTurn(const CodexEvent& event, std::string_view raw, Nanos time)
{
    if (!m_inTurn) {
        m_log.notShown(std::string(event.type) + " outside of a turn");
        return;
    }
    m_log.append(m_turn, raw);
    setEnd(m_turn.span, time, Provenance::Measured);
    m_turn.span.messages = event.lastMessage.empty() ? 0 : 1;
    if (event.type == "turn_aborted") {
        setCancelled(m_turn.span, Provenance::Declared);
        setText(m_log.sink(), m_turn.span, SpanText::StopReason, event.reason);
        m_turn.span.provenance.set(Fact::Stop, Provenance::Declared);
        if (m_call && !m_call->answered)
            setCancelled(m_call->span, Provenance::Inferred);
    } else if (m_turn.span.status == SpanStatus::Unset) {
        m_turn.span.status = SpanStatus::Ok;
    }
    giveTurn();
}

/// The call that puts something out now.
void CodexTuiSession::openCall(Nanos time)
{
    if (m_call && m_call->answered)
        giveModelCall();
    if (m_call) {
        if (time != noTime && (m_call->span.end == noTime || time > m_call->span.end))
            setEnd(m_call->span, time, Provenance::Measured);
        return;
    }
    ++m_calls;
    m_call = m_log.newHeld(SpanKind::ModelCall,
                           (m_turnId.empty() ? m_log.id() : m_turnId) +
                               (m_inTurn ? "/call " : "/call outside of a turn ") + std::to_string(m_calls),
                           m_model.empty() ? "chat" : "chat " + m_model);
    SpanRecord& span = m_call->span;
    if (const Id in = parent())
        span.parent = in;
    setStart(span, m_given != noTime && (time == noTime || m_given <= time) ? m_given : time, Provenance::Inferred);
    setEnd(span, time, Provenance::Measured);
    setText(m_log.sink(), span, SpanText::ModelRequested, m_model);
    if (!m_model.empty())
        span.provenance.set(Fact::Model, Provenance::Declared);
    span[SpanText::Provider] = m_provider;
    span.messages = 0;
    span.callsAsked = 0;
}

void CodexTuiSession::giveModelCall()
{
    if (!m_call)
        return;
    if (std::any_of(m_blocks.begin(), m_blocks.end(),
                    [](const Block& block) { return !block.compared && !block.text.empty(); }))
        m_log.tally().add(Severity::Warning, IssueKind::StreamBroken, "a message or reasoning that was not completed",
                          m_call->line, m_call->byte);
    std::vector<StreamEvent> shown;
    for (const Block& block : m_blocks) {
        StreamEvent& event = shown.emplace_back();
        event.block = block.type;
        event.blockIndex = static_cast<std::uint32_t>(&block - m_blocks.data());
        event.from = 0;
        event.to = block.length;
        if (block.length == 0)
            shown.pop_back();
    }
    m_rollback.add(m_log.give(*m_call), std::move(shown));
    m_call.reset();
    m_blocks.clear();
}

void CodexTuiSession::delta(const CodexEvent& event, BlockType type, Nanos time)
{
    openCall(time);
    if (m_blocks.empty() || m_blocks.back().type != type || m_blocks.back().compared)
        m_blocks.push_back({type, {}, false, 0});
    if (m_blocks.back().text.size() < maxCompared)
        m_blocks.back().text += event.text;
    m_blocks.back().length += static_cast<std::int64_t>(event.text.size());
    if (m_call->span.firstToken == notRecorded && time != noTime && m_call->span.start != noTime)
        m_call->span.firstToken = time - m_call->span.start;
    StreamEvent chunk;
    chunk.kind = StreamEventKind::Chunk;
    chunk.time = time;
    chunk.block = type;
    chunk.blockIndex = static_cast<std::uint32_t>(m_blocks.size() - 1);
    chunk.text = event.text;
    m_log.addEvent(*m_call, chunk);
}

/// The connection to the model broke and the program connects again.
void CodexTuiSession::restart(Nanos time)
{
    if (!m_call || m_call->answered)
        return;
    for (Block& block : m_blocks) {
        if (block.compared || block.length == 0)
            continue;
        StreamEvent gone;
        gone.kind = StreamEventKind::Retract;
        gone.time = time;
        gone.block = block.type;
        gone.blockIndex = static_cast<std::uint32_t>(&block - m_blocks.data());
        gone.from = 0;
        gone.to = std::exchange(block.length, 0);
        gone.detail = R"({"reason":"retry","evidence":"inferred"})";
        m_log.addEvent(*m_call, gone);
        block.compared = true;
        block.text.clear();
    }
}

/// A message or a section of reasoning as a whole: what its deltas have to make.
void CodexTuiSession::whole(const CodexEvent& event, BlockType type, std::string_view raw, Nanos time)
{
    const auto open = [&](const Block& block) { return block.type == type && !block.compared; };
    auto block = std::find_if(m_blocks.begin(), m_blocks.end(), open);
    if (block == m_blocks.end() || (m_call && m_call->answered)) {
        delta(event, type, time);
        block = std::find_if(m_blocks.begin(), m_blocks.end(), open);
    } else {
        openCall(time);
    }
    if (block->text != event.text)
        m_log.issue(Severity::Warning, IssueKind::StreamBroken, "a text is not what its deltas make");
    block->compared = true;
    block->text.clear();
    StreamEvent end;
    end.kind = StreamEventKind::BlockEnd;
    end.time = time;
    end.block = type;
    end.blockIndex = static_cast<std::uint32_t>(block - m_blocks.begin());
    m_log.addEvent(*m_call, end);
    m_log.append(*m_call, raw);
    m_call->span.messages = 1;
}

void CodexTuiSession::askTool(const CodexEvent& event, std::string_view raw, Nanos time)
{
    // Counts may be told before the tools of the same call begin.
    const bool late = m_call && m_call->answered && (m_call->ended || m_call->span.callsAsked == 0);
    if (late)
        m_call->ended = true;
    else
        openCall(time);
    const std::string name = toolOf(event);
    const std::string id = event.callId.empty() ? freshId("tool") : std::string(event.callId);
    ++m_call->span.callsAsked;
    m_call->span.messages = 1;
    m_log.append(*m_call, raw);
    const std::string detail = "{\"id\":" + jsonQuoted(id) + '}';
    StreamEvent begin;
    begin.kind = StreamEventKind::BlockStart;
    begin.time = time;
    begin.block = BlockType::ToolCall;
    begin.blockIndex =
        static_cast<std::uint32_t>(m_blocks.size()) + static_cast<std::uint32_t>(m_call->span.callsAsked) - 1;
    begin.text = name;
    begin.detail = detail;
    m_log.addEvent(*m_call, begin);
    m_log.ask(id, name, event.raw, time, parent());
}

void CodexTuiSession::beginTool(const CodexEvent& event, std::string_view raw, Nanos time)
{
    HeldSpan* tool = m_log.call(event.callId);
    if (tool && !event.callId.empty()) {
        m_log.append(*tool, raw);
    } else {
        askTool(event, raw, time);
        tool = m_log.call(event.callId);
    }
    if (tool)
        setStart(tool->span, time, Provenance::Measured);
}

void CodexTuiSession::toolOutput(const CodexEvent& event, Nanos time)
{
    HeldSpan* tool = m_log.call(event.callId);
    if (!tool) {
        m_log.issue(Severity::Warning, IssueKind::UnpairedCall, "output of a command that does not run");
        return;
    }
    const auto bytes = base64Bytes(event.chunk);
    if (!bytes)
        m_log.issue(Severity::Warning, IssueKind::BadValue, "output that is no base64");
    std::string& rest = tool->rest[event.stream == "stderr" ? 1 : 0];
    std::string text = rest + bytes.value_or(std::string(event.chunk));
    rest = cutIncompleteUtf8(text);
    const std::string shown = repairedUtf8(text);
    StreamEvent chunk;
    chunk.kind = StreamEventKind::Chunk;
    chunk.time = time;
    chunk.block = BlockType::Other;
    chunk.blockIndex = event.stream == "stderr" ? 1 : 0;
    chunk.text = shown;
    m_log.addEvent(*tool, chunk);
}

void CodexTuiSession::endTool(const CodexEvent& event, std::string_view raw, Nanos time)
{
    if (!m_log.call(event.callId))
        m_log.askUnseen(event.callId.empty() ? freshId("tool") : event.callId, toolOf(event), parent());
    HeldSpan* tool = m_log.call(event.callId);
    if (!tool)
        return;
    m_log.append(*tool, raw);
    tool->answered = tool->ended = true;
    SpanRecord& span = tool->span;
    setEnd(span, time, Provenance::Measured);
    if (span.start == noTime && event.duration != noTime && time != noTime)
        setStart(span, time - event.duration, Provenance::Measured);
    if (event.exitCode.value_or(0) != 0)
        setFailed(m_log.sink(), span, "exit code " + std::to_string(*event.exitCode));
    else if (event.failed || event.success == false)
        setFailed(m_log.sink(), span, "failed");
    else if (event.exitCode || event.success || !event.output.empty())
        span.status = SpanStatus::Ok;
    if (time != noTime)
        m_given = time;
    m_log.giveCall(event.callId);
}

/// The model asks for a tool and the program asks the user; the wait is a span of its own.
void CodexTuiSession::askApproval(const CodexEvent& event, std::string_view raw, Nanos time)
{
    giveApproval();
    if (!m_log.call(event.callId))
        askTool(event, raw, time);
    m_approval = m_log.newHeld(SpanKind::Other, freshId("approval"), "approval of " + toolOf(event));
    if (const Id in = parent())
        m_approval->span.parent = in;
    setStart(m_approval->span, time, Provenance::Measured);
    m_log.append(*m_approval, event.raw);
}

void CodexTuiSession::count(const CodexEvent& event, std::string_view raw, Nanos time)
{
    const std::string_view counts = event.usage.empty() ? event.raw : event.usage;
    const auto usage = readUsage(counts);
    if (!usage) {
        m_log.notShown("token_count without counts (limits only)");
        return;
    }
    if (!event.total.empty() && event.total == m_lastTotal) {
        m_log.issue(Severity::Info, IssueKind::RepeatedUsage, "token_count again with the same sum; counted once");
        return;
    }
    m_lastTotal = event.total;
    if (m_call && m_call->answered)
        giveModelCall();
    if (!m_call)
        openCall(time);
    if (!setUsage(m_call->span, usage->raw, UsageDialect::Inclusive))
        m_log.issue(Severity::Warning, IssueKind::UsageMismatch, "token classes contradict each other");
    m_log.append(*m_call, raw);
    StreamEvent told;
    told.kind = StreamEventKind::Usage;
    told.time = time;
    told.detail = counts;
    m_log.addEvent(*m_call, told);
    m_call->answered = true;
    if (time != noTime)
        m_given = time;
}

void CodexTuiSession::codexEvent(const CodexTuiLine& line, std::string_view raw, Nanos time)
{
    const CodexEvent& event = line.event;
    const std::string_view type = event.type;
    if (type == "session_configured") {
        configure(event, raw);
    } else if (type == "task_started" || type == "turn_started") {
        startTurn(line.id, raw, time);
    } else if (type == "task_complete" || type == "turn_complete" || type == "turn_aborted") {
        endTurn(event, raw, time);
    } else if (type == "agent_message_delta") {
        delta(event, BlockType::Text, time);
    } else if (type == "agent_reasoning_delta" || type == "agent_reasoning_raw_content_delta") {
        delta(event, BlockType::Reasoning, time);
    } else if (type == "agent_reasoning_section_break") {
        // The next section begins with the next delta; the one before is completed later.
        if (!m_blocks.empty() && m_blocks.back().type == BlockType::Reasoning && !m_blocks.back().text.empty())
            m_blocks.push_back({BlockType::Reasoning, {}, false, 0});
    } else if (type == "agent_message") {
        whole(event, BlockType::Text, raw, time);
    } else if (type == "agent_reasoning" || type == "agent_reasoning_raw_content") {
        whole(event, BlockType::Reasoning, raw, time);
    } else if (type == "exec_command_output_delta") {
        toolOutput(event, time);
    } else if (isApproval(type)) {
        askApproval(event, raw, time);
    } else if (type.ends_with("_begin")) {
        beginTool(event, raw, time);
    } else if (type.ends_with("_end")) {
        endTool(event, raw, time);
    } else if (type == "token_count") {
        count(event, raw, time);
    } else if (type == "user_message") {
        m_log.moment(freshId("message"), "user message", raw, time, parent(), 1);
    } else if (type == "error" || type == "stream_error") {
        if (type == "stream_error")
            restart(time);
        m_log.failure(freshId("error"), type == "error" ? "error" : "stream error", raw, time, parent(), type);
        if (type == "error" && m_inTurn)
            setFailed(m_log.sink(), m_turn.span, type);
    } else if (type == "thread_rolled_back") {
        giveTurn();
        m_log.moment(m_log.id() + "/rollback " + std::to_string(++m_rollbacks), "rollback of turns", raw, time, {});
        if (!m_rollback.rollBack(m_log.sink(), event.turns, time))
            m_log.issue(Severity::Info, IssueKind::MissingField, "a rollback of more turns than are recorded");
    } else if (type == "turn_diff") {
        if (!m_diff.empty())
            m_log.notShown("turn_diff that a later one replaces");
        m_diff = raw;
    } else {
        m_log.notShown("event " + std::string(type));
    }
}

void CodexTuiSession::finish()
{
    giveTurn();
    m_log.finish();
}

} // namespace arcscope
