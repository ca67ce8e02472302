// layers: core store pipeline
#include "tracebundle.h"
#include "workspace.h"

#include <QDir>
#include <QFile>
#include <QMimeDatabase>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

/// The definitions of our types name the files that the program writes, by name and by their first bytes.
class TestFileTypes : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString nameOf(const QString& file, QMimeDatabase::MatchMode mode = QMimeDatabase::MatchDefault) const
    {
        return QMimeDatabase().mimeTypeForFile(m_folder.filePath(file), mode).name();
    }
    bool copy(const QString& from, const QString& to)
    {
        return QFile::copy(m_folder.filePath(from), m_folder.filePath(to));
    }
    bool write(const QString& name, const std::string& bytes)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) &&
               file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size());
    }

private slots:
    void initTestCase()
    {
        // Before Qt looks for definitions: those of the system in one folder with ours, as when they are installed.
        const QString packages = m_folder.filePath(QStringLiteral("data/mime/packages"));
        QVERIFY(QDir().mkpath(packages));
        qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder.filePath(QStringLiteral("nowhere"))));
        qputenv("XDG_DATA_DIRS", QFile::encodeName(m_folder.filePath(QStringLiteral("data"))));
        const QString common = QStringLiteral("/freedesktop.org.xml");
        if (!QFile::copy(QStringLiteral("/usr/share/mime/packages") + common, packages + common))
            QSKIP("there are no definitions of common types (package shared-mime-info)");
        QVERIFY(
            QFile::copy(QStringLiteral(ARCSCOPE_TEST_DATA "/../../packaging/desktop/org.arcscope.arcscope.mime.xml"),
                        packages + QStringLiteral("/org.arcscope.arcscope.xml")));
    }

    void workspacesAreKnown()
    {
        {
            auto workspace = Workspace::create(m_folder.filePath(QStringLiteral("week.arcscope")).toStdString());
            QVERIFY2(workspace, workspace ? "" : workspace.error().message.c_str());
        }
        const QString type = QStringLiteral("application/vnd.arcscope.workspace");
        QCOMPARE(nameOf(QStringLiteral("week.arcscope")), type);
        QVERIFY(copy(QStringLiteral("week.arcscope"), QStringLiteral("renamed")));
        QCOMPARE(nameOf(QStringLiteral("renamed")), type);
        QVERIFY(copy(QStringLiteral("week.arcscope"), QStringLiteral("a.jsonl.notes.arcscope")));
        QCOMPARE(nameOf(QStringLiteral("a.jsonl.notes.arcscope")), QStringLiteral("application/vnd.arcscope.notes"));
        QVERIFY(QMimeDatabase().mimeTypeForName(QStringLiteral("application/vnd.arcscope.notes")).inherits(type));
        // Another database is not ours.
        QVERIFY(write(QStringLiteral("other"), "SQLite format 3" + std::string(100, '\0')));
        QVERIFY(nameOf(QStringLiteral("other")) != type);
    }

    void bundlesAreKnown()
    {
        TraceBundle bundle;
        bundle.traces = "{}\n";
        const auto bytes = bundleBytes(bundle, {});
        QVERIFY2(bytes, bytes ? "" : bytes.error().message.c_str());
        const QString type = QStringLiteral("application/vnd.arcscope.bundle");
        for (const char* name : {"acme.arcbundle", "acme"}) {
            QVERIFY(write(QLatin1String(name), *bytes));
            QCOMPARE(nameOf(QLatin1String(name)), type);
        }
        QVERIFY(QMimeDatabase().mimeTypeForName(type).inherits(QStringLiteral("application/zip")));
        QVERIFY(write(QStringLiteral("archive"), "PK\3\4" + std::string(26, '\0') + "traces.otlp.jsonl"));
        QVERIFY(nameOf(QStringLiteral("archive")) != type);
    }

    void recordingsAreKnownByName()
    {
        QVERIFY(write(QStringLiteral("call.arcstream.jsonl"), "{\"resourceSpans\":[]}\n"));
        QCOMPARE(nameOf(QStringLiteral("call.arcstream.jsonl")), QStringLiteral("application/vnd.arcscope.recording"));
    }

    void recordingsAreKnownByTheirEvents()
    {
        const std::string type = "application/vnd.arcscope.recording";
        const std::string head =
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"chat\",\"events\":[{\"name\":\"";
        for (const char* name : {"arcscope.stream.chunk", "gen_ai.stream.start"}) {
            QVERIFY(write(QStringLiteral("recorded"), head + name + "\"}]}]}]}]}\n"));
            QCOMPARE(nameOf(QStringLiteral("recorded")).toStdString(), type);
        }
        QVERIFY(write(QStringLiteral("other"), head + "gen_ai.choice\"}]}]}]}]}\n"));
        QVERIFY(nameOf(QStringLiteral("other")).toStdString() != type);
        QVERIFY(write(QStringLiteral("prose"), "about \"arcscope.stream.chunk\"\n"));
        QVERIFY(nameOf(QStringLiteral("prose")).toStdString() != type);
    }

    void jsonOfOthersIsLeftAlone()
    {
        for (const char* name : {"a.json", "a.jsonl", "a.zip", "a.db"}) {
            QVERIFY(write(QLatin1String(name), "{}"));
            QVERIFY2(!nameOf(QLatin1String(name), QMimeDatabase::MatchExtension).contains(QLatin1String("arcscope")),
                     name);
        }
    }
};

QTEST_GUILESS_MAIN(TestFileTypes)
#include "tst_filetypes.moc"
