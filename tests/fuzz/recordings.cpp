// layers: importers
// Any bytes read as sessions, exports and streams: no reader gives a stream without its span, and every record decodes.
#include "format.h"
#include "printspans.h"
#include "source.h"

#include <cstdlib>

using namespace arcscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const char* name :
         {"claude-code", "langfuse", "anthropic-stream", "openai-chat-stream", "openai-responses-stream",
          "gemini-stream", "bedrock-stream", "cohere-stream", "ollama-stream", "provider-response", "vcr-cassette",
          "http-archive", "event-frame-stream"}) {
        const ImportFormat& format = *formatNamed(name);
        testing::RecordingSink sink;
        const auto source = memorySource(bytes);
        ReadJob job{*source, sink, {}, "input"};
        (void)format.read(job);
        for (const auto& [span, record] : sink.spans) {
            if (span.cost < notRecorded || span.usage.total() < 0)
                std::abort();
            (void)format.decode(record, {});
        }
        for (const auto& [row, stream] : sink.streams) {
            StreamReader reader(stream);
            StreamEvent event;
            std::uint32_t events = 0;
            while (reader.next(event))
                ++events;
            if (row >= sink.spans.size() || events != stream.count)
                std::abort();
        }
    }
    return 0;
}
