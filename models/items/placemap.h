// PlaceMap: where the spans and traces of a corpus are in a later state of it.
#pragma once

#include "spantable.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>

namespace arcscope
{

/// Told by ids, which every state of a corpus has the same; what has no id is not found. One pass over `after`,
/// whatever is looked for.
class PlaceMap
{
public:
    PlaceMap(const Corpus& before, const Corpus& after, std::span<const Row> rows,
             std::span<const std::uint32_t> traces);

    Row row(Row before) const;
    std::optional<std::uint32_t> trace(std::uint32_t before) const;

private:
    std::map<std::uint32_t, std::uint32_t> m_traces;
    std::map<Row, Row> m_rows;
};

} // namespace arcscope
