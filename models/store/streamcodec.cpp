#include "streamcodec.h"

#include <cstring>

namespace arcscope
{
namespace
{

struct Header {
    std::uint32_t row;
    std::uint32_t count;
    Nanos firstTime;
    Nanos lastTime;
    std::uint64_t textBytes;
    std::uint64_t detailBytes;
    std::uint64_t eventBytes;
};
static_assert(sizeof(Header) == 48);

/// Events of a later piece go behind those of an earlier one, written anew because times are kept as differences.
PackedStream joined(const PackedStream& first, const PackedStream& second)
{
    StreamWriter writer;
    for (const PackedStream* part : {&first, &second}) {
        StreamReader reader(*part);
        for (StreamEvent event; reader.next(event);)
            writer.add(event);
    }
    return writer.take();
}

} // namespace

void appendStream(std::string& group, Row span, const PackedStream& stream)
{
    const Header header{span,
                        stream.count,
                        stream.firstTime,
                        stream.lastTime,
                        stream.text.size(),
                        stream.detail.size(),
                        stream.events.size()};
    group.append(reinterpret_cast<const char*>(&header), sizeof(header));
    group += stream.text;
    group += stream.detail;
    group += stream.events;
}

bool StreamGroupReader::next(StoredStream& stream)
{
    if (m_rest.size() < sizeof(Header))
        return false;
    Header header;
    std::memcpy(&header, m_rest.data(), sizeof(header));
    m_rest.remove_prefix(sizeof(header));
    const auto take = [&](std::uint64_t bytes) {
        m_damaged = m_damaged || bytes > m_rest.size();
        const std::string_view part = m_rest.substr(0, m_damaged ? 0 : bytes);
        m_rest.remove_prefix(part.size());
        return part;
    };
    stream = {header.row, header.count, header.firstTime, header.lastTime, {}, {}, {}};
    stream.text = take(header.textBytes);
    stream.detail = take(header.detailBytes);
    stream.events = take(header.eventBytes);
    return !m_damaged;
}

std::optional<PackedStream> findStream(std::string_view group, Row span)
{
    std::optional<PackedStream> found;
    StreamGroupReader reader(group);
    for (StoredStream stored; reader.next(stored);) {
        if (stored.span != span)
            continue;
        PackedStream stream = stored.packed();
        if (found)
            stream = joined(*found, stream);
        found = std::move(stream);
    }
    if (reader.damaged())
        return std::nullopt;
    return found;
}

} // namespace arcscope
