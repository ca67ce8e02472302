// layers: core analysis
#include "arcscript.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Texts = std::vector<std::string>;

const std::vector<Said> kettle{{'u', "My kettle from order FH-21880 leaks at the handle, what can I do about it?"},
                               {'a', "Please send it back."}};

/// Three sessions on two devices: a task, the same customer a day later with the same words, another customer.
std::vector<Talk> shop()
{
    return {
        {"a", "session=s1 user=u1 device=desktop", 0, kettle},
        {"b",
         "session=s2 user=u1 device=phone",
         26 * 60,
         {{'u', "My kettle from order FH-21880 leaks at the handle, what can I do about it? I wrote yesterday."},
          {'a', "A new one is on its way."}}},
        {"c", "session=s3 user=u2 device=phone", 30 * 60, {{'u', "Where is order FH-21880?"}, {'a', "In Leeds."}}},
    };
}

StitchDecision decision(const char* earlier, const char* later, bool accepted)
{
    return {earlier, later, accepted, 1};
}

} // namespace

class TestArcJoin : public QObject
{
    Q_OBJECT

private slots:
    void tasksThenSessionsThenTraces()
    {
        ArcScript script({
            {"a", "task=t1 session=s1", 0, {{'u', "Book a room."}, {'a', "Which day?"}}},
            {"b", "task=t1 session=s2", 60, {{'u', "Monday."}, {'a', "Booked."}}, "task_outcome=resolved"},
            {"c", "session=s3", 70, {{'u', "Where is my parcel?"}, {'a', "In Leeds."}}},
            {"d", "session=s3", 71, {{'u', "When does it come?"}, {'a', "Tomorrow."}}},
            {"e", "", 80, {{'u', "Translate tent."}, {'a', "Zelt."}}},
        });
        const ArcCorpus arcs = script.arcs();
        QCOMPARE(textsOf(arcs),
                 (Texts{"task:t1 succeeded label (label: task_outcome) 2 turns, 2 traces: request response request "
                        "response",
                        "session:s3 unknown none 2 turns, 2 traces: request response request response",
                        "trace:e unknown none 1 turns, 1 traces: request response"}));
        QVERIFY(arcs.stitches.empty());
        QCOMPARE(arcs.segments.rows(), 5u);
        QCOMPARE(arcs.segments.at(ArcSegmentColumn::Join, 1), std::int64_t(ArcJoin::SameTask));
        QCOMPARE(arcs.segments.at(ArcSegmentColumn::Join, 3), std::int64_t(ArcJoin::SameSession));
        QCOMPARE(arcs.arcs.at(ArcColumn::Sessions, 0), 2);
        QCOMPARE(arcs.arcs.at(ArcColumn::Sessions, 2), -1);
        QCOMPARE(arcs.arcs.at(ArcColumn::Devices, 0), -1);
        QCOMPARE(arcs.arcs.at(ArcColumn::IdleGaps, 0), 1);
        QCOMPARE(arcs.arcs.at(ArcColumn::Duration, 0), 60 * 60 * second + 3 * second);
        QCOMPARE(arcs.arcs.at(ArcColumn::Active, 0), 6 * second);
        QCOMPARE(arcs.arcs.at(ArcColumn::Resolved, 0), 60 * 60 * second + second + 500 * millisecond);
        QCOMPARE(arcs.texts[StringId{static_cast<std::uint32_t>(arcs.arcs.at(ArcColumn::Goal, 0))}],
                 std::string_view("Book a room."));
    }

