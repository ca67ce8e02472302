// layers: analysis
#include "contentloop.h"

#include <QTest>

using namespace arcscope;

namespace
{

const std::string prose =
    "The refund goes back to the card that paid, and it takes about five days until the bank shows it. If the card has "
    "been closed since then, the bank sends the money to the account that took its place, or it writes to the holder. ";

std::string times(int count, const std::string& unit)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += unit;
    return text;
}

/// "unit" with %1 for the number of the repeat.
std::string counted(int count, const QString& unit)
{
    std::string text;
    for (int i = 1; i <= count; ++i)
        text += unit.arg(i).toStdString();
    return text;
}

} // namespace

class TestContentLoop : public QObject
{
    Q_OBJECT

private slots:
    void findsAnExactLoop()
    {
        const std::string unit = "I will check the order again and come back to you. ";
        const std::string text = prose + times(6, unit);
        const auto loops = findLoops(text);
        QCOMPARE(loops.size(), std::size_t(1));
        const ContentLoop& loop = loops[0];
        QVERIFY(loop.exact);
        QCOMPARE(loop.from, std::int64_t(prose.size()));
        QCOMPARE(loop.to, std::int64_t(text.size() - 1)); // without the space at the end
        QCOMPARE(loop.period, std::int64_t(12));
        QCOMPARE(loop.periodBytes, std::int64_t(unit.size()));
        QCOMPARE(loop.tokens, std::int64_t(72));
        QCOMPARE(loop.repeats(), 6.0);
        QVERIFY(loop.seenWith <= loop.to && loop.seenWith > loop.from);
        QCOMPARE(loop.unit + ' ', unit);
    }

