// layers: analysis
#include "jsonescape.h"

#include <QTest>

using namespace arcscope;

class TestJsonEscape : public QObject
{
    Q_OBJECT

private slots:
    void unescapes_data()
    {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("") << QByteArray("");
        QTest::newRow("plain") << QByteArray("a\xc3\xa9") << QByteArray("a\xc3\xa9");
        QTest::newRow("all escapes") << QByteArray("\\\"\\\\\\/\\b\\f\\n\\r\\t") << QByteArray("\"\\/\b\f\n\r\t");
        QTest::newRow("unicode") << QByteArray("\\u0041\\u00e9\\u20AC") << QByteArray("A\xc3\xa9\xe2\x82\xac");
        QTest::newRow("nul") << QByteArray("\\u0000") << QByteArray("\0", 1);
        QTest::newRow("pair") << QByteArray("\\uD83D\\ude00!") << QByteArray("\xf0\x9f\x98\x80!");
        QTest::newRow("lone high") << QByteArray("\\uD83Dx") << QByteArray("\xef\xbf\xbdx");
        QTest::newRow("lone low") << QByteArray("\\uDE00") << QByteArray("\xef\xbf\xbd");
        QTest::newRow("high, then no low") << QByteArray("\\uD83D\\u0041")
                                           << QByteArray("\xef\xbf\xbd"
                                                         "A");
        QTest::newRow("high, then an escape") << QByteArray("\\uD83D\\n") << QByteArray("\xef\xbf\xbd\n");
        QTest::newRow("two highs") << QByteArray("\\uD83D\\uD83D\\uDE00") << QByteArray("\xef\xbf\xbd\xf0\x9f\x98\x80");
    }
    void unescapes()
    {
        QFETCH(QByteArray, inside);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(unescapeJson(inside.toStdString())), text);
    }

    /// What is shown while a string comes in only ever gets longer: nothing that was shown is taken back.
    void everyBeginningIsABeginning()
    {
        const std::string inside = "a\\n\xc3\xa9\\u20AC\\uD83D\\uDE00\xf0\x9f\x98\x80\\uD800\\u0041\\uDC00z";
        std::string before;
        for (std::size_t size = 0; size <= inside.size(); ++size) {
            const std::string now = unescapeJsonPrefix(std::string_view(inside).substr(0, size));
            QVERIFY2(now.starts_with(before), qPrintable(QString::number(size)));
            QCOMPARE(QString::fromStdString(now).toStdString(), now); // valid UTF-8
            before = now;
        }
        QCOMPARE(before, unescapeJson(inside));
        QCOMPARE(before, std::string("a\n\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xef\xbf\xbd"
                                     "A\xef\xbf\xbdz"));
    }

    void loneSurrogatesCanStayApart()
    {
        QVERIFY(unescapeJson("\\uD800", LoneSurrogates::Keep) != unescapeJson("\\uD801", LoneSurrogates::Keep));
        QCOMPARE(unescapeJson("\\uD800"), unescapeJson("\\uD801"));
    }

    void aHighSurrogateAtTheEndWaitsForItsOtherHalf()
    {
        QCOMPARE(unescapeJson("\\uD83D"), std::string("\xef\xbf\xbd"));
        QCOMPARE(unescapeJsonPrefix("a\\uD83D"), std::string("a"));
        QCOMPARE(unescapeJsonPrefix("a\\uD83D\\uDE"), std::string("a"));
        QCOMPARE(unescapeJsonPrefix("a\\uD83Dx"), std::string("a\xef\xbf\xbdx"));
    }

    void badHexIsNoCrash() { QCOMPARE(unescapeJson("a\\uZZZZ"), std::string("a")); }
};

QTEST_APPLESS_MAIN(TestJsonEscape)
#include "tst_jsonescape.moc"
