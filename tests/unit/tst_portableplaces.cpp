// layers: core store pipeline
#include "portableplaces.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

const PlaceAnchor home{"/home/ann/", {}};
const PlaceAnchor work{"/srv/traces/", {}};

} // namespace

class TestPortablePlaces : public QObject
{
    Q_OBJECT

private slots:
    void idsOfFilesLoseTheirFolder_data()
    {
        QTest::addColumn<QString>("here");
        QTest::addColumn<QString>("kept");
        const auto row = [](const char* name, const char* here, const char* kept) {
            QTest::newRow(name) << QString::fromLatin1(here) << QString::fromLatin1(kept);
        };
        row("a trace", "trace:/home/ann/a.json#1", "trace:./a.json#1");
        row("both", "trace:/home/ann/a.json#1/span:/home/ann/a.json#1", "trace:./a.json#1/span:./a.json#1");
        row("a member", "trace:/home/ann/in/a.zip!b.json#2/span:7", "trace:./in/a.zip!b.json#2/span:7");
        row("blanks", "trace:/home/ann/a b.json", "trace:./a b.json");
        row("a key", "loop trace:/home/ann/a.json#1/span:2 trace:4bf9/span:3 12ab",
            "loop trace:./a.json#1/span:2 trace:4bf9/span:3 12ab");
        row("a cause", "claim.unsupported_value cause:/home/ann/a.json#3/$2,210",
            "claim.unsupported_value cause:./a.json#3/$2,210");
        row("an arc", "arc:trace:/home/ann/a.json#1", "arc:trace:./a.json#1");
        row("an id", "trace:4bf9/span:00f0", "trace:4bf9/span:00f0");
        row("elsewhere", "trace:/home/bob/a.json#1", "trace:/home/bob/a.json#1");
        row("everything", "corpus", "corpus");
        row("a row", "span-row:3", "span-row:3");
        row("nothing", "", "");
    }
    void idsOfFilesLoseTheirFolder()
    {
        QFETCH(QString, here);
        QFETCH(QString, kept);
        QCOMPARE(QString::fromStdString(portablePlace(here.toStdString(), home)), kept);
        QCOMPARE(QString::fromStdString(localPlace(kept.toStdString(), home)), here);
        QCOMPARE(QString::fromStdString(portablePlace(kept.toStdString(), home)), kept); // once is enough
    }

    void elsewhereTheyAreOfTheFilesThere()
    {
        KeptNotes notes;
        notes.annotations = {{1, AnnotationKind::Note, "trace:/home/ann/a.json#1", "", "slow", "", 1, 1}};
        notes.verdicts = {{"loop trace:/home/ann/a.json#1/span:1 ab", FindingVerdict::Dismissed, "known", "", 2}};
        notes.arcs.reviews = {{"trace:/home/ann/a.json#1", ArcOutcome::Failed, "", 3}};
        notes.replays.matches = {{"/home/ann/a.json#1", "4bf9"}};
        notes.story.steps = {{"s",
                              "",
                              {"tools",
                               "trace:/home/ann/a.json#1",
                               {},
                               {},
                               {},
                               {},
                               {},
                               "finding:loop trace:/home/ann/a.json#1/span:2 1f"}}};
        const KeptNotes here = notes;
        makePortable(notes, home);
        QVERIFY(notes.story.steps[0].state.trace == "trace:./a.json#1");
        QVERIFY(notes.story.steps[0].state.chosen == "finding:loop trace:./a.json#1/span:2 1f");
        KeptNotes there = notes;
        makeLocal(there, work);
        QCOMPARE(there.annotations[0].place, std::string("trace:/srv/traces/a.json#1"));
        QCOMPARE(there.verdicts[0].finding, std::string("loop trace:/srv/traces/a.json#1/span:1 ab"));
        QCOMPARE(there.arcs.reviews[0].arc, std::string("trace:/srv/traces/a.json#1"));
        QCOMPARE(there.replays.matches[0].base, std::string("/srv/traces/a.json#1"));
        QCOMPARE(there.replays.matches[0].candidate, std::string("4bf9"));
        makeLocal(notes, home);
        QVERIFY(notes == here);
    }

    void aNameWithoutFolderIsOfThatFileAlone()
    {
        const PlaceAnchor bare = anchorOfPath("a.json");
        QCOMPARE(portablePlace("trace:a.json#1/span:1", bare), std::string("trace:./a.json#1/span:1"));
        QCOMPARE(localPlace("trace:./a.json#1/span:1", bare), std::string("trace:a.json#1/span:1"));
        QCOMPARE(portablePlace("trace:a.json2", bare), std::string("trace:a.json2"));
    }

    void theFolderIsThatOfThePath()
    {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("in")));
        QCOMPARE(anchorOfPath(path + "/in").folder, path + "/in/");
        QCOMPARE(anchorOfPath(path + "/in/").folder, path + "/in/");
        QCOMPARE(anchorOfPath(path + "/a.json").folder, path + "/");
        const auto none = anchorOf({"-", path + "/missing"});
        QVERIFY(none.has_value());
        QVERIFY(*none == PlaceAnchor());
    }
};

QTEST_APPLESS_MAIN(TestPortablePlaces)
#include "tst_portableplaces.moc"
