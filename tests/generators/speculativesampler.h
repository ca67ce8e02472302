// SpeculativeSampler: speculative sampling after Leviathan, Kalman and Matias (2023): a small model drafts, a larger
// one verifies, and what comes out is distributed as if the larger one had drawn every token.
#pragma once

#include "ngrammodel.h"

#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace arcscope::speculation
{

/// The same numbers for a seed wherever it runs.
class Chance
{
public:
    explicit Chance(std::uint64_t seed)
        : m_engine(seed)
    {
    }
    /// From 0 on, below 1.
    double uniform() { return static_cast<double>(m_engine() >> 11) * 0x1p-53; }
    std::uint64_t bits() { return m_engine(); }
    /// A token with the probabilities that its weights have among all of them.
    Token draw(std::span<const double> weights);

private:
    std::mt19937_64 m_engine;
};

/// What one verification gave.
struct SpeculativeStep {
    std::vector<Token> drafted;
    std::size_t accepted = 0; ///< of the drafted ones, from the first on
    Token next = 0;           ///< in place of the first one rejected, or behind them all
};

class SpeculativeSampler
{
public:
    SpeculativeSampler(const NgramModel& draft, const NgramModel& target, std::uint64_t seed)
        : m_draft(draft)
        , m_target(target)
        , m_chance(seed)
    {
    }

    /// What the small model proposes behind the context; valid until the next call.
    std::span<const Token> draft(std::span<const Token> context, std::size_t length);
    /// What the larger one makes of the last draft behind this context; of an empty draft it draws a token alone.
    SpeculativeStep verify(std::span<const Token> context);

private:
    const NgramModel& m_draft;
    const NgramModel& m_target;
    Chance m_chance;
    std::vector<Token> m_drafted;
    std::vector<std::vector<double>> m_offered; ///< by the small model, for the place of each drafted token
    std::vector<double> m_wanted;               ///< by the larger one
};

} // namespace arcscope::speculation
