// layers: analysis
// A schema and a document, both of any bytes, with a line of three dashes between them: what is reported lies in them.
#include "jsonschema.h"
#include "jsonread.h"

#include <algorithm>
#include <cstdlib>

using namespace arcscope;

namespace
{

constexpr std::size_t largestInput = std::size_t(1) << 12;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

JsonStory told(std::string_view text)
{
    JsonStory story;
    story.feed(text);
    story.finish();
    return story;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), std::min(size, largestInput));
    constexpr std::string_view border = "\n---\n";
    const std::size_t at = std::min(text.find(border), text.size());
    const JsonStory schema = told(text.substr(0, at));
    const JsonStory document = told(text.substr(std::min(text.size(), at + border.size())));
    const auto check = checkSchema(schema, document);
    if (!check) {
        require(!check.error().message.empty());
        return 0;
    }
    JsonReading rules(schema);
    JsonReading values(document);
    for (const SchemaViolation& violation : check->violations) {
        require(violation.node >= 0 && violation.node < document.size());
        require(jsonPointer(document, violation.node) == violation.pointer);
        require(rules.find(violation.schemaPointer).has_value() && values.find(violation.pointer).has_value());
        require(!violation.expected.empty() && !violation.found.empty());
    }
    for (const SchemaGap& gap : check->notChecked)
        require(rules.find(gap.schemaPointer).has_value() && !gap.reason.empty());
    require(check->violationCount >= check->violations.size());
    return 0;
}
