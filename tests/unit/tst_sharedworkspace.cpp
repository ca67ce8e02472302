// layers: core analysis
#include "tracescript.h"

#include <QTest>

#include <random>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

using Rules = std::vector<std::string>;

/// One call of a tool: who, what, where, and the value written or returned.
struct Step {
    std::string who;
    bool write = false;
    std::string page;
    std::string field;
    std::string value;
    std::string version = {};
};

/// One step behind the other; each in a trace of its own, or all in one.
TraceScript scriptOf(const std::vector<Step>& steps, bool apart = false)
{
    std::string lines;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string at = std::to_string(i * 10);
        lines += "t" + (apart ? std::to_string(i) : std::string()) + " s" + std::to_string(i) + " - tool " + at + '-' +
                 std::to_string(i * 10 + 5) + " tenant=acme user=" + steps[i].who +
                 " tool=" + (steps[i].write ? "update_page" : "get_page") + '\n';
    }
    TraceScript script(lines);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        SpanContent& content = script.content("s" + std::to_string(i));
        const std::string version = step.version.empty() ? "" : ",\"version\":\"" + step.version + "\"";
        if (step.write)
            content.toolArguments =
                "{\"page_id\":\"" + step.page + "\",\"" + step.field + "\":\"" + step.value + '"' + version + '}';
        else
            content.toolArguments = "{\"page_id\":\"" + step.page + "\"}";
        content.toolResult = step.write ? "{\"ok\":true}" : "{\"" + step.field + "\":\"" + step.value + "\"}";
    }
    return script;
}

Rules rulesIn(const std::vector<Step>& steps, bool apart = false)
{
    TraceScript script = scriptOf(steps, apart);
    return rulesOf(findingsOf(detectorNamed("shared-workspace"), script));
}

const std::string ann = "ann";
const std::string bob = "bob";

/// A conversation of named users.
std::vector<Finding> findingsIn(const std::vector<std::pair<std::string, std::string>>& talk)
{
    TraceScript script("t call - model 0-10\n");
    for (const auto& [who, text] : talk) {
        Message message = said(who.empty() ? Role::Assistant : Role::User, text);
        message.name = who;
        script.content("call").input.push_back(message);
    }
    return findingsOf(detectorNamed("shared-workspace"), script);
}

/// Random accesses in which everybody reads before each write: none is lost.
std::vector<Step> correct(std::mt19937& random, std::size_t writes)
{
    std::vector<Step> steps;
    std::map<std::string, std::string> now;
    for (std::size_t i = 0; i < writes; ++i) {
        const std::string who = random() % 2 == 0 ? ann : bob;
        const std::string page = std::to_string(random() % 3);
        steps.push_back({who, false, page, "title", now[page]});
        now[page] = "v" + std::to_string(i);
        steps.push_back({who, true, page, "title", now[page]});
    }
    return steps;
}

} // namespace

class TestSharedWorkspace : public QObject
{
    Q_OBJECT

private slots:
    void aWriteBasedOnAStaleReadLosesAnUpdate()
    {
        const std::vector<Step> steps{
            {ann, false, "7", "title", "A"}, {bob, true, "7", "title", "B"}, {ann, true, "7", "title", "C"}};
        QCOMPARE(rulesIn(steps), Rules{"workspace.lost_update:check"});
        QCOMPARE(rulesIn(steps, true), Rules{"workspace.lost_update:check"});
        TraceScript script = scriptOf(steps);
        const auto found = findingsOf(detectorNamed("shared-workspace"), script);
        QCOMPARE(found[0].places.size(), std::size_t(3));
        QCOMPARE(found[0].places[0].row, rowNamed(script.corpus, "s2"));
        QCOMPARE(found[0].places[1].row, rowNamed(script.corpus, "s1"));
        QCOMPARE(found[0].places[2].row, rowNamed(script.corpus, "s0"));
    }

    void updatesAreNoConflicts()
    {
        const Step read{ann, false, "7", "title", "A"};
        QCOMPARE(rulesIn({read,
                          {bob, true, "7", "title", "B"},
                          {ann, false, "7", "title", "B"},
                          {ann, true, "7", "title", "C"}}),
                 Rules());
        QCOMPARE(rulesIn({read, {ann, true, "7", "title", "B"}, {ann, true, "7", "title", "C"}}), Rules());
        QCOMPARE(rulesIn({read, {bob, true, "7", "title", "B"}, {ann, true, "7", "title", "B"}}), Rules());
        QCOMPARE(rulesIn({read, {bob, true, "7", "title", "B"}, {ann, true, "7", "body_text", "C"}}), Rules());
        QCOMPARE(rulesIn({read, {bob, true, "8", "title", "B"}, {ann, true, "7", "title", "C"}}), Rules());
        QCOMPARE(rulesIn({{bob, true, "7", "title", "B"}, {ann, true, "7", "title", "C"}}), Rules());
    }

