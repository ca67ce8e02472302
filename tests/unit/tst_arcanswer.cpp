// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "arcanswer.h"
#include "arcjson.h"
#include "arcrows.h"
#include "arctext.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Json = nlohmann::ordered_json;

Options optionsOf(std::map<std::string, std::string, std::less<>> values)
{
    Options options;
    options.values = std::move(values);
    return options;
}

std::string errorOf(std::map<std::string, std::string, std::less<>> values)
{
    const Result<ArcQuestion> question = arcQuestionOf(optionsOf(std::move(values)));
    return question ? std::string() : question.error().message;
}

ArcRows planned()
{
    ArcRows rows;
    for (int i = 0; i < 40; ++i) {
        const std::string number = std::to_string(i);
        rows.add(
            "plan=pro outcome=succeeded resolution=resolved source=label turns=2 resolved=30s cost=0.1 currency=USD "
            "user=u" +
            number + " time=2026-11-02T10:00:00Z");
        rows.add("plan=free outcome=" + std::string(i % 4 == 0 ? "succeeded resolution=resolved" : "failed") +
                 " turns=4 user=v" + number + " time=2026-11-03T10:00:00Z");
    }
    return rows;
}

ArcAnswer answered(const ArcRows& rows, std::map<std::string, std::string, std::less<>> values)
{
    return answerTo(arcQuestionOf(optionsOf(std::move(values))).value(), rows.corpus(), rows.strings());
}

Json jsonOf(const ArcAnswer& answer, const ArcRows& rows)
{
    return Json::parse(answerJson(answer, rows.strings()));
}

} // namespace

class TestArcAnswer : public QObject
{
    Q_OBJECT

private slots:
    void questions()
    {
        const ArcQuestion question =
            arcQuestionOf(optionsOf({{"--by", "model"}, {"--where", "plan=pro"}, {"--list", ""}})).value();
        QCOMPARE(question.by->by, ArcGrouping::By::Tag);
        QCOMPARE(question.by->tag, SpanText::ModelServed);
        QCOMPARE(question.where.all.size(), std::size_t{1});
        QVERIFY(question.list);
        QVERIFY(!question.compare && !question.differs);
        QCOMPARE(arcQuestionOf(optionsOf({{"--by", "hour"}})).value().by->by, ArcGrouping::By::HourOfWeek);
    }

    void wrongQuestions()
    {
        QVERIFY(errorOf({{"--where", "plan=pro outcome=fine"}}).starts_with("--where: byte 17: “fine” is not one of"));
        QVERIFY(errorOf({{"--compare", "plant=x"}}).starts_with("--compare: byte 0: arcs have no field “plant”"));
        QVERIFY(errorOf({{"--differs", "turns>"}}).starts_with("--differs: byte 6: expected a value"));
        QCOMPARE(errorOf({{"--against", "turns>1"}}), std::string("--against needs --compare"));
        QVERIFY(errorOf({{"--by", "colour"}}).starts_with("--by is a value of the spans"));
    }

    void figures()
    {
        const ArcRows rows = planned();
        const ArcAnswer answer = answered(rows, {{"--where", "plan=pro"}, {"--by", "day"}});
        QCOMPARE(answer.rows.size(), std::size_t{40});
        const Json json = jsonOf(answer, rows)["figures"];
        QCOMPARE(json["outcomes"]["succeeded"]["of"].get<int>(), 40);
        QCOMPARE(json["rates"]["success_of_attempts"]["rate"].get<double>(), 1.0);
        QVERIFY(json["rates"]["several_devices"]["rate"].is_null());
        QCOMPARE(json["time_to_resolve_ns"]["median"]["value"].get<std::int64_t>(), 30 * second);
        QCOMPARE(json["costs"][0]["currency"].get<std::string>(), std::string("USD"));
        QCOMPARE(json["costs"][0]["total"].get<int>(), 4'000'000);
        QVERIFY(json["tokens"]["total"].is_null());
        QVERIFY(json["engagement"]["sessions"].is_null());
        QCOMPARE(answer.groups->groups.size(), std::size_t{1});
        QCOMPARE(groupName(answer.groups->grouping, answer.groups->groups[0], rows.strings()),
                 std::string("2026-11-02"));
    }

    void figuresOfNothing()
    {
        const ArcRows rows;
        const Json json = jsonOf(answered(rows, {}), rows)["figures"];
        QCOMPARE(json["arcs"].get<int>(), 0);
        QVERIFY(json["rates"]["attempted"]["low"].is_null());
        QVERIFY(json["success_if_unknown_failed"].is_null());
        QVERIFY(json["turns_to_resolve"]["median"].is_null());
        QVERIFY(json["costs"].empty());
    }

    void comparison()
    {
        const ArcRows rows = planned();
        const ArcAnswer answer = answered(rows, {{"--compare", "plan=pro"}});
        const Json json = jsonOf(answer, rows)["comparison"];
        QCOMPARE(json["before"]["arcs"].get<int>(), 40);
        QCOMPARE(json["after"]["arcs"].get<int>(), 40);
        for (const Json& rate : json["rates"]) {
            if (rate["name"] == "success_of_attempts") {
                QCOMPARE(rate["difference"]["value"].get<double>(), -0.75);
                QCOMPARE(rate["evidence"].get<std::string>(), std::string("differs"));
            }
            if (rate["name"] == "several_devices")
                QVERIFY(rate["difference"].is_null());
        }
        QCOMPARE(json["success"]["metric.decoupled"].get<std::string>(), std::string("no evidence of a difference"));
        QCOMPARE(json["mixes"][0]["tag"].get<std::string>(), std::string("plan"));
        const ArcAnswer against = answered(rows, {{"--compare", "plan=pro"}, {"--against", "plan=pro"}});
        QCOMPARE(against.comparison->after.arcs, std::uint64_t{40});
    }

    void differences()
    {
        const ArcRows rows = planned();
        const ArcAnswer answer = answered(rows, {{"--differs", "outcome=failed"}});
        const Json json = jsonOf(answer, rows)["differences"];
        QCOMPARE(json["chosen"].get<int>(), 30);
        for (const Json& field : json["fields"]) {
            QVERIFY(field["field"] != "outcome");
            if (field["field"] == "plan")
                QCOMPARE(field["evidence"].get<std::string>(), std::string("differs"));
        }
    }

    void asText()
    {
        const ArcRows rows = planned();
        const ArcAnswer answer =
            answered(rows, {{"--by", "plan"}, {"--compare", "plan=pro"}, {"--differs", "outcome=failed"}});
        std::ostringstream out;
        printFigures(answer.summary, rows.strings(), out);
        printBreakdown(*answer.groups, rows.strings(), out);
        printComparison(*answer.comparison, answer.mixes, rows.strings(), out);
        printDifferences(*answer.differences, rows.strings(), out);
        const std::string text = out.str();
        for (const char* part : {"success_of_attempts", "62.5 %", "cost per resolved", "free", "-75.0 points",
                                 "mix of plan", "30 arcs against 50 others"})
            QVERIFY2(text.find(part) != std::string::npos, part);
    }
};

QTEST_APPLESS_MAIN(TestArcAnswer)
#include "tst_arcanswer.moc"
