// layers: core widgets GUI
// The panel of notes and of the story in the window, by key and mouse.
#include "arcsview.h"
#include "mainwindow.h"
#include "notebook.h"
#include "noteeditor.h"
#include "notefilecommands.h"
#include "notespanel.h"
#include "noticebar.h"
#include "statelink.h"
#include "storybar.h"
#include "storypanel.h"
#include "streamview.h"
#include "timelineview.h"
#include "toolsview.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace arcscope;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr int patience = 60'000;

} // namespace

class TestNotesPanel : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    QString newTrace()
    {
        const QString path = m_folder.filePath(QStringLiteral("trace%1.json").arg(++m_files));
        return QFile::copy(source, path) ? path : QString();
    }
    Settings settings() const { return Settings(m_folder.filePath(QStringLiteral("settings.ini"))); }
    static QAction* action(const MainWindow& window, const char* id)
    {
        return window.actions().action(QLatin1String(id));
    }
    static QPlainTextEdit* editor() { return qobject_cast<QPlainTextEdit*>(QApplication::focusWidget()); }
    static QDockWidget* dock(const MainWindow& window)
    {
        return window.findChild<QDockWidget*>(QStringLiteral("dock.notes"));
    }
    static void openIn(MainWindow& window, const QString& path)
    {
        window.show();
        window.activateWindow();
        window.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen() && window.state().notes().isRead(), patience);
        window.state().announce();
    }
    static void select(MainWindow& window, Row row)
    {
        window.state().setSpan(row);
        window.state().announce();
    }

