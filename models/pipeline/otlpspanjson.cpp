#include "otlpspanjson.h"

#include "exportedspan.h"
#include "exportedspanjson.h"
#include "jsonrewrite.h"
#include "messagejson.h"
#include "otlpvalue.h"
#include "recordedotlp.h"
#include "spancontent.h"
#include "workspace.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

/// Digits of an id that OTLP can hold: as it is, or a fingerprint where its form is another.
std::string hexId(IdForm form, std::string text, std::size_t digits, const LeavingChanges& changes)
{
    if ((form == IdForm::Hex64 && digits == 16) || (form == IdForm::Hex128 && digits == 32))
        return text;
    std::string hex;
    if (form == IdForm::Uuid && digits == 32) {
        std::copy_if(text.begin(), text.end(), std::back_inserter(hex), [](char c) { return c != '-'; });
        return hex;
    }
    if (changes.id)
        text = changes.id(std::move(text));
    for (std::uint64_t part = 0; hex.size() < digits; ++part) {
        const std::uint64_t hash = hashOf(part == 0 ? text : text + "/" + std::to_string(part));
        for (int shift = 60; shift >= 0; shift -= 4)
            hex += "0123456789abcdef"[hash >> shift & 15];
    }
    return hex;
}

std::string hexId(const Corpus& corpus, const Id& id, std::size_t digits, const LeavingChanges& changes)
{
    return id ? hexId(id.form, corpus.idText(id), digits, changes) : std::string();
}

/// Of another span, which may not be there.
std::string hexId(const std::string& text, std::size_t digits, const LeavingChanges& changes)
{
    const Id id = parseId(text);
    return id ? hexId(id.form, idText(id, text), digits, changes) : std::string();
}

std::string_view operationOf(SpanKind kind)
{
    switch (kind) {
    case SpanKind::ModelCall:
        return "chat";
    case SpanKind::ToolCall:
        return "execute_tool";
    case SpanKind::Agent:
        return "invoke_agent";
    case SpanKind::Retrieval:
        return "retrieval";
    case SpanKind::Embedding:
        return "embeddings";
    case SpanKind::Workflow:
        return "invoke_workflow";
    default:
        return {};
    }
}

struct StandardText {
    SpanText text;
    std::string_view key;
};

/// Texts of a span that a convention has a name for.
constexpr auto standardTexts = std::to_array<StandardText>({
    {SpanText::Provider, "gen_ai.provider.name"},
    {SpanText::ModelRequested, "gen_ai.request.model"},
    {SpanText::ModelServed, "gen_ai.response.model"},
    {SpanText::Agent, "gen_ai.agent.name"},
    {SpanText::Tool, "gen_ai.tool.name"},
    {SpanText::ToolCallId, "gen_ai.tool.call.id"},
    {SpanText::Session, "gen_ai.conversation.id"},
    {SpanText::User, "user.id"},
    {SpanText::Tenant, "tenant.id"},
    {SpanText::PromptName, "gen_ai.prompt.name"},
    {SpanText::PromptVersion, "gen_ai.prompt.version"},
    {SpanText::ErrorType, "error.type"},
});

class SpanJson
{
public:
    SpanJson(const Corpus& corpus, Row row, const SpanContent& content, const PackedStream& stream,
             const LeavingChanges& changes)
        : m_corpus(corpus)
        , m_spans(corpus.spans)
        , m_row(row)
        , m_content(content)
        , m_stream(stream)
        , m_changes(changes)
    {
    }

