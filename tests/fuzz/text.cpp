// layers: core
// Ids and times as any file may spell them: what is read can be written, and reads back as the same.
#include "ids.h"
#include "times.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace arcscope;
    const std::string_view text(reinterpret_cast<const char*>(data), size);

    const Id id = parseId(text);
    if (id.form != IdForm::None && id.form != IdForm::Text && parseId(idText(id)) != id)
        std::abort();

    if (const auto read = parseIsoTime(text)) {
        const auto again = parseIsoTime(isoText(read->time));
        if (!again || again->time != read->time || !again->zoneGiven)
            std::abort();
    }
    return 0;
}
