// layers: core widgets GUI
// Files of notes and stories, written and taken in the window.
#include "mainwindow.h"
#include "notebook.h"
#include "notefilecommands.h"
#include "noticebar.h"
#include "writefile.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
/// Its trace has no id of its own: it is told by the name of the file.
const QString unnamed = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/sweagent/history.traj");
constexpr int patience = 60'000;

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestNoteFileCommands : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString copyTo(const QString& folder, const QString& of = source)
    {
        QDir(m_folder.path()).mkpath(folder);
        const QString path = m_folder.filePath(folder + QLatin1Char('/') + of.section(QLatin1Char('/'), -1));
        return QFile::copy(of, path) ? path : QString();
    }
    Settings settings() const { return Settings(m_folder.filePath(QStringLiteral("settings.ini"))); }
    static void openIn(MainWindow& window, const QString& path)
    {
        window.show();
        window.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(window.state().isOpen() && window.state().notes().isRead(), patience);
        window.state().announce();
    }
    static QAction* action(const MainWindow& window, const char* id)
    {
        return window.actions().action(QLatin1String(id));
    }
    /// One of each, on the first trace and span.
    static void writeSome(MainWindow& window)
    {
        NoteBook& notes = window.state().notes();
        const Corpus& corpus = *window.state().corpus();
        const QString span = NoteBook::placeOfSpan(corpus, 1);
        notes.change({{NoteBook::newAnnotation(AnnotationKind::Note, span, {}, QStringLiteral("of the span")),
                       NoteBook::newAnnotation(AnnotationKind::Tag, NoteBook::placeOfTrace(corpus, 0), {},
                                               QStringLiteral("billing"))},
                      {}});
        notes.setVerdicts({{"loop " + span.toStdString() + " ab", FindingVerdict::Dismissed, "known", "", noTime}});
        notes.decideStitch("session:1", "session:2", true);
        window.state().setSpan(1);
        window.state().announce();
        notes.setStory({"T", {{"first", "look", window.stateShown()}}});
    }

private slots:
    void nothingCanBeWrittenOrTakenBeforeSomethingIsOpen()
    {
        MainWindow window({}, settings());
        for (const char* id : {"note.export", "note.import", "note.bundle", "story.export", "story.import"})
            QVERIFY2(!action(window, id)->isEnabled(), id);
        openIn(window, copyTo(QStringLiteral("zero")));
        for (const char* id : {"note.export", "note.import", "note.bundle", "story.import"})
            QVERIFY2(action(window, id)->isEnabled(), id);
        QVERIFY(!action(window, "story.export")->isEnabled()); // there is none
    }

    void notesComeToAnotherFolder_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("ids of their own") << source;
        QTest::newRow("ids of the file") << unnamed;
    }
    void notesComeToAnotherFolder()
    {
        QFETCH(QString, file);
        const QString name = QString::fromLatin1(QTest::currentDataTag()).remove(QLatin1Char(' '));
        const QString notesFile = m_folder.filePath(name + QStringLiteral(".json"));
        const QString storyFile = m_folder.filePath(name + QStringLiteral(".arcstory"));
        {
            MainWindow window({}, settings());
            openIn(window, copyTo(name + QStringLiteral("/ann"), file));
            writeSome(window);
            window.noteFiles()->writeNotes(notesFile);
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(notesFile), patience);
            window.noteFiles()->writeStory(storyFile);
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(storyFile), patience);
        }
        QVERIFY(!bytesOf(notesFile).contains(m_folder.path().toUtf8())); // no folder leaves
        QVERIFY(!bytesOf(storyFile).contains(m_folder.path().toUtf8()));
        MainWindow window({}, settings());
        openIn(window, copyTo(name + QStringLiteral("/bob"), file));
        NoteBook& notes = window.state().notes();
        window.noteFiles()->takeNotes(notesFile);
        QTRY_COMPARE_WITH_TIMEOUT(notes.annotations().size(), std::size_t(2), patience);
        const Corpus& corpus = *window.state().corpus();
        QCOMPARE(notes.note(NoteBook::placeOfSpan(corpus, 1)), QStringLiteral("of the span"));
        QCOMPARE(notes.annotations()[1].place, NoteBook::placeOfTrace(corpus, 0).toStdString());
        QCOMPARE(notes.verdicts().size(), 1);
        QVERIFY(notes.verdicts().cbegin().key().contains(NoteBook::placeOfSpan(corpus, 1)));
        QCOMPARE(notes.arcDecisions().stitches.size(), std::size_t(1));
        QCOMPARE(notes.story().steps.size(), std::size_t(1));
        QCOMPARE(notes.story().steps[0].state.span, NoteBook::placeOfSpan(corpus, 1).toStdString());

        action(window, "edit.undo")->trigger(); // all of it at once
        QVERIFY(notes.all().empty());
        window.noteFiles()->takeStory(storyFile);
        QTRY_COMPARE_WITH_TIMEOUT(notes.story().steps.size(), std::size_t(1), patience);
        QCOMPARE(notes.story().steps[0].state.span, NoteBook::placeOfSpan(corpus, 1).toStdString());
        action(window, "edit.undo")->trigger();
        QVERIFY(notes.story().empty());
    }

    void theSameIsTakenOnce()
    {
        MainWindow window({}, settings());
        openIn(window, copyTo(QStringLiteral("once")));
        writeSome(window);
        const KeptNotes before = window.state().notes().all();
        const QString file = m_folder.filePath(QStringLiteral("once.json"));
        window.noteFiles()->writeNotes(file);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
        QSignalSpy said(window.noteFiles(), &NoteFileCommands::said);
        window.noteFiles()->takeNotes(file);
        QTRY_VERIFY(!said.isEmpty() && said.last()[0].toString() == QStringLiteral("Nothing of it is new"));
        QVERIFY(window.state().notes().all() == before);
    }

    void wrongFilesChangeNothing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("no JSON") << QByteArray("hello") << QStringLiteral("byte 1: this is no JSON");
        QTest::newRow("another schema") << QByteArray("{\"schema\":\"x\"}") << QStringLiteral("arcscope.notes/1");
        QTest::newRow("a place that is none")
            << QByteArray("{\"schema\":\"arcscope.notes/1\",\"notes\":[{\"body\":\"x\"}]}") << QStringLiteral("place");
    }
    void wrongFilesChangeNothing()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        MainWindow window({}, settings());
        openIn(window, copyTo(QStringLiteral("wrong") + QString::fromLatin1(QTest::currentDataTag())));
        writeSome(window);
        const KeptNotes before = window.state().notes().all();
        const QString file = writeFile(m_folder.filePath(QStringLiteral("wrong.json")), bytes);
        window.noteFiles()->takeNotes(file);
        QTRY_COMPARE(window.notices()->count(), std::size_t(1));
        QVERIFY2(window.notices()->text().contains(says), qPrintable(window.notices()->text()));
        QVERIFY(window.notices()->text().contains(QStringLiteral("wrong.json")));
        window.notices()->clear();
        window.noteFiles()->takeStory(file);
        QTRY_COMPARE(window.notices()->count(), std::size_t(1));
        QVERIFY(window.notices()->text().contains(QStringLiteral("line 1")));
        window.notices()->clear();
        window.noteFiles()->takeNotes(m_folder.filePath(QStringLiteral("missing.json")));
        QTRY_COMPARE(window.notices()->count(), std::size_t(1));
        QVERIFY(window.state().notes().all() == before);
    }
};

QTEST_MAIN(TestNoteFileCommands)
#include "tst_notefilecommands.moc"
