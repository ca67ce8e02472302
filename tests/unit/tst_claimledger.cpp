// layers: core analysis
#include "claimledger.h"

#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// "author attribute value provenance", one a claim.
std::vector<std::string> ledgerOf(TraceScript& script)
{
    ScriptedTrace trace(script, 0);
    ClaimEvidence evidence(trace.claims());
    std::vector<std::string> lines;
    for (const LedgerClaim& claim : claimLedger(evidence).claims)
        lines.push_back(std::string(name(trace.claims().texts()[claim.text].author)) + ' ' + claim.attribute + ' ' +
                        claim.value + ' ' + std::string(name(claim.provenance)) +
                        (claim.derivation.empty() ? "" : " " + claim.derivation));
    return lines;
}

} // namespace

class TestClaimLedger : public QObject
{
    Q_OBJECT

private slots:
    void amountsAndWhereTheyComeFrom()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30\n");
        script.content("a").input = {said(Role::System, "The fee is $30.")};
        script.content("a").output = {asked("get_price", "c", "{}")};
        script.content("b").input = {returned("c", "{\"price\": 155, \"tax\": 12}")};
        script.content("b").output = {
            said(Role::Assistant, "It costs $155, with tax $167, and a fee of $30. Not $99.")};
        QCOMPARE(ledgerOf(script),
                 (std::vector<std::string>{
                     "template amount of money 30 usd stated", "tool /price 155 stated", "tool /tax 12 stated",
                     "model amount of money 155 usd passed_on", "model amount of money 167 usd derived $155 + 12",
                     "model amount of money 30 usd from_template", "model amount of money 99 usd invented"}));
    }

    void aDateNamesNoRecord()
    {
        TraceScript script("t a - model 0-10\nt b - model 20-30\n");
        script.content("a").output = {asked("get_stock", "c", "{}")};
        script.content("b").input = {returned("c", R"({"next": "2026-03-13", "sku": "LOW-24", "count": 20})")};
        ScriptedTrace trace(script, 0);
        ClaimEvidence evidence(trace.claims());
        const ClaimLedger ledger = claimLedger(evidence);
        QCOMPARE(ledger.claims.size(), std::size_t(3));
        QCOMPARE(ledger.claims[2].subject, std::string("LOW-24"));
        QCOMPARE(ledger.claims[1].subject, std::string());
    }

    void whatItsSentenceDenies()
    {
        TraceScript script("t a - model 0-10\n");
        script.content("a").output = {said(Role::Assistant, "The fee is not $30. The price is $155.")};
        ScriptedTrace trace(script, 0);
        ClaimEvidence evidence(trace.claims());
        const ClaimLedger ledger = claimLedger(evidence);
        QCOMPARE(ledger.claims.size(), std::size_t(2));
        QVERIFY(ledger.claims[0].denied);
        QVERIFY(!ledger.claims[1].denied);
    }

    void valuesOfDocumentsGoOnOrAreDropped()
    {
        TraceScript script("t a - model 0-10\n"
                           "t b - model 20-30\n");
        script.content("a").input = {said(Role::User, "I am on Pro and want a refund.")};
        script.content("a").output = {
            said(Role::Assistant, "{\"intent\":\"billing\",\"plan\":\"Pro\",\"mood\":\"sad\"}")};
        script.content("b").output = {said(Role::Assistant, "Your billing question about the Pro plan is with us.")};
        QCOMPARE(ledgerOf(script), (std::vector<std::string>{"model /intent billing stated",
                                                             "model /plan Pro passed_on", "model /mood sad dropped"}));
    }
};

QTEST_APPLESS_MAIN(TestClaimLedger)
#include "tst_claimledger.moc"
