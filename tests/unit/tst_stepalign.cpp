// layers: core analysis
// Alignment of steps: what stands for what, nested agents, anchors, and runs that have nothing in common.
#include "stepalign.h"

#include "replayscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

/// With both texts where they differ.
#define COMPARE_TEXT(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))

namespace
{

/// "0-0 1-. .-1": numbers of steps, a point where there is none.
std::string pairsOf(const RunSteps& base, const RunSteps& candidate, std::vector<StepAnchor> anchors = {})
{
    std::string out;
    const auto number = [](std::uint32_t step) {
        return step == RunStep::none ? std::string(".") : std::to_string(step);
    };
    for (const StepPair& pair : alignSteps(base, candidate, anchors))
        out += (out.empty() ? "" : " ") + number(pair.base) + '-' + number(pair.candidate) + (pair.manual ? "!" : "");
    return out;
}

RunStep made(ReplayStepKind kind, const std::string& text, const std::string& tool = {})
{
    RunStep step;
    step.kind = kind;
    step.text = text;
    step.tool = tool;
    step.words = hashOf(tool + ' ' + text);
    step.sketch = textSketch(text);
    return step;
}

/// "a b(c d) e": calls of agents with what lies within them.
RunSteps nested(const std::string& letters)
{
    RunSteps run;
    std::vector<std::uint32_t> open;
    for (const char c : letters) {
        if (c == '(') {
            open.push_back(static_cast<std::uint32_t>(run.steps.size() - 1));
        } else if (c == ')') {
            open.pop_back();
        } else if (c != ' ') {
            RunStep step = made(ReplayStepKind::ToolCall, "{}", std::string(1, c));
            step.parent = open.empty() ? RunStep::none : open.back();
            step.depth = static_cast<std::uint32_t>(open.size());
            run.steps.push_back(step);
        }
        for (std::uint32_t i = 0; i < run.steps.size(); ++i) {
            std::uint32_t end = i + 1;
            while (end < run.steps.size() && run.steps[end].depth > run.steps[i].depth)
                ++end;
            run.steps[i].end = end;
        }
    }
    return run;
}

} // namespace

class TestStepAlign : public QObject
{
    Q_OBJECT

private slots:
    void usersHoldTheRestInPlace()
    {
        const RunSteps base =
            stepsOfRun("User: Book a flight to Rome.\nCall: search {\"to\": \"Rome\"}\nAssistant: Two flights.\n"
                       "User: The first one.\nAssistant: Booked.\n");
        const RunSteps candidate =
            stepsOfRun("User: Book a flight to Rome.\nAssistant: When do you want to go?\n"
                       "Call: search {\"to\": \"Rome\"}\nCall: price {\"id\": 1}\nAssistant: There are two.\n"
                       "User: I take the first.\nAssistant: It is booked.\n");
        COMPARE_TEXT(pairsOf(base, candidate), std::string("0-0 .-1 1-2 .-3 2-4 3-5 4-6"));
    }

    void theSameToolStandsForItself()
    {
        COMPARE_TEXT(pairsOf(nested("a b c d"), nested("a c d e")), std::string("0-0 1-. 2-1 3-2 .-3"));
        COMPARE_TEXT(pairsOf(nested("a b"), nested("x y")), std::string("0-0 1-1"));
        COMPARE_TEXT(pairsOf(nested(""), nested("x y")), std::string(".-0 .-1"));
        COMPARE_TEXT(pairsOf(nested("x"), nested("")), std::string("0-."));
        COMPARE_TEXT(pairsOf(nested(""), nested("")), std::string());
    }

    /// What lies within a call is only held against what lies within the call that stands for it.
    void nestedStepsTopDown()
    {
        COMPARE_TEXT(pairsOf(nested("a(x y) b(z)"), nested("a(y) b(x z)")), std::string("0-0 1-. 2-1 3-2 .-3 4-4"));
        COMPARE_TEXT(pairsOf(nested("a(x(y))"), nested("b a(x)")), std::string(".-0 0-1 1-2 2-."));
        COMPARE_TEXT(pairsOf(nested("a b(x y)"), nested("a")), std::string("0-0 1-. 2-. 3-."));
    }

    void anchorsHold()
    {
        COMPARE_TEXT(pairsOf(nested("a b"), nested("b a")), std::string(".-0 0-1 1-."));
        COMPARE_TEXT(pairsOf(nested("a b"), nested("b a"), {{1, 0}}), std::string("0-. 1-0! .-1"));
        COMPARE_TEXT(pairsOf(nested("a b"), nested("b a"), {{0, 1}, {1, 0}}),
                     std::string(".-0 0-1! 1-.")); // they cross
        COMPARE_TEXT(pairsOf(nested("a b"), nested("b a"), {{7, 1}}), std::string(".-0 0-1 1-."));
    }

    void everyStepStandsOnce()
    {
        RunSteps base;
        RunSteps candidate;
        for (int i = 0; i < 300; ++i) {
            base.steps.push_back(
                made(ReplayStepKind::ToolCall, std::to_string(i * 7919 % 31), std::string(1, char('a' + i % 5))));
            candidate.steps.push_back(
                made(ReplayStepKind::ToolCall, std::to_string(i * 104729 % 37), std::string(1, char('a' + i % 7))));
            base.steps.back().end = candidate.steps.back().end = static_cast<std::uint32_t>(i + 1);
        }
        candidate.steps.resize(120);
        std::uint32_t nextBase = 0;
        std::uint32_t nextCandidate = 0;
        for (const StepPair& pair : alignSteps(base, candidate)) {
            if (pair.base != RunStep::none)
                QCOMPARE(pair.base, nextBase++);
            if (pair.candidate != RunStep::none)
                QCOMPARE(pair.candidate, nextCandidate++);
        }
        QCOMPARE(nextBase, 300U);
        QCOMPARE(nextCandidate, 120U);
    }

    void editDistances()
    {
        const auto distance = [](const std::string& a, const std::string& b) {
            return editDistance(std::vector<std::uint64_t>(a.begin(), a.end()),
                                std::vector<std::uint64_t>(b.begin(), b.end()));
        };
        QCOMPARE(distance("", ""), 0.0);
        QCOMPARE(distance("abc", "abc"), 0.0);
        QCOMPARE(distance("abc", ""), 1.0);
        QCOMPARE(distance("kitten", "sitting"), 3.0 / 7);
    }

    void sketchesTellHowAlike()
    {
        const TextSketch text = textSketch("The order was shipped on Monday by the warehouse in Hamburg.");
        QCOMPARE(alike(text, textSketch("the ORDER was shipped on Monday by the warehouse in Hamburg")), 16);
        QVERIFY(alike(text, textSketch("The order was shipped on Friday by the warehouse in Hamburg.")) >= 8);
        QVERIFY(alike(text, textSketch("Nothing like it at all, just other words entirely here")) <= 3);
        QCOMPARE(textSketch(" .,! "), TextSketch());
    }
};

QTEST_APPLESS_MAIN(TestStepAlign)
#include "tst_stepalign.moc"
