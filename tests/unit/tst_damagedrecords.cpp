// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
// Records that cannot be read are told: nothing passes for looked through that was not.
#include "clirun.h"
#include "findingsearch.h"
#include "foundtraces.h"
#include "session.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// An agent that calls a model, whose answer breaks off, and a tool.
QByteArray traceLine(char name)
{
    const auto text = [](const char* key, const QByteArray& value) {
        return QByteArray(R"({"key":")") + key + R"(","value":{"stringValue":")" + value + R"("}})";
    };
    const auto span = [&](char id, const char* parent, const QByteArray& attributes) {
        return QByteArray(R"({"traceId":"0af7651916cd43dd8448eb211c80319)") + name + R"(","spanId":"b7ad6b716920333)" +
               id + R"(","parentSpanId":")" + parent +
               R"(","name":"step","startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000001000000000",)" +
               R"("attributes":[)" + attributes + "]}";
    };
    const char* const agent = "b7ad6b7169203330";
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" +
           span('0', "", text("gen_ai.operation.name", "invoke_agent")) + ',' +
           span('1', agent,
                text("gen_ai.operation.name", "chat") + ',' + text("gen_ai.request.model", "m-1") + ',' +
                    text("gen_ai.response.finish_reasons", R"([\"stop\"])") + ',' +
                    text("gen_ai.input.messages",
                         R"([{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"a refund, please\"}]}])") +
                    ',' +
                    text("gen_ai.output.messages", R"([{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",)"
                                                   R"(\"content\":\"The order 4711 was paid with a\"}]}])")) +
           ',' +
           span('2', agent,
                text("gen_ai.operation.name", "execute_tool") + ',' + text("gen_ai.tool.name", "refund") + ',' +
                    text("gen_ai.tool.call.arguments", R"({\"order\":4711})")) +
           "]}]}]}\n";
}

} // namespace

class TestDamagedRecords : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// A workspace of two traces; each has a block of its own.
    std::string imported(const char* name)
    {
        const std::string path = m_folder.filePath(QLatin1String(name)).toStdString();
        if (!Workspace::create(path))
            qFatal("%s", path.c_str());
        for (const char trace : {'a', 'b'}) {
            const QString file = writeFile(m_folder.filePath(QLatin1String(&trace, 1)), traceLine(trace));
            if (!importInto(path, {file.toStdString()}, {}))
                qFatal("%s", qPrintable(file));
        }
        return path;
    }
    static void execute(const std::string& path, const char* sql)
    {
        auto workspace = Workspace::open(path);
        if (!workspace || !workspace->database().execute(sql))
            qFatal("%s", sql);
    }

private slots:
    void commandsSayThatRecordsCannotBeRead_data()
    {
        QTest::addColumn<QByteArray>("command");
        for (const char* command : {"findings", "stops", "claims", "tools", "rescues", "arcs"})
            QTest::newRow(command) << QByteArray(command);
    }
    void commandsSayThatRecordsCannotBeRead()
    {
        QFETCH(QByteArray, command);
        const std::string path = imported(command + ".arcscope");
        const Outcome whole = run({command.toStdString(), path});
        QCOMPARE(whole.status, int{ExitDone});
        QCOMPARE(whole.err, std::string());
        const std::string damaged = imported(command + "-damaged.arcscope");
        execute(damaged, "update blocks set data = x'00' where id = 2");
        const Outcome outcome = run({command.toStdString(), damaged});
        QCOMPARE(outcome.status, int{ExitNothingRead});
        QVERIFY2(outcome.err.find("-damaged.arcscope: a block of the workspace is damaged") != std::string::npos,
                 outcome.err.c_str());
    }

    void aReplaySaysThatRecordsCannotBeRead()
    {
        const std::string base = imported("base.arcscope");
        const std::string candidate = imported("candidate.arcscope");
        execute(candidate, "update blocks set data = x'00' where id = 2");
        const Outcome outcome = run({"replay", base, candidate});
        QVERIFY(outcome.status != ExitDone);
        QVERIFY2(outcome.err.find("candidate.arcscope: a block of the workspace is damaged") != std::string::npos,
                 outcome.err.c_str());
    }

    void whatCouldBeReadArrivesAndNothingIsKept()
    {
        const std::string path = imported("kept.arcscope");
        auto session = openSession({path}, findingColumns(), {}).value();
        const auto all = searchFindings(path, session.corpus, {}).value();
        QVERIFY(all.size() >= 2);
        execute(path, "alter table blocks rename to intact; create table blocks as select * from intact;"
                      "update blocks set data = x'00' where id = 2");
        std::vector<Finding> arrived;
        FindingSearch search;
        search.arrived = [&](std::vector<Finding> found) { arrived.insert(arrived.end(), found.begin(), found.end()); };
        const auto found = searchFindings(path, session.corpus, {}, search);
        QVERIFY(!found);
        QVERIFY(found.error().code == ErrorCode::Store);
        QVERIFY(!arrived.empty());
        QVERIFY(!searchKeptFindings(session.workspace, session.corpus, {}));
        QVERIFY(foundTraces(session.workspace).value().empty());
        execute(path, "drop table blocks; alter table intact rename to blocks");
        QCOMPARE(searchKeptFindings(session.workspace, session.corpus, {}).value(), all);
    }
};

QTEST_APPLESS_MAIN(TestDamagedRecords)
#include "tst_damagedrecords.moc"
