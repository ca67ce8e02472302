// layers: core analysis
#include "changemarkers.h"
#include "lensscript.h"
#include "lenstext.h"

#include <QTest>

#include <set>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Every value of every kind, and calls that lack most.
const char* const mixed =
    "t1 a - agent 0-9000 user=u-1 session=s-1 tenant=acme plan=trial task=k-1 trigger=cron name=run\n"
    "t1 b a model 0-1000 model=m-1 requested=m-1 in=100 out=20 cached=30 cost=500 stop=stop ttft=200 prompt=p "
    "version=1\n"
    "t1 c a model 2000-4000 model=m-2 requested=m-1 in=200 out=30 cost=900 status=error error=429 prompt=p version=2\n"
    "t2 d - model 3600000-3601000 model=m-1 in=50 out=5 session=s-2 user=u-1 prompt=p version=1\n"
    "t3 e - model -\n"
    "t3 f - tool 10-20 tool=x\n";

} // namespace

class TestLens : public QObject
{
    Q_OBJECT

private slots:
    void everyLensSaysWhatItIs()
    {
        QVERIFY(lenses().size() >= 10);
        std::set<std::string_view> names;
        for (const Lens& lens : lenses()) {
            QVERIFY2(names.insert(lens.name).second, lens.name.data());
            QCOMPARE(lensNamed(lens.name), &lens);
            QVERIFY2(!lens.title.empty() && lens.about.ends_with('?') && lens.caveat.ends_with('.'), lens.name.data());
            QVERIFY2(!lens.needs.fields.empty() && !lens.needs.columns.empty(), lens.name.data());
            for (const std::string_view detector : lens.needs.facts)
                QVERIFY2(detectorNamed(detector).collect, lens.name.data());
            for (const LensParameter& parameter : lens.parameters) {
                QVERIFY2(!parameter.about.empty(), lens.name.data());
                QVERIFY2(parameter.isText || !parameter.choices.empty() ||
                             (parameter.least <= parameter.standard && parameter.standard <= parameter.most &&
                              parameter.least < parameter.most),
                         lens.name.data());
            }
        }
        QCOMPARE(lensNamed("of nobody"), nullptr);
    }

    void oneIsNoPlural()
    {
        QCOMPARE(ofSoMany(1, "task arcs with a cost"), std::string("task arc with a cost"));
        QCOMPARE(ofSoMany(1, "traces"), std::string("trace"));
        QCOMPARE(ofSoMany(1, "answers to inputs that were sent more than once"),
                 std::string("answer to inputs that were sent more than once"));
        QCOMPARE(ofSoMany(2, "task arcs"), std::string("task arcs"));
        QCOMPARE(ofSoMany(0, "task arcs"), std::string("task arcs"));
    }

    void everyLensRunsOnAnything_data()
    {
        QTest::addColumn<QString>("lines");
        QTest::newRow("nothing") << "";
        QTest::newRow("one call") << "t a - model 0-10 model=m in=1 out=1 cost=5\n";
        QTest::newRow("one call that says nothing") << "t a - model -\n";
        QTest::newRow("no model call") << "t a - tool 0-10 tool=x\n";
        QTest::newRow("mixed") << QString::fromLatin1(mixed);
    }

    void everyLensRunsOnAnything()
    {
        QFETCH(QString, lines);
        TraceScript script(lines.toStdString());
        const ArcCorpus noArcs;
        const StreamSamples noStreams;
        for (const Lens& lens : lenses()) {
            for (const bool beside : {false, true}) {
                LensBeside with;
                with.arcs = beside ? &noArcs : nullptr;
                with.streams = beside ? &noStreams : nullptr;
                const LensResult result = lensOf(lens.name, script, with);
                const std::string fault = faultIn(lens, result, script.corpus);
                QVERIFY2(fault.empty(), fault.c_str());
            }
        }
    }

    void everyChoiceOfEveryParameterRuns()
    {
        TraceScript script(mixed);
        for (const Lens& lens : lenses()) {
            for (const LensParameter& parameter : lens.parameters) {
                for (const std::string_view choice : parameter.choices) {
                    LensBeside with;
                    with.values = {{std::string(parameter.name), std::string(choice)}};
                    const LensResult result = lensOf(lens.name, script, with);
                    const std::string fault = faultIn(lens, result, script.corpus);
                    QVERIFY2(fault.empty(), (fault + " with " + std::string(choice)).c_str());
                }
            }
        }
    }

    void onlyTheColumnsThatAreAskedForAreTouched()
    {
        // A lens that reads another column than it needs hits an assertion here.
        TraceScript script(mixed);
        const Corpus whole = script.corpus;
        for (const Lens& lens : lenses()) {
            if (!lens.needs.facts.empty())
                continue; // those get the columns of detectors, too
            script.corpus.spans = {};
            for (const auto& chunk : whole.spans.chunks()) {
                SpanTable::Chunk kept;
                kept.rows = chunk.rows;
                for (const SpanColumn column : lens.needs.columns)
                    kept.columns[static_cast<std::size_t>(column)] = chunk.columns[static_cast<std::size_t>(column)];
                script.corpus.spans.append(std::move(kept));
            }
            QVERIFY(!lensOf(lens.name, script).sentence.empty());
        }
    }

