// layers: importers
// Any bytes, cut into records: every slice is what the input has there, and neither the size of the window nor the
// kernel changes what is found.
#include "splitter.h"

#include <cstdlib>
#include <string>
#include <vector>

using namespace arcscope;

namespace
{

constexpr std::size_t recordLimit = 512;
constexpr std::size_t largestInput = 8'192;

struct Seen {
    SplitKind kind;
    SplitDefect defect;
    int target;
    std::size_t depth;
    std::string key;
    std::string value;
    std::uint64_t offset;
    std::uint64_t size;
    std::uint64_t line;

    bool operator==(const Seen&) const = default;
};

const SplitPaths& somePaths()
{
    static const SplitPaths paths{"spans|traces/*", "data/*/spans/*"};
    return paths;
}

std::vector<Seen> split(const std::string& bytes, std::size_t refill, ScanKernel kernel)
{
    const auto source = memorySource(bytes);
    WindowReader window(*source, {}, refill);
    JsonSplitter splitter(window, somePaths(), recordLimit, kernel);
    std::vector<Seen> seen;
    SplitEvent event;
    while (true) {
        const auto more = splitter.next(event);
        if (!more || !*more)
            return seen;
        if (event.offset > bytes.size() || event.size > bytes.size() - event.offset)
            std::abort();
        if (event.kind == SplitKind::Value && event.value != std::string_view(bytes).substr(event.offset, event.size))
            std::abort();
        seen.push_back({event.kind, event.defect, event.target, event.depth, std::string(event.key),
                        std::string(event.value), event.offset, event.size, event.line});
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > largestInput)
        return 0;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const std::vector<Seen> whole = split(bytes, std::size_t(1) << 20, scanPortable);
    if (split(bytes, 64, bestScanKernel()) != whole || split(bytes, 7, scanPortable) != whole)
        std::abort();
    return 0;
}
