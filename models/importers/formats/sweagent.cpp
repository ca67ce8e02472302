#include "agentlog.h"
#include "jsontext.h"
#include "messagejson.h"
#include "probe.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace arcscope
{
namespace
{

/// A step of a trajectory, or a message of a history. Views live as long as the parsed record.
struct SweRecord {
    std::string_view role;
    std::string_view content; ///< JSON
    std::string_view messageType;
    std::string_view agent;
    std::string_view response;
    std::string_view thought;
    std::string_view action;
    std::string_view actionRaw;
    std::string_view observation;
    std::string_view observationRaw;
    std::string_view seconds;          ///< that the action took, as written
    std::string_view state;            ///< JSON
    std::string_view query;            ///< JSON: what the model was given
    std::vector<std::string> calls;    ///< raw, of a message
    std::vector<std::string> answered; ///< ids of the calls that a message answers
    std::int64_t given = 0;            ///< messages in the query
};

SweRecord readSwe(const JsonValue& value)
{
    SweRecord record;
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "role")
            record.role = member.text();
        else if (key == "content")
            record.content = member.raw();
        else if (key == "message_type")
            record.messageType = member.text();
        else if (key == "agent")
            record.agent = member.text();
        else if (key == "response")
            record.response = member.text();
        else if (key == "thought")
            record.thought = member.text();
        else if (key == "action" && member.isString()) {
            record.action = member.text();
            record.actionRaw = member.raw();
        } else if (key == "observation" && member.isString()) {
            record.observation = member.text();
            record.observationRaw = member.raw();
        } else if (key == "execution_time" && member.type() == JsonType::Number)
            record.seconds = member.raw();
        else if (key == "state")
            record.state = member.raw();
        else if (key == "query" && member.isArray()) {
            record.query = member.raw();
            member.eachElement([&](const JsonValue&) { ++record.given; });
        } else if (key == "tool_calls")
            member.eachElement([&](const JsonValue& call) { record.calls.emplace_back(call.raw()); });
        else if (key == "tool_call_ids")
            member.eachElement([&](const JsonValue& id) { record.answered.emplace_back(id.text()); });
    });
    return record;
}

/// The command that an action begins with.
std::string_view commandOf(std::string_view action)
{
    const std::size_t begin = action.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    action.remove_prefix(begin);
    return action.substr(0, std::min(action.find_first_of(" \t\r\n("), std::size_t(80)));
}

std::pair<std::string, std::string> idAndName(std::string_view call)
{
    std::pair<std::string, std::string> found;
    JsonParser parser;
    parser.parseCopy(call).eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "id")
            found.first = member.text();
        else if (key == "function")
            member.eachMember([&](std::string_view name, const JsonValue& value) {
                if (name == "name")
                    found.second = value.text();
            });
    });
    return found;
}

/// The trajectory comes before the history, which repeats it but for the prompts at its beginning. Steps are held, so
/// that the prompts stand before them: nothing has a time here.
class SweReader
{
public:
    explicit SweReader(ReadJob& job)
        : m_job(job)
        , m_log(job.sink, "SWE-agent", job.fileName)
    {
    }

    Result<void> read()
    {
        JsonParser parser;
        const auto done = readSplit(m_job, SplitPaths{"trajectory/*", "history/*"}, [&](const SplitEvent& event) {
            m_log.at(event);
            if (event.kind == SplitKind::Leave && event.depth == 0)
                endRun();
            if (event.kind != SplitKind::Value)
                return;
            if (event.depth == 0) {
                m_log.notShown("a value that is no run");
                return;
            }
            const JsonValue value = parser.parse(event.value);
            if (event.target >= 0 && !value.isObject())
                m_log.issue(Severity::Error, IssueKind::MalformedRecord, "a step or message that is no object");
            else if (event.target == 0)
                step(readSwe(value), event.value);
            else if (event.target == 1)
                said(readSwe(value), event.value);
            else
                member(event, value);
            for (ImportIssue& issue : parser.issues(event.offset, event.line))
                m_job.sink.report(std::move(issue));
        });
        endRun();
        m_log.finish();
        return done;
    }

private:
    static constexpr std::size_t maxHeldBytes = std::size_t(32) << 20;

