// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Json = nlohmann::json;

const std::string week = std::string(ARCSCOPE_TEST_SAMPLES) + "/support-week";

Json answer(std::vector<std::string> options)
{
    options.insert(options.begin(), {"arcs", week, "--json"});
    return run(options).json();
}

std::size_t total(const Json& totals)
{
    std::size_t sum = 0;
    for (const Json& count : totals)
        sum += count.get<std::size_t>();
    return sum;
}

} // namespace

class TestArcsCommand : public QObject
{
    Q_OBJECT

private slots:
    void figuresAreOfTheArcsListed()
    {
        const Json json = answer({});
        const std::size_t arcs = json["arcs"].size();
        QVERIFY(arcs > 20);
        QCOMPARE(total(json["totals"]), arcs);
        QCOMPARE(json["figures"]["arcs"].get<std::size_t>(), arcs);
        std::map<std::string, std::size_t> outcomes;
        std::size_t reAsked = 0;
        std::int64_t cost = 0;
        for (const Json& arc : json["arcs"]) {
            ++outcomes[arc["outcome"]];
            reAsked += arc["re_asks"].is_number() && arc["re_asks"].get<int>() > 0;
            cost += arc["cost"].is_number() ? arc["cost"].get<std::int64_t>() : 0;
        }
        for (const auto& [outcome, rate] : json["figures"]["outcomes"].items()) {
            QCOMPARE(rate["of"].get<std::size_t>(), outcomes[outcome]);
            QVERIFY(rate["low"].get<double>() <= rate["rate"].get<double>());
            QVERIFY(rate["high"].get<double>() >= rate["rate"].get<double>());
        }
        QCOMPARE(json["figures"]["rates"]["re_asked"]["of"].get<std::size_t>(), reAsked);
        std::int64_t total = 0;
        for (const Json& costs : json["figures"]["costs"])
            total += costs["total"].get<std::int64_t>();
        QCOMPARE(total, cost);
    }

    void whereAndItsOpposite()
    {
        const Json all = answer({});
        const Json some = answer({"--where", "turns>=3"});
        const Json others = answer({"--where", "turns<3"});
        QVERIFY(!some["arcs"].empty() && !others["arcs"].empty());
        QCOMPARE(some["arcs"].size() + others["arcs"].size(), all["arcs"].size());
        for (const Json& arc : some["arcs"])
            QVERIFY(arc["turns"].get<int>() >= 3);
        const Json none = answer({"--where", "plan=no-such-plan"});
        QVERIFY(none["arcs"].empty());
        QVERIFY(none["figures"]["rates"]["attempted"]["rate"].is_null());
    }

    void groups_data()
    {
        QTest::addColumn<std::string>("by");
        for (const char* by : {"plan", "model", "user", "outcome", "day", "week", "hour", "session_ordinal"})
            QTest::newRow(by) << std::string(by);
    }
    void groups()
    {
        QFETCH(const std::string, by);
        const Json json = answer({"--by", by});
        QVERIFY(!json["groups"].empty());
        std::size_t arcs = 0;
        for (const Json& group : json["groups"]) {
            arcs += total(group["totals"]);
            QCOMPARE(group["figures"]["arcs"].get<std::size_t>(), total(group["totals"]));
        }
        QCOMPARE(arcs, json["arcs"].size());
    }

    void compared()
    {
        const Json json = answer({"--compare", "day=2026-03-09,2026-03-10,2026-03-11"});
        const Json& comparison = json["comparison"];
        QCOMPARE(comparison["before"]["arcs"].get<std::size_t>() + comparison["after"]["arcs"].get<std::size_t>(),
                 json["arcs"].size());
        QVERIFY(comparison["before"]["arcs"].get<std::size_t>() > 5);
        for (const Json& rate : comparison["rates"]) {
            if (rate["difference"].is_null())
                continue;
            const double off = rate["after"]["rate"].get<double>() - rate["before"]["rate"].get<double>();
            QVERIFY(std::abs(rate["difference"]["value"].get<double>() - off) < 1e-9);
        }
        const Json same = answer({"--compare", "turns>0", "--against", "turns>0"})["comparison"];
        for (const Json& rate : same["rates"])
            QVERIFY(rate["evidence"] == "no evidence of a difference" || rate["evidence"] == "too few");
    }

    void whatDiffers()
    {
        const Json differences = answer({"--differs", "outcome=failed"})["differences"];
        QVERIFY(differences["tried"].get<int>() > 0);
        for (const Json& field : differences["fields"])
            QVERIFY(field["field"] != "outcome" && field["field"] != "resolution");
    }

    /// Of the week no cost is stated.
    void costsByAPriceTable()
    {
        QCOMPARE(answer({})["figures"]["costs"].size(), std::size_t(0));
        const QTemporaryDir folder;
        const std::string prices =
            writeFile(folder.filePath(QStringLiteral("prices.json")),
                      R"({"claude-haiku-4-5-20251001": {"input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06,
                          "cache_read_input_token_cost": 1e-07, "cache_creation_input_token_cost": 1.25e-06}})")
                .toStdString();
        const Json json = answer({"--prices", prices});
        std::size_t priced = 0;
        for (const Json& arc : json["arcs"]) {
            if (arc["cost"].is_null())
                continue;
            ++priced;
            QCOMPARE(arc["currency"].get<std::string>(), std::string("USD"));
            QVERIFY(arc["cost"].get<std::int64_t>() > 0);
        }
        QVERIFY(priced > 5 && priced < json["arcs"].size()); // other models have no price
        QVERIFY(run({"arcs", week, "--prices", prices + "x"}).status != ExitDone);
    }

    void asText()
    {
        const Outcome outcome =
            run({"arcs", week, "--by", "plan", "--compare", "day=2026-03-09", "--differs", "turns>3"});
        QCOMPARE(outcome.status, ExitDone);
        for (const char* part : {"success_of_attempts", "plain engagement", "figures compared", "others; "})
            QVERIFY2(outcome.says(part), part);
    }

    void wrongUse_data()
    {
        QTest::addColumn<std::vector<std::string>>("options");
        QTest::addColumn<std::string>("message");
        const auto row = [](std::vector<std::string> options, const char* message) {
            QTest::newRow(message) << std::move(options) << std::string(message);
        };
        row({"--where", "plan=pro outcome=fine"}, "--where: byte 17: “fine” is not one of");
        row({"--compare", "plant=x"}, "--compare: byte 0: arcs have no field “plant”");
        row({"--differs", "turns>"}, "--differs: byte 6: expected a value");
        row({"--against", "turns>1"}, "--against needs --compare");
        row({"--by", "colour"}, "--by is a value of the spans");
    }
    void wrongUse()
    {
        QFETCH(std::vector<std::string>, options);
        QFETCH(const std::string, message);
        options.insert(options.begin(), {"arcs", week});
        const Outcome outcome = run(options);
        QCOMPARE(outcome.status, ExitUsage);
        QVERIFY2(outcome.err.find(message) != std::string::npos, outcome.err.c_str());
    }
};

QTEST_APPLESS_MAIN(TestArcsCommand)
#include "tst_arcscommand.moc"
