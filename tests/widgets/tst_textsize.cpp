// layers: widgets GUI
#include "tablestyle.h"
#include "textsize.h"

#include <QApplication>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace arcscope;

class TestTextSize : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private slots:
    void stepsAndEnds()
    {
        TextSize size{Settings(m_folder.filePath(QStringLiteral("steps.ini")))};
        const double normal = QApplication::font().pointSizeF();
        QCOMPARE(size.percent(), 100);
        size.bigger();
        QVERIFY(size.percent() > 100);
        QVERIFY(QApplication::font().pointSizeF() > normal);
        for (int i = 0; i < 30; ++i)
            size.bigger();
        QCOMPARE(size.percent(), Settings::largestTextSize);
        for (int i = 0; i < 30; ++i)
            size.smaller();
        QCOMPARE(size.percent(), Settings::smallestTextSize);
        QVERIFY(QApplication::font().pointSizeF() >= 8);
        size.normal();
        QCOMPARE(QApplication::font().pointSizeF(), normal);
    }

    void sizesOfTheirOwnFollow()
    {
        TextSize size{Settings(m_folder.filePath(QStringLiteral("own.ini")))};
        QLabel title(QStringLiteral("title"));
        QFont font = title.font();
        font.setPointSizeF(font.pointSizeF() * 2);
        title.setFont(font);
        const double before = title.font().pointSizeF();
        size.bigger();
        QVERIFY(title.font().pointSizeF() > before);
        size.normal();
        QVERIFY(std::abs(title.font().pointSizeF() - before) < 0.1);
    }

    void tablesFollow()
    {
        TextSize size{Settings(m_folder.filePath(QStringLiteral("table.ini")))};
        QStandardItemModel model(3, 2);
        QTableView table;
        table.setModel(&model);
        setUpTable(table, QStringLiteral("table"));
        table.setColumnWidth(0, 100);
        table.show();
        const int row = table.verticalHeader()->defaultSectionSize();
        for (int i = 0; i < 4; ++i)
            size.bigger();
        QTRY_VERIFY(table.verticalHeader()->defaultSectionSize() > row);
        QVERIFY(table.columnWidth(0) > 130);
        size.normal();
        QTRY_COMPARE(table.verticalHeader()->defaultSectionSize(), row);
    }

    void isRemembered()
    {
        const Settings settings(m_folder.filePath(QStringLiteral("kept.ini")));
        const double normal = QApplication::font().pointSizeF();
        TextSize(settings).bigger();
        QApplication::setFont(QFontDatabase::systemFont(QFontDatabase::GeneralFont));
        TextSize again(settings);
        QVERIFY(QApplication::font().pointSizeF() > normal);
        again.normal();
    }
};

QTEST_MAIN(TestTextSize)
#include "tst_textsize.moc"
