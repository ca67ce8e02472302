// layers: widgets GUI
#include "toolsview.h"

#include "appstate.h"
#include "brieflabel.h"
#include "callcanvas.h"
#include "callpane.h"
#include "callscript.h"
#include "calltreeview.h"
#include "callwords.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// The tab on calls made by hand; nothing is open.
struct Shown {
    AppState state;
    ToolsView view{state};
    std::shared_ptr<CallTreeSubject> subject = sampleCalls();

    explicit Shown(const QSize& size = {1'000, 700})
    {
        QApplication::setStyle(QStringLiteral("Fusion"));
        view.resize(size);
        view.show();
        view.activateWindow();
        view.showSubject(subject);
        view.setFocus();
    }
    CallTreeView& tree() { return *view.tree(); }
    CallCanvas& canvas() { return *view.canvas(); }
    bool ready() { return tree().hasFocus() && tree().viewport()->height() > 50; }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &tree(), key, modifiers);
    }
    /// Where the row of a node is in the tree and in the lanes, on the screen.
    std::pair<int, int> tops(std::uint32_t node)
    {
        const QRect inTree = tree().visualRect(view.model()->indexOf(node));
        return {tree().viewport()->mapToGlobal(inTree.topLeft()).y(),
                canvas().mapToGlobal(canvas().itemRect(node).topLeft()).y()};
    }
};

} // namespace

