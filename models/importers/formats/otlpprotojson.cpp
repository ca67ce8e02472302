#include "otlpprotojson.h"

#include "recordreading.h"

#include <protozero/pbf_reader.hpp>

#include <charconv>
#include <cmath>
#include <span>
#include <vector>

namespace arcscope
{
namespace
{

using protozero::pbf_wire_type;

enum class Kind : std::uint8_t {
    Resource,
    EntityRef,
    Scope,
    Span,
    Event,
    Link,
    Status,
    Log,
    Attribute,
    Value,
    Array,
    Map
};
/// How a value is written. Nested: a message of its own.
enum class Form : std::uint8_t { Text, Hex, Base64, Number, Long, FixedLong, FixedInt, Bool, Double, Nested };

struct Field {
    std::uint32_t number;
    std::string_view key;
    Form form;
    Kind nested = Kind::Value;
    bool list = false;
};

constexpr Field attributes(std::uint32_t number)
{
    return {number, "attributes", Form::Nested, Kind::Attribute, true};
}
constexpr Field dropped(std::uint32_t number, std::string_view key = "droppedAttributesCount")
{
    return {number, key, Form::Number};
}

constexpr Field resourceFields[] = {attributes(1), dropped(2), {3, "entityRefs", Form::Nested, Kind::EntityRef, true}};
constexpr Field entityFields[] = {{1, "schemaUrl", Form::Text},
                                  {2, "type", Form::Text},
                                  {3, "idKeys", Form::Text, Kind::Value, true},
                                  {4, "descriptionKeys", Form::Text, Kind::Value, true}};
constexpr Field scopeFields[] = {{1, "name", Form::Text}, {2, "version", Form::Text}, attributes(3), dropped(4)};
constexpr Field spanFields[] = {{1, "traceId", Form::Hex},
                                {2, "spanId", Form::Hex},
                                {3, "traceState", Form::Text},
                                {4, "parentSpanId", Form::Hex},
                                {5, "name", Form::Text},
                                {6, "kind", Form::Number},
                                {7, "startTimeUnixNano", Form::FixedLong},
                                {8, "endTimeUnixNano", Form::FixedLong},
                                attributes(9),
                                dropped(10),
                                {11, "events", Form::Nested, Kind::Event, true},
                                dropped(12, "droppedEventsCount"),
                                {13, "links", Form::Nested, Kind::Link, true},
                                dropped(14, "droppedLinksCount"),
                                {15, "status", Form::Nested, Kind::Status},
                                {16, "flags", Form::FixedInt}};
constexpr Field eventFields[] = {
    {1, "timeUnixNano", Form::FixedLong}, {2, "name", Form::Text}, attributes(3), dropped(4)};
constexpr Field linkFields[] = {
    {1, "traceId", Form::Hex},   {2, "spanId", Form::Hex}, {3, "traceState", Form::Text}, attributes(4), dropped(5),
    {6, "flags", Form::FixedInt}};
constexpr Field statusFields[] = {{2, "message", Form::Text}, {3, "code", Form::Number}};
constexpr Field logFields[] = {{1, "timeUnixNano", Form::FixedLong},
                               {2, "severityNumber", Form::Number},
                               {3, "severityText", Form::Text},
                               {5, "body", Form::Nested, Kind::Value},
                               attributes(6),
                               dropped(7),
                               {8, "flags", Form::FixedInt},
                               {9, "traceId", Form::Hex},
                               {10, "spanId", Form::Hex},
                               {11, "observedTimeUnixNano", Form::FixedLong},
                               {12, "eventName", Form::Text}};
constexpr Field attributeFields[] = {{1, "key", Form::Text}, {2, "value", Form::Nested, Kind::Value}};
constexpr Field valueFields[] = {{1, "stringValue", Form::Text},
                                 {2, "boolValue", Form::Bool},
                                 {3, "intValue", Form::Long},
                                 {4, "doubleValue", Form::Double},
                                 {5, "arrayValue", Form::Nested, Kind::Array},
                                 {6, "kvlistValue", Form::Nested, Kind::Map},
                                 {7, "bytesValue", Form::Base64}};
constexpr Field arrayFields[] = {{1, "values", Form::Nested, Kind::Value, true}};
constexpr Field mapFields[] = {{1, "values", Form::Nested, Kind::Attribute, true}};

struct Shape {
    std::string_view name;
    std::span<const Field> fields;
};

Shape shapeOf(Kind kind)
{
    switch (kind) {
    case Kind::Resource:
        return {"a resource", resourceFields};
    case Kind::EntityRef:
        return {"an entity of a resource", entityFields};
    case Kind::Scope:
        return {"a scope", scopeFields};
    case Kind::Span:
        return {"a span", spanFields};
    case Kind::Event:
        return {"an event", eventFields};
    case Kind::Link:
        return {"a link", linkFields};
    case Kind::Status:
        return {"a status", statusFields};
    case Kind::Log:
        return {"a log record", logFields};
    case Kind::Attribute:
        return {"an attribute", attributeFields};
    case Kind::Array:
        return {"an array", arrayFields};
    case Kind::Map:
        return {"a map", mapFields};
    case Kind::Value:
        break;
    }
    return {"a value", valueFields};
}

pbf_wire_type wireOf(Form form)
{
    switch (form) {
    case Form::Number:
    case Form::Long:
    case Form::Bool:
        return pbf_wire_type::varint;
    case Form::FixedLong:
    case Form::Double:
        return pbf_wire_type::fixed64;
    case Form::FixedInt:
        return pbf_wire_type::fixed32;
    default:
        return pbf_wire_type::length_delimited;
    }
}

std::string_view viewOf(const protozero::data_view& view)
{
    return {view.data(), view.size()};
}

void appendHex(std::string_view bytes, std::string& json)
{
    constexpr std::string_view digits = "0123456789abcdef";
    for (const char byte : bytes) {
        json += digits[static_cast<unsigned char>(byte) >> 4];
        json += digits[static_cast<unsigned char>(byte) & 15];
    }
}

void appendBase64(std::string_view bytes, std::string& json)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            json += i + j > bytes.size() ? '=' : digits[group >> (18 - 6 * j) & 63];
    }
}