    OtlpSpanJson make()
    {
        OtlpSpanJson made;
        made.resource = resource();
        std::string& json = made.span;
        const Nanos start = m_spans.start(m_row);
        const Nanos length = m_spans.duration(m_row);
        member(json, "{\"traceId\":", hexId(m_corpus, traceIdOf(m_corpus, m_row), 32, m_changes));
        member(json, ",\"spanId\":", hexId(m_corpus, m_spans.spanId(m_row), 16, m_changes));
        if (m_spans.parentId(m_row))
            member(json, ",\"parentSpanId\":", hexId(m_corpus, m_spans.parentId(m_row), 16, m_changes));
        member(json, ",\"name\":", m_corpus.text(SpanText::Name, m_row));
        json += m_spans.kind(m_row) == SpanKind::ModelCall ? ",\"kind\":3" : ",\"kind\":1";
        member(json, ",\"startTimeUnixNano\":", std::to_string(start == noTime ? 0 : start));
        member(json, ",\"endTimeUnixNano\":", std::to_string(start == noTime || length < 0 ? 0 : start + length));
        json += ",\"attributes\":[";
        standard(json);
        for (const Attribute& attribute : m_content.attributes)
            add(json, recordedAttributePrefix, attribute);
        addText(json, exportedSpanKey,
                exportedSpanJson({m_corpus, m_row, m_content, m_stream, m_inputSaid, m_outputSaid}));
        json += ']';
        events(json);
        links(json);
        const SpanStatus status = m_spans.status(m_row);
        const bool failed = status == SpanStatus::Error || status == SpanStatus::Cancelled;
        json += ",\"status\":{";
        json += failed ? "\"code\":2" : status == SpanStatus::Ok ? "\"code\":1" : "\"code\":0";
        if (!m_content.statusMessage.empty())
            member(json, ",\"message\":", m_content.statusMessage);
        json += "}}";
        return made;
    }

private:
    static void member(std::string& json, std::string_view before, std::string_view text)
    {
        json += before;
        appendJsonString(text, json);
    }

    /// An attribute between others.
    static void begin(std::string& json, std::string_view prefix, std::string_view key)
    {
        if (json.back() != '[')
            json += ',';
        json += "{\"key\":";
        appendJsonString(std::string(prefix).append(key), json);
        json += ",\"value\":";
    }
    static void addText(std::string& json, std::string_view key, std::string_view text)
    {
        begin(json, {}, key);
        member(json, "{\"stringValue\":", text);
        json += "}}";
    }
    static void addCount(std::string& json, std::string_view key, std::int64_t count)
    {
        begin(json, {}, key);
        json.append("{\"intValue\":\"").append(std::to_string(count)).append("\"}}");
    }
    static void add(std::string& json, std::string_view prefix, const Attribute& attribute)
    {
        begin(json, prefix, attribute.key);
        json.append(otlpValue(attribute)).append("}");
    }

    std::string resource() const
    {
        std::string json = "{\"attributes\":[";
        if (const std::string_view service = m_corpus.text(SpanText::Service, m_row); !service.empty())
            addText(json, "service.name", service);
        for (const Attribute& attribute : m_content.resource)
            add(json, recordedResourcePrefix, attribute);
        return json + "]}";
    }

    /// For readers that know the conventions.
    void standard(std::string& json)
    {
        if (const std::string_view operation = operationOf(m_spans.kind(m_row)); !operation.empty())
            addText(json, "gen_ai.operation.name", operation);
        for (const StandardText& one : standardTexts) {
            if (const std::string_view text = m_corpus.text(one.text, m_row); !text.empty())
                addText(json, one.key, text);
        }
        if (const std::string_view stop = m_corpus.text(SpanText::StopReason, m_row); !stop.empty()) {
            begin(json, {}, "gen_ai.response.finish_reasons");
            member(json, "{\"arrayValue\":{\"values\":[{\"stringValue\":", stop);
            json += "}]}}}";
        }
        usage(json);
        messages(json, "gen_ai.input.messages", m_content.input, Role::User, m_inputSaid);
        messages(json, "gen_ai.output.messages", m_content.output, Role::Assistant, m_outputSaid);
        if (!m_content.toolArguments.empty())
            addText(json, "gen_ai.tool.call.arguments", m_content.toolArguments);
        if (!m_content.toolResult.empty())
            addText(json, "gen_ai.tool.call.result", m_content.toolResult);
    }

