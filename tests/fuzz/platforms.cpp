// layers: importers
// seeds: data/formats
// Any bytes read as the export of every observability platform, whatever it is recognised as.
#include "readerfuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t largestInput = std::size_t(1) << 14;
    if (size > largestInput)
        return 0;
    for (const char* name : {"chrome-trace", "jaeger", "zipkin", "langsmith", "mlflow", "weave", "braintrust",
                             "logfire", "helicone", "openai-agents"})
        arcscope::testing::fuzzReader(name, {reinterpret_cast<const char*>(data), size});
    return 0;
}
