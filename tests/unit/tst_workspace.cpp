// layers: core store Threads::Threads
#include "annotations.h"
#include "search.h"
#include "spanwriter.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace arcscope;

namespace
{

constexpr std::array columnsRead{SpanColumn::Start, SpanColumn::Block, SpanColumn::BlockOffset,
                                 SpanColumn::BlockLength};

/// Hardly compressible, so that a file grows with it.
std::string recordOf(std::uint64_t n)
{
    std::string record = "{\"n\":" + std::to_string(n) + ",\"noise\":\"";
    for (std::uint64_t i = 0; i < 100; ++i)
        record += std::to_string(hashOf(std::to_string(n * 100 + i)));
    return record + "\"}";
}

void add(SpanWriter& writer, std::uint64_t n)
{
    SpanRecord span;
    span.trace = {0, n / 100 + 1, IdForm::Hex128};
    span.span = {0, n + 1, IdForm::Hex64};
    span.start = static_cast<Nanos>(n);
    writer.add(span, recordOf(n));
}

Result<void> import(const std::string& path, std::uint64_t first, std::uint64_t count)
{
    auto writer = SpanWriter::begin(path, {});
    if (!writer)
        return writer.error();
    (*writer)->beginSource({"a", "test", 1, 0});
    for (std::uint64_t n = first; n < first + count; ++n)
        add(**writer, n);
    if (auto flushed = (*writer)->flush(); !flushed)
        return flushed;
    return (*writer)->commit();
}

/// Makes a process of the super user, who may write to every file, an ordinary one that owns `folder` and `file` for as
/// long as this lives. Changes nothing for anybody else, nor where the system knows no other user.
class NoSuperUser
{
public:
    NoSuperUser(const std::string& folder, const std::string& file)
    {
        constexpr uid_t nobody = 65534;
        m_changed = geteuid() == 0 && chown(folder.c_str(), nobody, 0) == 0 && chown(file.c_str(), nobody, 0) == 0 &&
                    seteuid(nobody) == 0;
    }
    ~NoSuperUser()
    {
        if (m_changed && seteuid(0) != 0)
            std::abort();
    }
    NoSuperUser(const NoSuperUser&) = delete;
    NoSuperUser& operator=(const NoSuperUser&) = delete;

private:
    bool m_changed = false;
};

} // namespace

class TestWorkspace : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_next = 0;

    std::string newPath() { return m_folder.filePath(QStringLiteral("w%1.arcscope").arg(m_next++)).toStdString(); }
    static qint64 sizeOf(const std::string& path) { return QFileInfo(QString::fromStdString(path)).size(); }

    /// Everything in it can be read, and its spans are 0 … count.
    static QString problemIn(const std::string& path, std::uint64_t count)
    {
        auto workspace = Workspace::open(path);
        if (!workspace)
            return QString::fromStdString(workspace.error().message);
        const auto corpus = workspace->loadCorpus(columnsRead, {});
        if (!corpus)
            return QString::fromStdString(corpus.error().message);
        if (corpus->spans.rows() != count)
            return QStringLiteral("%1 spans").arg(corpus->spans.rows());
        for (Row row = 0; row < count; ++row) {
            const auto record = workspace->record(corpus->spans, row);
            if (!record || *record != recordOf(row))
                return QStringLiteral("record of row %1").arg(row);
        }
        auto check = workspace->database().prepare("pragma integrity_check");
        if (!check || !check->step() || check->text(0) != "ok")
            return QStringLiteral("SQLite finds it damaged");
        return {};
    }

