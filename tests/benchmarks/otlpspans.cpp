#include "spanformat.h"

#include <cstdio>

namespace arcscope::bench
{

namespace
{

constexpr std::size_t spansPerRequest = 512;

/// Writes [{"key":…,"value":{…}},…].
class Attributes
{
public:
    explicit Attributes(std::string& out)
        : m_out(out)
    {
        m_out += '[';
    }

    void add(std::string_view name, std::string_view text)
    {
        key(name, R"("stringValue":")");
        appendEscaped(m_out, text);
        m_out += R"("}})";
    }

    void add(std::string_view name, std::int64_t number)
    {
        key(name, R"("intValue":")");
        appendNumber(m_out, number);
        m_out += R"("}})";
    }

    void add(std::string_view name, double number)
    {
        char text[32];
        std::snprintf(text, sizeof text, "%.6g", number);
        key(name, R"("doubleValue":)");
        m_out += text;
        m_out += "}}";
    }

    /// The value is written by `append`, which escapes what it appends.
    template <typename Append>
    void addWritten(std::string_view name, Append append)
    {
        key(name, R"("stringValue":")");
        append();
        m_out += R"("}})";
    }

    void addList(std::string_view name, std::string_view onlyItem)
    {
        key(name, R"("arrayValue":{"values":[{"stringValue":")");
        m_out += onlyItem;
        m_out += R"("}]}}})";
    }

    void close() { m_out += ']'; }

private:
    void key(std::string_view name, std::string_view valueStart)
    {
        if (!m_first)
            m_out += ',';
        m_first = false;
        m_out += R"({"key":")";
        m_out += name;
        m_out += R"(","value":{)";
        m_out += valueStart;
    }

    std::string& m_out;
    bool m_first = true;
};

class OtlpWriter : public SpanFormat
{
public:
    OtlpWriter(const Vocabulary& vocabulary, OtlpForm form)
        : m_vocabulary(vocabulary)
        , m_form(form)
    {
    }

    void begin(std::string& out) override
    {
        if (m_form == OtlpForm::Document)
            out += R"({"resourceSpans":[)";
    }

    void beginRun(const AgentRun& run) override { m_messages.render(run, m_vocabulary); }

    void write(const AgentRun& run, const PlannedSpan& span, std::string& out) override
    {
        std::string& waiting = m_waiting[run.service];
        if (!waiting.empty())
            waiting += ',';
        appendSpan(run, span, waiting);
        if (++m_spansWaiting == spansPerRequest)
            flush(out);
    }

    void finish(std::string& out) override
    {
        flush(out);
        if (m_form == OtlpForm::Document)
            out += "]}\n";
    }

private:
    void flush(std::string& out);
    void appendSpan(const AgentRun& run, const PlannedSpan& span, std::string& out) const;
    void addChat(const AgentRun& run, const PlannedSpan& span, Attributes& attributes, std::string& out) const;
    void addTool(const PlannedSpan& span, Attributes& attributes, std::string& out) const;
    static void appendException(const PlannedSpan& span, std::string& out);

    const Vocabulary& m_vocabulary;
    OtlpForm m_form;
    RunMessages m_messages;
    std::array<std::string, serviceNames.size()> m_waiting; ///< spans of each service, comma-separated
    std::size_t m_spansWaiting = 0;
    bool m_documentHasGroups = false;
};

/// Writes what waits as one request: a group for each service.
void OtlpWriter::flush(std::string& out)
{
    if (m_spansWaiting == 0)
        return;
    bool comma = m_form == OtlpForm::Document && m_documentHasGroups;
    if (m_form == OtlpForm::Lines)
        out += R"({"resourceSpans":[)";
    for (std::size_t service = 0; service < serviceNames.size(); ++service) {
        if (m_waiting[service].empty())
            continue;
        if (comma)
            out += ',';
        comma = true;
        out += R"({"resource":{"attributes":)";
        Attributes resource(out);
        resource.add("service.name", serviceNames[service]);
        resource.add("service.version", "2025.11.3");
        resource.add("telemetry.sdk.language", "python");
        resource.add("telemetry.sdk.name", "opentelemetry");
        resource.add("telemetry.sdk.version", "1.38.0");
        resource.add("host.name", "worker-7.internal.example");
        resource.add("process.pid", std::int64_t(4242));
        resource.close();
        out += R"(},"scopeSpans":[{"scope":{"name":"example.instrumentation.llm","version":"2.3b0"},"spans":[)";
        out += m_waiting[service];
        out += R"(],"schemaUrl":"https://opentelemetry.io/schemas/1.37.0"}]})";
        m_waiting[service].clear();
    }
    if (m_form == OtlpForm::Lines)
        out += "]}\n";
    m_documentHasGroups = true;
    m_spansWaiting = 0;
}

