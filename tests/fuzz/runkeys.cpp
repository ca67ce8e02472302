// layers: core analysis store pipeline
// What runs are paired by, as any text: it is read, and gives a value of every value, or is refused with what is wrong.
#include "runkey.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace arcscope;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto key = RunKey::read(text);
    if (!key) {
        if (key.error().code != ErrorCode::Usage || key.error().message.empty())
            std::abort();
        return 0;
    }
    for (const char* const value :
         {"", "Where is order 17? \xf0\x9f\x93\xa6 \xff", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
        static_cast<void>(key->valueOf([&](const std::string& field) {
            if (field.empty())
                std::abort();
            return std::string(value);
        }));
    return 0;
}
