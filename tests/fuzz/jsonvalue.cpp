// layers: importers
// Any text as one record: every value is visited and asked for in every way; what a value says of its text lies in it.
#include "jsonvalue.h"

#include <cstdlib>

using namespace arcscope;

namespace
{

/// Reads a value whole; the number of values in it.
std::size_t visit(const JsonValue& value, std::size_t depth)
{
    if (depth > maxJsonDepth + 2)
        std::abort();
    std::size_t values = 1;
    if (value.integer() && !value.number())
        std::abort();
    if (value.isString() && !value.string() && !value.content().empty() && value.text() != "")
        std::abort();
    if (value.boolean() && value.type() != JsonType::Bool && !value.isString())
        std::abort();
    value.eachMember([&](std::string_view, const JsonValue& member) { values += visit(member, depth + 1); });
    value.eachElement([&](const JsonValue& element) { values += visit(element, depth + 1); });
    if (value.raw().empty() && value.type() != JsonType::Missing && value.type() != JsonType::Invalid)
        std::abort();
    return values;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static JsonParser parser; // as a reader uses it: one for all records
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t values = visit(parser.parseCopy(text), 0);
    if (values > text.size() + 1)
        std::abort();
    for (const ImportIssue& issue : parser.issues(0, 1)) {
        if (issue.message.empty())
            std::abort();
    }
    return 0;
}
