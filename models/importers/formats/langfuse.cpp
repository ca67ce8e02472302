#include "langfuserecord.h"
#include "messagejson.h"
#include "probe.h"
#include "usagejson.h"

#include <list>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// Records of one document that are held at most, until what belongs together is known.
constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;
/// JSON strings inside JSON strings are opened this often.
constexpr int maxEncodings = 3;

bool isDocument(const ProbeValue& value)
{
    return value.hasObject("trace") || value.hasArray("observations") || value.hasArray("traces") ||
           value.hasArray("data") || value.hasArray("batch");
}

class LangfuseReader
{
public:
    explicit LangfuseReader(ReadJob& job)
        : m_job(job)
    {
    }

    Result<void> read()
    {
        const Probe probe = Probe::of(m_job.input);
        const bool document = probe.first() && isDocument(*probe.first());
        const auto done = document ? readDocument() : readRecords();
        flush();
        m_tally.report(m_job.sink);
        return done;
    }

private:
    Result<void> readRecords()
    {
        return readSplit(m_job, SplitPaths{"*"}, [&](const SplitEvent& event) {
            if (event.kind != SplitKind::Value)
                return;
            any(event);
            if (m_heldBytes > maxHeldBytes)
                flush();
        });
    }

    Result<void> readDocument()
    {
        const SplitPaths paths{
            "trace/observations/*",    "observations/*",   "trace/scores/*", "scores/*", "data/*", "batch/*",
            "traces/*/observations/*", "traces/*/scores/*"};
        return readSplit(m_job, paths, [&](const SplitEvent& event) {
            if (event.kind == SplitKind::Enter) {
                if (!event.array)
                    m_open.emplace_back();
            } else if (event.kind == SplitKind::Leave) {
                if (!event.array && !m_open.empty()) {
                    endTrace(event);
                    m_open.pop_back();
                }
                if (event.depth == 0)
                    flush();
            } else if (event.target == 0 || event.target == 1 || event.target == 6) {
                record(event, event.value, LangfuseKind::Observation);
            } else if (event.target == 2 || event.target == 3 || event.target == 7) {
                record(event, event.value, LangfuseKind::Score);
            } else if (event.target == 4) {
                any(event);
            } else if (event.target == 5) {
                ingest(event);
            } else if (!m_open.empty() && !event.key.empty()) {
                std::string& text = m_open.back();
                text += (text.empty() ? "{\"" : ",\"") + std::string(event.key) + "\":" + std::string(event.value);
            }
            if (m_heldBytes > maxHeldBytes)
                flush();
        });
    }

    /// The members of a trace that stand beside its observations.
    void endTrace(const SplitEvent& event)
    {
        if (m_open.back().empty())
            return;
        const std::string text = m_open.back() + '}';
        bool known = false;
        if (langfuseKindOf(text, known) == LangfuseKind::Trace && known)
            record(event, text, LangfuseKind::Trace);
        else
            m_tally.add(Severity::Info, IssueKind::UnknownRecord, "members beside the records are not shown", -1,
                        static_cast<std::int64_t>(event.offset));
    }

