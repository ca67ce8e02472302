// layers: analysis
#include "numberwords.h"

#include <QTest>

using namespace arcscope;

class TestNumberWords : public QObject
{
    Q_OBJECT

private slots:
    void numerals()
    {
        QCOMPARE(cardinalWord("seventeen").value_or(-1), 17.0);
        QVERIFY(!cardinalWord("seventeenth"));
        QCOMPARE(ordinalWord("thirtieth").value_or(-1), 30.0);
        QCOMPARE(magnitudeWord("bn").value_or(-1), 1e9);
        QVERIFY(!magnitudeWord("b"));
    }

    void calendar()
    {
        QCOMPARE(monthWord("september"), 9);
        QCOMPARE(monthWord("sept"), 9);
        QCOMPARE(monthWord("sep"), 9);
        QCOMPARE(monthWord("septem"), 0);
        QCOMPARE(weekdayWord("sunday"), 7);
        QCOMPARE(weekdayWord("tue"), 2);
        QCOMPARE(weekdayWord("sun"), 0); // it shines
    }

    void units()
    {
        QCOMPARE(unitWord("minutes")->factor, 60.0);
        QCOMPARE(unitWord("h")->factor, 3'600.0);
        QVERIFY(unitWord("gb")->base == "byte");
        QVERIFY(!unitWord("crate"));
        QVERIFY(!unitWord("hs"));
        QVERIFY(currencyWord("euros") == "eur");
        QVERIFY(currencyWord("crates").empty());
    }
};

QTEST_APPLESS_MAIN(TestNumberWords)
#include "tst_numberwords.moc"
