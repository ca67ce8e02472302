// layers: items core analysis
#include "stopscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestFoundStops : public QObject
{
    Q_OBJECT

private slots:
    void aRowIsLookedUp()
    {
        FoundStops found;
        QCOMPARE(found.of(0), nullptr);
        for (Row row = 0; row < 2'000; row += 2)
            found.survey.push_back({.row = row});
        for (Row row = 0; row < 2'001; ++row)
            QCOMPARE(found.of(row) ? found.of(row)->row : noRow, row % 2 == 0 && row < 2'000 ? row : noRow);
        QCOMPARE(found.of(noRow), nullptr);
    }
};

QTEST_GUILESS_MAIN(TestFoundStops)
#include "tst_foundstops.moc"
