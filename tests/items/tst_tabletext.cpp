// layers: items core Qt6::Gui
#include "tabletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardItemModel>
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
        QVERIFY(mime->hasFormat(QStringLiteral("application/json")));
    }

    void noCellIsAFormula()
    {
        const QStringListModel model({QStringLiteral("=HYPERLINK(\"http://x\")"), QStringLiteral("@SUM(1)"),
                                      QStringLiteral("+1+cmd|' /C calc'!A0"), QStringLiteral("-2+3"),
                                      QStringLiteral(" =1"), QStringLiteral("-5"), QStringLiteral("+1 min 3 s"),
                                      QStringLiteral("+12.5 ms"), QStringLiteral("-"), QStringLiteral("a=b")});
        const QStringList lines = tableTsv(model).split(QLatin1Char('\n'));
        for (int line = 1; line <= 5; ++line)
            QVERIFY2(lines[line].trimmed().startsWith(QLatin1Char('\'')), qPrintable(lines[line]));
        for (int line = 6; line <= 10; ++line)
            QCOMPARE(lines[line], model.index(line - 1).data().toString());
    }

    void treesAreIndented()
    {
        QStandardItemModel model;
        model.setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Time"), QStringLiteral("Time")});
        auto* const root = new QStandardItem(QStringLiteral("root"));
        root->appendRow({new QStandardItem(QStringLiteral("child")), new QStandardItem(QStringLiteral("1 s"))});
        model.appendRow({root, new QStandardItem(QStringLiteral("2 s")), new QStandardItem(QStringLiteral("x"))});
        const CopiedTable table = copiedTable(model);
        QCOMPARE(tableTsv(table), QStringLiteral("Name\tTime\tTime\nroot\t2 s\tx\n  child\t1 s\t\n"));
        const QJsonObject json = QJsonDocument::fromJson(tableJson(table)).object();
        QCOMPARE(json["schema"].toString(), QStringLiteral("arcscope.table/1"));
        QCOMPARE(json["columns"].toArray(), (QJsonArray{"Name", "Time", "Time 2"}));
        QCOMPARE(json["rows"][0]["Time 2"].toString(), QStringLiteral("x"));
        QCOMPARE(json["rows"][1]["depth"].toInt(), 1);
        QVERIFY(!json.contains(QLatin1String("from")));
        QCOMPARE(tableTsv(copiedTable(model, {1, 0})), QStringLiteral("Time\tName\n2 s\troot\n  1 s\tchild\n"));
    }

    void whatIsLeftOutIsSaid()
    {
        const QStringListModel model({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        CopiedTable table = copiedTable(model, {}, 2);
        QCOMPARE(table.lines.size(), 2);
        QCOMPARE(table.leftOut, 1);
        table.title = QStringLiteral("<All>");
        table.about = QStringLiteral("run.jsonl (SHA-256 0123456789ab)");
        const QString text = tableMarkdown(table);
        QVERIFY(text.startsWith(QStringLiteral("**\\<All\\>**\n\n| 1 |\n")));
        QVERIFY(text.contains(QStringLiteral("1 more line is left out")));
        QVERIFY(text.endsWith(QStringLiteral("\n\nrun.jsonl (SHA-256 0123456789ab)\n")));
        QCOMPARE(QJsonDocument::fromJson(tableJson(table))["from"].toString(), table.about);
        const CopiedTable chosen = copiedRows({model.index(2, 0), model.index(0, 0)});
        QCOMPARE(tableTsv(chosen), QStringLiteral("1\nc\na\n"));
    }
};

QTEST_GUILESS_MAIN(TestTableText)
#include "tst_tabletext.moc"
