#include "usagejson.h"

#include "jsontext.h"
#include "jsontokens.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

using Count = std::int64_t RawUsage::*;

/// What a key tells about the way of counting.
enum class Hint : std::uint8_t { None, Inclusive, CacheSeparate, ReasoningApart, Disjoint };

struct UsageKey {
    std::string_view inside; ///< key of the object around it, empty: the usage object itself
    std::string_view key;
    Count count;
    Hint hint = Hint::None;
    bool adds = false; ///< one of several parts of the count
};

// By the table of accounting rules of the vendors; the first key found for a count stays.
constexpr auto usageKeys = std::to_array<UsageKey>({
    // OpenAI chat, and who follows it
    {"", "prompt_tokens", &RawUsage::input},
    {"", "completion_tokens", &RawUsage::output},
    {"", "total_tokens", &RawUsage::total},
    {"prompt_tokens_details", "cached_tokens", &RawUsage::cacheRead, Hint::Inclusive},
    {"prompt_tokens_details", "cache_write_tokens", &RawUsage::cacheWrite, Hint::Inclusive},
    {"prompt_tokens_details", "audio_tokens", &RawUsage::audioInput},
    {"completion_tokens_details", "reasoning_tokens", &RawUsage::reasoning},
    {"completion_tokens_details", "audio_tokens", &RawUsage::audioOutput},
    {"completion_tokens_details", "accepted_prediction_tokens", &RawUsage::predictionAccepted},
    {"completion_tokens_details", "rejected_prediction_tokens", &RawUsage::predictionRejected},
    {"", "prompt_cache_hit_tokens", &RawUsage::cacheRead, Hint::Inclusive},
    {"", "prompt_cached_tokens", &RawUsage::cacheRead, Hint::Inclusive},
    {"", "prompt_cache_creation_tokens", &RawUsage::cacheWrite, Hint::Inclusive},
    {"", "completion_reasoning_tokens", &RawUsage::reasoning},
    {"", "prompt_cache_read_tokens", &RawUsage::cacheRead},
    {"", "prompt_cache_write_tokens", &RawUsage::cacheWrite},
    // OpenAI responses, LangSmith, Codex
    {"", "input_tokens", &RawUsage::input},
    {"", "output_tokens", &RawUsage::output},
    {"input_tokens_details", "cached_tokens", &RawUsage::cacheRead, Hint::Inclusive},
    {"input_tokens_details", "cache_write_tokens", &RawUsage::cacheWrite, Hint::Inclusive},
    {"output_tokens_details", "reasoning_tokens", &RawUsage::reasoning},
    {"input_token_details", "cache_read", &RawUsage::cacheRead, Hint::Inclusive},
    {"input_token_details", "cache_creation", &RawUsage::cacheWrite, Hint::Inclusive},
    {"input_token_details", "audio", &RawUsage::audioInput},
    {"output_token_details", "reasoning", &RawUsage::reasoning},
    {"output_token_details", "audio", &RawUsage::audioOutput},
    {"", "cached_input_tokens", &RawUsage::cacheRead, Hint::Inclusive},
    {"", "cache_write_input_tokens", &RawUsage::cacheWrite, Hint::Inclusive},
    {"", "reasoning_output_tokens", &RawUsage::reasoning},
    // Anthropic
    {"", "cache_read_input_tokens", &RawUsage::cacheRead, Hint::CacheSeparate},
    {"", "cache_creation_input_tokens", &RawUsage::cacheWrite, Hint::CacheSeparate},
    {"cache_creation", "ephemeral_1h_input_tokens", &RawUsage::cacheWriteLong, Hint::CacheSeparate},
    {"output_tokens_details", "thinking_tokens", &RawUsage::reasoning},
    // Inspect
    {"", "input_tokens_cache_read", &RawUsage::cacheRead, Hint::CacheSeparate},
    {"", "input_tokens_cache_write", &RawUsage::cacheWrite, Hint::CacheSeparate},
    {"", "reasoning_tokens", &RawUsage::reasoning},
    // Bedrock, AI SDK
    {"", "inputTokens", &RawUsage::input},
    {"", "outputTokens", &RawUsage::output},
    {"", "totalTokens", &RawUsage::total},
    {"", "cacheReadInputTokens", &RawUsage::cacheRead, Hint::CacheSeparate},
    {"", "cacheWriteInputTokens", &RawUsage::cacheWrite, Hint::CacheSeparate},
    {"", "cacheCreationInputTokens", &RawUsage::cacheWrite, Hint::CacheSeparate},
    {"", "cachedInputTokens", &RawUsage::cacheRead, Hint::Inclusive},
    {"", "reasoningTokens", &RawUsage::reasoning},
    {"inputTokenDetails", "cacheReadTokens", &RawUsage::cacheRead, Hint::Inclusive},
    {"inputTokenDetails", "cacheWriteTokens", &RawUsage::cacheWrite, Hint::Inclusive},
    {"outputTokenDetails", "reasoningTokens", &RawUsage::reasoning},
    {"", "promptTokens", &RawUsage::input},
    {"", "completionTokens", &RawUsage::output},
    {"inputTokens", "total", &RawUsage::input},
    {"inputTokens", "cacheRead", &RawUsage::cacheRead, Hint::Inclusive},
    {"inputTokens", "cacheWrite", &RawUsage::cacheWrite, Hint::Inclusive},
    {"outputTokens", "total", &RawUsage::output},
    {"outputTokens", "reasoning", &RawUsage::reasoning},
    // Gemini
    {"", "promptTokenCount", &RawUsage::input, Hint::ReasoningApart, true},
    {"", "toolUsePromptTokenCount", &RawUsage::input, Hint::ReasoningApart, true},
    {"", "candidatesTokenCount", &RawUsage::output, Hint::ReasoningApart},
    {"", "responseTokenCount", &RawUsage::output, Hint::ReasoningApart}, // Gemini Live
    {"", "thoughtsTokenCount", &RawUsage::reasoning, Hint::ReasoningApart},
    {"", "cachedContentTokenCount", &RawUsage::cacheRead, Hint::ReasoningApart},
    {"", "totalTokenCount", &RawUsage::total, Hint::ReasoningApart},
    // Langfuse buckets
    {"", "input", &RawUsage::input, Hint::Disjoint},
    {"", "output", &RawUsage::output, Hint::Disjoint},
    {"", "total", &RawUsage::total, Hint::Disjoint},
    {"", "input_cached_tokens", &RawUsage::cacheRead, Hint::Disjoint},
    {"", "input_cache_read", &RawUsage::cacheRead, Hint::Disjoint},
    {"", "input_cache_creation", &RawUsage::cacheWrite, Hint::Disjoint},
    {"", "input_cache_creation_5m", &RawUsage::cacheWrite, Hint::Disjoint, true},
    {"", "input_cache_creation_1h", &RawUsage::cacheWriteLong, Hint::Disjoint},
    {"", "input_audio_tokens", &RawUsage::audioInput, Hint::Disjoint},
    {"", "output_reasoning_tokens", &RawUsage::reasoning, Hint::Disjoint},
    {"", "output_reasoning", &RawUsage::reasoning, Hint::Disjoint},
    {"", "output_audio_tokens", &RawUsage::audioOutput, Hint::Disjoint},
    // Cohere, Ollama, llama.cpp
    {"tokens", "input_tokens", &RawUsage::input},
    {"tokens", "output_tokens", &RawUsage::output},
    {"", "prompt_eval_count", &RawUsage::input},
    {"", "eval_count", &RawUsage::output},
    {"", "prompt_n", &RawUsage::input, Hint::CacheSeparate},
    {"", "predicted_n", &RawUsage::output, Hint::CacheSeparate},
    {"", "cache_n", &RawUsage::cacheRead, Hint::CacheSeparate},
});

