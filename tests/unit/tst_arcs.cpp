// layers: core analysis
#include "arcscript.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rules = std::vector<std::string>;

std::vector<Finding> findingsIn(const std::vector<Said>& talk)
{
    ArcScript script({{"t", "session=s", 0, talk}});
    return findingsOf(detectorNamed("arcs"), script.script());
}

Rules rulesIn(const std::vector<Said>& talk)
{
    Rules rules = rulesOf(findingsIn(talk));
    std::sort(rules.begin(), rules.end());
    return rules;
}

} // namespace

class TestArcs : public QObject
{
    Q_OBJECT

private slots:
    void askedAgain()
    {
        const auto found = findingsIn({{'u', "Where is the refund for my broken lamp?"},
                                       {'a', "We sell lamps of all kinds."},
                                       {'u', "Where's my refund for that broken lamp?"},
                                       {'a', "It was paid on Monday."}});
        QCOMPARE(rulesOf(found), Rules{"arc.re_ask:check"});
        QCOMPARE(found[0].places.size(), std::size_t(2)); // both turns
        QVERIFY(found[0].places[0].quote.starts_with("Where's my refund"));
        QVERIFY(found[0].places[1].quote.starts_with("Where is the refund"));
        QCOMPARE(rulesIn({{'u', "How do I change the delivery address of my order?"},
                          {'a', "Open the order and choose Address."},
                          {'u', "Thanks. And how do I pay by invoice?"},
                          {'a', "Choose Invoice at the checkout."}}),
                 Rules());
    }

    void corrected()
    {
        QCOMPARE(rulesIn({{'u', "Book a room in Leeds for two nights."},
                          {'a', "I booked a room in Leeds for three nights."},
                          {'u', "No, I said two nights, not three."},
                          {'a', "Changed to two nights."}}),
                 Rules{"arc.corrected:check"});
        QCOMPARE(rulesIn({{'u', "Book a room in Leeds."},
                          {'a', "For how many nights?"},
                          {'u', "Two nights, please."},
                          {'a', "Booked for two nights."}}),
                 Rules());
    }

    void aPersonIsAskedFor()
    {
        QCOMPARE(rulesIn({{'u', "My parcel is lost."},
                          {'a', "It was last scanned in Leeds."},
                          {'u', "Let me talk to a human."},
                          {'a', "A colleague takes over."}}),
                 Rules{"arc.escalated:check"});
        QCOMPARE(rulesIn({{'u', "My parcel is lost."}, {'x', "transfer_to_human"}, {'t', "done"}, {'a', "Done."}}),
                 Rules{"arc.escalated:check"});
        QCOMPARE(rulesIn({{'u', "Who is the manager of this account?"}, {'a', "Ms Hill."}}), Rules());
        QCOMPARE(rulesIn({{'u', "Who got the largest bonus? Give me the employee name."}, {'a', "Ms Hill."}}), Rules());
        QCOMPARE(rulesIn({{'u', "My parcel is lost. Get me a manager please."}, {'a', "One moment."}}),
                 Rules{"arc.escalated:check"});
    }

    void aLongPauseBeforeTheUserGoesOn()
    {
        const auto rulesAfter = [&](int minutes) {
            const std::string later = std::to_string(minutes * 60'000);
            TraceScript script("t root - agent 0-" + later + "\nt a root model 0-500\nt b root model " + later + "-\n");
            const std::vector<Message> before{arcscope::testing::said(Role::User, "Book a desk for Monday."),
                                              arcscope::testing::said(Role::Assistant, "Booked.")};
            script.content("a").input = {before[0]};
            script.content("a").output = {before[1]};
            script.content("b").input = {before[0], before[1],
                                         arcscope::testing::said(Role::User, "Which floor is it on?")};
            script.content("b").output = {arcscope::testing::said(Role::Assistant, "The third.")};
            return rulesOf(findingsOf(detectorNamed("arcs"), script));
        };
        QCOMPARE(rulesAfter(120), Rules{"arc.idle_gap:signal"});
        QCOMPARE(rulesAfter(2), Rules());
    }

    void leftWithAQuestion()
    {
        QCOMPARE(rulesIn({{'u', "Where is my order?"}, {'a', "Which of your two orders do you mean?"}}),
                 Rules{"arc.abandoned:signal"});
        QCOMPARE(rulesIn({{'u', "Where is my order?"}, {'a', "In Leeds. Is there anything else I can help you with?"}}),
                 Rules());
        QCOMPARE(rulesIn({{'u', "Where is my order?"}, {'a', "In Leeds. Would you like me to send it again?"}}),
                 Rules());
        QCOMPARE(rulesIn({{'u', "Where is my order?"},
                          {'a', "Which of your two orders do you mean?"},
                          {'u', "The tent."},
                          {'a', "In Leeds."}}),
                 Rules());
    }

    /// Prompts that an agent writes to another are nobody's words.
    void agentsAmongThemselves()
    {
        TraceScript script("t root - agent 0-9\n"
                           "t call root model 0-1\n"
                           "t tool root tool 2-6 tool=Task\n"
                           "t sub tool agent 2-6\n"
                           "t subcall sub model 2-4\n"
                           "t subagain sub model 4-6\n");
        script.content("call").input = {said(Role::User, "Tidy the sources.")};
        script.content("call").output = {said(Role::Assistant, "Done.")};
        script.content("subcall").input = {said(Role::User, "Let me talk to a human.")};
        script.content("subcall").output = {said(Role::Assistant, "Which one?")};
        QCOMPARE(rulesOf(findingsOf(detectorNamed("arcs"), script)), Rules());
        ScriptedTrace reading(script, 0);
        const std::vector<ArcPiece> pieces = arcPiecesOf(reading);
        QCOMPARE(pieces.size(), std::size_t(1));
        QCOMPARE(pieces[0].goal, std::string("Tidy the sources."));
        QCOMPARE(pieces[0].events.size(), std::size_t(2));
    }
};

QTEST_APPLESS_MAIN(TestArcs)
#include "tst_arcs.moc"
