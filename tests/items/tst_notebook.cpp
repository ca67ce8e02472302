// layers: core items
#include "appstate.h"
#include "asnobody.h"
#include "notebook.h"
#include "spantreemodel.h"
#include "tracelistmodel.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");
constexpr int patience = 60'000;

} // namespace

class TestNoteBook : public QObject
{
    Q_OBJECT

    /// A copy of the trace in a folder of its own.
    static QString copyTo(const QTemporaryDir& folder)
    {
        const QString path = folder.filePath(QStringLiteral("trace.json"));
        return QFile::copy(source, path) ? path : QString();
    }

private slots:
    void notesLieBesideTheFileAndComeBack()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        QString place;
        {
            AppState state;
            state.open({path});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
            NoteBook& notes = state.notes();
            QCOMPARE(notes.file(), path + QStringLiteral(".notes.arcscope"));
            QVERIFY(!QFile::exists(notes.file())); // not before there is a note
            place = NoteBook::placeOfSpan(*state.corpus(), 1);
            QSignalSpy changed(&notes, &NoteBook::changed);
            notes.set(place, QStringLiteral("Why so slow?\nü"));
            notes.set(place, QStringLiteral("Why so slow?\nü"));
            QCOMPARE(changed.size(), 1);
            QCOMPARE(notes.note(place), QStringLiteral("Why so slow?\nü"));
            notes.set(NoteBook::placeOfTrace(*state.corpus(), 0), QStringLiteral("of the trace"));
        } // ends while it is being written
        QVERIFY(QFile::exists(path + QStringLiteral(".notes.arcscope")));
        AppState state;
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && !state.notes().isEmpty(), patience);
        QCOMPARE(state.notes().note(place), QStringLiteral("Why so slow?\nü"));
        QCOMPARE(state.notes().note(NoteBook::placeOfTrace(*state.corpus(), 0)), QStringLiteral("of the trace"));
        state.notes().set(place, {});
        QVERIFY(state.notes().note(place).isEmpty());
        state.close();
        QVERIFY(state.notes().isEmpty());
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && !state.notes().isEmpty(), patience);
        QVERIFY(state.notes().note(place).isEmpty());
        QFile trace(path);
        QVERIFY(trace.open(QIODevice::ReadOnly));
        QFile original(source);
        QVERIFY(original.open(QIODevice::ReadOnly));
        QCOMPARE(trace.readAll(), original.readAll()); // the trace is never written to
    }

    void whatIsSaidBeforeTheNotesAreReadStays()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        AppState state;
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        NoteBook& notes = state.notes();
        const QString first = NoteBook::placeOfSpan(*state.corpus(), 0);
        const QString second = NoteBook::placeOfSpan(*state.corpus(), 1);
        notes.set(first, QStringLiteral("kept before"));
        notes.open(state.openCorpus(), {path});
        notes.set(second, QStringLiteral("said at once"));
        QTRY_COMPARE_WITH_TIMEOUT(notes.note(first), QStringLiteral("kept before"), patience);
        QCOMPARE(notes.note(second), QStringLiteral("said at once"));
    }

    void annotationsComeBackAsTheyWere()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        std::vector<Annotation> written;
        {
            AppState state;
            state.open({path});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
            NoteBook& notes = state.notes();
            const QString span = NoteBook::placeOfSpan(*state.corpus(), 1);
            const Annotation mark =
                NoteBook::newAnnotation(AnnotationKind::Bookmark, span, {PlacePart::Of::Event, 4, 0});
            const Annotation range = NoteBook::newAnnotation(AnnotationKind::Range, QStringLiteral("corpus"),
                                                             {PlacePart::Of::Time, 5, 9}, QStringLiteral("outage"));
            notes.change(
                {{mark, range, NoteBook::newAnnotation(AnnotationKind::Tag, span, {}, QStringLiteral("x"))}, {}});
            QVERIFY(notes.note(span).isEmpty()); // these are no notes on the span as a whole
            QCOMPARE(notes.annotations().size(), std::size_t(3));
            // A change is undone by what undoing() says, exactly.
            AnnotationChange change{{range}, {mark.id}};
            change.keep[0].body = "the outage";
            const std::vector<Annotation> before = notes.annotations();
            const AnnotationChange back = notes.undoing(change);
            notes.change(change);
            QCOMPARE(notes.annotations().size(), std::size_t(2));
            QVERIFY(notes.annotation(range.id)->changed >= range.changed);
            notes.change(back);
            QVERIFY(notes.annotations() == before);
            notes.change(change);
            written = notes.annotations();
        } // ends while it is being written
        AppState state;
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && !state.notes().isEmpty(), patience);
        QVERIFY(state.notes().annotations() == written);
    }

    void theStoryComesBack()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        const Story story{"What went wrong", {{"first", "look\nhere", {"timeline", {}, {}, {}, {}, {}, {}}}}};
        {
            AppState state;
            state.open({path});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
            QSignalSpy changed(&state.notes(), &NoteBook::storyChanged);
            state.notes().setStory({});
            QCOMPARE(changed.size(), 0);
            state.notes().setStory(story);
            QCOMPARE(changed.size(), 1);
        }
        AppState state;
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && !state.notes().story().empty(), patience);
        QVERIFY(state.notes().story() == story);
        state.close();
        QVERIFY(state.notes().story().empty());
    }

    void aStoryThatNobodyHasSeenIsNotOverwritten()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        const Story kept{"kept", {}};
        AppState state;
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        NoteBook& notes = state.notes();
        notes.setStory(kept);
        notes.open(state.openCorpus(), {path});
        QVERIFY(!notes.isRead());
        QSignalSpy failed(&notes, &NoteBook::failed);
        notes.setStory({"said at once", {}});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        QVERIFY(failed[0][1].toString().contains(QStringLiteral("said at once"))); // handed back
        QTRY_VERIFY_WITH_TIMEOUT(notes.isRead() && notes.story() == kept, patience);
    }

    void whatWasBeingWrittenIsFoundAgain()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        QString place;
        {
            AppState state;
            state.open({path});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
            place = NoteBook::placeOfSpan(*state.corpus(), 1);
            state.notes().keepDraft(place, QStringLiteral("half a sen"));
            state.notes().keepDraft(place, QStringLiteral("half a sentence"));
            const QString other = NoteBook::placeOfSpan(*state.corpus(), 0);
            state.notes().keepDraft(other, QStringLiteral("handed in"));
            state.notes().set(other, QStringLiteral("handed in"));
            state.notes().keepDraft(NoteBook::placeOfTrace(*state.corpus(), 0), QStringLiteral("given up"));
            state.notes().keepDraft(NoteBook::placeOfTrace(*state.corpus(), 0), {});
        }
        AppState state;
        QSignalSpy found(&state.notes(), &NoteBook::draftFound);
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && !state.notes().isEmpty(), patience);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0][0].toString(), place);
        QCOMPARE(found[0][1].toString(), QStringLiteral("half a sentence"));
    }

    /// Of a folder that nobody may write to: they are kept in the data of the user, and that is told once.
    void notesOnReadOnlyFoldersAreKeptElsewhere()
    {
        const QTemporaryDir folder;
        const QTemporaryDir home;
        const QString path = copyTo(folder);
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup |
                                                         QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther));
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", QFile::encodeName(home.path()));
        {
            const AsNobody nobody(home.path());
            QVERIFY(nobody);
            QString place;
            {
                AppState state;
                state.open({path});
                QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
                NoteBook& notes = state.notes();
                QVERIFY2(notes.file().startsWith(home.filePath(QStringLiteral("arcscope/notes/trace.json."))),
                         qPrintable(notes.file()));
                QSignalSpy elsewhere(&notes, &NoteBook::keptElsewhere);
                QSignalSpy failed(&notes, &NoteBook::failed);
                place = NoteBook::placeOfSpan(*state.corpus(), 1);
                notes.set(place, QStringLiteral("kept"));
                notes.set(place, QStringLiteral("kept all the same"));
                QTRY_COMPARE_WITH_TIMEOUT(elsewhere.size(), 1, patience);
                QCOMPARE(elsewhere[0][0].toString(), notes.file());
                notes.set(NoteBook::placeOfTrace(*state.corpus(), 0), QStringLiteral("and more"));
                QCOMPARE(failed.size(), 0);
            }
            AppState state;
            state.open({path});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && !state.notes().isEmpty(), patience);
            QCOMPARE(state.notes().note(place), QStringLiteral("kept all the same"));
            QVERIFY(!QFile::exists(path + QStringLiteral(".notes.arcscope")));
        }
        qputenv("XDG_DATA_HOME", before);
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    void whatCannotBeKeptIsHandedBack()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        QVERIFY(QDir().mkdir(path + QStringLiteral(".notes.arcscope"))); // in the way
        AppState state;
        QSignalSpy failed(&state.notes(), &NoteBook::failed);
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        QTRY_COMPARE(failed.size(), 1); // reading
        const QString place = NoteBook::placeOfSpan(*state.corpus(), 0);
        state.notes().set(place, QStringLiteral("precious"));
        QTRY_VERIFY(failed.size() >= 2);
        QCOMPARE(failed.at(1).at(1).toString(), QStringLiteral("precious"));
        QVERIFY(!failed.at(1).at(0).toString().isEmpty());
        QTRY_VERIFY(state.notes().note(place).isEmpty()); // what is not kept is not shown
    }

    void whatIsSaidOfArcsComesBackAndIsTakenBack()
    {
        const QTemporaryDir folder;
        const QString path = copyTo(folder);
        ArcReview judged;
        judged.arc = "session:1";
        judged.outcome = ArcOutcome::Failed;
        judged.note = "not at all";
        {
            AppState state;
            state.open({path});
            QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
            NoteBook& notes = state.notes();
            QSignalSpy changed(&notes, &NoteBook::arcsChanged);
            notes.review(judged);
            notes.review(judged);
            QCOMPARE(changed.size(), 1);
            ArcReview other = judged;
            other.arc = "session:2";
            notes.review(other);
            other.outcome.reset();
            other.note.clear();
            notes.review(other);
            QCOMPARE(notes.arcDecisions().reviews.size(), std::size_t(1));
            notes.decideStitch("session:1", "session:2", true);
            notes.decideStitch("session:3", "session:4", false);
            notes.decideStitch("session:3", "session:4", std::nullopt);
        } // ends while it is being written
        AppState state;
        state.open({path});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen() && !state.notes().arcDecisions().reviews.empty(), patience);
        const ArcDecisions& kept = state.notes().arcDecisions();
        QCOMPARE(kept.reviews.size(), std::size_t(1));
        QCOMPARE(kept.reviews[0].outcome, judged.outcome);
        QCOMPARE(kept.reviews[0].note, judged.note);
        QVERIFY(kept.reviews[0].changed != noTime);
        QCOMPARE(kept.stitches.size(), std::size_t(1));
        QVERIFY(kept.stitches[0].accepted && kept.stitches[0].later == "session:2");
        state.close();
        QVERIFY(state.notes().arcDecisions() == ArcDecisions());
    }

    void theListShowsThem()
    {
        const QTemporaryDir folder;
        AppState state;
        TraceListModel list(state);
        QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
        state.open({copyTo(folder)});
        QTRY_COMPARE_WITH_TIMEOUT(list.rowCount(), 1, patience);
        const QModelIndex index = list.index(0, TraceListModel::Name);
        QVERIFY(index.data(TraceListModel::NoteRole).toString().isEmpty());
        QSignalSpy changed(&list, &QAbstractItemModel::dataChanged);
        state.notes().set(NoteBook::placeOfTrace(*state.corpus(), 0), QStringLiteral("look"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(index.data(TraceListModel::NoteRole).toString(), QStringLiteral("look"));
        QVERIFY(index.data(Qt::ToolTipRole).toString().endsWith(QStringLiteral("\nlook")));
    }

    void theTreeShowsThem()
    {
        const QTemporaryDir folder;
        AppState state;
        SpanTreeModel tree(state);
        state.open({copyTo(folder)});
        QTRY_VERIFY_WITH_TIMEOUT(state.isOpen(), patience);
        state.announce();
        const QModelIndex index = tree.indexOf(2);
        QVERIFY(index.isValid());
        QVERIFY(tree.data(index, SpanTreeModel::NoteRole).toString().isEmpty());
        QSignalSpy changed(&tree, &QAbstractItemModel::dataChanged);
        state.notes().set(NoteBook::placeOfSpan(*state.corpus(), 2), QStringLiteral("look"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(tree.data(index, SpanTreeModel::NoteRole).toString(), QStringLiteral("look"));
        QVERIFY(tree.data(index, Qt::ToolTipRole).toString().contains(QStringLiteral("look")));
        QVERIFY(tree.data(tree.indexOf(1), SpanTreeModel::NoteRole).toString().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNoteBook)
#include "tst_notebook.moc"