private slots:
    void aKilledImportLeavesTheWorkspaceAsItWas_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<qint64>("grown");
        QTest::newRow("first import, at once") << 0 << qint64{0};
        QTest::newRow("first import, half way") << 0 << qint64{30'000'000};
        QTest::newRow("second import, at once") << 3'000 << qint64{0};
        QTest::newRow("second import, half way") << 3'000 << qint64{30'000'000};
    }
    void aKilledImportLeavesTheWorkspaceAsItWas()
    {
        QFETCH(int, before);
        QFETCH(qint64, grown);
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        if (before > 0)
            QVERIFY(import(path, 0, static_cast<std::uint64_t>(before)));
        const auto size = [&] { return sizeOf(path) + sizeOf(path + "-wal"); };
        const qint64 sizeBefore = size();

        std::array<int, 2> begun{};
        QCOMPARE(pipe(begun.data()), 0);
        const pid_t child = fork();
        if (child == 0) {
            auto writer = SpanWriter::begin(path, {});
            if (!writer || write(begun[1], "b", 1) != 1)
                _exit(1);
            (*writer)->beginSource({"killed", "test", 1, 0});
            for (std::uint64_t n = 0;; ++n)
                add(**writer, n);
        }
        char byte = 0;
        QCOMPARE(read(begun[0], &byte, 1), ssize_t{1});
        while (size() < sizeBefore + grown && waitpid(child, nullptr, WNOHANG) == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        close(begun[0]);
        close(begun[1]);
        QVERIFY(WIFSIGNALED(status));

        QCOMPARE(problemIn(path, static_cast<std::uint64_t>(before)), QString());
        QVERIFY(import(path, static_cast<std::uint64_t>(before), 2'000));
        QCOMPARE(problemIn(path, static_cast<std::uint64_t>(before) + 2'000), QString());
    }

    void aCancelledImportIsUndoneSoon()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(import(path, 0, 1'000));
        std::stop_source stop;
        auto writer = SpanWriter::begin(path, {stop.get_token(), nullptr});
        QVERIFY(writer);
        (*writer)->beginSource({"b", "test", 1, 0});
        for (std::uint64_t n = 0; n < 60'000; ++n)
            add(**writer, n);
        stop.request_stop();
        const auto begin = std::chrono::steady_clock::now();
        QVERIFY(!(*writer)->commit());
        writer->reset();
        const auto taken = std::chrono::steady_clock::now() - begin;
        QVERIFY2(taken < std::chrono::seconds(2), "undoing took long"); // 100 ms is the aim; builders are slow
        QCOMPARE(problemIn(path, 1'000), QString());
    }

    void damagedFilesGiveErrors_data()
    {
        QTest::addColumn<int>("keptPercent");
        for (const int percent : {0, 1, 10, 50, 90, 99})
            QTest::addRow("%d %%", percent) << percent;
    }
    void damagedFilesGiveErrors()
    {
        QFETCH(int, keptPercent);
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(import(path, 0, 3'000));
        QVERIFY(QFile::resize(QString::fromStdString(path), sizeOf(path) * keptPercent / 100));
        QVERIFY(!problemIn(path, 3'000).isEmpty());
        const auto found = searchRecords(path, "absent", {});
        QVERIFY(!found);
        QVERIFY(!found.error().message.empty());
    }

    void overwrittenPagesGiveErrorsOrTheTruth()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(import(path, 0, 3'000));
        QFile original(QString::fromStdString(path));
        QVERIFY(original.open(QIODevice::ReadOnly));
        const QByteArray bytes = original.readAll();
        int refused = 0;
        for (qsizetype at = 100; at < bytes.size(); at += bytes.size() / 60) {
            QByteArray damaged = bytes;
            damaged.replace(at, 200, QByteArray(200, '\x5a'));
            const std::string copy = newPath();
            std::ofstream(copy, std::ios::binary) << damaged.toStdString();
            auto workspace = Workspace::open(copy);
            const auto corpus = workspace ? workspace->loadCorpus(columnsRead, {}) : workspace.error();
            if (!corpus) {
                ++refused;
                QVERIFY(!corpus.error().message.empty());
                continue;
            }
            for (Row row = 0; row < corpus->spans.rows(); row += 100) {
                const auto record = workspace->record(corpus->spans, row);
                refused += record ? 0 : 1;
            }
        }
        QVERIFY(refused > 0);
    }

    void aFullDiskEndsTheImportAndNothingElse()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(import(path, 0, 1'000));
        const pid_t child = fork(); // the limit is of a process
        if (child == 0) {
            signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{4'000'000, 4'000'000};
            setrlimit(RLIMIT_FSIZE, &limit);
            const auto imported = import(path, 1'000, 60'000);
            _exit(imported || imported.error().code != ErrorCode::Store || imported.error().message.empty() ? 1 : 0);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        QCOMPARE(problemIn(path, 1'000), QString());
    }

    void twoImportsAtOnceAreRefused()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        auto first = SpanWriter::begin(path, {});
        QVERIFY(first);
        const auto second = SpanWriter::begin(path, {});
        QVERIFY(!second);
        QVERIFY2(second.error().message.find("another program is writing") != std::string::npos,
                 second.error().message.c_str());
    }

    void aFileThatMayNotBeWrittenCanBeRead()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(import(path, 0, 100));
        QVERIFY(QFile::setPermissions(QString::fromStdString(path), QFileDevice::ReadOwner));
        const NoSuperUser user(m_folder.path().toStdString(), path);
        QCOMPARE(problemIn(path, 100), QString());
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const auto added = addNote(*workspace, "trace:1", "x", 1);
        QCOMPARE(bool(added), faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0);
        if (!added)
            QVERIFY2(added.error().message.find("may not be written") != std::string::npos,
                     added.error().message.c_str());
    }

    void aFolderIsNoWorkspace()
    {
        const std::string folder = m_folder.path().toStdString();
        const auto opened = Workspace::open(folder);
        QVERIFY(!opened);
        QVERIFY2(opened.error().message.find(folder) != std::string::npos, opened.error().message.c_str());
        const std::string file = newPath();
        QVERIFY(Workspace::create(file));
        QVERIFY(!Workspace::create(folder));
        QVERIFY(!Workspace::create(file + "/below.arcscope"));
        QVERIFY(!Workspace::open(file + "/below.arcscope"));
    }

    void whatIsNotThereIsNamed()
    {
        const auto opened = Workspace::open(m_folder.filePath(QStringLiteral("none.arcscope")).toStdString());
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::NotFound);
        const auto made = Workspace::create(m_folder.filePath(QStringLiteral("no/folder.arcscope")).toStdString());
        QVERIFY(!made);
        QVERIFY(made.error().message.find("no/folder.arcscope") != std::string::npos);
    }

    void recordsLargerThanABlockHaveOneOfTheirOwn()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        auto writer = SpanWriter::begin(path, {});
        QVERIFY(writer);
        (*writer)->beginSource({"a", "test", 1, 0});
        const std::array<std::string, 4> records{std::string(10, 'a'), std::string(5 << 20, 'b'), std::string(),
                                                 std::string(1 << 20, 'c')};
        for (const std::string& record : records)
            (*writer)->add({}, record);
        QVERIFY((*writer)->flush());
        QVERIFY((*writer)->commit());
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const auto corpus = workspace->loadCorpus(columnsRead, {});
        QVERIFY(corpus);
        for (Row row = 0; row < records.size(); ++row)
            QVERIFY(workspace->record(corpus->spans, row).value() == records[row]);
    }

    void columnsAreAddedToACorpus()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(import(path, 0, 70'000));
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        constexpr std::array first{SpanColumn::Start};
        constexpr std::array second{SpanColumn::Start, SpanColumn::SpanLow};
        auto corpus = workspace->loadCorpus(first, {});
        QVERIFY(corpus);
        QVERIFY(!corpus->spans.has(SpanColumn::SpanLow));
        const ColumnPtr before = corpus->spans.chunks()[1].columns[static_cast<std::size_t>(SpanColumn::Start)];
        QVERIFY(workspace->loadColumns(*corpus, second, {}));
        QCOMPARE(corpus->spans.at(SpanColumn::SpanLow, 69'999), std::int64_t{70'000});
        QCOMPARE(corpus->spans.chunks()[1].columns[static_cast<std::size_t>(SpanColumn::Start)], before);
    }

    void loadingCanBeCancelled()
    {
        const std::string path = newPath();
        QVERIFY(Workspace::create(path));
        QVERIFY(import(path, 0, 1'000));
        std::stop_source stop;
        stop.request_stop();
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const auto corpus = workspace->loadCorpus(columnsRead, {stop.get_token(), nullptr});
        QVERIFY(!corpus);
        QCOMPARE(corpus.error().code, ErrorCode::Cancelled);
        QCOMPARE(searchRecords(path, "x", {stop.get_token(), nullptr}).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