    void usage(std::string& json) const
    {
        const Usage counts = m_spans.usage(m_row);
        if (!counts.recorded())
            return;
        const auto sum = [&](std::initializer_list<UsageClass> classes) {
            std::int64_t total = noTokens;
            for (const UsageClass one : classes) {
                if (counts[one] != noTokens)
                    total = saturatedSum(std::max<std::int64_t>(total, 0), counts[one]);
            }
            return total;
        };
        const auto write = [&](std::string_view key, std::int64_t count) {
            if (count != noTokens)
                addCount(json, key, count);
        };
        write("gen_ai.usage.input_tokens", sum({UsageClass::Input, UsageClass::CacheRead, UsageClass::CacheWrite,
                                                UsageClass::CacheWriteLong, UsageClass::AudioInput}));
        write("gen_ai.usage.output_tokens",
              sum({UsageClass::Output, UsageClass::Reasoning, UsageClass::PredictionAccepted,
                   UsageClass::PredictionRejected, UsageClass::AudioOutput}));
        write("gen_ai.usage.cache_read.input_tokens", counts[UsageClass::CacheRead]);
        write("gen_ai.usage.cache_write.input_tokens", sum({UsageClass::CacheWrite, UsageClass::CacheWriteLong}));
        write("gen_ai.usage.reasoning.output_tokens", counts[UsageClass::Reasoning]);
    }

    /// By the conventions; `said`: reading them gives the same.
    void messages(std::string& json, std::string_view key, const std::vector<Message>& all, Role assumed, bool& said)
    {
        if (all.empty())
            return;
        std::string list = "[";
        for (const Message& message : all) {
            if (list.size() > 1)
                list += ',';
            member(list, "{\"role\":", message.roleText.empty() ? roleText(message.role) : message.roleText);
            if (!message.name.empty())
                member(list, ",\"name\":", message.name);
            list += ",\"parts\":[";
            for (const Part& part : message.parts) {
                if (list.back() != '[')
                    list += ',';
                addPart(list, part);
            }
            list += ']';
            if (!message.stopReason.empty())
                member(list, ",\"finish_reason\":", message.stopReason);
            list += '}';
        }
        list += ']';
        std::vector<Message> read;
        std::vector<std::string> notes;
        appendMessages(list, assumed, read, notes);
        said = read == all && notes.empty();
        addText(json, key, list);
    }

    static void addPart(std::string& list, const Part& part)
    {
        const auto name = [&] {
            if (!part.id.empty())
                member(list, ",\"id\":", part.id);
            if (!part.name.empty())
                member(list, ",\"name\":", part.name);
        };
        switch (part.kind) {
        case PartKind::Text:
            member(list, "{\"type\":\"text\",\"content\":", part.text);
            break;
        case PartKind::Reasoning:
            member(list, "{\"type\":\"reasoning\",\"content\":", part.text);
            break;
        case PartKind::Refusal:
            member(list, "{\"type\":\"refusal\",\"content\":", part.text);
            break;
        case PartKind::ToolCall:
            list += "{\"type\":\"tool_call\"";
            name();
            member(list, ",\"arguments\":", part.text);
            break;
        case PartKind::ToolResult:
            list += "{\"type\":\"tool_call_response\"";
            name();
            member(list, ",\"response\":", part.text);
            if (part.failed)
                list += ",\"is_error\":true";
            break;
        case PartKind::Media:
            member(list, "{\"type\":\"uri\",\"modality\":", part.name);
            member(list, ",\"uri\":", part.media);
            if (!part.text.empty())
                member(list, ",\"transcript\":", part.text);
            break;
        case PartKind::Other:
            member(list, "{\"type\":\"other\",\"content\":", part.text);
            break;
        }
        list += '}';
    }

