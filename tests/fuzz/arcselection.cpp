// layers: core analysis
// Conditions on arcs: whatever the text is, it is read or refused, and what was read is written so that it reads the
// same.
#include "arcselection.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace arcscope;
    const auto selection = parseArcSelection({reinterpret_cast<const char*>(data), size});
    if (!selection) {
        if (!selection.error().message.starts_with("byte "))
            std::abort();
        return 0;
    }
    const auto again = parseArcSelection(text(*selection));
    if (!again || *again != *selection)
        std::abort();
    return 0;
}