void appendDouble(double number, std::string& json)
{
    if (std::isnan(number)) {
        json += "\"NaN\"";
    } else if (std::isinf(number)) {
        json += number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    } else {
        char text[32];
        const auto end = std::to_chars(text, text + sizeof text, number);
        json.append(text, end.ptr);
    }
}

class Writer
{
public:
    Writer(std::size_t limit, IssueTally& tally, std::int64_t byte)
        : m_limit(limit)
        , m_tally(tally)
        , m_byte(byte)
    {
    }

    /// Throws what protozero throws; false where the limit is reached.
    bool message(Kind kind, std::string_view proto, int depth, std::string& json)
    {
        if (depth > maxProtoDepth) {
            m_tally.add(Severity::Warning, IssueKind::TooDeep, "a value nested deeper than is followed", -1, m_byte);
            json += "{}";
            return true;
        }
        const Shape shape = shapeOf(kind);
        std::vector<std::pair<const Field*, std::string>> lists;
        json += '{';
        bool first = true;
        const auto begin = [&](std::string_view key) {
            json += first ? "\"" : ",\"";
            first = false;
            json.append(key).append("\":");
        };
        protozero::pbf_reader reader(proto.data(), proto.size());
        while (reader.next()) {
            const Field* field = find(shape, reader);
            if (!field) {
                m_tally.add(Severity::Info, IssueKind::UnknownRecord,
                            "field " + std::to_string(reader.tag()) + " of " + std::string(shape.name) +
                                " is not known: not read",
                            -1, m_byte);
                reader.skip();
                continue;
            }
            if (field->list) {
                std::string& list = listOf(*field, lists);
                list += list.empty() ? "[" : ",";
                if (!value(*field, reader, depth, list))
                    return false;
            } else {
                begin(field->key);
                if (!value(*field, reader, depth, json))
                    return false;
            }
        }
        for (const auto& [field, list] : lists) {
            begin(field->key);
            json.append(list).append("]");
        }
        json += '}';
        return m_written <= m_limit;
    }

private:
    static const Field* find(const Shape& shape, const protozero::pbf_reader& reader)
    {
        for (const Field& field : shape.fields) {
            if (field.number == reader.tag())
                return wireOf(field.form) == reader.wire_type() ? &field : nullptr;
        }
        return nullptr;
    }

