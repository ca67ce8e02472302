// layers: core analysis
#include "lensscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

template <typename TableType, typename Name>
TableType tableOf(const std::vector<std::map<Name, std::int64_t>>& rows)
{
    TableType table;
    if (rows.empty())
        return table;
    typename TableType::Chunk chunk;
    chunk.rows = static_cast<std::uint32_t>(rows.size());
    for (std::size_t column = 0; column < chunk.columns.size(); ++column) {
        std::vector<std::int64_t> values;
        for (const auto& row : rows) {
            const auto known = row.find(static_cast<Name>(column));
            values.push_back(known == row.end() ? 0 : known->second);
        }
        chunk.columns[column] = std::make_shared<arcscope::Column>(encode(values));
    }
    table.append(std::move(chunk));
    return table;
}

/// One arc for each trace of a script.
struct Arc {
    ArcResolution resolution = ArcResolution::Unknown;
    ArcOutcome outcome = ArcOutcome::Unknown;
    ArcSource source = ArcSource::None;
    std::int64_t turns = 1;
    Nanos askedAgain = noTime; ///< behind the first answer
};

ArcCorpus arcsOf(const Corpus& corpus, const std::vector<Arc>& arcs)
{
    std::vector<std::map<ArcColumn, std::int64_t>> rows;
    std::vector<std::map<ArcSegmentColumn, std::int64_t>> segments;
    std::vector<std::map<ArcEventColumn, std::int64_t>> events;
    for (std::uint32_t i = 0; i < arcs.size(); ++i) {
        const Arc& arc = arcs[i];
        const std::vector<Row> spans = corpus.rowsOf(i);
        auto& row = rows.emplace_back();
        row[ArcColumn::Resolution] = static_cast<std::int64_t>(arc.resolution);
        row[ArcColumn::Outcome] = static_cast<std::int64_t>(arc.outcome);
        row[ArcColumn::OutcomeSource] = static_cast<std::int64_t>(arc.source);
        row[ArcColumn::Turns] = arc.turns;
        row[ArcColumn::ReAsks] = arc.askedAgain == noTime ? 0 : 1;
        for (int text = 0; text < spanTextCount; ++text)
            row[tagColumn(static_cast<SpanText>(text))] =
                corpus.spans.text(static_cast<SpanText>(text), spans.front()).value;
        segments.push_back({{ArcSegmentColumn::Arc, i},
                            {ArcSegmentColumn::Trace, i},
                            {ArcSegmentColumn::Start, corpus.spans.start(spans.front())},
                            {ArcSegmentColumn::Duration, -1}});
        const auto add = [&](ArcStep step, Nanos time, Row at) {
            events.push_back({{ArcEventColumn::Arc, i},
                              {ArcEventColumn::Segment, i},
                              {ArcEventColumn::Step, static_cast<std::int64_t>(step)},
                              {ArcEventColumn::Time, time},
                              {ArcEventColumn::SpanRow, at}});
        };
        add(ArcStep::Request, corpus.spans.start(spans.front()), spans.front());
        add(ArcStep::Response, corpus.spans.range(spans.front()).end, spans.front());
        if (arc.askedAgain != noTime)
            add(ArcStep::ReAsk, arc.askedAgain, spans.back());
    }
    ArcCorpus made;
    made.arcs = tableOf<ArcTable>(rows);
    made.segments = tableOf<ArcSegmentTable>(segments);
    made.events = tableOf<ArcEventTable>(events);
    return made;
}

LensResult soundLens(std::string_view name, TraceScript& script, const LensBeside& beside)
{
    LensResult result = lensOf(name, script, beside);
    const std::string fault = faultIn(*lensNamed(name), result, script.corpus);
    if (!fault.empty())
        qFatal("%s", fault.c_str());
    return result;
}

} // namespace