struct Found {
    RawUsage raw;
    std::array<bool, 5> hints{};
    bool any = false;

    bool has(Hint hint) const { return hints[static_cast<std::size_t>(hint)]; }
};

void take(Found& found, std::string_view inside, std::string_view key, std::string_view number)
{
    const std::optional<std::int64_t> count = readInteger(number);
    if (!count || *count < 0)
        return;
    for (const UsageKey& entry : usageKeys) {
        if (entry.key != key || entry.inside != inside)
            continue;
        std::int64_t& target = found.raw.*entry.count;
        if (target == noTokens)
            target = *count;
        else if (entry.adds)
            target = saturatedSum(target, *count);
        found.hints[static_cast<std::size_t>(entry.hint)] = true;
        found.any = true;
        return;
    }
}

Found collect(std::string_view text)
{
    Found found;
    JsonTokens tokens(text);
    std::string_view inside;
    std::string_view key;
    JsonToken token = tokens.next();
    if (token != JsonToken::ObjectBegin)
        return found;
    for (token = tokens.next(); token != JsonToken::End && token != JsonToken::Bad; token = tokens.next()) {
        switch (token) {
        case JsonToken::Key:
            key = tokens.text();
            break;
        case JsonToken::ObjectBegin:
            if (tokens.depth() > 2)
                tokens.skip();
            else
                inside = key;
            break;
        case JsonToken::ArrayBegin:
            tokens.skip();
            break;
        case JsonToken::ObjectEnd:
            inside = {};
            break;
        case JsonToken::Number:
        case JsonToken::String: // a count as decimal string
            take(found, inside, key, tokens.text());
            break;
        default:
            break;
        }
    }
    return found;
}

std::int64_t known(std::int64_t count)
{
    return std::max<std::int64_t>(count, 0);
}

UsageDialect dialectOf(const Found& found)
{
    const RawUsage& raw = found.raw;
    if (found.has(Hint::ReasoningApart))
        return UsageDialect::ReasoningApart;
    if (found.has(Hint::Inclusive) || !found.has(Hint::CacheSeparate)) {
        // xAI: the total tells that reasoning was not counted as completion.
        const bool apart = known(raw.reasoning) > 0 && raw.input != noTokens && raw.output != noTokens &&
                           raw.total == saturatedSum(saturatedSum(raw.input, raw.output), raw.reasoning);
        if (found.has(Hint::Disjoint) && !found.has(Hint::Inclusive))
            return UsageDialect::Disjoint;
        return apart ? UsageDialect::ReasoningApart : UsageDialect::Inclusive;
    }
    // Bedrock serves models that count inclusively: then the total has no place for the cache.
    const bool cached = known(raw.cacheRead) + known(raw.cacheWrite) > 0;
    const bool inclusive =
        cached && raw.input != noTokens && raw.output != noTokens && raw.total == saturatedSum(raw.input, raw.output);
    return inclusive ? UsageDialect::Inclusive : UsageDialect::CacheSeparate;
}

} // namespace

std::optional<SourceUsage> readUsage(std::string_view text)
{
    Found found = collect(trimmed(text));
    if (!found.any)
        return std::nullopt;
    RawUsage& raw = found.raw;
    if (found.has(Hint::Disjoint) && raw.cacheWriteLong != noTokens)
        raw.cacheWrite = saturatedSum(known(raw.cacheWrite), raw.cacheWriteLong); // its buckets do not overlap, ours do
    return SourceUsage{raw, dialectOf(found)};
}

} // namespace arcscope
