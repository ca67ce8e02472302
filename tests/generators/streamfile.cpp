#include "streamfile.h"

#include <nlohmann/json.hpp>

namespace arcscope::speculation
{
namespace
{

using Json = nlohmann::ordered_json;

constexpr const char* prefix = "arcscope.stream.";

Json valueOf(const StreamAttribute& attribute)
{
    if (const auto* text = std::get_if<std::string>(&attribute.value))
        return {{"stringValue", *text}};
    if (const auto* number = std::get_if<std::int64_t>(&attribute.value))
        return {{"intValue", std::to_string(*number)}};
    if (const auto* yes = std::get_if<bool>(&attribute.value))
        return {{"boolValue", *yes}};
    Json values = Json::array();
    for (const std::string& one : std::get<std::vector<std::string>>(attribute.value))
        values.push_back({{"stringValue", one}});
    return {{"arrayValue", {{"values", values}}}};
}

Json attributesOf(const std::vector<StreamAttribute>& attributes, const std::string& before)
{
    Json list = Json::array();
    for (const StreamAttribute& attribute : attributes)
        list.push_back({{"key", before + attribute.key}, {"value", valueOf(attribute)}});
    return list;
}

/// {lists: [{resource, scopes: [{scope, records}]}]}
Json request(const char* lists, const char* scopes, const char* records, Json list)
{
    const Json resource = {{"attributes", attributesOf({{"service.name", "arcscope_speculate"}}, "")}};
    Json scope = {{"scope", {{"name", "arcscope_speculate"}}}};
    scope[records] = std::move(list);
    Json group = {{"resource", resource}};
    group[scopes] = Json::array({std::move(scope)});
    Json whole;
    whole[lists] = Json::array({std::move(group)});
    return whole;
}

} // namespace

std::string StreamFile::json(bool asLogs) const
{
    Json span = {{"traceId", traceId},
                 {"spanId", spanId},
                 {"name", name},
                 {"kind", 3},
                 {"startTimeUnixNano", std::to_string(start)},
                 {"endTimeUnixNano", std::to_string(end)},
                 {"attributes", attributesOf(attributes, "")}};
    const Json part = {{"type", "text"}, {"content", text}};
    const Json answer = {{"role", "assistant"}, {"parts", Json::array({part})}};
    span["attributes"].push_back(
        {{"key", "gen_ai.output.messages"}, {"value", {{"stringValue", Json::array({answer}).dump()}}}});
    Json list = Json::array();
    for (const StreamFileEvent& event : events) {
        Json said = {{asLogs ? "eventName" : "name", prefix + event.name}, {"timeUnixNano", std::to_string(event.at)}};
        if (asLogs) {
            said["traceId"] = traceId;
            said["spanId"] = spanId;
        }
        said["attributes"] = attributesOf(event.attributes, prefix);
        list.push_back(std::move(said));
    }
    if (!asLogs)
        span["events"] = std::move(list);
    std::string lines = request("resourceSpans", "scopeSpans", "spans", Json::array({std::move(span)})).dump() + '\n';
    if (asLogs)
        lines += request("resourceLogs", "scopeLogs", "logRecords", std::move(list)).dump() + '\n';
    return lines;
}

} // namespace arcscope::speculation
