// layers: items core analysis
#include "replayfields.h"

#include "assembledcorpus.h"

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
