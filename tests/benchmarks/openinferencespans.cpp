#include "spanformat.h"

#include <chrono>

namespace arcscope::bench
{

namespace
{

constexpr std::array<std::string_view, 6> spanKinds = {"AGENT", "LLM", "TOOL", "RETRIEVER", "CHAIN", "CHAIN"};

void appendPadded(std::string& out, std::uint64_t number, std::size_t width)
{
    const std::size_t start = out.size();
    out.append(width, '0');
    for (std::size_t place = start + width; place > start; number /= 10)
        out[--place] = static_cast<char>('0' + number % 10);
}

/// 2025-11-20T00:53:20.123456Z
void appendIsoTime(std::string& out, std::int64_t time)
{
    using namespace std::chrono;
    const auto sinceEpoch = duration_cast<microseconds>(nanoseconds(time));
    const auto day = duration_cast<days>(sinceEpoch);
    const year_month_day date{sys_days(day)};
    const auto inDay = static_cast<std::uint64_t>((sinceEpoch - day).count());
    const std::uint64_t seconds = inDay / 1'000'000;
    appendPadded(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
    out += '-';
    appendPadded(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    appendPadded(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    appendPadded(out, seconds / 3600, 2);
    out += ':';
    appendPadded(out, seconds / 60 % 60, 2);
    out += ':';
    appendPadded(out, seconds % 60, 2);
    out += '.';
    appendPadded(out, inDay % 1'000'000, 6);
    out += 'Z';
}

class OpenInferenceWriter : public SpanFormat
{
public:
    explicit OpenInferenceWriter(const Vocabulary& vocabulary)
        : m_vocabulary(vocabulary)
    {
    }

    void beginRun(const AgentRun& run) override { m_messages.render(run, m_vocabulary); }

    void write(const AgentRun& run, const PlannedSpan& span, std::string& out) override
    {
        out += R"({"name":")";
        appendSpanName(out, run, span);
        out += R"(","context":{"trace_id":"0x)";
        appendHex(out, run.traceHigh);
        appendHex(out, run.traceLow);
        out += R"(","span_id":"0x)";
        appendHex(out, span.id);
        out += R"(","trace_state":"[]"},"kind":"SpanKind.INTERNAL","parent_id":)";
        if (span.parent != 0) {
            out += R"("0x)";
            appendHex(out, span.parent);
            out += '"';
        } else {
            out += "null";
        }
        out += R"(,"start_time":")";
        appendIsoTime(out, span.start);
        out += R"(","end_time":")";
        appendIsoTime(out, span.end);
        out += R"(","status":{"status_code":")";
        out += span.failed ? "ERROR" : "OK";
        out += R"("},"attributes":{"openinference.span.kind":")";
        out += spanKinds[static_cast<std::size_t>(span.operation)];
        out += R"(","session.id":"sess_)";
        appendHex(out, run.session, 12);
        out += '"';
        if (span.operation == Operation::Chat)
            appendChat(run, span, out);
        else if (span.operation == Operation::Tool || span.operation == Operation::Retrieval)
            appendTool(span, out);
        out += R"(},"events":[],"links":[],"resource":{"attributes":{"service.name":")";
        out += serviceNames[run.service];
        out += R"(","telemetry.sdk.language":"python"},"schema_url":""}})";
        out += '\n';
    }

private:
    void appendChat(const AgentRun& run, const PlannedSpan& span, std::string& out) const
    {
        out += R"(,"llm.model_name":")";
        out += modelNames[run.model].name;
        out += R"(","llm.provider":")";
        out += modelNames[run.model].provider;
        out += R"(","llm.token_count.prompt":)";
        appendNumber(out, span.inputTokens);
        out += R"(,"llm.token_count.completion":)";
        appendNumber(out, span.outputTokens);
        out += R"(,"llm.token_count.total":)";
        appendNumber(out, span.inputTokens + span.outputTokens);
        out += R"(,"input.mime_type":"application/json","input.value":")";
        m_messages.appendInput(span, out);
        out += R"(","output.value":")";
        m_messages.appendOutput(span, out);
        out += '"';
    }

    void appendTool(const PlannedSpan& span, std::string& out) const
    {
        out += R"(,"tool.name":")";
        out += toolNames[span.tool];
        out += R"(","input.value":")";
        appendArguments(span, m_vocabulary, out);
        out += R"(","output.value":")";
        m_vocabulary.write(span.result, Depth::Quoted, out);
        out += '"';
    }

    const Vocabulary& m_vocabulary;
    RunMessages m_messages;
};

} // namespace

std::unique_ptr<SpanFormat> openInferenceWriter(const Vocabulary& vocabulary)
{
    return std::make_unique<OpenInferenceWriter>(vocabulary);
}

} // namespace arcscope::bench
