// layers: items core analysis
#include "replayfields.h"

#include "assembledcorpus.h"
#include "foundreplay.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestReplayFields : public QObject
{
    Q_OBJECT

private slots:
    void names()
    {
        using Names = std::vector<std::string>;
        QCOMPARE(endsOfNames({"ic_sql_gpt-3.5_10.json", "ic_sql_gpt-4_10.json"}),
                 (Names{"\u2026gpt-3.5_10.json", "\u2026gpt-4_10.json"}));
        QCOMPARE(endsOfNames({"gpt-4.1", "gpt-5.1"}), (Names{"gpt-4.1", "gpt-5.1"}));
        QCOMPARE(endsOfNames({"run a b", "run a b"}), (Names{"\u2026a b", "\u2026a b"}));
        QCOMPARE(endsOfNames({"one_run_x"}), (Names{"one_run_x"}));
        QCOMPARE(endsOfNames({"", "a_b_c"}), (Names{"", "a_b_c"}));
        QVERIFY(endsOfNames({}).empty());
    }

    /// Two models ran three tasks each; the second one is told by what follows it.
    void models()
    {
        const Corpus corpus = corpusOf("t1 book - model 0-10 model=old session=a\n"
                                       "t2 cancel - model 20-30 model=old session=b\n"
                                       "t3 book - model 40-50 model=new session=c\n"
                                       "t4 cancel - model 60-70 model=new session=d\n");
        const ReplayFields fields = replayFields(corpus, {"/x/runs/all.json"});
        const ReplayField* const models = fieldNamed(fields, "model");
        QVERIFY(models);
        QCOMPARE(models->values.size(), std::size_t{2});
        QCOMPARE(models->values[0].text, std::string("old"));
        QCOMPARE(models->values[0].traces, (std::vector<std::uint32_t>{0, 1}));
        QCOMPARE(models->values[1].tasks, 2U);
        QVERIFY(!fieldNamed(fields, "file")); // all of one
        const ReplaySides likely = likelySides(fields, corpus);
        QCOMPARE(likely, (ReplaySides{"model", "old", {"new"}}));
        QCOMPARE(tracesOfSides(fields, likely), (std::vector<std::vector<std::uint32_t>>{{0, 1}, {2, 3}}));
        QVERIFY(tracesOfSides(fields, {"model", "old", {"gone"}}).empty());
        QVERIFY(tracesOfSides(fields, {"gone", "old", {"new"}}).empty());
    }

    /// One model ran each task twice: the first runs against the second ones.
    void reruns()
    {
        const Corpus corpus = corpusOf("t1 book - model 0-10 model=old\n"
                                       "t2 book - model 20-30 model=old\n"
                                       "t3 cancel - model 40-50 model=old\n"
                                       "t4 cancel - model 60-70 model=old\n");
        const ReplayFields fields = replayFields(corpus, {});
        QVERIFY(!fieldNamed(fields, "model"));
        QCOMPARE(likelySides(fields, corpus), (ReplaySides{"run", "run 1", {"run 2"}}));
    }

    /// Files are called by less of their paths before others are imported.
    void namesThatHaveGrown()
    {
        const std::vector<std::string> names{"q3/old.json", "q3/new.json", "q4/new.json", "old.json.gz"};
        QCOMPARE(sideNamed(names, "old.json"), &names[0]);
        QCOMPARE(sideNamed(names, "new.json"), &names[1]); // which was there before
        QCOMPARE(sideNamed(names, "q4/new.json"), &names[2]);
        QCOMPARE(sideNamed(names, "runs/q4/new.json"), &names[2]); // the others are not there any more
        QVERIFY(!sideNamed(names, "w.json"));
        QVERIFY(!sideNamed(names, "json"));
        QVERIFY(!sideNamed(names, ""));

        const ReplayFields fields{
            {"file", {{"q3/old.json", {0}, 1}, {"q3/new.json", {1}, 1}, {"q4/new.json", {2}, 1}}}};
        const ReplaySides now = sidesNow(fields, {"file", "old.json", {"new.json", "gone.json"}, "task"});
        QCOMPARE(now, (ReplaySides{"file", "q3/old.json", {"q3/new.json", "gone.json"}, "task"}));
        QVERIFY(!tracesOfSides(fields, sidesNow(fields, {"file", "old.json", {"new.json"}})).empty());
        FoundReplay found;
        found.sides = {"q3/old.json", "q3/new.json"};
        found.names = valuesOf(*fieldNamed(fields, "file"));
        found.summaries.resize(1);
        QVERIFY(found.isOf({"book", "old.json", "new.json", {}, "", 0}, 0));
        QVERIFY(found.isOf({"book", "q3/old.json", "q3/new.json", {}, "", 0}, 0));
        QVERIFY(!found.isOf({"book", "q3/old.json", "q4/new.json", {}, "", 0}, 0));
        QVERIFY(!found.isOf({"book", "new.json", "old.json", {}, "", 0}, 0));
    }

    void nothingInCommon()
    {
        const Corpus corpus = corpusOf("t1 book - model 0-10 model=old\nt2 cancel - model 20-30 model=new\n");
        QVERIFY(!likelySides(replayFields(corpus, {}), corpus).chosen());
        const Corpus one = corpusOf("t1 book - model 0-10 model=old\n");
        QVERIFY(replayFields(one, {}).empty());
    }
};

QTEST_GUILESS_MAIN(TestReplayFields)
#include "tst_replayfields.moc"
