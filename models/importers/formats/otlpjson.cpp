// OTLP in JSON: one export request or many, one a line or pretty-printed, as SDKs, the Collector and backends write it.
#include "otlpcontent.h"
#include "otlprequests.h"
#include "probe.h"

#include <string>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "otlp-json";

int sniffOtlp(const Probe& probe)
{
    for (const std::string around : {"", "*/", "data/", "trace/", "result/"}) { // a backend's answer around it
        if (probe.anyHas(around + "resourceSpans") || probe.anyHas(around + "resource_spans"))
            return 95;
        if (probe.anyHas(around + "batches/*/scopeSpans") ||
            probe.anyHas(around + "batches/*/instrumentationLibrarySpans"))
            return 90;
    }
    for (const char* const path : {"resourceLogs", "resource_logs", "resourceMetrics", "resource_metrics"}) {
        if (probe.anyHas(path))
            return 80;
    }
    return 0;
}

Result<void> readOtlp(ReadJob& job)
{
    return readOtlpRequests(job, formatName);
}

} // namespace

ImportFormat otlpJson()
{
    return {formatName, "OTLP JSON", sniffOtlp, readOtlp, otlpContent, true};
}

} // namespace arcscope
