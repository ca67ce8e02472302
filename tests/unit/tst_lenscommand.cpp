// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "clirun.h"
#include "findingcache.h"
#include "lensrun.h"
#include "lensscript.h"
#include "session.h"
#include "writefile.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::string sample(const char* path)
{
    return std::string(ARCSCOPE_TEST_SAMPLES) + '/' + path;
}

std::size_t linesIn(const std::string& text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

using OtlpAttribute = std::pair<const char*, const char*>;

/// A trace of OTLP: a span with these attributes, and below it further ones.
QByteArray spansLine(int number, const std::vector<std::vector<OtlpAttribute>>& spans)
{
    using Json = nlohmann::json;
    const std::string seconds = std::to_string(1'700'000'000L + number * 600L);
    Json all = Json::array();
    for (std::size_t i = 0; i < spans.size(); ++i) {
        Json span;
        span["traceId"] = "0000000000000000000000000000" + std::to_string(1'000 + number);
        span["spanId"] = "000000000000000" + std::to_string(i + 1);
        if (i > 0)
            span["parentSpanId"] = "0000000000000001";
        span["name"] = "step";
        span["startTimeUnixNano"] = seconds + "000000000";
        span["endTimeUnixNano"] = seconds + "900000000";
        for (const auto& [key, value] : spans[i]) {
            Json attribute;
            attribute["key"] = key;
            attribute["value"]["stringValue"] = value;
            span["attributes"].push_back(attribute);
        }
        all.push_back(span);
    }
    Json scope;
    scope["spans"] = all;
    Json resource;
    resource["scopeSpans"] = Json::array({scope});
    Json line;
    line["resourceSpans"] = Json::array({resource});
    return QByteArray::fromStdString(line.dump() + '\n');
}

} // namespace

class TestLensCommand : public QObject
{
    Q_OBJECT

private slots:
    void everyLensOverEverySample_data()
    {
        QTest::addColumn<QString>("part");
        for (const char* part : {"support-week", "incident", "streams", "migration"})
            QTest::newRow(part) << QString::fromLatin1(part);
    }

    void everyLensOverEverySample()
    {
        QFETCH(QString, part);
        const SpanColumn first[] = {SpanColumn::Trace};
        auto session = openSession({sample(qPrintable(part))}, first, {});
        QVERIFY(session.has_value());
        FindingCache cache;
        for (const Lens& lens : lenses()) {
            LensRun run{lens};
            run.cache = &cache;
            const auto result = runLens(session->workspace, session->corpus, run, {});
            QVERIFY2(result.has_value(), lens.name.data());
            const std::string fault = faultIn(lens, *result, session->corpus);
            QVERIFY2(fault.empty(), fault.c_str());
        }
    }

    /// The calls that a lens counts are those that `info` counts.
    void nIsThatOfInfo()
    {
        const auto info = run({"info", sample("support-week"), "--json"}).json();
        for (const char* lens : {"served-models", "model-metrics", "stop-buckets", "token-rate", "plans"}) {
            const auto json = run({"lens", lens, sample("support-week"), "--json"}).json();
            QCOMPARE(json["n"].get<int>(), info["model_calls"].get<int>());
            QCOMPARE(json["of"].get<std::string>(), "model calls");
        }
        const auto accounts = run({"lens", "token-accounts", sample("support-week"), "--json"}).json();
        QCOMPARE(accounts["table"]["rows"].back()["values"]["tokens"].get<std::int64_t>(),
                 info["usage"]["total_tokens"].get<std::int64_t>());
    }

    /// What changed is on charts over time: a model, the definition of a tool, an index.
    void marksOnChartsOverTime()
    {
        QByteArray lines;
        for (int i = 0; i < 60; ++i) {
            const std::vector<OtlpAttribute> called{{"gen_ai.operation.name", "chat"},
                                                    {"gen_ai.conversation.id", "c-1"},
                                                    {"gen_ai.response.model", i < 30 ? "m-1" : "m-2"}};
            const std::vector<OtlpAttribute> searched{{"gen_ai.operation.name", "execute_tool"},
                                                      {"gen_ai.tool.name", "search"},
                                                      {"tool.version", i < 20 ? "1" : "2"},
                                                      {"index.name", "handbook"},
                                                      {"index.version", i < 40 ? "v1" : "v2"}};
            lines += spansLine(i, {called, searched});
        }
        QTemporaryDir folder;
        const QString file = writeFile(folder.filePath("t.jsonl"), lines);
        for (const char* lens : {"served-models", "rescue-rate"}) {
            const auto json = run({"lens", lens, file.toStdString(), "--json"}).json();
            std::string marks;
            for (const auto& chart : json["charts"]) {
                for (const auto& mark : chart["markers"])
                    marks += mark["kind"].get<std::string>() + ' ' + mark["label"].get<std::string>() + "; ";
            }
            QCOMPARE(QString::fromStdString(marks), QString("tool search 2; model m-2; index handbook v2; "));
        }
    }

    /// No first token is recorded: a chart would be empty axes.
    void chartsOfNothingAreLeftOut()
    {
        QTemporaryDir folder;
        const QString file = writeFile(folder.filePath("t.jsonl"), spansLine(0, {{{"gen_ai.operation.name", "chat"}}}));
        const auto json = run({"lens", "hours", file.toStdString(), "--json"}).json();
        QCOMPARE(json["n"].get<int>(), 1);
        QVERIFY(json["charts"].empty());
        LensChart chart;
        QVERIFY(drawsNothing(chart));
        chart.series = {{"", {LensPoint{}}}};
        QVERIFY(drawsNothing(chart));
        chart.series[0].points[0].y = 0;
        QVERIFY(!drawsNothing(chart));
        chart.kind = LensChartKind::Heatmap;
        QVERIFY(drawsNothing(chart));
    }

    /// Where neither texts nor models are recorded no rescue can be seen.
    void whatCannotBeSeenIsSaid()
    {
        QTemporaryDir folder;
        const QString file = writeFile(folder.filePath("t.jsonl"), spansLine(0, {{{"gen_ai.operation.name", "chat"}}}));
        const auto json = run({"lens", "rescue-rate", file.toStdString(), "--json"}).json();
        QVERIFY(json["sentence"].get<std::string>().starts_with("In 100 % (1 of 1) of the traces no rescue is seen"));
        std::vector<std::string> missing;
        for (const auto& each : json["missing"])
            missing.push_back(each["field"].get<std::string>());
        QCOMPARE(missing, (std::vector<std::string>{"messages", "served", "task"}));
        const auto critique = run({"lens", "critique-tax", file.toStdString(), "--json"}).json();
        QCOMPARE(critique["missing"][0]["lacking"].get<int>(), 1);
        const auto told = run({"lens", "critique-tax", sample("support-week"), "--json"}).json();
        for (const auto& each : told["missing"])
            QVERIFY(each["lacking"].get<int>() < each["of"].get<int>());
    }

    void json()
    {
        const auto outcome = run({"lens", "served-models", sample("support-week"), "--set", "models=2", "--json"});
        QCOMPARE(outcome.status, 0);
        const auto json = outcome.json();
        QCOMPARE(json["schema"].get<std::string>(), "arcscope.lens/1");
        QCOMPARE(json["lens"].get<std::string>(), "served-models");
        QVERIFY(!json["caveats"].empty() && json.contains("missing") && !json["sentence"].get<std::string>().empty());
        QCOMPARE(json["table"]["columns"][1]["key"].get<std::string>(), "calls");
        QCOMPARE(json["table"]["columns"][2]["unit"].get<std::string>(), "share");
        int calls = 0;
        for (const auto& row : json["table"]["rows"]) {
            calls += row["values"]["calls"].get<int>();
            QCOMPARE(row["span_count"].get<int>(), row["values"]["calls"].get<int>());
            QVERIFY(!row["spans"].empty() && !row["spans"][0]["span"].get<std::string>().empty());
            QVERIFY(row["values"]["share"]["interval"][0].get<double>() <=
                    row["values"]["share"]["share"].get<double>());
        }
        QCOMPARE(calls, json["n"].get<int>());
        QCOMPARE(json["charts"][0]["kind"].get<std::string>(), "stacked_area");
        QCOMPARE(json["charts"][0]["x"]["unit"].get<std::string>(), "time_ns");
    }

    void csvAndText()
    {
        const auto csv = run({"lens", "served-models", sample("support-week"), "--csv"});
        QCOMPARE(csv.status, 0);
        QVERIFY(csv.out.starts_with("model,calls,share,share_part,share_of,share_low,share_high,first,last\n"));
        const auto rows = run({"lens", "served-models", sample("support-week"), "--json"}).json()["table"]["rows"];
        QCOMPARE(linesIn(csv.out), rows.size() + 1);
        const auto text = run({"lens", "served-models", sample("support-week")});
        QVERIFY(text.says("Served models: Of ") && text.says("caveat: Shows what answered") && text.says("\nn: "));
    }

    void aFilterCounts()
    {
        const auto all = run({"lens", "served-models", sample("support-week"), "--json"}).json();
        const auto some =
            run({"lens", "served-models", sample("support-week"), "--filter", "tenant:fernhill-trade", "--json"})
                .json();
        QVERIFY(some["n"].get<int>() > 0 && some["n"].get<int>() < all["n"].get<int>());
        QCOMPARE(run({"lens", "served-models", sample("support-week"), "--filter", "weather:("}).status, ExitUsage);
    }

    void anInvoice()
    {
        const QTemporaryDir folder;
        const std::string path = writeFile(folder.filePath(QStringLiteral("bill.csv")),
                                           "model,input_tokens,output_tokens\ngpt-4.1,100000,2000\n")
                                     .toStdString();
        const auto json = run({"lens", "token-accounts", sample("migration"), "--invoice", path, "--json"}).json();
        QCOMPARE(json["table"]["rows"].back()["values"]["step"].get<std::string>(), "as billed");
        QCOMPARE(json["table"]["rows"].back()["values"]["tokens"].get<int>(), 102'000);
        QCOMPARE(run({"lens", "served-models", sample("migration"), "--invoice", path}).status, ExitUsage);
        QVERIFY(run({"lens", "token-accounts", sample("migration"), "--invoice", path + "x"}).status != 0);
    }

    void theList()
    {
        const auto json = run({"lens", "--list", "--json"}).json();
        QCOMPARE(json["schema"].get<std::string>(), "arcscope.lenses/1");
        QCOMPARE(json["lenses"].size(), lenses().size());
        for (const auto& lens : json["lenses"])
            QVERIFY(!lens["about"].get<std::string>().empty() && !lens["needs"].empty());
        const auto text = run({"lens", "--list"});
        QVERIFY(text.says("served-models\n    Which model answered") && text.says("--set model=served|requested"));
    }

    void wrongUse()
    {
        QCOMPARE(run({"lens"}).status, ExitUsage);
        QCOMPARE(run({"lens", "served-models"}).status, ExitUsage);
        QCOMPARE(run({"lens", "weather", sample("streams")}).status, ExitUsage);
        QCOMPARE(run({"lens", "served-models", sample("streams"), "--set", "models"}).status, ExitUsage);
        QCOMPARE(run({"lens", "served-models", sample("streams"), "--set", "models=many"}).status, ExitUsage);
    }
};

QTEST_APPLESS_MAIN(TestLensCommand)
#include "tst_lenscommand.moc"
