// layers: core pipeline
#include "pricefile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

class TestPriceFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    Result<PriceTable> read(const QByteArray& text) const
    {
        QFile file(m_folder.filePath(QStringLiteral("prices.json")));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        file.close();
        return readPrices(file.fileName().toStdString());
    }

    static Usage usage(std::int64_t input, std::int64_t cacheRead, std::int64_t output, std::int64_t reasoning)
    {
        Usage usage;
        usage[UsageClass::Input] = input;
        usage[UsageClass::CacheRead] = cacheRead;
        usage[UsageClass::Output] = output;
        usage[UsageClass::Reasoning] = reasoning;
        return usage;
    }

private slots:
    void pricesAreExact()
    {
        const auto table = read(R"({"sample_spec":{"input_cost_per_token":1},
            "m":{"litellm_provider":"v","input_cost_per_token":3e-06,"output_cost_per_token":1.5e-05,
                 "cache_read_input_token_cost":3e-07,"max_tokens":8192},
            "v/n":{"input_cost_per_token":1.25e-07,"output_cost_per_token":5e-07,"output_cost_per_reasoning_token":1e-06},
            "picture":{"output_cost_per_image":0.04}})");
        QVERIFY2(table, table ? "" : table.error().message.c_str());
        QCOMPARE(table->models.size(), std::size_t{2});
        QVERIFY(table->version.starts_with("prices.json, 20"));
        const ModelPrices* m = table->find("m", "v");
        QVERIFY(m);
        QCOMPARE(costOf(usage(1'000, 2'000, 100, 50), *m), std::optional<std::int64_t>(3'000 + 600 + 1'500 + 750));
        QCOMPARE(costOf(usage(1, 1, 0, 0), *m), std::optional<std::int64_t>(3)); // 3.3 micros
        const ModelPrices* n = table->find("n", "v");
        QVERIFY(n);
        QVERIFY(!table->find("n", "w"));
        QVERIFY(!table->find("", "v"));
        QCOMPARE(costOf(usage(8, noTokens, 2, 3), *n), std::optional<std::int64_t>(5)); // 1 + 1 + 3
        QVERIFY(!costOf(usage(8, 1, 0, 0), *n)); // no price for what is read from a cache
        QCOMPARE(costOf(usage(8, 0, 0, 0), *n), std::optional<std::int64_t>(1));
    }

    void longRequestsHaveTheirOwnPrices()
    {
        const auto table = read(R"({"m":{"input_cost_per_token":1e-06,"output_cost_per_token":1e-05,
            "input_cost_per_token_above_200k_tokens":2e-06,"cache_read_input_token_cost":1e-07}})");
        QVERIFY(table);
        const ModelPrices& m = *table->find("m", "");
        QCOMPARE(costOf(usage(200'000, 0, 1, 0), m), std::optional<std::int64_t>(200'010));
        QCOMPARE(costOf(usage(200'000, 10, 1, 0), m), std::optional<std::int64_t>(400'011));
    }

    void whatIsNoTableSaysSo_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("not JSON") << QByteArray("prices: 3");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no models") << QByteArray("{}");
        QTest::newRow("a list") << QByteArray(R"([{"input_cost_per_token":3}])");
        QTest::newRow("no prices") << QByteArray(R"({"m":{"max_tokens":5},"n":7,"o":{"input_cost_per_token":"free"}})");
        QTest::newRow("a negative price") << QByteArray(R"({"m":{"input_cost_per_token":-1}})");
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }

    void whatIsNoTableSaysSo()
    {
        QFETCH(QByteArray, text);
        const auto table = read(text);
        QVERIFY(!table);
        QVERIFY2(QString::fromStdString(table.error().message).contains(QStringLiteral("prices.json")),
                 table.error().message.c_str());
        QVERIFY(!readPrices("/no/such/table.json"));
    }
};

QTEST_APPLESS_MAIN(TestPriceFile)
#include "tst_pricefile.moc"
