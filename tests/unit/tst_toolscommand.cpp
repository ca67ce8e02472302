// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestToolsCommand : public QObject
{
    Q_OBJECT

    const std::string m_sample = ARCSCOPE_TEST_DATA "/formats/pisession/turns.jsonl";

private slots:
    void callsOfATrace()
    {
        const auto told = run({"tools", m_sample, "--json"});
        QCOMPARE(told.status, 0);
        const auto json = told.json();
        QCOMPARE(json["schema"].get<std::string>(), std::string("arcscope.tools/1"));
        QVERIFY(!json["scopes"].empty());
        QVERIFY(json["unpaired_calls"].is_array());
        QVERIFY(json["unpaired_results"].is_array());
        std::size_t calls = 0;
        for (const auto& scope : json["scopes"]) {
            QVERIFY(!scope["owner"].get<std::string>().empty());
            for (const auto& call : scope["calls"]) {
                ++calls;
                QVERIFY(!call["name"].get<std::string>().empty());
                QVERIFY(call["end_ns"].is_null() ||
                        call["end_ns"].get<long long>() >= call["start_ns"].get<long long>());
                QVERIFY(call["findings"].is_array());
                if (scope["of"].get<std::string>() == "message")
                    QCOMPARE(call["asker"].get<std::string>(), scope["owner"].get<std::string>());
                else
                    QVERIFY(call["asker"].is_null());
            }
        }
        QCOMPARE(calls, json["traces"][0]["calls"].get<std::size_t>());
    }

    void asText()
    {
        const auto json = run({"tools", m_sample, "--json"}).json();
        const auto told = run({"tools", m_sample});
        QCOMPARE(told.status, 0);
        QVERIFY(told.says(json["traces"][0]["trace"].get<std::string>()));
        for (const auto& scope : json["scopes"])
            QVERIFY(told.says(scope["owner"].get<std::string>()));
    }

    void onlyWhatIsNotPaired()
    {
        const auto json = run({"tools", m_sample, "--unpaired", "--json"}).json();
        QVERIFY(json["scopes"].empty());
        for (const auto& call : json["unpaired_calls"])
            QVERIFY(!call["reason"].get<std::string>().empty());
        const auto told = run({"tools", m_sample, "--unpaired"});
        QCOMPARE(told.says("no result:"), !json["unpaired_calls"].empty());
    }

    void oneTraceCanBeAskedFor()
    {
        const auto id = run({"tools", m_sample, "--json"}).json()["traces"][0]["trace"].get<std::string>();
        QVERIFY(run({"tools", m_sample, "--trace", id}).says(id));
        QCOMPARE(run({"tools", m_sample, "--trace", "none"}).status, 2);
        QCOMPARE(run({"tools"}).status, 2);
    }
};

QTEST_APPLESS_MAIN(TestToolsCommand)
#include "tst_toolscommand.moc"
