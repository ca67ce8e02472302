#include "csvreader.h"
#include "jsontext.h"
#include "mappedreader.h"
#include "mappedspan.h"
#include "mappingvalues.h"
#include "messagejson.h"
#include "recordreading.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

/// What MappedElements wrote of a rule, its file and its mapping.
struct MappedResource {
    std::string mapping;
    MappingRule rule;
    std::vector<std::string> columns;
    std::vector<MappingPath> below; ///< shown as spans of their own
    char delimiter = 0;
    bool call = false;              ///< a call that was not answered
    std::vector<std::string> notes; ///< what of it cannot be read
};

MappedResource readResource(std::string_view text)
{
    MappedResource resource;
    JsonParser parser;
    parser.parseCopy(text).eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "mapping")
            resource.mapping = value.text();
        else if (key == "call")
            resource.call = value.boolean().value_or(false);
        else if (key == "delimiter" && !value.text().empty())
            resource.delimiter = value.text().front();
        else if (key == "columns")
            value.eachElement([&](const JsonValue& column) { resource.columns.emplace_back(column.text()); });
        else if (key == "below")
            value.eachElement([&](const JsonValue& path) {
                if (auto read = parseMappingPath(path.text()))
                    resource.below.push_back(std::move(*read));
            });
        else if (key == "content") {
            auto rule = parseMappingContent(value.raw());
            if (rule)
                resource.rule = std::move(*rule);
            else
                resource.notes.push_back(rule.error().message);
        }
    });
    return resource;
}

/// A file has few, each of them of many records: those of the last ones are kept, on each thread for itself.
const MappedResource& resourceOf(std::string_view text)
{
    struct Known {
        std::string text;
        MappedResource resource;
    };
    constexpr std::size_t mostKnown = 16;
    thread_local std::array<Known, mostKnown> known;
    thread_local std::size_t next = 0;
    const auto found = std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.text == text; });
    if (found != known.end() && !text.empty())
        return found->resource;
    Known& one = known[next++ % mostKnown];
    one = {std::string(text), readResource(text)};
    return one.resource;
}

class MappedDecoder
{
public:
    MappedDecoder(const MappedResource& resource, SpanContent& content)
        : m_resource(resource)
        , m_content(content)
    {
        m_level.rules.push_back(resource.rule);
    }

    void row(std::string_view record)
    {
        std::vector<std::string_view> fields;
        std::string scratch;
        splitCsvRow(record, m_resource.delimiter, fields, scratch);
        MappingPlaces places(m_level);
        m_scope.places = &places;
        places.picker.pick(m_resource.columns, fields, m_scope.values);
        take();
        for (std::size_t i = 0; i < fields.size() && i < m_resource.columns.size(); ++i) {
            if (!isShown(m_resource.columns[i]) && !fields[i].empty())
                m_content.attributes.push_back({m_resource.columns[i], repairedUtf8(fields[i]), AttributeType::Text});
        }
    }

    void json(std::string_view record)
    {
        JsonParser parser;
        MappingPlaces places(m_level);
        m_scope.places = &places;
        places.picker.pick(parser.parseCopy(record), m_scope.values);
        take();
        const JsonValue again = parser.parseCopy(record);
        if (again.isObject()) {
            again.eachMember([&](std::string_view key, const JsonValue& value) {
                if (!isShown(key))
                    addAttribute(m_content.attributes, key, value);
            });
        } else if (!wholeIsShown()) {
            addAttribute(m_content.attributes, "value", again);
        }
    }

    /// The call that a result answers.
    void call(std::string_view record)
    {
        std::vector<Part> parts;
        appendCalls(record, parts, m_content.notes);
        for (const Part& part : parts) {
            if (part.kind == PartKind::ToolCall)
                m_content.toolArguments = part.text;
        }
    }

private:
    const MappingRule& rule() const { return m_level.rules.front(); }

