// layers: importers
#include "jsontext.h"

#include <QTest>

#include <limits>
#include <optional>
#include <string>

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

    /// However many digits there are, and whatever stands among them.
    void integersAreReadExactly()
    {
        std::string text;
        std::int64_t value = 0;
        for (int digits = 1; digits <= 18; ++digits) {
            text += static_cast<char>('0' + digits % 10);
            value = value * 10 + digits % 10;
            QCOMPARE(readInteger(text), std::optional(value));
            QCOMPARE(readInteger("-" + text), std::optional(-value));
            QCOMPARE(readScaled(text, 1), std::optional(value));
            for (std::size_t at = 0; at < text.size(); ++at) {
                for (const char other : {'/', ':', ' ', 'a', '\0', '\xb0', '\x80'}) {
                    std::string damaged = text;
                    damaged[at] = other;
                    QVERIFY2(!readInteger(damaged), damaged.c_str());
                    QVERIFY2(!readScaled(damaged, 1000), damaged.c_str());
                }
            }
        }
        QCOMPARE(readInteger("9223372036854775807"), std::optional(std::numeric_limits<std::int64_t>::max()));
        QCOMPARE(readInteger("-9223372036854775808"), std::optional(std::numeric_limits<std::int64_t>::min()));
        QCOMPARE(readInteger("0000000000000000000000007"), std::optional<std::int64_t>(7));
        for (const char* const wrong : {"", "-", "+1", "9223372036854775808", "9999999999999999999",
                                        "10000000000000000000", "18446744073709551617", "12 ", " 12", "1.5"})
            QVERIFY2(!readInteger(wrong), wrong);
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
