// layers: widgets items core analysis layout GUI
// What a person says of runs and steps that belong together: paired, aligned, undone, kept with the notes.
#include "replaycanvas.h"
#include "replaypairingbutton.h"
#include "replaysetup.h"
#include "shownreplay.h"
#include "windowdriver.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestReplayMatching : public QObject
{
    Q_OBJECT

private slots:
    /// Two runs that record nothing in common, put together, and apart again.
    void twoTasksBecomeOne()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        WindowDriver::click(shown.view.setup()->compareButton());
        QTRY_VERIFY(shown.book.stage() == ReplayBook::Stage::Done);
        QCOMPARE(shown.book.found()->pairing.tasks.size(), std::size_t{2});
        QAction* const pair = shown.view.setup()->pairing()->pairAction();
        QVERIFY(!pair->isEnabled());
        // A task that only one of them ran says so where the steps would be.
        const ReplayCanvas* const canvas = shown.view.canvas();
        QTRY_VERIFY(canvas->textOf(canvas->place()).contains(QLatin1String("press P")));
        QVERIFY(!shown.view.canvas()->verticalScrollBar()->isVisible());
        shown.view.list()->setFocus();
        shown.view.list()->selectAll();
        QVERIFY(pair->isEnabled());
        QTest::keyClick(shown.view.list(), Qt::Key_P);
        QTRY_COMPARE(shown.book.found()->pairing.tasks.size(), std::size_t{1});
        QCOMPARE(shown.book.found()->pairing.tasks.front().by, ReplayKey::Manual);
        QCOMPARE(shown.view.model()->rowCount(), 1);
        QCOMPARE(shown.state.notes().replayDecisions().matches.size(), std::size_t{1});
        QTRY_VERIFY(shown.view.setup()->pairing()->partAction()->isEnabled());
        shown.edit.actions().front()->trigger();
        QTRY_COMPARE(shown.book.found()->pairing.tasks.size(), std::size_t{2});
        shown.edit.actions().at(1)->trigger();
        QTRY_COMPARE(shown.book.found()->pairing.tasks.size(), std::size_t{1});
        shown.view.setup()->pairing()->partAction()->trigger();
        QTRY_COMPARE(shown.book.found()->pairing.tasks.size(), std::size_t{2});
        QVERIFY(shown.state.notes().replayDecisions().matches.empty());
    }

    void twoStepsStandForEachOther()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        QSignalSpy said(&shown.view, &ReplayView::said);
        const auto press = [&](LinePlace place) {
            QTest::mouseClick(shown.view.canvas()->viewport(), Qt::LeftButton, {},
                              shown.view.canvas()->rectOf(place).center());
            QTest::keyClick(shown.view.canvas(), Qt::Key_K);
        };
        press({3, 0}); // the call that only the base makes
        QVERIFY(said.back().front().toString().contains(QLatin1String("press K again")));
        QVERIFY(shown.view.setup()->pairing()->alignAction()->text().contains(QLatin1String("that of A")));
        press({3, 0});
        QVERIFY(shown.view.setup()->pairing()->alignAction()->text().contains(QLatin1String("another")));
        press({3, 0});
        press({2, 1});
        const auto& matches = shown.state.notes().replayDecisions().matches;
        const Corpus& corpus = *shown.found->corpus;
        QCOMPARE(matches, (std::vector<ReplayMatch>{{corpus.traceIdText(0), corpus.traceIdText(1), 3, 2}}));
        shown.edit.actions().front()->trigger();
        QVERIFY(matches.empty());
    }

    /// What can be done by hand stands in the menus of the list and of the steps, of what is under the pointer.
    void menusOfWhatIsThere()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        shown.give();
        ReplayCanvas* const canvas = shown.view.canvas();
        const QPoint at = canvas->rectOf({2, 1}).center();
        QTest::mouseClick(canvas->viewport(), Qt::RightButton, {}, at);
        QCOMPARE(canvas->place(), (LinePlace{2, 1}));
        for (QAbstractScrollArea* const where :
             {static_cast<QAbstractScrollArea*>(canvas), static_cast<QAbstractScrollArea*>(shown.view.list())}) {
            QContextMenuEvent asked(QContextMenuEvent::Mouse, at, where->viewport()->mapToGlobal(at));
            QApplication::sendEvent(where->viewport(), &asked);
            auto* const menu = where->findChild<QMenu*>();
            QVERIFY(menu && menu->isVisible());
            QCOMPARE(menu->actions().size(), qsizetype{2});
            menu->close();
        }
        const ReplayPairingButton& pairing = *shown.view.setup()->pairing();
        QVERIFY(canvas->findChild<QMenu*>()->actions().contains(pairing.alignAction()));
        QVERIFY(shown.view.list()->findChild<QMenu*>()->actions().contains(pairing.pairAction()));
    }

    void otherKeys()
    {
        ShownReplay shown;
        QTRY_VERIFY(shown.ready());
        WindowDriver::click(shown.view.setup()->compareButton());
        QTRY_VERIFY(shown.book.stage() == ReplayBook::Stage::Done);
        ReplayPairingButton* const pairing = shown.view.setup()->pairing();
        QVERIFY(pairing->keyAction("")->isChecked());
        // Both spans are called "task".
        pairing->expression()->setText(QStringLiteral("name"));
        QTest::keyClick(pairing->expression(), Qt::Key_Return);
        QTRY_COMPARE(shown.book.found()->pairing.tasks.size(), std::size_t{1});
        QCOMPARE(shown.book.found()->pairing.tasks.front().by, ReplayKey::Expression);
        QCOMPARE(shown.book.sides().key, std::string("name"));
        QVERIFY(!pairing->keyAction("")->isChecked());
        pairing->expression()->setText(QStringLiteral("name~("));
        QTest::keyClick(pairing->expression(), Qt::Key_Return);
        QTRY_VERIFY(shown.book.stage() == ReplayBook::Stage::Failed);
        QVERIFY(shown.book.problem().contains(QLatin1String("no regular expression")));
        pairing->keyAction("task")->trigger();
        QTRY_VERIFY(shown.book.stage() == ReplayBook::Stage::Done);
        QCOMPARE(shown.book.found()->pairing.tasks.front().gap, ReplayGap::NoKey);
    }
};

QTEST_MAIN(TestReplayMatching)
#include "tst_replaymatching.moc"
