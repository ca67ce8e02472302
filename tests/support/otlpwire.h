// Makes OTLP protobuf out of OTLP/JSON, so that a test can read the same data in both forms.
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <vector>
#include <zstd.h>

namespace arcscope::testing
{

/// Every member that a request in its canonical form may have; ids of other forms are written as no bytes.
class OtlpWire
{
public:
    static std::string request(const QJsonObject& json)
    {
        std::string out;
        protozero::pbf_writer to(out);
        for (const char* list : {"resourceSpans", "resourceLogs"}) {
            for (const QJsonValue& value : json[QLatin1String(list)].toArray())
                to.add_message(1, resourceList(value.toObject()));
        }
        return out;
    }

    static std::string span(const QJsonObject& json)
    {
        std::string out;
        protozero::pbf_writer to(out);
        bytes(to, 1, json["traceId"]);
        bytes(to, 2, json["spanId"]);
        text(to, 3, json["traceState"]);
        bytes(to, 4, json["parentSpanId"]);
        text(to, 5, json["name"]);
        number(to, 6, json["kind"]);
        time(to, 7, json["startTimeUnixNano"]);
        time(to, 8, json["endTimeUnixNano"]);
        attributes(to, 9, json["attributes"]);
        number(to, 10, json["droppedAttributesCount"]);
        for (const QJsonValue& value : json["events"].toArray())
            to.add_message(11, event(value.toObject()));
        for (const QJsonValue& value : json["links"].toArray())
            to.add_message(13, link(value.toObject()));
        if (json["status"].isObject()) {
            std::string status;
            protozero::pbf_writer inner(status);
            text(inner, 2, json["status"].toObject()["message"]);
            number(inner, 3, json["status"].toObject()["code"]);
            to.add_message(15, status);
        }
        if (!json["flags"].isUndefined())
            to.add_fixed32(16, static_cast<std::uint32_t>(json["flags"].toDouble()));
        return out;
    }

private:
    static std::string resourceList(const QJsonObject& json)
    {
        std::string out;
        protozero::pbf_writer to(out);
        if (json["resource"].isObject()) {
            std::string resource;
            protozero::pbf_writer inner(resource);
            attributes(inner, 1, json["resource"].toObject()["attributes"]);
            to.add_message(1, resource);
        }
        for (const char* list : {"scopeSpans", "scopeLogs"}) {
            for (const QJsonValue& value : json[QLatin1String(list)].toArray())
                to.add_message(2, scopeList(value.toObject()));
        }
        text(to, 3, json["schemaUrl"]);
        return out;
    }

    static std::string scopeList(const QJsonObject& json)
    {
        std::string out;
        protozero::pbf_writer to(out);
        if (json["scope"].isObject()) {
            const QJsonObject from = json["scope"].toObject();
            std::string scope;
            protozero::pbf_writer inner(scope);
            text(inner, 1, from["name"]);
            text(inner, 2, from["version"]);
            attributes(inner, 3, from["attributes"]);
            to.add_message(1, scope);
        }
        for (const QJsonValue& value : json["spans"].toArray())
            to.add_message(2, span(value.toObject()));
        for (const QJsonValue& value : json["logRecords"].toArray())
            to.add_message(2, log(value.toObject()));
        text(to, 3, json["schemaUrl"]);
        return out;
    }

    static std::string event(const QJsonObject& json)
    {
        std::string out;
        protozero::pbf_writer to(out);
        time(to, 1, json["timeUnixNano"]);
        text(to, 2, json["name"]);
        attributes(to, 3, json["attributes"]);
        return out;
    }

    static std::string link(const QJsonObject& json)
    {
        std::string out;
        protozero::pbf_writer to(out);
        bytes(to, 1, json["traceId"]);
        bytes(to, 2, json["spanId"]);
        attributes(to, 4, json["attributes"]);
        return out;
    }

