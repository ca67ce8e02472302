// layers: core analysis
#include "critiqueloops.h"
#include "tracescript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Words = std::vector<std::string>;

const std::string draft = "The export job writes one file a night, packs it, and sends it to the archive at three.";
const std::string better = "The export job writes one file each night, packs it, and sends it to the archive at four.";

/// Draft, critique, revision; of each round tokens and cost.
TraceScript loop(const std::string& first, const std::string& critique, const std::string& revision)
{
    TraceScript script("t a - model 0-10 in=100 out=50 cost=20\n"
                       "t b - model 11-20 in=200 out=30 cost=20\n"
                       "t c - model 21-40 in=300 out=50 cost=40\n");
    script.content("a").input = {said(Role::User, "Describe the job.")};
    script.content("a").output = {said(Role::Assistant, first)};
    script.content("b").input = {said(Role::User, "What is wrong with this text?\n" + first)};
    script.content("b").output = {said(Role::Assistant, critique)};
    script.content("c").input = {said(Role::User, "Text:\n" + first + "\nCritique:\n" + critique + "\nWrite it anew.")};
    script.content("c").output = {said(Role::Assistant, revision)};
    return script;
}

Words rulesIn(TraceScript script)
{
    return rulesOf(findingsOf(detectorNamed("critique"), script));
}

} // namespace

class TestCritique : public QObject
{
    Q_OBJECT

private slots:
    void aLoopIsPriced()
    {
        TraceScript script = loop(draft, "The time is wrong.", better);
        ScriptedTrace trace(script, 0);
        const auto loops = critiqueLoops(trace);
        QCOMPARE(loops.size(), std::size_t(1));
        QCOMPARE(loops[0].rounds.size(), std::size_t(1));
        QCOMPARE(loops[0].tokens, std::int64_t(580));
        QCOMPARE(loops[0].allTokens, std::int64_t(730));
        QCOMPARE(loops[0].cost, std::int64_t(60));
        QCOMPARE(loops[0].allCost, std::int64_t(80));
        QCOMPARE(loops[0].time, 28 * millisecond);
        QVERIFY(loops[0].rounds[0].changed > 0.05 && loops[0].rounds[0].changed < 0.2);
        QCOMPARE(rulesIn(script), (Words{"critique.price:signal"}));
    }

    void aRevisionThatIsTheDraftIsFound()
    {
        QCOMPARE(rulesIn(loop(draft, "It reads well already.", draft)),
                 (Words{"critique.price:signal", "critique.no_change:finding"}));
    }

    void aRevisionThatBreaksJsonIsFound()
    {
        const std::string json = "{\"job\": \"export\", \"nightly\": true, \"files\": [\"one\", \"two\", \"three\"]}";
        QCOMPARE(rulesIn(loop(json, "The second file is missing a name.", "Here it is: " + json)),
                 (Words{"critique.price:signal", "critique.regressed:finding"}));
        QCOMPARE(rulesIn(loop(json, "The second file is missing a name.", "{\"job\": \"export\"}")),
                 (Words{"critique.price:signal"}));
    }

    void roundsFollowEachOther()
    {
        TraceScript script("t a - model 0-10\nt b - model 11-20\nt c - model 21-30\nt d - model 31-40\n"
                           "t e - model 41-50\n");
        const std::string third = better + " Nobody needs to wait for it.";
        const Words texts{draft, "PASS, but the time is odd.", better, "FAIL: the time is wrong now.", third};
        const char* const names[] = {"a", "b", "c", "d", "e"};
        const auto inputs = [&](std::size_t i) {
            return i == 0       ? std::string("Write it.")
                   : i % 2 == 1 ? "Judge: " + texts[i - 1]
                                : "Text: " + texts[i - 2] + " Critique: " + texts[i - 1];
        };
        for (std::size_t i = 0; i < 5; ++i) {
            script.content(names[i]).input = {said(Role::User, inputs(i))};
            script.content(names[i]).output = {said(Role::Assistant, texts[i])};
        }
        ScriptedTrace trace(script, 0);
        const auto loops = critiqueLoops(trace);
        QCOMPARE(loops.size(), std::size_t(1));
        QCOMPARE(loops[0].rounds.size(), std::size_t(2));
        QCOMPARE(loops[0].tokens, std::int64_t(-1));
        QCOMPARE(rulesIn(script), (Words{"critique.price:signal", "critique.regressed:check"}));
    }

    void aChainOfCallsIsNoLoop()
    {
        // Each hands on what it was given, and none comes back to the draft.
        TraceScript script = loop(draft, "Der Job schreibt jede Nacht eine Datei.", better);
        script.content("c").input = {said(Role::User, "Translate: Der Job schreibt jede Nacht eine Datei.")};
        QCOMPARE(rulesIn(script), Words());
        // A conversation repeats its own answers.
        TraceScript talk = loop(draft, "You are welcome.", better);
        talk.content("b").input = {said(Role::User, "Describe the job."), said(Role::Assistant, draft),
                                   said(Role::User, "Thanks.")};
        QCOMPARE(rulesIn(talk), Words());
    }

    void changesAreShares()
    {
        QCOMPARE(changedShare("a b c d", "a b c d"), 0.0);
        QCOMPARE(changedShare("a b c d", "a b  c\nd"), 0.0);
        QCOMPARE(changedShare("a b c d", "a x c d"), 0.25);
        QCOMPARE(changedShare("", ""), 0.0);
        QCOMPARE(changedShare("", "a"), 1.0);
    }
};

QTEST_APPLESS_MAIN(TestCritique)
#include "tst_critique.moc"
