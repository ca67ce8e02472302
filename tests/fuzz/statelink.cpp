// layers: core
// Links: whatever the text is, it is understood as a whole or refused, and what was understood is written so that it
// says the same.
#include "statelink.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace arcscope;
    const auto link = parseLink({reinterpret_cast<const char*>(data), size});
    if (!link) {
        if (link.error().message.empty())
            std::abort();
        return 0;
    }
    if (link->sha256.size() != 64 || link->name.find('/') != std::string::npos)
        std::abort();
    const auto again = parseLink(linkText(*link));
    if (linkText(*link).size() <= longestLink && (!again || *again != *link))
        std::abort();
    return 0;
}
