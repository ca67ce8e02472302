#include "otlpcontent.h"

#include "anyvalue.h"
#include "attributecontent.h"
#include "exportedspan.h"
#include "flatattributes.h"
#include "formats/recordreading.h"
#include "jsontext.h"
#include "otlpspan.h"

namespace arcscope
{
namespace
{

Attribute attributeOf(std::string_view key, const JsonValue& any)
{
    Attribute attribute{std::string(key), {}, AttributeType::Null};
    if (!any.isObject()) {
        attribute.value = any.isString() ? std::string(any.text()) : std::string(any.raw());
        attribute.type = any.isString() ? AttributeType::Text : AttributeType::Json;
        return attribute;
    }
    any.eachMember([&](std::string_view name, const JsonValue& value) {
        switch (anyKind(name)) {
        case AnyKind::String:
            attribute.value = value.text();
            attribute.type = AttributeType::Text;
            break;
        case AnyKind::Bytes:
            attribute.value = value.text();
            attribute.type = AttributeType::Bytes;
            break;
        case AnyKind::Bool:
            attribute.value = value.raw();
            attribute.type = AttributeType::Bool;
            break;
        case AnyKind::Int:
        case AnyKind::Double:
            attribute.value = value.isString() ? value.text() : value.raw();
            attribute.type = AttributeType::Number;
            break;
        case AnyKind::Array:
        case AnyKind::KeyValues:
            attribute.value = plainJson(std::string("{\"").append(name).append("\":").append(value.raw()).append("}"));
            attribute.type = AttributeType::Json;
            break;
        case AnyKind::None:
            break;
        }
    });
    return attribute;
}

/// An id as it is shown.
std::string idOf(const JsonValue& value)
{
    if (!value.isString())
        return std::string(value.raw());
    const Id id = parseId(value.text());
    return id.form == IdForm::Text ? std::string(value.text()) : idText(id);
}

SpanEvent eventOf(const JsonValue& json)
{
    SpanEvent event;
    json.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "name")
            event.name = value.text();
        else if (key == "timeUnixNano" || key == "time_unix_nano")
            event.time = readOtlpTime(value).value_or(noTime);
        else if (key == "attributes")
            appendOtlpAttributes(value, event.attributes);
    });
    return event;
}

SpanLink linkOf(const JsonValue& json)
{
    SpanLink link;
    json.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "traceId" || key == "trace_id")
            link.trace = idOf(value);
        else if (key == "spanId" || key == "span_id")
            link.span = idOf(value);
        else if (key == "attributes")
            appendOtlpAttributes(value, link.attributes);
    });
    return link;
}

/// A log's body is a message's fields, structured or as JSON text.
void takeBody(const JsonValue& body, AttributeContent& content)
{
    const Attribute whole = attributeOf("body", body);
    content.attribute(whole.key, whole.value, whole.type);
}

/// A log record behind a span's own record.
SpanEvent eventOfLog(const JsonValue& log)
{
    SpanEvent event;
    Nanos observed = noTime;
    log.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "eventName" || key == "event_name")
            event.name = value.text();
        else if (key == "timeUnixNano" || key == "time_unix_nano")
            event.time = readOtlpTime(value).value_or(noTime);
        else if (key == "observedTimeUnixNano" || key == "observed_time_unix_nano")
            observed = readOtlpTime(value).value_or(noTime);
        else if (key == "attributes")
            appendOtlpAttributes(value, event.attributes);
        else if (key == "body")
            event.attributes.push_back(attributeOf("gen_ai.event.content", value));
    });
    for (const Attribute& attribute : event.attributes) {
        if (attribute.key == "event.name" && event.name.empty())
            event.name = attribute.value;
    }
    if (event.time == noTime)
        event.time = observed;
    return event;
}

/// The body of a log record says what the attributes of an event on a span would say.
SpanEvent eventOfLog(const SpanContent& content)
{
    SpanEvent event;
    for (const Attribute& attribute : content.attributes) {
        if (attribute.key == "event.name" || attribute.key == "eventName" || attribute.key == "event_name")
            event.name = attribute.value;
        else if (attribute.key == "body")
            event.attributes.push_back({"gen_ai.event.content", attribute.value, attribute.type});
    }
    return event;
}

} // namespace

void appendOtlpAttributes(const JsonValue& attributes, std::vector<Attribute>& into)
{
    if (attributes.isObject()) {
        appendFlatAttributes({}, attributes, into);
        return;
    }
    attributes.eachElement([&](const JsonValue& pair) {
        std::string name;
        Attribute attribute;
        pair.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "key")
                name = value.text();
            else if (key == "value")
                attribute = attributeOf({}, value);
        });
        attribute.key = std::move(name);
        into.push_back(std::move(attribute));
    });
}

SpanContent otlpContent(std::string_view record, std::string_view resource)
{
    AttributeContent builder;
    SpanContent& content = builder.content();
    JsonParser parser;
    bool isLog = false;
    const auto first = [&](const JsonValue& root) {
        root.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "attributes") {
                appendOtlpAttributes(value, content.attributes);
            } else if (key == "events") {
                value.eachElement([&](const JsonValue& event) { builder.event(eventOf(event)); });
            } else if (key == "links") {
                value.eachElement([&](const JsonValue& link) { content.links.push_back(linkOf(link)); });
            } else if (key == "status") {
                value.eachMember([&](std::string_view name, const JsonValue& part) {
                    if (name == "message")
                        content.statusMessage = part.text();
                    else if (name == "code")
                        content.toolFailed =
                            part.integer() == 2 || part.text() == "STATUS_CODE_ERROR" || part.text() == "ERROR";
                });
            } else if (key == "body") {
                isLog = true;
                takeBody(value, builder);
            } else if (key == "eventName" || key == "event_name") {
                isLog = true;
                content.attributes.push_back({std::string(key), std::string(value.text()), AttributeType::Text});
            }
        });
    };
    std::vector<std::string> joined; // the span and log records that tell of it
    if (record.find('\n') != std::string_view::npos)
        eachValue(record, [&](const JsonValue& value) { joined.emplace_back(value.raw()); });
    const bool hasLogs = joined.size() > 1;
    for (std::size_t i = 1; i < joined.size(); ++i)
        builder.event(eventOfLog(parser.parseCopy(joined[i])));
    first(parser.parseCopy(hasLogs ? std::string_view(joined[0]) : record));
    if (parser.repaired())
        content.notes.emplace_back("bytes that are no UTF-8 are shown as U+FFFD");
    if (const auto& defect = parser.defect())
        content.notes.push_back("the record is damaged: " + defect->message);
    if (isLog) {
        SpanEvent event = eventOfLog(content);
        if (!event.name.empty())
            builder.event(std::move(event));
    }
    if (!resource.empty()) {
        parser.parseCopy(resource).eachMember([&](std::string_view key, const JsonValue& value) {
            value.eachMember([&](std::string_view name, const JsonValue& part) {
                if (name == "attributes")
                    appendOtlpAttributes(part, content.resource);
                else if (key == "scope" && part.isString())
                    content.resource.push_back(
                        {"scope." + std::string(name), std::string(part.text()), AttributeType::Text});
            });
        });
        if (const auto& defect = parser.defect())
            content.notes.push_back("the resource is damaged: " + defect->message);
    }
    for (const Attribute& attribute : content.attributes) {
        if (attribute.key == exportedSpanKey) {
            const std::string exported = attribute.value;
            return exportedContent(exported, std::move(content));
        }
    }
    return builder.finish();
}

} // namespace arcscope
