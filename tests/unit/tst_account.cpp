// layers: core analysis
#include "account.h"
#include "assembledcorpus.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

Account accountOf(const Corpus& corpus, const PriceTable* prices = nullptr)
{
    return account(corpus, corpus.rowsOf(0), prices);
}

PriceTable table()
{
    ModelPrices prices;
    prices.prices.fill(noPrice);
    prices.prices[static_cast<std::size_t>(UsageClass::Input)] = 3 * priceUnitsPerMicro;
    prices.prices[static_cast<std::size_t>(UsageClass::Output)] = 15 * priceUnitsPerMicro;
    PriceTable table;
    table.models.emplace("small", prices);
    return table;
}

} // namespace

class TestAccount : public QObject
{
    Q_OBJECT

private slots:
    void verdicts_data()
    {
        QTest::addColumn<QString>("spans");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("reason");
        QTest::newRow("all calls") << "t run - agent 0-100\n"
                                      "t one run model 0-40 in=10 out=5\n"
                                      "t two run model 40-90 in=20 out=7\n"
                                   << "sums"
                                   << "usage on all 2 model calls";
        QTest::newRow("an equal roll-up") << "t run - agent 0-100 in=30 out=12\n"
                                             "t one run model 0-40 in=10 out=5\n"
                                             "t two run model 40-90 in=20 out=7\n"
                                          << "sums"
                                          << "usage on all 2 model calls; 1 roll-up equal to the parts";
        QTest::newRow("another roll-up") << "t run - agent 0-100 in=30 out=13\n"
                                            "t one run model 0-40 in=10 out=5\n"
                                            "t two run model 40-90 in=20 out=7\n"
                                         << "does not sum"
                                         << "1 span of 1 that repeat what lies below states something else; the first "
                                            "43 tokens, below it 42 were counted";
        QTest::newRow("a silent call") << "t run - agent 0-100\n"
                                          "t one run model 0-40 in=10 out=5\n"
                                          "t two run model 40-90\n"
                                       << "cannot know"
                                       << "1 model call of 2 without usage";
        QTest::newRow("no usage") << "t run - agent 0-100\n"
                                     "t tool run tool 0-40\n"
                                  << "cannot know"
                                  << "no usage is recorded";
    }

    void verdicts()
    {
        QFETCH(QString, spans);
        const Corpus corpus = corpusOf(spans.toStdString());
        const Account account = accountOf(corpus);
        QTEST(QString::fromUtf8(name(account.verdict()).data()), "verdict");
        QTEST(QString::fromStdString(reasonOf(account)), "reason");
    }

    void nestedRollUpsAreComparedWithWhatIsCounted()
    {
        const Corpus corpus = corpusOf("t run - agent 0-100 in=30 out=12\n"
                                       "t step run workflow 0-50 in=10 out=5\n"
                                       "t one step model 0-40 in=10 out=5\n"
                                       "t two run model 60-90 in=20 out=7\n");
        const Account account = accountOf(corpus);
        QCOMPARE(account.rollUps, std::uint64_t{2});
        QCOMPARE(account.rollUpsUnequal, std::uint64_t{0});
        QCOMPARE(account.usage[UsageClass::Input], 30);
        QCOMPARE(account.usage[UsageClass::Output], 12);
    }

    void aSpanWithAllBelowIt()
    {
        const Corpus corpus = corpusOf("t run - agent 0-100\n"
                                       "t step run workflow 0-50\n"
                                       "t one step model 0-40 in=10 out=5\n"
                                       "t two run model 60-90 in=20 out=7\n");
        const std::vector<Row> rows = corpus.rowsOf(0);
        const auto part = below(corpus, rows, rowNamed(corpus, "step"));
        QCOMPARE(part.size(), std::size_t{2});
        QCOMPARE(account(corpus, part, nullptr).usage.total(), 15);
        QCOMPARE(below(corpus, rows, rowNamed(corpus, "two")).size(), std::size_t{1});
        QCOMPARE(below(corpus, rows, rowNamed(corpus, "run")).size(), rows.size());
        QVERIFY(below(corpus, {}, 0).empty());
    }

    void whatIsNotPricedIsListed()
    {
        CorpusBuilder builder;
        addSpans(builder, "t run - agent 0-100\n"
                          "t one run model 0-40 in=10 out=5 model=small\n"
                          "t two run model 40-90 in=20 out=7 model=large\n"
                          "t three run model 40-90 in=1 model=large\n"
                          "t four run model 40-90 in=2\n");
        const Corpus corpus = assembled(builder);
        const PriceTable prices = table();
        const Account account = accountOf(corpus, &prices);
        QCOMPARE(account.priced, std::int64_t{10 * 3 + 5 * 15});
        QCOMPARE(account.pricedCalls, std::uint64_t{1});
        QCOMPARE(account.unpriced.size(), std::size_t{2});
        QCOMPARE(account.unpriced[0].model, std::string("large"));
        QCOMPARE(account.unpriced[0].calls, std::uint64_t{2});
        QCOMPARE(account.unpriced[0].tokens, std::int64_t{28});
        QCOMPARE(account.unpriced[1].model, std::string());
        QCOMPARE(accountOf(corpus).priced, std::int64_t{-1});
    }

    void onlyItsColumnsAreRead()
    {
        CorpusBuilder builder;
        addSpans(builder, "t one - model 0-40 in=10 out=5\n");
        const Corpus whole = assembled(builder);
        Corpus part = whole;
        part.spans = {};
        for (SpanTable::Chunk chunk : whole.spans.chunks()) {
            for (int i = 0; i < spanColumnCount; ++i) {
                const auto column = static_cast<SpanColumn>(i);
                const auto wanted = accountColumns();
                if (std::find(wanted.begin(), wanted.end(), column) == wanted.end())
                    chunk.columns[static_cast<std::size_t>(i)] = nullptr;
            }
            part.spans.append(chunk);
        }
        const PriceTable prices = table();
        QCOMPARE(accountOf(part, &prices).usage.total(), 15);
    }
};

QTEST_APPLESS_MAIN(TestAccount)
#include "tst_account.moc"
