#include "agentlog.h"
#include "cancellation.h"
#include "jsontext.h"
#include "messagejson.h"
#include "probe.h"
#include "source.h"

#include <algorithm>
#include <vector>

namespace arcscope
{
namespace
{

/// A call of a tool inside the message that asked for it.
struct GeminiCall {
    std::string_view raw;
    std::string_view id;
    std::string_view name;
    std::string_view status;
    std::string_view timestamp;
    std::string_view arguments; ///< JSON
    std::string_view result;    ///< JSON
};

struct GeminiThought {
    std::string_view subject;
    std::string_view description;
    std::string_view timestamp;
};

struct GeminiLine {
    std::string_view id;
    std::string_view timestamp;
    std::string_view type;
    std::string_view content; ///< JSON
    std::string_view model;
    std::string_view rewind; ///< the message that the session goes back to
    std::string_view session;
    std::vector<GeminiCall> calls;
    std::vector<GeminiThought> thoughts;
    RawUsage usage;
    bool counted = false;
};

GeminiCall readCall(const JsonValue& value)
{
    GeminiCall call;
    call.raw = value.raw();
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "id")
            call.id = member.text();
        else if (key == "name")
            call.name = member.text();
        else if (key == "status")
            call.status = member.text();
        else if (key == "timestamp")
            call.timestamp = member.text();
        else if (key == "args")
            call.arguments = member.raw();
        else if (key == "result" && member.recorded())
            call.result = member.raw();
    });
    return call;
}

GeminiThought readThought(const JsonValue& value)
{
    GeminiThought thought;
    value.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "subject")
            thought.subject = member.text();
        else if (key == "description")
            thought.description = member.text();
        else if (key == "timestamp")
            thought.timestamp = member.text();
    });
    return thought;
}

/// Reasoning lies outside of the output here, and what tools put into the prompt outside of the input.
void readTokens(const JsonValue& tokens, GeminiLine& line)
{
    std::int64_t tools = noTokens;
    tokens.eachMember([&](std::string_view key, const JsonValue& member) {
        const std::int64_t count = member.integer().value_or(noTokens);
        line.counted = line.counted || count >= 0;
        if (key == "input")
            line.usage.input = count;
        else if (key == "output")
            line.usage.output = count;
        else if (key == "cached")
            line.usage.cacheRead = count;
        else if (key == "thoughts")
            line.usage.reasoning = count;
        else if (key == "total")
            line.usage.total = count;
        else if (key == "tool")
            tools = count;
    });
    if (tools > 0)
        line.usage.input = saturatedSum(std::max<std::int64_t>(line.usage.input, 0), tools);
}

GeminiLine readLine(const JsonValue& record)
{
    GeminiLine line;
    record.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "id")
            line.id = member.text();
        else if (key == "timestamp")
            line.timestamp = member.text();
        else if (key == "type")
            line.type = member.text();
        else if (key == "content")
            line.content = member.raw();
        else if (key == "model")
            line.model = member.text();
        else if (key == "tokens" && member.isObject())
            readTokens(member, line);
        else if (key == "toolCalls")
            member.eachElement([&](const JsonValue& call) { line.calls.push_back(readCall(call)); });
        else if (key == "thoughts")
            member.eachElement([&](const JsonValue& thought) { line.thoughts.push_back(readThought(thought)); });
        else if (key == "$rewindTo")
            line.rewind = member.text();
        else if (key == "sessionId")
            line.session = member.text();
    });
    return line;
}

/// The program names a call "NAME-MILLISECONDS-RANDOM" when the model has asked for it.
Nanos timeInId(std::string_view id)
{
    const std::size_t last = id.rfind('-');
    if (last == std::string_view::npos || last < 14 || id[last - 14] != '-')
        return noTime;
    const std::string_view digits = id.substr(last - 13, 13);
    if (digits.find_first_not_of("0123456789") != std::string_view::npos)
        return noTime;
    return readInteger(digits).value_or(0) * millisecond;
}

class GeminiReader
{
public:
    explicit GeminiReader(ReadJob& job)
        : m_job(job)
        , m_log(job.sink, "Gemini CLI", job.fileName)
    {
    }

