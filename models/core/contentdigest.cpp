#include "contentdigest.h"

#include <cstring>
#include <new>
#include <random>
#include <xxhash.h>

namespace arcscope
{

struct ContentDigest::State {
    XXH3_state_t* hash = XXH3_createState();

    State()
    {
        if (!hash)
            throw std::bad_alloc();
    }
    ~State() { XXH3_freeState(hash); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

DigestKey DigestKey::random()
{
    std::random_device device;
    return {std::uint64_t{device()} << 32 | device()};
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
    : m_state(std::make_unique<State>())
{
    XXH3_128bits_reset_withSeed(m_state->hash, key.seed);
}

ContentDigest::~ContentDigest() = default;
ContentDigest::ContentDigest(ContentDigest&& other) noexcept = default;
ContentDigest& ContentDigest::operator=(ContentDigest&& other) noexcept = default;

void ContentDigest::addPlain(std::string_view bytes)
{
    // rfind() goes byte by byte, which takes as long as the digest where lines are long
    if (const void* const lineFeed = bytes.empty() ? nullptr : ::memrchr(bytes.data(), '\n', bytes.size()))
        m_mark.wholeLines =
            m_mark.bytes + static_cast<std::size_t>(static_cast<const char*>(lineFeed) - bytes.data()) + 1;
    m_mark.bytes += bytes.size();
    XXH3_128bits_update(m_state->hash, bytes.data(), bytes.size());
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
        m_mark.rungs[i] = value()[0] | 1;
    }
    addPlain(bytes);
}

DigestValue ContentDigest::value() const
{
    const XXH128_hash_t hash = XXH3_128bits_digest(m_state->hash);
    return {hash.low64, hash.high64};
}

LibraryVersion digestLibrary()
{
    const unsigned number = XXH_versionNumber(); // 801: 0.8.1
    return {"xxHash", std::to_string(number / 10'000) + '.' + std::to_string(number / 100 % 100) + '.' +
                          std::to_string(number % 100)};
}

ContentMark ContentDigest::mark() const
{
    ContentMark mark = m_mark;
    mark.digest = value();
    return mark;
}

} // namespace arcscope
