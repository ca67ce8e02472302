#include "decompress.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <zlib.h>
#include <zstd.h>

namespace arcscope
{
namespace
{

constexpr std::size_t packedBytes = std::size_t(256) << 10;
/// A zstd frame may ask for this much memory at most (2^27 bytes, the limit of zstd's own tool).
constexpr int zstdWindowLog = 27;
constexpr std::size_t headBytes = 512;

class HeadStream final : public ByteStream
{
public:
    HeadStream(std::string head, std::unique_ptr<ByteStream> rest)
        : m_head(std::move(head))
        , m_rest(std::move(rest))
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        if (m_at == m_head.size())
            return m_rest->read(into);
        const std::size_t count = m_head.copy(into.data(), into.size(), m_at);
        m_at += count;
        return count;
    }
    std::uint64_t bytesOnDisk() const override { return m_rest->bytesOnDisk(); }

private:
    std::string m_head;
    std::size_t m_at = 0;
    std::unique_ptr<ByteStream> m_rest;
};

/// What the unpackers share: packed input, the count of both sides, and errors that wait for the bytes before them.
class Unpacker : public ByteStream
{
public:
    explicit Unpacker(std::unique_ptr<ByteStream> packed)
        : m_packed(std::move(packed))
        , m_input(packedBytes)
    {
    }
    std::uint64_t bytesOnDisk() const final { return m_packed->bytesOnDisk(); }

    Result<std::size_t> read(std::span<char> into) final
    {
        std::size_t filled = 0;
        while (filled < into.size() && !m_ended && !m_error) {
            if (m_begin == m_end && !refill())
                break;
            filled += step(into.subspan(filled));
            if (m_out + filled > bombFloor && (m_out + filled) / bombRatio > m_in)
                damage("more than " + std::to_string(bombRatio) +
                       " bytes come out of each; taken for a decompression bomb");
        }
        m_out += filled;
        if (filled == 0 && m_error && !into.empty())
            return *m_error;
        return filled;
    }

protected:
    /// Unpacks from the input into the front of `into` and says how many bytes came.
    virtual std::size_t step(std::span<char> into) = 0;
    /// Whether the input may end here.
    virtual bool complete() const = 0;

    void damage(const std::string& what)
    {
        m_error = std::make_unique<Error>(
            Error{ErrorCode::Malformed, "compressed byte " + std::to_string(m_in - (m_end - m_begin)) + ": " + what});
    }
    std::span<const char> input() const { return {m_input.data() + m_begin, m_end - m_begin}; }
    void consume(std::size_t bytes) { m_begin += bytes; }
    void end() { m_ended = true; }

private:
    bool refill()
    {
        m_begin = m_end = 0;
        const auto got = m_packed->read(m_input);
        if (!got) {
            m_error = std::make_unique<Error>(got.error());
        } else if (*got > 0) {
            m_end = *got;
            m_in += *got;
            return true;
        } else if (complete()) {
            m_ended = true;
        } else {
            damage("the compressed data ends before it is complete; copy or download the file once more");
        }
        return false;
    }

    std::unique_ptr<ByteStream> m_packed;
    std::vector<char> m_input;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::uint64_t m_in = 0;
    std::uint64_t m_out = 0;
    bool m_ended = false;
    std::unique_ptr<Error> m_error;
};

class GzipStream final : public Unpacker
{
public:
    explicit GzipStream(std::unique_ptr<ByteStream> packed)
        : Unpacker(std::move(packed))
        , m_ready(inflateInit2(&m_zlib, MAX_WBITS + 16) == Z_OK)
    {
    }
    ~GzipStream() override
    {
        if (m_ready)
            inflateEnd(&m_zlib);
    }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;

protected:
    bool complete() const override { return m_betweenMembers; }

