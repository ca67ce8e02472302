#include "finalcall.h"

#include "jsonread.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace arcscope
{
namespace
{

constexpr std::size_t longest = 1'000'000; ///< bytes of a text that is looked at
constexpr std::size_t telling = 20;        ///< bytes of all texts together

/// The strings of a JSON document, unescaped; nothing where it is none.
std::set<std::string> stringsOf(std::string_view document)
{
    std::set<std::string> strings;
    if (document.size() > longest)
        return strings;
    JsonStory story;
    story.feed(document);
    if (story.finish() != JsonState::Complete)
        return strings;
    const JsonReading reading(story);
    for (JsonIndex i = 0; i < story.size(); ++i) {
        if (reading.kind(i) == JsonKind::String)
            strings.insert(reading.text(i));
    }
    return strings;
}

} // namespace

bool isGivenBack(std::string_view arguments, const SpanContent& by)
{
    const std::set<std::string> wanted = stringsOf(arguments);
    std::size_t bytes = 0;
    for (const std::string& text : wanted)
        bytes += text.size();
    if (bytes < telling)
        return false;
    return std::ranges::any_of(by.output, [&](const Message& message) {
        return std::ranges::any_of(message.parts, [&](const Part& part) {
            if (part.kind == PartKind::ToolCall)
                return false;
            const std::set<std::string> strings = stringsOf(part.text);
            return std::ranges::all_of(wanted, [&](const std::string& text) {
                return strings.contains(text) || part.text.find(text) != std::string::npos;
            });
        });
    });
}

} // namespace arcscope
