// layers: items core
#include "tabletext.h"

#include <QStringListModel>
#include <QTest>

using namespace arcscope;

class TestTableText : public QObject
{
    Q_OBJECT

private slots:
    void cellsStayCells()
    {
        const QStringListModel model({QStringLiteral("a\tb\nc"), QStringLiteral("<b>|x|</b>")});
        QCOMPARE(tableTsv(model), QStringLiteral("1\na b c\n<b>|x|</b>\n"));
        QCOMPARE(tableMarkdown(model), QStringLiteral("| 1 |\n| --- |\n| a b c |\n| \\<b\\>\\|x\\|\\</b\\> |\n"));
        const std::unique_ptr<QMimeData> mime(tableMime(model));
        QCOMPARE(mime->text(), tableTsv(model));
        QCOMPARE(QString::fromUtf8(mime->data(QStringLiteral("text/markdown"))), tableMarkdown(model));
    }
};

QTEST_GUILESS_MAIN(TestTableText)
#include "tst_tabletext.moc"
