// layers: importers
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestCodexTuiLog : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("codextuilog"))
            QTest::newRow(qPrintable(path.mid(path.lastIndexOf('/') + 1))) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        const QString wrong = wrongWith(path, "codex-tui-log");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void othersAreNotTaken()
    {
        QCOMPARE(sniffed("{\"ts\":\"2026-03-01T10:00:00Z\",\"dir\":\"in\",\"kind\":\"codex_event\"}\n"), std::string());
        QCOMPARE(sniffed("{\"ts\":1,\"dir\":\"to_tui\",\"kind\":\"app_event\"}\n"), std::string());
    }

    void outputComesInWholeCharacters()
    {
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("codex-tui-log"),
                         fileText(ARCSCOPE_TEST_DATA "/formats/codextuilog/two-sessions.jsonl"), sink));
        std::string output;
        for (const auto& [row, stream] : sink.streams) {
            StreamReader reader(stream);
            StreamEvent event;
            while (reader.next(event)) {
                if (event.block == BlockType::Other && event.blockIndex == 0)
                    output += event.text;
            }
        }
        QCOMPARE(output, std::string("a \xc3\xa4\xe2\x86\x92\n"));
    }
};

QTEST_APPLESS_MAIN(TestCodexTuiLog)
#include "tst_codextuilog.moc"
