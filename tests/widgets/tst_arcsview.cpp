// layers: widgets items core analysis layout GUI
#include "arcsview.h"

#include "arcbars.h"
#include "arcbook.h"
#include "arccanvas.h"
#include "arclistdelegate.h"
#include "arcpane.h"
#include "arcreviewbar.h"
#include "evidencetext.h"
#include "madefoundarcs.h"
#include "notebook.h"
#include "notecommands.h"
#include "windowdriver.h"

#include <QAccessible>
#include <QAccessibleActionInterface>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// A tab that is given arcs by the test; notes are kept beside a sample.
struct Shown {
    QTemporaryDir folder;
    AppState state;
    AppState nothing; ///< no search joins arcs of its own
    FindingBook findings{nothing};
    ArcBook book{state, findings};
    QWidget owner;
    ActionRegistry actions{&owner};
    NoteCommands commands{state, actions, nullptr};
    QMenu edit;
    ArcsView view{state, findings, book, commands};

    explicit Shown(ArcsPtr arcs = fourArcs())
    {
        commands.addUndoActions(&edit);
        QFile trace(folder.filePath(QStringLiteral("trace.json")));
        if (!trace.open(QIODevice::WriteOnly) ||
            trace.write(
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0000000000000000000000000000000a\","
                "\"spanId\":\"000000000000000b\",\"name\":\"a\",\"startTimeUnixNano\":\"1\",\"endTimeUnixNano\":"
                "\"2\"}]}]}]}\n") < 0)
            qFatal("no trace");
        trace.close();
        state.open({trace.fileName()});
        view.resize(900, 700);
        view.show();
        view.activateWindow();
        book.setArcs(std::move(arcs));
    }
    bool ready()
    {
        return state.isOpen() && !state.loading() && view.model()->listing() &&
               view.model()->listing()->of == book.arcs() && view.list()->isVisible();
    }
    bool listed(int lines) { return view.model()->rowCount() == lines; }
    ArcCanvas& canvas() { return *view.pane()->canvas(); }
    const ArcDecisions& decisions() { return state.notes().arcDecisions(); }
    void clickLine(int line) { WindowDriver::click(view.list(), view.model()->index(line, 1)); }
    QWidget* focused() { return view.window()->focusWidget(); }
};

QStringList actionTexts(const QMenu& menu)
{
    QStringList texts;
    for (const QAction* const action : menu.actions())
        texts << action->text();
    return texts;
}

} // namespace

class TestArcsView : public QObject
{
    Q_OBJECT

private slots:
    void anArcThatIsClickedShowsItsSteps()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        QCOMPARE(shown.view.arc(), std::optional(0U));
        for (int i = 0; i < arcTroubleCount; ++i)
            QVERIFY(!shown.view.chip(static_cast<ArcTrouble>(i))->isChecked());
        QCOMPARE(shown.view.pane()->model()->rowCount(), 7);
        shown.clickLine(2);
        QCOMPARE(shown.view.arc(), std::optional(2U));
        QCOMPARE(shown.view.pane()->model()->rowCount(), 3);
        QCOMPARE(shown.canvas().arc(), 2U);
        QTest::keyClick(shown.view.list(), Qt::Key_Up);
        QCOMPARE(shown.view.arc(), std::optional(1U));
        QTest::keyClick(shown.view.list(), Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(shown.view.arc(), std::optional(3U));
    }

