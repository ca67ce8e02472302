// layers: widgets GUI
#include "mainwindow.h"
#include "notebook.h"
#include "noteeditor.h"
#include "noticebar.h"

#include <QDir>
#include <QPlainTextEdit>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace arcscope;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr int patience = 60'000;

} // namespace

class TestNoteCommands : public QObject
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
    /// The editor with the keyboard.
    static QPlainTextEdit* editor() { return qobject_cast<QPlainTextEdit*>(QApplication::focusWidget()); }
    static void openIn(MainWindow& window, const QString& path)
    {
        window.show();
        window.activateWindow();
        window.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen(), patience);
        window.state().announce();
    }

private slots:
    void aNoteIsWrittenUndoneAndMadeAgain()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        QVERIFY(action(window, "note.trace")->isEnabled());
        window.state().setSpan(1);
        window.state().announce();
        action(window, "note.span")->trigger();
        QTRY_VERIFY(editor());
        QTest::keyClicks(editor(), QStringLiteral("slow"));
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!editor()); // back in the view
        const QString place = NoteBook::placeOfSpan(*window.state().corpus(), 1);
        QCOMPARE(window.state().notes().note(place), QStringLiteral("slow"));
        QVERIFY(action(window, "edit.undo")->isEnabled());
        QVERIFY(action(window, "edit.undo")->text().contains(QStringLiteral("note")));
        action(window, "edit.undo")->trigger();
        QVERIFY(window.state().notes().note(place).isEmpty());
        action(window, "edit.redo")->trigger();
        QCOMPARE(window.state().notes().note(place), QStringLiteral("slow"));
        window.state().close();
        window.state().announce();
        QVERIFY(!action(window, "edit.undo")->isEnabled());
    }

    void withoutASpanTheNoteIsOnTheTrace()
    {
        MainWindow window({}, settings());
        QVERIFY(!action(window, "note.span")->isEnabled());
        openIn(window, newTrace());
        QVERIFY(window.state().trace() && window.state().span() == noRow);
        QTest::keyClick(window.windowHandle(), Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(editor());
        QTest::keyClicks(editor(), QStringLiteral("odd"));
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
        const QString place = NoteBook::placeOfTrace(*window.state().corpus(), *window.state().trace());
        QCOMPARE(window.state().notes().note(place), QStringLiteral("odd"));
    }

    void withoutATraceItSaysWhatIsMissing()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        window.state().setTrace({});
        window.state().announce();
        QTest::keyClick(window.windowHandle(), Qt::Key_N, Qt::ControlModifier);
        QVERIFY(!editor());
        QVERIFY(window.statusBar()->currentMessage().contains(QStringLiteral("Choose a span or a trace")));
    }

    void deletingCanBeUndone()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        window.state().setSpan(0);
        window.state().announce();
        const QString place = NoteBook::placeOfSpan(*window.state().corpus(), 0);
        window.state().notes().set(place, QStringLiteral("keep me"));
        NoteEditor* shown = nullptr;
        for (NoteEditor* each : window.findChildren<NoteEditor*>()) {
            if (each->isVisible())
                shown = each;
        }
        QVERIFY(shown);
        QCOMPARE(shown->place(), place);
        shown->findChild<QToolButton*>()->click();
        QVERIFY(window.state().notes().note(place).isEmpty());
        QVERIFY(!shown->isVisible());
        action(window, "edit.undo")->trigger();
        QCOMPARE(window.state().notes().note(place), QStringLiteral("keep me"));
        QVERIFY(shown->isVisible());
    }

    void whatIsBeingWrittenIsNotLostByAnotherSelection()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        window.state().setSpan(0);
        window.state().announce();
        action(window, "note.span")->trigger();
        QTRY_VERIFY(editor());
        QTest::keyClicks(editor(), QStringLiteral("half"));
        const QString place = NoteBook::placeOfSpan(*window.state().corpus(), 0);
        window.state().setSpan(1);
        window.state().announce();
        QCOMPARE(window.state().notes().note(place), QStringLiteral("half"));
        const QString other = NoteBook::placeOfSpan(*window.state().corpus(), 1);
        QVERIFY(window.state().notes().note(other).isEmpty());
    }

    void escapeTakesItBack()
    {
        MainWindow window({}, settings());
        openIn(window, newTrace());
        action(window, "note.trace")->trigger();
        QTRY_VERIFY(editor());
        QTest::keyClicks(editor(), QStringLiteral("never mind"));
        QTest::keyClick(editor(), Qt::Key_Escape);
        QVERIFY(!editor());
        QVERIFY(window.state().notes().isEmpty());
        QVERIFY(!action(window, "edit.undo")->isEnabled());
    }

    void whatIsNotKeptIsSaid()
    {
        const QString path = newTrace();
        QVERIFY(QDir().mkdir(path + QStringLiteral(".notes.arcscope")));
        MainWindow window({}, settings());
        openIn(window, path);
        QTRY_COMPARE(window.notices()->count(), std::size_t{1});
        QVERIFY(window.notices()->text().contains(QStringLiteral("note")));
    }
};

QTEST_MAIN(TestNoteCommands)
#include "tst_notecommands.moc"
