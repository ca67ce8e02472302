// layers: widgets GUI
// Tool calls in the whole window: what is selected, one range of time, what changed between calls.
#include "callcanvas.h"
#include "callpane.h"
#include "calltreeview.h"
#include "otlplines.h"
#include "toolsview.h"
#include "windowdriver.h"
#include "writefile.h"

#include <QClipboard>
#include <QPlainTextEdit>
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

} // namespace

class TestMainWindowTools : public QObject
{
    Q_OBJECT

private slots:
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

QTEST_MAIN(TestMainWindowTools)
#include "tst_mainwindowtools.moc"