class TestArcLenses : public QObject
{
    Q_OBJECT

private slots:
    void whatAResolvedArcCosts()
    {
        // Two begin with the small model: one is asked again and goes to the large one; one begins with the large one.
        TraceScript script("t1 a - model 0-1000 model=small cost=100\nt1 b - model 2000-3000 model=small cost=200\n"
                           "t1 c - model 4000-5000 model=large cost=3000\nt2 d - model 0-1000 model=small cost=100\n"
                           "t3 e - model 0-1000 model=large cost=2000\nt4 f - model 0-1000 model=large\n");
        const ArcCorpus arcs =
            arcsOf(script.corpus, {{ArcResolution::Resolved, ArcOutcome::Succeeded, {}, 2, 1500 * millisecond},
                                   {ArcResolution::Abandoned},
                                   {ArcResolution::Resolved},
                                   {ArcResolution::Resolved}});
        LensBeside with;
        with.arcs = &arcs;
        const LensResult result = soundLens("resolved-cost", script, with);
        QCOMPARE(result.n, 3u); // one has no cost
        const std::size_t small = rowOf(result, "small");
        QCOMPARE(cellOf(result, small, "arcs"), "2");
        QCOMPARE(cellOf(result, small, "resolved"), "50 % (9 to 91, n 2)");
        QCOMPARE(cellOf(result, small, "per_resolved"), "0.00340 USD"); // 100 + 200 + 3,000 + 100
        QCOMPARE(cellOf(result, small, "first_try"), "0.000200 USD");
        QCOMPARE(cellOf(result, small, "asked_again"), "0.000200 USD");
        QCOMPARE(cellOf(result, small, "other_models"), "0.00300 USD");
        QCOMPARE(cellOf(result, rowOf(result, "large"), "per_resolved"), "0.00200 USD");
        QCOMPARE(missingIn(result), std::vector<std::string>{"cost 1/4"});
        QVERIFY(result.sentence.find("0.00340 USD where small was tried first (50 % (1 of 2) resolved)") !=
                std::string::npos);
        const ArcCorpus none = arcsOf(script.corpus, std::vector<Arc>(4));
        with.arcs = &none;
        QVERIFY(soundLens("resolved-cost", script, with).sentence.ends_with("None of them is known to be resolved."));
    }

    void resolvedCostsHaveIntervals()
    {
        std::string lines;
        std::vector<Arc> all;
        for (int i = 0; i < 40; ++i) {
            lines += "t" + std::to_string(i) + " s" + std::to_string(i) +
                     " - model 0-1000 model=m cost=" + std::to_string(100 + 17 * (i % 9)) + "\n";
            Arc arc;
            arc.resolution = i % 4 == 0 ? ArcResolution::Abandoned : ArcResolution::Resolved;
            all.push_back(arc);
        }
        TraceScript script(lines);
        const ArcCorpus arcs = arcsOf(script.corpus, all);
        LensBeside with;
        with.arcs = &arcs;
        const LensResult result = soundLens("resolved-cost", script, with);
        const LensPoint& whole = result.charts[1].series[0].points[0];
        QCOMPARE(whole.n, 30u);
        QVERIFY(whole.low < whole.y && whole.y < whole.high);
        QVERIFY(whole.low > 0.5 * whole.y && whole.high < 2 * whole.y);
        QCOMPARE(cellOf(result, 0, "per_resolved_low").empty(), false);
        const LensChart& scatter = result.charts[2];
        QCOMPARE(scatter.kind, LensChartKind::Scatter);
        std::size_t points = 0;
        for (const LensSeries& series : scatter.series)
            points += series.points.size();
        QCOMPARE(points, std::size_t(40));
    }

    void plansSliceEverything()
    {
        TraceScript script("t1 a - model 0-1000 plan=free user=u1\nt2 b - model 0-1000 plan=free user=u2\n"
                           "t3 c - model 0-1000 plan=pro user=u3\nt4 d - model 0-1000\n");
        const ArcCorpus arcs =
            arcsOf(script.corpus, {{ArcResolution::Resolved, ArcOutcome::Succeeded, ArcSource::DataLabel},
                                   {ArcResolution::Abandoned, ArcOutcome::Failed, ArcSource::Rule, 3, 5},
                                   {ArcResolution::Unknown},
                                   {ArcResolution::Unknown}});
        LensBeside with;
        with.arcs = &arcs;
        const LensResult result = soundLens("plans", script, with);
        QCOMPARE(result.n, 4u);
        const std::size_t free = rowOf(result, "free");
        QCOMPARE(cellOf(result, free, "calls"), "2");
        QCOMPARE(cellOf(result, free, "users"), "2");
        QCOMPARE(cellOf(result, free, "arcs"), "2");
        QCOMPARE(cellOf(result, free, "labelled"), "50 % (9 to 91, n 2)");
        QCOMPARE(cellOf(result, free, "succeeded"), "50 % (9 to 91, n 2)");
        QCOMPARE(cellOf(result, free, "abandoned"), "50 % (9 to 91, n 2)");
        QCOMPARE(cellOf(result, rowOf(result, "pro"), "asked_again"), "0 % (0 to 79, n 1)");
        QCOMPARE(missingIn(result)[0], "plan 1/4");
        QCOMPARE(missingIn(result)[1], "outcome 3/4");
    }

