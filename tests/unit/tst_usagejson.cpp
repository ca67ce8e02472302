// layers: importers
#include "usagejson.h"

#include <QTest>
#include <string>

using namespace arcscope;

class TestUsageJson : public QObject
{
    Q_OBJECT

private slots:
    /// The classes after normalisation, which is what everything else sees.
    void vendors_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* vendor, const char* json, const char* expected) {
            QTest::newRow(vendor) << QByteArray(json) << QString(expected);
        };
        row("openai chat",
            R"({"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"prompt_tokens_details":{"cached_tokens":80,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":30,"accepted_prediction_tokens":5,"rejected_prediction_tokens":7}})",
            "inclusive input=20 cache_read=80 output=8 reasoning=30 prediction_accepted=5 prediction_rejected=7 "
            "audio_input=0");
        row("openai responses",
            R"({"input_tokens":100,"input_tokens_details":{"cached_tokens":10},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":105})",
            "inclusive input=90 cache_read=10 output=3 reasoning=2");
        row("anthropic",
            R"({"input_tokens":3,"cache_creation_input_tokens":20,"cache_read_input_tokens":1000,"cache_creation":{"ephemeral_5m_input_tokens":15,"ephemeral_1h_input_tokens":5},"output_tokens":9,"service_tier":"standard","server_tool_use":{"web_search_requests":1}})",
            "cache-separate input=3 cache_read=1000 cache_write=15 cache_write_long=5 output=9");
        row("bedrock",
            R"({"inputTokens":3,"outputTokens":4,"totalTokens":107,"cacheReadInputTokens":100,"cacheWriteInputTokens":0})",
            "cache-separate input=3 cache_read=100 cache_write=0 output=4");
        row("bedrock, inclusive model",
            R"({"inputTokens":103,"outputTokens":4,"totalTokens":107,"cacheReadInputTokens":100,"cacheWriteInputTokens":0})",
            "inclusive input=3 cache_read=100 cache_write=0 output=4");
        row("gemini",
            R"({"promptTokenCount":100,"cachedContentTokenCount":40,"candidatesTokenCount":7,"thoughtsTokenCount":20,"toolUsePromptTokenCount":5,"totalTokenCount":132})",
            "reasoning-apart input=65 cache_read=40 output=7 reasoning=20");
        row("deepseek",
            R"({"prompt_tokens":100,"completion_tokens":5,"prompt_cache_hit_tokens":60,"prompt_cache_miss_tokens":40})",
            "inclusive input=40 cache_read=60 output=5");
        row("xai",
            R"({"prompt_tokens":10,"completion_tokens":4,"total_tokens":34,"completion_tokens_details":{"reasoning_tokens":20}})",
            "reasoning-apart input=10 output=4 reasoning=20");
        row("ollama", R"({"prompt_eval_count":26,"eval_count":298,"eval_duration":4709213000})",
            "inclusive input=26 output=298");
        row("llama.cpp", R"({"cache_n":236,"prompt_n":1,"predicted_n":35,"predicted_ms":661.064})",
            "cache-separate input=1 cache_read=236 output=35");
        row("cohere",
            R"({"billed_units":{"input_tokens":5,"output_tokens":6},"tokens":{"input_tokens":70,"output_tokens":8}})",
            "inclusive input=70 output=8");
        row("ai sdk",
            R"({"inputTokens":10,"outputTokens":5,"totalTokens":15,"reasoningTokens":2,"cachedInputTokens":4})",
            "inclusive input=6 cache_read=4 output=3 reasoning=2");
        row("langsmith",
            R"({"input_tokens":10,"output_tokens":5,"total_tokens":15,"input_token_details":{"cache_read":4},"output_token_details":{"reasoning":2}})",
            "inclusive input=6 cache_read=4 output=3 reasoning=2");
        row("langfuse", R"({"input":6,"input_cached_tokens":4,"output":3,"output_reasoning_tokens":2,"total":15})",
            "disjoint input=6 cache_read=4 output=3 reasoning=2");
        row("langfuse, cache lifetimes",
            R"({"input":6,"input_cache_creation_5m":4,"input_cache_creation_1h":3,"output":3})",
            "disjoint input=6 cache_write=4 cache_write_long=3 output=3");
        row("inspect",
            R"({"input_tokens":6,"input_tokens_cache_read":40,"input_tokens_cache_write":1,"output_tokens":3,"total_tokens":50})",
            "cache-separate input=6 cache_read=40 cache_write=1 output=3");
        row("codex",
            R"({"input_tokens":60,"cached_input_tokens":40,"output_tokens":9,"reasoning_output_tokens":3,"total_tokens":69})",
            "inclusive input=20 cache_read=40 output=6 reasoning=3");
        row("counts as text", R"({"input_tokens":"60","output_tokens":9.0})", "inclusive input=60 output=9");
        row("negative is not recorded", R"({"input_tokens":-1,"output_tokens":9})", "inclusive output=9");
    }

    void vendors()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, expected);
        const auto usage = readUsage(json.toStdString());
        QVERIFY(usage);
        const NormalisedUsage normal = normalise(usage->raw, usage->dialect);
        std::string text(name(normal.dialect));
        for (int i = 0; i < usageClassCount; ++i) {
            const auto what = static_cast<UsageClass>(i);
            if (normal.usage[what] != noTokens)
                text += ' ' + std::string(name(what)) + '=' + std::to_string(normal.usage[what]);
        }
        QCOMPARE(QString::fromStdString(text), expected);
        QVERIFY(!normal.contradictory);
    }

    void whatIsNoUsageIsNothing()
    {
        for (const char* text : {"", "null", "12", "[]", "{}", "{\"a\":1}",
                                 "{\"input_tokens\":", "{\"input_tokens\":\"many\"}", "{{{{", "}"})
            QVERIFY2(!readUsage(text), text);
    }
};

QTEST_APPLESS_MAIN(TestUsageJson)
#include "tst_usagejson.moc"
