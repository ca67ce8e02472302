// Token usage in disjoint classes, and one normaliser per way in which sources count.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace arcscope
{

/// Disjoint: the sum over all classes is what was processed.
enum class UsageClass : std::uint8_t {
    Input, ///< prompt tokens neither read from nor written to a cache
    CacheRead,
    CacheWrite,     ///< written to a cache with the default (five minute) lifetime, or of unknown lifetime
    CacheWriteLong, ///< written with the one-hour lifetime
    Output,         ///< generated and visible: text and tool calls
    Reasoning,
    PredictionAccepted, ///< of a supplied prediction (OpenAI predicted outputs), inside the visible text
    PredictionRejected, ///< billed, never shown
    AudioInput,
    AudioOutput,
};
inline constexpr int usageClassCount = 10;

/// "Not recorded" for a token count.
inline constexpr std::int64_t noTokens = -1;

/// a + b for counts from 0 up; the largest count where the sum is larger.
constexpr std::int64_t saturatedSum(std::int64_t a, std::int64_t b)
{
    return a > std::numeric_limits<std::int64_t>::max() - b ? std::numeric_limits<std::int64_t>::max() : a + b;
}

/// Tokens by class; noTokens where the source says nothing.
struct Usage {
    std::array<std::int64_t, usageClassCount> tokens;

    constexpr Usage() { tokens.fill(noTokens); }
    constexpr std::int64_t& operator[](UsageClass c) { return tokens[static_cast<std::size_t>(c)]; }
    constexpr std::int64_t operator[](UsageClass c) const { return tokens[static_cast<std::size_t>(c)]; }
    constexpr bool recorded() const
    {
        for (const auto count : tokens) {
            if (count != noTokens)
                return true;
        }
        return false;
    }
    /// The sum of what is recorded, 0 where nothing is.
    constexpr std::int64_t total() const
    {
        std::int64_t sum = 0;
        for (const auto count : tokens)
            sum = saturatedSum(sum, count > 0 ? count : 0);
        return sum;
    }
    bool operator==(const Usage&) const = default;
};

/// Adds class by class; "not recorded" plus n is n.
Usage operator+(Usage a, const Usage& b);

/// How a source's totals contain their parts (formats: OpenAI, Anthropic, Gemini, …).
enum class UsageDialect : std::uint8_t {
    Inclusive,      ///< input contains cache and audio; output contains reasoning, prediction and audio (OpenAI, OTel,
                    ///< OpenInference)
    CacheSeparate,  ///< cache read and write lie outside input; output contains reasoning (Anthropic, Bedrock, Inspect)
    ReasoningApart, ///< input contains cache; reasoning lies outside output (Gemini)
    Disjoint,       ///< every class by itself (Langfuse usageDetails)
};

/// Counts as the source names them; noTokens where it is silent.
struct RawUsage {
    std::int64_t input = noTokens;
    std::int64_t output = noTokens;
    std::int64_t total = noTokens;
    std::int64_t cacheRead = noTokens;
    std::int64_t cacheWrite = noTokens;     ///< all lifetimes together
    std::int64_t cacheWriteLong = noTokens; ///< the one-hour part of it, where the source splits it
    std::int64_t reasoning = noTokens;
    std::int64_t predictionAccepted = noTokens;
    std::int64_t predictionRejected = noTokens;
    std::int64_t audioInput = noTokens;
    std::int64_t audioOutput = noTokens;

    bool operator==(const RawUsage&) const = default;
};

/// The members of RawUsage, in order.
inline constexpr auto rawUsageMembers = std::to_array<std::int64_t RawUsage::*>(
    {&RawUsage::input, &RawUsage::output, &RawUsage::total, &RawUsage::cacheRead, &RawUsage::cacheWrite,
     &RawUsage::cacheWriteLong, &RawUsage::reasoning, &RawUsage::predictionAccepted, &RawUsage::predictionRejected,
     &RawUsage::audioInput, &RawUsage::audioOutput});

struct NormalisedUsage {
    Usage usage;
    UsageDialect dialect = UsageDialect::Inclusive; ///< the one used: may differ from the one asked for, see below
    bool contradictory = false; ///< a part was larger than its whole; the part was kept, the rest set to 0
};

/// Makes disjoint classes of what a source recorded. An Inclusive source whose cache counts exceed its input counts
/// CacheSeparate (many emitters copy Anthropic's numbers unchanged). Negative counts are not recorded.
NormalisedUsage normalise(const RawUsage& source, UsageDialect dialect);

std::string_view name(UsageClass usageClass); ///< "input", "cache_read", "cache_write", "cache_write_long", "output", …
std::string_view name(UsageDialect dialect);

} // namespace arcscope
