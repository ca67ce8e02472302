// layers: importers
// Makes messages and token counts of any bytes, and counts them without parsing.
#include "messagecount.h"
#include "messagejson.h"
#include "usagejson.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace arcscope;
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<Message> messages;
    std::vector<std::string> notes;
    appendMessages(text, Role::User, messages, notes);
    std::vector<Part> parts;
    appendParts(text, parts, notes);
    appendCalls(text, parts, notes);
    for (const bool escaped : {false, true}) {
        const MessageCount count = countMessages(text, escaped);
        if (count.messages < 0 || count.calls < 0 || count.messages > static_cast<std::int64_t>(size) + 1)
            std::abort();
    }
    if (const auto usage = readUsage(text)) {
        const NormalisedUsage normal = normalise(usage->raw, usage->dialect);
        if (normal.usage.total() < 0)
            std::abort();
    }
    return 0;
}
