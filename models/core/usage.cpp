#include "usage.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::int64_t known(std::int64_t count)
{
    return std::max<std::int64_t>(count, 0);
}

constexpr std::int64_t clean(std::int64_t count)
{
    return count < 0 ? noTokens : count;
}

/// What is left of `whole` without `parts`; noTokens where the whole is not recorded.
std::int64_t rest(std::int64_t whole, std::int64_t parts, bool& contradictory)
{
    if (whole == noTokens)
        return noTokens;
    if (parts > whole)
        contradictory = true;
    return std::max<std::int64_t>(whole - parts, 0);
}

} // namespace

Usage operator+(Usage a, const Usage& b)
{
    for (std::size_t i = 0; i < a.tokens.size(); ++i) {
        if (b.tokens[i] != noTokens)
            a.tokens[i] = saturatedSum(known(a.tokens[i]), b.tokens[i]);
    }
    return a;
}

NormalisedUsage normalise(const RawUsage& source, UsageDialect dialect)
{
    RawUsage raw = source;
    for (std::int64_t* count :
         {&raw.input, &raw.output, &raw.total, &raw.cacheRead, &raw.cacheWrite, &raw.cacheWriteLong, &raw.reasoning,
          &raw.predictionAccepted, &raw.predictionRejected, &raw.audioInput, &raw.audioOutput})
        *count = clean(*count);

    const std::int64_t cached = saturatedSum(known(raw.cacheRead), known(raw.cacheWrite));
    if (dialect == UsageDialect::Inclusive && raw.input != noTokens && cached > raw.input)
        dialect = UsageDialect::CacheSeparate;

    NormalisedUsage result;
    result.dialect = dialect;
    Usage& usage = result.usage;
    usage[UsageClass::CacheRead] = raw.cacheRead;
    usage[UsageClass::CacheWriteLong] = raw.cacheWriteLong;
    usage[UsageClass::CacheWrite] =
        raw.cacheWrite == noTokens ? noTokens : rest(raw.cacheWrite, known(raw.cacheWriteLong), result.contradictory);
    usage[UsageClass::Reasoning] = raw.reasoning;
    usage[UsageClass::PredictionAccepted] = raw.predictionAccepted;
    usage[UsageClass::PredictionRejected] = raw.predictionRejected;
    usage[UsageClass::AudioInput] = raw.audioInput;
    usage[UsageClass::AudioOutput] = raw.audioOutput;

    const bool inputHoldsCache = dialect == UsageDialect::Inclusive || dialect == UsageDialect::ReasoningApart;
    const bool outputHoldsReasoning = dialect == UsageDialect::Inclusive || dialect == UsageDialect::CacheSeparate;
    const bool holdsOthers = dialect != UsageDialect::Disjoint;
    std::int64_t inputParts = inputHoldsCache ? cached : 0;
    std::int64_t outputParts = outputHoldsReasoning ? known(raw.reasoning) : 0;
    if (holdsOthers) {
        inputParts = saturatedSum(inputParts, known(raw.audioInput));
        for (const std::int64_t part : {raw.predictionAccepted, raw.predictionRejected, raw.audioOutput})
            outputParts = saturatedSum(outputParts, known(part));
    }
    usage[UsageClass::Input] = rest(raw.input, inputParts, result.contradictory);
    usage[UsageClass::Output] = rest(raw.output, outputParts, result.contradictory);
    return result;
}

std::string_view name(UsageClass usageClass)
{
    constexpr std::array<std::string_view, usageClassCount> names{
        "input",     "cache_read",          "cache_write",         "cache_write_long", "output",
        "reasoning", "prediction_accepted", "prediction_rejected", "audio_input",      "audio_output"};
    return names[static_cast<std::size_t>(usageClass)];
}

std::string_view name(UsageDialect dialect)
{
    constexpr std::array<std::string_view, 4> names{"inclusive", "cache-separate", "reasoning-apart", "disjoint"};
    return names[static_cast<std::size_t>(dialect)];
}

} // namespace arcscope
