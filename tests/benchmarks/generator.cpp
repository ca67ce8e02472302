#include "generator.h"

#include "spanformat.h"
#include "tokenstreams.h"

namespace arcscope::bench
{

namespace
{

constexpr std::size_t pieceSize = std::size_t(1) << 20;

std::unique_ptr<SpanFormat> writerFor(std::string_view format, const Vocabulary& vocabulary)
{
    if (format == "otlp")
        return otlpWriter(vocabulary, OtlpForm::Document);
    if (format == "otlpl")
        return otlpWriter(vocabulary, OtlpForm::Lines);
    if (format == "oi")
        return openInferenceWriter(vocabulary);
    if (format == "chrome")
        return chromeWriter(vocabulary, ChromeArguments::WithMessages);
    if (format == "chromelean")
        return chromeWriter(vocabulary, ChromeArguments::Lean);
    return nullptr;
}

/// Collects small pieces into large ones.
class Output
{
public:
    explicit Output(const Sink& sink)
        : m_sink(sink)
    {
        text.reserve(2 * pieceSize);
    }

    bool flushWhenLarge() { return text.size() < pieceSize || flush(); }

    bool flush()
    {
        const bool taken = text.empty() || m_sink(text);
        text.clear();
        return taken;
    }

    std::string text;

private:
    const Sink& m_sink;
};

bool generateEvents(std::uint64_t events, std::uint64_t seed, const Vocabulary& vocabulary, Output& output)
{
    TokenStreams streams(vocabulary, seed);
    for (; events > 0; --events) {
        streams.appendNext(output.text);
        if (!output.flushWhenLarge())
            return false;
    }
    return output.flush();
}

bool generateSpans(std::uint64_t spans, std::uint64_t seed, SpanFormat& writer, Output& output)
{
    RunPlanner planner(seed);
    writer.begin(output.text);
    while (spans > 0) {
        const AgentRun& run = planner.next();
        writer.beginRun(run);
        for (const PlannedSpan& span : run.spans) {
            if (spans == 0)
                break;
            --spans;
            writer.write(run, span, output.text);
            if (!output.flushWhenLarge())
                return false;
        }
    }
    writer.finish(output.text);
    return output.flush();
}

} // namespace

bool generate(std::string_view format, std::uint64_t records, std::uint64_t seed, const Sink& sink)
{
    const Vocabulary vocabulary;
    Output output(sink);
    if (format == "events")
        return generateEvents(records, seed, vocabulary, output);
    const std::unique_ptr<SpanFormat> writer = writerFor(format, vocabulary);
    return writer && generateSpans(records, seed, *writer, output);
}

} // namespace arcscope::bench
