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

std::optional<PackedStream> findStream(std::string_view group, Row span)
{
    std::optional<PackedStream> found;
    while (group.size() >= sizeof(Header)) {
        Header header;
        std::memcpy(&header, group.data(), sizeof(header));
        group.remove_prefix(sizeof(header));
        const auto take = [&](std::uint64_t bytes) {
            const std::string_view part = group.substr(0, bytes);
            group.remove_prefix(part.size());
            return part;
        };
        if (header.textBytes > group.size() || header.detailBytes > group.size() || header.eventBytes > group.size() ||
            header.textBytes + header.detailBytes + header.eventBytes > group.size())
            return std::nullopt;
        const std::string_view text = take(header.textBytes);
        const std::string_view detail = take(header.detailBytes);
        const std::string_view events = take(header.eventBytes);
        if (header.row != span)
            continue;
        PackedStream stream{std::string(text), std::string(detail), std::string(events),
                            header.count,      header.firstTime,    header.lastTime};
        if (found)
            stream = joined(*found, stream);
        found = std::move(stream);
    }
    return found;
}

} // namespace arcscope
