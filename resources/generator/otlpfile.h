// OTLP/JSON spans, and the JSON Lines that a collector's file exporter makes of them.
#pragma once

#include "sampletime.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace arcscope::samples
{

using Json = nlohmann::ordered_json;

/// {"stringValue": …}, by the JSON type; numbers as OTLP writes them. Objects become kvlistValue.
Json anyValue(const Json& value);

/// A list of {"key", "value"}.
class AttributeList
{
public:
    void add(std::string_view key, const Json& value)
    {
        m_list.push_back({{"key", std::string(key)}, {"value", anyValue(value)}});
    }
    const Json& json() const { return m_list; }

private:
    Json m_list = Json::array();
};

struct OtlpEvent {
    Time time = 0;
    std::string name;
    AttributeList attributes;
};

enum class Service { Harbor, Web };
enum class Scope { GenAi, OpenInference, Vercel };

struct OtlpSpan {
    std::string traceId;
    std::string spanId;
    std::string parentId; ///< empty: a root
    std::string name;
    int kind = 1; ///< 1 internal, 2 server, 3 client
    Time start = 0;
    Time end = 0;
    Service service = Service::Harbor;
    Scope scope = Scope::GenAi;
    std::string environment = "production";
    AttributeList attributes;
    std::vector<OtlpEvent> events;
    bool failed = false;
    std::string message; ///< of the failure
};

/// One export request a line. Spans leave when they end, children before parents, so a trace is spread over lines.
std::string otlpLines(std::vector<OtlpSpan> spans);

} // namespace arcscope::samples
