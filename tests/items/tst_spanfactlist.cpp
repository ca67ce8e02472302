// layers: core items
#include "displaytext.h"
#include "spanfactlist.h"

#include <QTest>

using namespace arcscope;

namespace
{

const QString incident = QStringLiteral(ARCSCOPE_TEST_SAMPLES "/incident");

QString valueOf(const std::vector<Attribute>& facts, const char* key)
{
    for (const Attribute& fact : facts) {
        if (fact.key == key)
            return QString::fromStdString(fact.value);
    }
    return {};
}

} // namespace

class TestSpanFactList : public QObject
{
    Q_OBJECT

private slots:
    void usageTellsWhetherTheTraceSums()
    {
        AppState state;
        state.open({incident});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), 60'000);
        const Corpus& corpus = *state.corpus();
        const std::vector<Row> rows = corpus.rowsOf(0);
        const auto root = usageFacts(corpus, *inspect(*state.openCorpus(), rows.front()));
        QCOMPARE(valueOf(root, "Tokens"), QStringLiteral("not recorded"));
        QCOMPARE(valueOf(root, "With all below it"), valueOf(root, "Whole trace"));
        QVERIFY(!valueOf(root, "Whole trace").isEmpty());
        QCOMPARE(valueOf(root, "The trace"), QStringLiteral("sums: usage on all 10 model calls"));
        for (const Row row : rows) {
            if (corpus.spans.kind(row) != SpanKind::ModelCall)
                continue;
            const auto call = usageFacts(corpus, *inspect(*state.openCorpus(), row));
            QVERIFY(valueOf(call, "With all below it") != valueOf(call, "Whole trace"));
            QCOMPARE(valueOf(call, "The source counts"), QStringLiteral("cache beside input, reasoning within output"));
        }
    }

    void costsAreComputedByTheTableAndApartFromStatedOnes()
    {
        AppState state;
        state.open({incident});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), 60'000);
        const Corpus& corpus = *state.corpus();
        const std::vector<Row> rows = corpus.rowsOf(0);
        PriceTable table;
        table.version = "mine, 2026-01-31";
        ClassPrices each;
        each.fill(priceUnitsPerMicro); // a token costs a millionth of a dollar
        table.models["claude-sonnet-4-5-20250929"] = {each, {}};
        const auto prices = std::make_shared<const PriceTable>(std::move(table));

        const auto root = usageFacts(corpus, *inspect(*state.openCorpus(), rows.front(), prices));
        QCOMPARE(valueOf(root, "Computed cost"), QString()); // no call itself
        QCOMPARE(valueOf(root, "Computed with below"), valueOf(root, "Computed, the trace"));
        QCOMPARE(valueOf(root, "Price table"), QStringLiteral("mine, 2026-01-31"));
        bool unpriced = false;
        for (const Row row : rows) {
            if (corpus.spans.kind(row) != SpanKind::ModelCall || corpus.spans.flagged(row, SpanFlag::RepeatedUsage))
                continue;
            const auto call = usageFacts(corpus, *inspect(*state.openCorpus(), row, prices));
            const QString cost = valueOf(call, "Computed cost");
            if (corpus.text(SpanText::ModelServed, row) == "claude-sonnet-4-5-20250929") {
                QCOMPARE(cost, costText(corpus.spans.usage(row).total(), "USD"));
            } else {
                QCOMPARE(cost, QStringLiteral("unpriced: claude-haiku-4-5-20251001"));
                unpriced = true;
            }
        }
        QVERIFY(unpriced);
        QVERIFY(valueOf(root, "Unpriced in the trace").startsWith(QStringLiteral("claude-haiku-4-5-20251001: ")));
    }
};

QTEST_MAIN(TestSpanFactList)
#include "tst_spanfactlist.moc"
