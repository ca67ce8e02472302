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
        QCOMPARE(run({"lens", "served-models", sample("support-week"), "--filter", "weather:("}).status, exitUsage);
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
        QCOMPARE(run({"lens", "served-models", sample("migration"), "--invoice", path}).status, exitUsage);
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
        QCOMPARE(run({"lens"}).status, exitUsage);
        QCOMPARE(run({"lens", "served-models"}).status, exitUsage);
        QCOMPARE(run({"lens", "weather", sample("streams")}).status, exitUsage);
        QCOMPARE(run({"lens", "served-models", sample("streams"), "--set", "models"}).status, exitUsage);
        QCOMPARE(run({"lens", "served-models", sample("streams"), "--set", "models=many"}).status, exitUsage);
    }
};

QTEST_APPLESS_MAIN(TestLensCommand)
#include "tst_lenscommand.moc"