    void any(const SplitEvent& event)
    {
        bool known = false;
        const LangfuseKind kind = langfuseKindOf(event.value, known);
        if (known)
            record(event, event.value, kind);
        else
            m_tally.add(Severity::Warning, IssueKind::UnknownRecord, "a record that is no trace, observation or score",
                        static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
    }

    void ingest(const SplitEvent& event)
    {
        std::string type;
        std::string body;
        m_parser.parse(event.value).eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "type")
                type = member.text();
            else if (key == "body" && member.isObject())
                body = member.raw();
        });
        if (body.empty() || type == "sdk-log") {
            m_tally.add(Severity::Info, IssueKind::UnknownRecord, "an ingestion event that describes no span",
                        static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
            return;
        }
        const LangfuseKind kind = type.starts_with("trace")   ? LangfuseKind::Trace
                                  : type.starts_with("score") ? LangfuseKind::Score
                                                              : LangfuseKind::Observation;
        LangfuseSpan* span = record(event, body, kind);
        if (span && type.starts_with("generation"))
            span->span.kind = SpanKind::ModelCall;
    }

    LangfuseSpan* record(const SplitEvent& event, std::string_view text, LangfuseKind kind)
    {
        const JsonValue value = m_parser.parseCopy(text);
        std::string id;
        std::string trace;
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "id")
                id = member.text();
            else if (langfuseKey(key) == "traceId")
                trace = member.text();
        });
        const auto line = static_cast<std::int64_t>(event.line);
        const auto byte = static_cast<std::int64_t>(event.offset);
        for (ImportIssue& issue : m_parser.issues(event.offset, event.line))
            m_job.sink.report(std::move(issue));
        if (id.empty()) {
            m_tally.add(Severity::Warning, IssueKind::MissingField, "a record without id", line, byte);
            id = "record " + std::to_string(byte);
        }
        std::string key = std::to_string(static_cast<int>(kind)) + '/' + trace + '/' + id;
        const auto [place, isNew] = m_byKey.try_emplace(std::move(key), m_held.end());
        if (isNew) {
            place->second = m_held.emplace(m_held.end());
            place->second->span.sourceByte = byte;
        } else {
            m_tally.add(Severity::Info, IssueKind::DuplicateSpan, "the same record again; both were merged", line,
                        byte);
        }
        LangfuseSpan& span = *place->second;
        readLangfuse(m_parser.parseCopy(text), kind, m_lastTrace, m_job.sink, m_tally, span);
        if (kind == LangfuseKind::Score && !span.span.span)
            span.span.span = toId(m_job.sink, id);
        else if (kind == LangfuseKind::Observation && !span.span.span)
            span.span.span = toId(m_job.sink, id);
        if (!span.trace.empty())
            m_lastTrace = span.trace;
        m_heldBytes += text.size();
        return &span;
    }

    /// Hands over what is held: observations with the session and user of their trace.
    void flush()
    {
        struct TraceFacts {
            LangfuseSpan* span = nullptr;
            bool root = false;
        };
        std::unordered_map<std::string, TraceFacts> traces;
        for (LangfuseSpan& held : m_held) {
            if (held.kind == LangfuseKind::Trace)
                traces[held.trace].span = &held;
            else if (held.kind == LangfuseKind::Observation && !held.span.parent)
                traces[held.trace].root = true;
        }
        for (LangfuseSpan& held : m_held) {
            const TraceFacts& trace = traces[held.trace];
            if (held.kind == LangfuseKind::Trace) {
                if (!trace.root && held.carriesIdentity)
                    m_job.sink.add(held.span, held.record);
                else
                    m_tally.add(Severity::Info, IssueKind::UnknownRecord,
                                "a trace record is no span; its session and user are on its observations", -1,
                                held.span.sourceByte);
                continue;
            }
            if (trace.span) {
                for (const SpanText text : {SpanText::Session, SpanText::User, SpanText::Environment}) {
                    if (!held.span[text])
                        held.span[text] = trace.span->span[text];
                }
                if (trace.root || !trace.span->carriesIdentity)
                    setText(m_job.sink, held.span, SpanText::Resource, trace.span->record);
                else if (!held.span.parent && held.kind == LangfuseKind::Score)
                    held.span.parent = trace.span->span.span;
            }
            m_job.sink.add(held.span, held.record);
        }
        m_held.clear();
        m_byKey.clear();
        m_heldBytes = 0;
    }

    ReadJob& m_job;
    IssueTally m_tally;
    JsonParser m_parser;
    std::list<LangfuseSpan> m_held;
    std::unordered_map<std::string, std::list<LangfuseSpan>::iterator> m_byKey;
    std::vector<std::string> m_open; ///< members of the objects entered
    std::string m_lastTrace;
    std::size_t m_heldBytes = 0;
};

bool isRecord(const ProbeValue& value, std::string_view path)
{
    const auto has = [&](std::string_view key) { return value.has(std::string(path) + std::string(key)); };
    if (has("traceId") && has("startTime") && (has("type") || has("level")) && !has("spanId"))
        return true;
    if (has("trace_id") && has("start_time") && (has("usage_details") || has("parent_observation_id")))
        return true;
    if (has("timestamp") && has("htmlPath"))
        return true;
    return has("project_id") && has("timestamp") && has("session_id") && has("user_id");
}

