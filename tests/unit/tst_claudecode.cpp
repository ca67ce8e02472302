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

std::string lineOf(const std::string& uuid, const char* time, const char* role, const std::string& block)
{
    return "{\"isSidechain\":false,\"sessionId\":\"s1\",\"version\":\"2.1.39\",\"timestamp\":\"2026-01-02T03:04:" +
           std::string(time) + "Z\",\"type\":\"" + role + "\",\"uuid\":\"" + uuid + "\",\"message\":{\"role\":\"" +
           role + "\",\"id\":\"m\",\"model\":\"x\",\"content\":[" + block + "]}}\n";
}

std::string ask(const std::string& id)
{
    return lineOf("u" + id, "01.000", "assistant",
                  "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"Read\",\"input\":{}}");
}

std::string fail(const std::string& id, const std::string& text)
{
    return lineOf("v" + id, "02.000", "user",
                  "{\"type\":\"tool_result\",\"is_error\":true,\"tool_use_id\":\"" + id +
                      "\",\"content\":\"<tool_use_error>" + text + "</tool_use_error>\"}");
}

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

    /// The program drops the other calls of a message where one fails: they did not fail.
    void callsThatAreDroppedWithTheirSiblingAreCancelled()
    {
        RecordingSink sink;
        QVERIFY(readWith(
            claude(), ask("a") + ask("b") + fail("a", "File does not exist.") + fail("b", "Sibling tool call errored"),
            sink));
        std::vector<SpanStatus> status;
        for (const auto& each : sink.spans) {
            if (each.span.kind == SpanKind::ToolCall)
                status.push_back(each.span.status);
        }
        QVERIFY((status == std::vector{SpanStatus::Error, SpanStatus::Cancelled}));
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
