// layers: widgets GUI
#include "tablestyle.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QToolTip>
#include <QTreeView>

using namespace arcscope;

class TestTableStyle : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_model.setColumnCount(4);
        m_model.setRowCount(3);
        m_table = std::make_unique<QTableView>();
        m_table->setModel(&m_model);
        setUpTable(*m_table, QStringLiteral("Rows"));
        for (const int column : {1, 2, 3})
            m_table->setColumnWidth(column, 80);
        fitColumn(*m_table, 0, 100);
        m_table->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
    }

    void columnsThatFitWholeFillTheWidth_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("beside");
        QTest::newRow("all four") << 600 << 3;
        QTest::newRow("three") << 300 << 2;
        QTest::newRow("two") << 220 << 1;
        QTest::newRow("one") << 150 << 0;
    }
    void columnsThatFitWholeFillTheWidth()
    {
        QFETCH(int, width);
        QFETCH(int, beside);
        m_table->resize(width, 200);
        QTRY_COMPARE(m_table->columnWidth(0), m_table->viewport()->width() - 80 * beside);
    }

    void aHeaderThatIsCutHasATip()
    {
        m_model.setHorizontalHeaderLabels({QStringLiteral("A name that is much too long for its narrow column"),
                                           QStringLiteral("short"), QStringLiteral("c"), QStringLiteral("d")});
        m_table->resize(340, 200);
        QHeaderView& header = *m_table->horizontalHeader();
        QCOMPARE(header.textElideMode(), Qt::ElideRight);
        const auto tipAt = [&](int column) {
            const QPoint at(header.sectionViewportPosition(column) + 10, header.height() / 2);
            QHelpEvent help(QEvent::ToolTip, at, header.viewport()->mapToGlobal(at));
            QToolTip::hideText();
            QCoreApplication::sendEvent(header.viewport(), &help);
            return QToolTip::text();
        };
        QVERIFY(tipAt(0).contains(QStringLiteral("much too long")));
        QTRY_VERIFY(tipAt(1).isEmpty());
        m_model.setHorizontalHeaderLabels({});
    }

    void aMovedColumnCountsWhereItIs()
    {
        m_table->setColumnWidth(3, 120);
        m_table->resize(300, 200);
        m_table->horizontalHeader()->moveSection(3, 1);
        QTRY_COMPARE(m_table->columnWidth(0), m_table->viewport()->width() - 120);
        m_table->resize(340, 200);
        QTRY_COMPARE(m_table->columnWidth(0), m_table->viewport()->width() - 120 - 80);
    }

    void aScrollBarTakesItsRoom()
    {
        m_table->resize(400, 200);
        m_model.setRowCount(0);
        QTRY_COMPARE(m_table->columnWidth(0), m_table->viewport()->width() - 3 * 80);
        const int before = m_table->viewport()->width();
        m_model.setRowCount(100);
        QTRY_VERIFY(m_table->viewport()->width() < before);
        QTRY_COMPARE(m_table->columnWidth(0), m_table->viewport()->width() - 3 * 80);
    }

    void aTreeKeepsRoomForItsFirstColumn()
    {
        QTreeView tree;
        tree.setModel(&m_model);
        tree.header()->setStretchLastSection(false);
        for (const int column : {1, 2, 3})
            tree.setColumnWidth(column, 80);
        fitColumn(tree, 0, 100);
        tree.resize(150, 200);
        tree.show();
        QTRY_COMPARE(tree.columnWidth(0), tree.viewport()->width());
        tree.resize(600, 200);
        QTRY_COMPARE(tree.columnWidth(0), tree.viewport()->width() - 3 * 80);
    }

private:
    QStandardItemModel m_model;
    std::unique_ptr<QTableView> m_table;
};

QTEST_MAIN(TestTableStyle)
#include "tst_tablestyle.moc"
