// layers: core analysis ALONE
// Measures how often the tests of replays speak where there is nothing (Type I error, at most 0.06 where 0.05 is said),
// how often their intervals cover what they should, and whether the difference called detectable is detected. Rates by
// going through everything that can be counted; the rest on runs drawn for tasks of which some are never and some
// always done. Needs no data. Fails where one misses its goal.
#include "changedtasks.h"
#include "detectable.h"
#include "multiplicity.h"
#include "pairedoutcomes.h"
#include "pairedtotals.h"
#include "rateparts.h"
#include "reruns.h"
#include "separation.h"
#include "signedrank.h"
#include "taskdifferences.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

using namespace arcscope;
using namespace arcscope::evaluation;

namespace
{

/// Chance that a task is done: a third are never or nearly never, a fourth nearly always, the rest anything between.
double difficulty(Random& random)
{
    const double kind = random.fraction();
    return kind < 0.33 ? 0.02 : (kind < 0.58 ? 0.97 : random.fraction());
}

TaskRuns runsOf(Random& random, double chance, std::uint32_t runs)
{
    TaskRuns made{0, runs};
    for (std::uint32_t i = 0; i < runs; ++i)
        made.done += random.fraction() < chance;
    return made;
}

std::vector<TaskRunsPair> tasksOf(Random& random, int count, std::uint32_t runs, double gained = 0)
{
    std::vector<TaskRunsPair> tasks;
    for (int i = 0; i < count; ++i) {
        const double chance = difficulty(random);
        tasks.push_back({runsOf(random, chance, runs), runsOf(random, std::min(1.0, chance + gained), runs)});
    }
    return tasks;
}

PairedOutcomes outcomesOf(const std::vector<TaskRunsPair>& tasks)
{
    PairedOutcomes outcomes;
    for (const auto& [base, candidate] : tasks)
        ++(base.done > 0 ? (candidate.done > 0 ? outcomes.both : outcomes.regressions)
                         : (candidate.done > 0 ? outcomes.gains : outcomes.neither));
    return outcomes;
}

std::vector<double> differencesOf(const std::vector<TaskRunsPair>& tasks)
{
    std::vector<double> differences;
    for (const auto& [base, candidate] : tasks)
        differences.push_back(candidate.rate() - base.rate());
    return differences;
}

/// Chances of 0 to n successes.
std::vector<double> binomial(std::uint64_t n, double p)
{
    std::vector<double> chances;
    const double count = static_cast<double>(n);
    for (std::uint64_t i = 0; i <= n; ++i) {
        const double k = static_cast<double>(i);
        chances.push_back(std::exp(std::lgamma(count + 1) - std::lgamma(k + 1) - std::lgamma(count - k + 1) +
                                   k * std::log(p) + (count - k) * std::log1p(-p)));
    }
    return chances;
}

/// Every number of changes, half of which are gains.
void mcNemarCounted()
{
    for (const std::uint64_t tasks : {6, 20, 21, 30, 50, 100, 200}) {
        double largest = 0;
        for (const double churn : {0.05, 0.1, 0.2, 0.3, 0.5, 0.8}) {
            const std::vector<double> changes = binomial(tasks, churn);
            double wrong = 0;
            for (std::uint64_t changed = 1; changed <= tasks; ++changed) {
                const std::vector<double> gains = binomial(changed, 0.5);
                for (std::uint64_t i = 0; i <= changed; ++i)
                    wrong += mcNemar({tasks - changed, i, changed - i, 0}).p <= 0.05 ? changes[changed] * gains[i] : 0;
            }
            largest = std::max(largest, wrong);
        }
        within("McNemar, exact to 20 tasks, mid-p above; largest of 6 churns", static_cast<double>(tasks), largest, 0,
               mostFalse);
    }
}

void mcNemarDrawn()
{
    Random random(1);
    for (const int tasks : {20, 50, 150}) {
        int wrong = 0;
        int covered = 0;
        for (int i = 0; i < 4'000; ++i) {
            const PairedOutcomes outcomes = outcomesOf(tasksOf(random, tasks, 1));
            wrong += mcNemar(outcomes).p <= 0.05;
            covered += pairedRateDifference(outcomes).interval.contains(0);
        }
        within("McNemar, tasks of all difficulties", tasks, wrong / 4'000.0, 0, mostFalse);
        within("  interval of the paired difference covers none", tasks, covered / 4'000.0, 0.94, 1);
    }
}

void signFlips()
{
    Random random(2);
    for (const std::uint32_t runs : {2U, 4U}) {
        for (const int tasks : {10, 20, 50, 150}) {
            constexpr int samples = 2'000;
            int wrong = 0;
            int given = 0;
            int outside = 0;
            for (int i = 0; i < samples; ++i) {
                const std::vector<double> differences = differencesOf(tasksOf(random, tasks, runs));
                wrong += signFlipTest(differences).p <= 0.05;
                const std::optional<MeanDifference> mean = meanDifference(differences);
                given += mean->interval.has_value();
                outside += mean->interval && !mean->interval->contains(0);
            }
            const std::string several = std::to_string(runs) + " runs of each task";
            within("sign flips, " + several, tasks, static_cast<double>(wrong) / samples, 0, mostFalse);
            if (given > samples / 2)
                within("  bootstrap-t interval leaves out none", tasks, static_cast<double>(outside) / given, 0,
                       mostFalse);
        }
    }
}

/// Both sides cost alike, with tails; and where half of the tasks cost just the same.
void signedRanks()
{
    Random random(3);
    for (const int tasks : {6, 20, 50, 51, 150}) {
        int wrong = 0;
        int tied = 0;
        int missed = 0;
        int ratio = 0;
        for (int i = 0; i < 2'000; ++i) {
            std::vector<double> logs;
            std::vector<double> counts;
            std::array<std::vector<double>, 2> costs;
            for (int t = 0; t < tasks; ++t) {
                const double size = std::exp(normal(random));
                const double base = size * std::exp(0.5 * normal(random));
                const double candidate = size * std::exp(0.5 * normal(random));
                logs.push_back(std::log(candidate / base));
                counts.push_back(static_cast<double>(random.below(3)) - static_cast<double>(random.below(3)));
                costs[0].push_back(base);
                costs[1].push_back(candidate);
            }
            wrong += signedRankTest(logs).p <= 0.05;
            tied += signedRankTest(counts).p <= 0.05;
            const Shift shift = pairedShift(logs);
            missed += shift.low > 0 || shift.high < 0;
            if (i % 2 == 1 || tasks < 20)
                continue;
            const std::optional<TotalRatio> cost = totalRatio(costs[0], costs[1]);
            ratio += cost && cost->interval && !cost->interval->contains(1);
        }
        within("signed ranks of costs", tasks, wrong / 2'000.0, 0, mostFalse);
        within("  with many ties", tasks, tied / 2'000.0, 0, mostFalse);
        within("  interval of the ratio leaves out 1", tasks, missed / 2'000.0, 0, mostFalse);
        if (tasks >= 20)
            within("  interval of the ratio of sums leaves out 1", tasks, ratio / 1'000.0, 0, mostFalse);
    }
}

/// Any of six metrics: declared ones by Holm, explored ones by Benjamini and Hochberg; nothing differs.
void manyMetrics()
{
    Random random(4);
    int holm = 0;
    int explored = 0;
    for (int i = 0; i < 2'000; ++i) {
        std::vector<double> p;
        for (int metric = 0; metric < 6; ++metric)
            p.push_back(mcNemar(outcomesOf(tasksOf(random, 60, 1))).p);
        const std::vector<double> adjusted = adjustedByHolm(p);
        holm += *std::min_element(adjusted.begin(), adjusted.end()) <= 0.05;
        const std::vector<double> many = adjustedForMany(p);
        explored += *std::min_element(many.begin(), many.end()) <= 0.05;
    }
    within("any of six declared metrics, Holm", 60, holm / 2'000.0, 0, mostFalse);
    within("any of six explored metrics, Benjamini and Hochberg", 60, explored / 2'000.0, 0, mostFalse);
}

/// Distances of runs that are scattered in one way on both sides.
void separations()
{
    Random random(5);
    for (const std::size_t runs : {3U, 4U, 8U}) {
        const int samples = runs > 6 ? 300 : 4'000;
        int wrong = 0;
        for (int i = 0; i < samples; ++i) {
            std::vector<double> at;
            for (std::size_t r = 0; r < 2 * runs; ++r)
                at.push_back(random.fraction() < 0.3 ? 3 + normal(random) : normal(random));
            std::vector<double> distances;
            for (const double one : at) {
                for (const double other : at)
                    distances.push_back(std::abs(one - other));
            }
            wrong += separationTest(distances, runs, runs).p <= 0.05;
        }
        within("a task is apart, runs a side", static_cast<double>(runs), static_cast<double>(wrong) / samples, 0,
               mostFalse);
    }
}

struct Placed {
    std::vector<double> at;
    double scale = 1;
};

/// Runs of a task that scatter alike, some tasks more than others.
Placed placed(Random& random, std::size_t runs)
{
    Placed made{{}, std::exp(normal(random))};
    for (std::size_t r = 0; r < runs; ++r)
        made.at.push_back(made.scale * (random.fraction() < 0.3 ? 3 + normal(random) : normal(random)));
    return made;
}

std::vector<double> distancesOf(const std::vector<double>& at)
{
    std::vector<double> distances;
    for (const double one : at) {
        for (const double other : at)
            distances.push_back(std::abs(one - other));
    }
    return distances;
}

/// Forty tasks with too few runs to be judged alone: how many of those that do not differ are said to; and, where a
/// fourth is moved, how many of those that are said to are not moved: the mean over replays, none where nothing is
/// said.
void separationsAmongOthers()
{
    Random random(9);
    for (const auto& [first, second] : {std::pair{1, 1}, {1, 3}, {2, 2}, {3, 3}}) {
        constexpr int samples = 400;
        constexpr int tasks = 40;
        int wrong = 0;
        Discoveries found;
        for (int i = 0; i < samples; ++i) {
            for (const bool moved : {false, true}) {
                std::vector<SeparatedRuns> all;
                std::vector<double> reruns;
                for (int t = 0; t < tasks; ++t) {
                    Placed runs = placed(random, static_cast<std::size_t>(first + second));
                    for (int r = first; moved && t % 4 == 0 && r < first + second; ++r)
                        runs.at[static_cast<std::size_t>(r)] += 12 * runs.scale;
                    all.push_back(
                        {distancesOf(runs.at), static_cast<std::size_t>(first), static_cast<std::size_t>(second)});
                    const Placed again = placed(random, 2);
                    reruns.push_back(std::abs(again.at[0] - again.at[1]));
                }
                std::vector<double> p;
                for (const std::optional<double>& one : separationsOf(all, reruns))
                    p.push_back(one.value_or(1));
                if (!moved) {
                    wrong +=
                        static_cast<int>(std::count_if(p.begin(), p.end(), [](double one) { return one <= 0.05; }));
                    continue;
                }
                const std::vector<double> adjusted = adjustedForMany(p);
                int right = 0;
                int wrongly = 0;
                for (std::size_t t = 0; t < adjusted.size(); ++t)
                    ++(adjusted[t] > 0.05 ? found.unsaid : t % 4 == 0 ? right : wrongly);
                found.add(right, wrongly);
            }
        }
        const std::string runs = std::to_string(first) + " and " + std::to_string(second) + " runs";
        within("a task is apart beside others, " + runs, tasks, static_cast<double>(wrong) / samples / tasks, 0,
               mostFalse);
        found.tell(0.25, tasks, samples * tasks / 4);
    }
}

/// Sixty tasks of all kinds of outputs, as a replay sums them up: how often one is said to be changed where none is;
/// and where a tenth to a half are, how many of those said to be are not.
void changedTasks()
{
    Random random(11);
    for (const auto& [first, second] : {std::pair{1U, 3U}, {2U, 2U}, {3U, 3U}}) {
        for (const double share : {0.0, 0.1, 0.25, 0.5}) {
            constexpr int samples = 300;
            constexpr std::uint32_t tasks = 60;
            Discoveries found;
            int any = 0;
            for (int i = 0; i < samples; ++i) {
                ReplayPairing pairing{2, {}, {}, true};
                std::vector<ReplayVerdict> verdicts;
                for (std::uint32_t task = 0; task < tasks; ++task) {
                    std::vector<double> at = mixedOutputs(random, first + second);
                    for (std::uint32_t run = first; task < share * tasks && run < at.size(); ++run)
                        at[run] += 0.7;
                    addTask(pairing, verdicts, at, first);
                }
                int right = 0;
                int wrongly = 0;
                for (const ReplayTaskSummary& task : replaySummary(pairing, verdicts).tasks)
                    ++(task.state != ReplayTaskState::Changed ? found.unsaid
                       : task.task < share * tasks            ? right
                                                              : wrongly);
                found.add(right, wrongly);
                any += wrongly > 0;
            }
            const std::string runs = std::to_string(first) + " and " + std::to_string(second) + " runs";
            if (share == 0) {
                within("any task is changed, outputs of all kinds, " + runs, tasks, static_cast<double>(any) / samples,
                       0, mostFalse);
                continue;
            }
            found.tell(share, tasks, static_cast<int>(samples * share * tasks));
        }
    }
}

void noiseBands()
{
    Random random(6);
    for (const int tasks : {20, 50, 200}) {
        int outside = 0;
        int pairs = 0;
        for (int i = 0; i < 20'000; ++i) {
            // Reruns of the base only, one run of the candidate, which is the same model.
            std::vector<TaskRunsPair> made;
            for (int t = 0; t < tasks; ++t) {
                const double chance = difficulty(random);
                made.push_back({runsOf(random, chance, 4), runsOf(random, chance, 1)});
            }
            const std::optional<RerunNoise> noise = rerunNoise(made);
            double difference = 0;
            for (const double one : differencesOf(made))
                difference += one / tasks;
            ++pairs;
            outside += std::abs(difference) > noise->band;
        }
        within("difference beyond what reruns change", tasks, static_cast<double>(outside) / pairs, 0, mostFalse);
    }
}

/// The interval of what is done in both of two runs, by four runs of each task.
void passCurves()
{
    Random random(10);
    constexpr double truth = 0.33 * 0.02 * 0.02 + 0.25 * 0.97 * 0.97 + 0.42 / 3; // see difficulty()
    for (const int tasks : {20, 50, 150}) {
        constexpr int samples = 2'000;
        int given = 0;
        int missed = 0;
        for (int i = 0; i < samples; ++i) {
            std::vector<TaskRuns> made;
            for (int t = 0; t < tasks; ++t)
                made.push_back(runsOf(random, difficulty(random), 4));
            const std::optional<Interval> interval = passCurve(made, 2)[1].share.interval;
            given += interval.has_value();
            missed += interval && !interval->contains(truth);
        }
        within("interval of pass^2 misses the truth", tasks, static_cast<double>(missed) / given, 0, mostFalse);
    }
}

/// A gain by declining is said to be one only where there is one.
void decoupling()
{
    Random random(7);
    for (const std::uint64_t tasks : {50U, 200U}) {
        int wrong = 0;
        for (int i = 0; i < 4'000; ++i) {
            std::array<AttemptRates, 2> sides;
            for (AttemptRates& side : sides) {
                for (std::uint64_t t = 0; t < tasks; ++t) {
                    const bool attempted = random.fraction() < 0.85;
                    ++side.attempted.all;
                    side.attempted.of += attempted;
                    side.succeeded.all += attempted;
                    side.succeeded.of += attempted && random.fraction() < 0.6;
                }
            }
            const std::optional<AttemptParts> parts = partsByAttempt(sides[0], sides[1]);
            wrong += parts && parts->decoupled == Evidence::Difference;
        }
        within("gained by declining", static_cast<double>(tasks), wrong / 4'000.0, 0, mostFalse);
    }
}

/// A difference of the size that was called detectable is found in eight of ten cases.
void power()
{
    Random random(8);
    for (const int tasks : {30, 100, 400}) {
        constexpr double churn = 0.2;
        const double gained = detectableRate(static_cast<std::uint64_t>(tasks), churn).value_or(0);
        int found = 0;
        for (int i = 0; i < 2'000; ++i) {
            PairedOutcomes outcomes;
            for (int t = 0; t < tasks; ++t) {
                const double kind = random.fraction();
                ++(kind < churn / 2 + gained     ? outcomes.gains
                   : kind < churn + gained       ? outcomes.regressions
                   : kind < 0.5 + churn + gained ? outcomes.both
                                                 : outcomes.neither);
            }
            found += mcNemar(outcomes).p <= 0.05;
        }
        within("power at the detectable gain of " + std::to_string(gained).substr(0, 5), tasks, found / 2'000.0, 0.77,
               0.87);
    }
    for (const int tasks : {30, 100}) {
        const double gained = detectableMean(static_cast<std::uint64_t>(tasks), 0.4).value_or(0);
        int found = 0;
        for (int i = 0; i < 1'000; ++i) {
            std::vector<double> differences;
            for (int t = 0; t < tasks; ++t)
                differences.push_back(gained + 0.4 * normal(random));
            found += signFlipTest(differences).p <= 0.05;
        }
        within("  of means, sign flips", tasks, found / 1'000.0, 0.74, 0.86);
    }
}

} // namespace

int main()
{
    std::printf("%-62s %6s %8s   %s\n", "nothing differs: how often a test at 0.05 says that something does", "n",
                "share", "goal");
    mcNemarCounted();
    mcNemarDrawn();
    signFlips();
    signedRanks();
    manyMetrics();
    separations();
    separationsAmongOthers();
    changedTasks();
    noiseBands();
    passCurves();
    decoupling();
    std::printf("%-62s\n", "something differs: how often it is found");
    power();
    return summary();
}