    static std::string log(const QJsonObject& json)
    {
        std::string out;
        protozero::pbf_writer to(out);
        time(to, 1, json["timeUnixNano"]);
        number(to, 2, json["severityNumber"]);
        text(to, 3, json["severityText"]);
        if (json["body"].isObject())
            to.add_message(5, value(json["body"].toObject()));
        attributes(to, 6, json["attributes"]);
        bytes(to, 9, json["traceId"]);
        bytes(to, 10, json["spanId"]);
        time(to, 11, json["observedTimeUnixNano"]);
        text(to, 12, json["eventName"]);
        return out;
    }

    static void attributes(protozero::pbf_writer& to, std::uint32_t field, const QJsonValue& list)
    {
        for (const QJsonValue& entry : list.toArray()) {
            std::string out;
            protozero::pbf_writer pair(out);
            text(pair, 1, entry.toObject()["key"]);
            if (entry.toObject()["value"].isObject())
                pair.add_message(2, value(entry.toObject()["value"].toObject()));
            to.add_message(field, out);
        }
    }

    static std::string value(const QJsonObject& json)
    {
        std::string out;
        protozero::pbf_writer to(out);
        text(to, 1, json["stringValue"]);
        if (json["boolValue"].isBool())
            to.add_bool(2, json["boolValue"].toBool());
        if (const QJsonValue number = json["intValue"]; !number.isUndefined())
            to.add_int64(3, number.isString() ? number.toString().toLongLong() : number.toInteger());
        if (const QJsonValue number = json["doubleValue"]; !number.isUndefined())
            to.add_double(4, number.isString() ? number.toString().toDouble() : number.toDouble());
        std::string inner;
        protozero::pbf_writer list(inner);
        if (json["arrayValue"].isObject()) {
            for (const QJsonValue& element : json["arrayValue"].toObject()["values"].toArray())
                list.add_message(1, value(element.toObject()));
            to.add_message(5, inner);
        } else if (json["kvlistValue"].isObject()) {
            attributes(list, 1, json["kvlistValue"].toObject()["values"]);
            to.add_message(6, inner);
        }
        if (json["bytesValue"].isString())
            to.add_bytes(7, QByteArray::fromBase64(json["bytesValue"].toString().toLatin1()).toStdString());
        return out;
    }

    static void text(protozero::pbf_writer& to, std::uint32_t field, const QJsonValue& from)
    {
        if (from.isString())
            to.add_string(field, from.toString().toStdString());
    }
    static void bytes(protozero::pbf_writer& to, std::uint32_t field, const QJsonValue& from)
    {
        if (from.isString())
            to.add_bytes(field, QByteArray::fromHex(from.toString().toLatin1()).toStdString());
    }
    static void number(protozero::pbf_writer& to, std::uint32_t field, const QJsonValue& from)
    {
        if (from.isDouble())
            to.add_int32(field, from.toInt());
    }
    static void time(protozero::pbf_writer& to, std::uint32_t field, const QJsonValue& from)
    {
        if (from.isString() || from.isDouble())
            to.add_fixed64(field, from.isString() ? from.toString().toULongLong()
                                                  : static_cast<std::uint64_t>(from.toInteger()));
    }
};

/// The requests of a file: one, or one a line.
inline std::vector<std::string> requestTexts(const QByteArray& file)
{
    if (QJsonDocument::fromJson(file).isObject())
        return {file.toStdString()};
    std::vector<std::string> texts;
    for (const QByteArray& line : file.split('\n')) {
        if (QJsonDocument::fromJson(line).isObject())
            texts.push_back(line.toStdString());
    }
    return texts;
}

inline std::string wireOf(const std::string& requestText)
{
    return OtlpWire::request(QJsonDocument::fromJson(QByteArray::fromStdString(requestText)).object());
}

inline std::string framed(const std::string& message)
{
    std::string frame;
    for (int shift = 24; shift >= 0; shift -= 8)
        frame += static_cast<char>(message.size() >> shift & 0xFF);
    return frame + message;
}

inline std::string zstdPacked(const std::string& bytes)
{
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1));
    return packed;
}

} // namespace arcscope::testing
