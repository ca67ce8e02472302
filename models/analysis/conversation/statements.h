// Statements: sentences of a conversation as claims, found again by the words that they share.
#pragma once

#include "claimpartners.h"
#include "claimsentence.h"
#include "conversation.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

struct StatedClaim {
    std::uint32_t turn = 0; ///< in Conversation::turns
    std::uint32_t at = 0;   ///< in its thread
    ClaimSentence claim;
};

/// Statements of the turns that were added, in their order. At most maxStatements: what comes later is left out.
class Statements
{
public:
    static constexpr std::size_t maxStatements = 4'000;

    /// The sentences of prose in the first 16 KB of a turn that can be compared. O(words).
    std::vector<StatedClaim> read(const Conversation& conversation, std::uint32_t turn, std::uint32_t at);
    void add(std::vector<StatedClaim> statements);

    /// Numbers of at most five statements that have most words in common with a claim, the closest first.
    const std::vector<std::uint32_t>& like(const ClaimSentence& claim);
    const StatedClaim& operator[](std::uint32_t number) const { return m_all[number]; }

private:
    ClaimReader m_reader;
    std::vector<StatedClaim> m_all;
    std::vector<std::size_t> m_sizes;  ///< different content words of each
    std::vector<std::size_t> m_counts; ///< those that the claim has, too
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_index;
    std::vector<std::uint32_t> m_found;
};

std::string_view textOf(const Conversation& conversation, const StatedClaim& statement);
FindingPlace placeOf(const Conversation& conversation, const StatedClaim& statement);

} // namespace arcscope
