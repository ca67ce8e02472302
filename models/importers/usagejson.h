// Token counts out of the usage object of any vendor, SDK or trace format, with the way in which they are counted.
#pragma once

#include "usage.h"

#include <optional>
#include <string_view>

namespace arcscope
{

struct SourceUsage {
    RawUsage raw;
    UsageDialect dialect = UsageDialect::Inclusive;

    bool operator==(const SourceUsage&) const = default;
};

/// Reads a JSON object whose keys tell the source: OpenAI (chat and responses), Anthropic, Bedrock, Gemini, DeepSeek,
/// xAI, Cohere, Ollama, llama.cpp, AI SDK, OTel, LangSmith, Langfuse, Inspect, Codex, Braintrust, Helicone, Weave.
/// Nothing where it holds no count. `text` may hold other members; nested objects are read one level deep.
std::optional<SourceUsage> readUsage(std::string_view text);

} // namespace arcscope
