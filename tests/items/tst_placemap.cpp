// layers: core analysis items
#include "assembledcorpus.h"
#include "placemap.h"

#include <QTest>

#include <array>

using namespace arcscope;
using namespace arcscope::testing;

class TestPlaceMap : public QObject
{
    Q_OBJECT

private slots:
    void placesAreFoundByTheirIds()
    {
        const Corpus before = corpusOf("t a - tool 0-9\nt b a tool 1-2\nu a - tool 0-9\n");
        const Corpus after =
            corpusOf("new x - tool 0-1\nu a - tool 0-9\nt a - tool 0-9\nt c a tool 2-3\nt b a tool 1-2\n");
        const std::array<Row, 4> rows{0, 1, 2, noRow};
        const std::array<std::uint32_t, 2> traces{0, 1};
        const PlaceMap map(before, after, rows, traces);
        QCOMPARE(map.row(0), Row{2});
        QCOMPARE(map.row(1), Row{4});
        QCOMPARE(map.row(2), Row{1});
        QCOMPARE(map.row(noRow), noRow);
        QCOMPARE(map.trace(0), std::optional<std::uint32_t>(2));
        QCOMPARE(map.trace(1), std::optional<std::uint32_t>(1));
    }

    void whatIsGoneIsNotFound()
    {
        const Corpus before = corpusOf("t a - tool 0-9\nt b a tool 1-2\n");
        const Corpus after = corpusOf("t a - tool 0-9\n");
        const std::array<Row, 2> rows{0, 1};
        const PlaceMap map(before, after, rows, {});
        QCOMPARE(map.row(0), Row{0});
        QCOMPARE(map.row(1), noRow);
        QVERIFY(!map.trace(7));
    }

    void theRecordThatStaysIsFound()
    {
        const Corpus before = corpusOf("t a - tool 0-\n");
        const Corpus after = corpusOf("t a - tool 0-\nt a - tool 0-9\n");
        const std::array<Row, 1> rows{0};
        QCOMPARE(PlaceMap(before, after, rows, {}).row(0), Row{1});
    }
};

QTEST_APPLESS_MAIN(TestPlaceMap)
#include "tst_placemap.moc"