    Result<void> read()
    {
        const Probe probe = Probe::of(m_job.input);
        const bool document = probe.has("messages");
        JsonParser parser;
        const auto done =
            readSplit(m_job, document ? SplitPaths{"messages/*"} : SplitPaths(), [&](const SplitEvent& event) {
                m_log.at(event);
                if (event.kind == SplitKind::Value && event.target == 0)
                    take(parser.parse(event.value));
                else if (event.kind == SplitKind::Value)
                    header(event);
                else
                    return;
                for (ImportIssue& issue : parser.issues(event.offset, event.line))
                    m_job.sink.report(std::move(issue));
            });
        if (!m_header.empty())
            begin({});
        m_log.finish();
        return done;
    }

private:
    /// A member beside the messages of a document.
    void header(const SplitEvent& event)
    {
        if (event.depth != 1) {
            m_log.notShown("a value beside the session");
            return;
        }
        m_header += (m_header.empty() ? "{\"" : ",\"") + std::string(event.key) + "\":" + std::string(event.value);
        if (event.key == "sessionId")
            m_named = unescapedJson(event.value.substr(event.value.starts_with('"') ? 1 : 0,
                                                       event.value.size() - (event.value.ends_with('"') ? 2 : 0)));
    }

    /// The session has what was said of it so far.
    void begin(std::string_view record)
    {
        if (!m_named.empty() && m_named != m_log.id()) {
            if (m_log.hasSession())
                m_log.issue(Severity::Warning, IssueKind::MissingField, "the name of the session stands behind it");
            else
                m_log.begin(m_named);
        }
        HeldSpan& session = m_log.session();
        if (!m_header.empty())
            m_log.append(session, m_header + '}');
        m_header.clear();
        m_log.append(session, record);
        if (!session.record.empty()) {
            session.span.flags = 0;
            session.span.provenance.set(Fact::Kind, Provenance::Declared);
        }
    }

    void take(const JsonValue& record)
    {
        const GeminiLine line = readLine(record);
        const std::string_view raw = record.raw();
        if (!line.session.empty() && line.type.empty()) {
            m_named = line.session;
            begin(raw);
            return;
        }
        if (!m_header.empty())
            begin({});
        ++m_records;
        if (!line.rewind.empty()) {
            m_log.moment(idOf(line), "rewind", raw, noTime, {});
        } else if (line.type.empty()) {
            m_log.notShown("a record that is no message");
        } else {
            const Nanos time = m_log.timeOf(line.timestamp);
            if (line.type == "gemini")
                modelCall(line, raw, time);
            else if (line.type == "error")
                m_log.failure(idOf(line), "error", raw, time, {}, "error");
            else
                m_log.moment(idOf(line), std::string(line.type) + " message", raw, time, {}, 1);
            m_log.seen(time);
            if (time != noTime && (m_before == noTime || time > m_before))
                m_before = time;
        }
    }

    std::string idOf(const GeminiLine& line) const
    {
        return line.id.empty() ? m_log.id() + "/record " + std::to_string(m_records) : std::string(line.id);
    }

    void modelCall(const GeminiLine& line, std::string_view raw, Nanos time)
    {
        HeldSpan call = m_log.newHeld(SpanKind::ModelCall, idOf(line),
                                      line.model.empty() ? "chat" : "chat " + std::string(line.model));
        SpanRecord& span = call.span;
        const bool known = m_before != noTime && (time == noTime || m_before <= time);
        setStart(span, known ? m_before : time, Provenance::Inferred);
        setEnd(span, time, Provenance::Measured);
        setText(m_log.sink(), span, SpanText::ModelRequested, line.model);
        if (!line.model.empty())
            span.provenance.set(Fact::Model, Provenance::Declared);
        span.messages = 1;
        span.callsAsked = static_cast<std::int64_t>(line.calls.size());
        if (line.counted && !setUsage(span, line.usage, UsageDialect::ReasoningApart))
            m_log.issue(Severity::Warning, IssueKind::UsageMismatch, "token classes contradict each other");
        for (const GeminiThought& thought : line.thoughts) {
            const Nanos thought1 = readTime(thought.timestamp, m_log.tally());
            if (span.firstToken == notRecorded && thought1 != noTime && span.start != noTime && thought1 >= span.start)
                span.firstToken = thought1 - span.start;
        }
        Nanos asked = noTime;
        Nanos later = noTime;
        for (const GeminiCall& tool : line.calls)
            giveTool(tool, span, time, asked, later);
        // The message is written when its tools are done.
        if (asked != noTime && (time == noTime || asked < time) && (span.start == noTime || asked >= span.start))
            setEnd(span, asked, Provenance::Inferred);
        if (later != noTime && time != noTime && later > time + second)
            m_log.issue(Severity::Info, IssueKind::MissingField,
                        "a message holds calls of tools of later answers, whose usage is not recorded");
        m_log.append(call, raw);
        m_log.give(call);
    }

