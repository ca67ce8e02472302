// layers: analysis
#include "reruns.h"

#include "detectable.h"
#include "multiplicity.h"
#include "separation.h"

#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace arcscope;

namespace
{

bool near(double a, double b, double off = 1e-9)
{
    return std::abs(a - b) <= off;
}

} // namespace

class TestReruns : public QObject
{
    Q_OBJECT

private slots:
    void passAllRuns()
    {
        QVERIFY(near(*passAll({3, 4}, 1), 0.75));
        QVERIFY(near(*passAll({3, 4}, 2), 0.5));
        QVERIFY(near(*passAll({3, 4}, 4), 0));
        QVERIFY(near(*passAll({5, 5}, 5), 1));
        QVERIFY(!passAll({3, 4}, 5));
    }

    void curve()
    {
        const std::array<TaskRuns, 3> tasks{{{4, 4}, {2, 4}, {1, 2}}};
        const std::vector<PassPoint> points = passCurve(tasks);
        QCOMPARE(points.size(), std::size_t{4});
        QVERIFY(near(points[0].share.value, (1 + 0.5 + 0.5) / 3));
        QVERIFY(near(points[1].share.value, (1 + 1.0 / 6 + 0) / 3));
        QCOMPARE(points[2].tasks, std::uint64_t{2});
        QVERIFY(!points[0].share.interval);
        QVERIFY(passCurve({}).empty());
    }

    /// Two tasks with two runs a side: one always the same, one that differs in each pair.
    void noise()
    {
        const std::array<TaskRunsPair, 2> tasks{{{{2, 2}, {0, 2}}, {{1, 2}, {1, 2}}}};
        const std::optional<RerunNoise> found = rerunNoise(tasks);
        QVERIFY(found);
        QCOMPARE(found->tasks, std::uint64_t{2});
        QCOMPARE(found->pairs, std::uint64_t{4});
        QVERIFY(near(found->churn, 0.5));
        // Variance of a run 0.25; the sides of a task differ with 0.25 (1/2 + 1/2), their mean over two with half of
        // it. From two tasks that differ as they can, freedom is least: t is 3.18.
        QVERIFY(near(found->band, 3.178 * std::sqrt(0.125), 2e-3));
        const std::vector<TaskRunsPair> alike(400, {{1, 2}, {1, 2}});
        QVERIFY(near(rerunNoise(alike)->band, 1.966 * std::sqrt(0.5 / 400), 1e-4));
        const std::array<TaskRunsPair, 2> single{{{{1, 1}, {0, 1}}, {{1, 1}, {1, 1}}}};
        QVERIFY(!rerunNoise(single));
    }

    void holm()
    {
        const std::vector<double> adjusted = adjustedByHolm(std::array{0.01, 0.04, 0.03, 0.005});
        QVERIFY(near(adjusted[0], 0.03) && near(adjusted[1], 0.06) && near(adjusted[2], 0.06) &&
                near(adjusted[3], 0.02));
    }

    /// All runs of one side alike, those of the other, too, and far from the first: 2 of 6 arrangements.
    void separated()
    {
        const std::array<double, 16> apart{0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0};
        const SeparationTest test = separationTest(apart, 2, 2);
        QVERIFY(test.exact);
        QVERIFY(near(test.apart, 1));
        QVERIFY(near(test.p, 2.0 / 6));
        QCOMPARE(separationTest(std::array<double, 4>{0, 1, 1, 0}, 1, 1).p, 1.0);
        std::vector<double> many(400, 0.0);
        for (std::size_t i = 0; i < 20; ++i) {
            for (std::size_t j = 0; j < 20; ++j)
                many[i * 20 + j] = (i < 10) != (j < 10) ? 1 : 0;
        }
        const SeparationTest drawn = separationTest(many, 10, 10);
        QVERIFY(!drawn.exact);
        QCOMPARE(drawn.p, 1e-4);
    }

    /// No arrangement of two runs a side is rare; beside those of forty tasks one that is apart is.
    void separatedAmongOthers()
    {
        std::vector<SeparatedRuns> tasks;
        for (int i = 0; i < 40; ++i) {
            const double far = i == 7 ? 1 : 0.1;
            std::vector<double> distances(16, 0.1);
            for (std::size_t run = 0; run < 4; ++run) {
                distances[run * 4 + run] = 0;
                for (std::size_t other = 0; other < 4; ++other)
                    distances[run * 4 + other] = (run < 2) != (other < 2) ? far : distances[run * 4 + other];
            }
            tasks.push_back({std::move(distances), 2, 2});
        }
        const auto chances = separationsOf(tasks, {});
        QVERIFY(chances[7] && near(*chances[7], 1.0 / 81));
        QVERIFY(chances[0] && *chances[0] > 0.9);
        // Alone it is not told.
        QVERIFY(!separationsOf(std::vector<SeparatedRuns>{tasks[7]}, {}).front());
    }

    /// One run a side is held against what two runs of one side are apart.
    void singleRunsBesideReruns()
    {
        std::vector<double> reruns;
        for (int i = 1; i <= 99; ++i)
            reruns.push_back(i / 100.0);
        const auto of = [](double distance) { return SeparatedRuns{{0, distance, distance, 0}, 1, 1}; };
        const auto chances = separationsOf(std::vector<SeparatedRuns>{of(1), of(0.5), of(0)}, reruns);
        QVERIFY(near(*chances[0], 0.01) && near(*chances[1], 0.51) && near(*chances[2], 1));
        QVERIFY(!separationsOf(std::vector<SeparatedRuns>{of(1)}, std::span(reruns).first(18)).front());
    }

    void enoughRunsAreJudgedAlone()
    {
        std::vector<double> distances(100, 0.0);
        for (std::size_t i = 0; i < 10; ++i) {
            for (std::size_t j = 0; j < 10; ++j)
                distances[i * 10 + j] = (i < 5) != (j < 5) ? 1 : 0;
        }
        const auto chances = separationsOf(std::vector<SeparatedRuns>{{distances, 5, 5}}, {});
        QVERIFY(chances.front() && near(*chances.front(), 2.0 / 252));
    }

    /// Exact test: 5 tasks cannot show anything, 6 only where all are gained: x^6 = 0.8.
    void detectable()
    {
        QVERIFY(!detectableRate(5, 0));
        QVERIFY(near(*detectableRate(6, 0), std::pow(0.8, 1.0 / 6), 1e-5));
        QVERIFY(*detectableRate(50, 0.2) > *detectableRate(200, 0.2));
        QVERIFY(*detectableRate(100, 0.3) > *detectableRate(100, 0.1));
        QVERIFY(near(*detectableRate(300, 0.2), *detectableRate(301, 0.2), 0.01));
        QVERIFY(near(*detectableMean(100, 0.5), 2.8016 * 0.05, 1e-4));
        QVERIFY(!detectableMean(5, 0.5));
    }
};

QTEST_APPLESS_MAIN(TestReruns)
#include "tst_reruns.moc"
