// Packed streams as bytes: several in one BLOB, each with the row of its span.
#pragma once

#include "ids.h"
#include "stream.h"

#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

/// Appends one stream to a group.
void appendStream(std::string& group, Row span, const PackedStream& stream);

/// One stream of a group as it lies there: its parts are views of the group.
struct StoredStream {
    Row span = noRow;
    std::uint32_t count = 0;
    Nanos firstTime = noTime;
    Nanos lastTime = noTime;
    std::string_view text;
    std::string_view detail;
    std::string_view events;

    PackedStream packed() const
    {
        return {std::string(text), std::string(detail), std::string(events), count, firstTime, lastTime};
    }
};

/// Goes through the streams of a group in order.
class StreamGroupReader
{
public:
    explicit StreamGroupReader(std::string_view group)
        : m_rest(group)
    {
    }
    /// False at the end, and where the bytes are damaged.
    bool next(StoredStream& stream);
    bool damaged() const { return m_damaged; }

private:
    std::string_view m_rest;
    bool m_damaged = false;
};

/// Looks for the streams of a span in a group; several are joined in order. Nothing where there is none or the bytes
/// are damaged.
std::optional<PackedStream> findStream(std::string_view group, Row span);

} // namespace arcscope
