// layers: core analysis
#include "invoice.h"
#include "lensscript.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

Invoice invoiceOf(std::string_view text)
{
    auto invoice = readInvoice(text);
    if (!invoice)
        qFatal("%s", invoice.error().message.c_str());
    return std::move(*invoice);
}

/// Two days of two models, one response recorded twice, a failed call without usage, and a sum of what lies below.
const char* const traffic = "t1 root - agent 0-5000 in=300 out=30\n"
                            "t1 a root model 0-1000 model=gpt-4o in=100 out=10 response=r1\n"
                            "t1 b root model 1000-2000 model=gpt-4o in=200 out=20 response=r2\n"
                            "t2 c - model 86400000-86401000 model=gpt-4o in=300 out=30\n"
                            "t3 d - model 86400000-86401000 model=o3 in=50 out=5\n"
                            "t4 e - model 86400000-86400500 model=gpt-4o status=error error=timeout\n";

std::string stepOf(const LensResult& result, std::string_view step)
{
    return cellOf(result, rowOf(result, step), "tokens");
}

} // namespace

class TestInvoice : public QObject
{
    Q_OBJECT

private slots:
    void columnsUnderManyNames()
    {
        const Invoice open =
            invoiceOf("start_time_iso,model,input_tokens,input_cached_tokens,output_tokens,num_model_requests\n"
                      "2026-03-09T00:00:00Z,gpt-4o,1000,400,50,3\n");
        QCOMPARE(open.lines.size(), 1u);
        QCOMPARE(isoText(open.lines[0].day), "2026-03-09T00:00:00Z");
        QCOMPARE(open.lines[0].usage[UsageClass::Input], 600); // cached ones are within it
        QCOMPARE(open.lines[0].usage[UsageClass::CacheRead], 400);
        QCOMPARE(open.lines[0].tokens(), 1'050);
        QCOMPARE(open.lines[0].requests, 3);
        QVERIFY(!open.lines[0].micros);

        const Invoice classes =
            invoiceOf("\xEF\xBB\xBFusage_date_utc;model_version;usage_input_tokens_no_cache;"
                      "usage_input_tokens_cache_write_5m;usage_input_tokens_cache_read;usage_output_tokens;Odd\r\n"
                      "2026-03-09;claude-sonnet-4;10;20;30;40;?\r\n");
        QCOMPARE(classes.lines[0].usage[UsageClass::Input], 10);
        QCOMPARE(classes.lines[0].usage[UsageClass::CacheWrite], 20);
        QCOMPARE(classes.lines[0].tokens(), 100);
        QCOMPARE(classes.unread, std::vector<std::string>{"Odd"});

        const Invoice rows = invoiceOf("Date\tSKU description\tToken type\tQuantity\tCost (USD)\tCurrency\n"
                                       "2026-03-09\tgpt-4o\tInput\t\"1,000\"\t$ 2.50\tusd\n"
                                       "2026-03-09\tgpt-4o\tCached input\t500\t0.1\tusd\n"
                                       "Total\t\t\t1500\t2.60\t\n");
        QCOMPARE(rows.lines.size(), 2u);
        QCOMPARE(rows.refused, 1u);
        QCOMPARE(rows.lines[0].usage[UsageClass::Input], 1'000);
        QCOMPARE(*rows.lines[0].micros, 2'500'000);
        QCOMPARE(rows.lines[0].currency, "USD");
        QCOMPARE(rows.lines[1].usage[UsageClass::CacheRead], 500);
    }

    void whatIsNoInvoice()
    {
        QCOMPARE(readInvoice("name,colour\na,b\n").error().code, ErrorCode::Usage);
        QCOMPARE(readInvoice("").error().code, ErrorCode::Usage);
        QCOMPARE(readInvoice(std::string_view("a\0b", 3)).error().code, ErrorCode::Usage);
        QCOMPARE(invoiceOf("cost\n\"open quote\n").lines.size(), 0u);
        QCOMPARE(invoiceOf("tokens,model\n-5,a\n1e30,b\nmany,c\n,\n12,d\n").lines.size(), 1u);
    }

    void withoutAnInvoice()
    {
        TraceScript script(traffic);
        const LensResult result = lensOf("token-accounts", script);
        QCOMPARE(faultIn(*lensNamed("token-accounts"), result, script.corpus), "");
        QCOMPARE(stepOf(result, "as recorded on all spans"), "1,045");
        QCOMPARE(stepOf(result, "sums of what lies below"), "-330");
        QCOMPARE(stepOf(result, "each response once"), "715");
        QCOMPARE(missingIn(result), (std::vector<std::string>{"tokens 1/5", "invoice 0/0"}));
    }

    void causesUpToTheInvoice()
    {
        TraceScript script(traffic);
        const LensFile file{"bill.csv", "date,model,input_tokens,output_tokens\n"
                                        "1970-01-01,gpt-4o-2024-08-06,300,30\n"
                                        "1970-01-02,gpt-4o,640,40\n"
                                        "1970-01-03,gpt-4o,70,7\n"};
        LensBeside with;
        with.file = &file;
        const LensResult result = lensOf("token-accounts", script, with);
        QCOMPARE(faultIn(*lensNamed("token-accounts"), result, script.corpus), "");
        QCOMPARE(stepOf(result, "each response once"), "715");
        QCOMPARE(stepOf(result, "not on the invoice: other days or models"), "-55"); // o3
        QCOMPARE(stepOf(result, "not in the trace: other days or models"), "77");    // the third day
        QCOMPARE(stepOf(result, "failed calls without usage"), "220");               // the median of gpt-4o
        QCOMPARE(stepOf(result, "as billed"), "1,087");
        QCOMPARE(stepOf(result, "not explained"), "130"); // 1,087 - (715 - 55 + 77 + 220)
        double level = 0;
        for (const LensPoint& point : result.charts.front().series[0].points) {
            level = point.total ? point.y : level + point.y;
            if (point.total)
                continue;
        }
        QCOMPARE(level, 1'087.0);

        const LensFile bad{"bill.csv", "a,b\n1,2\n"};
        with.file = &bad;
        const auto refused = triedLens("token-accounts", script, with);
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().message.starts_with("bill.csv: no column"));
    }

    void linesOfResponsesAreMatchedOneByOne()
    {
        TraceScript script("t1 a - model 0-1000 model=m in=100 out=10 response=r1\n"
                           "t1 b - model 2000-3000 model=m in=200 out=20 response=r2\n"
                           "t1 c - model 4000-5000 model=m in=300 out=30 response=r3\n");
        const LensFile file{"bill.csv", "response_id,model,input_tokens,output_tokens\n"
                                        "r1,m,100,10\nr2,m,200,25\nr9,m,40,4\n"};
        LensBeside with;
        with.file = &file;
        const LensResult result = lensOf("token-accounts", script, with);
        QCOMPARE(faultIn(*lensNamed("token-accounts"), result, script.corpus), "");
        QCOMPARE(stepOf(result, "each response once"), "660");
        QCOMPARE(stepOf(result, "not on the invoice"), "-330");
        QCOMPARE(stepOf(result, "billed, with no call in the trace"), "44");
        QCOMPARE(stepOf(result, "billed at another amount than recorded"), "5");
        QCOMPARE(stepOf(result, "as billed"), "379"); // 660 - 330 + 44 + 5
        QVERIFY(std::any_of(result.caveats.begin(), result.caveats.end(), [](const std::string& text) {
            return text == "Lines of the invoice are matched by response: 2 responses of both.";
        }));
    }

    void cachedTokensThatNobodyRecords()
    {
        TraceScript script("t1 a - model 0-1000 model=m in=100 out=10\n");
        const LensFile file{"bill.csv", "model,uncached_input_tokens,cache_read_tokens,output_tokens\nm,100,900,10\n"};
        LensBeside with;
        with.file = &file;
        const LensResult result = lensOf("token-accounts", script, with);
        QCOMPARE(stepOf(result, "cache reads that no call records"), "900");
        QCOMPARE(stepOf(result, "not explained"), "0");
    }
};

QTEST_APPLESS_MAIN(TestInvoice)
#include "tst_invoice.moc"
