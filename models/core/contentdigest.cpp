#include "contentdigest.h"

#include <algorithm>
#include <cstring>
#include <random>

namespace arcscope
{
namespace
{

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;

/// a * b + c modulo the prime, below 2^61 + 1; a and b below 2^62, c below 2^57.
std::uint64_t multiplyAdd(std::uint64_t a, std::uint64_t b, std::uint64_t c)
{
    const Wide product = static_cast<Wide>(a) * b + c;
    const std::uint64_t once =
        (static_cast<std::uint64_t>(product) & prime) + static_cast<std::uint64_t>(product >> 61);
    return (once & prime) + (once >> 61);
}

std::uint64_t reduced(std::uint64_t value)
{
    return value >= prime ? value - prime : value;
}

/// The first seven of eight readable bytes.
std::uint64_t word(const char* bytes)
{
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, sizeof(value));
    return value & ((std::uint64_t{1} << 56) - 1);
}

} // namespace

DigestKey DigestKey::random()
{
    std::random_device device;
    DigestKey key;
    for (std::uint64_t& value : key.values)
        value = ((std::uint64_t{device()} << 32 | device()) & prime) | 2;
    return key;
}

bool ContentMark::mayShareBeginning(const ContentMark& other) const
{
    for (std::size_t i = 0; i < rungs.size(); ++i) {
        if (rungs[i] != 0 && other.rungs[i] != 0 && rungs[i] != other.rungs[i])
            return false;
    }
    return true;
}

ContentDigest::ContentDigest(const DigestKey& key)
    : m_key{reduced(key.values[0] & prime), reduced(key.values[1] & prime)}
{
}

void ContentDigest::step(const std::array<std::uint64_t, 2>& key, DigestValue& state, const char* bytes)
{
    const std::uint64_t first = word(bytes);
    std::uint64_t second = 0; // its last byte is the last that may be read
    std::memcpy(&second, bytes + wordBytes - 1, sizeof(second));
    second >>= 8;
    state[0] = multiplyAdd(state[0], key[0], first);
    state[1] = multiplyAdd(state[1], key[1], first);
    state[2] = multiplyAdd(state[2], key[0], second);
    state[3] = multiplyAdd(state[3], key[1], second);
}

void ContentDigest::addPlain(std::string_view bytes)
{
    const std::size_t lineFeed = bytes.rfind('\n');
    if (lineFeed != std::string_view::npos)
        m_mark.wholeLines = m_mark.bytes + lineFeed + 1;
    m_mark.bytes += bytes.size();
    if (m_restBytes > 0) {
        const std::size_t taken = bytes.copy(m_rest.data() + m_restBytes, stepBytes - m_restBytes);
        m_restBytes += taken;
        bytes.remove_prefix(taken);
        if (m_restBytes < stepBytes)
            return;
        step(m_key, m_state, m_rest.data());
        m_restBytes = 0;
    }
    DigestValue state = m_state;
    while (bytes.size() >= stepBytes) {
        step(m_key, state, bytes.data());
        bytes.remove_prefix(stepBytes);
    }
    m_state = state;
    m_restBytes = bytes.copy(m_rest.data(), bytes.size());
}

void ContentDigest::add(std::string_view bytes)
{
    for (std::size_t i = 0; i < ContentMark::rungBytes.size(); ++i) {
        const std::uint64_t rung = ContentMark::rungBytes[i];
        if (m_mark.bytes >= rung || m_mark.bytes + bytes.size() < rung)
            continue;
        const auto before = static_cast<std::size_t>(rung - m_mark.bytes);
        addPlain(bytes.substr(0, before));
        bytes.remove_prefix(before);
        const DigestValue value = this->value();
        m_mark.rungs[i] = (value[0] ^ value[1] << 1 ^ value[2] << 2 ^ value[3] << 3) | 1;
    }
    addPlain(bytes);
}

DigestValue ContentDigest::value() const
{
    DigestValue state = m_state;
    std::array<char, stepBytes + 2> rest{};
    std::copy_n(m_rest.begin(), m_restBytes, rest.begin());
    step(m_key, state, rest.data());
    for (std::size_t i = 0; i < state.size(); ++i) // zeros behind the end are no bytes: the length tells them apart
        state[i] = reduced(multiplyAdd(state[i], m_key[i % 2], m_mark.bytes & ((std::uint64_t{1} << 56) - 1)));
    return state;
}

ContentMark ContentDigest::mark() const
{
    ContentMark mark = m_mark;
    mark.digest = value();
    return mark;
}

} // namespace arcscope
