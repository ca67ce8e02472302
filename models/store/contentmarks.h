// What a workspace keeps of the bytes of its sources, to know them again.
#pragma once

#include "contentdigest.h"
#include "result.h"
#include "sqlite.h"

#include <utility>
#include <vector>

namespace arcscope
{

/// Source, counted as SpanColumn::Source does, with its mark.
using SourceMark = std::pair<std::size_t, ContentMark>;

struct ContentMarks {
    DigestKey key; ///< for all of them
    std::vector<SourceMark> marks;
};

/// A workspace without any gets a new key, which counts once it is written.
Result<ContentMarks> readContentMarks(Database& database);
/// Adds marks; the key is written with the first.
Result<void> writeContentMarks(Database& database, const DigestKey& key, const std::vector<SourceMark>& marks);

} // namespace arcscope
