// layers: importers
#include "jsontext.h"

#include <QTest>

using namespace arcscope;

class TestScaledNumbers : public QObject
{
    Q_OBJECT

private slots:
    void numbersAreReadExactly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("parts");
        QTest::addColumn<qint64>("scaled");
        const auto row = [](const char* text, qint64 parts, qint64 scaled) {
            QTest::addRow("%s in %lld", text, parts) << QByteArray(text) << parts << scaled;
        };
        row("0", 1000, 0);
        row("12", 1000, 12'000);
        row("12.", 1000, 12'000);
        row("12.3", 1000, 12'300);
        row("12.345", 1000, 12'345);
        row("12.3454", 1000, 12'345);
        row("12.3455", 1000, 12'346);
        row("-12.345", 1000, -12'345);
        row("1.5", 1, 2);
        row("1.4", 1, 1);
        row("000000000000000000001.5", 1000, 1'500);
        row("1763600000390119.781", 1000, 1'763'600'000'390'119'781);
        row("1763600000.390119781", 1'000'000'000, 1'763'600'000'390'119'781);
        row("1e3", 1000, 1'000'000);
        row("1.25e2", 1000, 125'000);
    }
    void numbersAreReadExactly()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, parts);
        QFETCH(qint64, scaled);
        const auto read = readScaled(std::string_view(text.constData(), static_cast<std::size_t>(text.size())), parts);
        QVERIFY(read);
        QCOMPARE(qint64{*read}, scaled);
    }

    void whatIsNoNumberOrTooLargeIsNothing()
    {
        for (const char* const text : {"", ".", ".5", "-", "1.2.3", "1,5", "x", "1x", "92233720368547758080",
                                       "99999999999999999999.5", "9223372036854776000"})
            QVERIFY2(!readScaled(text, 1000), text);
    }
};

QTEST_APPLESS_MAIN(TestScaledNumbers)
#include "tst_scalednumbers.moc"
