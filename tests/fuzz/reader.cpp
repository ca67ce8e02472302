// layers: importers
// seeds: data/formats
// Any bytes as a trace: read to the end as the format they are recognised as and as any other one, every span decoded.
// With the name of a format in ARCSCOPE_FORMAT, as that one alone; with "?" there, the names are printed.
#include "readerfuzz.h"

#include "probe.h"

#include <cstdio>

using namespace arcscope;

namespace
{

const char* const only = std::getenv("ARCSCOPE_FORMAT");

} // namespace

/// libFuzzer calls it before the first input.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/)
{
    if (!only || std::string_view(only) != "?")
        return 0;
    for (const ImportFormat& format : formats())
        std::puts(std::string(format.name).c_str());
    std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t largestInput = std::size_t(1) << 16;
    if (size == 0 || size > largestInput)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (only) {
        testing::require(formatNamed(only) != nullptr);
        testing::fuzzReader(*formatNamed(only), bytes);
        return 0;
    }
    if (const ImportFormat* found = sniff(Probe(bytes, true)))
        testing::fuzzReader(*found, bytes);
    testing::fuzzReader(formats()[std::hash<std::string_view>()(bytes) % formats().size()], bytes);
    return 0;
}
