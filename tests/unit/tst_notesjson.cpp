// layers: core store pipeline nlohmann_json::nlohmann_json
#include "notesjson.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace arcscope;
using Json = nlohmann::ordered_json;

namespace
{

KeptNotes everything()
{
    KeptNotes notes;
    notes.annotations = {{1, AnnotationKind::Note, "trace:1", "", "slow\n\"very\" é", "ann", 10, 12},
                         {2, AnnotationKind::Range, "corpus", "time:5..9", "", "", noTime, noTime},
                         {(std::int64_t(1) << 52) - 1, AnnotationKind::Bookmark, "t", "event:4", "here", "", 1, 2},
                         {3, AnnotationKind::Tag, "arc:session:1", "", "billing", "", 1, 2}};
    notes.verdicts = {{"loop trace:1 ab", FindingVerdict::Dismissed, "known", "", 13},
                      {"cut trace:1 cd", FindingVerdict::Open, "", "a note", noTime}};
    notes.arcs.reviews = {{"session:1", ArcOutcome::Failed, "not at all", 14}, {"session:2", {}, "?", 15}};
    notes.arcs.stitches = {{"session:1", "session:2", true, 15}, {"session:3", "session:4", false, 16}};
    notes.replays.reviews = {{"task", "old", "new", ReplayOpinion::Better, "", 16}, {"b", "c", "d", {}, "note", 17}};
    notes.replays.matches = {{"a", "b"}, {"a", "b", 0, 3}};
    notes.replays.sides = {"model", "old", {"new", "newer"}, "task"};
    notes.story = {"What went wrong",
                   {{"first", "look\n\nhere", {"timeline", "trace:1", {}, {}, {1, 2}, {}, "x"}}, {}}};
    return notes;
}

} // namespace

class TestNotesJson : public QObject
{
    Q_OBJECT

private slots:
    void notesAreReadAsTheyWereWritten()
    {
        for (const KeptNotes& notes : {everything(), KeptNotes()}) {
            const auto read = parseNotes(notesJson(notes));
            QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
            QVERIFY(*read == notes);
            QCOMPARE(notesJson(*read), notesJson(notes));
        }
    }

    void whatIsAbsentIsEmpty()
    {
        const auto read =
            parseNotes(R"({"schema":"arcscope.notes/1","notes":[{"place":"trace:1","body":"of an older one"}]})");
        QVERIFY(read.has_value());
        QCOMPARE(read->annotations.size(), std::size_t(1));
        QVERIFY(read->annotations[0].id > 0);
        QCOMPARE(read->annotations[0].kind, AnnotationKind::Note);
        QCOMPARE(read->annotations[0].changed, noTime);
    }

    void viewsAreReadAsTheyWereWritten()
    {
        const ViewState state{"stream", "trace:1", "trace:1/span:2",   "event:3",
                              {-5, 9},  {1, 2},    "kind:model \"é\"", "arc:task:\"4\""};
        for (const ViewState& each : {state, ViewState()}) {
            const auto read = parseView(viewJson(each));
            QVERIFY(read.has_value());
            QVERIFY(*read == each);
        }
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* pointer, const char* value, const char* says) {
            QTest::newRow(qPrintable(QString::fromLatin1(pointer) + QLatin1Char('=') + QString::fromLatin1(value)))
                << QByteArray(pointer) << QByteArray(value) << QByteArray(says);
        };
        row("/schema", "\"arcscope.notes/2\"", "schema");
        row("/notes", "{}", "notes is no list");
        row("/notes/0", "3", "notes 1 is no object");
        row("/notes/0/id", "-3", "notes 1: id");
        row("/notes/0/id", "\"7\"", "notes 1: id");
        row("/notes/0/kind", "\"poem\"", "notes 1: kind");
        row("/notes/0/place", "null", "notes 1: place");
        row("/notes/1/part", "\"half\"", "notes 2: part");
        row("/notes/0/body", "[]", "notes 1: body");
        row("/notes/0/created_ns", "1.5", "notes 1: created_ns");
        row("/notes/0/created_ns", "18446744073709551615", "notes 1: created_ns");
        row("/findings/0/verdict", "\"maybe\"", "findings 1: verdict");
        row("/arcs/0/outcome", "\"great\"", "arcs 1: outcome");
        row("/stitches/0/accepted", "1", "stitches 1: accepted");
        row("/replay_matches/1/base_step", "-1", "replay_matches 2: base_step");
        row("/replay_matches/1/candidate_step", "null", "replay_matches 2: base_step");
        row("/replay_sides", "[]", "replay_sides is no object");
        row("/story/0", "\"no story\"", "story: line 1");
        row("/story", "\"text\"", "story is no list");
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, says);
        Json json = Json::parse(notesJson(everything()));
        json[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        const auto read = parseNotes(json.dump());
        QVERIFY(!read);
        QVERIFY2(read.error().message.find(says.toStdString()) != std::string::npos, read.error().message.c_str());
    }

    void whatIsNoViewIsRefused()
    {
        for (const char* text :
             {"", "[]", "1e6166", "{\"view\":\"timeline\"}", "{\"schema\":\"arcscope.view/1\",\"view\":3}",
              "{\"schema\":\"arcscope.view/1\",\"from_ns\":3}",
              "{\"schema\":\"arcscope.view/1\",\"from_ns\":3,\"to_ns\":2}",
              "{\"schema\":\"arcscope.view/1\",\"part\":\"half\"}",
              "{\"schema\":\"arcscope.view/1\",\"chosen\":\"row:3\"}"})
            QVERIFY2(!parseView(text), text);
    }
};

QTEST_APPLESS_MAIN(TestNotesJson)
#include "tst_notesjson.moc"