int sniffLangfuse(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    if (first->hasObject("trace") &&
        (first->has("trace/observations") || first->hasArray("observations") || first->has("trace/projectId")))
        return 92;
    if (first->hasArray("observations") && first->has("timestamp"))
        return 88;
    if (first->hasArray("traces") &&
        (first->has("traces/*/projectId") || first->has("traces/*/sessionId") || first->has("traces/*/htmlPath")))
        return 88;
    if (first->has("batch/*/body") && first->hasString("batch/*/type"))
        return 88;
    for (const std::string_view path : {"", "*/", "data/*/"}) {
        if (isRecord(*first, path))
            return 85;
    }
    return 0;
}

Result<void> readAll(ReadJob& job)
{
    return LangfuseReader(job).read();
}

/// JSON that was written into a string, perhaps twice, as JSON; other text as it is.
std::string opened(const JsonValue& value)
{
    if (!value.isString())
        return std::string(value.raw());
    std::string text(value.text());
    JsonParser parser;
    for (int i = 0; i < maxEncodings; ++i) {
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first == std::string::npos || text[first] != '"')
            break;
        const JsonValue inner = parser.parseCopy(text);
        if (!inner.isString())
            break;
        text = std::string(inner.text());
    }
    return text;
}

bool looksLikeJson(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

/// What a request says beside its messages, where the input is a whole request.
void addRequest(const std::string& input, SpanContent& content)
{
    if (!looksLikeJson(input))
        return;
    JsonParser parser;
    const JsonValue request = parser.parseCopy(input);
    if (!request.isObject())
        return;
    request.eachMember([&](std::string_view key, const JsonValue& member) {
        if (key == "tools" || key == "functions" || key == "response_format")
            content.attributes.push_back({"input." + std::string(key), std::string(member.raw()), AttributeType::Json});
    });
}

SpanContent decode(std::string_view record, std::string_view resource)
{
    SpanContent content;
    std::string input;
    std::string output;
    std::string type;
    eachValue(record, [&](const JsonValue& value) {
        value.eachMember([&](std::string_view name, const JsonValue& member) {
            const std::string key = langfuseKey(name);
            if (!member.recorded())
                return;
            if (key == "input") {
                input = opened(member);
            } else if (key == "output") {
                output = opened(member);
            } else if (key == "metadata") {
                const std::string text = opened(member);
                JsonParser parser;
                if (looksLikeJson(text))
                    addAttribute(content.attributes, "metadata", parser.parseCopy(text));
                else
                    content.attributes.push_back({"metadata", text, AttributeType::Text});
            } else if (key == "statusMessage") {
                content.statusMessage = member.text();
            } else {
                if (key == "type")
                    type = member.text();
                if ((key == "usageDetails" || key == "usage") && member.isObject()) {
                    if (const auto usage = readUsage(member.raw()))
                        content.usage = usage->raw;
                }
                std::erase_if(content.attributes, [&](const Attribute& known) {
                    return known.key.starts_with(name) &&
                           (known.key.size() == name.size() || known.key[name.size()] == '.');
                });
                addAttribute(content.attributes, name, member);
            }
        });
    });
    if (type == "TOOL") {
        content.toolArguments = input;
        content.toolResult = output;
    } else {
        if (!input.empty())
            appendMessages(input, Role::User, content.input, content.notes);
        addRequest(input, content);
        if (!output.empty())
            appendMessages(output, Role::Assistant, content.output, content.notes);
    }
    eachValue(resource, [&](const JsonValue& trace) {
        trace.eachMember(
            [&](std::string_view key, const JsonValue& member) { addAttribute(content.resource, key, member); });
    });
    return content;
}

} // namespace

ImportFormat langfuse()
{
    return {"langfuse", "Langfuse", sniffLangfuse, readAll, decode};
}

} // namespace arcscope