    void aFilterThatLeavesNothing()
    {
        TraceScript script(mixed);
        const std::vector<Row> none;
        for (const Lens& lens : lenses()) {
            LensBeside with;
            with.shown = &none;
            const LensResult result = lensOf(lens.name, script, with);
            QVERIFY2(faultIn(lens, result, script.corpus).empty(), lens.name.data());
            QVERIFY2(result.n == 0, lens.name.data());
        }
    }

    void valuesHaveBounds()
    {
        const Lens& lens = *lensNamed("served-models");
        LensValues values;
        QVERIFY(values.set(lens.parameters, "model", "requested"));
        QCOMPARE(values.word(lens.parameters[0]), "requested");
        QVERIFY(values.set(lens.parameters, "models", "3"));
        QCOMPARE(values.number(lens.parameters[1]), 3.0);
        QCOMPARE(LensValues().number(lens.parameters[1]), 8.0);
        QCOMPARE(LensValues().word(lens.parameters[0]), "served");
        QCOMPARE(values.set(lens.parameters, "model", "weather").error().message, "model is one of served, requested");
        QCOMPARE(values.set(lens.parameters, "models", "0").error().message, "models is a number from 1 to 50");
        QVERIFY(!values.set(lens.parameters, "models", "nan"));
        QVERIFY(!values.set(lens.parameters, "weather", "3"));
    }

