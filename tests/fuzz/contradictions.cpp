// layers: analysis
// Two texts, apart where the first zero byte is: every range lies within its text.
#include "contradictions.h"

#include <algorithm>
#include <cstdlib>

using namespace arcscope;

namespace
{

constexpr std::size_t largestInput = std::size_t(1) << 13;

void requireWithin(ByteRange range, std::string_view text)
{
    if (range.from < 0 || range.from > range.to || range.to > static_cast<std::int64_t>(text.size()))
        std::abort();
}

void require(const Contradictions& told, std::string_view a, std::string_view b)
{
    for (const Contradiction& found : told.found) {
        requireWithin(found.a, a);
        requireWithin(found.b, b);
        requireWithin(found.differsA, a);
        requireWithin(found.differsB, b);
        for (const auto& [left, right] : found.aligned) {
            requireWithin(left, a);
            requireWithin(right, b);
        }
        if (!(found.strength >= 0 && found.strength <= 1) || found.why.empty())
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), std::min(size, largestInput));
    const std::size_t middle = std::min(text.find('\0'), text.size());
    const std::string_view a = text.substr(0, middle);
    const std::string_view b = text.substr(std::min(middle + 1, text.size()));
    require(findContradictions(a, b), a, b);
    require(findContradictionsWithin(text), text, text);
    return 0;
}
