// layers: importers
#include "readformat.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestCodexRollout : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("codexrollout"))
            QTest::newRow(qPrintable(path.mid(path.lastIndexOf('/') + 1))) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        const QString wrong = wrongWith(path, "codex-rollout");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void othersAreNotTaken()
    {
        // Lines with a time, a type and a payload are written by other programs, too.
        QCOMPARE(sniffed("{\"timestamp\":\"2026-03-01T10:00:00Z\",\"type\":\"info\",\"payload\":{}}\n"), std::string());
        QCOMPARE(sniffed("{\"timestamp\":\"2026-03-01T10:00:00Z\",\"type\":\"event_msg\",\"payload\":\"x\"}\n"),
                 std::string());
        QCOMPARE(sniffed("{\"type\":\"session_meta\",\"payload\":{}}\n"), std::string());
    }

    void usageIsCountedOnce()
    {
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("codex-rollout"),
                         fileText(ARCSCOPE_TEST_DATA "/formats/codexrollout/turns.jsonl"), sink));
        std::int64_t tokens = 0;
        for (const auto& [span, record] : sink.spans)
            tokens += span.usage.total();
        QCOMPARE(tokens, 460 + 45); // the sum in the last token_count
    }
};

QTEST_APPLESS_MAIN(TestCodexRollout)
#include "tst_codexrollout.moc"
