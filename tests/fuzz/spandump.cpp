// layers: importers
// Reads any bytes as a dump of spans and decodes every span.
#include "readerfuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    arcscope::testing::fuzzReader("span-dump", {reinterpret_cast<const char*>(data), size});
    return 0;
}
