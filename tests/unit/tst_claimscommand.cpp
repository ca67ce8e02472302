// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestClaimsCommand : public QObject
{
    Q_OBJECT

    const std::string m_sample = ARCSCOPE_TEST_DATA "/formats/pisession/turns.jsonl";

private slots:
    void claimsOfATrace()
    {
        const auto told = run({"claims", m_sample, "--json"});
        QCOMPARE(told.status, 0);
        const auto json = told.json();
        QCOMPARE(json["schema"].get<std::string>(), std::string("arcscope.claims/1"));
        QVERIFY(json["traces"].size() >= 1);
        const auto& trace = json["traces"][0];
        QVERIFY(trace["texts"].get<int>() > 0);
        QCOMPARE(trace["skipped_bytes"].get<int>(), 0);
        for (const auto& claim : trace["claims"]) {
            QVERIFY(!claim["span"].get<std::string>().empty());
            QVERIFY(claim["end"].get<int>() > claim["start"].get<int>());
            QCOMPARE(int(claim["text"].get<std::string>().size()), claim["end"].get<int>() - claim["start"].get<int>());
        }
    }

    void claimsOfAnArc()
    {
        const auto all = run({"claims", m_sample, "--json"}).json();
        const auto told = run({"claims", m_sample, "--arcs", "--json"}).json();
        QVERIFY(!told.contains("traces"));
        QVERIFY(told["arcs"].size() >= 1);
        const auto& arc = told["arcs"][0];
        QVERIFY(!arc["arc"].get<std::string>().empty());
        QVERIFY(arc["traces"][0] == all["traces"][0]["trace"]);
        QVERIFY(arc["claims"] == all["traces"][0]["claims"]);
        QVERIFY(run({"claims", m_sample, "--arcs"}).says(arc["arc"].get<std::string>()));
    }

    void oneTraceCanBeAskedFor()
    {
        const auto all = run({"claims", m_sample, "--json"}).json();
        const auto id = all["traces"][0]["trace"].get<std::string>();
        QCOMPARE(run({"claims", m_sample, "--trace", id, "--json"}).json()["traces"].size(), std::size_t(1));
        QVERIFY(run({"claims", m_sample, "--trace", id}).says(id));
        QCOMPARE(run({"claims", m_sample, "--trace", "none"}).status, 2);
        QCOMPARE(run({"claims"}).status, 2);
    }
};

QTEST_APPLESS_MAIN(TestClaimsCommand)
#include "tst_claimscommand.moc"
