// layers: analysis
#include "stalls.h"

#include <QTest>

using namespace arcscope;

namespace
{

constexpr Nanos ms = 1'000'000;

/// Moments from marks and the milliseconds in front of them.
std::vector<TimedMark> stream(std::initializer_list<std::pair<StreamMark, Nanos>> gaps)
{
    std::vector<TimedMark> moments;
    Nanos now = 5'000 * ms;
    for (const auto& [mark, gap] : gaps) {
        now += gap * ms;
        moments.push_back({now, mark});
    }
    return moments;
}

/// `count` chunks, `gap` ms apart.
std::vector<TimedMark> steady(int count, Nanos gap)
{
    std::vector<TimedMark> moments;
    for (int i = 0; i < count; ++i)
        moments.push_back({i * gap * ms, StreamMark::Content});
    return moments;
}

} // namespace

class TestStalls : public QObject
{
    Q_OBJECT

private slots:
    void everyPlaceHasItsName()
    {
        using M = StreamMark;
        const auto moments = stream({{M::Open, 0},
                                     {M::Content, 12'000},
                                     {M::Content, 20},
                                     {M::Content, 3'000},
                                     {M::ToolCall, 4'000},
                                     {M::ToolArguments, 20},
                                     {M::ToolArguments, 5'000},
                                     {M::Close, 6'000}});
        const auto stalls = findStalls(moments);
        QStringList found;
        for (const Stall& stall : stalls)
            found += QStringLiteral("%1: %2 ms")
                         .arg(QString::fromStdString(std::string(name(stall.place))))
                         .arg(stall.length / ms);
        // Of few gaps the rolling quantile is the longest one: the first stall raises the threshold for those behind
        // it.
        QCOMPARE(found, QStringList({"before the first token: 12000 ms", "within the text: 3000 ms"}));

        StallRules rules;
        rules.quantile = 0.4;
        found.clear();
        for (const Stall& stall : findStalls(moments, rules))
            found += QString::fromStdString(std::string(name(stall.place)));
        QCOMPARE(found, QStringList({"before the first token", "within the text", "before a tool call",
                                     "within a tool call", "after the last token"}));
    }

    void aGapIsJudgedByThoseBeforeIt()
    {
        auto moments = steady(100, 200);
        QVERIFY(findStalls(moments).empty());
        const auto insert = [&](Nanos gap) {
            auto changed = moments;
            for (std::size_t i = 50; i < changed.size(); ++i)
                changed[i].time += gap * ms;
            return findStalls(changed);
        };
        QVERIFY(insert(1'400).empty()); // 200 + 1,400 is not more than 8 · 200
        const auto stalls = insert(1'401);
        QCOMPARE(stalls.size(), std::size_t(1));
        QCOMPARE(stalls[0].first, std::size_t(49));
        QCOMPARE(stalls[0].last, std::size_t(50));
        QCOMPARE(stalls[0].length, 1'601 * ms);
        QCOMPARE(stalls[0].threshold, 1'600 * ms);
        QCOMPARE(stalls[0].to - stalls[0].from, stalls[0].length);
    }

    void aSecondIsTheLeast()
    {
        auto moments = steady(20, 10);
        moments.push_back({moments.back().time + 1'000 * ms, StreamMark::Content});
        QVERIFY(findStalls(moments).empty());
        moments.back().time += 1;
        QCOMPARE(findStalls(moments).size(), std::size_t(1));
    }

    void aStreamThatStaysSlowIsNoRowOfStalls()
    {
        auto moments = steady(100, 20);
        for (int i = 0; i < 100; ++i)
            moments.push_back({moments.back().time + 2'000 * ms, StreamMark::Content});
        QVERIFY(findStalls(moments).size() < 10);
    }

    void aSlowStartIsNone()
    {
        QVERIFY(findStalls(steady(12, 2'000)).empty());
        QVERIFY(findStalls(steady(3, 2'000)).empty());
        auto moments = steady(12, 20);
        for (std::size_t i = 1; i < moments.size(); ++i)
            moments[i].time += 2'000 * ms; // the first gap alone
        const auto stalls = findStalls(moments);
        QCOMPARE(stalls.size(), std::size_t(1));
        QCOMPARE(stalls[0].last, std::size_t(1));
    }

    void theOldestGapsAreForgotten()
    {
        auto moments = steady(10, 5'000); // slow, then fast
        for (int i = 0; i < 64; ++i)
            moments.push_back({moments.back().time + 10 * ms, StreamMark::Content});
        moments.push_back({moments.back().time + 2'000 * ms, StreamMark::Content});
        const auto stalls = findStalls(moments);
        QCOMPARE(stalls.back().last, moments.size() - 1);
        QCOMPARE(stalls.back().threshold, 1'000 * ms);
    }

    void whatIsNoContentDoesNotEndAGap()
    {
        using M = StreamMark;
        const auto stalls =
            findStalls(stream({{M::Content, 0}, {M::Content, 10}, {M::Other, 900}, {M::Other, 900}, {M::Content, 10}}));
        QCOMPARE(stalls.size(), std::size_t(1));
        QCOMPARE(stalls[0].first, std::size_t(1));
        QCOMPARE(stalls[0].last, std::size_t(4));
    }

    void theTimeToTheFirstTokenIsNoStallByTheSameRule()
    {
        using M = StreamMark;
        QVERIFY(findStalls(stream({{M::Open, 0}, {M::Content, 4'000}, {M::Close, 10}})).empty());
        QCOMPARE(findStalls(stream({{M::Open, 0}, {M::Close, 60'000}})).size(), std::size_t(1));
    }

    void timesMayBeMissingOrWrong()
    {
        using M = StreamMark;
        QVERIFY(findStalls({}).empty());
        const TimedMark unordered[] = {
            {100 * ms, M::Content}, {noTime, M::Content}, {50 * ms, M::Content}, {60 * ms, M::Content}};
        QVERIFY(findStalls(unordered).empty());
        const TimedMark far[] = {{noTime + 1, M::Content}, {-(noTime + 1), M::Content}};
        QCOMPARE(findStalls(far).size(), std::size_t(1));
        QCOMPARE(findStalls(far)[0].length, std::numeric_limits<Nanos>::max());
    }

    void theThresholdIsALine()
    {
        using M = StreamMark;
        const auto line = stallThresholds(
            stream({{M::Open, 0}, {M::Other, 5}, {M::Content, 5}, {M::Content, 500}, {M::Content, 500}}));
        QVERIFY(line == std::vector<Nanos>({-1, -1, 10'000 * ms, 4'000 * ms, 4'000 * ms})); // each by the other
        QVERIFY(stallThresholds(stream({{M::Content, 0}, {M::Content, 500}})) == std::vector<Nanos>({-1, 1'000 * ms}));
    }
};

QTEST_APPLESS_MAIN(TestStalls)
#include "tst_stalls.moc"
