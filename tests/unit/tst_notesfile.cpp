// layers: core
#include "asnobody.h"
#include "notesfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestNotesFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::string in(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }

private slots:
    void init() { qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder.filePath(QStringLiteral("data")))); }

    void notesLieBesideTheTrace() { QCOMPARE(notesFileOf(in("a.jsonl")), in("a.jsonl.notes.arcscope")); }

    /// A folder that is not there cannot be written to either, whoever asks: root may write to any other.
    void whereTheFolderIsNotWritableTheyLieInTheData()
    {
        const std::string first = notesFileOf(in("gone/a.jsonl"));
        QVERIFY2(first.starts_with(in("data/arcscope/notes/a.jsonl.")), first.c_str());
        QVERIFY2(first.ends_with(notesFileSuffix), first.c_str());
        QCOMPARE(notesFileOf(in("gone/a.jsonl")), first);
        QVERIFY(notesFileOf(in("away/a.jsonl")) != first);
        QVERIFY(!QDir(QString::fromStdString(notesFolder())).exists());
    }

    void aReadOnlyFolderIsNotWritable()
    {
        const QTemporaryDir home;
        const QString folder = m_folder.filePath(QStringLiteral("fixed"));
        QVERIFY(QDir().mkdir(folder));
        QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner));
        std::string file;
        {
            const AsNobody nobody(home.path());
            QVERIFY(nobody);
            file = notesFileOf(in("fixed/a.jsonl"));
        }
        QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY2(file.starts_with(notesFolder()), file.c_str());
    }

    void notesThatAreThereStayThere()
    {
        QFile kept(m_folder.filePath(QStringLiteral("b.jsonl.notes.arcscope")));
        QVERIFY(kept.open(QIODevice::WriteOnly));
        QCOMPARE(notesFileOf(in("b.jsonl")), in("b.jsonl.notes.arcscope"));
    }

    void withoutHomeTheyLieBeside()
    {
        qputenv("XDG_DATA_HOME", "relative");
        qunsetenv("HOME");
        QCOMPARE(notesFolder(), std::string());
        QCOMPARE(notesFileOf(in("gone/a.jsonl")), in("gone/a.jsonl.notes.arcscope"));
    }
};

QTEST_APPLESS_MAIN(TestNotesFile)
#include "tst_notesfile.moc"
