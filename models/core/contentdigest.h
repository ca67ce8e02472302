// ContentDigest: tells whether two inputs hold the same bytes, or one begins with the other, without keeping them.
#pragma once

#include "libraryversion.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace arcscope
{

/// Chosen at random for a workspace: nobody can prepare files that it takes for the same.
struct DigestKey {
    std::uint64_t seed = 0;

    static DigestKey random();
    bool operator==(const DigestKey&) const = default;
};

using DigestValue = std::array<std::uint64_t, 2>;

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

/// XXH3 with 128 bits, seeded by the key.
class ContentDigest
{
public:
    explicit ContentDigest(const DigestKey& key);
    ~ContentDigest();
    ContentDigest(ContentDigest&& other) noexcept;
    ContentDigest& operator=(ContentDigest&& other) noexcept;

    void add(std::string_view bytes);
    std::uint64_t bytes() const { return m_mark.bytes; }
    /// Of what was added so far.
    DigestValue value() const;
    ContentMark mark() const;

private:
    struct State;

    void addPlain(std::string_view bytes);

    std::unique_ptr<State> m_state;
    ContentMark m_mark;
};

LibraryVersion digestLibrary();

} // namespace arcscope
