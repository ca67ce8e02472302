// layers: core analysis store pipeline cli nlohmann_json::nlohmann_json
#include "annotations.h"
#include "clirun.h"
#include "leavingnotes.h"
#include "notesjson.h"
#include "tracebundle.h"
#include "workspace.h"
#include "writefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <iterator>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString source = QStringLiteral(ARCSCOPE_TEST_DATA "/formats/otlp-json/current.json");

std::string bytesOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

class TestNotesCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_next = 0;

    std::string path(const QString& name) const { return m_folder.filePath(name).toStdString(); }
    std::string newTrace()
    {
        const QString file = m_folder.filePath(QStringLiteral("t%1.json").arg(m_next++));
        return QFile::copy(source, file) ? file.toStdString() : std::string();
    }
    /// Notes on the trace and the first span of a file.
    static KeptNotes notesOn(const std::string& file)
    {
        const nlohmann::json span = run({"query", file, "", "--json"}).json()["spans"][0];
        const std::string trace = "trace:" + span["trace"].get<std::string>();
        const std::string place = trace + "/span:" + span["span"].get<std::string>();
        KeptNotes notes;
        notes.annotations = {{1, AnnotationKind::Note, place, "", "ask zoe.farrow@kestrel.example", "ann", 10, 12},
                             {2, AnnotationKind::Bookmark, place, "event:4", "here", "", 11, 11},
                             {3, AnnotationKind::Range, "corpus", "time:5..9", "the outage", "", 12, 12},
                             {4, AnnotationKind::Tag, trace, "", "billing", "", 13, 13}};
        notes.verdicts = {{"loop " + place + " ab", FindingVerdict::Dismissed, "known", "", 13}};
        notes.arcs.reviews = {{"session:1", ArcOutcome::Failed, "not at all", 14}};
        notes.story = {"What went wrong", {{"first", "look", {"timeline", trace, place, {}, {1, 2}, {3, 4}, "error"}}}};
        return notes;
    }
    std::string write(const KeptNotes& notes)
    {
        return writeFile(m_folder.filePath(QStringLiteral("n%1.json").arg(m_next++)),
                         QByteArray::fromStdString(notesJson(notes)))
            .toStdString();
    }

