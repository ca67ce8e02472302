// layers: core widgets GUI
// The editor of notes, and a window that is killed while somebody types into it.
#include "mainwindow.h"
#include "notebook.h"
#include "noteeditor.h"
#include "noticebar.h"

#include <QAbstractButton>
#include <QFile>
#include <QPlainTextEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace arcscope;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr const char* traceVariable = "ARCSCOPE_TEST_TYPED";
constexpr int patience = 60'000;

void tell(char what)
{
    const ssize_t written = ::write(STDOUT_FILENO, &what, 1);
    QCOMPARE(written, ssize_t(1));
}

QPlainTextEdit* focused()
{
    return qobject_cast<QPlainTextEdit*>(QApplication::focusWidget());
}

} // namespace

class TestNoteEditor : public QObject
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
    static void openIn(MainWindow& window, const QString& path)
    {
        window.show();
        window.activateWindow();
        window.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen() && window.state().notes().isRead() &&
                                     window.state().paths() == QStringList{path},
                                 patience);
        window.state().announce();
    }
    static void writeOnSpan(MainWindow& window, const QString& text)
    {
        window.state().setSpan(1);
        window.state().announce();
        window.actions().action(QStringLiteral("note.span"))->trigger();
        QTRY_VERIFY(focused());
        QTest::keyClicks(focused(), text);
    }

private slots:
    /// Not a test: what the other process does. A note is handed in, said as "!" when it is on the disk, and another is
    /// typed; "?" says that its draft is there.
    void typesUntilItIsKilled()
    {
        const QString path = QString::fromUtf8(qgetenv(traceVariable));
        if (path.isEmpty())
            return;
        MainWindow window({}, Settings(path + QStringLiteral(".ini")));
        openIn(window, path);
        writeOnSpan(window, QStringLiteral("handed in"));
        QTest::keyClick(focused(), Qt::Key_Return, Qt::ControlModifier);
        AppState later; // sees what is on the disk
        later.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(later.isOpen() && later.notes().isRead(), patience);
        tell('!');
        window.actions().action(QStringLiteral("note.trace"))->trigger();
        QTRY_VERIFY(focused());
        QSignalSpy found(&later.notes(), &NoteBook::draftFound);
        for (int i = 0;; ++i) {
            QTest::keyClicks(focused(), QStringLiteral("half "));
            later.notes().open(later.openCorpus(), {path});
            QTRY_VERIFY_WITH_TIMEOUT(later.notes().isRead(), patience);
            if (!found.isEmpty())
                tell('?');
        }
    }

    void whatWasTypedIsThereWhenTheWindowIsKilled()
    {
        const QString path = newTrace();
        QProcess writer;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QLatin1String(traceVariable), path);
        writer.setProcessEnvironment(environment);
        writer.start(QCoreApplication::applicationFilePath(), {QStringLiteral("typesUntilItIsKilled")});
        QByteArray said;
        while (!said.contains('?') && writer.state() != QProcess::NotRunning && writer.waitForReadyRead(patience))
            said += writer.readAllStandardOutput();
        ::kill(static_cast<pid_t>(writer.processId()), SIGKILL);
        writer.waitForFinished(patience);
        QVERIFY2(writer.exitStatus() == QProcess::CrashExit && said.contains('?'), said.constData());

        MainWindow window({}, settings());
        openIn(window, path);
        NoteBook& notes = window.state().notes();
        const Corpus& corpus = *window.state().corpus();
        QCOMPARE(notes.note(NoteBook::placeOfSpan(corpus, 1)), QStringLiteral("handed in"));
        QTRY_COMPARE(window.notices()->count(), std::size_t(1));
        QVERIFY(window.notices()->text().contains(QStringLiteral("half")));
        auto* keep = qobject_cast<QAbstractButton*>(window.notices()->focusTarget());
        QVERIFY(keep);
        keep->click();
        QVERIFY(notes.note(NoteBook::placeOfTrace(corpus, 0)).startsWith(QStringLiteral("half")));
    }

    void whatIsTypedGoesToWhatWasOpen()
    {
        const QString first = newTrace();
        const QString second = newTrace();
        MainWindow window({}, settings());
        openIn(window, first);
        const QString place = NoteBook::placeOfSpan(*window.state().corpus(), 1);
        writeOnSpan(window, QStringLiteral("of the first"));
        openIn(window, second); // as another start of the program asks for
        QVERIFY(window.state().notes().note(place).isEmpty());
        openIn(window, first);
        QCOMPARE(window.state().notes().note(place), QStringLiteral("of the first"));
    }

    void whatIsTypedIsKeptWhenTheWindowCloses()
    {
        const QString path = newTrace();
        QString place;
        {
            MainWindow window({}, settings());
            openIn(window, path);
            place = NoteBook::placeOfSpan(*window.state().corpus(), 1);
            writeOnSpan(window, QStringLiteral("the last words"));
            window.close();
        }
        MainWindow window({}, settings());
        openIn(window, path);
        QCOMPARE(window.state().notes().note(place), QStringLiteral("the last words"));
    }

    void whatIsTypedIsKeptWhenTheWindowIsDestroyed()
    {
        const QString path = newTrace();
        QString place;
        {
            MainWindow window({}, settings());
            openIn(window, path);
            place = NoteBook::placeOfSpan(*window.state().corpus(), 1);
            writeOnSpan(window, QStringLiteral("not even closed"));
        }
        MainWindow window({}, settings());
        openIn(window, path);
        QCOMPARE(window.state().notes().note(place), QStringLiteral("not even closed"));
    }

    void whatIsTypedStaysWhenTheNoteChangesElsewhere()
    {
        NoteEditor editor(QStringLiteral("Note"));
        editor.showNote(QStringLiteral("a"), QStringLiteral("before"));
        editor.show();
        editor.activateWindow();
        editor.edit();
        QTRY_VERIFY(focused());
        QTest::keyClicks(focused(), QStringLiteral(" and after"));
        editor.showNote(QStringLiteral("a"), QStringLiteral("somebody else's"));
        QCOMPARE(focused()->toPlainText(), QStringLiteral("before and after"));
        QSignalSpy edited(&editor, &NoteEditor::edited);
        QTest::keyClick(focused(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited[0][1].toString(), QStringLiteral("before and after"));
    }

    void whatEscapeTookBackIsMarkedWhereItWasWritten()
    {
        QWidget window;
        NoteEditor editor(QStringLiteral("Note"), &window);
        QSignalSpy edited(&editor, &NoteEditor::edited);
        editor.showNote(QStringLiteral("a"), {});
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        editor.edit();
        QTRY_VERIFY(focused());
        QTest::keyClicks(focused(), QStringLiteral("long thought"));
        QTest::keyClick(focused(), Qt::Key_Escape);
        QVERIFY(edited.isEmpty());
        editor.showNote(QStringLiteral("b"), {});
        editor.edit();
        QTRY_VERIFY(focused());
        QVERIFY(focused()->toPlainText().isEmpty());
        editor.showNote(QStringLiteral("a"), {});
        editor.edit();
        QTRY_VERIFY(focused());
        QCOMPARE(focused()->textCursor().selectedText(), QStringLiteral("long thought"));
        QTest::keyClicks(focused(), QStringLiteral("other"));
        QTest::keyClick(focused(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited[0][1].toString(), QStringLiteral("other"));
        editor.edit();
        QVERIFY(!focused()->textCursor().hasSelection());
    }
};

QTEST_MAIN(TestNoteEditor)
#include "tst_noteeditor.moc"
