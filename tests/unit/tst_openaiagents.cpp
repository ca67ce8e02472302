// layers: importers
#include "readercases.h"
#include "readformat.h"

#include <QFileInfo>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestOpenAiAgents : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("openaiagents"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "openai-agents"), QString());
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("openai-agents"), fileText(path), sink));
        QCOMPARE(contradiction("openai-agents", sink), std::string());
    }

    void nearMisses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("other object") << R"({"object":"trace","id":"a","steps":[]})";
        QTest::newRow("response") << R"({"object":"response","id":"a","output":[]})";
    }

    void nearMisses()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.toStdString()) != "openai-agents");
    }
};

QTEST_APPLESS_MAIN(TestOpenAiAgents)
#include "tst_openaiagents.moc"
