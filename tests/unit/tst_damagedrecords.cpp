// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
// Records that cannot be read are told: nothing passes for looked through that was not.
#include "arcsearch.h"
#include "clirun.h"
#include "findingsearch.h"
#include "foundtraces.h"
#include "recordedfile.h"
#include "replayruns.h"
#include "session.h"
#include "storedtrace.h"
#include "streamcontent.h"
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

    /// The events of a stream lie elsewhere, but what the record says of it counts too.
    void aStreamWithoutItsRecordIsNotAnalysed()
    {
        RecordedFile file;
        file.add(50, QStringLiteral("start"));
        file.chunk(100, QStringLiteral("It is 41."));
        file.add(920, QStringLiteral("end"));
        const QString name = writeFile(m_folder.filePath(QStringLiteral("stream.jsonl")), file.bytes().simplified());
        auto session = openSession({name.toStdString()}, findingColumns(), {}).value();
        Row streamed = 0;
        while (!session.corpus.spans.flagged(streamed, SpanFlag::Streamed))
            ++streamed;
        QVERIFY(loadStream(session.workspace, session.corpus, streamed));
        auto damaged = session.workspace.copyToTemporary().value();
        QVERIFY(damaged.database().execute("update blocks set data = x'00'"));
        QVERIFY(damaged.stream(streamed));
        const auto stream = loadStream(damaged, session.corpus, streamed);
        QVERIFY(!stream);
        QVERIFY(stream.error().code == ErrorCode::Store);
        StoredTrace trace(damaged, session.corpus, session.corpus.rowsOf(0));
        QVERIFY(!trace.stream(streamed));
        QVERIFY(trace.unread());
    }

    /// Also where the task arcs are known already: nothing else would read the records before they are paired.
    void runsAreNotPairedByWhatCannotBeRead()
    {
        const std::string path = imported("paired.arcscope");
        auto session = openSession({path}, arcSearchColumns(), {}).value();
        const auto arcs = searchArcs(session.workspace, session.corpus, {}, {}, {}).value();
        QVERIFY(arcs.arcs.rows() > 0);
        const auto key = RunKey::read("gen_ai.operation.name").value();
        auto damaged = session.workspace.copyToTemporary().value();
        QVERIFY(damaged.database().execute("update blocks set data = x'00' where id = 2"));
        for (const ReplayRunFields& fields : {ReplayRunFields{true, nullptr}, ReplayRunFields{false, &key}}) {
            const auto whole = replayRuns({&session.workspace, &session.corpus}, arcs, fields, {});
            QCOMPARE(whole.value().size(), std::size_t{2});
            for (const PairableRun& run : *whole)
                QCOMPARE(fields.key ? run.value : run.request,
                         std::string(fields.key ? "invoke_agent" : "a refund, please"));
            const auto runs = replayRuns({&damaged, &session.corpus}, arcs, fields, {});
            QVERIFY(!runs);
            QVERIFY(runs.error().code == ErrorCode::Store);
        }
    }

    /// A replay that was kept is not read again; what it is parted by is.
    void tasksAreNotPartedByWhatCannotBeRead()
    {
        const std::string base = imported("parted-base.arcscope");
        const std::string candidate = imported("parted-candidate.arcscope");
        const std::vector<std::string> asked{"replay", base, candidate, "--by", "gen_ai.operation.name"};
        const Outcome whole = run(asked);
        QVERIFY2(whole.status == ExitDone, whole.err.c_str());
        QVERIFY2(whole.says("done by gen_ai.operation.name"), whole.out.c_str());
        for (const std::string& path : {base, candidate})
            execute(path, "update blocks set data = x'00'");
        QCOMPARE(run({"replay", base, candidate}).status, int{ExitDone}); // as it was kept
        const Outcome outcome = run(asked);
        QVERIFY(outcome.status != ExitDone);
        QVERIFY2(outcome.err.find("a block of the workspace is damaged") != std::string::npos, outcome.err.c_str());
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
