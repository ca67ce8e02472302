// layers: core
// Token counts as any source may state them: no count turns negative, and classes of a consistent source add up.
#include "usage.h"

#include <cstdlib>
#include <cstring>

using namespace arcscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1)
        return 0;
    RawUsage raw;
    const auto dialect = static_cast<UsageDialect>(data[0] % 4);
    std::size_t at = 1;
    for (std::int64_t* count :
         {&raw.input, &raw.output, &raw.total, &raw.cacheRead, &raw.cacheWrite, &raw.cacheWriteLong, &raw.reasoning,
          &raw.predictionAccepted, &raw.predictionRejected, &raw.audioInput, &raw.audioOutput}) {
        if (size - at < sizeof *count)
            break;
        std::memcpy(count, data + at, sizeof *count);
        at += sizeof *count;
    }

    const NormalisedUsage result = normalise(raw, dialect);
    const Usage twice = result.usage + result.usage;
    for (std::size_t i = 0; i < result.usage.tokens.size(); ++i) {
        const std::int64_t count = result.usage.tokens[i];
        if (count < noTokens || (count == noTokens ? twice.tokens[i] != noTokens : twice.tokens[i] < count))
            std::abort();
    }
    if (result.usage.total() < 0)
        std::abort();
    return 0;
}
