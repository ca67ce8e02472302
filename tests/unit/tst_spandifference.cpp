// layers: core analysis
#include "spandifference.h"
#include "tracescript.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Every third call is slow: those of one tenant, with a long input.
TraceScript calls(int count)
{
    std::string lines;
    for (int i = 0; i < count; ++i) {
        const bool slow = i % 3 == 0;
        const std::string number = std::to_string(i);
        lines += "t" + number + " s" + number + " - model " + std::to_string(i * 10'000) + '-' +
                 std::to_string(i * 10'000 + (slow ? 5'000 : 500) + i) + " model=m" + std::to_string(i % 2) +
                 " tenant=" +
                 (slow         ? "acme"
                  : i % 7 == 0 ? "acme"
                               : "other") +
                 " in=" + std::to_string(slow ? 9'000 : 300 + i) + " out=50\n";
    }
    return TraceScript(lines);
}

std::vector<Row> rows(int from, int to, int step)
{
    std::vector<Row> all;
    for (int i = from; i < to; i += step)
        all.push_back(static_cast<Row>(i));
    return all;
}

const LensRow* rowNamed(const LensResult& result, std::string_view field)
{
    for (const LensRow& row : result.table.rows) {
        if (std::get<std::string>(row.cells[0]) == field)
            return &row;
    }
    return nullptr;
}

std::string evidence(const LensResult& result, std::string_view field)
{
    const LensRow* const row = rowNamed(result, field);
    return row ? std::get<std::string>(row->cells.back()) : "not tried";
}

} // namespace

class TestSpanDifference : public QObject
{
    Q_OBJECT

private slots:
    void whatDiffersComesFirst()
    {
        const TraceScript script = calls(120);
        const LensResult result =
            spanDifference(script.corpus, rows(0, 120, 1), rows(0, 120, 3), std::vector<std::string_view>{}).value();
        QCOMPARE(result.n, 40u);
        for (const char* field : {"tenant", "duration", "input tokens"})
            QCOMPARE(evidence(result, field), std::string("differs"));
        QCOMPARE(evidence(result, "served"), std::string("no evidence of a difference"));
        QCOMPARE(evidence(result, "output tokens"), std::string("not tried")); // all the same
        QVERIFY(result.sentence.starts_with("40 spans against 80 others: 3 of "));
        const LensChart& chart = result.charts[0];
        QVERIFY(chart.xAxis.categories[0] == "duration" || chart.xAxis.categories[0] == "input tokens");
        const auto tenant = std::find(chart.xAxis.categories.begin(), chart.xAxis.categories.end(), "tenant: acme");
        QVERIFY(tenant != chart.xAxis.categories.end());
        const auto at = static_cast<std::size_t>(tenant - chart.xAxis.categories.begin());
        QCOMPARE(chart.series[0].points[at].spans.size(), std::size_t(40));
        QVERIFY(result.caveats.back().starts_with("These are of 40 traces, the others of 80 traces"));
    }

    void whatTheChartIsDrawnByIsLeftOut()
    {
        const TraceScript script = calls(120);
        const std::vector<std::string_view> drawnBy{"tenant", "duration", "tokens"};
        const LensResult result = spanDifference(script.corpus, rows(0, 120, 1), rows(0, 120, 3), drawnBy).value();
        for (const char* field : {"tenant", "duration", "input tokens"})
            QCOMPARE(evidence(result, field), std::string("not tried"));
    }

    void fewTellNothing()
    {
        const TraceScript script = calls(12);
        const LensResult result =
            spanDifference(script.corpus, rows(0, 12, 1), rows(0, 12, 3), std::vector<std::string_view>{}).value();
        for (const LensRow& row : result.table.rows)
            QCOMPARE(std::get<std::string>(row.cells.back()), std::string("too few"));
        QVERIFY(result.charts[0].series[0].points.empty());
    }
};

QTEST_APPLESS_MAIN(TestSpanDifference)
#include "tst_spandifference.moc"
