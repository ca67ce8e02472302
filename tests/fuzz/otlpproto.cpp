// layers: importers
// Any bytes as files of the Collector in protobuf: read to the end, every span decoded, and told apart without a stall.
#include "readerfuzz.h"

#include "probe.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    arcscope::testing::fuzzReader("otlp-proto", bytes);
    (void)arcscope::sniff(arcscope::Probe(bytes, true));
    return 0;
}
