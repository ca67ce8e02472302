// layers: core items
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
};

QTEST_MAIN(TestSpanFactList)
#include "tst_spanfactlist.moc"
