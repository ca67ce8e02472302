#include "agentlog.h"
#include "cancellation.h"
#include "managedevent.h"
#include "messagejson.h"
#include "probe.h"
#include "usagejson.h"

#include <optional>
#include <vector>

namespace arcscope
{
namespace
{

/// A run of the agent lies between two states of the session, running and idle.
class ManagedReader
{
public:
    explicit ManagedReader(ReadJob& job)
        : m_log(job.sink, "Claude managed agents", job.fileName)
    {
    }

    void take(const JsonValue& line, const SplitEvent& at)
    {
        m_log.at(at);
        const std::string_view raw = line.raw();
        if (line.isObject()) {
            event(readManaged(line), raw);
        } else {
            int place = 0;
            std::string_view method;
            bool read = false;
            line.eachElement([&](const JsonValue& element) {
                if (place == 0)
                    method = element.text();
                else if (place == 1 && element.isObject() && method.starts_with(prefix)) {
                    event(readManaged(element), raw);
                    read = true;
                }
                ++place;
            });
            if (!read && method.starts_with(prefix))
                m_log.notShown(std::string(method) + " (the stream repeats what was sent)");
            else if (!read)
                m_log.issue(Severity::Warning, IssueKind::UnknownRecord, "a line that is no event of a session");
        }
        m_log.bound();
    }

    void finish()
    {
        giveCall();
        giveRun();
        m_log.finish();
    }

    static constexpr std::string_view prefix = "client.beta.sessions.";

private:
    Id parent() const { return m_run ? m_run->span.span : Id(); }

    std::string idOf(const ManagedEvent& event)
    {
        return event.id.empty() ? m_log.id() + "/event " + std::to_string(++m_unnamed) : std::string(event.id);
    }

    void event(const ManagedEvent& event, std::string_view raw)
    {
        if (event.type == "session") {
            create(event, raw);
            return;
        }
        if (event.type.empty()) {
            m_log.issue(Severity::Warning, IssueKind::UnknownRecord, "an event without type");
            return;
        }
        const Nanos time = m_log.timeOf(event.time);
        m_log.seen(time);
        if (event.type == "session.status_running")
            startRun(event, raw, time);
        else if (event.type == "session.status_idle" || event.type == "session.status_terminated")
            endRun(event, raw, time);
        else if (event.type == "span.model_request_start")
            startCall(event, raw, time);
        else if (event.type == "span.model_request_end")
            endCall(event, raw, time);
        else if (event.type == "agent.message" || event.type == "agent.thinking")
            said(event, raw, time);
        else if (asksTool(event.type))
            ask(event, raw, time);
        else if (event.type.ends_with("tool_result"))
            answer(event, raw, time);
        else if (event.type == "user.tool_confirmation")
            confirm(event, raw, time);
        else if (event.type == "session.error")
            m_log.failure(idOf(event), "session error", raw, time, parent(),
                          event.errorType.empty() ? "error" : event.errorType);
        else if (event.type == "user.interrupt")
            interrupt(event, raw, time);
        else if (event.type == "user.message" || event.type == "agent.thread_context_compacted")
            m_log.moment(idOf(event), event.type == "user.message" ? "user message" : "compaction", raw, time, parent(),
                         event.content.empty() ? 0 : 1);
        else
            m_log.notShown("event " + std::string(event.type));
    }

    void create(const ManagedEvent& event, std::string_view raw)
    {
        giveCall();
        giveRun();
        if (!event.id.empty())
            m_log.begin(event.id);
        HeldSpan& session = m_log.session();
        m_log.append(session, raw);
        session.span.flags = 0;
        session.span.provenance.set(Fact::Kind, Provenance::Declared);
        session.span.messages = event.system.empty() ? 0 : 1;
        setText(m_log.sink(), session.span, SpanText::Agent, event.agent);
        m_agent = event.agent;
        m_model = event.model;
        m_log.seen(readTime(event.created, m_log.tally()));
    }

    void startRun(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        giveRun();
        m_run = m_log.newHeld(SpanKind::Agent, idOf(event), m_agent.empty() ? "run" : m_agent);
        m_run->span.provenance.set(Fact::Parent, Provenance::Declared);
        setText(m_log.sink(), m_run->span, SpanText::Agent, m_agent);
        setStart(m_run->span, time, Provenance::Measured);
        m_log.append(*m_run, raw);
    }

