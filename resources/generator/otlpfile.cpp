#include "otlpfile.h"

#include <algorithm>
#include <tuple>

namespace arcscope::samples
{

namespace
{

constexpr std::size_t spansPerRequest = 24;

Json spanJson(const OtlpSpan& span)
{
    Json json = {{"traceId", span.traceId}, {"spanId", span.spanId}};
    if (!span.parentId.empty())
        json["parentSpanId"] = span.parentId;
    json["flags"] = 257;
    json["name"] = span.name;
    json["kind"] = span.kind;
    json["startTimeUnixNano"] = std::to_string(span.start);
    json["endTimeUnixNano"] = std::to_string(span.end);
    json["attributes"] = span.attributes.json();
    for (const OtlpEvent& event : span.events) {
        json["events"].push_back({{"timeUnixNano", std::to_string(event.time)},
                                  {"name", event.name},
                                  {"attributes", event.attributes.json()}});
    }
    json["status"] = Json::object();
    if (span.failed)
        json["status"] = {{"message", span.message}, {"code", 2}};
    return json;
}

Json resourceOf(const OtlpSpan& span)
{
    AttributeList attributes;
    if (span.service == Service::Harbor) {
        attributes.add("service.name", "harbor");
        attributes.add("service.version", "3.8.2");
        attributes.add("service.instance.id", "harbor-6c9f7b-2");
        attributes.add("deployment.environment.name", span.environment);
        attributes.add("telemetry.sdk.language", "python");
        attributes.add("telemetry.sdk.name", "opentelemetry");
        attributes.add("telemetry.sdk.version", "1.39.1");
    } else {
        // An older library: the environment under its former name.
        attributes.add("service.name", "harbor-web");
        attributes.add("service.version", "1.22.0");
        attributes.add("deployment.environment", span.environment);
        attributes.add("telemetry.sdk.language", "nodejs");
        attributes.add("telemetry.sdk.name", "opentelemetry");
        attributes.add("telemetry.sdk.version", "1.30.1");
    }
    return {{"attributes", attributes.json()}};
}

Json scopeOf(Scope scope)
{
    switch (scope) {
    case Scope::GenAi:
        return {{"name", "fernhill.harbor.telemetry"}, {"version", "0.9.0"}};
    case Scope::OpenInference:
        return {{"name", "openinference.instrumentation.guides"}, {"version", "0.1.4"}};
    case Scope::Vercel:
        return {{"name", "ai"}, {"version", "6.0.326"}};
    }
    return {};
}

/// Groups neighbours: resource, then scope.
Json requestOf(std::vector<OtlpSpan> spans)
{
    const auto group = [](const OtlpSpan& span) { return std::tie(span.service, span.environment, span.scope); };
    std::stable_sort(spans.begin(), spans.end(),
                     [&group](const OtlpSpan& a, const OtlpSpan& b) { return group(a) < group(b); });
    Json request = {{"resourceSpans", Json::array()}};
    Json& resources = request["resourceSpans"];
    const OtlpSpan* before = nullptr;
    for (const OtlpSpan& span : spans) {
        const bool newResource = !before || before->service != span.service || before->environment != span.environment;
        if (newResource)
            resources.push_back({{"resource", resourceOf(span)}, {"scopeSpans", Json::array()}});
        Json& scopes = resources.back()["scopeSpans"];
        if (newResource || before->scope != span.scope) {
            scopes.push_back({{"scope", scopeOf(span.scope)}, {"spans", Json::array()}});
        }
        scopes.back()["spans"].push_back(spanJson(span));
        before = &span;
    }
    return request;
}

} // namespace

Json anyValue(const Json& value)
{
    if (value.is_boolean())
        return {{"boolValue", value}};
    if (value.is_number_integer())
        return {{"intValue", std::to_string(value.get<std::int64_t>())}};
    if (value.is_number_float())
        return {{"doubleValue", value}};
    if (value.is_array()) {
        Json items = Json::array();
        for (const Json& item : value)
            items.push_back(anyValue(item));
        return {{"arrayValue", {{"values", items}}}};
    }
    if (value.is_object()) {
        Json items = Json::array();
        for (const auto& item : value.items())
            items.push_back({{"key", item.key()}, {"value", anyValue(item.value())}});
        return {{"kvlistValue", {{"values", items}}}};
    }
    return {{"stringValue", value}};
}

std::string otlpLines(std::vector<OtlpSpan> spans)
{
    std::stable_sort(spans.begin(), spans.end(), [](const OtlpSpan& a, const OtlpSpan& b) {
        return std::tie(a.end, a.traceId, b.start) < std::tie(b.end, b.traceId, a.start);
    });
    std::string lines;
    for (std::size_t first = 0; first < spans.size(); first += spansPerRequest) {
        const std::size_t last = std::min(first + spansPerRequest, spans.size());
        const auto at = [&spans](std::size_t i) { return spans.begin() + static_cast<std::ptrdiff_t>(i); };
        lines += requestOf({at(first), at(last)}).dump();
        lines += '\n';
    }
    return lines;
}

} // namespace arcscope::samples