    void trialsOfOneTaskAreApart()
    {
        const std::vector<Said> room{{'u', "Book a room."}, {'a', "Booked."}};
        // Each has a label of its own.
        ArcScript labelled({{"a", "task=t1", 0, room, "reward=pass"}, {"b", "task=t1", 1, room, "reward=fail"}});
        QCOMPARE(textsOf(labelled.arcs()),
                 (Texts{"task:t1 succeeded label (label: reward) 1 turns, 1 traces: request response",
                        "trace:b failed label (label: reward) 1 turns, 1 traces: request response"}));
        // They begin alike, and nobody is named who goes on.
        ArcScript again({{"a", "task=t1", 0, room}, {"b", "task=t1", 1, room}});
        QCOMPARE(again.arcs().arcs.rows(), 2u);
        QVERIFY(again.arcs().stitches.empty());
        // Two sessions of two traces each, with the label behind.
        const std::vector<Said> which{{'u', "Book a room."}, {'a', "Which day?"}};
        const std::vector<Said> day{{'u', "Monday."}, {'a', "Booked."}};
        ArcScript sessions({{"a", "task=t1 session=s1 user=u1", 0, which},
                            {"b", "task=t1 session=s1 user=u1", 1, day, "reward=pass"},
                            {"c", "task=t1 session=s2 user=u1", 2, which},
                            {"d", "task=t1 session=s2 user=u1", 3, day, "reward=fail"}});
        QCOMPARE(
            textsOf(sessions.arcs()),
            (Texts{"task:t1 succeeded label (label: reward) 2 turns, 2 traces: request response request "
                   "response",
                   "session:s2 failed label (label: reward) 2 turns, 2 traces: request response request response"}));
        // Epochs of a sample in one log are trials; a user's word on each answer of a session makes none.
        ArcScript epochs({{"a", "task=t1 session=log", 0, room, "reward=pass"},
                          {"b", "task=t1 session=log", 1, room, "reward=fail"}});
        QCOMPARE(epochs.arcs().arcs.rows(), 2u);
        ArcScript thumbs({{"a", "task=t1 session=s1 user=u1", 0, which, "user_feedback=good"},
                          {"b", "task=t1 session=s1 user=u1", 1, day, "user_feedback=good"}});
        QCOMPARE(thumbs.arcs().arcs.rows(), 1u);
        ArcScript sameUser({{"a", "task=t1 user=u1", 0, room}, {"b", "task=t1 user=u1", 1, room}});
        QCOMPARE(sameUser.arcs().arcs.rows(), 1u);
    }

    void aLaterTrialLeavesTheKeyOfTheFirst()
    {
        const std::vector<Said> room{{'u', "Book a room."}, {'a', "Booked."}};
        ArcDecisions decisions;
        decisions.reviews = {{"task:t1", ArcOutcome::Deferred, "", 5}};
        ArcScript one({{"a", "task=t1", 0, room, "reward=pass"}});
        const Texts first{"task:t1 deferred human (review) 1 turns, 1 traces: request response"};
        QCOMPARE(textsOf(one.arcs(decisions)), first);
        ArcScript two({{"a", "task=t1", 0, room, "reward=pass"}, {"b", "task=t1", 1, room, "reward=fail"}});
        QCOMPARE(textsOf(two.arcs(decisions)),
                 (Texts{first[0], "trace:b failed label (label: reward) 1 turns, 1 traces: request response"}));
    }

    void whatIsNotRecordedIsNotZero()
    {
        TraceScript script("t1 a - tool 0-1000 task=t1\nt1 b - tool 2000-3000 task=t1\n");
        ArcPiece piece;
        piece.row = 0;
        ArcLabel label{"reward", "1", ArcOutcome::Succeeded, ArcResolution::Resolved};
        label.named = true;
        label.place = {0, noTime, {}, -1, -1};
        piece.labels.push_back(label);
        const ArcCorpus arcs = joinArcs(script.corpus, {piece}, {}, {}).value();
        for (const ArcColumn column : {ArcColumn::Turns, ArcColumn::Responses, ArcColumn::ReAsks, ArcColumn::Edits,
                                       ArcColumn::Accepts, ArcColumn::FrustrationSignals})
            QCOMPARE(arcs.arcs.at(column, 0), -1);
        QCOMPARE(arcs.arcs.at(ArcColumn::ToolCalls, 0), 2);
        QCOMPARE(arcs.arcs.at(ArcColumn::Rescues, 0), 0);
    }

    void evaluationsAreNoTags()
    {
        TraceScript script("t1 a - model 0-1000 task=t1 model=m\nt1 b a evaluator 1000-1000 task=t1 error=none\n"
                           "t1 c a evaluator 1000-1000 task=t1 error=none\n");
        ArcPiece piece;
        piece.row = 0;
        const ArcCorpus arcs = joinArcs(script.corpus, {piece}, {}, {}).value();
        QCOMPARE(arcs.arcs.at(tagColumn(SpanText::ErrorType), 0), 0);
    }