    void simulatedAgainstReal()
    {
        std::string lines;
        std::vector<Arc> all;
        for (int i = 0; i < 40; ++i) {
            lines += "t" + std::to_string(i) + " s" + std::to_string(i) + " - model " + std::to_string(i) + "-" +
                     std::to_string(i + 1) + " env=" + (i % 2 == 0 ? "Simulation" : "production") + "\n";
            Arc arc;
            arc.turns = i % 2 == 0 ? 2 : i % 4 == 1 ? 2 : 8;
            all.push_back(arc);
        }
        TraceScript script(lines + "tx sx - model 0-1\n");
        all.emplace_back();
        const ArcCorpus arcs = arcsOf(script.corpus, all);
        LensBeside with;
        with.arcs = &arcs;
        const LensResult result = soundLens("simulation", script, with);
        QCOMPARE(result.n, 40u);
        QCOMPARE(cellOf(result, 0, "simulated"), "100 % (84 to 100, n 20)");
        QCOMPARE(cellOf(result, 0, "real"), "50 % (30 to 70, n 20)");
        QVERIFY2(result.sentence.find("turns of the user 0.50 (p 0.00)") != std::string::npos, result.sentence.c_str());
        QCOMPARE(missingIn(result), std::vector<std::string>{"env 1/41"});
        with.values = {{"simulated", "weather"}};
        QVERIFY(soundLens("simulation", script, with).sentence.find("none is told as simulated") != std::string::npos);
    }

    void twoVersionsOfAPrompt()
    {
        std::string lines;
        std::vector<Arc> all;
        for (int i = 0; i < 60; ++i) {
            const bool late = i >= 30;
            lines += "t" + std::to_string(i) + " s" + std::to_string(i) + " - model " + std::to_string(i * 1'000) +
                     "-" + std::to_string(i * 1'000 + 100 + i) +
                     " stop=stop prompt=refund version=" + (late ? "42" : "41") + " task=k" + std::to_string(i % 30) +
                     (late && i % 2 == 0 ? " status=error" : "") + "\n";
            Arc arc;
            arc.askedAgain = late && i % 3 == 0 ? Nanos{i + 1} * second : noTime;
            all.push_back(arc);
        }
        TraceScript script(lines);
        const ArcCorpus arcs = arcsOf(script.corpus, all);
        LensBeside with;
        with.arcs = &arcs;
        const LensResult result = soundLens("prompt-versions", script, with);
        QCOMPARE(result.n, 60u);
        const std::size_t error = rowOf(result, "Error");
        QCOMPARE(cellOf(result, error, "first"), "0 %");
        QCOMPARE(cellOf(result, error, "second"), "50 %");
        QCOMPARE(cellOf(result, error, "difference"), "50 %");
        QVERIFY(std::get<LensNumber>(result.table.rows[error].cells[11]).value > 0.25);
        const std::size_t again = rowOf(result, "Asked again by the user");
        QCOMPARE(cellOf(result, again, "second"), "33 %");
        QCOMPARE(cellOf(result, again, "second_n"), "30");
        QVERIFY(result.sentence.starts_with("refund 42 (30 calls) against refund 41 (30 calls): "));
        QVERIFY(result.sentence.find("Error 0 % → 50 %") != std::string::npos);
        QVERIFY(result.sentence.find("Cut off") == std::string::npos);
        const auto warned = [&](const char* words) {
            return std::any_of(result.caveats.begin(), result.caveats.end(),
                               [&](const std::string& text) { return text.find(words) != std::string::npos; });
        };
        QVERIFY(warned("30 tasks holds calls of both versions") || warned("30 tasks hold calls of both versions"));
        QVERIFY(warned("not in use at the same time"));
        with.values = {{"a", "42"}, {"b", "41"}};
        QVERIFY(soundLens("prompt-versions", script, with).sentence.starts_with("refund 41"));
        with.values = {{"prompt", "weather"}};
        QCOMPARE(soundLens("prompt-versions", script, with).n, 0u);
    }

    void insideAndOutsideOfFailovers()
    {
        TraceScript script("t1 a - model 0-1000 requested=gpt-4o model=gpt-4o-2024-08-06\n"
                           "t2 b - model 600000-601000 requested=gpt-4o model=gpt-4o-mini status=error\n"
                           "t3 c - model 660000-661000 requested=gpt-4o model=gpt-4o-mini\n"
                           "t4 d - model 660500-661000 requested=gpt-4o model=gpt-4o\n"
                           "t5 e - model 7200000-7201000 requested=gpt-4o model=gpt-4o-mini\n"
                           "t6 f - model 660500-661000 requested=o3 model=o3\n"
                           "t7 g - model 9000000-9001000 requested=gpt-4o model=gpt-4o\n");
        const LensResult result = soundLens("failovers", script, {});
        QCOMPARE(result.n, 6u); // o3 had nobody to stand in for it
        QVERIFY2(
            result.sentence.starts_with("2 windows in which another model stood in, with 4 calls inside and 2 outside"),
            result.sentence.c_str());
        QCOMPARE(cellOf(result, rowOf(result, "Error"), "second"), "25 %");
        QCOMPARE(result.charts.front().series[0].points.size(), 2u);
        QCOMPARE(result.charts.front().series[0].points[0].n, 2u);
        TraceScript same("t1 a - model 0-1000 requested=gpt-4o model=gpt-4o\n");
        QCOMPARE(soundLens("failovers", same, {}).n, 0u);
    }
};

QTEST_APPLESS_MAIN(TestArcLenses)
#include "tst_arclenses.moc"
