// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"
#include "recordedfile.h"
#include "times.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestStreamCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string m_file;

private slots:
    void initTestCase()
    {
        m_file = writeFile(m_folder.filePath(QStringLiteral("stream.json")), correctedRecording()).toStdString();
        QVERIFY(!m_file.empty());
    }

    void everyStreamIsTold()
    {
        const auto told = run({"stream", m_file, "--json"}).json();
        QCOMPARE(told["schema"].get<std::string>().c_str(), "arcscope.stream/1");
        QCOMPARE(told["streams"].size(), std::size_t(1));
        const auto& stream = told["streams"][0];
        QCOMPARE(stream["span"].get<std::string>().c_str(), "b7ad6b7169203332");
        QCOMPARE(stream["events"].get<int>(), 6);
        QCOMPARE(stream["since_request_ns"]["first_content"].get<Nanos>(), 100 * millisecond);
        QCOMPARE(stream["phases"].size(), std::size_t(4));
        const auto& gone = stream["retractions"][0];
        QCOMPARE(gone["exposure_ns"].get<Nanos>(), 100 * millisecond);
        QCOMPARE(gone["reason"].get<std::string>().c_str(), "superseded");
        QCOMPARE(gone["text"].get<std::string>().c_str(), "seven");
        QCOMPARE(stream["text"][0]["text"].get<std::string>().c_str(), "It is eight");
        QVERIFY(!stream.contains("at"));
        QCOMPARE(stream["figures"]["acceptance"].is_null(), true);
    }

    void theTextAtAMoment_data()
    {
        QTest::addColumn<QString>("at");
        QTest::addColumn<QString>("text");
        QTest::newRow("before all") << "99"
                                    << "";
        QTest::newRow("first chunk") << "100"
                                     << "It is ";
        QTest::newRow("shown") << "299.9"
                               << "It is seven";
        QTest::newRow("taken back") << "300"
                                    << "It is ";
        QTest::newRow("behind the end") << "99999"
                                        << "It is eight";
    }
    void theTextAtAMoment()
    {
        QFETCH(QString, at);
        QFETCH(QString, text);
        const auto told =
            run({"stream", m_file, "--span", "b7ad6b7169203332", "--at", at.toStdString(), "--json"}).json();
        std::string all;
        for (const auto& block : told["streams"][0]["text"])
            all += block["text"].get<std::string>();
        QCOMPARE(QString::fromStdString(all), text);
    }

    void peopleReadTheSame()
    {
        const Outcome outcome = run({"stream", m_file, "--at", "250"});
        QCOMPARE(outcome.status, 0);
        const QString said = QString::fromStdString(outcome.out);
        QVERIFY2(said.contains(QStringLiteral("b7ad6b7169203332  streamed: 6 events")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("taken back: 5 bytes, superseded (observed), shown for 100 ms: seven")),
                 qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("text: It is seven\n")), qPrintable(said));
    }

    void wrongAsksAreTold()
    {
        QVERIFY(run({"stream"}).err.find("which files?") != std::string::npos);
        QVERIFY(run({"stream", m_file, "--at", "soon"}).err.find("--at is a number") != std::string::npos);
        QVERIFY(run({"stream", m_file, "--span", "b7ad6b7169203331"}).err.find("no stream is recorded for span") !=
                std::string::npos);
        QVERIFY(run({"stream", m_file, "--span", "00f067aa0ba902b7"}).err.find("there is no span") !=
                std::string::npos);
    }

    void argumentsAreHeldAgainstTheirSchemaAndTheirTool()
    {
        RecordedFile file;
        file.addAttribute(QStringLiteral("gen_ai.tool.definitions"),
                          QStringLiteral("[{\"name\":\"pay\",\"parameters\":{\"type\":\"object\",\"properties\":"
                                         "{\"eur\":{\"type\":\"integer\"}}}}]"));
        const auto chunk = [&file](qint64 ms, const char* text) {
            file.add(ms, QStringLiteral("chunk"),
                     {{"block.type", RecordedFile::text(QStringLiteral("tool_call"))},
                      {"tool_call.name", RecordedFile::text(QStringLiteral("pay"))},
                      {"tool_call.id", RecordedFile::text(QStringLiteral("c1"))},
                      {"chunk.content", RecordedFile::text(QString::fromUtf8(text))}});
        };
        chunk(100, "{\"eur\":");
        chunk(200, "\"12\"");
        chunk(400, "}");
        file.add(410, QStringLiteral("end"));
        file.addTool(250, QStringLiteral("c1"));
        const std::string path = writeFile(m_folder.filePath(QStringLiteral("tools.json")), file.bytes()).toStdString();
        const auto stream = run({"stream", path, "--json"}).json()["streams"][0];
        const auto& document = stream["documents"][0];
        QCOMPARE(stream["text"][0]["name"].get<std::string>().c_str(), "pay");
        QCOMPARE(document["state"].get<std::string>().c_str(), "complete");
        QCOMPARE(document["first_usable_ns"].get<Nanos>(), 200 * millisecond);
        QCOMPARE(document["whole_ns"].get<Nanos>(), 400 * millisecond);
        QCOMPARE(document["meets_schema"].get<bool>(), false);
        QCOMPARE(document["violations"][0]["path"].get<std::string>().c_str(), "/eur");
        QStringList rules;
        for (const auto& finding : stream["findings"])
            rules << QString::fromStdString(finding["rule"].get<std::string>());
        QCOMPARE(rules.join(u' '), u"json.schema json.premature_use");
    }
};

QTEST_APPLESS_MAIN(TestStreamCommand)
#include "tst_streamcommand.moc"
