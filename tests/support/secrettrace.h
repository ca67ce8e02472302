// A trace that says a secret, and whatever else it is given: for tests of what leaves.
#pragma once

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace arcscope::testing
{

inline const std::string secret = "zoe.farrow@kestrel.example";

inline std::string text(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline nlohmann::json attribute(const std::string& key, const std::string& value)
{
    return {{"key", key}, {"value", {{"stringValue", value}}}};
}

inline nlohmann::json spanWith(const std::string& id, const nlohmann::json& attributes)
{
    return {{"traceId", "5b8efff798038103d269b633813fc60c"},
            {"spanId", id},
            {"name", "chat"},
            {"kind", 3},
            {"startTimeUnixNano", "1700000000000000000"},
            {"endTimeUnixNano", "1700000001000000000"},
            {"attributes", attributes}};
}

inline std::string request(const std::vector<nlohmann::json>& spans)
{
    return nlohmann::json{{"resourceSpans", {{{"scopeSpans", {{{"spans", spans}}}}}}}}.dump() + "\n";
}

/// A model call whose messages say something, and beside it whatever a place is.
inline std::string traceWith(nlohmann::json hidden)
{
    nlohmann::json call = spanWith(
        "eee19b7ec3c1b174",
        {attribute("gen_ai.operation.name", "chat"),
         attribute("gen_ai.input.messages",
                   nlohmann::json{{{"role", "user"}, {"parts", {{{"type", "text"}, {"content", "I am " + secret}}}}}}
                       .dump())});
    for (const auto& [key, value] : hidden.items()) {
        if (key == "attributes")
            call["attributes"].insert(call["attributes"].end(), value.begin(), value.end());
        else
            call[key] = value;
    }
    return request({call});
}

} // namespace arcscope::testing
