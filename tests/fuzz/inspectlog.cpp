// layers: importers
// Any bytes as a log of Inspect AI: read to the end, every span decoded with what it points at.
#include "readerfuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    arcscope::testing::fuzzReader("inspect", {reinterpret_cast<const char*>(data), size});
    return 0;
}
