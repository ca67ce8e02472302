// The table of traces of a hand-made corpus: their ids, nothing else.
#pragma once

#include "corpusbuilder.h"

namespace arcscope::testing
{

inline TraceTable tracesOf(const CorpusBuilder& builder)
{
    TraceTable::Chunk traces;
    traces.rows = static_cast<std::uint32_t>(builder.traceIds.size());
    for (int i = 0; i < traceColumnCount; ++i) {
        std::vector<std::int64_t> values(traces.rows);
        for (std::size_t trace = 0; trace < values.size(); ++trace) {
            const Id id = builder.traceIds[trace];
            if (static_cast<TraceColumn>(i) == TraceColumn::IdForm)
                values[trace] = static_cast<std::int64_t>(id.form);
            if (static_cast<TraceColumn>(i) == TraceColumn::IdHigh)
                values[trace] = static_cast<std::int64_t>(id.high);
            if (static_cast<TraceColumn>(i) == TraceColumn::IdLow)
                values[trace] = static_cast<std::int64_t>(id.low);
        }
        traces.columns[static_cast<std::size_t>(i)] = std::make_shared<Column>(encode(values));
    }
    TraceTable table;
    table.append(std::move(traces));
    return table;
}

} // namespace arcscope::testing
