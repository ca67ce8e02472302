// layers: importers
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestVsCodeChat : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("vscodechat"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "vscode-chat"), QString());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("requests") << R"({"requests":[{"requestId":"a"}]})";
        QTest::newRow("a log") << R"({"kind":0,"v":{"a":1}})";
        QTest::newRow("a mutation") << R"({"kind":1,"k":["a"],"v":1})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "vscode-chat");
    }
};

QTEST_APPLESS_MAIN(TestVsCodeChat)
#include "tst_vscodechat.moc"