    void findsLoops_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("exact");
        QTest::newRow("three times") << QString::fromStdString(times(3, "we are looking into it for you now, ok. "))
                                     << true;
        QTest::newRow("one word") << QString::fromStdString(times(30, "no ")) << true;
        QTest::newRow("case") << QString::fromStdString(times(4, "Please wait for me. PLEASE WAIT FOR ME. ")) << true;
        QTest::newRow("Chinese") << QString::fromUtf8("我们会尽快处理您的退款").repeated(4) << true;
        QTest::newRow("counter") << QString::fromStdString(counted(5, "%1. Please check that the order is complete "
                                                                      "before you send it to the customer.\n"))
                                 << false;
        QTest::newRow("text around the same code")
            << QString("Run this to see whether the service is up again:\n```\ncurl localhost\n```\n").repeated(4)
            << true;
        QString drifting;
        for (const char* word : {"quickly", "soon", "today", "shortly", "at once", "now"})
            drifting +=
                QString("We are sorry for the delay and will send the parcel %1 so that it is with you before the end "
                        "of the week. ")
                    .arg(word);
        QTest::newRow("drifting words") << drifting << false;
    }
    void findsLoops()
    {
        QFETCH(QString, text);
        QFETCH(bool, exact);
        const auto loops = findLoops(prose + text.toStdString());
        QCOMPARE(loops.size(), std::size_t(1));
        QCOMPARE(loops[0].exact, exact);
        QVERIFY(loops[0].from >= std::int64_t(prose.size()) - 40);
    }

    void isSilent_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("prose") << QString("So far so good.");
        QTest::newRow("twice") << QString::fromStdString(prose);
        QTest::newRow("rule") << QString("-").repeated(400);
        QTest::newRow("digits") << QString("0.25, ").repeated(60);
        QTest::newRow("table") << QString("| a | same row |\n").repeated(40);
        QTest::newRow("code") << "\n```\n" + QString("    call(argument, other, third);\n").repeated(40) + "```\n";
        QTest::newRow("code that goes on") << "\n```\n" + QString("    call(argument, other, third);\n").repeated(40);
        QString records;
        for (int i = 0; i < 8; ++i)
            records += QString("%1. **HAT%2** - Departure: %3:00, Arrival: %4:30, Price: $%5\n")
                           .arg(i + 1)
                           .arg(100 + i * 37)
                           .arg(i + 6)
                           .arg(i + 9)
                           .arg(90 + i * 13);
        QTest::newRow("records") << records;
        QString list;
        for (const char* item :
             {"apples from the garden", "a loaf of rye bread", "two bottles of milk", "the blue tea cups"})
            list += QString("- %1\n").arg(item);
        QTest::newRow("list") << list.repeated(2);
        QTest::newRow("text around other code") << [] {
            QString text;
            for (int i = 0; i < 8; ++i)
                text += QString("Then run:\n```\nstep --number %1\n```\n").arg(i);
            return text;
        }();
    }
    void isSilent()
    {
        QFETCH(QString, text);
        const auto loops = findLoops(prose + text.toStdString());
        QVERIFY2(loops.empty(), loops.empty() ? "" : loops[0].unit.c_str());
    }

    void piecesChangeNothing()
    {
        const std::string text = prose + times(9, "we are looking into it for you now. ") + prose +
                                 counted(6, "%1. Please check that the order is complete before you send it.\n") +
                                 prose;
        const auto whole = findLoops(text);
        QCOMPARE(whole.size(), std::size_t(2));
        for (const std::size_t piece : {1u, 7u, 64u, 333u}) {
            LoopFinder finder;
            for (std::size_t at = 0; at < text.size(); at += piece)
                finder.feed(std::string_view(text).substr(at, piece));
            finder.finish();
            QCOMPARE(finder.loops().size(), whole.size());
            for (std::size_t i = 0; i < whole.size(); ++i) {
                QCOMPARE(finder.loops()[i].from, whole[i].from);
                QCOMPARE(finder.loops()[i].to, whole[i].to);
                QCOMPARE(finder.loops()[i].seenWith, whole[i].seenWith);
                QCOMPARE(finder.loops()[i].unit, whole[i].unit);
            }
        }
    }

    void theEndIsAlwaysLookedAt()
    {
        std::string before;
        const std::string loop = counted(5, "%1. Please check that the order is complete before you send it.\n");
        for (int i = 0; i < 64; ++i, before += std::string(1, static_cast<char>('a' + i % 26)) + ' ')
            QCOMPARE(findLoops(before + loop).size(), std::size_t(1));
    }

    void aLoopEndsWhereTheTextGoesOn()
    {
        const std::string unit = "it is on its way to you. ";
        const std::string looped = prose + times(20, unit);
        const auto loops = findLoops(looped + prose);
        QCOMPARE(loops.size(), std::size_t(1));
        QCOMPARE(loops[0].to, std::int64_t(looped.size() - 1));
        QCOMPARE(loops[0].repeats(), 20.0);
    }

    void aLongLoopIsOne()
    {
        const std::string unit = "I will look at it again and tell you what I find in the next message. ";
        const int count = 3'000; // far more than is kept
        LoopFinder finder;
        finder.feed(prose);
        for (int i = 0; i < count; ++i)
            finder.feed(unit);
        finder.feed(prose);
        finder.finish();
        QCOMPARE(finder.loops().size(), std::size_t(1));
        QCOMPARE(finder.loops()[0].repeats(), double(count));
        QCOMPARE(finder.loops()[0].from, std::int64_t(prose.size()));
        QVERIFY(finder.loops()[0].confirmed);
        QVERIFY(finder.loops()[0].novelty < 0.1);
        QVERIFY(finder.loops()[0].repeatedShare > 0.8);
    }

    void aShortLoopInProseIsNotConfirmed()
    {
        const auto loops = findLoops(prose + "Also: " + "this offer ends on Sunday at noon, so order today. " +
                                     times(2, "this offer ends on Sunday at noon, so order today. "));
        QCOMPARE(loops.size(), std::size_t(1));
        QVERIFY(!loops[0].confirmed);
    }

    void noveltyFollowsRepetition()
    {
        QCOMPARE(novelty(""), 1.0);
        QCOMPARE(novelty("abc"), 1.0);
        QVERIFY(novelty(prose) > 0.6);
        QVERIFY(novelty(times(2, prose)) < 0.55);
        QVERIFY(novelty(times(50, "abcdefgh")) < 0.05);
    }
};

QTEST_APPLESS_MAIN(TestContentLoop)
#include "tst_contentloop.moc"