    /// `asked`: when the first tool was asked for. `later`: when the last was recorded.
    void giveTool(const GeminiCall& call, const SpanRecord& model, Nanos time, Nanos& asked, Nanos& later)
    {
        HeldSpan tool =
            m_log.newHeld(SpanKind::ToolCall,
                          call.id.empty() ? m_log.id() + "/call " + std::to_string(++m_unnamed) : std::string(call.id),
                          call.name.empty() ? "tool call" : call.name);
        SpanRecord& span = tool.span;
        setText(m_log.sink(), span, SpanText::Tool, call.name);
        const Nanos stated = readTime(call.timestamp, m_log.tally());
        const Nanos end = stated == noTime ? time : stated;
        const Nanos named = timeInId(call.id);
        const bool plausible =
            named != noTime && (end == noTime || named <= end) && (model.start == noTime || named >= model.start);
        setEnd(span, end, Provenance::Measured);
        setStart(span, plausible ? named : end, Provenance::Inferred);
        if (plausible && (asked == noTime || named < asked))
            asked = named;
        if (end != noTime && (later == noTime || end > later))
            later = end;
        if (call.status == "success") {
            span.status = SpanStatus::Ok;
        } else if (call.status == "error") {
            setFailed(m_log.sink(), span, {});
        } else {
            span.flags |= bit(SpanFlag::NotExecuted);
            if (meansCancelled(call.status))
                setCancelled(span, Provenance::Declared);
            else
                m_log.issue(Severity::Warning, IssueKind::UnpairedCall, "a call without result");
        }
        m_log.append(tool, call.raw);
        m_log.give(tool);
        m_log.seen(end);
        if (end != noTime && (m_before == noTime || end > m_before))
            m_before = end;
    }

    ReadJob& m_job;
    AgentLog m_log;
    std::string m_header; ///< an object that is not closed
    std::string m_named;  ///< the session's id
    std::uint64_t m_records = 0;
    std::uint64_t m_unnamed = 0;
    Nanos m_before = noTime; ///< the latest of the records so far
};

int sniffGeminiSession(const Probe& probe)
{
    return probe.first() && probe.first()->hasString("sessionId") && probe.first()->hasString("projectHash") &&
                   probe.first()->hasString("startTime")
               ? 95
               : 0;
}

Result<void> readGeminiSession(ReadJob& job)
{
    return GeminiReader(job).read();
}

void addCall(const GeminiCall& call, std::vector<Part>& parts)
{
    Part& part = parts.emplace_back();
    part.kind = PartKind::ToolCall;
    part.name = call.name;
    part.id = call.id;
    part.text = call.arguments;
}

void addMessage(const GeminiLine& line, SpanContent& content)
{
    const bool output = line.type == "gemini";
    Message& message = (output ? content.output : content.input).emplace_back();
    message.role = output ? Role::Assistant : line.type == "user" ? Role::User : Role::Other;
    message.roleText = line.type;
    for (const GeminiThought& thought : line.thoughts) {
        Part& part = message.parts.emplace_back();
        part.kind = PartKind::Reasoning;
        part.text =
            std::string(thought.subject) + (thought.subject.empty() ? "" : "\n") + std::string(thought.description);
    }
    if (!line.content.empty() && line.content != "\"\"" && line.content != "[]")
        appendParts(line.content, message.parts, content.notes);
    for (const GeminiCall& call : line.calls)
        addCall(call, message.parts);
    content.usage = line.usage;
}

SpanContent decodeGeminiSession(std::string_view record, std::string_view)
{
    SpanContent content;
    eachValue(record, [&](const JsonValue& value) {
        JsonParser parser;
        const GeminiLine line = readLine(parser.parseCopy(value.raw()));
        if (!line.type.empty())
            addMessage(line, content);
        if (line.type == "error") {
            std::vector<Part> parts;
            appendParts(line.content, parts, content.notes);
            content.input.clear();
            content.statusMessage = parts.empty() ? std::string() : parts.front().text;
        }
        const bool isCall = line.type.empty() && value.raw().find("\"args\"") != std::string_view::npos;
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (isCall && key == "args")
                content.toolArguments = member.raw();
            else if (isCall && key == "result" && member.recorded())
                content.toolResult = member.raw();
            else if (isCall && key == "status")
                content.toolFailed = member.text() == "error";
            else if (key != "content" && key != "toolCalls" && key != "thoughts")
                addAttribute(content.attributes, key, member);
        });
    });
    return content;
}

} // namespace

ImportFormat geminiSession()
{
    return {"gemini-session", "Gemini CLI session", sniffGeminiSession, readGeminiSession, decodeGeminiSession};
}

} // namespace arcscope