    void endRun(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        giveCall();
        if (!m_run) {
            m_log.notShown("event " + std::string(event.type) + " outside of a run");
            return;
        }
        setEnd(m_run->span, time, Provenance::Measured);
        setText(m_log.sink(), m_run->span, SpanText::StopReason, event.stop);
        if (!event.stop.empty())
            m_run->span.provenance.set(Fact::Stop, Provenance::Declared);
        if (event.stop == "end_turn" || event.stop == "requires_action")
            m_run->span.status = SpanStatus::Ok;
        m_log.append(*m_run, raw);
        giveRun();
    }

    void giveRun()
    {
        if (m_run)
            m_log.give(*m_run);
        m_run.reset();
    }

    void startCall(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        giveCall();
        m_started = event.id;
        m_call = m_log.newHeld(SpanKind::ModelCall, idOf(event), m_model.empty() ? "chat" : "chat " + m_model);
        SpanRecord& span = m_call->span;
        if (const Id in = parent())
            span.parent = in;
        setStart(span, time, Provenance::Measured);
        setText(m_log.sink(), span, SpanText::ModelRequested, m_model);
        if (!m_model.empty())
            span.provenance.set(Fact::Model, Provenance::Declared);
        span.messages = 0;
        span.callsAsked = 0;
        m_log.append(*m_call, raw);
    }

    void endCall(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        if (!m_call || (!event.started.empty() && event.started != m_started)) {
            m_log.issue(Severity::Warning, IssueKind::UnpairedCall, "a request to the model ends that did not begin");
            giveCall();
            m_call =
                m_log.newHeld(SpanKind::ModelCall, event.started.empty() ? idOf(event) : std::string(event.started),
                              m_model.empty() ? "chat" : "chat " + m_model);
            if (const Id in = parent())
                m_call->span.parent = in;
        }
        SpanRecord& span = m_call->span;
        setEnd(span, time, Provenance::Measured);
        if (event.failed)
            setFailed(m_log.sink(), span, "error");
        else
            span.status = SpanStatus::Ok;
        if (const auto usage = readUsage(event.usage)) {
            if (!setUsage(span, usage->raw, UsageDialect::CacheSeparate))
                m_log.issue(Severity::Warning, IssueKind::UsageMismatch, "token classes contradict each other");
        }
        m_log.append(*m_call, raw);
        giveCall();
    }

    void giveCall()
    {
        if (m_call)
            m_log.give(*m_call);
        m_call.reset();
        m_started.clear();
    }

    void said(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        if (!m_call) {
            m_log.moment(idOf(event), event.type == "agent.message" ? "agent message" : "agent thinking", raw, time,
                         parent(), 1);
            return;
        }
        m_call->span.messages = 1;
        m_log.append(*m_call, raw);
    }

    void ask(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        if (m_call) {
            m_call->span.messages = 1;
            ++m_call->span.callsAsked;
            m_log.append(*m_call, raw);
        }
        const std::string id = idOf(event);
        HeldSpan* tool = m_log.ask(id, event.name, raw, time, parent());
        if (tool && event.permission == "deny") {
            tool->span.flags |= bit(SpanFlag::NotExecuted);
            setCancelled(tool->span, Provenance::Declared);
        }
    }

    void answer(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        HeldSpan* tool = m_log.call(event.callId);
        if (!tool)
            tool = &m_log.askUnseen(event.callId.empty() ? idOf(event) : event.callId, "tool result", parent());
        m_log.append(*tool, raw);
        tool->answered = true;
        setEnd(tool->span, time, Provenance::Measured);
        if (tool->span.status != SpanStatus::Cancelled) {
            if (event.failed)
                setFailed(m_log.sink(), tool->span, {});
            else
                tool->span.status = SpanStatus::Ok;
        }
        if (!event.callId.empty())
            m_log.giveCall(event.callId);
    }

    /// The user's word on a tool; the wait for it is a span of its own.
    void confirm(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        HeldSpan* tool = m_log.call(event.callId);
        HeldSpan wait = m_log.newHeld(SpanKind::Other, idOf(event), "approval");
        if (const Id in = parent())
            wait.span.parent = in;
        setStart(wait.span, tool ? tool->span.start : time, Provenance::Inferred);
        setEnd(wait.span, time, Provenance::Measured);
        m_log.append(wait, raw);
        if (event.result == "allow")
            wait.span.status = SpanStatus::Ok;
        else
            setCancelled(wait.span, Provenance::Declared);
        m_log.give(wait);
        if (!tool)
            return;
        m_log.append(*tool, raw);
        if (event.result == "allow") {
            setStart(tool->span, time, Provenance::Inferred);
        } else {
            tool->answered = true;
            tool->span.flags |= bit(SpanFlag::NotExecuted);
            setCancelled(tool->span, Provenance::Declared);
        }
    }

