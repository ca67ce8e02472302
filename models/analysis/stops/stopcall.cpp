#include "stopcall.h"

#include "proselines.h"

#include <algorithm>
#include <utility>

namespace arcscope
{

namespace
{

/// Tools of the provider run within the call: their result stands in its output, or the answer goes on behind them.
bool ranWithin(const SpanContent& content, const StopText& call, const std::vector<StopText>& texts, StopClaim claim)
{
    for (const Message& message : content.output) {
        for (const Part& part : message.parts) {
            if (part.kind == PartKind::ToolResult && (part.id.empty() || part.id == call.id))
                return true;
        }
    }
    const auto at = [](const TextPlace& place) { return std::pair(place.message, place.part); };
    return claim == StopClaim::Complete && !texts.empty() && at(texts.back().place) > at(call.place);
}

bool isOfGoogle(const Corpus& corpus, Row row)
{
    for (const SpanText column : {SpanText::Provider, SpanText::ModelServed, SpanText::ModelRequested}) {
        const std::string name = prose::lower(corpus.text(column, row));
        for (const std::string_view word : {"gemini", "vertex", "google"}) {
            if (name.find(word) != std::string::npos)
                return true;
        }
    }
    return false;
}

/// FinishReason of google.ai.generativelanguage and google.cloud.aiplatform. From 9 on they differ; 6 to 8 are filters
/// in both.
StopClaim claimOfNumber(std::string_view number)
{
    if (number.size() != 1)
        return StopClaim::Unknown;
    switch (number.front()) {
    case '1':
        return StopClaim::Complete;
    case '2':
        return StopClaim::Length;
    case '3':
    case '6':
    case '7':
    case '8':
        return StopClaim::ContentFilter;
    case '4':
        return StopClaim::Recitation;
    default:
        return StopClaim::Unknown;
    }
}

} // namespace

StopClaim claimOf(const Corpus& corpus, Row row)
{
    const std::string_view reason = corpus.text(SpanText::StopReason, row);
    const StopClaim claim = claimOf(reason);
    std::string_view number = reason;
    while (!number.empty() && std::string_view("[\"' ").find(number.front()) != std::string_view::npos)
        number.remove_prefix(1);
    while (!number.empty() && std::string_view("]\"' ").find(number.back()) != std::string_view::npos)
        number.remove_suffix(1);
    const bool digit = number.size() == 1 && number.front() >= '0' && number.front() <= '9';
    return claim == StopClaim::Unknown && digit && isOfGoogle(corpus, row) ? claimOfNumber(number) : claim;
}

StoppedCall::StoppedCall(TraceReading& trace, Row calledRow, const StopSurroundings& known)
    : corpus(trace.corpus())
    , row(calledRow)
    , around(known)
    , word(corpus.text(SpanText::StopReason, row))
    , claim(claimOf(corpus, row))
    , content(trace.content(row))
    , stream(corpus.spans.flagged(row, SpanFlag::Streamed) ? trace.stream(row) : nullptr)
{
    if (!content)
        return;
    outputKnown = !content->output.empty();
    for (std::uint32_t message = 0; message < content->output.size(); ++message) {
        const std::vector<Part>& parts = content->output[message].parts;
        for (std::uint32_t part = 0; part < parts.size(); ++part) {
            const Part& said = parts[part];
            const StopText text{{TextPlace::Of::Output, message, part}, said.text, said.name, said.id};
            const bool blank = prose::trimmed(said.text).empty();
            if (said.kind == PartKind::Text && !blank)
                texts.push_back(text);
            else if (said.kind == PartKind::ToolCall)
                calls.push_back(text);
            else if (said.kind == PartKind::Refusal)
                refusal = text;
            else if (said.kind == PartKind::Media || said.kind == PartKind::Other)
                other = true;
        }
    }
    std::erase_if(calls, [&](const StopText& call) { return ranWithin(*content, call, texts, claim); });
}

bool StoppedCall::hasNoWordForCalls() const
{
    if (isOfGoogle(corpus, row) || corpus.text(SpanText::Format, row) == "ollama-stream" ||
        prose::lower(corpus.text(SpanText::Provider, row)).find("ollama") != std::string::npos)
        return true;
    // The paths of Ollama's own interface.
    return content && std::ranges::any_of(content->attributes, [](const Attribute& attribute) {
               const std::string_view value = attribute.value;
               return attribute.key == "url.full" && (value.ends_with("/api/chat") || value.ends_with("/api/generate"));
           });
}

bool StoppedCall::endsCleanly() const
{
    switch (claim) {
    case StopClaim::Complete:
    case StopClaim::NotRecorded:
    case StopClaim::Unknown:
    case StopClaim::ToolCall:
    case StopClaim::Pause:
        return true;
    default:
        return false;
    }
}

} // namespace arcscope