    /// Several runs in one input are told apart by their number.
    HeldSpan& run()
    {
        if (m_log.hasSession())
            return m_log.session();
        if (++m_runs > 1)
            m_log.begin(m_job.fileName + '#' + std::to_string(m_runs));
        HeldSpan& run = m_log.session();
        run.span[SpanText::Session] = StringId();
        setText(m_job.sink, run.span, SpanText::Name, "SWE-agent run");
        const std::size_t slash = m_job.fileName.find_last_of("/!\\");
        std::string task = slash == std::string::npos ? m_job.fileName : m_job.fileName.substr(slash + 1);
        if (task.ends_with(".traj"))
            task.resize(task.size() - 5);
        setText(m_job.sink, run.span, SpanText::Task, task);
        return run;
    }

    std::string idOf(std::string_view what) const { return m_log.id() + '/' + std::string(what); }

    void member(const SplitEvent& event, const JsonValue& value)
    {
        HeldSpan& held = run();
        m_members += (m_members.empty() ? "{\"" : ",\"") + std::string(event.key) + "\":" + std::string(event.value);
        if (event.key == "environment")
            setText(m_job.sink, held.span, SpanText::Environment, value.text());
        if (event.key != "info")
            return;
        value.eachMember([&](std::string_view key, const JsonValue& part) {
            if (key == "exit_status" && !part.text().empty()) {
                setText(m_job.sink, held.span, SpanText::StopReason, part.text());
                held.span.provenance.set(Fact::Stop, Provenance::Declared);
                if (part.text() == "submitted")
                    held.span.status = SpanStatus::Ok;
                else if (!part.text().starts_with("submitted"))
                    setFailed(m_job.sink, held.span, part.text());
            } else if (key == "model_stats") {
                count(part, held.span);
            }
        });
    }

