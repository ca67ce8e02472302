// layers: core analysis
#include "ttftregressions.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace arcscope;

namespace
{

constexpr Nanos hour = 3'600 * second;
constexpr Nanos day = 1'762'992'000 * second;

/// Streams whose first token takes about a second, log-normal with a spread of 0.5.
struct Corpora {
    StreamSamples samples;
    StringPool pool;
    StringTable strings;
    std::mt19937 random{5};

    StringId text(std::string_view of)
    {
        const StringId id = of.empty() ? StringId{} : pool.intern(of);
        if (auto segment = pool.takeNew())
            strings.append(segment);
        return id;
    }
    void add(int count, std::string_view model, Nanos start, double factor = 1, std::string_view version = {},
             std::int64_t input = 500, Provenance source = Provenance::Measured)
    {
        std::lognormal_distribution<double> seconds(std::log(factor), 0.5);
        for (int i = 0; i < count; ++i) {
            StreamSample sample;
            sample.row = static_cast<Row>(samples.all.size());
            sample.model = text(model);
            sample.promptName = text(version.empty() ? "" : "greet");
            sample.promptVersion = text(version);
            sample.start = start + i * second;
            sample.firstToken = static_cast<Nanos>(seconds(random) * second);
            sample.firstTokenSource = source;
            sample.inputTokens = input;
            samples.all.push_back(sample);
        }
    }
    std::vector<TtftComparison> compared() const { return ttftRegressions(samples, strings); }
};

std::size_t slower(const std::vector<TtftComparison>& all)
{
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const auto& each) { return each.verdict == TtftVerdict::Slower; }));
}

} // namespace

class TestTtftRegressions : public QObject
{
    Q_OBJECT

private slots:
    void aSlowerModelVersionIsSeen()
    {
        Corpora made;
        made.add(100, "gpt-4o-2024-08-06", day);
        made.add(100, "gpt-4o-2024-11-20", day + hour / 2, 2);
        const auto all = made.compared();
        QCOMPARE(slower(all), std::size_t(1));
        const TtftComparison& found = all.at(0);
        QCOMPARE(int(found.by), int(StreamGrouping::Model));
        QCOMPARE(found.before, std::string("gpt-4o-2024-08-06"));
        QCOMPARE(found.after, std::string("gpt-4o-2024-11-20"));
        QVERIFY2(found.cohort == "gpt-4o, below 1,000 input tokens", found.cohort.c_str());
        QCOMPARE(found.baseline.size(), std::size_t(100));
        QCOMPARE(found.current.size(), std::size_t(100));
        QVERIFY(found.ratioLow < 2 && found.ratioHigh > 2 && found.ratioLow > 1.5);
        QVERIFY(found.currentMedian > 1.6 * found.baselineMedian);
        QVERIFY(found.adjusted >= found.p && found.adjusted < 0.01);
    }

    void aSlowerPromptVersionIsSeen()
    {
        Corpora made;
        made.add(80, "m", day, 1, "v1");
        made.add(80, "m", day + 100 * second, 1.8, "v2");
        const auto all = made.compared();
        QCOMPARE(slower(all), std::size_t(1));
        QCOMPARE(all.at(0).before, std::string("greet @ v1"));
        QCOMPARE(all.at(0).after, std::string("greet @ v2"));
    }

    void aSlowerHourIsSeen()
    {
        Corpora made;
        for (int i = 0; i < 8; ++i)
            made.add(60, "m", day + i * hour, i >= 5 ? 2 : 1);
        const auto all = made.compared();
        QCOMPARE(all.size(), std::size_t(7));
        QCOMPARE(slower(all), std::size_t(1));
        QCOMPARE(all.at(0).before, std::string("2025-11-13 04:00"));
        QCOMPARE(all.at(0).after, std::string("2025-11-13 05:00"));
    }

    void fasterIsNoRegression()
    {
        Corpora made;
        made.add(100, "m-20250101", day, 2);
        made.add(100, "m-20250601", day + hour / 2, 1);
        QCOMPARE(slower(made.compared()), std::size_t(0));
    }

    /// Significant by number alone: 5 % more is no regression.
    void aSmallChangeIsNone()
    {
        Corpora made;
        made.add(3'000, "m-001", day);
        made.add(3'000, "m-002", day, 1.07);
        const auto all = made.compared();
        QCOMPARE(all.size(), std::size_t(1));
        QVERIFY(all[0].adjusted < 0.01);
        QVERIFY(all[0].ratio > 1.02 && all[0].ratio < 1.15);
        QCOMPARE(int(all[0].verdict), int(TtftVerdict::NoEvidence));
    }

    void tooFewSayNothing()
    {
        Corpora made;
        made.add(19, "m-001", day);
        made.add(100, "m-002", day, 4);
        const auto all = made.compared();
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(int(all[0].verdict), int(TtftVerdict::TooFew));
        QVERIFY(all[0].currentMedian > all[0].baselineMedian);
        QCOMPARE(all[0].p, 1.0);
    }

    /// What else makes a first token late is no regression of the version.
    void onlyWhatIsAlikeIsCompared()
    {
        Corpora made;
        made.add(60, "a", day);
        made.add(60, "b", day + hour / 2, 3); // another model
        QVERIFY(made.compared().empty());
        Corpora sizes;
        sizes.add(60, "m-001", day, 1, {}, 500);
        sizes.add(60, "m-002", day, 3, {}, 50'000); // larger prompts
        QVERIFY(sizes.compared().empty());
        Corpora sources;
        sources.add(60, "m-001", day);
        sources.add(60, "m-002", day, 3, {}, 500, Provenance::Declared);
        QVERIFY(sources.compared().empty());
    }

    void nothingChangedIsNotSeen()
    {
        Corpora made;
        for (int model = 0; model < 20; ++model) {
            for (int i = 0; i < 24; ++i)
                made.add(30, "m" + std::to_string(model) + "x", day + i * hour);
        }
        const auto all = made.compared();
        QCOMPARE(all.size(), std::size_t(20 * 23));
        QCOMPARE(slower(all), std::size_t(0));
    }

    void aFilterLeavesOut()
    {
        Corpora made;
        made.add(40, "m-001", day);
        made.add(40, "m-002", day, 3);
        std::vector<Row> rows;
        for (Row row = 0; row < 50; ++row)
            rows.push_back(row);
        const auto all = ttftRegressions(made.samples, made.strings, &rows);
        QCOMPARE(int(all.at(0).verdict), int(TtftVerdict::TooFew));
        QCOMPARE(all[0].current.size(), std::size_t(10));
    }

    void familiesOfModels()
    {
        QCOMPARE(modelFamily("gpt-4o-2024-08-06"), std::string_view("gpt-4o"));
        QCOMPARE(modelFamily("claude-sonnet-4-20250514"), std::string_view("claude-sonnet-4"));
        QCOMPARE(modelFamily("claude-sonnet-4@20250514"), std::string_view("claude-sonnet-4"));
        QCOMPARE(modelFamily("gemini-1.5-pro-002"), std::string_view("gemini-1.5-pro"));
        QCOMPARE(modelFamily("gpt-4-0613"), std::string_view("gpt-4"));
        QCOMPARE(modelFamily("claude-3-5-haiku-latest"), std::string_view("claude-3-5-haiku"));
        QCOMPARE(modelFamily("claude-3-5"), std::string_view("claude-3-5"));
        QCOMPARE(modelFamily("o3"), std::string_view("o3"));
        QCOMPARE(modelFamily(""), std::string_view(""));
    }
};

QTEST_APPLESS_MAIN(TestTtftRegressions)
#include "tst_ttftregressions.moc"
