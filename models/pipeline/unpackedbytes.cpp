#include "decompress.h"
#include "traceexport.h"

#include <zlib.h>

#include <array>
#include <cstring>
#include <memory>

namespace arcscope
{
namespace
{

constexpr std::size_t mostUnpacked = std::size_t{256} << 20;

class Bytes final : public ByteStream
{
public:
    explicit Bytes(std::string_view bytes)
        : m_bytes(bytes)
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const std::size_t count = std::min(into.size(), m_bytes.size() - m_at);
        std::memcpy(into.data(), m_bytes.data() + m_at, count);
        m_at += count;
        return count;
    }
    std::uint64_t bytesOnDisk() const override { return m_at; }

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
};

/// As far as it can be read.
std::string allOf(ByteStream& stream)
{
    std::string all;
    std::array<char, 65'536> buffer;
    while (all.size() < mostUnpacked) {
        const auto count = stream.read(buffer);
        if (!count || *count == 0)
            break;
        all.append(buffer.data(), *count);
    }
    return all;
}

/// zlib's own framing (RFC 1950), or none (RFC 1951).
std::string inflated(std::string_view bytes, int windowBits)
{
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), 0xffffffffu));
    std::string all;
    std::array<char, 65'536> buffer;
    int state = Z_OK;
    while (state == Z_OK && all.size() < mostUnpacked) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        state = inflate(&stream, Z_NO_FLUSH);
        all.append(buffer.data(), buffer.size() - stream.avail_out);
        if (stream.avail_out == buffer.size())
            break;
    }
    inflateEnd(&stream);
    return all;
}

/// The packed bytes of the member of a zip archive whose header begins here.
std::string zipMember(std::string_view bytes)
{
    constexpr std::size_t header = 30;
    if (bytes.size() < header)
        return {};
    const auto word = [&](std::size_t at) {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at]) |
                                        static_cast<unsigned char>(bytes[at + 1]) << 8);
    };
    const std::size_t method = word(8);
    const std::size_t begin = header + word(26) + word(28);
    if (begin >= bytes.size())
        return {};
    if (method == 8)
        return inflated(bytes.substr(begin), -MAX_WBITS);
    return method == 93 ? unpackedBytes(bytes.substr(begin)).value_or("") : std::string();
}

} // namespace

std::optional<std::string> unpackedBytes(std::string_view bytes)
{
    std::string all;
    switch (packingOf(bytes.substr(0, 512))) {
    case Packing::Gzip:
    case Packing::Zstd:
        all = allOf(*unpacked(packingOf(bytes.substr(0, 512)), std::make_unique<Bytes>(bytes)));
        break;
    case Packing::Zip:
        all = zipMember(bytes);
        break;
    default:
        if (bytes.starts_with('\x78'))
            all = inflated(bytes, MAX_WBITS);
        break;
    }
    return all.empty() ? std::nullopt : std::optional(std::move(all));
}

} // namespace arcscope
