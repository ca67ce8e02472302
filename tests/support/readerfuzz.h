// What the fuzz targets of readers do with their bytes.
#pragma once

#include "format.h"
#include "printspans.h"
#include "source.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace arcscope::testing
{

/// Reads, prints and decodes; aborts where a record lies outside the input or an issue has no message.
inline void fuzzReader(std::string_view name, std::string_view bytes)
{
    RecordingSink sink;
    const auto source = memorySource(std::string(bytes));
    ReadJob job{*source, sink, {}, "fuzz"};
    const ImportFormat* format = formatNamed(name);
    if (!format)
        std::abort();
    (void)format->read(job);
    for (const auto& [span, record] : sink.spans) {
        if (span.messages < notRecorded || span.cost < notRecorded || span.usage.total() < 0)
            std::abort();
        (void)format->decode(record, sink.text(span, SpanText::Resource));
    }
    for (const ImportIssue& issue : sink.issues) {
        if (issue.message.empty())
            std::abort();
    }
    (void)printSpans(sink);
    (void)format->decode(bytes, bytes);
}

} // namespace arcscope::testing