    void servedModels()
    {
        TraceScript script(mixed);
        const LensResult result = lensOf("served-models", script);
        QCOMPARE(result.n, 4u);
        QCOMPARE(csvOf(result.table), "model,calls,share,share_part,share_of,share_low,share_high,first,last\n"
                                      "m-1,2,0.5,2,4,0.150039,0.849961,1970-01-01T00:00:00Z,1970-01-01T01:00:00Z\n"
                                      "m-2,1,0.25,1,4,0.0455873,0.699358,1970-01-01T00:00:02Z,1970-01-01T00:00:02Z\n"
                                      ",1,0.25,1,4,0.0455873,0.699358,,\n");
        QCOMPARE(missingIn(result), (std::vector<std::string>{"served 1/4", "start 1/4"}));
        QVERIFY(result.sentence.find("50 % (2 of 4) were answered by m-1") != std::string::npos);
        QCOMPARE(result.charts.front().kind, LensChartKind::StackedArea);
        QVERIFY(result.charts.front().markers.empty()); // too few to call the second model a change
        std::string lines;
        for (int i = 0; i < 100; ++i)
            lines += "t" + std::to_string(i) + " s" + std::to_string(i) + " - model " + std::to_string(i * 60'000) +
                     "-" + std::to_string(i * 60'000 + 10) + " model=" + (i < 60 ? "m-1" : "m-2") + "\n";
        TraceScript changed(lines);
        const std::vector<LensMarker> all = marksOf(changed.corpus, changeMarkers(changed.corpus));
        const auto markers = lensOf("served-models", changed, {.marks = &all}).charts.front().markers;
        QCOMPARE(markers.size(), 1u);
        QCOMPARE(markers[0].kind, "model");
        QCOMPARE(markers[0].label, "m-2");
        QCOMPARE(markers[0].row, Row{60});
        LensBeside with;
        with.values = {{"model", "requested"}};
        QCOMPARE(cellOf(lensOf("served-models", script, with), 0, "model"), "m-1");
    }

    void hours()
    {
        TraceScript script(mixed);
        LensBeside with;
        with.values = {{"metric", "duration"}, {"least", "1"}};
        const LensResult result = lensOf("hours", script, with);
        QCOMPARE(result.n, 3u); // one has no time
        QCOMPARE(result.table.rows.size(), 2u);
        QCOMPARE(cellOf(result, 0, "weekday"), "Thu");
        QCOMPARE(cellOf(result, 0, "hour"), "0");
        QCOMPARE(cellOf(result, 0, "calls"), "2");
        QCOMPARE(cellOf(result, 0, "duration"), "1.00 s");
        QCOMPARE(cellOf(result, 0, "error"), "50 % (9 to 91, n 2)");
        QCOMPARE(cellOf(result, 1, "hour"), "1");
        with.values = {{"offset", "-1"}};
        QCOMPARE(cellOf(lensOf("hours", script, with), 0, "weekday"), "Wed");
    }

    void stopBuckets()
    {
        TraceScript script(mixed);
        script.content("b").output = {said(Role::Assistant, "All is well, and your parcel is on its way.")};
        const LensResult result = lensOf("stop-buckets", script);
        QCOMPARE(result.n, 4u);
        QCOMPARE(cellOf(result, rowOf(result, "m-1"), "complete"), "50 % (9 to 91, n 2)");
        QCOMPARE(cellOf(result, rowOf(result, "m-2"), "external_stop"), "100 % (21 to 100, n 1)");
    }

    void metricsByModel()
    {
        TraceScript script(mixed);
        script.content("b").output = {said(Role::Assistant, "{\"open\": 1}")};
        script.content("d").output = {said(Role::Assistant, "{\"open\": ")};
        const LensResult result = lensOf("model-metrics", script);
        const std::size_t row = rowOf(result, "m-1");
        QCOMPARE(cellOf(result, row, "calls"), "2");
        QCOMPARE(cellOf(result, row, "valid_json"), "50 % (9 to 91, n 2)");
        QCOMPARE(cellOf(result, row, "ttft"), "200 ms");
        QCOMPARE(cellOf(result, row, "output_tokens"), "5");
        QCOMPARE(cellOf(result, row, "input_tokens"), "50");
        QCOMPARE(cellOf(result, row, "cost"), "0.000500 USD");
        QCOMPARE(cellOf(result, rowOf(result, "m-2"), "error"), "100 % (21 to 100, n 1)");
        QCOMPARE(cellOf(result, rowOf(result, "m-2"), "valid_json"), "–");
        LensBeside with;
        with.values = {{"by", "tenant"}, {"metric", "error"}};
        const LensResult byTenant = lensOf("model-metrics", script, with);
        QCOMPARE(cellOf(byTenant, 0, "tenant"), "acme"); // of the span around the call
        QCOMPARE(cellOf(byTenant, 0, "calls"), "2");
    }

    void costConcentration()
    {
        std::string lines;
        for (int i = 0; i < 20; ++i)
            lines += "t" + std::to_string(i) + " s" + std::to_string(i) + " - model " + std::to_string(i * 60'000) +
                     "-" + std::to_string(i * 60'000 + 10) + " cost=" + (i == 7 ? "8100" : "100") + " user=u" +
                     std::to_string(i) + "\n";
        TraceScript script(lines);
        const LensResult result = lensOf("cost-concentration", script);
        QCOMPARE(result.n, 20u);
        QCOMPARE(result.of, "users");
        QCOMPARE(cellOf(result, 0, "user"), "u7");
        QCOMPARE(cellOf(result, 0, "share"), "81 %");
        // Sum of 10,000: one of 8,100, nineteen of 100. Gini = 1 - (2 · 1,000 + 8,100 … ) by the trapezoids: 0.76.
        QVERIFY2(result.sentence.find("Gini 0.76") != std::string::npos, result.sentence.c_str());
        QVERIFY(result.sentence.find("top 5 % (1) have 81 %") != std::string::npos);
        QVERIFY(result.sentence.find("top 1 %") == std::string::npos); // would be a fifth of a user
        QCOMPARE(result.charts.front().kind, LensChartKind::Lorenz);
        QCOMPARE(result.charts.front().series[0].points.back().y, 1.0);

        TraceScript few("t1 a - model 0-1 cost=5 user=u\nt2 b - model 2-3 cost=7 user=v\n");
        const LensResult two = lensOf("cost-concentration", few);
        QVERIFY(two.sentence.find("Gini") == std::string::npos);
        QCOMPARE(two.caveats.size(), 1u);

        TraceScript regular("t1 a - model 0-1 cost=5 user=u\nt2 b - model 90000-90001 cost=7 user=u\n"
                            "t3 c - model 180000-180001 cost=7 user=u\nt4 d - model 270000-270001 cost=7 user=u\n"
                            "t5 e - model 360000-360001 cost=7 user=u\nt6 f - model 450000-450001 cost=7 user=u\n");
        QCOMPARE(cellOf(lensOf("cost-concentration", regular), 0, "rhythm"), "every 1 min 30 s");

        TraceScript tokensOnly("t1 a - model 0-1 in=5 out=1 user=u\nt2 b - model 2-3 in=1 out=1\n");
        const LensResult tokens = lensOf("cost-concentration", tokensOnly);
        QCOMPARE(cellOf(tokens, 0, "tokens"), "6");
        QCOMPARE(missingIn(tokens), (std::vector<std::string>{"user 1/2", "cost 2/2"}));
    }

    void tokensAMinute()
    {
        TraceScript script("t1 a - model 0-900 in=1000 out=10 service=batch\n"
                           "t2 b - model 30000-30900 in=500 out=10 service=batch\n"
                           "t3 c - model 61000-61100 in=7 out=1 service=chat\n"
                           "t4 d - model 62000-62100 service=chat status=error error=rate_limit_error\n");
        LensBeside with;
        with.values = {{"limit", "1200"}};
        const LensResult result = lensOf("token-rate", script, with);
        QCOMPARE(result.n, 4u);
        const std::size_t batch = rowOf(result, "batch");
        QCOMPARE(cellOf(result, batch, "peak"), "1,520");
        QCOMPARE(cellOf(result, batch, "tokens"), "1,520");
        QCOMPARE(cellOf(result, rowOf(result, "chat"), "refused"), "50 % (9 to 91, n 2)");
        QCOMPARE(result.charts.front().markers.size(), 1u);
        QCOMPARE(result.charts.front().limit, 1200.0);
        QCOMPARE(missingIn(result), (std::vector<std::string>{"tokens 1/4"}));
    }
};

QTEST_APPLESS_MAIN(TestLens)
#include "tst_lens.moc"
