#include "agentlog.h"
#include "cancellation.h"
#include "messagejson.h"
#include "piline.h"
#include "probe.h"
#include "streamedresponse.h"

#include <cmath>

namespace arcscope
{
namespace
{

/// What pi counts: every class by itself, in the order of its records the price in USD.
struct Counts {
    RawUsage usage;
    double cost = -1;
    bool any = false; ///< a count that is not 0
};

Counts countsOf(std::string_view json)
{
    Counts counts;
    JsonParser parser;
    parser.parseCopy(json).eachMember([&](std::string_view key, const JsonValue& member) {
        const auto count = member.integer();
        if (key == "input")
            counts.usage.input = count.value_or(noTokens);
        else if (key == "output")
            counts.usage.output = count.value_or(noTokens);
        else if (key == "cacheRead")
            counts.usage.cacheRead = count.value_or(noTokens);
        else if (key == "cacheWrite")
            counts.usage.cacheWrite = count.value_or(noTokens);
        else if (key == "cost")
            member.eachMember([&](std::string_view name, const JsonValue& part) {
                if (name == "total")
                    counts.cost = part.number().value_or(-1);
            });
        counts.any = counts.any || count.value_or(0) > 0;
    });
    return counts;
}

/// The session is one line of records: what a call was given is what stands before it.
class PiReader
{
public:
    explicit PiReader(ReadJob& job)
        : m_log(job.sink, "pi", job.fileName)
    {
    }

    void take(const JsonValue& record, const SplitEvent& at)
    {
        m_log.at(at);
        ++m_records;
        const PiLine line = readPiLine(record);
        if (line.type.empty()) {
            m_log.issue(Severity::Warning, IssueKind::UnknownRecord, "a record without type");
            return;
        }
        const Nanos time = m_log.timeOf(line.timestamp);
        const std::string_view raw = record.raw();
        if (line.type == "session")
            header(line, raw);
        else if (line.type == "message" && line.hasMessage)
            message(line, raw, time);
        else if (line.type == "model_change")
            m_log.moment(idOf(line), "model change", raw, time, {});
        else if (line.type == "thinking_level_change")
            m_log.moment(idOf(line), "thinking level change", raw, time, {});
        else if (line.type == "compaction" || line.type == "branch_summary")
            m_log.moment(idOf(line), line.type == "compaction" ? "compaction" : "branch summary", raw, time, {},
                         line.summary.empty() ? 0 : 1);
        else
            m_log.notShown(line.type);
        m_log.seen(time);
        if (line.time != noTime)
            m_log.seen(line.time);
        m_before = time;
        m_log.bound();
    }

    void finish() { m_log.finish(); }

private:
    std::string idOf(const PiLine& line) const
    {
        return m_log.id() + '/' + (line.id.empty() ? "record " + std::to_string(m_records) : std::string(line.id));
    }

    void header(const PiLine& line, std::string_view raw)
    {
        if (m_log.hasSession() && !m_log.session().record.empty()) {
            m_log.notShown("another header of a session");
            return;
        }
        if (!line.id.empty())
            m_log.begin(line.id);
        HeldSpan& session = m_log.session();
        m_log.append(session, raw);
        session.span.flags = 0;
        session.span.provenance.set(Fact::Kind, Provenance::Declared);
    }

    void message(const PiLine& line, std::string_view raw, Nanos time)
    {
        if (line.role == "assistant")
            modelCall(line, raw, time);
        else if (line.role == "toolResult")
            answerTool(line, raw, time);
        else if (line.role == "bashExecution")
            userCommand(line, raw, time);
        else
            m_log.moment(idOf(line), line.role.empty() ? "message" : std::string(line.role) + " message", raw, time, {},
                         1);
    }

