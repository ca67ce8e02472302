// layers: importers
// Any text as one record: every value is visited and asked for in every way; what a value says of its text lies in it,
// and is the same whether what lies before it was entered or not. What needs no parser says the same without one.
#include "jsonvalue.h"
#include "plainvalue.h"

#include <cstdlib>
#include <string>
#include <vector>

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

/// The texts of the values right within, of which those that `entered` has a bit for are read whole before.
std::vector<std::string> partsOf(const JsonValue& value, unsigned entered)
{
    std::vector<std::string> parts;
    const auto take = [&](const JsonValue& part) {
        if ((entered >> (parts.size() % 8) & 1U) != 0)
            visit(part, 1);
        parts.emplace_back(part.raw());
    };
    value.eachMember([&](std::string_view, const JsonValue& member) { take(member); });
    value.eachElement(take);
    return parts;
}

template <typename Value>
std::vector<std::string> membersOf(const Value& object)
{
    std::vector<std::string> members;
    object.eachMember([&](std::string_view key, const Value& value) {
        members.emplace_back(key);
        members.emplace_back(value.raw());
        members.emplace_back(value.text());
        members.push_back(std::to_string(static_cast<int>(value.type())));
        value.eachMember([&](std::string_view, const Value& part) { members.emplace_back(part.raw()); });
    });
    return members;
}

void readPlain(JsonParser& parser, std::string_view text)
{
    if (!text.starts_with('{'))
        return;
    const std::string padded = std::string(text) + std::string(windowPadding, '\0');
    PlainRecord record(std::string_view(padded).substr(0, text.size()));
    const PlainValue whole = record.valueAt(padded.data());
    const std::vector<std::string> members = membersOf(whole);
    if (!record.isPlain(whole))
        return;
    if (members != membersOf(parser.parseCopy(text)) || !parser.issues(0, 1).empty())
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static JsonParser parser; // as a reader uses it: one for all records
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    readPlain(parser, text);
    const std::size_t values = visit(parser.parseCopy(text), 0);
    if (values > text.size() + 1)
        std::abort();
    for (const ImportIssue& issue : parser.issues(0, 1)) {
        if (issue.message.empty())
            std::abort();
    }
    if (parser.defect()) // which ends a visit where it is found
        return 0;
    const std::vector<std::string> whole = partsOf(parser.parseCopy(text), 0xff);
    for (const unsigned entered : {0x00U, 0x55U, 0xaaU}) {
        if (partsOf(parser.parseCopy(text), entered) != whole)
            std::abort();
    }
    return 0;
}
