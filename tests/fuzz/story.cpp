// layers: core
// Stories: whatever the text is, it is read or refused with its line, and what was read is written so that it reads the
// same.
#include "story.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace arcscope;
    const auto story = parseStory({reinterpret_cast<const char*>(data), size});
    if (!story) {
        if (!story.error().message.starts_with("line "))
            std::abort();
        return 0;
    }
    const std::string text = storyText(*story);
    const auto again = parseStory(text);
    if (!again || *again != *story || storyText(*again) != text)
        std::abort();
    return 0;
}
