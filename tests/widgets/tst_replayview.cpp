// layers: widgets items core analysis layout GUI
#include "emptystate.h"
#include "evidencetext.h"
#include "replaycanvas.h"
#include "replaypane.h"
#include "replayresult.h"
#include "replayreviewbar.h"
#include "replaysetup.h"
#include "shownreplay.h"
#include "windowdriver.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

using namespace arcscope;
using namespace arcscope::testing;

class TestReplayView : public QObject
{
    Q_OBJECT

private slots:
    void asksForSides()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        QVERIFY(shown.view.setup()->isVisible());
        QCOMPARE(shown.view.setup()->fieldBox()->currentData().toString(), QStringLiteral("file"));
        QCOMPARE(shown.view.setup()->baseBox()->currentData().toString(), QStringLiteral("old.json"));
        QVERIFY(!shown.view.list()->isVisible());
        QSignalSpy asked(shown.view.setup(), &ReplaySetup::compareRequested);
        WindowDriver::click(shown.view.setup()->compareButton());
        QCOMPARE(asked.count(), 1);
        QTRY_COMPARE(shown.state.notes().replayDecisions().sides.base, std::string("old.json"));
        QTRY_VERIFY(shown.book.stage() == ReplayBook::Stage::Done);
        QVERIFY(shown.view.list()->isVisible());
        QVERIFY(!shown.book.found()->pairing.tasks.empty());
    }

    /// The page that asks for runs has a button: keys reach it as soon as the view is gone to.
    void keysStartWhereItIsEmpty()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.view.setFocus();
        auto* const button = qobject_cast<QPushButton*>(shown.view.focusWidget());
        QVERIFY(button && button->isVisible());
        QTest::keyClick(button, Qt::Key_Space);
        QTRY_VERIFY(shown.book.stage() != ReplayBook::Stage::Unchosen);
        shown.give();
        shown.view.setFocus();
        QCOMPARE(shown.view.focusWidget(), shown.view.list());
    }

    void chosenTaskIsShown()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        QVERIFY(shown.view.list()->isVisible());
        QCOMPARE(shown.pressedTask(), QStringLiteral("task 1"));
        QCOMPARE(shown.view.canvas()->lines(), 7);
        // The first change is chosen: the call that only the base makes.
        QCOMPARE(shown.view.canvas()->place().line, 3);
        QVERIFY(shown.view.pane()->text(0)->toPlainText().contains(QLatin1String("{\"id\": 3}")));
        QVERIFY(shown.view.pane()->text(1)->toPlainText().contains(QLatin1String("no such step")));
        QVERIFY(shown.view.headline()->text().contains(QLatin1String("1 gained")));
    }

    /// Where the list leaves out what is looked at, the first that it lists is.
    void whatIsListedIsLookedAt()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        QComboBox* const box = shown.view.shownBox();
        QVERIFY(box->fontMetrics().horizontalAdvance(box->itemText(1)) < box->width());
        box->setCurrentIndex(static_cast<int>(ReplayShown::NotCompared));
        QCOMPARE(shown.view.model()->rowCount(), 1);
        QCOMPARE(shown.pressedTask(), shown.view.model()->index(0, 0).data().toString());
        box->setCurrentIndex(static_cast<int>(ReplayShown::All));
        QCOMPARE(shown.pressedTask(), QStringLiteral("task 4"));
    }

    /// A small window has room for six tasks; the step in full takes turns with them.
    void lowWindows()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        const auto rowsSeen = [&] {
            return shown.view.list()->viewport()->height() / shown.view.list()->verticalHeader()->defaultSectionSize();
        };
        QVERIFY(shown.view.pane()->isVisible() && !shown.view.fullButton()->isVisible());
        QTRY_VERIFY(rowsSeen() >= 6);
        shown.view.resize(490, 450);
        QTRY_VERIFY(shown.view.fullButton()->isVisible());
        QTRY_VERIFY(rowsSeen() >= 6);
        QVERIFY(!shown.view.pane()->isVisible());
        QVERIFY(shown.view.canvas()->viewport()->height() >= 100);
        WindowDriver::click(shown.view.fullButton());
        QVERIFY(shown.view.pane()->isVisible() && !shown.view.list()->isVisible());
        QTRY_VERIFY(shown.view.pane()->height() >= 100);
        shown.view.canvas()->setFocus();
        QTRY_VERIFY(shown.view.canvas()->hasFocus());
        QTest::keyClick(shown.view.canvas(), Qt::Key_Space);
        QVERIFY(!shown.view.pane()->isVisible() && shown.view.list()->isVisible());
        shown.view.resize(900, 800);
        QTRY_VERIFY(shown.view.pane()->isVisible());
        QVERIFY(shown.view.list()->isVisible() && !shown.view.fullButton()->isVisible());
    }

    void keysGoFromChangeToChange()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        shown.view.canvas()->setFocus();
        QTRY_VERIFY(shown.view.canvas()->hasFocus());
        QTest::keyClick(shown.view.canvas(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(shown.view.canvas()->place().line, 5);
        QVERIFY(shown.view.pane()->known()->text().contains(QLatin1String("content: value")));
        QVERIFY(shown.view.pane()->known()->text().contains(QLatin1String("off the rails")));
        QSignalSpy said(&shown.view, &ReplayView::said);
        QTest::keyClick(shown.view.canvas(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(shown.view.canvas()->place().line, 5);
        QCOMPARE(said.count(), 1);
        QTest::keyClick(shown.view.canvas(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(shown.view.canvas()->place().line, 3);
        QTest::keyClick(shown.view.canvas(), Qt::Key_2, Qt::AltModifier);
        QCOMPARE(shown.view.canvas()->column(), 1);
    }

    /// Where both runs streamed a step, both streams are asked for at once.
    void bothStreams()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        QToolButton* button = nullptr;
        for (QToolButton* const each : shown.view.pane()->findChildren<QToolButton*>())
            button = each->text().remove(QLatin1Char('&')) == QLatin1String("Both streams") ? each : button;
        QVERIFY(button && !button->isVisible()); // the step of one run only
        shown.view.stepChange(1);
        QVERIFY(button->isVisible());
        QSignalSpy asked(&shown.view, &ReplayView::streamsRequested);
        WindowDriver::click(button);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front().at(0).value<Row>(), Row{0});
        QCOMPARE(asked.front().at(1).value<Row>(), Row{1});
    }

    void onlyDifferences()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        WindowDriver::click(shown.view.onlyButton());
        QCOMPARE(shown.view.canvas()->lines(), 5); // three alike are one
        QVERIFY(shown.view.canvas()->shownLines().front().isFold());
        QCOMPARE(shown.view.canvas()->place().line, 1);
        shown.view.canvas()->setFocus();
        QTest::keyClick(shown.view.canvas(), Qt::Key_Up);
        QTest::keyClick(shown.view.canvas(), Qt::Key_Return);
        QCOMPARE(shown.view.canvas()->lines(), 7);
        QTest::keyClick(shown.view.canvas(), Qt::Key_O);
        QVERIFY(!shown.view.onlyButton()->isChecked());
        QCOMPARE(shown.view.canvas()->lines(), 7);
    }

    /// What differs is bold in the text in full.
    void differencesAreMarked()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        shown.view.stepChange(1);
        for (const std::size_t column : {std::size_t{0}, std::size_t{1}}) {
            EvidenceText* const text = shown.view.pane()->text(column);
            QTextCursor cursor(text->document());
            cursor.setPosition(9);
            QCOMPARE(cursor.charFormat().fontWeight(), int(QFont::Bold));
            cursor.setPosition(4);
            QVERIFY(cursor.charFormat().fontWeight() != int(QFont::Bold));
        }
    }

    void clickChoosesAStep()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        const QRect rect = shown.view.canvas()->rectOf({0, 1});
        QVERIFY(!rect.isEmpty());
        QTest::mouseClick(shown.view.canvas()->viewport(), Qt::LeftButton, {}, rect.center());
        QCOMPARE(shown.view.canvas()->place(), (LinePlace{0, 1}));
        QVERIFY(shown.view.pane()->text(1)->toPlainText().contains(QLatin1String("Where is my order?")));
        QSignalSpy gone(&shown.view, &ReplayView::goRequested);
        QTest::keyClick(shown.view.canvas(), Qt::Key_Return);
        QCOMPARE(gone.count(), 1);
        QCOMPARE(gone.front().front().value<Row>(), Row{1});
    }

    void review()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        QVERIFY(!shown.view.reviewBar()->isVisible());
        WindowDriver::click(shown.view.reviewButton());
        QVERIFY(shown.view.reviewBar()->isVisible());
        QTRY_VERIFY(shown.view.list()->hasFocus());
        QTest::keyClick(shown.view.list(), Qt::Key_1);
        const auto& reviews = shown.state.notes().replayDecisions().reviews;
        QCOMPARE(reviews.size(), std::size_t{1});
        QCOMPARE(reviews.front().task, std::string("task 1"));
        QVERIFY(reviews.front().opinion == ReplayOpinion::Better);
        QCOMPARE(shown.pressedTask(), QStringLiteral("task 3")); // the next one
        QTRY_VERIFY(shown.view.reviewBar()->progress()->text().contains(QLatin1String("1 of 3")));
        QTest::keyClick(shown.view.list(), Qt::Key_3);
        QCOMPARE(reviews.size(), std::size_t{2});
        shown.edit.actions().front()->trigger();
        QCOMPARE(reviews.size(), std::size_t{1});
        QTest::keyClick(shown.view.list(), Qt::Key_N);
        QTRY_VERIFY(shown.view.reviewBar()->note()->hasFocus());
        QTest::keyClicks(shown.view.reviewBar()->note(), QStringLiteral("look again"));
        QTest::keyClick(shown.view.reviewBar()->note(), Qt::Key_Return);
        QTRY_COMPARE(reviews.size(), std::size_t{2});
        QVERIFY(std::any_of(reviews.begin(), reviews.end(),
                            [](const ReplayReview& one) { return one.note == "look again" && !one.opinion; }));
    }

    void otherPages()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        shown.view.tabs()->setCurrentIndex(1);
        QVERIFY(shown.view.result()->isVisible());
        QVERIFY(shown.view.result()->text()->toPlainText().contains(QLatin1String("only the base has it")));
        // Tasks 1 and 3 are changed: one kind of them is done less often now, the other more.
        QComboBox* const split = shown.view.result()->splitBox();
        QVERIFY(split->isVisible());
        QCOMPARE(split->count(), 2);
        split->setCurrentIndex(1);
        emit split->activated(1);
        const QString text = shown.view.result()->text()->toPlainText();
        QVERIFY2(text.contains(QStringLiteral("short: 1 of 2 (50 %) \u2192 2 of 2 (100 %)")), qPrintable(text));
        shown.view.tabs()->setCurrentIndex(2);
        QVERIFY(shown.view.matrix()->isVisible());
        QCOMPARE(shown.view.matrix()->model()->rowCount(), 3);
        shown.view.shownBox()->setCurrentIndex(static_cast<int>(ReplayShown::Gains));
        QCOMPARE(shown.view.model()->rowCount(), 1);
    }

    void nothingOpen()
    {
        AppState state;
        ReplayBook book(state);
        QWidget owner;
        ActionRegistry actions(&owner);
        NoteCommands commands(state, actions, nullptr);
        ReplayView view(state, book, commands);
        view.show();
        QSignalSpy asked(&view, &ReplayView::openRequested);
        auto* const button = view.findChild<QPushButton*>();
        QVERIFY(button && button->isVisible());
        WindowDriver::click(button);
        QCOMPARE(asked.count(), 1);
        QVERIFY(!view.setup()->isVisible());
    }
};

QTEST_MAIN(TestReplayView)
#include "tst_replayview.moc"
