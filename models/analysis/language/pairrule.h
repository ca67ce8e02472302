// A rule that says why two claims cannot both hold, and what it found.
#pragma once

#include "wordalign.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace arcscope
{

enum class PairTier : std::uint8_t {
    Finding,   ///< the rule is mostly right
    CheckThis, ///< a hint
};

constexpr std::string_view name(PairTier tier)
{
    return tier == PairTier::Finding ? "finding" : "check this";
}

struct TokenRange {
    std::uint16_t first = 0;
    std::uint16_t end = 0; ///< not included
};

/// Where a rule found what differs.
struct RuleHit {
    PairTier tier = PairTier::CheckThis;
    double strength = 0; ///< 0 to 1
    TokenRange a;
    TokenRange b;
    std::int16_t valueA = -1; ///< where values differ: in ClaimSentence::values
    std::int16_t valueB = -1;
};

struct ClaimPair {
    const ClaimSentence& a;
    const ClaimSentence& b;
    const WordAlignment& words;
};

struct PairRule {
    std::string_view name;
    std::string_view title; ///< what it looks for, in a few words
    std::string_view why;   ///< why what it found is no other wording of the same
    PairTier tier;          ///< the best one it gives
    /// What it compares has one answer: of different subjects, or where one says "also" or "then", it is a hint.
    bool single;
    std::array<const char*, 2> fires; ///< two claims that it is for
    std::array<const char*, 2> quiet; ///< two much like them that it must leave alone
    std::optional<RuleHit> (*check)(const ClaimPair& pair);
};

std::span<const PairRule> pairRules();

// ---- What rules are made of

/// The share of content words around token `i` of a that stand around token `j` of b, too; of the side with fewer.
double windowOverlap(const ClaimPair& pair, std::size_t i, std::size_t j, std::size_t reach);
/// How many of the two tokens on either side of `i` are aligned to one near `j`.
int alignedNeighbours(const ClaimPair& pair, std::size_t i, std::size_t j);
inline TokenRange only(std::size_t token)
{
    return {static_cast<std::uint16_t>(token), static_cast<std::uint16_t>(token + 1)};
}

// ---- The rules, each in the file of its kind

std::optional<RuleHit> differentCardinal(const ClaimPair& pair);
std::optional<RuleHit> differentPercent(const ClaimPair& pair);
std::optional<RuleHit> differentMoney(const ClaimPair& pair);
std::optional<RuleHit> differentOrdinal(const ClaimPair& pair);
std::optional<RuleHit> differentYear(const ClaimPair& pair);
std::optional<RuleHit> differentDate(const ClaimPair& pair);
std::optional<RuleHit> differentWeekday(const ClaimPair& pair);
std::optional<RuleHit> differentTime(const ClaimPair& pair);
std::optional<RuleHit> differentGovernedValue(const ClaimPair& pair);
std::optional<RuleHit> differentRange(const ClaimPair& pair);

std::optional<RuleHit> negatedPredicate(const ClaimPair& pair);
std::optional<RuleHit> oppositeWords(const ClaimPair& pair);
std::optional<RuleHit> oppositePrefix(const ClaimPair& pair);
std::optional<RuleHit> differentOutcome(const ClaimPair& pair);
std::optional<RuleHit> differentQuantifier(const ClaimPair& pair);

std::optional<RuleHit> differentNameOfRelation(const ClaimPair& pair);
std::optional<RuleHit> differentName(const ClaimPair& pair);
std::optional<RuleHit> differentPeople(const ClaimPair& pair);
std::optional<RuleHit> differentKind(const ClaimPair& pair);
std::optional<RuleHit> siblingWords(const ClaimPair& pair);

} // namespace arcscope
