// layers: core store
#include "search.h"
#include "spanwriter.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fstream>

using namespace arcscope;

namespace
{

std::vector<SpanColumn> everyColumn()
{
    std::vector<SpanColumn> columns;
    for (int i = 0; i < spanColumnCount; ++i)
        columns.push_back(static_cast<SpanColumn>(i));
    return columns;
}

SpanRecord spanNumber(SpanSink& sink, std::uint64_t n)
{
    SpanRecord span;
    span.trace = {1, n / 10 + 1, IdForm::Hex128};
    span.span = {0, n + 1, IdForm::Hex64};
    span.start = static_cast<Nanos>(1'700'000'000 + n) * second;
    span.end = span.start + static_cast<Nanos>(n % 7) * millisecond;
    span.kind = SpanKind::ToolCall;
    span[SpanText::Name] = sink.intern("span " + std::to_string(n % 1000));
    span.usage[UsageClass::Input] = static_cast<std::int64_t>(n);
    return span;
}

std::string recordOf(std::uint64_t n)
{
    return "{\"n\":" + std::to_string(n) + ",\"text\":\"" + std::string(n % 300, 'x') + "\"}";
}

} // namespace

class TestSpanWriter : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_next = 0;

    std::string newPath() { return m_folder.filePath(QStringLiteral("w%1.arcscope").arg(m_next++)).toStdString(); }

    std::string newWorkspace()
    {
        const std::string path = newPath();
        return Workspace::create(path) ? path : std::string();
    }