    void interrupt(const ManagedEvent& event, std::string_view raw, Nanos time)
    {
        m_log.moment(idOf(event), "interrupt", raw, time, parent());
        if (m_call)
            setCancelled(m_call->span, Provenance::Inferred);
    }

    AgentLog m_log;
    std::string m_agent;
    std::string m_model;
    std::optional<HeldSpan> m_run;
    std::optional<HeldSpan> m_call;
    std::string m_started; ///< id of the event that began the call
    std::uint64_t m_unnamed = 0;
};

int sniffManagedAgent(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        if (value.isArray() && value.text("*").starts_with(ManagedReader::prefix))
            return 95;
        const std::string_view type = value.text("type");
        if (value.hasString("processed_at") && value.hasString("id") &&
            (type.starts_with("session.") || type.starts_with("span.model_request_") || type.starts_with("agent.")))
            return 90;
    }
    return 0;
}

Result<void> readManagedAgent(ReadJob& job)
{
    ManagedReader reader(job);
    const auto done = readRecords(job, SplitPaths(),
                                  [&](const JsonValue& value, const SplitEvent& event) { reader.take(value, event); });
    reader.finish();
    return done;
}

Message& outputMessage(SpanContent& content)
{
    if (content.output.empty()) {
        content.output.emplace_back();
        content.output.back().role = Role::Assistant;
        content.output.back().roleText = "assistant";
    }
    return content.output.back();
}

/// `tool`: the record is that of a tool, not of the call that asked for it.
void addEvent(const ManagedEvent& event, bool tool, SpanContent& content)
{
    if (asksTool(event.type) && tool) {
        content.toolArguments = event.input;
    } else if (asksTool(event.type)) {
        Part& part = outputMessage(content).parts.emplace_back();
        part.kind = PartKind::ToolCall;
        part.name = event.name;
        part.id = event.id;
        part.text = event.input;
    } else if (event.type.ends_with("tool_result")) {
        std::vector<Part> parts;
        appendParts(event.content.empty() ? std::string_view("[]") : event.content, parts, content.notes);
        for (const Part& part : parts)
            content.toolResult += part.text;
        content.toolFailed = event.failed;
    } else if (event.type == "agent.message" || event.type == "agent.thinking") {
        std::vector<Part>& parts = outputMessage(content).parts;
        const std::size_t before = parts.size();
        if (!event.content.empty())
            appendParts(event.content, parts, content.notes);
        for (std::size_t i = before; event.type == "agent.thinking" && i < parts.size(); ++i)
            parts[i].kind = PartKind::Reasoning;
    } else if (!event.system.empty()) {
        Message& message = content.input.emplace_back();
        message.role = Role::System;
        message.roleText = "system";
        message.parts.emplace_back().text = event.system;
    } else if (!event.content.empty()) {
        Message& message = content.input.emplace_back();
        message.role = Role::User;
        message.roleText = "user";
        appendParts(event.content, message.parts, content.notes);
    }
    if (!event.error.empty())
        content.statusMessage = event.error;
    if (const auto usage = readUsage(event.usage))
        content.usage = usage->raw;
}

SpanContent decodeManagedAgent(std::string_view record, std::string_view)
{
    SpanContent content;
    std::optional<bool> tool;
    const auto add = [&](std::string_view raw) {
        JsonParser parser;
        const ManagedEvent event = readManaged(parser.parseCopy(raw));
        if (!tool)
            tool = asksTool(event.type) || event.type.ends_with("tool_result");
        addEvent(event, *tool, content);
        JsonParser again;
        again.parseCopy(raw).eachMember([&](std::string_view key, const JsonValue& member) {
            if (key != "content" && key != "input")
                addAttribute(content.attributes, key, member);
        });
    };
    eachValue(record, [&](const JsonValue& value) {
        if (value.isObject())
            add(value.raw());
        value.eachElement([&](const JsonValue& element) {
            if (element.isObject())
                add(element.raw());
        });
    });
    return content;
}

} // namespace

ImportFormat managedAgent()
{
    return {"managed-agent", "Claude managed agent session", sniffManagedAgent, readManagedAgent, decodeManagedAgent};
}

} // namespace arcscope
