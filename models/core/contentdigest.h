// ContentDigest: tells whether two inputs hold the same bytes, or one begins with the other, without keeping them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace arcscope
{

/// Chosen at random for a workspace: nobody can prepare files that it takes for the same.
struct DigestKey {
    std::array<std::uint64_t, 2> values{};

    static DigestKey random();
    bool operator==(const DigestKey&) const = default;
};

using DigestValue = std::array<std::uint64_t, 4>;

/// What is kept of the bytes of one input.
struct ContentMark {
    /// Lengths at which files are compared before anything else.
    static constexpr std::array<std::uint64_t, 4> rungBytes{1'024, 4'096, 16'384, 65'536};

    std::uint64_t bytes = 0;
    std::uint64_t wholeLines = 0;         ///< bytes up to behind the last line feed
    std::array<std::uint64_t, 4> rungs{}; ///< of the first rungBytes bytes; 0 where there are fewer
    DigestValue digest{};                 ///< of all bytes

    bool operator==(const ContentMark&) const = default;
    /// False where the first bytes differ.
    bool mayShareBeginning(const ContentMark& other) const;
};

/// Polynomials over the field of 2^61 - 1 elements, in two lanes with two keys: different inputs of n bytes have the
/// same digest with a probability below n^2 / 2^125. About 4 GB/s.
class ContentDigest
{
public:
    explicit ContentDigest(const DigestKey& key);

    void add(std::string_view bytes);
    std::uint64_t bytes() const { return m_mark.bytes; }
    /// Of what was added so far.
    DigestValue value() const;
    ContentMark mark() const;

private:
    static constexpr std::size_t wordBytes = 7; ///< below 2^56
    static constexpr std::size_t stepBytes = 2 * wordBytes;

    void addPlain(std::string_view bytes);
    static void step(const std::array<std::uint64_t, 2>& key, DigestValue& state, const char* bytes);

    std::array<std::uint64_t, 2> m_key;
    DigestValue m_state{1, 1, 1, 1};
    std::array<char, stepBytes + 2> m_rest{}; ///< fewer than stepBytes; padded for reading words of 8 bytes
    std::size_t m_restBytes = 0;
    ContentMark m_mark;
};

} // namespace arcscope