    void modelCall(const PiLine& line, std::string_view raw, Nanos time)
    {
        HeldSpan call = m_log.newHeld(SpanKind::ModelCall, idOf(line),
                                      line.model.empty() ? "chat" : "chat " + std::string(line.model));
        SpanRecord& span = call.span;
        if (line.time != noTime)
            setStart(span, line.time, Provenance::Measured);
        else
            setStart(span, m_before, Provenance::Inferred);
        setEnd(span, time, Provenance::Measured);
        setText(m_log.sink(), span, SpanText::ModelRequested, line.model);
        if (!line.model.empty())
            span.provenance.set(Fact::Model, Provenance::Declared);
        setText(m_log.sink(), span, SpanText::Provider, line.provider);
        setText(m_log.sink(), span, SpanText::StopReason, line.stopReason);
        if (!line.stopReason.empty())
            span.provenance.set(Fact::Stop, Provenance::Declared);
        const bool broken = line.stopReason == "aborted" || line.stopReason == "error";
        if (line.stopReason == "aborted")
            setCancelled(span, Provenance::Declared);
        else if (broken)
            setFailed(m_log.sink(), span, "error");
        else if (!line.stopReason.empty())
            span.status = SpanStatus::Ok;
        span.messages = 1;
        count(line, span, broken);
        span.callsAsked = 0;
        bool retracted = false;
        for (const PiBlock& block : line.blocks) {
            if (block.type != "toolCall")
                continue;
            ++span.callsAsked;
            retracted = retracted || block.part;
            ask(block, time);
        }
        m_log.append(call, raw);
        if (retracted)
            addStream(line, call);
        m_log.give(call);
    }

    void count(const PiLine& line, SpanRecord& span, bool broken)
    {
        const Counts counts = countsOf(line.usage);
        if (broken && !counts.any) {
            if (!line.usage.empty())
                m_log.issue(Severity::Info, IssueKind::MissingField,
                            "usage of an aborted or failed call is all 0, which stands for not recorded");
            return;
        }
        if (!setUsage(span, counts.usage, UsageDialect::CacheSeparate))
            m_log.issue(Severity::Warning, IssueKind::UsageMismatch, "token classes contradict each other");
        if (counts.cost >= 0 && counts.cost < 1e12) {
            span.cost = std::llround(counts.cost * 1e6);
            span.provenance.set(Fact::Cost, Provenance::Declared);
            setText(m_log.sink(), span, SpanText::Currency, "USD");
        }
    }

    void ask(const PiBlock& block, Nanos time)
    {
        const std::string id =
            block.id.empty() ? m_log.id() + "/call " + std::to_string(++m_unnamed) : std::string(block.id);
        HeldSpan* tool = m_log.ask(id, block.name, block.raw, time, {});
        if (!tool || !block.part)
            return;
        tool->answered = true; // there is no result to wait for
        tool->span.flags |= bit(SpanFlag::NotExecuted);
        setCancelled(tool->span, Provenance::Inferred);
        m_log.giveCall(id);
    }

    /// What an aborted call had put out: the call of a tool that never ended is withdrawn. Only the order is recorded.
    void addStream(const PiLine& line, HeldSpan& call)
    {
        std::uint32_t index = 0;
        for (const PiBlock& block : line.blocks) {
            StreamEvent event;
            event.blockIndex = index++;
            event.block = block.type == "toolCall"   ? BlockType::ToolCall
                          : block.type == "thinking" ? BlockType::Reasoning
                                                     : BlockType::Text;
            if (block.type == "toolCall") {
                const std::string detail = "{\"id\":" + jsonQuoted(block.id) + '}';
                event.kind = StreamEventKind::BlockStart;
                event.text = block.name;
                event.detail = detail;
                m_log.addEvent(call, event);
                event.detail = {};
            }
            const std::string_view text = block.part                 ? *block.part
                                          : block.type == "toolCall" ? block.arguments
                                                                     : block.text;
            event.kind = StreamEventKind::Chunk;
            event.text = text;
            m_log.addEvent(call, event);
            if (!block.part)
                continue;
            const std::string reason = "{\"reason\":" + jsonQuoted(line.stopReason) + '}';
            event.kind = StreamEventKind::Retract;
            event.from = 0;
            event.to = static_cast<std::int64_t>(text.size());
            event.text = {};
            event.detail = reason;
            m_log.addEvent(call, event);
        }
    }

    void answerTool(const PiLine& line, std::string_view raw, Nanos time)
    {
        HeldSpan* tool = m_log.call(line.callId);
        if (!tool)
            tool = &m_log.askUnseen(line.callId.empty() ? idOf(line) : line.callId,
                                    line.toolName.empty() ? "tool result" : line.toolName, {});
        m_log.append(*tool, raw);
        tool->answered = true;
        setEnd(tool->span, line.time == noTime ? time : line.time, Provenance::Measured);
        // Both clocks are of the same program, but are read at other moments.
        if (tool->span.start != noTime && tool->span.end != noTime && tool->span.end < tool->span.start)
            setEnd(tool->span, time, Provenance::Measured);
        if (line.failed)
            setFailed(m_log.sink(), tool->span, {});
        else
            tool->span.status = SpanStatus::Ok;
        if (!line.callId.empty())
            m_log.giveCall(line.callId);
    }

