#include "spanformat.h"

namespace arcscope::bench
{

namespace
{

/// Chrome counts in microseconds; the nanoseconds go behind the point.
void appendMicroseconds(std::string& out, std::int64_t nanoseconds)
{
    appendNumber(out, nanoseconds / 1000);
    const auto rest = static_cast<int>(nanoseconds % 1000);
    out += '.';
    out += static_cast<char>('0' + rest / 100);
    out += static_cast<char>('0' + rest / 10 % 10);
    out += static_cast<char>('0' + rest % 10);
}

class ChromeWriter : public SpanFormat
{
public:
    ChromeWriter(const Vocabulary& vocabulary, ChromeArguments arguments)
        : m_vocabulary(vocabulary)
        , m_lean(arguments == ChromeArguments::Lean)
    {
    }

    void begin(std::string& out) override { out += R"({"displayTimeUnit":"ms","traceEvents":[)"; }

    void beginRun(const AgentRun& run) override
    {
        if (!m_lean)
            m_messages.render(run, m_vocabulary);
    }

    void write(const AgentRun& run, const PlannedSpan& span, std::string& out) override
    {
        out += m_first ? "\n" : ",\n";
        m_first = false;
        out += R"({"name":")";
        appendSpanName(out, run, span);
        out += R"(","cat":")";
        out += operationNames[static_cast<std::size_t>(span.operation)];
        out += R"(","ph":"X","ts":)";
        appendMicroseconds(out, span.start);
        out += R"(,"dur":)";
        appendMicroseconds(out, span.end - span.start);
        out += R"(,"pid":1,"tid":)";
        appendNumber(out, run.lane + 1);
        out += R"(,"args":{"span_id":")";
        appendHex(out, span.id);
        out += '"';
        if (span.operation == Operation::Chat)
            appendChat(run, span, out);
        else if (span.operation == Operation::Tool || span.operation == Operation::Retrieval)
            appendTool(span, out);
        out += "}}";
    }

    void finish(std::string& out) override { out += "\n]}\n"; }

private:
    void appendChat(const AgentRun& run, const PlannedSpan& span, std::string& out) const
    {
        out += R"(,"model":")";
        out += modelNames[run.model].name;
        out += R"(","input_tokens":)";
        appendNumber(out, span.inputTokens);
        out += R"(,"output_tokens":)";
        appendNumber(out, span.outputTokens);
        if (m_lean)
            return;
        out += R"(,"input":")";
        m_messages.appendInput(span, out);
        out += R"(","output":")";
        m_messages.appendOutput(span, out);
        out += '"';
    }

    void appendTool(const PlannedSpan& span, std::string& out) const
    {
        out += R"(,"tool":")";
        out += toolNames[span.tool];
        out += '"';
        if (m_lean)
            return;
        out += R"(,"arguments":")";
        appendArguments(span, m_vocabulary, out);
        out += R"(","result":")";
        m_vocabulary.write(span.result, Depth::Quoted, out);
        out += '"';
    }

    const Vocabulary& m_vocabulary;
    bool m_lean;
    bool m_first = true;
    RunMessages m_messages;
};

} // namespace

std::unique_ptr<SpanFormat> chromeWriter(const Vocabulary& vocabulary, ChromeArguments arguments)
{
    return std::make_unique<ChromeWriter>(vocabulary, arguments);
}

} // namespace arcscope::bench