    void costsThatNobodyStatedAreComputed()
    {
        TraceScript script("t1 a - model 0-1000 task=t1 model=m in=1000 out=100\n"
                           "t2 b - model 0-1000 task=t2 model=m in=1000 out=100\nt2 c - model 0-1000 task=t2 model=x "
                           "in=10 out=1\nt3 d - model 0-1000 task=t3 model=m in=1000 out=100 cost=7 currency=EUR\n");
        std::vector<ArcPiece> pieces;
        for (const Row row : {0u, 1u, 3u})
            pieces.emplace_back().row = row;
        PriceTable table;
        table.version = "prices";
        ModelPrices& prices = table.models["m"];
        prices.prices.fill(noPrice);
        prices.prices[static_cast<std::size_t>(UsageClass::Input)] = 2 * priceUnitsPerMicro;
        prices.prices[static_cast<std::size_t>(UsageClass::Output)] = 10 * priceUnitsPerMicro;
        Corpus corpus = script.corpus;
        const ArcPrices by = arcPrices(corpus, &table);
        const ArcCorpus arcs = joinArcs(corpus, pieces, {}, {}, {}, by).value();
        QCOMPARE(arcs.arcs.at(ArcColumn::Cost, 0), 3'000);
        const auto textAt = [&](SpanText tag, std::uint32_t arc) {
            return corpus.strings[StringId{static_cast<std::uint32_t>(arcs.arcs.at(tagColumn(tag), arc))}];
        };
        QCOMPARE(textAt(SpanText::Currency, 0), std::string_view("USD"));
        QCOMPARE(textAt(SpanText::PriceTable, 0), std::string_view("prices"));
        QCOMPARE(arcs.arcs.at(ArcColumn::Cost, 1), -1); // x has no price
        QCOMPARE(arcs.arcs.at(ArcColumn::Cost, 2), 7);  // as stated
        QCOMPARE(textAt(SpanText::Currency, 2), std::string_view("EUR"));
        QCOMPARE(textAt(SpanText::PriceTable, 2), std::string_view());
        QCOMPARE(joinArcs(script.corpus, pieces, {}, {}).value().arcs.at(ArcColumn::Cost, 0), -1);
    }

    void theOrderOfPiecesDoesNotMatter()
    {
        ArcScript script(shop());
        std::vector<ArcPiece> pieces = script.pieces();
        const Texts texts = textsOf(joinArcs(script.corpus(), pieces, {}, {}).value());
        std::reverse(pieces.begin(), pieces.end());
        QCOMPARE(textsOf(joinArcs(script.corpus(), pieces, {}, {}).value()), texts);
    }

    void historyIsToldOnce()
    {
        const std::vector<Said> before{{'u', "Where is my parcel?"}, {'a', "In Leeds."}};
        ArcScript script({{"a", "session=s1", 0, before},
                          {"b", "session=s1", 1, {{'u', "When does it come?"}, {'a', "Tomorrow."}}, {}, before}});
        QCOMPARE(textsOf(script.arcs()),
                 Texts{"session:s1 unknown none 2 turns, 2 traces: request response request response"});
        // Without the earlier trace it is told by the later one, which does not know when it was.
        ArcScript alone({{"b", "session=s1", 1, {{'u', "When does it come?"}, {'a', "Tomorrow."}}, {}, before}});
        const ArcCorpus arcs = alone.arcs();
        QCOMPARE(textsOf(arcs), Texts{"session:s1 unknown none 2 turns, 1 traces: request response request response"});
        QCOMPARE(arcs.events.at(ArcEventColumn::Time, 0), noTime);
        QCOMPARE(arcs.events.at(ArcEventColumn::Time, 1), noTime);
        QVERIFY(arcs.events.at(ArcEventColumn::Time, 2) != noTime);
    }

    void stitchesAreProposedAndNeverMade()
    {
        ArcScript script(shop());
        const ArcCorpus arcs = script.arcs();
        QCOMPARE(arcs.arcs.rows(), 3u);
        QCOMPARE(arcs.stitches.size(), std::size_t(1));
        const ArcStitch& stitch = arcs.stitches[0];
        QCOMPARE(arcKey(arcs, stitch.earlier), std::string("session:s1"));
        QCOMPARE(arcKey(arcs, stitch.later), std::string("session:s2"));
        QVERIFY(stitch.score > 0.5 && stitch.score < 1);
        QCOMPARE(stitch.reason, std::string("same user; \u201cfh-21880\u201d in both after 25 h"));
        QCOMPARE(arcs.arcs.at(ArcColumn::Stitches, 0), 1);
        QCOMPARE(arcs.arcs.at(ArcColumn::Stitches, 2), 0);
    }

    void pastedWordsAreCounted()
    {
        DetectorSettings settings;
        QVERIFY(settings.set("arc.pasted_words", 10).has_value());
        ArcScript script(shop());
        const ArcCorpus arcs = script.arcs({}, settings);
        QCOMPARE(arcs.stitches.size(), std::size_t(1));
        QVERIFY(arcs.stitches[0].reason.find("words of the first pasted again") != std::string::npos);
    }

    void acceptedStitchesMergeAndRejectedAreForgotten()
    {
        ArcScript script(shop());
        const Texts before = textsOf(script.arcs());
        ArcDecisions decisions;
        decisions.stitches = {decision("session:s1", "session:s2", true)};
        const ArcCorpus merged = script.arcs(decisions);
        QCOMPARE(merged.arcs.rows(), 2u);
        QCOMPARE(textOf(merged, 0),
                 std::string("session:s1 unknown none 2 turns, 2 traces: request response request response"));
        QCOMPARE(merged.segments.at(ArcSegmentColumn::Join, 1), std::int64_t(ArcJoin::Accepted));
        QCOMPARE(merged.arcs.at(ArcColumn::Devices, 0), 2);
        QVERIFY(merged.stitches.empty());
        decisions.stitches = {decision("session:s1", "session:s2", false)};
        const ArcCorpus rejected = script.arcs(decisions);
        QCOMPARE(textsOf(rejected), before);
        QVERIFY(rejected.stitches.empty());
        // Taken back, everything is as it was; what names no arc changes nothing.
        decisions.stitches = {decision("session:s1", "session:gone", true)};
        const ArcCorpus again = script.arcs(decisions);
        QCOMPARE(textsOf(again), before);
        QCOMPARE(again.stitches.size(), std::size_t(1));
    }

    void conversationsThatGoOnAreProposed()
    {
        const std::vector<Said> before{{'u', "Where is my parcel?"}, {'a', "In Leeds."}};
        ArcScript script({{"a", "", 0, before},
                          {"b", "", 1, {{'u', "When does it come?"}, {'a', "Tomorrow."}}, {}, before},
                          {"c", "", 2, {{'u', "Where is my parcel?"}, {'a', "In York."}}}});
        const ArcCorpus arcs = script.arcs();
        QCOMPARE(arcs.stitches.size(), std::size_t(1));
        QCOMPARE(arcKey(arcs, arcs.stitches[0].earlier), std::string("trace:a"));
        QCOMPARE(arcKey(arcs, arcs.stitches[0].later), std::string("trace:b"));
    }

    void whatAPersonSaysDecides()
    {
        ArcScript script({{"a", "task=t1", 0, kettle, "reward=fail"}});
        ArcDecisions decisions;
        decisions.reviews = {{"task:t1", ArcOutcome::Succeeded, "asked them", 5}};
        const ArcCorpus arcs = script.arcs(decisions);
        QCOMPARE(textOf(arcs, 0), std::string("task:t1 succeeded human (review) 1 turns, 1 traces: request response"));
        QCOMPARE(arcs.arcs.at(ArcColumn::Resolution, 0), std::int64_t(ArcResolution::Resolved));
        decisions.reviews = {{"task:t1", {}, "only a note", 5}};
        QCOMPARE(textOf(script.arcs(decisions), 0),
                 std::string("task:t1 failed label (label: reward) 1 turns, 1 traces: request response"));
    }

    void labelsOfPartsDoNotDecide()
    {
        ArcScript script({{"a", "task=t1", 0, kettle, "answer_grounded=fail"},
                          {"b", "task=t2", 0, kettle, "toxicity=fail"},
                          {"c", "task=t3", 0, kettle, "task_outcome=infeasible"},
                          {"d", "task=t4", 0, kettle, "task_outcome=unknown"}});
        const Texts texts = textsOf(script.arcs());
        QVERIFY(texts[0].starts_with("task:t1 unknown none"));
        QVERIFY(texts[1].starts_with("task:t2 unknown none"));
        QVERIFY(texts[2].starts_with("task:t3 declined label (label: task_outcome)"));
        QVERIFY(texts[3].starts_with("task:t4 unknown none"));
    }

    void handedToAPerson()
    {
        ArcScript script(
            {{"a",
              "session=s1",
              0,
              {{'u', "I want my money back."},
               {'x', "transfer_to_human"},
               {'t', "done"},
               {'a', "A colleague takes over."}}},
             {"b",
              "session=s2",
              1,
              {{'u', "A bill, please."}, {'x', "transfer_to_billing_agent"}, {'t', "ok"}, {'a', "Here."}}}});
        QCOMPARE(textsOf(script.arcs()),
                 (Texts{"session:s1 deferred rule (rule: escalation.tool) 1 turns, 1 traces: request escalate response",
                        "session:s2 unknown none 1 turns, 1 traces: request response"}));
    }

    void theLastWriteAndAFarewell()
    {
        const std::vector<Said> cancelled{
            {'u', "Cancel my reservation SI5UKW."}, {'x', "cancel_reservation"}, {'t', "{\"status\": \"cancelled\"}"},
            {'a', "I cancelled SI5UKW."},           {'u', "Okay, goodbye."},     {'a', "Goodbye."}};
        ArcScript done({{"a", "session=s1", 0, cancelled}});
        QCOMPARE(textsOf(done.arcs()),
                 Texts{"session:s1 succeeded rule (rule: last write succeeded) 2 turns, 1 traces: request response "
                       "ignore response"});
        std::vector<Said> failed = cancelled;
        failed[2].text = "Error: not found";
        ArcScript notDone({{"a", "session=s1", 0, failed}});
        QVERIFY(textsOf(notDone.arcs())[0].starts_with("session:s1 unknown none"));
        const std::vector<Said> silent(cancelled.begin(), cancelled.begin() + 4);
        ArcScript left({{"a", "session=s1", 0, silent}});
        QVERIFY(textsOf(left.arcs())[0].starts_with("session:s1 unknown none"));
    }

    void leftWithAQuestion()
    {
        std::vector<Said> talk{{'u', "Where is my order?"},
                               {'a', "Which shop was it?"},
                               {'u', "The one in Leeds."},
                               {'a', "Could you please provide the order number?"}};
        ArcScript asked({{"a", "session=s1", 0, talk}});
        QCOMPARE(textsOf(asked.arcs()),
                 Texts{"session:s1 failed rule (rule: question left open) 2 turns, 1 traces: request response request "
                       "response"});
        talk[3].text = "It is in Leeds. Would you like me to send it again?";
        ArcScript offered({{"a", "session=s1", 0, talk}});
        QVERIFY(textsOf(offered.arcs())[0].starts_with("session:s1 unknown none"));
    }

    void factsGiveTheSamePieces()
    {
        ArcScript script(shop());
        for (std::uint32_t trace = 0; trace < 3; ++trace) {
            ScriptedTrace reading(script.script(), trace);
            const std::vector<ArcPiece> pieces = arcPiecesOf(reading);
            QCOMPARE(pieces.size(), std::size_t(1));
            const std::vector<TraceFact> facts = arcFacts(pieces);
            QVERIFY(arcPiecesOf(facts) == pieces);
            // Damaged at any byte of any fact: something else, or nothing; never more than there was.
            for (std::size_t i = 0; i < facts.size(); ++i) {
                for (std::size_t byte = 0; byte <= facts[i].value.size(); ++byte) {
                    std::vector<TraceFact> damaged = facts;
                    damaged[i].value.resize(byte);
                    QVERIFY(arcPiecesOf(damaged).size() <= 1);
                    if (byte < facts[i].value.size()) {
                        damaged = facts;
                        damaged[i].value[byte] = '9';
                        QVERIFY(arcPiecesOf(damaged).size() <= 1);
                    }
                }
            }
        }
    }

    void rowsOfAnotherCorpusAreLeftOut()
    {
        ArcScript script(shop());
        std::vector<ArcPiece> pieces = script.pieces();
        pieces[0].row = 100'000;
        pieces[1].events[0].place.row = 100'000;
        pieces[1].labels.push_back({});
        const ArcCorpus arcs = joinArcs(script.corpus(), pieces, {}, {}).value();
        QCOMPARE(textsOf(arcs), (Texts{"session:s2 unknown none -1 turns, 1 traces: response",
                                       "session:s3 unknown none 1 turns, 1 traces: request response"}));
    }

    void cancelled()
    {
        ArcScript script(shop());
        std::stop_source stop;
        stop.request_stop();
        const auto arcs = joinArcs(script.corpus(), script.pieces(), {}, {}, {stop.get_token(), nullptr});
        QVERIFY(!arcs.has_value());
        QCOMPARE(arcs.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestArcJoin)
#include "tst_arcjoin.moc"
