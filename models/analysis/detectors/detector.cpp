#include "detector.h"

#include "calltree.h"
#include "stopbucket.h"
#include "traceclaims.h"

namespace arcscope
{

TraceReading::TraceReading() = default;
TraceReading::~TraceReading() = default;

TraceClaims& TraceReading::claims()
{
    if (!m_claims)
        m_claims = std::make_unique<TraceClaims>(*this);
    return *m_claims;
}

const std::vector<SpanStop>& TraceReading::stops()
{
    if (!m_stops)
        m_stops = std::make_unique<std::vector<SpanStop>>(stopsOf(*this));
    return *m_stops;
}

const CallTree& TraceReading::calls()
{
    if (!m_calls)
        m_calls = std::make_unique<CallTree>(callTree(*this));
    return *m_calls;
}

std::string_view kindOf(std::string_view rule)
{
    return rule.substr(0, rule.find('.'));
}

const DetectorRule* ruleNamed(std::string_view name)
{
    for (const Detector& detector : detectors()) {
        for (const DetectorRule& rule : detector.rules) {
            if (rule.name == name)
                return &rule;
        }
    }
    return nullptr;
}

} // namespace arcscope