class TestToolsView : public QObject
{
    Q_OBJECT

private slots:
    void rowsLieSideBySide()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        for (std::uint32_t node = 0; node < shown.subject->tree.nodes.size(); ++node) {
            const auto [inTree, inLanes] = shown.tops(node);
            QCOMPARE(inLanes, inTree);
        }
        QVERIFY(shown.view.summary().contains(QStringLiteral("6 calls")));
    }

    void scrolledRowsStaySideBySide()
    {
        Shown shown({700, 260});
        QTRY_VERIFY(shown.tree().hasFocus());
        QTRY_VERIFY(shown.tree().verticalScrollBar()->maximum() > 0);
        shown.key(Qt::Key_End);
        QTRY_COMPARE(shown.view.node(), LostNode + 0u);
        QTRY_COMPARE(shown.tops(LostNode).first, shown.tops(LostNode).second);
        auto* const bar = shown.view.findChildren<QScrollBar*>().isEmpty() ? nullptr : shown.tree().verticalScrollBar();
        const int before = bar->value();
        QVERIFY(before > 0);
        const QPoint at = shown.canvas().bodyRect().center();
        QWheelEvent wheel(at, shown.canvas().mapToGlobal(at), {}, QPoint(0, 120), Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&shown.canvas(), &wheel);
        QVERIFY(bar->value() < before);
    }

    void keysWalkCloseAndOpen()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        shown.view.selectNode(PlanNode);
        shown.key(Qt::Key_Down);
        QCOMPARE(shown.view.node(), SearchNode + 0u);
        QCOMPARE(shown.canvas().selection(), SearchNode + 0u);
        shown.key(Qt::Key_Left); // nothing below it: to who asked
        QCOMPARE(shown.view.node(), PlanNode + 0u);
        shown.key(Qt::Key_Left);
        QVERIFY(!shown.tree().isExpanded(shown.view.model()->indexOf(PlanNode)));
        QCOMPARE(shown.canvas().rows()->size(), std::size_t(1));
        shown.key(Qt::Key_Right);
        QCOMPARE(shown.canvas().rows()->size(), std::size_t(8));
    }

    void theTriangleClosesByMouse()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        const QRect triangle = shown.tree().disclosureRect(shown.view.model()->indexOf(LateNode));
        QVERIFY(!triangle.isEmpty());
        QTest::mouseClick(shown.tree().viewport(), Qt::LeftButton, {}, triangle.center());
        QCOMPARE(shown.canvas().rows()->size(), std::size_t(6));
        QTest::mouseClick(shown.tree().viewport(), Qt::LeftButton, {}, triangle.center());
        QCOMPARE(shown.canvas().rows()->size(), std::size_t(8));
        QVERIFY(shown.tree().disclosureRect(shown.view.model()->indexOf(LostNode)).isEmpty());
    }

    void problemsFollowEachOther()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        QSignalSpy said(&shown.view, &ToolsView::said);
        shown.view.selectNode(PlanNode);
        const std::uint32_t problems[] = {FailedNode, RetryNode, LateNode, LostNode, FailedNode};
        for (const std::uint32_t node : problems) {
            shown.key(Qt::Key_N);
            QCOMPARE(shown.view.node(), node);
        }
        shown.key(Qt::Key_P);
        QCOMPARE(shown.view.node(), LostNode + 0u);
        shown.view.pane()->tabs()->currentWidget()->setFocus(); // who reads texts goes on there
        shown.key(Qt::Key_P);
        QCOMPARE(shown.view.node(), LateNode + 0u);
        shown.key(Qt::Key_N);
        QCOMPARE(shown.view.node(), LostNode + 0u);
        QVERIFY(said.last().first().toString().contains(QStringLiteral("No result is recorded")));
    }

    void zoomAndFitByKey()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        const TimeRange whole = shown.canvas().visibleRange();
        QCOMPARE(whole, shown.subject->lanes.bounds);
        shown.key(Qt::Key_Plus);
        QVERIFY(shown.canvas().visibleRange().length() < whole.length());
        shown.key(Qt::Key_Minus);
        shown.key(Qt::Key_Plus);
        shown.key(Qt::Key_D);
        shown.key(Qt::Key_0);
        const TimeRange all = shown.canvas().visibleRange();
        QVERIFY(all.start <= 0 && all.end >= 400 * millisecond && all.end < 500 * millisecond);
        shown.view.selectNode(SearchNode);
        shown.key(Qt::Key_F);
        QVERIFY(shown.canvas().visibleRange().length() < all.length());
        QVERIFY(shown.canvas().visibleRange().contains(150 * millisecond));
        QVERIFY(!shown.canvas().criticalShown());
        shown.key(Qt::Key_C);
        QVERIFY(shown.canvas().criticalShown());
    }

    void lanesFollowTheRowsInSight()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        const TimeRange whole = shown.canvas().visibleRange();
        shown.key(Qt::Key_R);
        QVERIFY(shown.view.follow()->isChecked());
        const TimeRange followed = shown.canvas().visibleRange();
        QVERIFY(followed.length() < whole.length() && followed.contains(399 * millisecond));
        QVERIFY(shown.canvas().folding());
        shown.key(Qt::Key_Plus); // whoever zooms looks elsewhere
        QVERIFY(!shown.view.follow()->isChecked());
        QVERIFY(!shown.canvas().folding());
    }

    void escapeTakesBackAPan()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        const auto pan = [&] {
            const QPoint from = shown.canvas().bodyRect().center();
            QTest::mousePress(&shown.canvas(), Qt::MiddleButton, {}, from);
            QTest::mouseMove(&shown.canvas(), from + QPoint(60, 0));
            QVERIFY(!shown.view.follow()->isChecked());
            QTest::keyClick(&shown.canvas(), Qt::Key_Escape);
            QTest::mouseMove(&shown.canvas(), from + QPoint(90, 0));
            QTest::mouseRelease(&shown.canvas(), Qt::MiddleButton, {}, from);
        };
        shown.key(Qt::Key_Plus);
        const TimeRange near = shown.canvas().visibleRange();
        pan();
        QCOMPARE(shown.canvas().visibleRange(), near);
        shown.tree().setFocus();
        shown.key(Qt::Key_R);
        const TimeRange followed = shown.canvas().visibleRange();
        pan();
        QVERIFY(shown.view.follow()->isChecked());
        QCOMPARE(shown.canvas().visibleRange(), followed);
    }

    void ofALongTraceTheRowsInSightAreShown()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        QVERIFY(!shown.view.follow()->isChecked());
        const auto showLong = [&] {
            shown.subject = sampleCalls();
            shown.subject->trace = shown.subject->trace + 1;
            shown.subject->lanes.bounds.end += 3'600 * second;
            shown.view.showSubject(nullptr);
            shown.view.showSubject(shown.subject);
        };
        showLong();
        QVERIFY(shown.view.follow()->isChecked());
        QVERIFY(shown.canvas().visibleRange().length() < second);
        shown.key(Qt::Key_Plus); // whoever zooms looks elsewhere, in this trace
        QVERIFY(!shown.view.follow()->isChecked());
        showLong();
        QVERIFY(shown.view.follow()->isChecked());
        QTest::mouseClick(shown.view.follow(), Qt::LeftButton, {}, {8, shown.view.follow()->height() / 2});
        QVERIFY(!shown.view.follow()->isChecked());
        QCOMPARE(shown.canvas().visibleRange(), shown.subject->lanes.bounds);
        showLong(); // the user has said it
        QVERIFY(!shown.view.follow()->isChecked());
    }

    void gettingTheKeyboardSelectsNothing()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        QCOMPARE(shown.view.node(), TreeCall::none);
        shown.key(Qt::Key_Down);
        QVERIFY(shown.view.node() != TreeCall::none);
    }

    void theChoiceLeavesProblemsAndWhoAsked()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        shown.view.filters()->setCurrentIndex(ToolsView::OnlyProblems);
        QCOMPARE(shown.canvas().rows()->size(), std::size_t(5));
        QVERIFY(!shown.view.model()->indexOf(SearchNode).isValid());
        const auto [inTree, inLanes] = shown.tops(LostNode);
        QCOMPARE(inLanes, inTree);
        shown.view.filters()->setCurrentIndex(ToolsView::OnlyUnpaired);
        QCOMPARE(shown.canvas().rows()->size(), std::size_t(2));
        shown.view.filters()->setCurrentIndex(ToolsView::AllCalls);
        QCOMPARE(shown.canvas().rows()->size(), std::size_t(8));
    }

    void whereTheChoiceLeavesNothingItSaysSo()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        shown.subject = sampleCalls();
        shown.subject->tree.calls[4].pairing = CallPairing::Paired;
        auto again = std::make_shared<CallTreeSubject>();
        again->corpus = shown.subject->corpus;
        again->tree = shown.subject->tree;
        complete(*again);
        shown.view.showSubject(again);
        shown.view.filters()->setCurrentIndex(ToolsView::OnlyUnpaired);
        QVERIFY(!shown.view.isShowingCalls());
        shown.view.filters()->setCurrentIndex(ToolsView::AllCalls);
        QVERIFY(shown.view.isShowingCalls());
    }

    void aClickOnARowSelectsIt()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        for (const std::uint32_t node : {RetryNode + 0u, PlanNode + 0u, LateNode + 0u}) {
            const QRect row = shown.tree().visualRect(shown.view.model()->indexOf(node, CallTreeModel::StateColumn));
            QTest::mouseClick(shown.tree().viewport(), Qt::LeftButton, {}, row.center());
            QCOMPARE(shown.view.node(), node);
            QCOMPARE(shown.canvas().selection(), node);
        }
    }

    void whatIsSelectedStaysInSightInASmallerWindow()
    {
        Shown shown({900, 900});
        QTRY_VERIFY(shown.ready());
        shown.view.selectNode(LostNode);
        const auto inSight = [&] {
            return shown.tree().viewport()->rect().contains(
                shown.tree().visualRect(shown.view.model()->indexOf(LostNode)).center());
        };
        QVERIFY(inSight());
        const int wrapped = shown.view.pane()->findChild<BriefLabel*>()->height();
        shown.view.resize(500, 260);
        QTRY_VERIFY(shown.tree().verticalScrollBar()->maximum() > 0);
        QTRY_VERIFY(inSight());
        QCOMPARE(shown.tops(LostNode).first, shown.tops(LostNode).second);
        BriefLabel& title = *shown.view.pane()->findChild<BriefLabel*>();
        QVERIFY(title.isBrief());
        QTRY_VERIFY(title.height() < 2 * title.fontMetrics().height());
        shown.view.resize(900, 900);
        QTRY_VERIFY(!title.isBrief() && title.height() >= wrapped);
        QTRY_VERIFY(inSight());
    }

    void aClickOnABarSelectsItsRow()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        const QRect row = shown.canvas().itemRect(RetryNode);
        QTest::mouseClick(&shown.canvas(), Qt::LeftButton, {}, row.center());
        QCOMPARE(shown.view.node(), RetryNode + 0u);
        QCOMPARE(shown.view.model()->nodeAt(shown.tree().currentIndex()), RetryNode + 0u);
        QVERIFY(shown.canvas().hasFocus());
        shown.key(Qt::Key_Down); // keys of the lanes go to the tree
        QCOMPARE(shown.view.node(), LateNode + 0u);
        QSignalSpy activated(&shown.view, &ToolsView::activated);
        QTest::mouseDClick(&shown.canvas(), Qt::LeftButton, {}, shown.canvas().itemRect(LateNode).center());
        QCOMPARE(activated.count(), 1);
        shown.key(Qt::Key_Return);
        QCOMPARE(activated.count(), 2);
    }

    void askerAndConsumer()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        shown.view.selectNode(DeepNode);
        shown.view.goToAsker();
        QCOMPARE(shown.view.node(), InnerNode + 0u);
        QSignalSpy said(&shown.view, &ToolsView::said);
        shown.view.selectNode(LostNode);
        shown.view.goToConsumer();
        QVERIFY(said.last().first().toString().contains(QStringLiteral("not recorded")));
    }

    void readersHearTheRows()
    {
        Shown shown;
        QTRY_VERIFY(shown.ready());
        QAccessibleInterface* const lanes = QAccessible::queryAccessibleInterface(&shown.canvas());
        QVERIFY(lanes);
        QCOMPARE(lanes->childCount(), 8);
        QAccessibleInterface* const late = lanes->child(LateNode);
        QVERIFY2(late->text(QAccessible::Name).startsWith(QStringLiteral("read")),
                 qPrintable(late->text(QAccessible::Name)));
        QVERIFY(late->text(QAccessible::Description).contains(QStringLiteral("after the results of its scope")));
        QVERIFY(!late->rect().isEmpty());
        late->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(shown.view.node(), LateNode + 0u);
        QVERIFY(late->state().selected);
        QCOMPARE(lanes->childAt(late->rect().center().x(), late->rect().center().y()), late);
    }
};

QTEST_MAIN(TestToolsView)
#include "tst_toolsview.moc"