private slots:
    void aNoteIsListedFoundEditedAndDeleted()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        NoteBook& notes = window.state().notes();
        QTableView* table = window.notesPanel()->table();
        const QString first = NoteBook::placeOfSpan(*window.state().corpus(), 0);
        const QString second = NoteBook::placeOfSpan(*window.state().corpus(), 1);
        notes.set(first, QStringLiteral("of the first"));
        notes.set(second, QStringLiteral("of the second"));
        action(window, "view.panel.notes")->trigger();
        QTRY_VERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        QTest::keyClicks(window.notesPanel()->filter(), QStringLiteral("SECOND"));
        QCOMPARE(table->model()->rowCount(), 1);
        QTest::keyClick(window.notesPanel()->filter(), Qt::Key_Return);
        QTRY_VERIFY(table->hasFocus());
        const auto wanted = std::find_if(notes.annotations().begin(), notes.annotations().end(),
                                         [](const Annotation& note) { return note.body == "of the second"; });
        QVERIFY(wanted != notes.annotations().end());
        const NoteListModel& list = *window.notesPanel()->model();
        const int row = list.rowOf(QStringLiteral("note:%1").arg(wanted->id));
        QVERIFY(row >= 0);
        QTRY_COMPARE(list.found(list.entry(row)).row, Row(1));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(window.state().span(), Row(1));
        window.notesPanel()->filter()->clear();
        QCOMPARE(table->model()->rowCount(), 2);

        table->setFocus();
        QTest::keyClick(table, Qt::Key_F2);
        QTRY_VERIFY(editor());
        editor()->selectAll();
        QTest::keyClicks(editor(), QStringLiteral("changed"));
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(notes.note(second), QStringLiteral("changed"));
        QTRY_VERIFY(table->hasFocus());

        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(notes.note(second).isEmpty());
        QCOMPARE(table->model()->rowCount(), 1);
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(notes.note(second), QStringLiteral("changed"));
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(notes.note(second), QStringLiteral("of the second"));
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(notes.note(second), QStringLiteral("changed"));
    }

    void bookmarksTagsAndRangesAreSetAndTakenAway()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        NoteBook& notes = window.state().notes();
        select(window, 1);
        QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(notes.annotations().size(), std::size_t(1));
        QCOMPARE(notes.annotations()[0].kind, AnnotationKind::Bookmark);
        QCOMPARE(QString::fromStdString(notes.annotations()[0].place),
                 NoteBook::placeOfSpan(*window.state().corpus(), 1));
        QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
        QVERIFY(notes.isEmpty());

        action(window, "note.tag")->trigger();
        auto* dialog = window.findChild<QInputDialog*>();
        QVERIFY(dialog);
        dialog->setTextValue(QStringLiteral("billing "));
        dialog->accept();
        QCOMPARE(notes.annotations().size(), std::size_t(1));
        QCOMPARE(notes.annotations()[0].body, std::string("billing"));

        QVERIFY(!action(window, "note.range")->isEnabled());
        window.state().setRange({5, 9});
        window.state().announce();
        action(window, "note.range")->trigger();
        QTRY_VERIFY(editor());
        QTest::keyClicks(editor(), QStringLiteral("here"));
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(notes.annotations().size(), std::size_t(2));
        QCOMPARE(notes.annotations()[1].part, std::string("time:5..9"));
        QCOMPARE(notes.annotations()[1].body, std::string("here"));
        window.state().setRange({});
        window.state().announce();
        window.notesPanel()->table()->setFocus();
        QTest::keyClick(window.notesPanel()->table(), Qt::Key_Return);
        QVERIFY(window.state().range() == (TimeRange{5, 9}));
        window.notesPanel()->table()->setFocus();
        window.notesPanel()->table()->selectAll();
        QTest::keyClick(window.notesPanel()->table(), Qt::Key_Delete);
        QVERIFY(notes.isEmpty());
        action(window, "edit.undo")->trigger(); // all of it at once
        QCOMPARE(notes.annotations().size(), std::size_t(2));
    }

    void aNoteWithoutATextIsNone()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        NoteBook& notes = window.state().notes();
        for (const char* id : {"note.corpus", "note.range"}) {
            window.state().setRange({5, 9});
            window.state().announce();
            action(window, id)->trigger();
            QTRY_VERIFY(editor());
            QVERIFY(notes.isEmpty()); // not before it says something
            QTest::keyClick(editor(), Qt::Key_Escape);
            QVERIFY(!action(window, "edit.undo")->isEnabled());
            action(window, id)->trigger();
            QTRY_VERIFY(editor());
            QTest::keyClicks(editor(), QStringLiteral("something"));
            QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
            QCOMPARE(notes.annotations().size(), std::size_t(1));
            action(window, "edit.undo")->trigger(); // one step
            QVERIFY(notes.isEmpty());
            QVERIFY(!action(window, "edit.undo")->isEnabled());
        }
        const QString file = notes.file();
        window.state().close();
        AppState later; // nor is a row of it left
        later.open({QString(file).remove(QStringLiteral(".notes.arcscope"))});
        QTRY_VERIFY_WITH_TIMEOUT(later.isOpen() && later.notes().isRead(), patience);
        QVERIFY(later.notes().isEmpty());
    }

    void aTaskArcHasNotesToo()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        NoteBook& notes = window.state().notes();
        action(window, "view.arcs")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window.arcs()->model()->rowCount() > 0, patience);
        window.arcs()->chooseArc(0);
        const std::string place = "arc:" + window.arcs()->arcKey();
        window.arcs()->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_N);
        QTRY_VERIFY(editor());
        QTest::keyClicks(editor(), QStringLiteral("of the arc"));
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(notes.annotations().size(), std::size_t(1));
        QCOMPARE(notes.annotations()[0].place, place);
        action(window, "note.bookmark")->trigger();
        QCOMPARE(notes.annotations().size(), std::size_t(2));
        QCOMPARE(notes.annotations()[1].place, place);
        action(window, "view.timeline")->trigger();
        window.notesPanel()->table()->setFocus();
        QTest::keyClick(window.notesPanel()->table(), Qt::Key_Return);
        QVERIFY(window.arcs()->isVisible());
        const NoteListModel& list = *window.notesPanel()->model();
        QVERIFY(list.index(0, NoteListModel::PlaceColumn).data().toString().startsWith(QStringLiteral("arc ")));
    }

    void aStoryIsMadeArrangedAndPlayed()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        NoteBook& notes = window.state().notes();
        QVERIFY(!window.storyBar()->isVisible());
        select(window, 1);
        QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(editor());
        QTest::keyClicks(editor(), QStringLiteral("It begins here."));
        QTableView* steps = window.storyPanel()->table();
        QVERIFY(steps->selectionModel()->isRowSelected(0));
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(steps->hasFocus());
        QTest::keyClick(&window, Qt::Key_8, Qt::AltModifier);
        QVERIFY(!steps->isVisible());
        QVERIFY(window.timeline()->hasFocus());
        action(window, "view.tools")->trigger();
        select(window, 0);
        window.state().setFilter(QStringLiteral("kind:model"));
        window.state().announce();
        action(window, "story.add")->trigger();
        QCOMPARE(notes.story().steps.size(), std::size_t(2));
        QCOMPARE(notes.story().steps[0].text, std::string("It begins here."));
        QCOMPARE(notes.story().steps[0].state.view, std::string("timeline"));
        QCOMPARE(notes.story().steps[1].state.view, std::string("tools"));
        QCOMPARE(notes.story().steps[1].state.filter, std::string("kind:model"));

        QVERIFY(steps->selectionModel()->isRowSelected(1));
        QTest::keyClick(editor(), Qt::Key_Escape);
        NoteEditor* const text = window.storyPanel()->findChild<NoteEditor*>();
        QVERIFY(text->isVisible()); // nothing is written there yet
        steps->setFocus();
        steps->selectRow(0);
        QTest::keyClick(steps, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(notes.story().steps[0].state.view, std::string("tools"));
        QCOMPARE(steps->currentIndex().row(), 1);
        action(window, "edit.undo")->trigger();
        QCOMPARE(notes.story().steps[0].state.view, std::string("timeline"));

        QTest::keyClick(&window, Qt::Key_PageDown, Qt::AltModifier);
        QVERIFY(window.storyBar()->isVisible());
        QCOMPARE(window.storyBar()->text(), QStringLiteral("It begins here."));
        QTRY_COMPARE(window.state().span(), Row(1));
        QVERIFY(window.timeline()->isVisible());
        QVERIFY(window.state().filterText().isEmpty());
        QVERIFY(!window.storyBar()->previousButton()->isEnabled());
        QTest::mouseClick(window.storyBar()->nextButton(), Qt::LeftButton);
        QTRY_COMPARE(window.state().span(), Row(0));
        QTRY_VERIFY(window.tools()->isVisible());
        QCOMPARE(window.state().filterText(), QStringLiteral("kind:model"));
        QVERIFY(!window.storyBar()->nextButton()->isEnabled());
        QTest::keyClick(&window, Qt::Key_PageUp, Qt::AltModifier);
        QTRY_COMPARE(window.state().span(), Row(1));

        steps->setFocus();
        steps->selectRow(0);
        QTest::keyClick(steps, Qt::Key_Delete);
        QCOMPARE(notes.story().steps.size(), std::size_t(1));
        action(window, "edit.undo")->trigger();
        QCOMPARE(notes.story().steps.size(), std::size_t(2));
        QTest::mouseClick(window.storyBar()->closeButton(), Qt::LeftButton);
        QVERIFY(!window.storyBar()->isVisible());
    }

    void aLinkIsCopiedAndFollowed()
    {
        const QString path = newTrace();
        QString link;
        {
            MainWindow window({}, settings());
            openIn(window, path);
            select(window, 1);
            QGuiApplication::clipboard()->clear();
            action(window, "link.copy")->trigger();
            QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("arcscope:open?")));
            link = QGuiApplication::clipboard()->text();
            QString other = link;
            select(window, 0);
            window.followLink(link);
            QTRY_COMPARE(window.state().span(), Row(1));
            // To other content: both digests have another first digit.
            for (const QString& word : {QStringLiteral("sha256="), QStringLiteral("content=")}) {
                const qsizetype digit = link.indexOf(word) + word.size();
                other[digit] = link[digit] == QLatin1Char('0') ? QLatin1Char('1') : QLatin1Char('0');
            }
            window.followLink(other);
            QTRY_COMPARE(window.notices()->count(), std::size_t(1));
            QVERIFY(window.statusBar()->currentMessage().isEmpty()); // it is not looked for any more
        }
        MainWindow window({}, settings());
        window.show();
        window.followLink(link); // was opened before
        QTRY_COMPARE(window.notices()->count(), std::size_t(1));
        QVERIFY(!window.state().isOpen() && !window.state().loading()); // not unasked
        auto* open = qobject_cast<QAbstractButton*>(window.notices()->focusTarget());
        QVERIFY(open);
        open->click();
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen(), patience);
        QTRY_COMPARE(window.state().span(), Row(1));
    }

    void aBundleOpensWhereItWasSaved()
    {
        const QString bundle = m_folder.filePath(QStringLiteral("case.arcbundle"));
        ViewState saved;
        KeptNotes notes;
        {
            MainWindow window({}, settings());
            openIn(window, newTrace());
            select(window, 1);
            action(window, "note.bookmark")->trigger();
            window.state().notes().setStory({"T", {{"first", "look", window.stateShown()}}});
            window.state().notes().set(NoteBook::placeOfTrace(*window.state().corpus(), 0), QStringLiteral("a note"));
            action(window, "view.tools")->trigger();
            window.state().setRange({5, 9});
            window.state().announce();
            saved = window.stateShown();
            notes = window.state().notes().all();
            window.noteFiles()->saveBundle(bundle, false);
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(bundle), patience);
        }
        MainWindow window({}, settings());
        openIn(window, bundle);
        QTRY_COMPARE(window.state().span(), Row(1));
        QTRY_VERIFY(window.tools()->isVisible());
        const auto shown = [&] { return QString::fromStdString(linkText({{}, {}, {}, window.stateShown()})); };
        QTRY_COMPARE(shown(), QString::fromStdString(linkText({{}, {}, {}, saved})));
        QVERIFY(window.state().notes().all() == notes);
        QVERIFY(!QFile::exists(window.state().notes().file())); // nothing was changed yet
        // The first change takes all of them along.
        window.state().notes().set(NoteBook::placeOfSpan(*window.state().corpus(), 0), QStringLiteral("more"));
        const KeptNotes now = window.state().notes().all();
        QTRY_VERIFY(QFile::exists(window.state().notes().file()));
        window.state().close();
        openIn(window, bundle);
        QTRY_VERIFY(window.state().notes().all() == now);
    }

    void whatWasBeingWrittenIsOfferedAgain()
    {
        const QString path = newTrace();
        QString place;
        {
            AppState state;
            state.open({path});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
            place = NoteBook::placeOfSpan(*state.corpus(), 1);
            state.notes().keepDraft(place, QStringLiteral("half a sentence"));
        }
        MainWindow window({}, settings());
        openIn(window, path);
        QTRY_COMPARE(window.notices()->count(), std::size_t(1));
        QVERIFY(window.notices()->text().contains(QStringLiteral("half a sentence")));
        auto* keep = qobject_cast<QAbstractButton*>(window.notices()->focusTarget());
        QVERIFY(keep);
        keep->click();
        QCOMPARE(window.state().notes().note(place), QStringLiteral("half a sentence"));
        QCOMPARE(window.notices()->count(), std::size_t(0));
        action(window, "edit.undo")->trigger();
        QVERIFY(window.state().notes().note(place).isEmpty());
    }

    void whileItIsWrittenItIsKeptAsADraft()
    {
        const QString path = newTrace();
        QString place;
        {
            MainWindow window({}, settings());
            openIn(window, path);
            select(window, 1);
            place = NoteBook::placeOfSpan(*window.state().corpus(), 1);
            action(window, "note.span")->trigger();
            QTRY_VERIFY(editor());
            NoteEditor* shown = nullptr;
            for (NoteEditor* each : window.findChildren<NoteEditor*>()) {
                if (each->isAncestorOf(editor()))
                    shown = each;
            }
            QVERIFY(shown);
            QSignalSpy drafted(shown, &NoteEditor::drafted);
            QTest::keyClicks(editor(), QStringLiteral("half"));
            QTRY_COMPARE(drafted.size(), 1);
            QCOMPARE(drafted[0][0].toString(), place);
            QCOMPARE(drafted[0][1].toString(), QStringLiteral("half"));
            QTest::keyClick(editor(), Qt::Key_Escape);
            QCOMPARE(drafted.size(), 2);
            QVERIFY(drafted[1][1].toString().isEmpty()); // taken back
        }
        MainWindow window({}, settings());
        openIn(window, path);
        QTRY_VERIFY(!window.state().loading());
        QCOMPARE(window.notices()->count(), std::size_t(0));
    }
};

QTEST_MAIN(TestNotesPanel)
#include "tst_notespanel.moc"
