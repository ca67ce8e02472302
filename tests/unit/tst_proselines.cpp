// layers: analysis
#include "proselines.h"

#include <QTest>

using namespace arcscope;

class TestProseLines : public QObject
{
    Q_OBJECT

private slots:
    void markersAreMeasured_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("size");
        QTest::newRow("dash") << QByteArray("- a") << 1;
        QTest::newRow("bare dash") << QByteArray("-") << 1;
        QTest::newRow("number") << QByteArray("12. a") << 3;
        QTest::newRow("bracket") << QByteArray("3) a") << 2;
        QTest::newRow("heading") << QByteArray("## a") << 2;
        QTest::newRow("bullet") << QByteArray("\xe2\x80\xa2 a") << 3;
        QTest::newRow("amount") << QByteArray("3.5 litres") << 0;
        QTest::newRow("year") << QByteArray("2024 was dry") << 0;
        QTest::newRow("emphasis") << QByteArray("**a**") << 0;
        QTest::newRow("negative") << QByteArray("-5 degrees") << 0;
        QTest::newRow("hashtag") << QByteArray("#tag") << 0;
        QTest::newRow("nothing") << QByteArray("") << 0;
    }
    void markersAreMeasured()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, size);
        QCOMPARE(int(prose::markerSize(line.toStdString())), size);
    }

    void sentencesEnd()
    {
        for (const char* end : {".", "!", "?", "\xe2\x80\xa6", "\xe3\x80\x82", "\xf0\x9f\x98\x80", "\xe2\x9c\x93"})
            QVERIFY2(prose::isTerminator(end), end);
        for (const char* end : {"a", ",", "", "\xc3\xa9", "\xe2\x80\x94", "\xe9\x87\x91"})
            QVERIFY2(!prose::isTerminator(end), end);
        QCOMPARE(prose::withoutClosers("(\"done.\")**"), std::string_view("(\"done."));
        QCOMPARE(prose::lastCharacter("caf\xc3\xa9"), std::string_view("\xc3\xa9"));
        QCOMPARE(prose::lastCharacter(""), std::string_view());
    }

    void wordsAreCounted()
    {
        QCOMPARE(prose::wordCount(" don't - caf\xc3\xa9 12 "), std::size_t(4));
        QCOMPARE(prose::lower("It's \xc3\x89"), std::string("it's \xc3\x89"));
        QVERIFY(prose::isDangling("the"));
        QVERIFY(prose::isDangling("your"));
        QVERIFY(prose::isDangling("a"));
        QVERIFY(!prose::isDangling("refund"));
    }

    void rules()
    {
        QVERIFY(prose::isRule("---") && prose::isRule("*****"));
        QVERIFY(!prose::isRule("--") && !prose::isRule("--- a") && !prose::isRule(""));
    }

    void linesKeepTheirPlaces()
    {
        const std::string text = "a\n\nb\n";
        const auto lines = prose::linesOf(text);
        QCOMPARE(lines.size(), std::size_t(4));
        QCOMPARE(lines[2].data() - text.data(), std::ptrdiff_t(3));
        QVERIFY(lines[3].empty());
    }
};

QTEST_APPLESS_MAIN(TestProseLines)
#include "tst_proselines.moc"
