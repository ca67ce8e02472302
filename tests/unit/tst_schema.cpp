// layers: core store SQLite::SQLite3
#include "annotations.h"
#include "schema.h"
#include "spanwriter.h"
#include "verdicts.h"

#include <sqlite3.h>

#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

class TestSchema : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_next = 0;

    std::string newPath() { return m_folder.filePath(QStringLiteral("w%1.db").arg(m_next++)).toStdString(); }

    /// A file of another program, or one that somebody prepared.
    static bool run(const std::string& path, const char* sql)
    {
        sqlite3* handle = nullptr;
        const bool done = sqlite3_open(path.c_str(), &handle) == SQLITE_OK &&
                          sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
        sqlite3_close(handle);
        return done;
    }

    static QByteArray bytesOf(const std::string& path)
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void aNewWorkspaceSaysWhatItIs()
    {
        const std::string path = newPath();
        auto workspace = Workspace::create(path);
        QVERIFY(workspace);
        QCOMPARE(workspace->database().number("pragma application_id").value(), std::int64_t{0x61726373});
        QCOMPARE(workspace->database().number("pragma user_version").value(), arcscope::workspaceVersion);
        QCOMPARE(workspace->database().number("pragma page_size").value(), std::int64_t{16384});
        QCOMPARE(bytesOf(path).mid(68, 4), QByteArray("arcs"));
    }

    void existingFilesAreNotOverwritten()
    {
        const std::string path = newPath();
        QVERIFY(run(path, "create table t(a); insert into t values(1)"));
        const QByteArray before = bytesOf(path);
        const auto made = Workspace::create(path);
        QVERIFY(!made);
        QVERIFY(made.error().message.find(path) != std::string::npos);
        QCOMPARE(bytesOf(path), before);
    }

    void filesOfOthersAreRefusedAndNotTouched_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("says");
        QTest::newRow("another program's") << "create table t(a); insert into t values(1)"
                                           << "no Arcscope workspace";
        QTest::newRow("another program's, with a version")
            << "pragma application_id = 7; pragma user_version = 1; create table chunks(a)"
            << "no Arcscope workspace";
        QTest::newRow("a newer version's")
            << "pragma application_id = 1634886515; pragma user_version = 1000; create table t(a)"
            << "newer Arcscope";
    }
    void filesOfOthersAreRefusedAndNotTouched()
    {
        QFETCH(QString, sql);
        QFETCH(QString, says);
        const std::string path = newPath();
        QVERIFY(run(path, sql.toUtf8().constData()));
        const QByteArray before = bytesOf(path);
        for (int i = 0; i < 2; ++i) {
            std::string message;
            if (i == 0) {
                const auto opened = Workspace::open(path);
                QVERIFY(!opened);
                message = opened.error().message;
            } else {
                const auto writer = SpanWriter::begin(path, {});
                QVERIFY(!writer);
                message = writer.error().message;
            }
            QVERIFY2(QString::fromStdString(message).contains(says), message.c_str());
            QVERIFY(message.find(path) != std::string::npos);
        }
        QCOMPARE(bytesOf(path), before);
        QVERIFY(!QFile::exists(QString::fromStdString(path) + QStringLiteral("-journal")));
    }

    void anOlderWorkspaceIsBroughtUpToDate()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(run(path,
                    "insert into settings values('kept', 'yes'); drop table contents; drop table verdicts;"
                    "drop table found; drop table arc_reviews; drop table arc_stitches; drop table arcs_made;"
                    "drop table arc_strings; drop table arc_proposals; drop table replay_reviews; drop table replays;"
                    "drop table replay_matches; drop table drafts; drop table notes;"
                    "create table notes(id integer primary key, place text not null, body text not null,"
                    " created_ns integer not null, changed_ns integer not null);"
                    "insert into notes values(3, 'trace:1', 'slow', 7, 8);"
                    "create table dismissals(id integer "
                    "primary key, finding text not null"
                    " unique, reason text not null, created_ns integer not null);"
                    "insert into dismissals values(1, 'loop', 'known', 5); pragma user_version = 1"));
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        QCOMPARE(workspace->database().number("pragma user_version").value(), arcscope::workspaceVersion);
        QCOMPARE(workspace->database().number("select count(*) from contents").value(), std::int64_t{0});
        QCOMPARE(workspace->database().number("select count(*) from arc_reviews").value(), std::int64_t{0});
        QCOMPARE(setting(*workspace, "kept").value(), std::optional<std::string>("yes"));
        QCOMPARE(verdicts(*workspace).value(),
                 (std::vector<KeptVerdict>{{"loop", FindingVerdict::Dismissed, "known", "", 5}}));
        QCOMPARE(annotations(*workspace).value(),
                 (std::vector<Annotation>{{3, AnnotationKind::Note, "trace:1", "", "slow", "", 7, 8}}));
    }

    void triggersOfAPreparedFileDoNotRun()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(run(path, "create trigger t after insert on notes begin delete from settings; end;"
                          "insert into settings values('kept', 'yes')"));
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        QVERIFY(addNote(*workspace, "trace:1", "x", 1));
        QCOMPARE(workspace->database().number("select count(*) from arc_reviews").value(), std::int64_t{0});
        QCOMPARE(setting(*workspace, "kept").value(), std::optional<std::string>("yes"));
    }

    void viewsOfAPreparedFileAreNotRead()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(run(path, "drop table notes; create view notes as select 1 id, 0 kind, 'a' place, '' part, 'b' body,"
                          " '' author, 2 created_ns, 3 changed_ns"));
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const auto read = annotations(*workspace);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Store);
    }
};

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