void OtlpWriter::appendSpan(const AgentRun& run, const PlannedSpan& span, std::string& out) const
{
    out += R"({"traceId":")";
    appendHex(out, run.traceHigh);
    appendHex(out, run.traceLow);
    out += R"(","spanId":")";
    appendHex(out, span.id);
    out += R"(","parentSpanId":")";
    if (span.parent != 0)
        appendHex(out, span.parent);
    out += R"(","flags":257,"name":")";
    appendSpanName(out, run, span);
    const bool remote =
        span.operation == Operation::Chat || span.operation == Operation::Http || span.operation == Operation::Database;
    out += remote ? R"(","kind":3,"startTimeUnixNano":")" : R"(","kind":1,"startTimeUnixNano":")";
    appendNumber(out, span.start);
    out += R"(","endTimeUnixNano":")";
    appendNumber(out, span.end);
    out += R"(","attributes":)";

    Attributes attributes(out);
    attributes.add("gen_ai.operation.name", operationNames[static_cast<std::size_t>(span.operation)]);
    attributes.addWritten("gen_ai.conversation.id", [&] {
        out += "sess_";
        appendHex(out, run.session, 12);
    });
    switch (span.operation) {
    case Operation::Agent:
        attributes.add("gen_ai.agent.name", serviceNames[run.service]);
        attributes.add("gen_ai.agent.id", "agent-7f3c20d1a95e4b68a1c0");
        attributes.add("gen_ai.usage.input_tokens", std::int64_t(span.inputTokens));
        attributes.add("gen_ai.usage.output_tokens", std::int64_t(span.outputTokens));
        break;
    case Operation::Chat:
        addChat(run, span, attributes, out);
        break;
    case Operation::Tool:
    case Operation::Retrieval:
        addTool(span, attributes, out);
        break;
    case Operation::Http:
        attributes.add("http.request.method", "POST");
        attributes.add("url.full", "https://api.example.com/v1/chat/completions");
        attributes.add("http.response.status_code", std::int64_t(span.failed ? 429 : 200));
        attributes.add("network.protocol.version", "1.1");
        attributes.add("server.address", "api.example.com");
        attributes.add("server.port", std::int64_t(443));
        break;
    case Operation::Database:
        attributes.add("db.system.name", "postgresql");
        attributes.add("db.query.text", "SELECT id, heading, body FROM articles WHERE vector <-> $1 < $2 LIMIT 20");
        attributes.add("db.namespace", "kb");
        break;
    }
    attributes.close();

    out += R"(,"events":[)";
    if (span.failed)
        appendException(span, out);
    out += span.failed ? R"(],"status":{"code":2,"message":"429 rate limited"}})" : R"(],"status":{}})";
}

void OtlpWriter::addChat(const AgentRun& run, const PlannedSpan& span, Attributes& attributes, std::string& out) const
{
    const ModelName& model = modelNames[run.model];
    attributes.add("gen_ai.provider.name", model.provider);
    attributes.add("gen_ai.request.model", model.name);
    attributes.add("gen_ai.response.model", model.name);
    attributes.add("gen_ai.request.max_tokens", std::int64_t(4096));
    attributes.add("gen_ai.request.temperature", 0.7);
    attributes.add("gen_ai.usage.input_tokens", std::int64_t(span.inputTokens));
    attributes.add("gen_ai.usage.output_tokens", std::int64_t(span.outputTokens));
    attributes.addWritten("gen_ai.response.id", [&] {
        out += "chatcmpl-";
        appendHex(out, span.id * 31);
    });
    attributes.addList("gen_ai.response.finish_reasons", "stop");
    attributes.addWritten("gen_ai.input.messages", [&] { m_messages.appendInput(span, out); });
    attributes.addWritten("gen_ai.output.messages", [&] { m_messages.appendOutput(span, out); });
    attributes.add("server.address", "api.example.com");
    attributes.add("server.port", std::int64_t(443));
    attributes.add("llm.cost.total", span.inputTokens * 3e-6 + span.outputTokens * 15e-6);
}

void OtlpWriter::addTool(const PlannedSpan& span, Attributes& attributes, std::string& out) const
{
    attributes.add("gen_ai.tool.name", toolNames[span.tool]);
    attributes.addWritten("gen_ai.tool.call.id", [&] {
        out += "call_";
        appendHex(out, span.id * 17);
    });
    attributes.add("gen_ai.tool.type", "function");
    attributes.addWritten("gen_ai.tool.call.arguments", [&] { appendArguments(span, m_vocabulary, out); });
    attributes.addWritten("gen_ai.tool.call.result", [&] { m_vocabulary.write(span.result, Depth::Quoted, out); });
}

void OtlpWriter::appendException(const PlannedSpan& span, std::string& out)
{
    out += R"({"timeUnixNano":")";
    appendNumber(out, span.end - 1000);
    out += R"(","name":"exception","attributes":)";
    Attributes exception(out);
    exception.add("exception.type", "TooManyRequests");
    exception.add("exception.message",
                  R"(status 429: {"error": {"message": "token quota used up", "type": "tokens"}})");
    exception.add("exception.stacktrace", "Traceback (most recent call last):\n"
                                          "  File \"/srv/app/steps.py\", line 87, in answer\n"
                                          "    reply = await model.ask(messages, **options)\n"
                                          "  File \"/srv/app/transport.py\", line 212, in send\n"
                                          "    raise TooManyRequests(response) from None\n");
    exception.close();
    out += '}';
}

} // namespace

std::unique_ptr<SpanFormat> otlpWriter(const Vocabulary& vocabulary, OtlpForm form)
{
    return std::make_unique<OtlpWriter>(vocabulary, form);
}

} // namespace arcscope::bench