    std::size_t step(std::span<char> into) override
    {
        if (!m_ready) {
            damage("no memory for unpacking");
            return 0;
        }
        if (m_betweenMembers && m_members > 0 && !nextMember())
            return 0;
        const auto from = input();
        m_zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(from.data()));
        m_zlib.avail_in = static_cast<uInt>(from.size());
        m_zlib.next_out = reinterpret_cast<Bytef*>(into.data());
        const auto room = static_cast<uInt>(std::min<std::size_t>(into.size(), 1U << 30U));
        m_zlib.avail_out = room;
        const int code = inflate(&m_zlib, Z_NO_FLUSH);
        consume(from.size() - m_zlib.avail_in);
        m_betweenMembers = code == Z_STREAM_END;
        if (code == Z_STREAM_END)
            ++m_members;
        else if (code != Z_OK && code != Z_BUF_ERROR)
            damage(std::string("damaged gzip data") + (m_zlib.msg ? std::string(": ") + m_zlib.msg : ""));
        return room - m_zlib.avail_out;
    }

private:
    /// Members may follow each other, and zeros may fill up the last block of the medium.
    bool nextMember()
    {
        const auto from = input();
        if (from.front() == '\0') {
            const auto other = std::find_if(from.begin(), from.end(), [](char byte) { return byte != '\0'; });
            consume(static_cast<std::size_t>(other - from.begin()));
            return false;
        }
        m_betweenMembers = false;
        inflateReset(&m_zlib);
        return true;
    }

    z_stream m_zlib{};
    bool m_ready;
    bool m_betweenMembers = false;
    std::uint64_t m_members = 0;
};

class ZstdStream final : public Unpacker
{
public:
    explicit ZstdStream(std::unique_ptr<ByteStream> packed)
        : Unpacker(std::move(packed))
        , m_zstd(ZSTD_createDCtx())
    {
        if (m_zstd)
            ZSTD_DCtx_setParameter(m_zstd.get(), ZSTD_d_windowLogMax, zstdWindowLog);
    }

protected:
    bool complete() const override { return m_betweenFrames; }

    std::size_t step(std::span<char> into) override
    {
        if (!m_zstd) {
            damage("no memory for unpacking");
            return 0;
        }
        const auto from = input();
        ZSTD_inBuffer in{from.data(), from.size(), 0};
        ZSTD_outBuffer out{into.data(), into.size(), 0};
        const std::size_t code = ZSTD_decompressStream(m_zstd.get(), &out, &in);
        consume(in.pos);
        if (ZSTD_isError(code) != 0)
            damage(std::string("damaged zstd data: ") + ZSTD_getErrorName(code));
        m_betweenFrames = code == 0;
        return out.pos;
    }

private:
    struct Free {
        void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
    };
    std::unique_ptr<ZSTD_DCtx, Free> m_zstd;
    bool m_betweenFrames = false;
};

} // namespace

Packing packingOf(std::string_view head)
{
    constexpr std::size_t tarMagicAt = 257;
    if (head.starts_with("\x1f\x8b"))
        return Packing::Gzip;
    if (head.starts_with("\x28\xb5\x2f\xfd"))
        return Packing::Zstd;
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06"))
        return Packing::Zip;
    if (head.size() > tarMagicAt && head.substr(tarMagicAt).starts_with("ustar"))
        return Packing::Tar;
    return Packing::None;
}

std::unique_ptr<ByteStream> withHead(std::string head, std::unique_ptr<ByteStream> rest)
{
    return std::make_unique<HeadStream>(std::move(head), std::move(rest));
}

std::unique_ptr<ByteStream> unpacked(Packing packing, std::unique_ptr<ByteStream> packed)
{
    if (packing == Packing::Gzip)
        return std::make_unique<GzipStream>(std::move(packed));
    return std::make_unique<ZstdStream>(std::move(packed));
}

std::size_t readFully(ByteStream& stream, std::span<char> into, std::unique_ptr<Error>& error)
{
    std::size_t filled = 0;
    while (filled < into.size()) {
        const auto got = stream.read(into.subspan(filled));
        if (!got)
            error = std::make_unique<Error>(got.error());
        if (!got || *got == 0)
            break;
        filled += *got;
    }
    return filled;
}

Result<std::unique_ptr<ByteStream>> fullyUnpacked(std::unique_ptr<ByteStream> stream, int layersBefore)
{
    for (int layers = layersBefore;; ++layers) {
        std::string head(headBytes, '\0');
        std::unique_ptr<Error> error; // not lost: the stream says it again
        head.resize(readFully(*stream, head, error));
        if (error && head.empty())
            return *error;
        const Packing packing = packingOf(head);
        stream = withHead(std::move(head), std::move(stream));
        if (packing == Packing::None)
            return stream;
        if (packing == Packing::Zip || packing == Packing::Tar)
            return Error{ErrorCode::Unsupported, "an archive inside of another input"};
        if (layers == maxCompressionLayers)
            return Error{ErrorCode::Unsupported,
                         "more than " + std::to_string(maxCompressionLayers) + " layers of compression"};
        stream = unpacked(packing, std::move(stream));
    }
}

} // namespace arcscope
