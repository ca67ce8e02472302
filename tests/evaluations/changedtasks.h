// Invented replays of which it is known which tasks are changed, and what is said of them; goals with two ends.
#pragma once

#include "goals.h"
#include "randomnumbers.h"
#include "replaysummary.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>
#include <vector>

namespace arcscope::evaluation
{

using bench::Random;

constexpr double mostFalse = 0.06;

inline void within(const std::string& what, double n, double value, double low, double high)
{
    const bool met = low <= value && value <= high;
    std::printf("%-62s %6.0f %8.4f   %.3f to %.3f  %s\n", what.c_str(), n, value, low, high, met ? "met" : "MISSED");
    missedGoals += met ? 0 : 1;
}

inline double normal(Random& random)
{
    return std::sqrt(-2 * std::log(1 - random.fraction())) * std::cos(2 * std::numbers::pi * random.fraction());
}

/// Tasks that many replays said to be changed.
struct Discoveries {
    int unsaid = 0;
    int right = 0;
    int wrong = 0;
    int replays = 0;
    double wrongShares = 0; ///< of those said by one replay, 0 where it says none; over all

    void add(int itsRight, int itsWrong)
    {
        right += itsRight;
        wrong += itsWrong;
        ++replays;
        wrongShares += itsWrong > 0 ? static_cast<double>(itsWrong) / (itsRight + itsWrong) : 0;
    }

    /// Of `moved` ones in all. How many of all that are said are wrong is no promise: where little is said, most may
    /// be.
    void tell(double share, int tasks, int moved) const
    {
        within("  " + std::to_string(share).substr(0, 4) + " moved: of those said to be, not (mean of replays)", tasks,
               wrongShares / replays, 0, mostFalse);
        std::printf("    of %d moved ones %d are found, with them %d others\n", moved, right, wrong);
    }
};

enum class Outputs { Alike, OfTwo, Scattered };

/// Where the runs of a task come out: always alike, in one of two ways, or anywhere.
inline std::vector<double> mixedOutputs(Random& random, std::size_t runs)
{
    const auto kind = static_cast<Outputs>(random.below(3));
    const double chance = random.fraction();
    const double scale = 0.1 * std::exp(0.7 * normal(random));
    std::vector<double> at;
    for (std::size_t run = 0; run < runs; ++run)
        at.push_back(kind == Outputs::Alike   ? 0
                     : kind == Outputs::OfTwo ? (random.fraction() < chance ? 0.6 : 0)
                                              : scale * normal(random));
    return at;
}

inline void addTask(ReplayPairing& pairing, std::vector<ReplayVerdict>& verdicts, const std::vector<double>& at,
                    std::size_t first)
{
    const auto begin = static_cast<std::uint32_t>(pairing.runs.size());
    ReplayTask task;
    task.runs.resize(2);
    for (std::uint32_t run = 0; run < at.size(); ++run) {
        ReplayRun made;
        made.side = run < first ? 0 : 1;
        made.task = static_cast<std::uint32_t>(pairing.tasks.size());
        task.runs[made.side].push_back(begin + run);
        pairing.runs.push_back(std::move(made));
    }
    pairing.tasks.push_back(std::move(task));
    for (std::uint32_t one = 0; one < at.size(); ++one) {
        for (std::uint32_t other = one + 1; other < at.size(); ++other) {
            ReplayVerdict& verdict = verdicts.emplace_back();
            verdict.base = begin + one;
            verdict.candidate = begin + other;
            verdict.distance = std::min(1.0, std::abs(at[one] - at[other]));
            verdict.weight = verdict.distance > 0 ? ReplayClass::Path : ReplayClass::Same;
        }
    }
}

} // namespace arcscope::evaluation
