// The critical path of a trace: what its end had to wait for.
#pragma once

#include "spantable.h"

#include <cstdint>
#include <vector>

namespace arcscope
{

/// A stretch of time and the span that the end of the trace was waiting for during it.
struct PathSegment {
    Row row = noRow;
    TimeRange range;

    bool operator==(const PathSegment&) const = default;
};

/// By time, without overlap. Found by walking back: from the end of a span to the child that finished last by then
/// (children are cut to their parent's time), through that child in the same way, on from its start; what lies between
/// two children is the span's own. Children that were still running when a later one began did not bound the end and
/// are not on the path. Roots are treated like the children of one span, without own time between them. Spans without a
/// start or an end have no part in it.
std::vector<PathSegment> criticalPath(const Corpus& corpus, std::uint32_t trace);

} // namespace arcscope
