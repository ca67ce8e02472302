// How one format writes planned spans.
#pragma once

#include "agentruns.h"

#include <memory>
#include <string>
#include <vector>

namespace arcscope::bench
{

/// The messages of one run as JSON text inside a JSON string. Histories repeat, so each message is rendered once.
class RunMessages
{
public:
    /// Forgets the run before.
    void render(const AgentRun& run, const Vocabulary& vocabulary);

    /// [{\"role\":…}, …]
    void appendInput(const PlannedSpan& chat, std::string& out) const;
    void appendOutput(const PlannedSpan& chat, std::string& out) const;

private:
    std::string_view at(std::uint32_t message) const;

    std::string m_text;
    std::vector<std::size_t> m_ends; ///< each message without its closing brace
};

/// {\"query\":\"…\",\"limit\":7}
void appendArguments(const PlannedSpan& call, const Vocabulary& vocabulary, std::string& out);

class SpanFormat
{
public:
    virtual ~SpanFormat() = default;
    SpanFormat() = default;
    SpanFormat(const SpanFormat&) = delete;
    SpanFormat& operator=(const SpanFormat&) = delete;

    virtual void begin(std::string&) {}
    virtual void beginRun(const AgentRun&) {}
    virtual void write(const AgentRun& run, const PlannedSpan& span, std::string& out) = 0;
    virtual void finish(std::string&) {}
};

enum class OtlpForm { Document, Lines };
std::unique_ptr<SpanFormat> otlpWriter(const Vocabulary& vocabulary, OtlpForm form);

std::unique_ptr<SpanFormat> openInferenceWriter(const Vocabulary& vocabulary);

enum class ChromeArguments { WithMessages, Lean };
std::unique_ptr<SpanFormat> chromeWriter(const Vocabulary& vocabulary, ChromeArguments arguments);

} // namespace arcscope::bench