    /// Counts are told of the whole run only.
    void count(const JsonValue& stats, SpanRecord& span)
    {
        RawUsage usage;
        double cost = -1;
        stats.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "tokens_sent")
                usage.input = member.integer().value_or(noTokens);
            else if (key == "tokens_received")
                usage.output = member.integer().value_or(noTokens);
            else if (key == "instance_cost")
                cost = member.number().value_or(-1);
        });
        if (usage.input <= 0 && usage.output <= 0) {
            m_log.issue(Severity::Info, IssueKind::MissingField,
                        "the tokens of the run are 0, which stands for not recorded");
            return;
        }
        setUsage(span, usage, UsageDialect::Inclusive);
        span.provenance.set(Fact::Usage, Provenance::Declared);
        if (cost > 0 && cost < 1e12) {
            span.cost = std::llround(cost * 1e6);
            span.provenance.set(Fact::Cost, Provenance::Declared);
            setText(m_job.sink, span, SpanText::Currency, "USD");
        }
    }

    void step(const SweRecord& record, std::string_view raw)
    {
        run();
        if (m_fromHistory) {
            m_log.notShown("a step that the history repeats");
            return;
        }
        const std::string name = "step " + std::to_string(++m_steps);
        const bool asks = !commandOf(record.action).empty();
        if (!record.response.empty() || !record.thought.empty() || record.given > 0) {
            HeldSpan call = newCall(idOf(name), record);
            call.span.messages = 1 + record.given;
            call.span.callsAsked = asks ? 1 : 0;
            keep(std::move(call), raw);
        }
        if (asks || !record.observation.empty()) {
            HeldSpan tool = newTool(idOf(name + "/action"), commandOf(record.action));
            std::string text = "{\"action\":" + (asks ? std::string(record.actionRaw) : "null");
            if (!record.observationRaw.empty())
                text += ",\"observation\":" + std::string(record.observationRaw);
            if (!record.seconds.empty())
                text += ",\"execution_time\":" + std::string(record.seconds);
            keep(std::move(tool), text + '}');
        }
    }

    HeldSpan newCall(std::string_view id, const SweRecord& record)
    {
        HeldSpan call = m_log.newHeld(SpanKind::ModelCall, id, "chat");
        setText(m_job.sink, call.span, SpanText::Agent, record.agent);
        return call;
    }

    HeldSpan newTool(std::string_view id, std::string_view command)
    {
        HeldSpan tool = m_log.newHeld(SpanKind::ToolCall, id, command.empty() ? "action" : command);
        setText(m_job.sink, tool.span, SpanText::Tool, command);
        return tool;
    }

    void keep(HeldSpan held, std::string_view record)
    {
        held.record = record;
        m_heldBytes += record.size();
        m_held.push_back(std::move(held));
        if (m_heldBytes > maxHeldBytes)
            giveSteps();
    }

    void giveSteps()
    {
        for (HeldSpan& held : m_held)
            m_job.sink.add(held.span, held.record);
        m_held.clear();
        m_heldBytes = 0;
    }

    /// A message of the history.
    void said(const SweRecord& record, std::string_view raw)
    {
        run();
        const std::string name = "message " + std::to_string(++m_said);
        if (m_steps > 0) {
            m_answers = m_answers || record.role == "assistant";
            if (m_answers)
                m_log.notShown("a message of the history that repeats a step");
            else
                m_log.moment(idOf(name), record.role.empty() ? "message" : std::string(record.role) + " message", raw,
                             noTime, {}, 1);
            return;
        }
        m_fromHistory = true;
        if (record.role == "assistant") {
            m_waiting.clear();
            HeldSpan call = newCall(idOf(name), record);
            call.span.messages = 1;
            call.span.callsAsked = 0;
            ask(record, name, call.span);
            m_log.append(call, raw);
            m_log.give(call);
        } else if (!answer(record, raw)) {
            m_log.moment(idOf(name), record.role.empty() ? "message" : std::string(record.role) + " message", raw,
                         noTime, {}, 1);
        }
    }

    void ask(const SweRecord& record, const std::string& name, SpanRecord& call)
    {
        for (const std::string& raw : record.calls) {
            auto [id, tool] = idAndName(raw);
            if (id.empty())
                id = idOf(name + "/call " + std::to_string(call.callsAsked));
            ++call.callsAsked;
            if (m_log.ask(id, tool, raw, noTime, {}))
                m_waiting.push_back(id);
        }
        if (record.calls.empty() && !commandOf(record.action).empty()) {
            ++call.callsAsked;
            const std::string id = idOf(name + "/action");
            if (m_log.ask(id, commandOf(record.action), "{\"action\":" + std::string(record.actionRaw) + '}', noTime,
                          {}))
                m_waiting.push_back(id);
        }
    }

    bool answer(const SweRecord& record, std::string_view raw)
    {
        std::vector<std::string> ids = record.answered;
        if (ids.empty() && record.role == "user" && !m_waiting.empty())
            ids.push_back(m_waiting.front());
        for (const std::string& id : ids) {
            HeldSpan* tool = m_log.call(id);
            if (!tool)
                tool = &m_log.askUnseen(id, "tool result", {});
            m_log.append(*tool, raw);
            tool->answered = true;
            m_log.giveCall(id);
            m_waiting.erase(std::remove(m_waiting.begin(), m_waiting.end(), id), m_waiting.end());
        }
        return !ids.empty();
    }

    void endRun()
    {
        giveSteps();
        if (!m_log.hasSession())
            return;
        HeldSpan& held = run();
        if (!m_members.empty()) {
            m_log.append(held, m_members + '}');
            held.span.flags = 0;
            held.span.provenance.set(Fact::Kind, Provenance::Declared);
        }
        m_log.issue(Severity::Info, IssueKind::TimeNotRecorded, "a run without times: only the order is recorded");
        m_log.end();
        m_members.clear();
        m_waiting.clear();
        m_steps = m_said = 0;
        m_fromHistory = m_answers = false;
    }

    ReadJob& m_job;
    AgentLog m_log;
    std::uint64_t m_runs = 0;
    std::string m_members; ///< beside steps and history; an object that is not closed
    std::vector<HeldSpan> m_held;
    std::size_t m_heldBytes = 0;
    std::uint64_t m_steps = 0;
    std::uint64_t m_said = 0;
    bool m_fromHistory = false;         ///< the history gave the spans
    bool m_answers = false;             ///< the history came to the first answer
    std::vector<std::string> m_waiting; ///< calls without result, of the last answer
};

