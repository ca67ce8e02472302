// layers: importers
#include "readformat.h"

#include <QDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const ImportFormat& claude()
{
    return *formatNamed("claude-code");
}

const QString folder = ARCSCOPE_TEST_DATA "/formats/claudecode";

} // namespace

class TestClaudeCode : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& file : QDir(folder).entryList({"*.jsonl"}))
            QTest::newRow(qPrintable(file)) << folder + '/' + file;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "claude-code"), QString());
    }

    void othersAreNotTaken()
    {
        QCOMPARE(sniffed("{\"display\":\"/clear\",\"timestamp\":1,\"project\":\"/p\"}\n"), std::string());
        QCOMPARE(sniffed("{\"type\":\"user\",\"sessionId\":\"s\"}\n"), std::string());
    }

    void everyCutIsSurvived()
    {
        const std::string bytes = fileText(folder + "/turn.jsonl");
        for (std::size_t size = 0; size < bytes.size(); size += 97) {
            RecordingSink sink;
            QVERIFY(readWith(claude(), bytes.substr(0, size), sink));
        }
    }
};

QTEST_APPLESS_MAIN(TestClaudeCode)
#include "tst_claudecode.moc"
