// layers: core items
#include "clocksettings.h"

#include <QTest>

using namespace arcscope;

class TestClockSettings : public QObject
{
    Q_OBJECT

private slots:
    void textsComeBack()
    {
        const ClockSettings clocks{{"shop", -5}, {"a service with spaces", 2'000'000'000}};
        QCOMPARE(clockSettingsText(clocks), QStringLiteral("2000000000 a service with spaces\n-5 shop"));
        QCOMPARE(clockSettingsFrom(clockSettingsText(clocks)), clocks);
        QCOMPARE(clockSettingsText({{"shop", 0}}), QString());
    }

    void otherLinesAreLeftOut()
    {
        QCOMPARE(clockSettingsFrom(QStringLiteral("x shop\n5\n5 \n\n 5 a\n99999999999999999999 b\n0 c\n7 d")),
                 (ClockSettings{{"d", 7}}));
    }

    void unknownServicesAreLeftOut()
    {
        StringPool pool;
        const StringId shop = pool.intern("shop");
        StringTable strings;
        strings.append(pool.takeNew());
        QCOMPARE(clockOffsets({{"shop", 3}, {"stock", 4}}, strings), (ClockOffsets{{shop, 3}}));
    }
};

QTEST_APPLESS_MAIN(TestClockSettings)
#include "tst_clocksettings.moc"