    void keysLeadFromAnArcToTheSpanOfAStep()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        QSignalSpy gone(shown.view.pane(), &ArcPane::goRequested);
        shown.clickLine(0);
        QTest::keyClick(shown.view.list(), Qt::Key_Return);
        QVERIFY(shown.focused() == &shown.canvas());
        QTest::keyClick(&shown.canvas(), Qt::Key_Home);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(&shown.canvas(), Qt::Key_Right);
        QCOMPARE(shown.canvas().step(), 4U);
        QCOMPARE(shown.view.pane()->steps()->currentIndex().row(), 4); // the list follows
        QTest::keyClick(&shown.canvas(), Qt::Key_Return);
        QCOMPARE(gone.count(), 1);
        QCOMPARE(gone.first().first().value<Row>(), rowNamed(*fourArcs()->corpus, "b1"));
        QTest::keyClick(&shown.canvas(), Qt::Key_Escape);
        QVERIFY(shown.focused() == shown.view.list());
        WindowDriver::click(shown.view.pane()->steps(), shown.view.pane()->model()->index(2, 0));
        QCOMPARE(shown.canvas().step(), 2U); // and so does the picture
        WindowDriver::click(shown.view.pane()->goButton());
        QCOMPARE(gone.last().first().value<Row>(), rowNamed(*fourArcs()->corpus, "a2"));
    }

    void aStepIsClickedInThePictureAndItIsZoomed()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        shown.clickLine(0);
        const QRect sign = shown.canvas().stepRect(5);
        QVERIFY(!sign.isEmpty());
        QTest::mouseClick(shown.canvas().viewport(), Qt::LeftButton, {}, sign.center());
        QCOMPARE(shown.canvas().step(), 5U);
        shown.canvas().setFocus();
        const int before = shown.canvas().scene().viewport.width;
        QTest::keyClick(&shown.canvas(), Qt::Key_W);
        QVERIFY(shown.canvas().scene().viewport.width > before);
        QVERIFY(!shown.canvas().stepRect(5).isEmpty()); // what is looked at stays in sight
        QTest::keyClick(&shown.canvas(), Qt::Key_0);
        QCOMPARE(shown.canvas().scene().viewport.width, before);
        QComboBox* const scales = shown.view.pane()->scales();
        scales->setFocus();
        QTest::keyClick(scales, Qt::Key_Down);
        QCOMPARE(shown.canvas().scale(), RibbonScale::Folded);
        QVERIFY(!shown.canvas().scene().ordinal);
    }

    void barsFilterByClickAndByKey()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        ArcBars& bars = *shown.view.bars();
        QTest::mouseClick(&bars, Qt::LeftButton, {}, bars.rectOf(ArcOutcome::Failed).center());
        QTRY_VERIFY(shown.listed(1));
        QCOMPARE(shown.view.arc(), std::optional(0U)); // what is looked at stays so
        QVERIFY(bars.nameOf(ArcOutcome::Failed).contains(QStringLiteral("1 of 4 arcs (25 %)")));
        QVERIFY(bars.nameOf(ArcOutcome::Unknown).contains(QStringLiteral("1 of 4 arcs (25 %)")));
        QTest::mouseClick(&bars, Qt::LeftButton, {}, bars.rectOf(ArcOutcome::Failed).center());
        QTRY_VERIFY(shown.listed(4));
        bars.setFocus();
        QTest::keyClick(&bars, Qt::Key_End);
        QCOMPARE(bars.current(), ArcOutcome::Unknown);
        QTest::keyClick(&bars, Qt::Key_Space);
        QTRY_VERIFY(shown.listed(1));
        QTest::keyClick(&bars, Qt::Key_Home);
        QTest::keyClick(&bars, Qt::Key_Return);
        QTRY_COMPARE(shown.view.model()->arcAt(0), std::optional(0U));
        QVERIFY(shown.listed(1));
    }

    void chipsAndNothingLeftSaySo()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        shown.view.chip(ArcTrouble::ReAsked)->trigger();
        QTRY_VERIFY(shown.listed(1));
        shown.view.chip(ArcTrouble::HandedOver)->trigger();
        QTRY_VERIFY(shown.listed(0));
        const auto says = [&](const QString& text) {
            const auto labels = shown.view.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
        };
        QVERIFY(says(QStringLiteral("No arc matches what is chosen")));
        QVERIFY(shown.view.bars()->isVisible());
        for (QToolButton* const button : shown.view.findChildren<QToolButton*>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Cl&ear"))
                WindowDriver::click(button);
        }
        QTRY_VERIFY(shown.listed(4));
        QVERIFY(!shown.view.chip(ArcTrouble::ReAsked)->isChecked());
    }

    void stitchesAreDecidedAndTakenBack()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        shown.clickLine(0);
        QVERIFY(!shown.view.pane()->acceptButton(0));
        shown.clickLine(1);
        QVERIFY(!shown.canvas().stitchRect(0).isEmpty());
        QTest::mouseClick(shown.canvas().viewport(), Qt::LeftButton, {}, shown.canvas().stitchRect(0).center());
        QTRY_VERIFY(shown.view.pane()->acceptButton(0) && shown.view.pane()->acceptButton(0)->isVisible());
        WindowDriver::click(shown.view.pane()->acceptButton(0));
        QCOMPARE(shown.decisions().stitches.size(), std::size_t(1));
        QCOMPARE(shown.decisions().stitches[0].earlier, std::string("session:s-3"));
        QCOMPARE(shown.decisions().stitches[0].later, std::string("session:s-4"));
        QVERIFY(shown.decisions().stitches[0].accepted);
        QVERIFY(actionTexts(shown.edit).first().contains(QStringLiteral("accepting a stitch")));
        shown.actions.action(QStringLiteral("edit.undo"))->trigger();
        QVERIFY(shown.decisions().stitches.empty());
        shown.actions.action(QStringLiteral("edit.redo"))->trigger();
        QCOMPARE(shown.decisions().stitches.size(), std::size_t(1));
        WindowDriver::click(shown.view.pane()->rejectButton(0));
        QVERIFY(!shown.decisions().stitches[0].accepted);
        shown.actions.action(QStringLiteral("edit.undo"))->trigger();
        QVERIFY(shown.decisions().stitches[0].accepted);
    }

    void aReviewIsDoneByKeys()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        QTest::keyClick(shown.view.list(), Qt::Key_2); // no review: nothing is said
        QVERIFY(shown.decisions().reviews.empty());
        shown.view.setReviewing(true);
        ArcReviewBar& bar = *shown.view.reviewBar();
        QVERIFY(bar.isVisible());
        QCOMPARE(shown.view.sample().size(), std::size_t(4));
        QCOMPARE(bar.progress()->text(), QStringLiteral("Arc 1, reviewed 0 of 4"));
        shown.view.list()->setFocus();
        QTest::keyClick(shown.view.list(), Qt::Key_2);
        QCOMPARE(reviewOf(shown.decisions(), "session:s-1").outcome, std::optional(ArcOutcome::Failed));
        QCOMPARE(shown.view.arc(), std::optional(1U)); // the next
        QCOMPARE(bar.progress()->text(), QStringLiteral("Arc 2, reviewed 1 of 4"));
        QTest::keyClick(shown.view.list(), Qt::Key_Comma);
        QCOMPARE(shown.view.arc(), std::optional(0U));
        QVERIFY(bar.verdictButton(ArcOutcome::Failed)->isChecked());
        QTest::keyClick(shown.view.list(), Qt::Key_2); // taken back
        QVERIFY(!reviewOf(shown.decisions(), "session:s-1").outcome);
        shown.actions.action(QStringLiteral("edit.undo"))->trigger();
        QCOMPARE(reviewOf(shown.decisions(), "session:s-1").outcome, std::optional(ArcOutcome::Failed));
        QTest::keyClick(shown.view.list(), Qt::Key_Period);
        QCOMPARE(shown.view.arc(), std::optional(1U));
        QTest::keyClick(shown.view.list(), Qt::Key_N);
        QVERIFY(shown.focused() == bar.note());
        QTest::keyClicks(bar.note(), QStringLiteral("2 of 3, n."));
        QTest::keyClick(bar.note(), Qt::Key_Return);
        QVERIFY(shown.focused() == shown.view.list());
        QCOMPARE(reviewOf(shown.decisions(), "session:s-3").note, std::string("2 of 3, n."));
        QCOMPARE(shown.decisions().reviews.size(), std::size_t(2));
        WindowDriver::click(bar.verdictButton(ArcOutcome::Unknown));
        QCOMPARE(reviewOf(shown.decisions(), "session:s-3").note, std::string("2 of 3, n."));
        QCOMPARE(reviewOf(shown.decisions(), "session:s-3").outcome, std::optional(ArcOutcome::Unknown));
        shown.view.giveVerdict(ArcOutcome::Deferred);
        shown.view.giveVerdict(ArcOutcome::Succeeded);
        QCOMPARE(bar.progress()->text(), QStringLiteral("Arc 4, reviewed 4 of 4"));

        const QString markdown = shown.folder.filePath(QStringLiteral("review.md"));
        QVERIFY(shown.view.writeReview(markdown));
        QFile written(markdown);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray text = written.readAll();
        QVERIFY(text.contains("- Reviewed: 4 of 4") && text.contains("trace.json"));
        QVERIFY(shown.view.writeReview(shown.folder.filePath(QStringLiteral("review.json"))));
        QVERIFY(!shown.view.writeReview(shown.folder.filePath(QStringLiteral("no/such/folder.md"))));
    }

    void aSampleBeginsWithWhatIsLeastKnown()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        shown.view.setReviewing(true);
        ArcReviewBar& bar = *shown.view.reviewBar();
        bar.samplings()->setFocus();
        QTest::keyClick(bar.samplings(), Qt::Key_Down);
        QCOMPARE(shown.view.sample().front(), std::string("session:s-5"));
        QCOMPARE(shown.view.arc(), std::optional(3U));
        bar.most()->setValue(2);
        QCOMPARE(shown.view.sample().size(), std::size_t(2));
        QVERIFY(bar.planText().contains(QStringLiteral("at most 2")));
        shown.view.setReviewing(false);
        QVERIFY(!bar.isVisible());
    }

    void keysGoOverHeadings()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        shown.view.groupings()->setFocus();
        QTest::keyClick(shown.view.groupings(), Qt::Key_Down);
        QTRY_VERIFY(shown.listed(8));
        shown.clickLine(1);
        const auto first = shown.view.arc();
        QTest::keyClick(shown.view.list(), Qt::Key_Down); // a heading
        QTRY_VERIFY(shown.view.arc() != first);
        QTRY_COMPARE(shown.view.list()->currentIndex().row(), 3);
    }

    void whatIsProposedIsReadToScreenReaders()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        QAccessibleInterface* const bars = QAccessible::queryAccessibleInterface(shown.view.bars());
        QVERIFY(bars);
        QCOMPARE(bars->childCount(), 5);
        QCOMPARE(bars->child(0)->text(QAccessible::Name), QStringLiteral("succeeded: 1 of 4 arcs (25 %)"));
        bars->child(1)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QTRY_VERIFY(shown.listed(1));
        shown.view.bars()->choose(ArcOutcome::Failed);
        QTRY_VERIFY(shown.listed(4));
        shown.clickLine(0);
        QAccessibleInterface* const canvas = QAccessible::queryAccessibleInterface(&shown.canvas());
        QVERIFY(canvas);
        QCOMPARE(canvas->childCount(), 7);
        QVERIFY(canvas->child(2)->text(QAccessible::Name).startsWith(QStringLiteral("ask again, inferred by rule")));
        QVERIFY(canvas->child(2)->text(QAccessible::Description).contains(QStringLiteral("takes up step 1")));
        canvas->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(shown.canvas().step(), 2U);
        QVERIFY(canvas->text(QAccessible::Description).contains(QStringLiteral("Deploy the fix")));
        QVERIFY(!shown.view.list()->accessibleName().isEmpty());
    }

    void onlyWhatIsSeenOfAHundredThousandArcsIsLaidOut()
    {
        Shown shown(manyArcs(100'000));
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(shown.listed(100'000), patience);
        shown.view.list()->viewport()->repaint();
        const int page = shown.view.list()->viewport()->height() / shown.view.list()->rowHeight(0) + 2;
        QVERIFY(shown.view.delegate()->layouts() <= static_cast<std::size_t>(3 * page));
        const std::size_t before = shown.view.delegate()->layouts();
        constexpr int pages = 40;
        shown.view.list()->setFocus();
        for (int i = 0; i < pages; ++i) {
            QTest::keyClick(shown.view.list(), Qt::Key_PageDown);
            shown.view.list()->viewport()->repaint();
        }
        QTest::keyClick(shown.view.list(), Qt::Key_End, Qt::ControlModifier);
        shown.view.list()->viewport()->repaint();
        QCOMPARE(shown.view.arc(), std::optional(99'999U));
        QVERIFY(shown.view.delegate()->layouts() - before <= static_cast<std::size_t>((pages + 2) * page));
        const std::size_t then = shown.view.delegate()->layouts();
        shown.view.list()->viewport()->repaint(); // the same again costs nothing
        QCOMPARE(shown.view.delegate()->layouts(), then);
    }

    void itFitsIntoASmallWindowAndGrows()
    {
        Shown shown;
        QTRY_VERIFY_WITH_TIMEOUT(shown.ready(), patience);
        shown.view.setReviewing(true);
        QCoreApplication::processEvents(); // what is hidden needs no room any more
        QVERIFY2(shown.view.minimumSizeHint().width() <= 640,
                 qPrintable(QString::number(shown.view.minimumSizeHint().width())));
        for (const QSize& size : {QSize(640, 450), QSize(1'300, 900), QSize(640, 450)}) {
            shown.view.resize(size);
            QCoreApplication::processEvents();
            QCOMPARE(shown.view.size(), size);
            QVERIFY(shown.view.list()->viewport()->height() >= 2 * shown.view.list()->rowHeight(0));
            QVERIFY(shown.canvas().height() >= 40 && shown.view.pane()->steps()->height() >= 40);
            for (const ArcOutcome outcome : shownOutcomes())
                QVERIFY(shown.view.bars()->rect().contains(shown.view.bars()->rectOf(outcome)));
        }
    }

    void nothingOpenSaysSo()
    {
        AppState state;
        FindingBook findings(state);
        ArcBook book(state, findings);
        QWidget owner;
        ActionRegistry actions(&owner);
        NoteCommands commands(state, actions, nullptr);
        ArcsView view(state, findings, book, commands);
        view.resize(600, 400);
        view.show();
        const auto labels = view.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == QStringLiteral("No trace is open");
        }));
        QVERIFY(!view.list()->isVisible());
        view.setReviewing(true);
        view.stepReview(1);
        view.giveVerdict(ArcOutcome::Failed);
        QVERIFY(state.notes().arcDecisions().reviews.empty());
    }
};

QTEST_MAIN(TestArcsView)
#include "tst_arcsview.moc"
