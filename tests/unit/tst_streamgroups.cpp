// layers: core analysis
#include "streamgroups.h"

#include <QTest>

using namespace arcscope;

namespace
{

struct Corpora {
    StreamSamples samples;
    StringPool pool;
    StringTable strings;

    StreamSample& add(std::string_view model)
    {
        StreamSample& sample = samples.all.emplace_back();
        sample.row = static_cast<Row>(samples.all.size() * 10);
        sample.events = 5;
        sample.model = text(model);
        return sample;
    }
    StringId text(std::string_view of)
    {
        const StringId id = of.empty() ? StringId{} : pool.intern(of);
        if (auto segment = pool.takeNew())
            strings.append(segment);
        return id;
    }
    std::vector<std::string> names(StreamGrouping by) const
    {
        std::vector<std::string> all;
        for (const StreamGroup& group : groupStreams(samples, strings, by))
            all.push_back(group.recorded ? group.name : "?");
        return all;
    }
};

using Names = std::vector<std::string>;
constexpr Nanos hour = 3'600 * second;

} // namespace

class TestStreamGroups : public QObject
{
    Q_OBJECT

private slots:
    void modelsBySize()
    {
        Corpora made;
        for (const char* model : {"small", "", "", "", "large", "large", "also"})
            made.add(model);
        QCOMPARE(made.names(StreamGrouping::Model), (Names{"large", "also", "small", "?"}));
        QCOMPARE(made.names(StreamGrouping::None), (Names{""}));
        QCOMPARE(made.names(StreamGrouping::Prompt), (Names{"?"}));
        QVERIFY(groupStreams({}, made.strings, StreamGrouping::Model).empty());
    }

    void promptVersionsByFirstUse()
    {
        Corpora made;
        const auto use = [&](const char* prompt, const char* version, Nanos start) {
            StreamSample& sample = made.add("m");
            sample.promptName = made.text(prompt);
            sample.promptVersion = made.text(version);
            sample.start = start;
        };
        use("greet", "v2", 500);
        use("greet", "v10", 100);
        use("greet", "v10", 900);
        use("answer", "", 700);
        use("", "7", 300);
        QCOMPARE(made.names(StreamGrouping::Prompt), (Names{"version 7", "answer", "greet @ v10", "greet @ v2"}));
    }

    void hoursOfTheCalendar()
    {
        Corpora made;
        for (const Nanos start : {hour * 490'000 + 5, hour * 489'999 + 5, hour * 490'000 + hour - 1, noTime, Nanos(-1)})
            made.add("m").start = start;
        QCOMPARE(made.names(StreamGrouping::Hour),
                 (Names{"1969-12-31 23:00", "2025-11-24 15:00", "2025-11-24 16:00", "?"}));
    }

    void surfacesAsRecorded()
    {
        Corpora made;
        made.add("m").surface = made.samples.surfaceNamed("voice");
        made.add("m");
        QCOMPARE(made.names(StreamGrouping::Surface), (Names{"voice", "?"}));
    }

    void onlyTheRowsAskedFor()
    {
        Corpora made;
        for (const char* model : {"a", "b", "a"})
            made.add(model);
        const std::vector<Row> rows{20, 25, 30};
        const auto groups = groupStreams(made.samples, made.strings, StreamGrouping::Model, &rows);
        QCOMPARE(groups.size(), std::size_t(2));
        QCOMPARE(groups[0].name, std::string("a"));
        QCOMPARE(groups[0].streams, std::vector<std::uint32_t>{2});
    }

    void totalsAddUp()
    {
        Corpora made;
        StreamSample& first = made.add("m");
        first.stalls = 2;
        first.stalled = 3 * second;
        first.length = 10 * second;
        first.shownBytes = 4'000;
        first.withdrawnBytes = 100;
        first.retractions = 3;
        first.draftTokens = 10;
        first.acceptedTokens = 5;
        first.draftBytes = 70;
        first.ending = StreamEnding::Ended;
        StreamSample& second = made.add("m");
        second.shownBytes = 1'000;
        second.draftTokens = 30;
        second.acceptedTokens = 27;
        const StreamTotals totals =
            totalsOf(made.samples, groupStreams(made.samples, made.strings, StreamGrouping::None).at(0));
        QCOMPARE(totals.streams, std::size_t(2));
        QCOMPARE(totals.withStalls, std::size_t(1));
        QCOMPARE(totals.stalledShare(), std::optional<double>(0.3));
        QCOMPARE(totals.withdrawnPerThousand(), std::optional<double>(20));
        QCOMPARE(totals.acceptance(), std::optional<double>(0.8));
        QCOMPARE(totals.endings[std::size_t(StreamEnding::Ended)], std::size_t(1));
        QCOMPARE(totals.endings[std::size_t(StreamEnding::NotRecorded)], std::size_t(1));
        QCOMPARE(StreamTotals().stalledShare(), std::nullopt);
        QCOMPARE(StreamTotals().acceptance(), std::nullopt);
        QCOMPARE(StreamTotals().withdrawnPerThousand(), std::nullopt);
    }

    void tokensAndBytesAreNotMixed()
    {
        Corpora made;
        made.add("m").tokens = 100;
        made.samples.all[0].writing = second;
        made.add("m").laterBytes = 600;
        made.samples.all[1].writing = second;
        const StreamGroup all = groupStreams(made.samples, made.strings, StreamGrouping::None).at(0);
        const Distribution tokens = distributionOf(made.samples, all, StreamMetric::TokenSpeed);
        QCOMPARE(tokens.count, std::size_t(1));
        QCOMPARE(tokens.notRecorded, std::size_t(1));
        QCOMPARE(tokens.max, 100.0);
        const Distribution bytes = distributionOf(made.samples, all, StreamMetric::ByteSpeed);
        QCOMPARE(bytes.count, std::size_t(1));
        QCOMPARE(bytes.min, 600.0);
        QCOMPARE(bytes.buckets.at(0).indices, std::vector<std::uint32_t>{1});
    }

    void wordsAreTheirOwn()
    {
        for (int i = 0; i < streamGroupingCount; ++i)
            QCOMPARE(int(streamGroupingNamed(name(static_cast<StreamGrouping>(i))).value()), i);
        QVERIFY(!streamGroupingNamed("day"));
    }
};

QTEST_APPLESS_MAIN(TestStreamGroups)
#include "tst_streamgroups.moc"
