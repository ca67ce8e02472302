// layers: core
#include "columnbuilder.h"

#include <QTest>

using namespace arcscope;

namespace
{

ColumnBuilder of(std::initializer_list<std::int64_t> values)
{
    ColumnBuilder builder;
    for (const std::int64_t value : values)
        builder.push(value);
    return builder;
}

std::vector<std::int64_t> rowsOf(const Column& column)
{
    std::vector<std::int64_t> values(column.rows());
    column.read(0, values);
    return values;
}

using Values = std::vector<std::int64_t>;

} // namespace

class TestColumnBuilder : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsAnEmptyColumn()
    {
        QCOMPARE(ColumnBuilder().encoded().rows(), 0U);
        QCOMPARE(ColumnBuilder().bytes(), std::size_t{0});
    }

    void oneValueTakesNoMemoryHoweverOften()
    {
        const ColumnBuilder builder = of({-1, -1, -1});
        QCOMPARE(builder.rows(), 3U);
        QCOMPARE(builder[2], -1);
        QCOMPARE(builder.bytes(), std::size_t{0});
        QVERIFY(rowsOf(builder.encoded()) == Values({-1, -1, -1}));
        QCOMPARE(builder.encoded().width(), 0);
    }

    void zeroFirstIsAValueLikeAnyOther()
    {
        QVERIFY(rowsOf(of({0, 0, 7}).encoded()) == Values({0, 0, 7}));
        QVERIFY(rowsOf(of({7, 0, 0}).encoded()) == Values({7, 0, 0}));
    }

    void anotherValueKeepsTheOnesBefore()
    {
        const ColumnBuilder builder = of({5, 5, 300, 5});
        QVERIFY(builder.bytes() > 0);
        QCOMPARE(builder[1], 5);
        QCOMPARE(builder[2], 300);
        QVERIFY(rowsOf(builder.encoded()) == Values({5, 5, 300, 5}));
    }

    void aRowCanBeChangedLater()
    {
        ColumnBuilder builder = of({4, 4, 4});
        builder.change(1, 9);
        builder.push(4);
        QVERIFY(rowsOf(builder.encoded()) == Values({4, 9, 4, 4}));
        builder.change(0, -2);
        QVERIFY(rowsOf(builder.encoded()) == Values({-2, 9, 4, 4}));
    }

    void clearedItBeginsAnew()
    {
        ColumnBuilder builder = of({1, 2, 3});
        builder.clear();
        QCOMPARE(builder.rows(), 0U);
        builder.push(8);
        builder.push(8);
        QCOMPARE(builder.encoded().width(), 0);
        builder.push(1);
        QVERIFY(rowsOf(builder.encoded()) == Values({8, 8, 1}));
    }

    void aWholeChunkFits()
    {
        ColumnBuilder builder;
        for (std::uint32_t row = 0; row < chunkRows; ++row)
            builder.push(row / 2);
        const Column column = builder.encoded();
        QCOMPARE(column.rows(), chunkRows);
        QCOMPARE(column[chunkRows - 1], std::int64_t{chunkRows / 2 - 1});
    }
};

QTEST_APPLESS_MAIN(TestColumnBuilder)
#include "tst_columnbuilder.moc"