int sniffSweAgent(const Probe& probe)
{
    if (!probe.first())
        return 0;
    const ProbeValue& run = *probe.first();
    if (run.hasString("trajectory/*/action") && run.hasString("trajectory/*/observation"))
        return 92;
    if (run.hasArray("history") && run.hasString("history/*/role") &&
        (run.hasString("history/*/message_type") || run.hasString("history/*/agent")))
        return 85;
    return 0;
}

Result<void> readSweAgent(ReadJob& job)
{
    return SweReader(job).read();
}

void addAnswer(const SweRecord& record, SpanContent& content)
{
    Message& message = content.output.emplace_back();
    message.role = Role::Assistant;
    message.roleText = "assistant";
    if (!record.content.empty() && record.content != "\"\"")
        appendParts(record.content, message.parts, content.notes);
    else if (!record.response.empty() || !record.thought.empty())
        message.parts.emplace_back().text = record.response.empty() ? record.thought : record.response;
    for (const std::string& call : record.calls)
        appendCalls(call, message.parts, content.notes);
    if (record.calls.empty() && !commandOf(record.action).empty()) {
        Part& part = message.parts.emplace_back();
        part.kind = PartKind::ToolCall;
        part.name = commandOf(record.action);
        part.text = record.action;
    }
}

void addMessage(const SweRecord& record, bool isResult, SpanContent& content)
{
    if (isResult) {
        std::vector<Part> parts;
        appendParts(record.content, parts, content.notes);
        for (const Part& part : parts)
            content.toolResult += part.text;
        return;
    }
    Message& message = content.input.emplace_back();
    message.role = roleOf(record.role);
    message.roleText = record.role;
    appendParts(record.content, message.parts, content.notes);
}

/// Members that are shown as messages, arguments and results.
bool isShownElsewhere(std::string_view key)
{
    return key == "role" || key == "content" || key == "response" || key == "thought" || key == "action" ||
           key == "observation" || key == "query" || key == "tool_calls" || key == "function" || key == "type";
}

SpanContent decodeSweAgent(std::string_view record, std::string_view)
{
    SpanContent content;
    bool tool = false;
    eachValue(record, [&](const JsonValue& value) {
        JsonParser parser;
        const SweRecord swe = readSwe(parser.parseCopy(value.raw()));
        const bool ofRun = swe.role.empty() && swe.action.empty() && swe.observation.empty() && swe.response.empty() &&
                           swe.thought.empty() && swe.query.empty();
        if (!swe.role.empty() && swe.role != "assistant") {
            addMessage(swe, tool, content);
        } else if (!swe.role.empty() || !swe.response.empty() || !swe.thought.empty() || !swe.query.empty()) {
            if (!swe.query.empty())
                appendMessages(swe.query, Role::User, content.input, content.notes);
            addAnswer(swe, content);
        } else if (!ofRun) {
            tool = true;
            content.toolArguments = swe.action;
            content.toolResult = swe.observation;
        }
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "function" && ofRun) {
                tool = true;
                member.eachMember([&](std::string_view name, const JsonValue& inner) {
                    if (name == "arguments")
                        content.toolArguments = inner.isString() ? inner.text() : inner.raw();
                });
            } else if (!isShownElsewhere(key)) {
                addAttribute(content.attributes, key, member);
            }
        });
    });
    return content;
}

} // namespace

ImportFormat sweAgent()
{
    return {"swe-agent", "SWE-agent trajectory", sniffSweAgent, readSweAgent, decodeSweAgent};
}

} // namespace arcscope