    /// A command that the user ran in the session.
    void userCommand(const PiLine& line, std::string_view raw, Nanos time)
    {
        HeldSpan tool = m_log.newHeld(SpanKind::ToolCall, idOf(line), "user command");
        setStart(tool.span, line.time, Provenance::Measured);
        setEnd(tool.span, time, Provenance::Measured);
        setText(m_log.sink(), tool.span, SpanText::Tool, "bash");
        if (line.cancelled)
            setCancelled(tool.span, Provenance::Declared);
        else if (line.exitCode.value_or(0) != 0)
            setFailed(m_log.sink(), tool.span, "exit code " + std::to_string(*line.exitCode));
        else if (line.exitCode)
            tool.span.status = SpanStatus::Ok;
        m_log.append(tool, raw);
        m_log.give(tool);
    }

    AgentLog m_log;
    std::uint64_t m_records = 0;
    std::uint64_t m_unnamed = 0;
    Nanos m_before = noTime;
};

int sniffPiSession(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        if (!value.hasString("timestamp"))
            continue;
        const std::string_view type = value.text("type");
        if (type == "session" && value.hasString("id") && value.hasString("cwd"))
            return 90;
        if (type == "message" && value.hasString("message/role") && value.hasNumber("message/timestamp"))
            return 90;
    }
    return 0;
}

Result<void> readPiSession(ReadJob& job)
{
    PiReader reader(job);
    const auto done = readRecords(job, SplitPaths(),
                                  [&](const JsonValue& value, const SplitEvent& event) { reader.take(value, event); });
    reader.finish();
    return done;
}

void addParts(const PiLine& line, Message& message, SpanContent& content)
{
    if (line.blocks.empty() && !line.content.empty() && line.content != "[]")
        appendParts(line.content, message.parts, content.notes);
    for (const PiBlock& block : line.blocks) {
        if (block.type != "toolCall") {
            appendParts(block.raw, message.parts, content.notes);
            continue;
        }
        Part& part = message.parts.emplace_back();
        part.kind = PartKind::ToolCall;
        part.name = block.name;
        part.id = block.id;
        part.text = block.part ? *block.part : block.arguments;
        if (block.part)
            content.notes.push_back("the call of " + std::string(block.name) + " was cut in its arguments");
    }
}

void addLine(const PiLine& line, SpanContent& content)
{
    if (line.role == "toolResult") {
        std::vector<Part> parts;
        for (const PiBlock& block : line.blocks)
            appendParts(block.raw, parts, content.notes);
        for (const Part& part : parts)
            content.toolResult +=
                (content.toolResult.empty() ? "" : "\n") + (part.text.empty() ? part.media : part.text);
        content.toolFailed = line.failed;
    } else if (line.role == "bashExecution") {
        content.toolArguments = line.command;
        content.toolResult = line.output;
        content.toolFailed = line.exitCode.value_or(0) != 0;
    } else if (line.hasMessage) {
        const bool output = line.role == "assistant";
        Message& message = (output ? content.output : content.input).emplace_back();
        message.role = roleOf(line.role);
        message.roleText = line.role;
        message.stopReason = line.stopReason;
        addParts(line, message, content);
        if (output)
            content.usage = countsOf(line.usage).usage;
    } else if (!line.summary.empty()) {
        Message& message = content.output.emplace_back();
        message.role = Role::Assistant;
        message.roleText = "assistant";
        message.parts.emplace_back().text = line.summary;
    }
    if (!line.error.empty())
        content.statusMessage = line.error;
}

SpanContent decodePiSession(std::string_view record, std::string_view)
{
    SpanContent content;
    eachValue(record, [&](const JsonValue& value) {
        JsonParser parser;
        const std::string_view raw = value.raw();
        addLine(readPiLine(parser.parseCopy(raw)), content);
        bool call = false;
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "type" && member.text() == "toolCall")
                call = true;
            else if (call && key == "arguments")
                content.toolArguments = member.raw();
            else if (call && key == "partialJson")
                content.toolArguments = member.text();
            else if (key == "message")
                member.eachMember([&](std::string_view name, const JsonValue& inner) {
                    if (name != "content" && name != "role" && name != "command" && name != "output")
                        addAttribute(content.attributes, name, inner);
                });
            else if (!call && key != "summary")
                addAttribute(content.attributes, key, member);
        });
    });
    return content;
}

} // namespace

ImportFormat piSession()
{
    return {"pi-session", "pi session", sniffPiSession, readPiSession, decodePiSession};
}

} // namespace arcscope
