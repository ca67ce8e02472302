// layers: core store
#include "annotations.h"
#include "corpusdigest.h"
#include "notestore.h"
#include "spanwriter.h"
#include "transaction.h"
#include "workspace.h"

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

KeptNotes everything()
{
    KeptNotes notes;
    notes.annotations = {{1, AnnotationKind::Note, "trace:1", "", "slow", "ann", 10, 12},
                         {2, AnnotationKind::Range, "corpus", "time:5..9", "outage", "", 11, 11}};
    notes.verdicts = {{"loop trace:1 ab", FindingVerdict::Dismissed, "known", "", 13}};
    notes.arcs.reviews = {{"session:1", ArcOutcome::Failed, "not at all", 14}};
    notes.arcs.stitches = {{"session:1", "session:2", true, 15}};
    notes.replays.reviews = {{"task", "old", "new", ReplayOpinion::Better, "", 16}};
    notes.replays.matches = {{"a", "b"}};
    notes.replays.sides = {"model", "old", {"new"}};
    notes.story = {"What went wrong", {{"first", "look\nhere", {"timeline", "trace:1", {}, {}, {}, {}, {}}}}};
    return notes;
}

} // namespace

class TestKeptNotes : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_next = 0;

    std::string newPath() { return m_folder.filePath(QStringLiteral("w%1.arcscope").arg(m_next++)).toStdString(); }

private slots:
    void anEmptyWorkspaceTakesThemAsTheyAre()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace);
        QVERIFY(keptNotes(*workspace)->empty());
        const auto merged = mergeNotes(*workspace, everything());
        QVERIFY2(merged.has_value(), merged ? "" : merged.error().message.c_str());
        QCOMPARE(merged->added, std::size_t(8));
        const auto kept = keptNotes(*workspace);
        QVERIFY(kept.has_value());
        QVERIFY(*kept == everything());
        const auto again = mergeNotes(*workspace, everything());
        QVERIFY(again.has_value());
        QCOMPARE(again->added + again->changed, std::size_t(0));
        QVERIFY(*keptNotes(*workspace) == everything());
    }

    void whatWasChangedLastCounts()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace && mergeNotes(*workspace, everything()));
        KeptNotes older;
        older.annotations = {everything().annotations[0]};
        older.annotations[0].body = "as it was before";
        older.annotations[0].changed = 11;
        older.verdicts = {{"loop trace:1 ab", FindingVerdict::Confirmed, "", "", 3}};
        QVERIFY(mergeNotes(*workspace, older));
        QVERIFY(*keptNotes(*workspace) == everything());
        KeptNotes newer = older;
        newer.annotations[0].changed = 50;
        newer.verdicts[0].changed = 50;
        const auto merged = mergeNotes(*workspace, newer);
        QVERIFY(merged.has_value());
        QCOMPARE(merged->changed, std::size_t(2));
        QCOMPARE(keptNotes(*workspace)->annotations[0].body, std::string("as it was before"));
        QCOMPARE(keptNotes(*workspace)->verdicts[0].verdict, FindingVerdict::Confirmed);
    }

    void notesThatHappenToHaveOneNumberAreBothKept()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace && mergeNotes(*workspace, everything()));
        KeptNotes other;
        other.annotations = {{1, AnnotationKind::Note, "trace:9", "", "of another workspace", "bob", 99, 99}};
        QVERIFY(mergeNotes(*workspace, other));
        const std::vector<Annotation> kept = keptNotes(*workspace)->annotations;
        QCOMPARE(kept.size(), std::size_t(3));
        QVERIFY(kept[0] == everything().annotations[0]);
        QCOMPARE(kept[2].body, std::string("of another workspace"));
        QVERIFY(kept[2].id != 1);
        QVERIFY(mergeNotes(*workspace, other)); // the same once more
        QCOMPARE(keptNotes(*workspace)->annotations.size(), std::size_t(3));
    }

    void twoOfOneFileWithOneNumberAreBothKept()
    {
        KeptNotes coming;
        coming.annotations = {{7, AnnotationKind::Note, "trace:1", "", "one", "", 5, 5},
                              {7, AnnotationKind::Note, "trace:2", "", "two", "", 6, 6},
                              {7, AnnotationKind::Note, "trace:2", "", "two", "", 6, 6}};
        coming.verdicts = {{"a", FindingVerdict::Dismissed, "", "", 3}, {"a", FindingVerdict::Confirmed, "", "", 9}};
        const NotesMerge merge = mergeOf({}, coming);
        QCOMPARE(merge.taken.annotations.size(), std::size_t(2));
        QVERIFY(merge.taken.annotations[0].id != merge.taken.annotations[1].id);
        QCOMPARE(merge.added, std::size_t(3));
        QCOMPARE(merge.changed, std::size_t(1));
        QCOMPARE(merge.kept, std::size_t(1));
        QCOMPARE(merge.taken.verdicts.back().verdict, FindingVerdict::Confirmed);
    }

    void aStoryOfSomebodyElseIsNotOverwritten()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace);
        const Story mine{"mine", {}};
        const Story none;
        QVERIFY(keepStory(*workspace, mine, &none));
        const Story theirs{"theirs", {}};
        QVERIFY(keepStory(*workspace, theirs));
        QCOMPARE(keepStory(*workspace, {"mine again", {}}, &mine).error().code, ErrorCode::Usage);
        QVERIFY(*keptStory(*workspace) == theirs);
    }

    void aStoryThatIsThereStays()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace && mergeNotes(*workspace, everything()));
        KeptNotes other;
        other.story = {"Another", {{}}};
        const auto merged = mergeNotes(*workspace, other);
        QVERIFY(merged.has_value() && merged->storyKept);
        QVERIFY(keptStory(*workspace).value() == everything().story);
    }

    void nothingIsKeptOfWhatCannotBeKeptWhole()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace);
        KeptNotes coming = everything();
        coming.arcs.reviews[0].note.assign(maxAnnotationBytes + 1, 'x');
        QCOMPARE(mergeNotes(*workspace, coming).error().code, ErrorCode::Usage);
        QVERIFY(keptNotes(*workspace)->empty());
    }

    void aDamagedStoryIsToldOf()
    {
        auto workspace = Workspace::create(newPath());
        QVERIFY(workspace && setSetting(*workspace, "story", "no story"));
        QCOMPARE(keptStory(*workspace).error().code, ErrorCode::Malformed);
        QCOMPARE(keptNotes(*workspace).error().code, ErrorCode::Malformed);
    }

    void theDigestIsOfTheContentAlone()
    {
        const std::string path = newPath();
        auto workspace = Workspace::create(path);
        QVERIFY(workspace);
        const auto write = [&](const char* record) {
            auto writer = SpanWriter::begin(path, {});
            QVERIFY(writer);
            (*writer)->beginSource({"a", "test", 1, 0});
            (*writer)->add({}, record);
            QVERIFY((*writer)->flush());
            QVERIFY((*writer)->commit());
        };
        write("{}");
        const auto digest = corpusDigest(*workspace, {});
        QVERIFY(digest);
        QCOMPARE(digest->size(), std::size_t(64));
        QVERIFY(mergeNotes(*workspace, everything()));
        QCOMPARE(corpusDigest(*workspace, {}).value(), *digest);
        auto copy = workspace->copyToTemporary();
        QVERIFY(copy);
        QCOMPARE(corpusDigest(*copy, {}).value(), *digest);
        write("{\"another\":1}");
        QVERIFY(corpusDigest(*workspace, {}).value() != *digest);
    }
};

QTEST_APPLESS_MAIN(TestKeptNotes)
#include "tst_keptnotes.moc"
