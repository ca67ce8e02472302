// One span of a workspace as OTLP JSON, whatever format it was read from.
#pragma once

#include "content.h"
#include "result.h"
#include "spantable.h"
#include "stream.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace arcscope
{

class Workspace;

/// The parts of an export request that a span needs, each a JSON object. What was read from OTLP is as it was recorded;
/// of other formats gen_ai.* and other standard attributes are made, and `arcscope.span` keeps what they cannot say.
struct OtlpSpanJson {
    std::string resource; ///< "{}": none
    std::string scope;    ///< empty: none
    std::string span;     ///< empty: only logs
    std::vector<std::string> logs;
};

/// The span columns that it reads.
std::span<const SpanColumn> otlpExportColumns();

/// What is done before it is written; empty: nothing.
struct LeavingChanges {
    std::function<PackedStream(const PackedStream& stream)> stream;
    std::function<std::string(std::string id)> id; ///< of one that OTLP has only a fingerprint of
};

/// Error: Store.
Result<OtlpSpanJson> otlpSpanJson(Workspace& workspace, const Corpus& corpus, Row row,
                                  const LeavingChanges& changes = {});

/// An export request of spans that share resource and scope; no line feed in it.
std::string otlpRequest(std::span<const OtlpSpanJson> spans);

} // namespace arcscope
