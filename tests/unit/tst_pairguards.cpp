// layers: analysis
#include "pairguards.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;

namespace
{

bool stops(std::string_view name, const char* a, const char* b)
{
    ClaimReader reader;
    const ClaimSentence left = reader.read(a);
    const ClaimSentence right = reader.read(b);
    WordAlignment words;
    alignWords(left, right, words);
    const auto guard = std::ranges::find(pairGuards(), name, &PairGuard::name);
    return guard != pairGuards().end() && guard->stops({left, right, words});
}

constexpr const char* plain = "The cluster has 12 worker nodes.";

} // namespace

class TestPairGuards : public QObject
{
    Q_OBJECT

private slots:
    void nothingStops()
    {
        for (const PairGuard& guard : pairGuards())
            QVERIFY2(!stops(guard.name, plain, "The cluster has 15 worker nodes."), guard.name.data());
    }

    void eachStops_data()
    {
        QTest::addColumn<QString>("guard");
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        const auto row = [](const char* guard, const char* a, const char* b) {
            QTest::newRow(guard) << QString(guard) << QString(a) << QString(b);
        };
        row("list item", plain, "Second site: the cluster has 15 worker nodes.");
        row("condition", plain, "Unless it shrinks, the cluster has 15 worker nodes.");
        row("request", plain, "Give the cluster 15 worker nodes.");
        row("identifier", "Cluster EU1 has 12 worker nodes.", "Cluster US2 has 15 worker nodes.");
        row("change", plain, "The cluster previously had 15 worker nodes.");
        row("subject", plain, "Our neighbour has 15 worker nodes.");
        row("modifier", "The blue cluster has 12 worker nodes.", "The green cluster has 15 worker nodes.");
    }

    void eachStops()
    {
        QFETCH(QString, guard);
        QFETCH(QString, a);
        QFETCH(QString, b);
        QVERIFY(stops(guard.toStdString(), a.toUtf8(), b.toUtf8()));
        QVERIFY(stops(guard.toStdString(), b.toUtf8(), a.toUtf8()));
    }

    void oneIdentifierMore()
    {
        QVERIFY(!stops("identifier", "Cluster EU1 has 12 nodes.", "The cluster has 15 nodes."));
    }
};

QTEST_APPLESS_MAIN(TestPairGuards)
#include "tst_pairguards.moc"
