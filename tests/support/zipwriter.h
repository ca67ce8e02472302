// Writes zip archives with members that are stored, deflated or packed with zstd, and whose sizes may lie.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <zlib.h>
#include <zstd.h>

namespace arcscope::testing
{

class ZipWriter
{
public:
    void add(const std::string& name, const std::string& text, int method, std::optional<std::uint32_t> claimed = {})
    {
        std::string packed = text;
        if (method == 8)
            packed = deflated(text);
        else if (method == 93) // as two frames
            packed = zstd(text.substr(0, text.size() / 2)) + zstd(text.substr(text.size() / 2));
        const auto crc = crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
        member(name, packed, method, static_cast<std::uint32_t>(crc),
               claimed.value_or(static_cast<std::uint32_t>(text.size())));
    }

    /// A member of `head` and many times `block`, a frame each.
    void addRepeated(const std::string& name, const std::string& head, const std::string& block, std::uint32_t times)
    {
        const std::string frame = zstd(block);
        std::string packed = zstd(head);
        auto crc = crc32(0, reinterpret_cast<const Bytef*>(head.data()), static_cast<uInt>(head.size()));
        for (std::uint32_t i = 0; i < times; ++i) {
            packed += frame;
            crc = crc32(crc, reinterpret_cast<const Bytef*>(block.data()), static_cast<uInt>(block.size()));
        }
        member(name, packed, 93, static_cast<std::uint32_t>(crc),
               static_cast<std::uint32_t>(head.size() + times * block.size()));
    }

    std::string finish() const
    {
        std::string end = "PK\5\6";
        append(end, 0, 4);
        append(end, m_count, 2);
        append(end, m_count, 2);
        append(end, m_central.size(), 4);
        append(end, m_bytes.size(), 4);
        append(end, 0, 2);
        return m_bytes + m_central + end;
    }

private:
    void member(const std::string& name, const std::string& packed, int method, std::uint32_t crc, std::uint32_t size)
    {
        std::string shared;
        append(shared, 20, 2);
        append(shared, 0, 2);
        append(shared, static_cast<std::uint64_t>(method), 2);
        append(shared, 0, 4);
        append(shared, crc, 4);
        append(shared, packed.size(), 4);
        append(shared, size, 4);
        append(shared, name.size(), 2);
        append(shared, 0, 2);
        std::string central = "PK\1\2";
        append(central, 20, 2);
        central += shared;
        central.append(10, '\0');
        append(central, m_bytes.size(), 4);
        m_central += central + name;
        m_bytes += "PK\3\4" + shared + name + packed;
        ++m_count;
    }

    static void append(std::string& bytes, std::uint64_t value, int size)
    {
        for (int i = 0; i < size; ++i)
            bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
    }

    static std::string zstd(const std::string& text)
    {
        std::string packed(ZSTD_compressBound(text.size()), '\0');
        packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
        return packed;
    }

    static std::string deflated(const std::string& text)
    {
        z_stream stream{};
        deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
        std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream.avail_in = static_cast<uInt>(text.size());
        stream.next_out = reinterpret_cast<Bytef*>(packed.data());
        stream.avail_out = static_cast<uInt>(packed.size());
        deflate(&stream, Z_FINISH);
        packed.resize(stream.total_out);
        deflateEnd(&stream);
        return packed;
    }

    std::string m_bytes;
    std::string m_central;
    std::uint64_t m_count = 0;
};

} // namespace arcscope::testing