    static std::string& listOf(const Field& field, std::vector<std::pair<const Field*, std::string>>& lists)
    {
        for (auto& [of, list] : lists) {
            if (of == &field)
                return list;
        }
        return lists.emplace_back(&field, std::string()).second;
    }

    bool value(const Field& field, protozero::pbf_reader& reader, int depth, std::string& json)
    {
        switch (field.form) {
        case Form::Text:
            appendQuoted(counted(viewOf(reader.get_view())), json);
            break;
        case Form::Hex:
            json += '"';
            appendHex(counted(viewOf(reader.get_view())), json);
            json += '"';
            break;
        case Form::Base64:
            json += '"';
            appendBase64(counted(viewOf(reader.get_view())), json);
            json += '"';
            break;
        case Form::Number:
            json += std::to_string(reader.get_int32());
            break;
        case Form::Long:
            json.append("\"").append(std::to_string(reader.get_int64())).append("\"");
            break;
        case Form::FixedLong:
            json.append("\"").append(std::to_string(reader.get_fixed64())).append("\"");
            break;
        case Form::FixedInt:
            json += std::to_string(reader.get_fixed32());
            break;
        case Form::Bool:
            json += reader.get_bool() ? "true" : "false";
            break;
        case Form::Double:
            appendDouble(reader.get_double(), json);
            break;
        case Form::Nested:
            m_written += smallestMember;
            return m_written <= m_limit && message(field.nested, viewOf(reader.get_view()), depth + 1, json);
        }
        m_written += smallestMember;
        return m_written <= m_limit;
    }

    /// Text grows six times at most, where it is all control characters.
    std::string_view counted(std::string_view bytes)
    {
        m_written += bytes.size();
        for (const char byte : bytes)
            m_written += static_cast<unsigned char>(byte) < 0x20 ? 5 : 0;
        return bytes;
    }

    static constexpr std::size_t smallestMember = 16; ///< key, quotes, digits: about

    std::size_t m_limit;
    std::size_t m_written = 0; ///< about; never less than half of what was
    IssueTally& m_tally;
    std::int64_t m_byte;
};

Kind kindOf(OtlpMessage message)
{
    switch (message) {
    case OtlpMessage::Resource:
        return Kind::Resource;
    case OtlpMessage::Scope:
        return Kind::Scope;
    case OtlpMessage::Span:
        return Kind::Span;
    case OtlpMessage::LogRecord:
        break;
    }
    return Kind::Log;
}

} // namespace

void appendQuoted(std::string_view text, std::string& json)
{
    constexpr std::string_view hex = "0123456789abcdef";
    json += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = static_cast<unsigned char>(text[i]);
        if (code >= 0x20 && code != '"' && code != '\\')
            continue;
        json.append(text, from, i - from);
        from = i + 1;
        json += '\\';
        if (code >= 0x20)
            json += text[i];
        else
            json.append("u00").append(1, hex[code >> 4]).append(1, hex[code & 15]);
    }
    json.append(text, from).append("\"");
}

bool appendOtlpJson(OtlpMessage message, std::string_view proto, std::size_t limit, std::string& json,
                    IssueTally& tally, std::int64_t byte)
{
    const std::size_t before = json.size();
    bool whole = false;
    try {
        whole = Writer(limit, tally, byte).message(kindOf(message), proto, 0, json);
    } catch (const protozero::exception&) {
        whole = false;
    }
    if (!whole)
        json.resize(before);
    return whole;
}

} // namespace arcscope
