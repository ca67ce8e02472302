// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"
#include "recordedfile.h"
#include "slowedstreams.h"
#include "times.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

} // namespace

class TestStreamsCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string m_slowed;
    std::string m_one;

private slots:
    void initTestCase()
    {
        m_slowed = writeFile(m_folder.filePath(QStringLiteral("slowed.json")), slowedStreams()).toStdString();
        m_one = writeFile(m_folder.filePath(QStringLiteral("one.json")), correctedRecording()).toStdString();
        QVERIFY(!m_slowed.empty() && !m_one.empty());
    }

    void groupsAndTheirDistributions()
    {
        const Outcome outcome = run({"streams", m_slowed, "--json"});
        QCOMPARE(outcome.status, 0);
        const auto told = outcome.json();
        QVERIFY(told["schema"] == "arcscope.streams/1");
        QVERIFY(told["by"] == "model");
        QVERIFY(told["streams"] == 80);
        QCOMPARE(told["groups"].size(), std::size_t(2));
        const auto& group = told["groups"][0];
        QVERIFY(group["name"] == "gpt-4o-2024-08-06");
        QVERIFY(group["endings"]["ended"] == 40);
        const auto& first = group["metrics"]["ttft_ns"];
        QVERIFY(first["count"] == 40);
        QVERIFY(first["measured"] == 40);
        QVERIFY(first["not_recorded"] == 0);
        QVERIFY(first["min"] == 400 * millisecond);
        QVERIFY(first["max"] == 484 * millisecond);
        QCOMPARE(first["buckets"].size(), std::size_t(1));
        QVERIFY(first["buckets"][0]["from"] == 400 * millisecond);
        QVERIFY(first["buckets"][0]["to"] == 500 * millisecond);
        QVERIFY(first["buckets"][0]["count"] == 40);
        QVERIFY(group["metrics"]["bytes_per_second"]["p50"] == 10.0);
        QVERIFY(group["metrics"]["tokens_per_second"]["count"] == 0);
        QVERIFY(group["metrics"]["longest_stall_ns"]["max"] == 0);
        QVERIFY(group["acceptance"].is_null());
    }

    void theSlowerBuildIsTold()
    {
        const auto told = run({"streams", m_slowed, "--json"}).json();
        QCOMPARE(told["ttft_regressions"].size(), std::size_t(1));
        const auto& found = told["ttft_regressions"][0];
        QVERIFY(found["by"] == "model");
        QVERIFY(found["before"] == "gpt-4o-2024-08-06");
        QVERIFY(found["after"] == "gpt-4o-2024-11-20");
        QVERIFY(found["streams_before"] == 40);
        QVERIFY(found["ratio"] > 2.5 && found["ratio"] < 3.2);
        QVERIFY(found["p_adjusted"] < 0.001);
        QVERIFY(told["ttft_compared"] == 1);
        const Outcome text = run({"streams", m_slowed});
        QVERIFY2(text.says("model gpt-4o-2024-11-20 after gpt-4o-2024-08-06: 2.8"), text.out.c_str());
        QVERIFY2(text.says("1 of 1 comparison; "), text.out.c_str());
    }

    void otherGroupings()
    {
        const auto surfaces = run({"streams", m_slowed, "--by", "surface", "--json"}).json();
        QCOMPARE(surfaces["groups"].size(), std::size_t(2));
        QVERIFY(surfaces["groups"][0]["name"] == "chat");
        QVERIFY(surfaces["groups"][0]["streams"] == 60);
        QVERIFY(surfaces["groups"][1]["name"] == "code");
        QCOMPARE(run({"streams", m_slowed, "--by", "hour", "--json"}).json()["groups"].size(), std::size_t(3));
        const auto prompts = run({"streams", m_slowed, "--by", "prompt", "--json"}).json();
        QCOMPARE(prompts["groups"].size(), std::size_t(1));
        QVERIFY(prompts["groups"][0]["name"].is_null());
        QVERIFY(run({"streams", m_slowed, "--by", "prompt"}).says("not recorded"));
        QVERIFY(run({"streams", m_slowed, "--by", "none"}).says("all streams"));
    }

    void whatWasTakenBack()
    {
        const Outcome outcome = run({"streams", m_one, "--json"});
        const auto told = outcome.json();
        QVERIFY(told["groups"][0]["withdrawn_bytes"] == 5);
        QVERIFY(told["groups"][0]["retractions"] == 1);
        QVERIFY(told["groups"][0]["metrics"]["withdrawn_bytes"]["p50"] == 5);
        QVERIFY(run({"streams", m_one}).says("tokens a second: not recorded"));
    }

    void wrongAsksAreTold()
    {
        QVERIFY(run({"streams"}).err.find("which files?") != std::string::npos);
        const Outcome outcome = run({"streams", m_one, "--by", "day"});
        QCOMPARE(outcome.status, int(ExitUsage));
        QVERIFY(outcome.err.find("--by is one of") != std::string::npos);
        QVERIFY(run({"streams", "--help"}).says("--by WHAT"));
        const auto none = writeFile(m_folder.filePath(QStringLiteral("none.json")), RecordedFile().bytes());
        QVERIFY(run({"streams", none.toStdString()}).says("no streams are recorded here"));
    }
};

QTEST_GUILESS_MAIN(TestStreamsCommand)
#include "tst_streamscommand.moc"
