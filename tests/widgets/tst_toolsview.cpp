// layers: widgets GUI
#include "toolsview.h"

#include "brieflabel.h"
#include "callcanvas.h"
#include "callpane.h"
#include "callscript.h"
#include "calltreeview.h"
#include "callwords.h"
#include "otlplines.h"
#include "windowdriver.h"
#include "writefile.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeWidget>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A call of a tool as a line of OTLP; texts are escaped JSON.
QByteArray fetch(int number, const char* arguments, const char* result, bool failed = false)
{
    OtlpLine line;
    line.span = number;
    line.start = 100 * number;
    line.end = line.start + 50;
    line.name = "execute_tool fetch";
    const auto attribute = [](const std::string& key, const std::string& value) {
        return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + R"("}})";
    };
    const std::string more =
        R"(,"status":{"code":)" + std::string(failed ? "2" : "1") + R"(},"attributes":[)" +
        attribute("gen_ai.operation.name", "execute_tool") + ',' + attribute("gen_ai.tool.name", "fetch") + ',' +
        attribute("gen_ai.tool.call.id", "call_" + std::to_string(number)) + ',' +
        attribute("gen_ai.tool.call.arguments", arguments) + ',' + attribute("gen_ai.tool.call.result", result) + ']';
    std::string text = otlpLine(line);
    return QByteArray::fromStdString(text.insert(text.rfind("}]}]}]}"), more));
}

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

    void theWindowShowsTheCallsOfASession()
    {
        WindowDriver driver({incident});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_3, Qt::ControlModifier);
        ToolsView& view = *driver.window.tools();
        QTRY_VERIFY_WITH_TIMEOUT(view.isShowingCalls(), patience);
        QTRY_VERIFY(view.tree()->hasFocus());
        QVERIFY(view.subject()->tree.calls.size() > 5);

        // What is selected is so in the whole window, and its texts are read.
        std::uint32_t call = 0;
        while (!view.subject()->callOf(call) || view.subject()->node(call).row == noRow)
            ++call;
        view.selectNode(call);
        QCOMPARE(driver.state().span(), view.subject()->node(call).row);
        QTRY_VERIFY_WITH_TIMEOUT(view.pane()->texts() != nullptr, patience);
        auto* const arguments = driver.part<QPlainTextEdit>(QStringLiteral("Arguments of the call"));
        QVERIFY(arguments && !arguments->toPlainText().isEmpty());
        QVERIFY(view.pane()->copyJson().contains(QStringLiteral("\"arguments\"")));
        QVERIFY(view.pane()->copyText().contains(QStringLiteral("Arguments:")));

        // Spans that ask are shown with what they stopped for.
        const std::uint32_t owner = view.subject()->node(call).parent;
        QTRY_VERIFY_WITH_TIMEOUT(view.model()->stopOf(owner).contains(QStringLiteral(" | ")), patience);
        const QString stop = view.model()->stopOf(owner);
        QVERIFY(view.model()
                    ->indexOf(owner, CallTreeModel::StateColumn)
                    .data()
                    .toString()
                    .endsWith(stop.mid(stop.indexOf(u'|'))));
        QVERIFY(view.canvas()->detailsOf(owner).contains(stop));

        // One range of time for the timeline and the lanes.
        driver.key(Qt::Key_Plus);
        QTRY_COMPARE(driver.canvas().visibleRange(), view.canvas()->visibleRange());
        driver.canvas().fitAll();
        QTRY_COMPARE(view.canvas()->visibleRange(), driver.canvas().visibleRange());

        driver.key(Qt::Key_Return);
        QTRY_VERIFY(driver.canvas().isVisible());
        QCOMPARE(driver.canvas().selection(), view.subject()->node(call).row);
    }

    void changesAgainstTheCallBeforeAreShown()
    {
        WindowDriver driver;
        const QString file = writeFile(driver.file(QStringLiteral("calls.jsonl")),
                                       fetch(1, R"({\"url\":\"a\"})", R"({\"error\":\"slow\"})", true) +
                                           fetch(2, R"({ \"url\": \"a\" })", R"({\"title\":\"A\",\"tags\":[1]})") +
                                           fetch(3, R"({\"url\":\"a\"})", R"({\"title\":\"B\",\"tags\":[1,2]})"));
        QVERIFY(!file.isEmpty());
        driver.window.open({file});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_3, Qt::ControlModifier);
        ToolsView& view = *driver.window.tools();
        QTRY_VERIFY_WITH_TIMEOUT(view.isShowingCalls(), patience);
        QTRY_VERIFY(view.tree()->hasFocus());
        const CallPane& pane = *view.pane();
        driver.key(Qt::Key_End);
        const std::uint32_t last = view.node();
        QVERIFY(last != TreeCall::none);
        QTRY_VERIFY_WITH_TIMEOUT(pane.texts() && pane.texts()->node == last, patience);
        QTabBar& bar = *pane.tabs()->findChild<QTabBar*>();
        QTest::mouseClick(&bar, Qt::LeftButton, {}, bar.tabRect(CallPane::ChangesPage).center());
        QCOMPARE(pane.tabs()->currentIndex(), int(CallPane::ChangesPage));
        QTreeWidget& changes = *pane.changes();
        QVERIFY(changes.isVisible());
        QCOMPARE(changes.topLevelItemCount(), 1); // the attempt before it did not fail
        QTreeWidgetItem* const same = changes.topLevelItem(0);
        QVERIFY2(same->text(0).startsWith(QStringLiteral("Against the same call before: ")), qPrintable(same->text(0)));
        QCOMPARE(same->child(0)->text(0), QStringLiteral("Arguments: equal"));
        QCOMPARE(same->child(1)->text(0), QStringLiteral("Result: 2 differences"));
        QStringList lines;
        for (int i = 0; i < same->child(1)->childCount(); ++i) {
            const QTreeWidgetItem& change = *same->child(1)->child(i);
            lines << change.text(0) + u' ' + change.text(1) + u' ' + change.text(2) + u' ' + change.text(3);
        }
        lines.sort();
        QCOMPARE(lines,
                 QStringList({QStringLiteral("+ added /tags/1  2"), QStringLiteral("~ changed /title \"A\" \"B\"")}));
        changes.setFocus();
        QTest::keyClick(&changes, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), pane.copyChanges());
        QVERIFY(pane.copyChanges().contains(QStringLiteral("/title")));

        // The one that it is compared with: a second attempt.
        QTest::keyClick(&changes, Qt::Key_Home);
        QTest::keyClick(&changes, Qt::Key_Return);
        QVERIFY(view.node() != last);
        QTRY_VERIFY_WITH_TIMEOUT(pane.texts() && pane.texts()->node == view.node(), patience);
        QCOMPARE(changes.topLevelItemCount(), 1);
        QVERIFY(changes.topLevelItem(0)->text(0).startsWith(QStringLiteral("Against the attempt before: ")));
        const std::uint32_t second = view.node();
        const QPoint head = changes.visualItemRect(changes.topLevelItem(0)).center();
        QTest::mouseClick(changes.viewport(), Qt::LeftButton, {}, head);
        QTest::mouseDClick(changes.viewport(), Qt::LeftButton, {}, head);
        QVERIFY(view.node() != second);
        QTRY_VERIFY_WITH_TIMEOUT(pane.texts() && pane.texts()->node == view.node() && pane.texts()->comparisons.empty(),
                                 patience);
        QVERIFY(!pane.tabs()->isTabEnabled(CallPane::ChangesPage));
    }

    /// What was changed after a failure: no attempt of the same call.
    void whatWasChangedAfterAFailureIsShown()
    {
        WindowDriver driver;
        const QString file = writeFile(driver.file(QStringLiteral("calls.jsonl")),
                                       fetch(1, R"({\"url\":\"a\",\"n\":1})", "Error: no such page", true) +
                                           fetch(2, R"({\"url\":\"b\",\"n\":1})", R"({\"title\":\"B\"})"));
        driver.window.open({file});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_3, Qt::ControlModifier);
        ToolsView& view = *driver.window.tools();
        QTRY_VERIFY_WITH_TIMEOUT(view.isShowingCalls(), patience);
        QTRY_VERIFY(view.tree()->hasFocus());
        driver.key(Qt::Key_End);
        const CallPane& pane = *view.pane();
        QTRY_VERIFY_WITH_TIMEOUT(pane.texts() && pane.texts()->node == view.node(), patience);
        const QTreeWidgetItem& failed = *pane.changes()->topLevelItem(0);
        QVERIFY(failed.text(0).startsWith(QStringLiteral("Against the call of this tool before, which failed: ")));
        QCOMPARE(failed.child(0)->text(0), QStringLiteral("Arguments: 1 difference"));
        QCOMPARE(failed.child(0)->child(0)->text(1), QStringLiteral("/url"));
    }

    void withoutATraceItListsThoseWithCalls()
    {
        WindowDriver driver({week});
        QTRY_VERIFY_WITH_TIMEOUT(driver.settled(), patience);
        driver.key(Qt::Key_3, Qt::ControlModifier);
        ToolsView& view = *driver.window.tools();
        QTRY_VERIFY_WITH_TIMEOUT(view.traces()->isVisible() && view.traces()->model()->rowCount() > 0, patience);
        QVERIFY(driver.says(QStringLiteral("No trace is selected")));
        QTRY_VERIFY(view.traces()->hasFocus());
        driver.key(Qt::Key_Return);
        QTRY_VERIFY(driver.state().trace().has_value());
        QTRY_VERIFY_WITH_TIMEOUT(view.isShowingCalls(), patience);
        QCOMPARE(view.subject()->trace, *driver.state().trace());
    }
};

QTEST_MAIN(TestToolsView)
#include "tst_toolsview.moc"
