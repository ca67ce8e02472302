// Finds for a claim the ones that speak of the same, by the words that they share.
#pragma once

#include "claimsentence.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// Of the words of the shorter one, for claims of one text.
inline constexpr double leastOverlapWithin = 0.4;

/// The different content words of a claim by key, values left out.
std::vector<std::uint64_t> contentKeys(const ClaimSentence& claim);

class ClaimPartners
{
public:
    static constexpr std::size_t most = 5; ///< partners of one claim

    /// Claims with a smaller share of the words of the shorter one in common are none. O(words).
    ClaimPartners(std::span<const ClaimSentence> claims, double leastOverlap);
    ClaimPartners(std::span<const ClaimSentence* const> claims, double leastOverlap);

    /// At most five, those with most words in common first; only from number `first` on. Valid until the next call.
    const std::vector<std::uint32_t>& of(const ClaimSentence& claim, std::size_t first = 0);

private:
    void add(const ClaimSentence& claim);

    double m_leastOverlap;
    std::vector<std::size_t> m_counts;
    std::vector<std::size_t> m_sizes;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_index;
    std::vector<std::uint32_t> m_found;
};

} // namespace arcscope
