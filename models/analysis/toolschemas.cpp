#include "toolschemas.h"

#include "jsonread.h"

#include <algorithm>
#include <array>
#include <map>

namespace arcscope
{
namespace
{

constexpr std::size_t mostBytes = std::size_t{8} << 20;

/// Parts of the keys under which sources keep what a request asked with.
constexpr std::array<std::string_view, 5> requestWords{"tool", "function", "invocation", "request", "response_format"};
constexpr std::array<std::string_view, 5> schemaKeys{"parameters", "input_schema", "inputSchema",
                                                     "parameters_json_schema", "json_schema"};
/// Members in which some requests wrap a schema.
constexpr std::array<std::string_view, 2> schemaWraps{"json", "jsonSchema"};

bool looksLikeJson(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

class Collector
{
public:
    void read(std::string_view json, int depth = 0)
    {
        JsonStory story;
        story.feed(json);
        if (story.finish() != JsonState::Complete)
            return;
        JsonReading reading(story);
        for (JsonIndex i = 0; i < story.size(); ++i) {
            if (reading.kind(i) == JsonKind::Object)
                takeObject(reading, i);
            else if (depth == 0 && reading.kind(i) == JsonKind::String && story.node(i).keyAt < 0) {
                const std::string text = reading.text(i); // an element that is a document as text
                if (looksLikeJson(text))
                    read(text, 1);
            }
        }
    }

    /// A whole request: its messages may quote tools, too.
    void readRequest(std::string_view json)
    {
        JsonStory story;
        story.feed(json);
        if (story.finish() != JsonState::Complete)
            return;
        JsonReading reading(story);
        for (const std::string_view key : {"tools", "functions", "response_format"}) {
            if (const JsonIndex member = reading.member(0, key); member >= 0)
                read(reading.text(member));
        }
    }

    void add(std::string name, std::string schema, bool answer = false)
    {
        const bool known = answer ? answerSchema(m_found) != nullptr : schemaOf(m_found, name) != nullptr;
        if (!name.empty() && !known)
            m_found.push_back({std::move(name), std::move(schema), answer});
    }

    std::vector<ToolSchema> take() { return std::move(m_found); }

private:
    void takeObject(JsonReading& reading, JsonIndex object)
    {
        const JsonIndex name = reading.member(object, "name");
        if (name < 0 || reading.kind(name) != JsonKind::String)
            return;
        for (const std::string_view key : schemaKeys) {
            JsonIndex schema = reading.member(object, key);
            for (const std::string_view wrap : schemaWraps) {
                if (schema >= 0 && reading.member(schema, wrap) >= 0)
                    schema = reading.member(schema, wrap);
            }
            if (isSchema(reading, schema))
                add(reading.text(name), reading.text(schema));
        }
        if (const JsonIndex answer = reading.member(object, "schema"); isSchema(reading, answer))
            add(reading.text(name), reading.text(answer), true);
    }

    static bool isSchema(JsonReading& reading, JsonIndex index)
    {
        return index >= 0 && reading.kind(index) == JsonKind::Object &&
               (reading.member(index, "type") >= 0 || reading.member(index, "properties") >= 0);
    }

    std::vector<ToolSchema> m_found;
};

} // namespace

const ToolSchema* schemaOf(std::span<const ToolSchema> schemas, std::string_view tool)
{
    const auto found = std::find_if(schemas.begin(), schemas.end(),
                                    [&](const ToolSchema& schema) { return !schema.answer && schema.name == tool; });
    return found == schemas.end() ? nullptr : &*found;
}

const ToolSchema* answerSchema(std::span<const ToolSchema> schemas)
{
    const auto found =
        std::find_if(schemas.begin(), schemas.end(), [](const ToolSchema& schema) { return schema.answer; });
    return found == schemas.end() ? nullptr : &*found;
}

std::vector<ToolSchema> toolSchemasIn(std::span<const Attribute> attributes)
{
    Collector collector;
    std::map<std::string_view, std::string_view> names; // of flat attributes: what stands before ".name"
    std::size_t read = 0;
    for (const Attribute& attribute : attributes) {
        const std::string_view key = attribute.key;
        const bool asks = std::any_of(requestWords.begin(), requestWords.end(),
                                      [&](std::string_view word) { return key.find(word) != std::string_view::npos; });
        const bool request = key == "input" || key.ends_with("input.value");
        if (!asks && !request)
            continue;
        if (key.ends_with(".name")) {
            names[key.substr(0, key.size() - 5)] = attribute.value;
            continue;
        }
        if (!looksLikeJson(attribute.value) || read + attribute.value.size() > mostBytes)
            continue;
        read += attribute.value.size();
        if (request) {
            collector.readRequest(attribute.value);
            continue;
        }
        const auto named = key.ends_with(".parameters") ? names.find(key.substr(0, key.size() - 11)) : names.end();
        if (named != names.end())
            collector.add(std::string(named->second), attribute.value);
        else
            collector.read(attribute.value);
    }
    return collector.take();
}

} // namespace arcscope
