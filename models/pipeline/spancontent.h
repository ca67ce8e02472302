// What one span says: its untouched record fetched from the workspace and decoded by the format that read it.
#pragma once

#include "content.h"
#include "result.h"
#include "spantable.h"

#include <span>
#include <string>

namespace arcscope
{

class Workspace;

/// A span's record and its meaning.
struct SpanDetails {
    std::string record; ///< untouched bytes, empty for synthetic spans
    SpanContent content;
};

/// The span columns that loadDetails() reads of its row.
std::span<const SpanColumn> detailColumns();

/// Error: Store where the record cannot be fetched.
Result<SpanDetails> loadDetails(Workspace& workspace, const Corpus& corpus, Row row);

} // namespace arcscope
