// layers: analysis
#include "contradictions.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace arcscope;

namespace
{

struct Compared {
    ClaimReader reader;
    PairComparer comparer;

    const RuleMatch* match(const char* a, const char* b, std::string_view rule, PairOrigin origin = PairOrigin::Apart)
    {
        left = reader.read(a);
        right = reader.read(b);
        const auto& matches = comparer.compare(left, right, origin);
        const auto found = std::ranges::find_if(matches, [&](const RuleMatch& m) { return m.rule->name == rule; });
        return found == matches.end() ? nullptr : &*found;
    }
    std::size_t count(const char* a, const char* b)
    {
        left = reader.read(a);
        right = reader.read(b);
        return comparer.compare(left, right).size();
    }

    ClaimSentence left;
    ClaimSentence right;
};

} // namespace

class TestPairRules : public QObject
{
    Q_OBJECT

private slots:
    void examples_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < pairRules().size(); ++i)
            QTest::newRow(std::string(pairRules()[i].name).c_str()) << static_cast<int>(i);
    }

    void examples()
    {
        QFETCH(int, index);
        const PairRule& rule = pairRules()[static_cast<std::size_t>(index)];
        Compared compared;
        const RuleMatch* fired = compared.match(rule.fires[0], rule.fires[1], rule.name);
        QVERIFY2(fired, rule.fires[1]);
        QCOMPARE(fired->hit.tier, rule.tier);
        QVERIFY(fired->hit.strength > 0 && fired->hit.strength <= 1);
        QVERIFY(fired->hit.a.first < fired->hit.a.end && fired->hit.a.end <= compared.left.tokens.size());
        QVERIFY(fired->hit.b.first < fired->hit.b.end && fired->hit.b.end <= compared.right.tokens.size());
        QVERIFY2(compared.match(rule.fires[1], rule.fires[0], rule.name), "the other way round");
        QCOMPARE(compared.count(rule.quiet[0], rule.quiet[1]), std::size_t(0));
        QCOMPARE(compared.count(rule.fires[0], rule.fires[0]), std::size_t(0));
    }

    void namesAreUnique()
    {
        std::set<std::string_view> names;
        for (const PairRule& rule : pairRules())
            QVERIFY(names.insert(rule.name).second && !rule.title.empty() && !rule.why.empty());
    }

    void roughNumbers()
    {
        Compared compared;
        QVERIFY(compared.match("The log has 500 lines.", "The log has 540 lines.", "NUM_CARD"));
        QVERIFY(!compared.match("The log has about 500 lines.", "The log has 540 lines.", "NUM_CARD"));
        QVERIFY(compared.match("The log has about 500 lines.", "The log has 900 lines.", "NUM_CARD"));
        QVERIFY(!compared.match("The job runs for 90 minutes.", "The job runs for 1.5 hours.", "NUM_CARD"));
    }

    void doubleNegation()
    {
        Compared compared;
        QVERIFY(compared.match("The service never restarted.", "The service restarted.", "NEG"));
        QVERIFY(!compared.match("The service never restarted.", "The service did not restart.", "NEG"));
        QVERIFY(!compared.match("The service may not restart.", "The service restarts.", "NEG")); // a hedge
        QVERIFY(!compared.match("Did the service not restart?", "The service restarted.", "NEG"));
        QVERIFY(!compared.match("It did not stop, but the service restarted.", "It stalled, but the service restarted.",
                                "NEG"));
    }

    void otherRecordsSayNothing()
    {
        Compared compared;
        QCOMPARE(compared.count("Order 4471 ships on Monday.", "Order 4482 ships on Wednesday."), std::size_t(0));
        QVERIFY(compared.match("Order 4471 ships on Monday.", "Order 4471 ships on Wednesday.", "NUM_DAY"));
        QCOMPARE(compared.count("The first request took 200 ms.", "The second request took 450 ms."), std::size_t(0));
        QCOMPARE(compared.count("Python 3.8 is supported.", "Python 3.7 is not supported."), std::size_t(0));
        QVERIFY(compared.match("Python 3.8 is supported.", "Python 3.8 is not supported.", "NEG"));
    }

    void otherCircumstancesAreHints_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::newRow("place") << "The build succeeded on Linux."
                               << "The build failed on Windows.";
        QTest::newRow("time") << "The test failed before the fix."
                              << "The test passed after the fix.";
        QTest::newRow("subject") << "The lamp was deleted."
                                 << "The folder was not deleted.";
        QTest::newRow("request") << "Please restart the server."
                                 << "Do not restart the server.";
        QTest::newRow("one more label") << "The tool call returned 14 rows."
                                        << "The second tool call returned 41 rows.";
    }

    void otherCircumstancesAreHints()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        ClaimReader reader;
        PairComparer comparer;
        const ClaimSentence left = reader.read(a.toStdString());
        const ClaimSentence right = reader.read(b.toStdString());
        for (const RuleMatch& match : comparer.compare(left, right))
            QCOMPARE(match.hit.tier, PairTier::CheckThis);
    }

    void aNameMayBeLonger()
    {
        Compared compared;
        const RuleMatch* match =
            compared.match("Lund was born in Lisbon.", "Karin Lund was born in Madrid.", "ENT_FUNC");
        QVERIFY(match);
        QCOMPARE(match->hit.tier, PairTier::Finding);
    }

    void someAndSome()
    {
        Compared compared;
        QCOMPARE(compared.count("Some nodes restarted.", "Some nodes did not restart."), std::size_t(0));
    }

    void otherModifiersAreHints()
    {
        Compared compared;
        const RuleMatch* hint =
            compared.match("The first batch contained 40 rows.", "The legacy batch contained 55 rows.", "NUM_CARD");
        QVERIFY(!hint || hint->hit.tier == PairTier::CheckThis);
    }

    void otherScripts()
    {
        Compared compared;
        QCOMPARE(compared.count("\u4f1a\u8b70\u306f 41 \u4eba\u3067\u3059\u3002",
                                "\u4f1a\u8b70\u306f 39 \u4eba\u3067\u3059\u3002"),
                 std::size_t(0));
        QCOMPARE(compared.count("\u0412\u0441\u0435\u0433\u043e 41 \u0444\u0430\u0439\u043b",
                                "\u0412\u0441\u0435\u0433\u043e 39 \u0444\u0430\u0439\u043b"),
                 std::size_t(0));
        QCOMPARE(compared.count("", ""), std::size_t(0));
        QCOMPARE(compared.count("\xff\xfe 5", "\xff 6"), std::size_t(0));
    }

    void guardsWithinOneText()
    {
        Compared compared;
        const auto fires = [&](const char* a, const char* b, std::string_view rule) {
            return compared.match(a, b, rule, PairOrigin::OneText);
        };
        const RuleMatch* value =
            fires("The cluster has 12 worker nodes.", "The cluster has 15 worker nodes.", "NUM_CARD");
        QVERIFY(value);
        QCOMPARE(value->hit.tier, PairTier::Finding);
        const RuleMatch* words =
            fires("Backups are enabled for the database.", "Backups are disabled for the database.", "ANT");
        QVERIFY(words);
        QCOMPARE(words->hit.tier, PairTier::CheckThis);
        QVERIFY(!fires("The cluster has 12 worker nodes.", "The cluster now has 15 worker nodes.", "NUM_CARD"));
        QVERIFY(!fires("The cluster has 12 worker nodes.", "The cluster could have 15 worker nodes.", "NUM_CARD"));
        QVERIFY(!fires("Order AB12 has 12 open items.", "Order CD34 has 15 open items.", "NUM_CARD"));
        QVERIFY(
            !fires("If it is large, the cluster has 12 worker nodes.", "The cluster has 15 worker nodes.", "NUM_CARD"));
        QVERIFY(!fires("Cluster: it has 12 worker nodes.", "The cluster has 15 worker nodes.", "NUM_CARD"));
    }
};

QTEST_APPLESS_MAIN(TestPairRules)
#include "tst_pairrules.moc"