    void events(std::string& json) const
    {
        if (m_content.events.empty())
            return;
        json += ",\"events\":[";
        for (const SpanEvent& event : m_content.events) {
            if (json.back() != '[')
                json += ',';
            member(json, "{\"name\":", event.name);
            member(json, ",\"timeUnixNano\":", std::to_string(event.time == noTime ? 0 : event.time));
            attributes(json, event.attributes);
            json += '}';
        }
        json += ']';
    }

    void links(std::string& json) const
    {
        if (m_content.links.empty())
            return;
        json += ",\"links\":[";
        for (const SpanLink& link : m_content.links) {
            if (json.back() != '[')
                json += ',';
            member(json, "{\"traceId\":", hexId(link.trace, 32, m_changes));
            member(json, ",\"spanId\":", hexId(link.span, 16, m_changes));
            attributes(json, link.attributes);
            json += '}';
        }
        json += ']';
    }

    static void attributes(std::string& json, const std::vector<Attribute>& all)
    {
        if (all.empty())
            return;
        json += ",\"attributes\":[";
        for (const Attribute& attribute : all)
            add(json, {}, attribute);
        json += ']';
    }

    const Corpus& m_corpus;
    const SpanTable& m_spans;
    Row m_row;
    const SpanContent& m_content;
    const PackedStream& m_stream;
    const LeavingChanges& m_changes;
    bool m_inputSaid = true;
    bool m_outputSaid = true;
};

} // namespace

Result<OtlpSpanJson> otlpSpanJson(Workspace& workspace, const Corpus& corpus, Row row, const LeavingChanges& changes)
{
    const std::string_view format = corpus.text(SpanText::Format, row);
    auto stream = workspace.stream(row);
    if (!stream)
        return stream.error();
    const PackedStream changed = changes.stream && stream->count > 0 ? changes.stream(*stream) : *stream;
    if (format == "otlp-json" || format == "otlp-proto") {
        auto record = workspace.record(corpus.spans, row);
        if (!record)
            return record.error();
        OtlpSpanJson made = recordedOtlp(*record, corpus.text(SpanText::Resource, row));
        if (stream->count > 0 && changes.stream) {
            changeChunks(*stream, changed, made.span);
            for (std::string& log : made.logs)
                changeChunks(*stream, changed, log);
        }
        return made;
    }
    const auto details = loadDetails(workspace, corpus, row);
    if (!details)
        return details.error();
    return SpanJson(corpus, row, details->content, changed, changes).make();
}

std::span<const SpanColumn> otlpExportColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all;
        for (int i = 0; i < spanColumnCount; ++i) {
            if (static_cast<SpanColumn>(i) != SpanColumn::Lane)
                all.push_back(static_cast<SpanColumn>(i));
        }
        return all;
    }();
    return columns;
}

std::string otlpRequest(std::span<const OtlpSpanJson> spans)
{
    std::string traces;
    std::string logs;
    for (const OtlpSpanJson& one : spans) {
        if (!one.span.empty())
            traces.append(traces.empty() ? "" : ",").append(one.span);
        for (const std::string& log : one.logs)
            logs.append(logs.empty() ? "" : ",").append(log);
    }
    const OtlpSpanJson& first = spans.front();
    const std::string head = "\":[{\"resource\":" + first.resource + ",\"scope";
    const std::string scope = first.scope.empty() ? "\":[{" : "\":[{\"scope\":" + first.scope + ",";
    std::string request;
    if (!traces.empty())
        request = "{\"resourceSpans" + head + "Spans" + scope + "\"spans\":[" + traces + "]}]}]}";
    if (!logs.empty())
        request += (request.empty() ? "" : "\n") + ("{\"resourceLogs" + head) + "Logs" + scope + "\"logRecords\":[" +
                   logs + "]}]}]}";
    std::replace(request.begin(), request.end(), '\r', ' ');
    return request;
}

} // namespace arcscope
