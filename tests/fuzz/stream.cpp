// layers: core
// A packed stream as a damaged file may hold it: reading ends, and what was read packs to a stream that reads the same.
#include "stream.h"

#include <cstdlib>

using namespace arcscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t events = bytes.size() * data[0] / 255;
    const std::size_t text = (bytes.size() - events) * data[1] / 255;
    PackedStream stream;
    stream.events = bytes.substr(0, events);
    stream.text = bytes.substr(events, text);
    stream.detail = bytes.substr(events + text);

    StreamWriter writer;
    StreamReader reader(stream);
    StreamEvent event;
    while (reader.next(event))
        writer.add(event);

    const PackedStream again = writer.take();
    StreamReader first(stream);
    StreamReader second(again);
    StreamEvent other;
    for (std::uint32_t i = 0; i < again.count; ++i) {
        if (!first.next(event) || !second.next(other) || event != other)
            std::abort();
    }
    if (second.next(other))
        std::abort();
    return 0;
}
