// layers: core analysis
#include "streamflips.h"

#include "streamanalysis.h"
#include "streamscript.h"

#include <QElapsedTimer>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestStreamFlips : public QObject
{
    Q_OBJECT

private slots:
    void whatIsTakenBackLater()
    {
        const auto model = StreamModel::of(streamOf("0 start\n"
                                                    "10 chunk Yes._The_job_runs_every_night.\n"
                                                    "20 chunk _It_writes_a_report.\n"
                                                    "500 chunk _Wait,_the_answer_is_no.\n"
                                                    "600 end"));
        const auto found = flipsOf(*model);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].rule, StreamRule::ClaimFlip);
        QCOMPARE(found[0].before, std::string("Yes."));
        QCOMPARE(found[0].instead, std::string("Wait, the answer is no."));
        QCOMPARE(found[0].from, 1u);
        QCOMPARE(found[0].to, 3u);
        QCOMPARE(found[0].exposure, 490 * millisecond);
        QVERIFY(QString::fromStdString(found[0].what).contains("with “wait”"));
    }

    void flips_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("count");
        QTest::newRow("a number, silently") << QByteArray("The cluster has 12 worker nodes. It is fast. "
                                                          "The cluster has 15 worker nodes.")
                                            << 1;
        QTest::newRow("a number, with a cue") << QByteArray("The cluster has 12 worker nodes. It is fast. "
                                                            "Actually, the cluster has 15 worker nodes.")
                                              << 1;
        QTest::newRow("another value of a part, with a cue")
            << QByteArray("You can return the bag within 30 days. Let me look. "
                          "Actually, those of a sale can be returned within 14 days only.")
            << 1;
        QTest::newRow("another value, with a cue, of something else")
            << QByteArray("The bag weighs 30 grams. Actually, it rains for 14 days.") << 0;
        QTest::newRow("the same value, with a cue")
            << QByteArray("You can return it within 14 days. Actually, all bags can be returned within two weeks.")
            << 0;
        QTest::newRow("two clusters") << QByteArray("The old cluster has 12 worker nodes. "
                                                    "The new cluster has 15 worker nodes.")
                                      << 0;
        QTest::newRow("yes stays") << QByteArray("Yes. The job runs. No file is left behind.") << 0;
        QTest::newRow("one sentence") << QByteArray("Yes, it does.") << 0;
        QTest::newRow("a question") << QByteArray("Yes. Is the answer no? It is not.") << 0;
        QTest::newRow("actually, in other words")
            << QByteArray("The job runs at night. Actually, the job runs at night.") << 0;
    }

    void flips()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, count);
        const QByteArray script = "0 start\n10 chunk " + text.replace(' ', '_') + "\n600 end";
        const auto model = StreamModel::of(streamOf(script.constData()));
        QCOMPARE(int(flipsOf(*model).size()), count);
    }

    void wordsAndValuesAreMarked()
    {
        const auto model = StreamModel::of(streamOf("0 start\n"
                                                    "10 chunk The_cluster_has_12_worker_nodes._It_is_fast.\n"
                                                    "20 chunk _Actually,_the_cluster_has_15_worker_nodes.\n"
                                                    "600 end"));
        const auto found = flipsOf(*model);
        QCOMPARE(found.size(), std::size_t(1));
        const auto marked = [](const std::string& quote, const std::vector<QuoteMark>& marks) {
            QStringList words;
            for (const QuoteMark& mark : marks)
                words << QString::fromStdString(quote.substr(mark.from, mark.to - mark.from)) +
                             (mark.link == QuoteMark::differs ? "!" : "");
            return words.join(u' ');
        };
        const QString before = marked(found[0].before, found[0].beforeMarks);
        QVERIFY2(before.startsWith("cluster 12") && before.count(u'!') == 1, qPrintable(before));
        const QString instead = marked(found[0].instead, found[0].insteadMarks);
        QVERIFY2(instead.startsWith("cluster 15") && instead.count(u'!') == 1, qPrintable(instead));
    }

    void theViewHasALink()
    {
        const StreamAnalysis made = analysed(streamOf("0 start\n"
                                                      "10 chunk Yes._It_runs_every_night.\n"
                                                      "500 chunk _Wait,_the_answer_is_no.\n"
                                                      "600 end"),
                                             {}, {});
        QCOMPARE(made.marks.links.size(), std::size_t(1));
        QCOMPARE(made.marks.links[0].from, 1u);
        QCOMPARE(made.marks.links[0].to, 2u);
    }

    void longTextsAreReadToABound()
    {
        QByteArray script("0 start\n");
        for (int i = 0; i < 40'000; ++i)
            script += "10 chunk The_cluster_has_" + QByteArray::number(i) + "_worker_nodes._\n";
        script += "20 end";
        const auto model = StreamModel::of(streamOf(script.constData()));
        QElapsedTimer timer;
        timer.start();
        flipsOf(*model);
        QVERIFY(timer.elapsed() < 5000);
    }
};

QTEST_APPLESS_MAIN(TestStreamFlips)
#include "tst_streamflips.moc"
