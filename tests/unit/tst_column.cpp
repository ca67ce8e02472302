// layers: core
#include "column.h"

#include <QTest>
#include <limits>

using namespace arcscope;

namespace
{

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

using Values = QList<qint64>;

std::vector<std::int64_t> all(const Column& column)
{
    std::vector<std::int64_t> values(column.rows());
    column.read(0, values);
    return values;
}

} // namespace

class TestColumn : public QObject
{
    Q_OBJECT

private slots:
    void valuesComeBackInTheNarrowestWidth_data()
    {
        QTest::addColumn<Values>("values");
        QTest::addColumn<int>("width");
        QTest::newRow("one") << Values{-7} << 0;
        QTest::newRow("equal") << Values{5, 5, 5} << 0;
        QTest::newRow("bytes") << Values{1000, 1255} << 1;
        QTest::newRow("just no bytes") << Values{1000, 1256} << 2;
        QTest::newRow("two bytes") << Values{-1, 0xfffe} << 2;
        QTest::newRow("just no two bytes") << Values{-1, 0xffff} << 4;
        QTest::newRow("four bytes") << Values{-1, 0xfffffffeLL, 3} << 4;
        QTest::newRow("just no four bytes") << Values{-1, 0xffffffffLL} << 8;
        QTest::newRow("everything") << Values{smallest, largest, 0, -1} << 8;
    }

    void valuesComeBackInTheNarrowestWidth()
    {
        QFETCH(Values, values);
        QFETCH(int, width);
        const std::vector<std::int64_t> written(values.begin(), values.end());
        const Column column = encode(written);
        QCOMPARE(column.width(), width);
        QCOMPARE(column.rows(), static_cast<std::uint32_t>(written.size()));
        QCOMPARE(column.bytes().size(), written.size() * static_cast<std::size_t>(width));
        QCOMPARE(column.min(), *std::min_element(written.begin(), written.end()));
        QCOMPARE(column.max(), *std::max_element(written.begin(), written.end()));
        QVERIFY(all(column) == written);
        for (std::uint32_t row = 0; row < column.rows(); ++row)
            QCOMPARE(column[row], written[row]);

        Column copy;
        QVERIFY(Column::fromBytes(column.rows(), column.min(), column.max(), column.width(),
                                  {column.bytes().begin(), column.bytes().end()}, copy));
        QVERIFY(all(copy) == written);
    }

    void aPartIsRead()
    {
        std::vector<std::int64_t> written(chunkRows);
        for (std::size_t i = 0; i < written.size(); ++i)
            written[i] = static_cast<std::int64_t>(i * 3);
        const Column column = encode(written);
        std::vector<std::int64_t> part(2);
        column.read(chunkRows - 2, part);
        QCOMPARE(part[0], std::int64_t{chunkRows - 2} * 3);
        QCOMPARE(part[1], std::int64_t{chunkRows - 1} * 3);
    }

    void noValuesMakeAnEmptyColumn()
    {
        const Column column = encode({});
        QCOMPARE(column.rows(), 0u);
        QVERIFY(column.bytes().empty());
    }

    void bytesThatDoNotFitAreRefused_data()
    {
        QTest::addColumn<uint>("rows");
        QTest::addColumn<qint64>("min");
        QTest::addColumn<qint64>("max");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("bytes");
        QTest::newRow("too few bytes") << 2u << qint64(0) << qint64(9) << 4 << 7;
        QTest::newRow("too many bytes") << 2u << qint64(0) << qint64(9) << 4 << 9;
        QTest::newRow("no such width") << 2u << qint64(0) << qint64(9) << 3 << 6;
        QTest::newRow("negative width") << 2u << qint64(0) << qint64(9) << -1 << 0;
        QTest::newRow("too many rows") << chunkRows + 1 << qint64(0) << qint64(0) << 0 << 0;
        QTest::newRow("zone map upside down") << 2u << qint64(9) << qint64(0) << 1 << 2;
    }

    void bytesThatDoNotFitAreRefused()
    {
        QFETCH(uint, rows);
        QFETCH(qint64, min);
        QFETCH(qint64, max);
        QFETCH(int, width);
        QFETCH(int, bytes);
        Column column = encode(std::vector<std::int64_t>{4, 5});
        QVERIFY(
            !Column::fromBytes(rows, min, max, width, std::vector<std::byte>(static_cast<std::size_t>(bytes)), column));
        QVERIFY2(all(column) == (std::vector<std::int64_t>{4, 5}), "a refused column leaves the old one as it was");
    }
};

QTEST_APPLESS_MAIN(TestColumn)
#include "tst_column.moc"