    void twoWritesOnOneVersionLoseAnUpdate()
    {
        QCOMPARE(rulesIn({{bob, true, "7", "title", "B", "3"}, {ann, true, "7", "title", "C", "3"}}),
                 Rules{"workspace.lost_update:check"});
        QCOMPARE(rulesIn({{bob, true, "7", "title", "B", "3"}, {ann, true, "7", "title", "C", "4"}}), Rules());
    }

    void everyMutationOfAnInterleavingIsFound()
    {
        std::mt19937 random(7);
        int mutations = 0;
        for (int round = 0; round < 60; ++round) {
            std::vector<Step> steps = correct(random, 12);
            const bool apart = round % 2 == 0;
            QCOMPARE(rulesIn(steps, apart), Rules());
            // A read that another one's write follows at once is taken to before that write's own read and write.
            for (std::size_t i = 2; i + 1 < steps.size(); i += 2) {
                if (steps[i].page != steps[i - 1].page || steps[i].who == steps[i - 1].who)
                    continue;
                std::vector<Step> mutated = steps;
                std::swap(mutated[i], mutated[i - 1]); // read of this one, then write of that one, then write of this
                mutated[i - 1].value = mutated[i - 2].value;
                ++mutations;
                QCOMPARE(rulesIn(mutated, apart), Rules{"workspace.lost_update:check"});
            }
        }
        QVERIFY(mutations > 50);
    }

    void failedCallsWriteNothing()
    {
        TraceScript script =
            scriptOf({{ann, false, "7", "title", "A"}, {bob, true, "7", "title", "B"}, {ann, true, "7", "title", "C"}});
        script.content("s1").toolFailed = true;
        QCOMPARE(rulesOf(findingsOf(detectorNamed("shared-workspace"), script)), Rules());
    }

    void toolsRunAsWhoAsked()
    {
        const auto rules = [](const std::string& asked, const std::string& ran) {
            TraceScript script("t ask - agent 0-10 user=" + asked +
                               "\nt call ask model 1-2\nt run call tool 2-3 user=" + ran + "\n");
            return rulesOf(findingsOf(detectorNamed("shared-workspace"), script));
        };
        QCOMPARE(rules(ann, bob), Rules{"workspace.principal_mismatch:finding"});
        QCOMPARE(rules("ann@example.com", "4711"), Rules{"workspace.principal_mismatch:check"});
        QCOMPARE(rules(ann, ann), Rules());
    }

    void oppositeInstructionsOfTwoUsersConflict()
    {
        const auto found =
            findingsIn({{ann, "Set the retry limit to 3."}, {bob, "Set the retry limit to 8."}, {"", "I see."}});
        QCOMPARE(rulesOf(found), Rules{"workspace.instruction_conflict:check"});
        QCOMPARE(found[0].places[0].quote, std::string("Set the retry limit to 8."));
        QCOMPARE(found[0].places[1].quote, std::string("Set the retry limit to 3."));
        QCOMPARE(rulesOf(findingsIn({{ann, "Enable the nightly backup."}, {bob, "Disable the nightly backup."}})),
                 Rules{"workspace.instruction_conflict:check"});
    }

    void otherInstructionsDoNot()
    {
        QCOMPARE(rulesOf(findingsIn({{ann, "Set the retry limit to 3."}, {ann, "Set the retry limit to 8."}})),
                 Rules());
        QCOMPARE(rulesOf(findingsIn({{ann, "Set the retry limit to 3."}, {bob, "Set the retry limit to 3."}})),
                 Rules());
        QCOMPARE(
            rulesOf(findingsIn({{ann, "Set the retry limit to 3."}, {bob, "Change the retry limit to 8 instead."}})),
            Rules());
    }

    void instructionsThatNobodyAnswersAreFound()
    {
        const auto found = findingsIn({{ann, "Book the hotel in Rome."},
                                       {bob, "Translate the letter, please."},
                                       {"", "Here is the letter, translated."}});
        QCOMPARE(rulesOf(found), Rules{"workspace.unanswered:check"});
        QCOMPARE(found[0].places[0].quote, std::string("Book the hotel in Rome."));
        QCOMPARE(rulesOf(findingsIn({{ann, "Book the hotel in Rome."},
                                     {bob, "Translate the letter, please."},
                                     {"", "The hotel is booked, and here is the letter."}})),
                 Rules());
        QCOMPARE(rulesOf(findingsIn({{ann, "Book the hotel in Rome."},
                                     {bob, "Translate the letter, please."},
                                     {"", "Here is the letter."},
                                     {"", "Now for the hotel."}})),
                 Rules());
        QCOMPARE(rulesOf(findingsIn({{ann, "Thanks!"}, {bob, "Translate the letter."}, {"", "Here is the letter."}})),
                 Rules());
    }
};

QTEST_APPLESS_MAIN(TestSharedWorkspace)
#include "tst_sharedworkspace.moc"
