// layers: analysis
#include "typedvalues.h"

#include <QTest>

using namespace arcscope;

namespace
{

std::vector<TypedValue> valuesOf(const std::string& sentence)
{
    return typedValues(sentenceWords(sentence));
}

} // namespace

class TestTypedValues : public QObject
{
    Q_OBJECT

private slots:
    void values_data()
    {
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* sentence, const char* expected) {
            QTest::newRow(sentence) << QString::fromUtf8(sentence) << QString(expected);
        };
        row("nothing of the kind", "");
        row("15,000 spectators", "number 15000 spectator");
        row("two hundred and five log files", "number 205 file");
        row("three new large folders", "number 3 folder");
        row("3.5 million users", "number 3500000 user");
        row("a dozen eggs, 5k requests", "number 12 egg; number 5000 request");
        row("twenty-one days", "number 1814400 s");
        row("12.5 % or 12 percent", "percentage 12.5 %; percentage 12 %");
        row("3 percentage points", "percentage 3 % points");
        row("$1.2 million, 40 euros, \u20ac5, 50 cents",
            "amount of money 1200000 usd; amount of money 40 eur; amount of money 5 eur; amount of money 0.5 usd");
        row("the 3rd, the twenty-first and the second try", "ordinal 3.; ordinal 21.; ordinal 2.");
        row("It was founded in 1946", "year 1946");
        row("1990 people in the 1970s", "number 1990 people; year 1970 to 1979");
        row("on April 6, 1946 and 6 April", "date 1946-04-06; date --04-06");
        row("the 6th of April 1946, May 2024, 2024-05-15", "date 1946-04-06; date 2024-05; date 2024-05-15");
        row("they may march", "");
        row("on Monday or Fri", "weekday Monday; weekday Friday");
        row("at 3:30 pm, 15:30, 3pm, 9 a.m. and noon",
            "time of day 15:30; time of day 15:30; time of day 15:00; time of day 09:00; time of day 12:00");
        row("5 to 10 files", "number 5 to 10 file");
        row("between 5 and 10 percent", "percentage 5 to 10 %");
        row("from 1939 to 1945, 1990-91", "year 1939 to 1945; year 1990 to 1991");
        row("reservation HATZ12 in `a.b`", "identifier hatz12; identifier a.b");
        row("20ms and 2 seconds", "number 0.02 s; number 2 s");
        row("1 hour and 30 minutes", "number 5400 s");
        row("2 GB of memory", "number 2000000000 byte");
        row("no one of them, one of us", "");
        row("one file", "number 1 file");
        row("it was -5 degrees", "number -5 degree");
        row("a 4x4", "identifier 4x4");
        row("gray is #6C6C6C or RGB 108,108,108", "identifier #6c6c6c; identifier #6c6c6c");
        row("rgb(0, 170, 255) or `#0af`", "identifier #00aaff; identifier #00aaff");
        row("issue #123", "identifier 123");
        row("rgb of 3 kinds", "number 3 kind");
    }

    void values()
    {
        QFETCH(QString, sentence);
        QFETCH(QString, expected);
        QStringList told;
        for (const TypedValue& value : valuesOf(sentence.toStdString()))
            told += QString::fromStdString(std::string(name(value.type)) + ' ' + normalised(value));
        QCOMPARE(told.join("; "), expected);
    }

    void bounds()
    {
        const auto boundOf = [](const char* sentence) { return valuesOf(sentence).at(0).bound; };
        QCOMPARE(boundOf("it has 5 rows"), ValueBound::Exact);
        QCOMPARE(boundOf("about 500 rows"), ValueBound::About);
        QCOMPARE(boundOf("more than 500 rows"), ValueBound::AtLeast);
        QCOMPARE(boundOf("at least 500 rows"), ValueBound::AtLeast);
        QCOMPARE(boundOf("up to 500 rows"), ValueBound::AtMost);
        QCOMPARE(boundOf("about it, 500 rows"), ValueBound::Exact);
    }

    void notations_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("same");
        const auto row = [](const char* a, const char* b, bool same) {
            QTest::newRow((std::string(a) + " / " + b).c_str()) << QString::fromUtf8(a) << QString::fromUtf8(b) << same;
        };
        row("RGB 108,108,108", "#6c6c6c", true);
        row("RGB 108,108,109", "#6c6c6c", false);
        row("rgb(0, 170, 255)", "#0af", true);
        row("1.5 GB", "1500 MB", true);
        row("1.5 GB", "1536 MB", true); // in powers of 1,024
        row("1.5 GB", "1600 MB", false);
        row("90 minutes", "1.5 hours", true);
        row("2 km", "2000 m", true);
        row("2 km", "2000 miles", false);
        row("25 %", "0.25", true);
        row("25 %", "0.26", false);
        row("25 %", "25", false);
        row("2024-05-15", "May 15, 2024", true);
        row("2024-05-15", "15 May 2024", true);
        row("2024-05-15", "May 16, 2024", false);
        row("12,000", "12000", true);
        row("1,200", "1200", true); // may be a year
        row("12 thousand", "12,000", true);
        row("0x1f", "31", true);
        row("0x1f", "32", false);
        row("15:30", "3:30 pm", true);
    }

    /// One value however it is written.
    void notations()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(bool, same);
        const auto left = valuesOf(a.toStdString());
        const auto right = valuesOf(b.toStdString());
        QCOMPARE(left.size(), std::size_t(1));
        QCOMPARE(right.size(), std::size_t(1));
        QCOMPARE(agree(left[0], right[0]), same);
        QCOMPARE(agree(right[0], left[0]), same);
    }

    void agreement()
    {
        const auto agrees = [](const char* a, const char* b) { return agree(valuesOf(a).at(0), valuesOf(b).at(0)); };
        QVERIFY(agrees("500 rows", "501 rows"));
        QVERIFY(!agrees("500 rows", "510 rows"));
        QVERIFY(agrees("60 minutes", "1 hour"));
        QVERIFY(agrees("April 6, 1946", "6 April"));
        QVERIFY(agrees("April 6, 1946", "in 1946"));
        QVERIFY(!agrees("April 6, 1946", "in 1947"));
        QVERIFY(!agrees("April 6, 1946", "April 7"));
        QVERIFY(agrees("at 3:30", "at 15:30"));
        QVERIFY(!agrees("at 3:30 am", "at 15:30"));
        QVERIFY(agrees("in the 1970s", "in 1975"));
        QVERIFY(!agrees("in the 1970s", "in 1985"));
        QVERIFY(agrees("5 to 10 files", "7 files"));
        QVERIFY(!agrees("5 to 10 files", "5 to 12 files"));
        QVERIFY(agrees("HATZ12", "hatz12"));
    }

    void strangeInput()
    {
        for (const char* text :
             {"9999999999999999999999999999999999999 x", "1.7e308", "-", "- 5 -", "$", "$ $ 5", "00:99", "31 Feb 0000",
              "\xe4\xba\x94 5 \xe5\x80\x8b", "one hundred million billion trillion trillion"}) {
            for (const TypedValue& value : valuesOf(text))
                QVERIFY(!normalised(value).empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestTypedValues)
#include "tst_typedvalues.moc"