private slots:
    void notesGoApartFromTracesAndComeBack()
    {
        const std::string trace = newTrace();
        const KeptNotes notes = notesOn(trace);
        const Outcome taken = run({"notes", trace, "--import", write(notes)});
        QVERIFY2(taken.status == ExitDone, taken.err.c_str());
        QVERIFY(taken.says("7 added"));
        const std::string out = path(QStringLiteral("out.json"));
        QCOMPARE(run({"notes", trace, "--export", out}).status, int{ExitDone});
        QCOMPARE(bytesOf(out), notesJson(notes));
        QVERIFY(run({"notes", trace, "--json"}).out == notesJson(notes));
        QVERIFY(run({"notes", trace, "--import", out}).says("0 added, 0 changed, 6 left"));
        const Outcome list = run({"notes", trace});
        for (const char* text : {"note  trace:", "billing", "time:5..9", "dismissed", "failed  arc:session:1",
                                 "1. first", "1970-01-01T00:00:00.000000012Z  ann"})
            QVERIFY2(list.says(text), (text + ("\n" + list.out)).c_str());
        QCOMPARE(bytesOf(trace), bytesOf(source.toStdString()));
    }

    void aTextIsLookedFor()
    {
        const std::string trace = newTrace();
        QVERIFY(run({"notes", trace, "--import", write(notesOn(trace))}).status == ExitDone);
        const auto found = parseNotes(run({"notes", trace, "--find", "OUTage", "--json"}).out);
        QVERIFY(found.has_value());
        QCOMPARE(found->annotations.size(), std::size_t(1));
        QVERIFY(found->verdicts.empty() && found->arcs.reviews.empty() && found->story.steps.empty());
        QCOMPARE(parseNotes(run({"notes", trace, "--find", "dismiss", "--json"}).out)->verdicts.size(), std::size_t(1));
    }

    void aStoryIsATextFile()
    {
        const std::string trace = newTrace();
        const std::string text = "arcscope story 1\ntitle: T\n\n== step\nview: tools\n| look\n";
        const std::string file =
            writeFile(m_folder.filePath(QStringLiteral("s.txt")), QByteArray::fromStdString(text)).toStdString();
        QVERIFY(run({"notes", trace, "--story-in", file}).status == ExitDone);
        const std::string out = path(QStringLiteral("s2.txt"));
        QVERIFY(run({"notes", trace, "--story-out", out}).status == ExitDone);
        QCOMPARE(bytesOf(out), text);
        writeFile(m_folder.filePath(QStringLiteral("s.txt")), "arcscope story 1\nrun: ls\n");
        const Outcome wrong = run({"notes", trace, "--story-in", file});
        QVERIFY(wrong.status != ExitDone);
        QVERIFY2(wrong.err.find("s.txt: line 2") != std::string::npos, wrong.err.c_str());
        QVERIFY(run({"notes", trace, "--story-out", out}).status == ExitDone);
        QCOMPARE(bytesOf(out), text); // the one before stays
    }

    void whatIsNoFileOfNotesChangesNothing()
    {
        const std::string trace = newTrace();
        const std::string file =
            writeFile(m_folder.filePath(QStringLiteral("bad.json")), "{\"notes\":[]}").toStdString();
        const Outcome wrong = run({"notes", trace, "--import", file});
        QVERIFY(wrong.status != ExitDone && wrong.err.find("bad.json") != std::string::npos);
        QVERIFY(!QFile::exists(QString::fromStdString(trace) + QStringLiteral(".notes.arcscope")));
        QCOMPARE(run({"notes"}).status, int{ExitUsage});
    }

    void notesOnNothingAreToldOf()
    {
        const Outcome missing = run({"notes", path(QStringLiteral("missing.json"))});
        QCOMPARE(missing.status, int{ExitNothingRead});
        QVERIFY(missing.err.find("missing.json") != std::string::npos);
    }

    void aViewThatIsNoneDoesNotGetIntoABundle()
    {
        const std::string trace = newTrace();
        const std::string bundle = path(QStringLiteral("view.arcbundle"));
        QVERIFY(run({"export", trace, "--as", "bundle", "--view", "{\"view\":1}", "-o", bundle}).status != ExitDone);
        QVERIFY(!QFile::exists(QString::fromStdString(bundle)));
        const std::string view = viewJson({"tools", {}, {}, {}, {}, {}, {}});
        QCOMPARE(run({"export", trace, "--as", "bundle", "--view", view, "-o", bundle}).status, int{ExitDone});
        QCOMPARE(parseView((*readBundle(bundle))->view)->view, std::string("tools"));
    }

    void aBundleBringsThemAlong()
    {
        const std::string trace = newTrace();
        const KeptNotes notes = notesOn(trace);
        QVERIFY(run({"notes", trace, "--import", write(notes)}).status == ExitDone);
        const ViewState state{
            "stream", notes.story.steps[0].state.trace, notes.annotations[0].place, "event:4", {1, 2}, {3, 4}, "error"};
        const std::string view =
            writeFile(m_folder.filePath(QStringLiteral("view.json")), QByteArray::fromStdString(viewJson(state)))
                .toStdString();
        const std::string bundle = path(QStringLiteral("whole.arcbundle"));
        const Outcome made = run({"export", trace, "--as", "bundle", "--no-redact", "--view", view, "-o", bundle});
        QVERIFY2(made.status == ExitDone, made.err.c_str());
        QCOMPARE(run({"notes", bundle, "--json"}).out, notesJson(notes));
        QVERIFY(*parseView((*readBundle(bundle))->view) == state);
        // What is written about the bundle joins what it brought; the bundle stays as it is.
        const std::string before = bytesOf(bundle);
        KeptNotes more;
        more.annotations = {{9, AnnotationKind::Note, "corpus", "", "later", "", 99, 99}};
        QVERIFY(run({"notes", bundle, "--import", write(more)}).status == ExitDone);
        const auto both = parseNotes(run({"notes", bundle, "--json"}).out);
        QVERIFY(both.has_value());
        QCOMPARE(both->annotations.size(), notes.annotations.size() + 1);
        QVERIFY(both->story == notes.story && both->verdicts == notes.verdicts);
        QCOMPARE(bytesOf(bundle), before);
    }

    void secretsOfNotesAloneDoNotLeaveEither()
    {
        const std::string trace = newTrace();
        KeptNotes notes = notesOn(trace);
        notes.story.steps[0].text = "She is zoe.farrow@kestrel.example, too.";
        QVERIFY(run({"notes", trace, "--import", write(notes)}).status == ExitDone);
        const std::string bundle = path(QStringLiteral("redacted.arcbundle"));
        const Outcome made = run({"export", trace, "--as", "bundle", "-o", bundle});
        QVERIFY2(made.status == ExitDone, made.err.c_str());
        const KeptNotes kept = (*readBundle(bundle))->notes;
        QVERIFY(notesJson(kept).find("zoe.farrow") == std::string::npos);
        QVERIFY(kept.annotations[0].body.starts_with("ask [email-"));
        QVERIFY(kept.annotations[0].author.empty()); // nor who wrote them
        QCOMPARE(kept.annotations[0].place, notes.annotations[0].place);
        QCOMPARE(kept.annotations.size(), notes.annotations.size());
    }

    void notesOnWhatStaysStayToo()
    {
        const std::string trace = newTrace();
        KeptNotes notes = notesOn(trace);
        notes.annotations.push_back({5, AnnotationKind::Note, "trace:elsewhere", "", "of another", "", 1, 1});
        const nlohmann::json spans = run({"query", trace, "", "--json"}).json()["spans"];
        const std::string other =
            "trace:" + spans[1]["trace"].get<std::string>() + "/span:" + spans[1]["span"].get<std::string>();
        notes.annotations.push_back({6, AnnotationKind::Note, other, "", "of a span that stays", "", 1, 1});
        notes.verdicts.push_back({"loop " + other + " ab", FindingVerdict::Confirmed, "", "", 1});
        QVERIFY(run({"notes", trace, "--import", write(notes)}).status == ExitDone);
        const std::string bundle = path(QStringLiteral("part.arcbundle"));
        const std::string filter = "span:" + spans[0]["span"].get<std::string>();
        const Outcome made =
            run({"export", trace, "--as", "bundle", "--no-redact", "--where", filter, "--spans-only", "-o", bundle});
        QVERIFY2(made.status == ExitDone, made.err.c_str());
        const KeptNotes kept = (*readBundle(bundle))->notes;
        QCOMPARE(kept.annotations.size(), std::size_t(4));
        QCOMPARE(kept.verdicts.size(), std::size_t(1));
        QVERIFY(kept.arcs.reviews.empty()); // tells of more than leaves
        QVERIFY(kept.story == notes.story);
    }
};

QTEST_GUILESS_MAIN(TestNotesCommand)
#include "tst_notescommand.moc"
