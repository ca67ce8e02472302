// What a fuzz target of readers does with its bytes.
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

inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// What every sink relies on.
inline void checkSpans(RecordingSink& sink)
{
    for (const auto& [span, record] : sink.spans) {
        require(span.messages >= notRecorded && span.callsAsked >= notRecorded && span.cost >= notRecorded);
        require(span.usage.total() >= 0);
        for (const std::int64_t count : span.usage.tokens)
            require(count >= noTokens);
        for (const StringId text : span.texts)
            require(!text || !sink.text(text).empty());
    }
    for (const auto& [row, stream] : sink.streams) {
        require(row < sink.spans.size());
        StreamReader reader(stream);
        StreamEvent event;
        std::uint32_t events = 0;
        while (reader.next(event))
            ++events;
        require(events == stream.count);
    }
    for (const ImportIssue& issue : sink.issues)
        require(!issue.message.empty() && issue.count > 0);
}

/// Reads, checks, prints and decodes.
inline void fuzzReader(const ImportFormat& format, std::string_view bytes)
{
    constexpr std::size_t decodedSpans = 64;
    RecordingSink sink;
    const auto source = memorySource(std::string(bytes));
    ReadJob job{*source, sink, {}, "fuzz"};
    if (const auto read = format.read(job); !read)
        require(!read.error().message.empty());
    checkSpans(sink);
    for (std::size_t i = 0; i < sink.spans.size() && i < decodedSpans; ++i)
        (void)format.decode(sink.spans[i].record, sink.text(sink.spans[i].span, SpanText::Resource));
    (void)printSpans(sink);
    (void)format.decode(bytes, bytes);
}

} // namespace arcscope::testing
