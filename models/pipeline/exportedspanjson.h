// What is written of a span beside what OTLP can say: the counterpart of exportedspan.h.
#pragma once

#include "content.h"
#include "spantable.h"
#include "stream.h"

#include <string>

namespace arcscope
{

struct ExportedSpanFacts {
    const Corpus& corpus;
    Row row;
    const SpanContent& content;
    const PackedStream& stream;
    bool inputSaid;  ///< gen_ai.input.messages reads back as the same
    bool outputSaid; ///< likewise
};

/// The value of exportedSpanKey.
std::string exportedSpanJson(const ExportedSpanFacts& facts);

/// Of the trace that a span is in.
Id traceIdOf(const Corpus& corpus, Row row);

} // namespace arcscope
