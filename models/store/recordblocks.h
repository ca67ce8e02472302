// RecordBlocks: the untouched records of a workspace, out of its packed blocks.
#pragma once

#include "result.h"
#include "spantable.h"
#include "sqlite.h"

#include <string>
#include <vector>

namespace arcscope
{

/// Keeps the blocks used last. One thread.
class RecordBlocks
{
public:
    /// The record of a span; empty for synthetic spans. Needs Block, BlockOffset and BlockLength. `file` is for errors.
    Result<std::string> record(Database& database, const std::string& file, const SpanTable& spans, Row row);

private:
    struct CachedBlock {
        std::int64_t id;
        std::string bytes;
    };

    Result<const std::string*> block(Database& database, const std::string& file, std::int64_t id);

    std::vector<CachedBlock> m_cache; ///< newest last
};

} // namespace arcscope
