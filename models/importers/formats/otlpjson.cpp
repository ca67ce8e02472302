// OTLP in JSON: one export request or many, one a line or pretty-printed, as SDKs, the Collector and backends write it.
#include "otlpcontent.h"
#include "otlprequests.h"
#include "probe.h"

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "otlp-json";

int sniffOtlp(const Probe& probe)
{
    for (const char* const path : {"resourceSpans", "resource_spans", "*/resourceSpans", "*/resource_spans",
                                   "data/resourceSpans", "trace/resourceSpans"}) {
        if (probe.anyHas(path))
            return 95;
    }
    if (probe.anyHas("batches/*/scopeSpans") || probe.anyHas("batches/*/instrumentationLibrarySpans") ||
        probe.anyHas("trace/batches/*/scopeSpans"))
        return 90;
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
