// layers: analysis
#include "wastedwork.h"

#include <QTest>

using namespace arcscope;

namespace
{

TreeCall call(CallOutcome outcome, Nanos start, Nanos end, bool given)
{
    TreeCall made;
    made.outcome = outcome;
    made.start = start;
    made.end = end;
    made.scope = 0;
    if (given)
        made.receipts.push_back({.row = 9, .place = {}, .time = end + 1, .failed = false});
    return made;
}

CallTree treeOf(std::vector<TreeCall> calls)
{
    CallTree tree;
    tree.calls = std::move(calls);
    CallScope scope;
    for (std::uint32_t i = 0; i < tree.calls.size(); ++i)
        scope.calls.push_back(i);
    tree.scopes.push_back(scope);
    return tree;
}

} // namespace

class TestWastedWork : public QObject
{
    Q_OBJECT

private slots:
    void whatRanOnForNobodyIsWasted()
    {
        const auto wasted =
            wastedWork(treeOf({call(CallOutcome::Failed, 0, 10, true), call(CallOutcome::Ok, 0, 30, false),
                               call(CallOutcome::Ok, 20, 25, false), call(CallOutcome::Ok, 0, 8, false)}));
        QCOMPARE(wasted.size(), std::size_t(2));
        QCOMPARE(wasted[0], (WastedWork{1, 0, {10, 30}}));
        QCOMPARE(wasted[1], (WastedWork{2, 0, {20, 25}}));
    }

    void whatWasUsedIsNot()
    {
        QVERIFY(
            wastedWork(treeOf({call(CallOutcome::Failed, 0, 10, true), call(CallOutcome::Ok, 0, 30, true)})).empty());
    }

    void whereNothingIsSeenToBeGivenNothingIsClaimed()
    {
        QVERIFY(
            wastedWork(treeOf({call(CallOutcome::Failed, 0, 10, false), call(CallOutcome::Ok, 0, 30, false)})).empty());
        const auto cancelled =
            wastedWork(treeOf({call(CallOutcome::TimedOut, 0, 10, false), call(CallOutcome::Cancelled, 0, 30, false)}));
        QCOMPARE(cancelled.size(), std::size_t(1));
        QCOMPARE(cancelled[0].range, (TimeRange{10, 30}));
    }

    void aFailureThatWasMadeGoodDecidedNothing()
    {
        auto calls = std::vector{call(CallOutcome::Failed, 0, 10, true), call(CallOutcome::Ok, 0, 30, false),
                                 call(CallOutcome::Ok, 12, 14, true)};
        calls[2].retryOf = 0;
        QVERIFY(wastedWork(treeOf(calls)).empty());
        calls[2].outcome = CallOutcome::Failed;
        QCOMPARE(wastedWork(treeOf(calls)).size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestWastedWork)
#include "tst_wastedwork.moc"
