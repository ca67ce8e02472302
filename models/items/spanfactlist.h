// What the inspector lists of a span, as keys and values for people, each with how it is known.
#pragma once

#include "spaninspection.h"

#include <vector>

namespace arcscope
{

/// Identity, times, names, outcome. `inspection` adds what only the record tells (status message, decoder's notes); may
/// be null.
std::vector<Attribute> summaryFacts(const Corpus& corpus, Row row, const SpanInspection* inspection = nullptr);

/// Tokens by class, the source's own counts beside them, how it counts, and whether the span is in the totals; what was
/// counted with all below it, and whether its trace sums.
std::vector<Attribute> usageFacts(const Corpus& corpus, const SpanInspection& inspection);

/// Attributes of the span, its events, links and resource in one list.
std::vector<Attribute> attributeFacts(const SpanContent& content);

} // namespace arcscope
