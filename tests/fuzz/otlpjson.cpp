// layers: importers
// Reads any bytes as OTLP JSON, decodes every span, and checks that counts made without parsing agree with bounds.
#include "readerfuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    arcscope::testing::fuzzReader("otlp-json", {reinterpret_cast<const char*>(data), size});
    return 0;
}