    static bool addSpans(const std::string& path, std::uint64_t first, std::uint64_t count, bool commit = true)
    {
        auto writer = SpanWriter::begin(path, {});
        if (!writer)
            return false;
        (*writer)->beginSource({"a.jsonl", "test", 10, 0});
        for (std::uint64_t n = first; n < first + count; ++n)
            (*writer)->add(spanNumber(**writer, n), recordOf(n));
        (*writer)->endSource(count);
        if (!(*writer)->flush())
            return false;
        return !commit || (*writer)->commit();
    }

private slots:
    void whatIsWrittenIsRead_data()
    {
        QTest::addColumn<QList<int>>("imports");
        QTest::newRow("none") << QList<int>{0};
        QTest::newRow("one") << QList<int>{1};
        QTest::newRow("a chunk") << QList<int>{static_cast<int>(chunkRows)};
        QTest::newRow("chunks") << QList<int>{150'000};
        QTest::newRow("appended inside a chunk") << QList<int>{10, 20};
        QTest::newRow("appended over a chunk") << QList<int>{65'530, 70'000, 3};
    }
    void whatIsWrittenIsRead()
    {
        QFETCH(QList<int>, imports);
        const std::string path = newWorkspace();
        std::uint64_t count = 0;
        for (const int spans : imports) {
            QVERIFY(addSpans(path, count, static_cast<std::uint64_t>(spans)));
            count += static_cast<std::uint64_t>(spans);
        }
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const auto columns = everyColumn();
        const auto corpus = workspace->loadCorpus(columns, {});
        QVERIFY2(corpus, corpus ? "" : corpus.error().message.c_str());
        QCOMPARE(corpus->spans.rows(), static_cast<std::uint32_t>(count));
        for (Row row = 0; row < count; row += 1 + row / 50) {
            QCOMPARE(corpus->spans.spanId(row), (Id{0, row + 1, IdForm::Hex64}));
            QCOMPARE(corpus->spans.start(row), static_cast<Nanos>(1'700'000'000 + row) * second);
            QCOMPARE(corpus->spans.duration(row), static_cast<Nanos>(row % 7) * millisecond);
            QCOMPARE(corpus->spans.usage(row)[UsageClass::Input], static_cast<std::int64_t>(row));
            QCOMPARE(corpus->spans.usage(row)[UsageClass::Output], noTokens);
            QCOMPARE(corpus->spans.at(SpanColumn::Trace, row), row / 10);
            QCOMPARE(std::string(corpus->text(SpanText::Name, row)), "span " + std::to_string(row % 1000));
            const auto record = workspace->record(corpus->spans, row);
            QVERIFY(record);
            QCOMPARE(*record, recordOf(row));
        }
    }

    void withoutCommitNothingChanges()
    {
        const std::string path = newWorkspace();
        QVERIFY(addSpans(path, 0, 100));
        QVERIFY(addSpans(path, 100, 200'000, false));
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const auto columns = everyColumn();
        const auto corpus = workspace->loadCorpus(columns, {});
        QVERIFY(corpus);
        QCOMPARE(corpus->spans.rows(), 100u);
        QCOMPARE(workspace->sources()->size(), std::size_t{1});
    }

    /// So much that it is worth to have the disk take it before the commit.
    void whatIsSettledIsReadChangedAndUndone_data()
    {
        QTest::addColumn<bool>("commit");
        QTest::newRow("committed") << true;
        QTest::newRow("given up") << false;
    }
    void whatIsSettledIsReadChangedAndUndone()
    {
        QFETCH(bool, commit);
        const std::string path = newWorkspace();
        std::uint32_t noise = 1;
        std::string record(100'000, ' ');
        std::vector<std::string> records;
        {
            auto writer = SpanWriter::begin(path, {});
            QVERIFY(writer);
            (*writer)->beginSource({"a.jsonl", "test", 10, 0});
            for (std::uint64_t n = 0; n < 200; ++n) {
                for (char& byte : record)
                    byte = static_cast<char>((noise = noise * 1'664'525U + 1'013'904'223U) >> 24U);
                records.push_back(record);
                (*writer)->add(spanNumber(**writer, n), record);
            }
            (*writer)->endSource(200);
            QVERIFY((*writer)->flush());
            const auto columns = everyColumn();
            const auto corpus = (*writer)->corpus(columns);
            QVERIFY(corpus);
            (*writer)->settle();
            const auto read = (*writer)->record(corpus->spans, 199);
            QVERIFY(read);
            QVERIFY(*read == records[199]);
            (*writer)->settle();
            QVERIFY((*writer)->replaceColumn(0, SpanColumn::Depth, encode(std::vector<std::int64_t>(200, 3))));
            if (commit)
                QVERIFY((*writer)->commit());
        }
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const auto corpus = workspace->loadCorpus(everyColumn(), {});
        QVERIFY(corpus);
        QCOMPARE(corpus->spans.rows(), commit ? 200U : 0U);
        for (Row row = 0; row < corpus->spans.rows(); ++row) {
            QCOMPARE(corpus->spans.at(SpanColumn::Depth, row), 3);
            const auto stored = workspace->record(corpus->spans, row);
            QVERIFY(stored);
            QVERIFY(*stored == records[row]);
        }
    }

    void readersSeeTheOldStateWhileAnImportRuns()
    {
        const std::string path = newWorkspace();
        QVERIFY(addSpans(path, 0, 100));
        auto writer = SpanWriter::begin(path, {});
        QVERIFY(writer);
        (*writer)->beginSource({"b", "test", 1, 0});
        for (std::uint64_t n = 100; n < 100'000; ++n)
            (*writer)->add(spanNumber(**writer, n), recordOf(n));
        QVERIFY((*writer)->flush());
        auto reader = Workspace::open(path);
        QVERIFY(reader);
        const std::array columns{SpanColumn::Start};
        const auto before = reader->loadCorpus(columns, {});
        QVERIFY2(before, before ? "" : before.error().message.c_str());
        QCOMPARE(before->spans.rows(), 100u);
        QVERIFY((*writer)->commit());
        const auto after = reader->loadCorpus(columns, {});
        QVERIFY(after);
        QCOMPARE(after->spans.rows(), 100'000u);
    }

    void cancelStopsTheImport()
    {
        const std::string path = newWorkspace();
        std::stop_source stop;
        auto writer = SpanWriter::begin(path, {stop.get_token(), nullptr});
        QVERIFY(writer);
        (*writer)->beginSource({"b", "test", 1, 0});
        for (std::uint64_t n = 0; n < 70'000; ++n)
            (*writer)->add(spanNumber(**writer, n), recordOf(n));
        stop.request_stop();
        const auto flushed = (*writer)->flush();
        QVERIFY(!flushed);
        QCOMPARE(flushed.error().code, ErrorCode::Cancelled);
    }

    void chunksArePublishedWithTheirStrings()
    {
        const std::string path = newWorkspace();
        auto writer = SpanWriter::begin(path, {});
        QVERIFY(writer);
        std::uint32_t rows = 0;
        StringTable strings;
        bool named = true;
        (*writer)->onChunk = [&](const SpanTable::Chunk& chunk, std::shared_ptr<const StringSegment> segment) {
            strings.append(std::move(segment));
            rows += chunk.rows;
            named =
                named &&
                strings[StringId{static_cast<std::uint32_t>(chunk[columnOf(SpanText::Name)][0])}].starts_with("span ");
        };
        (*writer)->beginSource({"b", "test", 1, 0});
        for (std::uint64_t n = 0; n < 70'000; ++n)
            (*writer)->add(spanNumber(**writer, n), recordOf(n));
        QVERIFY((*writer)->flush());
        QCOMPARE(rows, 70'000u);
        QVERIFY(named);
    }

    void streamsAreFoundByTheirSpan()
    {
        const std::string path = newWorkspace();
        auto writer = SpanWriter::begin(path, {});
        QVERIFY(writer);
        (*writer)->beginSource({"b", "test", 1, 0});
        const auto streamOf = [](Row row) {
            StreamWriter stream;
            for (Row i = 0; i <= row % 50; ++i) {
                const std::string text = "token " + std::to_string(row);
                stream.add({StreamEventKind::Chunk, BlockType::Text, 0, 0, Nanos{row} * 1000 + i, -1, -1, text, {}});
            }
            return stream.take();
        };
        for (std::uint64_t n = 0; n < 70'000; ++n)
            (*writer)->add(spanNumber(**writer, n), {});
        for (Row row = 0; row < 70'000; row += 7) // also for chunks that are sealed by now
            (*writer)->addStream(row, streamOf(row));
        QVERIFY((*writer)->flush());
        QVERIFY((*writer)->commit());
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const std::array columns{SpanColumn::StreamEvents, SpanColumn::Flags};
        const auto corpus = workspace->loadCorpus(columns, {});
        QVERIFY(corpus);
        for (const Row row : {Row{0}, Row{7}, Row{6'993}, Row{65'534}, Row{65'541}, Row{69'993}}) {
            const auto stream = workspace->stream(row);
            QVERIFY(stream);
            QCOMPARE(*stream, streamOf(row));
            QCOMPARE(corpus->spans.at(SpanColumn::StreamEvents, row), static_cast<std::int64_t>(stream->count));
            QVERIFY(corpus->spans.flagged(row, SpanFlag::Streamed));
        }
        QCOMPARE(workspace->stream(1)->count, 0u);
        QVERIFY(!corpus->spans.flagged(1, SpanFlag::Streamed));
    }

    void longRecordsCanBeReadAgain()
    {
        const std::string path = newWorkspace();
        const std::string longRecord(std::size_t{120} << 20, 'x');
        {
            auto writer = SpanWriter::begin(path, {});
            QVERIFY(writer);
            (*writer)->beginSource({"a.jsonl", "test", 10, 0});
            (*writer)->add(spanNumber(**writer, 0), recordOf(7));
            (*writer)->add(spanNumber(**writer, 1), longRecord);
            (*writer)->add(spanNumber(**writer, 2), recordOf(8));
            (*writer)->endSource(3);
            QVERIFY((*writer)->flush());
            QVERIFY((*writer)->commit());
        }
        auto workspace = Workspace::open(path);
        QVERIFY(workspace);
        const auto columns = everyColumn();
        const auto corpus = workspace->loadCorpus(columns, {});
        QVERIFY(corpus);
        QCOMPARE(workspace->record(corpus->spans, 0).value(), recordOf(7));
        QVERIFY(workspace->record(corpus->spans, 1).value() == longRecord);
        QCOMPARE(workspace->record(corpus->spans, 2).value(), recordOf(8));
    }

    void timesThatDoNotFitAreFlagged()
    {
        const std::string path = newWorkspace();
        auto writer = SpanWriter::begin(path, {});
        QVERIFY(writer);
        (*writer)->beginSource({"b", "test", 1, 0});
        const auto add = [&](Nanos start, Nanos end) {
            SpanRecord span = spanNumber(**writer, 1);
            span.start = start;
            span.end = end;
            (*writer)->add(span, {});
        };
        add(10, 5);
        add(10, noTime);
        add(std::numeric_limits<Nanos>::min() + 1, std::numeric_limits<Nanos>::max());
        QVERIFY((*writer)->flush());
        const std::array columns{SpanColumn::Duration, SpanColumn::Flags};
        const auto corpus = (*writer)->corpus(columns);
        QVERIFY(corpus);
        QCOMPARE(corpus->spans.duration(0), 0);
        QVERIFY(corpus->spans.flagged(0, SpanFlag::EndsBeforeStart));
        QCOMPARE(corpus->spans.duration(1), -1);
        QVERIFY(corpus->spans.flagged(1, SpanFlag::Unfinished));
        QCOMPARE(corpus->spans.duration(2), -1);
    }

    void issuesAreFolded()
    {
        const std::string path = newWorkspace();
        auto writer = SpanWriter::begin(path, {});
        QVERIFY(writer);
        (*writer)->beginSource({"b.jsonl", "test", 1, 0});
        for (int i = 0; i < 5'000; ++i) {
            ImportIssue issue;
            issue.line = i + 1;
            issue.message = "same";
            (*writer)->report(issue);
            issue.kind = IssueKind::BadValue;
            issue.message = "different " + std::to_string(i);
            (*writer)->report(issue);
        }
        QVERIFY((*writer)->flush());
        QVERIFY((*writer)->commit());
        auto workspace = Workspace::open(path);
        const auto issues = workspace->issues(0, 10'000);
        QVERIFY(issues);
        QCOMPARE(issues->size(), maxIssuesPerKind + 2);
        QCOMPARE(issues->front().count, std::uint64_t{5'000});
        QCOMPARE(issues->front().line, 1);
        QCOMPARE(issues->front().file, std::string("b.jsonl"));
        std::uint64_t total = 0;
        for (const ImportIssue& issue : *issues)
            total += issue.count;
        QCOMPARE(total, std::uint64_t{10'000});
    }

    void recordsAreSearched_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("rows");
        QTest::newRow("word") << "REFUND" << QList<int>{0, 2};
        QTest::newRow("quotes inside a string") << "say \"no\"" << QList<int>{1};
        QTest::newRow("quotes inside JSON inside a string") << "\"role\": \"user\"" << QList<int>{3};
        QTest::newRow("escaped letters") << "Größe" << QList<int>{4, 5};
        QTest::newRow("beyond the first plane") << "😀" << QList<int>{5};
        QTest::newRow("line break") << "one\ntwo" << QList<int>{2};
        QTest::newRow("nothing") << "absent" << QList<int>{};
        QTest::newRow("not across records") << "}{" << QList<int>{};
    }
    void recordsAreSearched()
    {
        const std::string path = newWorkspace();
        auto writer = SpanWriter::begin(path, {});
        QVERIFY(writer);
        (*writer)->beginSource({"b", "test", 1, 0});
        const char* const records[] = {"{\"a\":\"a refund, a Refund\"}",
                                       "{\"a\":\"they say \\\"no\\\"\"}",
                                       "{\"a\":\"refund one\\ntwo\"}",
                                       "{\"a\":\"[{\\\"role\\\": \\\"user\\\"}]\"}",
                                       "{\"a\":\"Größe\"}",
                                       "{\"a\":\"gr\\u00F6\\u00dfe \\ud83d\\ude00\"}"};
        for (std::uint64_t n = 0; n < std::size(records); ++n)
            (*writer)->add(spanNumber(**writer, n), records[n]);
        QVERIFY((*writer)->flush());
        QVERIFY((*writer)->commit());
        QFETCH(QString, text);
        const auto rows = searchRecords(path, text.toStdString(), {});
        QVERIFY(rows);
        QList<int> found;
        for (const Row row : *rows)
            found << static_cast<int>(row);
        QTEST(found, "rows");
    }

    void otherFilesAreRefusedAndNotTouched_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("text") << QByteArray(5'000, 'x') << "no workspace";
        QTest::newRow("cut SQLite header") << QByteArray("SQLite format 3\0", 16) << "no";
    }
    void otherFilesAreRefusedAndNotTouched()
    {
        QFETCH(QByteArray, bytes);
        const std::string path = newPath();
        std::ofstream(path, std::ios::binary) << bytes.toStdString();
        const auto opened = Workspace::open(path);
        QVERIFY(!opened);
        QFETCH(QString, says);
        QVERIFY2(QString::fromStdString(opened.error().message).contains(says), opened.error().message.c_str());
        QVERIFY(opened.error().message.find(path) != std::string::npos);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), bytes);
    }

    void newerVersionsAreRefused()
    {
        const std::string path = newWorkspace();
        {
            auto workspace = Workspace::open(path);
            QVERIFY(workspace);
            QVERIFY(workspace->database().execute("pragma user_version = 99"));
        }
        const auto opened = Workspace::open(path);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Unsupported);
        QVERIFY(opened.error().message.find("newer") != std::string::npos);
        QVERIFY(!SpanWriter::begin(path, {}));
    }

    void temporaryWorkspacesGoAway()
    {
        std::string path;
        {
            auto workspace = Workspace::createTemporary();
            QVERIFY(workspace);
            path = workspace->path();
            QVERIFY(QFile::exists(QString::fromStdString(path)));
            const Workspace moved = std::move(*workspace);
            QVERIFY(moved.isTemporary());
        }
        QVERIFY(!QFile::exists(QString::fromStdString(path)));
    }
};

QTEST_APPLESS_MAIN(TestSpanWriter)
#include "tst_spanwriter.moc"
