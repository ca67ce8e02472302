// What retrievals returned: pieces of documents, with the version that each is of.
#pragma once

#include "detector.h"

#include <string>
#include <vector>

namespace arcscope
{

struct Chunk {
    FindingPlace place;   ///< of its text, or of the record that it stands in
    std::string document; ///< empty: not recorded
    std::string version;
    std::string modified; ///< as written
    bool deleted = false; ///< it says so itself
    std::string text;
};

inline constexpr std::size_t mostChunks = 100; ///< of one retrieval; further ones are left out

/// Of one span, in its order: `retrieval.documents.N.document.*` (OpenInference), `gen_ai.retrieval.documents`
/// (OpenTelemetry), and of retrievals the JSON of result or output, as LangSmith, Langfuse and MLflow have it: objects
/// with a text (`page_content`, `content`, `text`, `snippet`), and `metadata` or members of their own that name
/// document and version. Of results up to 4 MB.
std::vector<Chunk> chunksOf(TraceReading& trace, Row row);

/// Whether b is newer: numbers by size, dates of ISO 8601 by order. False where that cannot be told.
bool isNewer(const Chunk& b, const Chunk& a);

} // namespace arcscope
