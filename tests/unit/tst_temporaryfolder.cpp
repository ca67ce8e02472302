// layers: core
#include "temporaryfolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace arcscope;

namespace
{

QString made(const QTemporaryDir& where, const QString& name)
{
    const QString path = where.filePath(name);
    QDir().mkdir(path);
    return path;
}

void put(const QString& path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write("text"), 4);
}

} // namespace

class TestTemporaryFolder : public QObject
{
    Q_OBJECT

private slots:
    void init() { qputenv("TMPDIR", m_where.path().toUtf8()); }

    void itIsItsUsersAloneAndGoesWithTheObject()
    {
        QString path;
        {
            const auto folder = TemporaryFolder::create();
            QVERIFY(folder);
            path = QString::fromStdString((*folder)->path());
            QCOMPARE(QFileInfo(path).absolutePath(), m_where.path());
            const auto ofOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                                  QFile::WriteOther | QFile::ExeOther;
            QCOMPARE(QFile::permissions(path) & ofOthers, QFile::Permissions());
            put(path + QStringLiteral("/corpus"));
            QCOMPARE(removeAbandonedFolders(m_where.path().toStdString()), 0); // it is in use
            QVERIFY(QFile::exists(path + QStringLiteral("/corpus")));
        }
        QVERIFY(!QFileInfo::exists(path));
    }

    void whatAKilledProgramLeftIsRemoved()
    {
        int ready[2];
        QCOMPARE(pipe(ready), 0);
        const pid_t child = fork();
        if (child == 0) {
            const auto folder = TemporaryFolder::create();
            static_cast<void>(write(ready[1], folder ? "y" : "n", 1));
            pause();
            _exit(1);
        }
        char answer = 0;
        QCOMPARE(read(ready[0], &answer, 1), 1);
        QCOMPARE(answer, 'y');
        const std::string where = m_where.path().toStdString();
        QCOMPARE(removeAbandonedFolders(where), 0); // it runs
        QCOMPARE(QDir(m_where.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        QCOMPARE(kill(child, SIGKILL), 0);
        QCOMPARE(waitpid(child, nullptr, 0), child);
        QCOMPARE(removeAbandonedFolders(where), 1);
        QVERIFY(QDir(m_where.path()).isEmpty());
    }

    void whatOthersMadeIsLeftAlone()
    {
        const QTemporaryDir where;
        put(made(where, QStringLiteral("arcscope-notes")) + QStringLiteral("/in-use")); // another name
        made(where, QStringLiteral("arcscope-tmp-begun"));                              // no lock file yet
        put(where.filePath(QStringLiteral("arcscope-tmp-file")));                       // no folder
        const QString target = made(where, QStringLiteral("target"));
        put(target + QStringLiteral("/in-use"));
        QVERIFY(QFile::link(target, where.filePath(QStringLiteral("arcscope-tmp-link"))));
        QCOMPARE(removeAbandonedFolders(where.path().toStdString()), 0);
        QVERIFY(QFile::exists(target + QStringLiteral("/in-use")));
    }

    void aFolderThatIsNotThereIsToldByName()
    {
        qputenv("TMPDIR", m_where.filePath(QStringLiteral("nowhere")).toUtf8());
        const auto folder = TemporaryFolder::create();
        QVERIFY(!folder);
        QVERIFY2(!folder.error().message.empty(), folder.error().message.c_str());
    }

private:
    QTemporaryDir m_where;
};

QTEST_APPLESS_MAIN(TestTemporaryFolder)
#include "tst_temporaryfolder.moc"