    void take()
    {
        for (const MappingMessages& input : rule().input)
            messages(input, m_content.input);
        for (const MappingMessages& output : rule().output)
            messages(output, m_content.output);
        const bool apart = rule().calls && std::none_of(rule().output.begin(), rule().output.end(),
                                                        [](const MappingMessages& one) { return one.path.isWhole(); });
        if (apart && m_scope.value(*rule().calls).recorded()) {
            if (m_content.output.empty()) {
                Message& message = m_content.output.emplace_back();
                message.role = Role::Assistant;
                message.roleText = roleText(Role::Assistant);
            }
            appendCalls(m_scope.value(*rule().calls).jsonText(), m_content.output.back().parts, m_content.notes);
        }
        if (rule().arguments && m_scope.value(*rule().arguments).recorded())
            m_content.toolArguments = repairedUtf8(m_scope.value(*rule().arguments).text());
        if (rule().result && m_scope.value(*rule().result).recorded())
            m_content.toolResult = resultText(m_scope.value(*rule().result));
    }

    void messages(const MappingMessages& from, std::vector<Message>& into)
    {
        const PickedValue value = m_scope.value(from.path);
        if (!value.recorded())
            return;
        const bool isText = value.isField() || value.json().isString();
        if (isText && !isMessageList(value)) {
            Message& message = into.emplace_back();
            message.role = from.role;
            message.roleText = roleText(from.role);
            message.parts.emplace_back().text = repairedUtf8(value.text());
            return;
        }
        appendMessages(isText ? repairedUtf8(value.text()) : value.raw(), from.role, into, m_content.notes);
    }

    /// A result may be a list of parts.
    std::string resultText(const PickedValue& value)
    {
        if (value.isField() || value.json().isString() || !value.json().isArray())
            return repairedUtf8(value.text());
        std::vector<Part> parts;
        appendParts(value.raw(), parts, m_content.notes);
        std::string text;
        const bool plain =
            std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.kind == PartKind::Text; });
        for (const Part& part : parts)
            text += part.text;
        return plain && !parts.empty() ? text : value.raw();
    }

    /// Whether the member is content, or the beginning of what other spans show.
    bool isShown(std::string_view key) const
    {
        const auto isIt = [&](const MappingPath& path) {
            return path.steps.size() == 1 && path.steps.front().key == key;
        };
        for (const auto* path : {&rule().arguments, &rule().result, &rule().calls, &rule().answers}) {
            if (*path && isIt(**path))
                return true;
        }
        for (const auto* list : {&rule().input, &rule().output}) {
            for (const MappingMessages& one : *list) {
                if (isIt(one.path) || (one.path.isWhole() && isOfMessage(key)))
                    return true;
            }
        }
        return std::any_of(m_resource.below.begin(), m_resource.below.end(), [&](const MappingPath& path) {
            return !path.steps.empty() && path.steps.front().key == key && path.isMany();
        });
    }

    bool wholeIsShown() const
    {
        for (const auto* path : {&rule().arguments, &rule().result}) {
            if (*path && (*path)->isWhole())
                return true;
        }
        return !rule().input.empty() || !rule().output.empty();
    }

    /// Members of a message that are seen in it.
    static bool isOfMessage(std::string_view key)
    {
        return key == "role" || key == "content" || key == "tool_calls" || key == "name" || key == "tool_call_id";
    }

    const MappedResource& m_resource;
    SpanContent& m_content;
    MappingLevel m_level;
    MappingScope m_scope;
};

} // namespace

SpanContent decodeMapped(std::string_view record, std::string_view resource)
{
    SpanContent content;
    const MappedResource& read = resourceOf(resource);
    content.notes = read.notes;
    content.resource.push_back({"mapping", read.mapping, AttributeType::Text});
    MappedDecoder decoder(read, content);
    if (!read.columns.empty()) {
        decoder.row(record);
        return content;
    }
    std::vector<std::string> values;
    eachValue(record, [&](const JsonValue& value) { values.emplace_back(value.raw()); });
    if (values.empty() && !record.empty()) // a scalar
        values.emplace_back(record);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (read.call || i > 0)
            decoder.call(values[i]);
        else
            decoder.json(values[i]);
    }
    return content;
}

} // namespace arcscope
