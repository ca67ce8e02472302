#include "claimpartners.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::size_t mostWithWord = 200; ///< a word of more claims says nothing of which belong together

} // namespace

std::vector<std::uint64_t> contentKeys(const ClaimSentence& claim)
{
    std::vector<std::uint64_t> keys;
    for (const std::uint16_t i : claim.byKey) {
        const ClaimToken& token = claim.tokens[i];
        if (token.word && token.content && (keys.empty() || keys.back() != token.key))
            keys.push_back(token.key);
    }
    return keys;
}

ClaimPartners::ClaimPartners(std::span<const ClaimSentence> claims, double leastOverlap)
    : m_leastOverlap(leastOverlap)
    , m_counts(claims.size())
{
    for (const ClaimSentence& claim : claims)
        add(claim);
}

ClaimPartners::ClaimPartners(std::span<const ClaimSentence* const> claims, double leastOverlap)
    : m_leastOverlap(leastOverlap)
    , m_counts(claims.size())
{
    for (const ClaimSentence* const claim : claims)
        add(*claim);
}

void ClaimPartners::add(const ClaimSentence& claim)
{
    const auto number = static_cast<std::uint32_t>(m_sizes.size());
    const auto words = contentKeys(claim);
    m_sizes.push_back(words.size());
    for (const std::uint64_t word : words)
        m_index[word].push_back(number);
}

const std::vector<std::uint32_t>& ClaimPartners::of(const ClaimSentence& claim, std::size_t first)
{
    m_found.clear();
    const auto words = contentKeys(claim);
    for (const std::uint64_t word : words) {
        const auto known = m_index.find(word);
        if (known == m_index.end() || known->second.size() > mostWithWord)
            continue;
        for (const std::uint32_t i : known->second) {
            if (i >= first && m_counts[i]++ == 0)
                m_found.push_back(i);
        }
    }
    const auto shares = [&](std::uint32_t i) {
        return static_cast<double>(m_counts[i]) / static_cast<double>(std::min(words.size(), m_sizes[i]));
    };
    const auto tooFew = [&](std::uint32_t i) {
        const std::size_t shorter = std::min(words.size(), m_sizes[i]);
        return m_counts[i] < std::min<std::size_t>(2, shorter) || shares(i) < m_leastOverlap;
    };
    std::vector<std::uint32_t> touched = m_found;
    std::erase_if(m_found, tooFew);
    std::ranges::stable_sort(m_found, [&](std::uint32_t a, std::uint32_t b) { return m_counts[a] > m_counts[b]; });
    m_found.resize(std::min(m_found.size(), most));
    for (const std::uint32_t i : touched)
        m_counts[i] = 0;
    return m_found;
}

} // namespace arcscope
