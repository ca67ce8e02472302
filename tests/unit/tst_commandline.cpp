// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"
#include "otlpclocks.h"
#include "writefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const oneTrace =
    "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}"
    "]},\"scopeSpans\":[{\"spans\":["
    "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\",\"name\":\"invoke_agent "
    "helper\",\"kind\":1,"
    "\"startTimeUnixNano\":\"1700000000000000000\",\"endTimeUnixNano\":\"1700000004000000000\",\"attributes\":["
    "{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"invoke_agent\"}}]},"
    "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203332\",\"parentSpanId\":"
    "\"b7ad6b7169203331\",\"name\":\"chat m-1\",\"kind\":3,"
    "\"startTimeUnixNano\":\"1700000001000000000\",\"endTimeUnixNano\":\"1700000003000000000\",\"attributes\":["
    "{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}},{\"key\":\"gen_ai.request.model\","
    "\"value\":{\"stringValue\":\"m-1\"}},"
    "{\"key\":\"gen_ai.usage.input_tokens\",\"value\":{\"intValue\":\"100\"}},{\"key\":\"gen_ai.usage.cache_read.input_"
    "tokens\",\"value\":{\"intValue\":\"40\"}},"
    "{\"key\":\"gen_ai.usage.output_tokens\",\"value\":{\"intValue\":\"25\"}},"
    "{\"key\":\"gen_ai.input.messages\",\"value\":{\"stringValue\":\"[{\\\"role\\\":\\\"user\\\",\\\"parts\\\":[{"
    "\\\"type\\\":\\\"text\\\",\\\"content\\\":"
    "\\\"a refund, please\\\"}]}]\"}}]}]}]}]}\n";

