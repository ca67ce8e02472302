// Numbers, words and texts as bytes that are kept, and back: what is damaged is found out and gives nothing wild.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace arcscope
{

/// Numbers take seven bits a byte, the low ones first.
class ByteWriter
{
public:
    /// `form`: the first byte; another form of the same data has another one.
    explicit ByteWriter(char form)
        : m_bytes(1, form)
    {
    }

    void number(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7U)
            m_bytes += static_cast<char>((value & 0x7fU) | 0x80U);
        m_bytes += static_cast<char>(value);
    }
    void signedNumber(std::int64_t value)
    {
        number(std::bit_cast<std::uint64_t>(value) << 1U ^ (value < 0 ? ~0ULL : 0));
    }
    template <typename Enum>
    void word(Enum value)
    {
        number(static_cast<std::uint64_t>(value));
    }
    void text(std::string_view value)
    {
        number(value.size());
        m_bytes += value;
    }
    template <typename Values, typename Put>
    void list(const Values& values, Put put)
    {
        number(values.size());
        for (const auto& value : values)
            put(value);
    }
    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

/// Gives zeros and empty texts behind the first thing that cannot be.
class ByteReader
{
public:
    ByteReader(std::string_view bytes, char form)
        : m_rest(bytes)
    {
        m_good = !bytes.empty() && bytes[0] == form;
        m_rest.remove_prefix(m_good ? 1 : m_rest.size());
    }

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_rest.empty())
                break;
            const auto byte = static_cast<unsigned char>(m_rest[0]);
            m_rest.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return value;
        }
        return bad();
    }
    /// At most `most`.
    std::uint64_t numberUpTo(std::uint64_t most)
    {
        const std::uint64_t value = number();
        return value <= most ? value : bad();
    }
    std::int64_t signedNumber()
    {
        const std::uint64_t value = number();
        return std::bit_cast<std::int64_t>(value >> 1U ^ ((value & 1U) != 0 ? ~0ULL : 0));
    }
    template <typename Enum>
    Enum word(Enum last)
    {
        return static_cast<Enum>(numberUpTo(static_cast<std::uint64_t>(last)));
    }
    std::string text()
    {
        const std::uint64_t size = number();
        if (size > m_rest.size())
            return bad(), std::string();
        std::string value(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return value;
    }
    /// As many as the list says, or up to where it cannot be: each takes a byte at least.
    template <typename Values, typename Take>
    void list(Values& values, Take take)
    {
        for (std::uint64_t count = number(); count > 0 && m_good; --count) {
            if (m_rest.empty())
                bad();
            else
                values.push_back(take());
        }
    }

    /// Everything was there, and nothing is left.
    bool good() const { return m_good && m_rest.empty(); }

protected:
    std::uint64_t bad()
    {
        m_good = false;
        m_rest = {};
        return 0;
    }

private:
    std::string_view m_rest;
    bool m_good = false;
};

} // namespace arcscope
