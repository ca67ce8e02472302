// layers: core store pipeline
// Notes and views that others wrote as JSON: whatever the text is, it is read or refused, and what was read is written
// so that it reads the same.
#include "notesjson.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace arcscope;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto notes = parseNotes(text);
    if (notes ? parseNotes(notesJson(*notes)).value() != *notes : notes.error().message.empty())
        std::abort();
    const auto view = parseView(text);
    if (view ? parseView(viewJson(*view)).value() != *view : view.error().message.empty())
        std::abort();
    return 0;
}