bool contains(const std::string& text, const char* part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::string write(const char* name, const QByteArray& bytes)
    {
        return testing::writeFile(m_folder.filePath(QLatin1String(name)), bytes).toStdString();
    }

private slots:
    void helpAndVersion()
    {
        QCOMPARE(run({"--version"}).status, int{ExitDone});
        const Outcome help = run({"--help"});
        QCOMPARE(help.status, int{ExitDone});
        for (const char* command : {"import", "info", "query", "render"}) {
            QVERIFY(contains(help.out, command));
            QCOMPARE(run({command, "--help"}).status, int{ExitDone});
        }
        QVERIFY(!isCommand(std::vector<std::string>{"trace.json"}));
        QVERIFY(isCommand(std::vector<std::string>{"info", "trace.json"}));
    }

    void formatsAreListed()
    {
        const Outcome formats = run({"formats"});
        QCOMPARE(formats.status, int{ExitDone});
        for (const char* each : {"otlp-json", "claude-code", "Inspect AI log", "tau-bench", "azure-llm-requests"})
            QVERIFY2(contains(formats.out, each), formats.out.c_str());
        QCOMPARE(run({"formats", "x.json"}).status, int{ExitUsage});
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        QTest::newRow("no file") << QStringList{"info"} << "which files";
        QTest::newRow("unknown option") << QStringList{"info", "--yaml", "x"} << "unknown option --yaml";
        QTest::newRow("no target") << QStringList{"import", "x"} << "--into";
        QTest::newRow("option without value") << QStringList{"import", "x", "--into"} << "needs a value";
        QTest::newRow("switch with value") << QStringList{"info", "--json=1", "x"} << "takes no value";
        QTest::newRow("no filter") << QStringList{"query", "x"} << "filter";
        QTest::newRow("bad filter") << QStringList{"query", "x", "kind:tol"} << "character 6";
        QTest::newRow("bad limit") << QStringList{"query", "x", "a", "--limit", "-1"} << "whole number";
        QTest::newRow("no view") << QStringList{"render", "x", "-o", "y.png"} << "--view";
        QTest::newRow("bad picture") << QStringList{"render", "x", "--view", "timeline", "-o", "y.gif"} << ".png";
        QTest::newRow("chosen elsewhere")
            << QStringList{"render", "x", "--view", "timeline", "--chosen", "arc:task:1", "-o", "y.png"} << "--chosen";
        QTest::newRow("chosen nothing") << QStringList{"render", "x", "--view", "arcs", "--chosen", "3", "-o", "y.png"}
                                        << "--chosen";
        QTest::newRow("bad size") << QStringList{"render", "x", "--view", "timeline", "-o", "y.png", "--size", "9x9"}
                                  << "WxH";
    }
    void wrongUsage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        std::vector<std::string> words;
        for (const QString& argument : arguments)
            words.push_back(argument.toStdString());
        const Outcome outcome = run(words);
        QCOMPARE(outcome.status, int{ExitUsage});
        QVERIFY2(QString::fromStdString(outcome.err).contains(says), outcome.err.c_str());
    }

    void infoCountsExactly()
    {
        const Outcome outcome = run({"info", write("one.jsonl", oneTrace), "--json"});
        QCOMPARE(outcome.status, int{ExitDone});
        const auto json = outcome.json();
        QCOMPARE(json["schema"].get<std::string>(), std::string("arcscope.info/1"));
        QCOMPARE(json["traces"].get<int>(), 1);
        QCOMPARE(json["spans"].get<int>(), 2);
        QCOMPARE(json["model_calls"].get<int>(), 1);
        QCOMPARE(json["messages"].get<int>(), 1);
        QCOMPARE(json["usage"]["input_tokens"].get<int>(), 60);
        QCOMPARE(json["usage"]["cache_read_tokens"].get<int>(), 40);
        QCOMPARE(json["usage"]["output_tokens"].get<int>(), 25);
        QVERIFY(json["usage"]["reasoning_tokens"].is_null());
        QCOMPARE(json["formats"][0]["name"].get<std::string>(), std::string("otlp-json"));
        QVERIFY(json["ledger"].empty());
    }

    void nothingToRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << "empty";
        QTest::newRow("binary") << QByteArray("\x00\x01\x02\xff\xfe\x00", 6) << "binary";
        QTest::newRow("text") << QByteArray("hello there\nthis is no trace\n") << "text";
        QTest::newRow("other JSON") << QByteArray("{\"a\":1}\n") << "JSON";
        QTest::newRow("deep") << QByteArray(100'000, '[') << ": ";
    }
    void nothingToRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const std::string file = write("bad.bin", bytes);
        const Outcome outcome = run({"info", file});
        QCOMPARE(outcome.status, int{ExitNothingRead});
        QVERIFY2(QString::fromStdString(outcome.err).contains(says), outcome.err.c_str());
        QVERIFY(contains(outcome.err, file.c_str()));
        QCOMPARE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), std::ptrdiff_t{1});
    }

    /// Whatever cannot be read is told in one line: which file, what is wrong, what to do.
    void oneLineTellsWhatToDo_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("says");
        const auto in = [this](const char* name) { return m_folder.filePath(QLatin1String(name)); };
        QTest::newRow("missing") << in("missing.jsonl") << ": No such file or directory; check the path";
        write("empty.jsonl", {});
        QTest::newRow("empty") << in("empty.jsonl") << ": the file is empty; expected one of the formats";
        write("cut.jsonl.zst", QByteArray::fromHex("28b52ffd0458410000"));
        QTest::newRow("truncated") << in("cut.jsonl.zst") << "ends before it is complete; copy or download the file";
        QFile::link(QStringLiteral("/nowhere/at/all"), in("dangling.jsonl"));
        QTest::newRow("dangling link") << in("dangling.jsonl") << ": No such file or directory; check the path";
        write("private.jsonl", oneTrace);
        QFile::setPermissions(in("private.jsonl"), {});
        if (!QFile(in("private.jsonl")).open(QIODevice::ReadOnly)) // root reads everything
            QTest::newRow("unreadable") << in("private.jsonl") << ": Permission denied; you need the right to read it";
    }
    void oneLineTellsWhatToDo()
    {
        QFETCH(QString, file);
        QFETCH(QString, says);
        for (const char* command : {"info", "findings", "stops", "tools"}) {
            const Outcome outcome = run({command, file.toStdString()});
            const QString told = QString::fromStdString(outcome.err);
            QCOMPARE(outcome.status, int{ExitNothingRead});
            QVERIFY2(told.contains(says), outcome.err.c_str());
            QCOMPARE(told.count(file), 1);
            QCOMPARE(told.count(QLatin1Char('\n')), 1);
        }
    }

    void noSpans_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty list") << QByteArray("{\"resourceSpans\":[]}");
        QTest::newRow("null") << QByteArray("{\"resourceSpans\":null}\n");
        QTest::newRow("empty scopes") << QByteArray("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[]}]}]}");
    }
    void noSpans()
    {
        QFETCH(QByteArray, bytes);
        const std::string file = write("none.json", bytes);
        const Outcome outcome = run({"info", file});
        QCOMPARE(outcome.status, int{ExitNothingRead});
        QVERIFY2(contains(outcome.err, "no spans"), outcome.err.c_str());
        QVERIFY2(contains(outcome.err, file.c_str()), outcome.err.c_str());
        QVERIFY2(!contains(outcome.out, "nothing was lost"), outcome.out.c_str());
        const std::string work = m_folder.filePath("nospans.arcscope").toStdString();
        QCOMPARE(run({"import", file, "--into", work}).status, int{ExitNothingRead});
        QVERIFY(!QFile::exists(QString::fromStdString(work)));
    }

    void anEmptyFolderIsSaidToBeEmpty()
    {
        QDir(m_folder.path()).mkdir("hollow");
        const std::string folder = m_folder.filePath("hollow").toStdString();
        const Outcome outcome = run({"info", folder});
        QCOMPARE(outcome.status, int{ExitNothingRead});
        QVERIFY2(contains(outcome.err, (folder + ": the folder has no files").c_str()), outcome.err.c_str());
        QVERIFY(contains(outcome.err, "no spans"));
        // Beside a trace it is a row of the ledger.
        const Outcome both = run({"info", folder, write("one.jsonl", oneTrace), folder});
        QCOMPARE(both.status, int{ExitDone});
        QVERIFY(contains(both.out, "warning missing-field x1"));
    }

    void leadingWhiteSpaceOfAnyLength()
    {
        const QByteArray blank = QByteArray(300'000, '\n');
        const Outcome outcome = run({"info", "--json", write("late.json", blank + oneTrace + "garbage\n")});
        QCOMPARE(outcome.status, int{ExitRecordsRefused});
        QCOMPARE(outcome.json()["spans"].get<int>(), 2);
        QCOMPARE(outcome.json()["ledger"][0]["line"].get<int>(), 300'002);
        const Outcome none = run({"info", write("blank.json", blank)});
        QVERIFY2(contains(none.err, "nothing but white space"), none.err.c_str());
    }

    void otherCodingsAreNamed()
    {
        QByteArray wide("\xFF\xFE", 2);
        for (const char* at = oneTrace; *at; ++at)
            wide.append(*at).append('\0');
        for (const QByteArray& bytes : {wide, wide.mid(2)}) {
            const Outcome outcome = run({"info", write("wide.json", bytes)});
            QCOMPARE(outcome.status, int{ExitNothingRead});
            QVERIFY2(contains(outcome.err, "this is UTF-16 text; expected UTF-8"), outcome.err.c_str());
        }
    }

    void manyIssuesAreNotAllTold()
    {
        QByteArray bytes(oneTrace);
        for (int i = 0; i < 100; ++i)
            bytes.append("\n" + QByteArray(i + 1, 'x') + "\n{}");
        const Outcome outcome = run({"info", write("many.jsonl", bytes)});
        QCOMPARE(outcome.status, int{ExitRecordsRefused});
        QCOMPARE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), std::ptrdiff_t{21});
        QVERIFY2(contains(outcome.err, "and more, which \"info\" lists"), outcome.err.c_str());
        QVERIFY(std::count(outcome.out.begin(), outcome.out.end(), '\n') > 100);
    }

    void missingFilesAreNamed()
    {
        const Outcome outcome = run({"info", "/no/such/file.json"});
        QCOMPARE(outcome.status, int{ExitNothingRead});
        QVERIFY(contains(outcome.err, "/no/such/file.json"));
    }

    void cutFilesKeepWhatIsThere()
    {
        const QByteArray whole(oneTrace);
        const QByteArray second = whole.left(whole.size() / 2);
        const Outcome outcome = run({"info", write("cut.jsonl", whole + second), "--json"});
        QCOMPARE(outcome.status, int{ExitRecordsRefused});
        QCOMPARE(outcome.json()["spans"].get<int>(), 2);
        QVERIFY(!outcome.json()["ledger"].empty());
        QVERIFY(!outcome.err.empty());
    }

    void importMakesAWorkspaceThatOpens()
    {
        const std::string file = write("one.jsonl", oneTrace);
        const std::string work = m_folder.filePath("work.arcscope").toStdString();
        QCOMPARE(run({"import", file, "--into", work}).status, int{ExitDone});
        QCOMPARE(run({"info", work, "--json"}).json()["spans"].get<int>(), 2);
        // The same file again is recognised.
        QCOMPARE(run({"import", file, "--into", work}).status, int{ExitDone});
        const auto json = run({"info", work, "--json"}).json();
        QCOMPARE(json["spans"].get<int>(), 2);
        QCOMPARE(json["usage"]["output_tokens"].get<int>(), 25);
        QCOMPARE(json["ledger"][0]["kind"].get<std::string>(), std::string("duplicate-span"));
    }

    void clocksAreAlignedWhereItIsAskedFor()
    {
        const std::string file = write("calls.jsonl", QByteArray::fromStdString(callsWithSkew(4, -2'000)));
        const auto starts = [&](std::vector<std::string> arguments) {
            arguments.insert(arguments.begin(), {"query", file});
            const Outcome outcome = run(arguments);
            std::vector<std::int64_t> found;
            const auto json = outcome.json();
            for (const auto& span : json["spans"])
                found.push_back(span["start_ns"].get<std::int64_t>());
            return std::pair(found, outcome.err);
        };
        const auto recorded = starts({"name:reserve", "--json"});
        const auto aligned = starts({"name:reserve", "--json", "--align-clocks"});
        QCOMPARE(recorded.first.size(), std::size_t{4});
        QCOMPARE(recorded.second, std::string());
        QCOMPARE(aligned.first.size(), std::size_t{4});
        QCOMPARE(aligned.first[0] - recorded.first[0], std::int64_t{2'000'000'000});
        QVERIFY(aligned.second.find("the clock of stock is 2.00 s behind that of shop") != std::string::npos);
        QVERIFY(
            run({"query", write("one.jsonl", oneTrace), "kind:tool", "--align-clocks"}).err.find("no clock is off") !=
            std::string::npos);
    }

    void aMappingReadsWhatNoFormatKnows()
    {
        const std::string log = write("gateway.csv", "ts,model,in,out\n1700000000000,m-1,7,3\n");
        const std::string mapping = write(
            "gateway.json", "{\"arcscope\":\"mapping/1\",\"name\":\"gateway\",\"matches\":{\"columns\":[\"ts\"]},"
                            "\"spans\":[{\"kind\":\"model\",\"start\":{\"path\":\"ts\",\"unit\":\"ms\"},\"model\":"
                            "\"model\",\"usage\":{\"input\":\"in\",\"output\":\"out\"}}]}");
        QCOMPARE(run({"info", log}).status, 3);
        const Outcome told = run({"info", log, "--mapping", mapping, "--json"});
        QCOMPARE(told.status, 0);
        QCOMPARE(told.json()["usage"]["total_tokens"].get<int>(), 10);
        QCOMPARE(run({"query", log, "kind:model", "--mapping", mapping, "--json"}).json()["matched"].get<int>(), 1);
        QCOMPARE(run({"accounts", log, "--mapping", mapping, "--json"}).json()["traces"].size(), std::size_t(1));
        QVERIFY(contains(run({"stream", log, "--mapping", mapping}).out, "no streams are recorded here"));
        QVERIFY(contains(run({"streams", log, "--mapping", mapping}).out, "no streams are recorded here"));
    }

    void aFailedImportLeavesNoFile()
    {
        const std::string work = m_folder.filePath("none.arcscope").toStdString();
        QCOMPARE(run({"import", write("t.txt", "no trace"), "--into", work}).status, int{ExitNothingRead});
        QVERIFY(!QFile::exists(QString::fromStdString(work)));
    }

    void folderExtrasAreNotedNotRefused()
    {
        QDir(m_folder.path()).mkdir("mixed");
        write("mixed/a.jsonl", oneTrace);
        write("mixed/README.md", "# notes");
        const Outcome outcome = run({"info", m_folder.filePath("mixed").toStdString(), "--json"});
        QCOMPARE(outcome.status, int{ExitDone});
        QCOMPARE(outcome.json()["ledger"][0]["severity"].get<std::string>(), std::string("info"));
    }

    void queryFindsSpans_data()
    {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<int>("matched");
        QTest::newRow("kind") << QByteArray("kind:model") << 1;
        QTest::newRow("text inside an escaped string") << QByteArray("\"a refund, please\"") << 1;
        QTest::newRow("service from the resource") << QByteArray("service:shop") << 2;
        QTest::newRow("nothing") << QByteArray("kind:tool") << 0;
    }
    void queryFindsSpans()
    {
        QFETCH(QByteArray, filter);
        const Outcome outcome = run({"query", write("one.jsonl", oneTrace), filter.toStdString(), "--json"});
        QCOMPARE(outcome.status, int{ExitDone});
        QCOMPARE(outcome.json()["schema"].get<std::string>(), std::string("arcscope.query/1"));
        QTEST(outcome.json()["matched"].get<int>(), "matched");
    }

    void queryWritesCsv()
    {
        const Outcome outcome = run({"query", write("one.jsonl", oneTrace), "kind:model", "--csv"});
        QVERIFY(contains(outcome.out, "trace,span,kind"));
        QVERIFY(contains(
            outcome.out,
            "0af7651916cd43dd8448eb211c80319c,b7ad6b7169203332,model,unset,1700000001000000000,2000000000,125"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
