// layers: items core analysis
#include "stopscript.h"
#include "stopwords.h"

#include <QSet>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestStopWords : public QObject
{
    Q_OBJECT

private slots:
    void everyBucketHasItsOwnWordAndSign()
    {
        QSet<QString> words;
        QSet<QChar> signs;
        for (int i = 0; i < stopBucketCount; ++i) {
            const auto bucket = static_cast<StopBucket>(i);
            words << bucketText(bucket);
            signs << bucketSign(bucket);
            QVERIFY(bucketMeaning(bucket).endsWith(QLatin1Char('.')));
            const std::string_view known = label(bucket);
            QCOMPARE(bucketText(bucket), QString::fromUtf8(known.data(), static_cast<qsizetype>(known.size())));
        }
        QCOMPARE(words.size(), qsizetype(stopBucketCount));
        QCOMPARE(signs.size(), qsizetype(stopBucketCount));
        QCOMPARE(vendorWordText(""), QStringLiteral("not recorded"));
        QVERIFY(!vendorWordText("end\n_turn").contains(QLatin1Char('\n')));
    }

    void aPairSaysBothAndWhy()
    {
        const StopsPtr stops = fiveCalls();
        const Corpus& corpus = *stops->corpus;
        const StopPair whole = stopPair(corpus, stops->of(rowNamed(corpus, "a")));
        QCOMPARE(whole.text(), QStringLiteral("end_turn | complete"));
        QVERIFY(!whole.disagrees && whole.recorded);
        const StopPair cut = stopPair(corpus, stops->of(rowNamed(corpus, "b")));
        QCOMPARE(cut.text(), QString::fromUtf8("end_turn ≠ silent truncation"));
        QVERIFY(cut.tip().contains(QStringLiteral("Rule open_code: A block of code is open")));
        QVERIFY(cut.tip().contains(QStringLiteral("do not agree")));
        QCOMPARE(cut.spokenText(), QStringLiteral("stop reason end_turn, but it was silent truncation"));
        const StopPair none = stopPair(corpus, stops->of(rowNamed(corpus, "e")));
        QCOMPARE(none.text(), QStringLiteral("not recorded | unknown"));
        QVERIFY(!none.recorded);
        QVERIFY(none.tip().startsWith(QStringLiteral("The vendor's word is not recorded")));
        QVERIFY(stopPair(corpus, nullptr).isEmpty());
        QVERIFY(stopPair(corpus, nullptr).text().isEmpty() && stopPair(corpus, nullptr).tip().isEmpty());
    }

    void factsHaveWhatIsSaidBeside()
    {
        const StopsPtr stops = fiveCalls();
        const Corpus& corpus = *stops->corpus;
        SpanStop stop = *stops->of(rowNamed(corpus, "b"));
        stop.flags = bit(StopFlag::LooksWhole);
        for (std::size_t i = 0; i < stopRules().size(); ++i) {
            if (stopRules()[i].name == "mid_sentence" || stopRules()[i].name == "open_code")
                stop.also |= 1U << i;
        }
        const auto facts = stopFacts(corpus, &stop);
        QCOMPARE(facts.size(), std::size_t(4));
        QCOMPARE(facts[0].value, std::string("≠ silent truncation (the vendor's word says something else)"));
        QVERIFY(facts[1].value.starts_with("open_code: "));
        QCOMPARE(facts[3].value, std::string("Also holds: mid_sentence."));
        QVERIFY(stopFacts(corpus, nullptr).empty());
    }

    void sharesNeverSayNoneOrAllWhereThatIsWrong()
    {
        QCOMPARE(shareText(0, 5), QStringLiteral("0 %"));
        QCOMPARE(shareText(1, 1'000), QStringLiteral("< 1 %"));
        QCOMPARE(shareText(999, 1'000), QStringLiteral("> 99 %"));
        QCOMPARE(shareText(5, 5), QStringLiteral("100 %"));
        QCOMPARE(shareText(1, 3), QStringLiteral("33 %"));
        QCOMPARE(shareText(0, 0), QString());
    }
};

QTEST_GUILESS_MAIN(TestStopWords)
#include "tst_stopwords.moc"
