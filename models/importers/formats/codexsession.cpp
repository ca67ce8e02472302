#include "codexsession.h"

#include "cancellation.h"
#include "usagejson.h"

#include <algorithm>

namespace arcscope
{
namespace
{

bool isOutput(const CodexEvent& event)
{
    return (event.type == "message" && event.role == "assistant") || event.type == "reasoning" ||
           event.type.ends_with("_call");
}

/// A command that goes on after its first output was handed to the model: its end is another record.
bool staysOpen(const HeldSpan& call)
{
    return !call.ended && call.record.find("Process running with session ID") != std::string::npos;
}

RawUsage countsOf(std::string_view json)
{
    const auto usage = readUsage(json);
    return usage ? usage->raw : RawUsage();
}

std::int64_t sum(std::int64_t a, std::int64_t b)
{
    return a == noTokens || b == noTokens ? noTokens : saturatedSum(a, b);
}

} // namespace

Id CodexSession::parent() const
{
    return m_inTurn ? m_turn.span.span : Id();
}

/// For spans that the source gives no id: the same file gives the same ids.
std::string CodexSession::freshId(std::string_view what)
{
    return (m_turnId.empty() ? m_log.id() : m_turnId) + '/' + std::string(what) + ' ' + std::to_string(++m_numbered);
}

void CodexSession::take(const JsonValue& record, const SplitEvent& at)
{
    m_log.at(at);
    const CodexLine line = readCodexLine(record);
    if (line.type.empty() || !line.hasPayload) {
        m_log.issue(Severity::Warning, IssueKind::UnknownRecord, "a line without type or payload");
        return;
    }
    const Nanos time = m_log.timeOf(line.timestamp);
    std::string_view raw = record.raw();
    std::string wrapped;
    if (line.bare && line.event.type.ends_with("_call")) {
        // As later versions write it, so that in the record of a call of the model it is no call of a tool itself.
        wrapped = R"({"type":"response_item","payload":)" + std::string(raw) + '}';
        raw = wrapped;
    }
    if (line.type == "session_meta")
        meta(line, raw, time);
    else if (line.type == "turn_context")
        context(line.event, raw, time);
    else if (line.type == "response_item")
        item(line.event, raw, time);
    else if (line.type == "event_msg")
        event(line.event, raw, time);
    else if (line.type == "compacted")
        m_log.moment(freshId("compaction"), "compaction", raw, time, parent(), line.event.text.empty() ? 0 : 1);
    else if (!line.bare) // what an old version notes of its state says nothing
        m_log.notShown(line.type);
    m_log.seen(time);
    if (m_inTurn && !m_recordedTurn)
        widen(m_turn.span, time);
    m_log.bound();
}

void CodexSession::meta(const CodexLine& line, std::string_view raw, Nanos time)
{
    if (m_log.hasSession() && !m_log.session().record.empty()) {
        m_log.notShown("another session_meta (of the session that this one continues)");
        return;
    }
    if (!line.event.session.empty())
        m_log.begin(line.event.session);
    HeldSpan& own = m_log.session();
    m_log.append(own, raw);
    own.span.flags = 0;
    own.span.provenance.set(Fact::Kind, Provenance::Declared);
    own.span.messages = line.event.instructions.empty() ? 0 : 1;
    setText(m_log.sink(), own.span, SpanText::Provider, line.event.provider);
    m_provider = own.span[SpanText::Provider];
    m_given = time;
}

void CodexSession::context(const CodexEvent& event, std::string_view raw, Nanos time)
{
    const bool another = !event.turn.empty() && !m_turnId.empty() && event.turn != m_turnId;
    if (!m_inTurn || another || (!m_recordedTurn && m_turnUsed))
        startTurn(event.turn, time, false);
    if (!event.model.empty())
        m_model = event.model;
    m_log.append(m_turn, raw);
    m_given = time;
}

void CodexSession::startTurn(std::string_view id, Nanos time, bool recorded)
{
    endTurn();
    m_rollback.beginTurn();
    ++m_turns;
    m_turnId = id.empty() ? m_log.id() + "/turn " + std::to_string(m_turns) : std::string(id);
    m_turn = m_log.newHeld(SpanKind::Agent, m_turnId, "turn");
    m_turn.span.provenance.set(Fact::Parent, Provenance::Declared);
    if (recorded) {
        setStart(m_turn.span, time, Provenance::Measured);
    } else {
        m_turn.span.flags = bit(SpanFlag::Synthetic);
        m_turn.span.provenance.set(Fact::Kind, Provenance::Inferred);
    }
    m_inTurn = true;
    m_recordedTurn = recorded;
    m_turnUsed = false;
    m_numbered = 0;
    m_calls = 0;
    m_given = time;
}

void CodexSession::giveModelCall()
{
    if (!m_call.there)
        return;
    if (m_calls == 1 && m_inTurn) {
        m_firstCall = std::move(m_call.held);
        m_hasFirst = true;
    } else {
        give(m_call.held);
    }
    m_call = Call();
}

/// Hands a call of the model over and remembers it for a rollback.
void CodexSession::give(HeldSpan& call)
{
    const Row row = m_log.give(call);
    m_rollback.add(row, std::move(call.record));
}

void CodexSession::rollBack(const CodexEvent& event, std::string_view raw, Nanos time)
{
    m_log.moment(m_log.id() + "/rollback " + std::to_string(++m_rollbacks), "rollback of turns", raw, time, parent());
    endTurn();
    if (!m_rollback.rollBack(m_log.sink(), event.turns, time))
        m_log.issue(Severity::Info, IssueKind::MissingField, "a rollback of more turns than are recorded");
}

void CodexSession::endTurn()
{
    giveModelCall();
    if (m_hasFirst)
        give(m_firstCall);
    m_hasFirst = false;
    giveSaid();
    m_log.giveCalls([](const HeldSpan& call) { return !call.answered || staysOpen(call); });
    if (m_inTurn)
        m_log.give(m_turn);
    m_inTurn = false;
    m_turnId.clear();
    m_numbered = 0;
}

void CodexSession::finishTurn(const CodexEvent& event, std::string_view raw, Nanos time)
{
    if (!m_inTurn || (!event.turn.empty() && !m_turnId.empty() && event.turn != m_turnId)) {
        if (event.turn.empty()) {
            m_log.notShown(std::string(event.type) + " outside of a turn");
            return;
        }
        startTurn(event.turn, noTime, false);
    }
    m_log.append(m_turn, raw);
    setEnd(m_turn.span, time, Provenance::Measured);
    m_turn.span.messages = event.lastMessage.empty() ? 0 : 1;
    if (event.type == "turn_aborted") {
        setCancelled(m_turn.span, Provenance::Declared);
        setText(m_log.sink(), m_turn.span, SpanText::StopReason, event.reason);
        m_turn.span.provenance.set(Fact::Stop, Provenance::Declared);
        if (m_call.there && m_call.open)
            setCancelled(m_call.held.span, Provenance::Inferred);
    } else if (m_turn.span.status == SpanStatus::Unset) {
        m_turn.span.status = SpanStatus::Ok;
    }
    giveModelCall();
    m_turn.span.firstToken = event.toFirstToken == noTime ? notRecorded : event.toFirstToken;
    // Counted from the turn's start; the first call begins a little later.
    if (event.toFirstToken != noTime && m_hasFirst && m_turn.span.start != noTime && m_firstCall.span.start != noTime) {
        const Nanos first = m_turn.span.start + event.toFirstToken - m_firstCall.span.start;
        if (first >= 0)
            m_firstCall.span.firstToken = first;
    }
    endTurn();
}

void CodexSession::item(const CodexEvent& event, std::string_view raw, Nanos time)
{
    if (event.type.ends_with("_output")) {
        answerTool(event, raw, time);
    } else if (isOutput(event)) {
        output(event, raw, time);
    } else if (event.type == "message") {
        message(event, raw, time);
    } else if (event.type == "compaction" || event.type == "compaction_summary") {
        m_log.moment(freshId("compaction"), "compaction", raw, time, parent());
    } else {
        m_log.notShown("item " + std::string(event.type));
    }
}

void CodexSession::message(const CodexEvent& event, std::string_view raw, Nanos time)
{
    m_call.open = false;
    m_given = time;
    if (event.role == "user") {
        m_rollback.setByUser();
        pair(event.contentText, false, {}, time);
    }
    m_log.moment(freshId("message"), event.role.empty() ? "message" : std::string(event.role) + " message", raw, time,
                 parent(), 1);
}

void CodexSession::output(const CodexEvent& event, std::string_view raw, Nanos time)
{
    m_turnUsed = true;
    if (m_call.there && !m_call.open)
        giveModelCall();
    if (!m_call.there) {
        m_call.there = m_call.open = true;
        ++m_calls;
        m_call.held = m_log.newHeld(SpanKind::ModelCall,
                                    (m_turnId.empty() ? m_log.id() : m_turnId) + "/call " + std::to_string(m_calls),
                                    m_model.empty() ? "chat" : "chat " + m_model);
        SpanRecord& span = m_call.held.span;
        if (const Id in = parent())
            span.parent = in;
        const bool known = m_given != noTime && (time == noTime || m_given <= time);
        setStart(span, known ? m_given : time, Provenance::Inferred);
        setText(m_log.sink(), span, SpanText::ModelRequested, m_model);
        if (!m_model.empty())
            span.provenance.set(Fact::Model, Provenance::Declared);
        span[SpanText::Provider] = m_provider;
        span.messages = 1;
        span.callsAsked = 0;
    }
    SpanRecord& span = m_call.held.span;
    if (time != noTime && (span.end == noTime || time > span.end))
        setEnd(span, time, Provenance::Measured);
    m_log.append(m_call.held, raw);
    if (event.type == "message" || event.type == "reasoning") {
        if (!event.contentText.empty())
            pair(event.contentText, false, {}, time);
        return;
    }
    ++span.callsAsked;
    askTool(event, time);
}

void CodexSession::askTool(const CodexEvent& event, Nanos time)
{
    const bool unnamed = event.type != "function_call" && event.type != "custom_tool_call";
    const std::string name(unnamed ? event.type.substr(0, event.type.size() - 5) : event.name);
    const std::string id = event.callId.empty() ? freshId("tool") : std::string(event.callId);
    HeldSpan* tool = m_log.ask(id, name, event.raw, time, parent());
    if (!tool || event.type != "web_search_call")
        return;
    // The provider ran it: the item is written when it is done.
    tool->answered = true;
    setEnd(tool->span, time, Provenance::Measured);
    if (event.status == "completed")
        tool->span.status = SpanStatus::Ok;
    else if (event.status == "failed")
        setFailed(m_log.sink(), tool->span, "failed");
    if (!m_searches.empty()) {
        m_log.append(*tool, m_searches.front());
        m_searches.erase(m_searches.begin());
    }
}

void CodexSession::answerTool(const CodexEvent& event, std::string_view raw, Nanos time)
{
    m_call.open = false;
    m_given = time;
    HeldSpan* tool = m_log.call(event.callId);
    if (!tool)
        tool = &m_log.askUnseen(event.callId.empty() ? freshId("tool") : event.callId, "tool result", parent());
    m_log.append(*tool, raw);
    tool->answered = true;
    SpanRecord& span = tool->span;
    if (!tool->ended)
        setEnd(span, time, Provenance::Measured);
    if (span.status != SpanStatus::Unset)
        return;
    bool stated = false;
    const auto code = exitCodeIn(event.output, stated);
    if (event.success == false || (code && *code != 0))
        setFailed(m_log.sink(), span, code && *code != 0 ? "exit code " + std::to_string(*code) : std::string());
    else if (event.success == true || code)
        span.status = SpanStatus::Ok;
    if (span.status != SpanStatus::Unset && event.success == std::nullopt && !stated)
        span.provenance.set(Fact::Status, Provenance::Inferred);
}

/// The end of a command, patch or MCP tool, as the program that ran it measured it.
void CodexSession::endTool(const CodexEvent& event, std::string_view raw, Nanos time)
{
    HeldSpan* tool = m_log.call(event.callId);
    if (!tool) {
        if (event.source != "user_shell") {
            tool = &m_log.askUnseen(event.callId.empty() ? freshId("tool") : event.callId, event.type, parent());
        } else {
            tool = m_log.ask(event.callId.empty() ? freshId("tool") : std::string(event.callId), "user command", {},
                             time, parent());
            if (!tool)
                return;
        }
    }
    m_log.append(*tool, raw);
    tool->ended = true;
    SpanRecord& span = tool->span;
    setEnd(span, time, Provenance::Measured);
    if (event.duration != noTime && time != noTime && (span.start == noTime || time - event.duration >= span.start))
        setStart(span, time - event.duration, Provenance::Measured);
    span.provenance.set(Fact::Status, Provenance::NotRecorded);
    if (event.status == "declined") {
        setCancelled(span, Provenance::Declared);
        span.flags |= bit(SpanFlag::NotExecuted);
    } else if (event.exitCode.value_or(0) != 0) {
        setFailed(m_log.sink(), span, "exit code " + std::to_string(*event.exitCode));
    } else if (event.failed || event.success == false || event.status == "failed") {
        setFailed(m_log.sink(), span, "failed");
    } else if (event.exitCode || event.success || !event.output.empty()) {
        span.status = SpanStatus::Ok;
    }
}

void CodexSession::event(const CodexEvent& event, std::string_view raw, Nanos time)
{
    const std::string_view type = event.type;
    if (type == "task_started" || type == "turn_started") {
        startTurn(event.turn, time, true);
        m_log.append(m_turn, raw);
    } else if (type == "task_complete" || type == "turn_complete" || type == "turn_aborted") {
        finishTurn(event, raw, time);
    } else if (type == "token_count") {
        count(event, raw, time);
    } else if (type == "user_message" || type == "agent_message" || type == "agent_reasoning") {
        if (pair(event.text, true, raw, time))
            m_log.notShown("event " + std::string(type) + " (the item of the same text is)");
    } else if (type == "web_search_end") {
        if (m_searches.size() < maxSaid)
            m_searches.emplace_back(raw);
        else
            m_log.notShown("event web_search_end without item");
    } else if (type.ends_with("_end")) {
        endTool(event, raw, time);
    } else if (type.ends_with("_begin") && m_log.call(event.callId)) {
        HeldSpan& tool = *m_log.call(event.callId);
        m_log.append(tool, raw);
        setStart(tool.span, time, Provenance::Measured);
    } else if (type == "error" || type == "stream_error") {
        const std::string_view what = event.codexError.empty() ? type : event.codexError;
        m_log.failure(freshId("error"), type == "error" ? "error" : "stream error", raw, time, parent(), what);
        if (type == "error" && m_inTurn)
            setFailed(m_log.sink(), m_turn.span, what);
    } else if (type == "thread_rolled_back") {
        rollBack(event, raw, time);
    } else {
        m_log.notShown("event " + std::string(type));
    }
}

void CodexSession::count(const CodexEvent& event, std::string_view raw, Nanos time)
{
    if (event.usage.empty()) {
        m_log.notShown("token_count without counts (limits only)");
        return;
    }
    const RawUsage last = countsOf(event.usage);
    if (!event.total.empty()) {
        const RawUsage total = countsOf(event.total);
        if (m_hasTotal && total == m_total) {
            m_log.issue(Severity::Info, IssueKind::RepeatedUsage, "token_count again with the same sum; counted once");
            return;
        }
        const RawUsage before = m_hasTotal ? m_total : RawUsage{0, 0, 0};
        if (sum(before.input, last.input) != total.input || sum(before.output, last.output) != total.output)
            m_log.issue(Severity::Warning, IssueKind::UsageMismatch,
                        "the sum in token_count is not the sum before and the last call; the calls are counted");
        m_total = total;
        m_hasTotal = true;
    }
    if (m_call.there && m_call.counted)
        giveModelCall();
    if (!m_call.there) {
        // A call whose items are not in the file, such as one that compacts.
        CodexEvent none;
        none.type = "reasoning";
        output(none, {}, time);
        m_call.held.span.messages = 0;
        m_log.issue(Severity::Info, IssueKind::MissingField, "usage of a model call whose items are not recorded");
    } else if (m_call.open && time != noTime) {
        setEnd(m_call.held.span, time, Provenance::Measured);
    }
    m_log.append(m_call.held, raw);
    if (!setUsage(m_call.held.span, last, UsageDialect::Inclusive))
        m_log.issue(Severity::Warning, IssueKind::UsageMismatch, "token classes contradict each other");
    m_call.counted = true;
    m_call.open = false;
    if (m_given == noTime || (time != noTime && time > m_given))
        m_given = time;
}

/// Whether the same text was there in the other form; else it is kept until it comes.
bool CodexSession::pair(std::string_view text, bool event, std::string_view raw, Nanos time)
{
    const std::uint64_t hash = hashOf(text);
    const auto found = std::find_if(m_said.begin(), m_said.end(),
                                    [&](const Said& said) { return said.text == hash && said.event != event; });
    if (found != m_said.end()) {
        if (found->event)
            m_log.notShown("an event (the item of the same text is)");
        m_said.erase(found);
        return true;
    }
    if (m_said.size() >= maxSaid)
        giveSaid();
    m_said.push_back({hash, event, std::string(raw), time, m_log.line(), m_log.byte()});
    return false;
}

/// Events whose text no item has.
void CodexSession::giveSaid()
{
    for (const Said& said : m_said) {
        if (!said.event)
            continue;
        m_log.moment(freshId("event"), "message in no item", said.raw, said.time, parent(), 1);
        m_log.tally().add(Severity::Info, IssueKind::MissingField, "a message of an event that is in no item",
                          said.line, said.byte);
    }
    m_said.clear();
    for (const std::string& search : m_searches)
        m_log.moment(freshId("event"), "web search in no item", search, noTime, parent());
    m_searches.clear();
}

void CodexSession::finish()
{
    endTurn();
    m_log.finish();
}

} // namespace arcscope
