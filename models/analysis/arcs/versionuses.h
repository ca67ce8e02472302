// Versions of tool definitions and of indexes, as the spans of a trace record them.
#pragma once

#include "content.h"
#include "spantable.h"

#include <cstdint>
#include <string>
#include <vector>

namespace arcscope
{

/// A trace used something in one of its versions.
struct VersionUse {
    bool index = false;  ///< of what is searched; else of a tool's definition
    std::string name;    ///< of the tool, or of the index; never empty
    std::string version; ///< as it is recorded; of a definition without one "#" and the beginning of its hash
    Row row = noRow;     ///< the first span of the trace that shows it
    Nanos time = noTime; ///< of that span

    bool operator==(const VersionUse&) const = default;
};

/// Of one trace after the other of its spans, each use once; at most mostVersionUses.
///
/// - a tool's definition: `tool.version`, `definition_hash` and `mcp.server.version` of a call of it; else a hash of
///   the JSON Schema that a model call was given (toolschemas.h)
/// - an index: `index.version`, `index_version`, `collection.version`, `corpus.version`, `snapshot_id` of any span,
/// with
///   its name (`index.name`, `collection.name`, `data_source.id`), else the name of the span
class VersionReader
{
public:
    explicit VersionReader(const Corpus& corpus)
        : m_corpus(corpus)
    {
    }
    void read(Row row, const SpanContent& content);
    std::vector<VersionUse> take() { return std::move(m_uses); }

private:
    void add(bool index, std::string_view name, std::string version, Row row);
    void definitions(Row row, const SpanContent& content);

    const Corpus& m_corpus;
    std::uint64_t m_definitions = 0; ///< hash of those that were read last: most calls of a trace have the same
    std::vector<VersionUse> m_uses;
};
inline constexpr std::size_t mostVersionUses = 400;

} // namespace arcscope
