// layers: core store
// A program that writes notes is killed at any point: what it was told is kept is there, and the file is whole.
#include "annotations.h"
#include "workspace.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace arcscope;

namespace
{

constexpr const char* fileVariable = "ARCSCOPE_TEST_NOTES";
constexpr int patience = 60'000;

} // namespace

class TestNotesCrash : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// Runs the slot that writes in a process of its own, and kills it when it has said `after` times that something
    /// is kept. The numbers that it said.
    QByteArray killed(const QString& file, qsizetype after)
    {
        QProcess writer;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QLatin1String(fileVariable), file);
        writer.setProcessEnvironment(environment);
        writer.start(QCoreApplication::applicationFilePath(), {QStringLiteral("writesUntilItIsKilled")});
        QByteArray said;
        while (said.count('!') < after && writer.state() != QProcess::NotRunning) {
            if (!writer.waitForReadyRead(patience))
                break;
            said += writer.readAllStandardOutput();
        }
        ::kill(static_cast<pid_t>(writer.processId()), SIGKILL);
        writer.waitForFinished(patience);
        said += writer.readAllStandardOutput();
        return writer.exitStatus() == QProcess::CrashExit ? said : QByteArray();
    }

private slots:
    /// Not a test: what the other process does. It says "!" for each change that is kept.
    void writesUntilItIsKilled()
    {
        const QByteArray file = qgetenv(fileVariable);
        if (file.isEmpty())
            return;
        auto workspace = Workspace::open(file.toStdString());
        QVERIFY(workspace);
        for (std::int64_t i = 1;; ++i) {
            const Annotation note{i, AnnotationKind::Note, "trace:1", "", std::string(3'000, 'n'), "", i, i};
            const bool kept = changeAnnotations(*workspace, std::span(&note, 1)) &&
                              keepDraft(*workspace, {"trace:1", "draft " + std::to_string(i), i});
            QVERIFY(kept);
            const ssize_t written = ::write(STDOUT_FILENO, "!", 1);
            QCOMPARE(written, ssize_t(1));
        }
    }

    void nothingThatWasKeptIsLost()
    {
        constexpr int kills = 12;
        for (int i = 0; i < kills; ++i) {
            const QString file = m_folder.filePath(QStringLiteral("w%1.arcscope").arg(i));
            QVERIFY(Workspace::create(file.toStdString()));
            const qsizetype said = killed(file, 1 + i * 3).count('!');
            QVERIFY(said > i * 3);
            auto workspace = Workspace::open(file.toStdString());
            QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().message.c_str());
            QCOMPARE(workspace->database()
                         .number("select count(*) from pragma_integrity_check where"
                                 " integrity_check = 'ok'")
                         .value(),
                     std::int64_t(1));
            const auto kept = annotations(*workspace);
            QVERIFY(kept.has_value());
            const auto count = static_cast<qsizetype>(kept->size());
            QVERIFY2(count == said || count == said + 1, "all that was said, and at most the one after it");
            for (const Annotation& note : *kept)
                QCOMPARE(note.body.size(), std::size_t(3'000)); // whole
            const auto open = drafts(*workspace);
            QVERIFY(open.has_value() && open->size() == 1);
            QVERIFY(open->front().changed >= said);
        }
    }
};

QTEST_GUILESS_MAIN(TestNotesCrash)
#include "tst_notescrash.moc"
