// layers: importers ZLIB::ZLIB PkgConfig::zstd
#include "readformat.h"
#include "zipwriter.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

struct Archive {
    RecordingSink sink;
    std::vector<ImportIssue> issues; ///< of the archive itself
    QStringList formats;
    QStringList errors;
    QStringList parts; ///< members whose spans are in others
};

/// Everything behind a file, as an import reads it.
void readArchive(const QString& path, Archive& archive)
{
    const std::string paths[] = {path.toStdString()};
    const auto files = expandInputs(paths, archive.issues);
    QVERIFY(files);
    for (const InputFile& file : *files) {
        const auto source = openSource(file);
        if (!source) {
            archive.errors << QString::fromStdString(source.error().message);
            continue;
        }
        const ImportFormat* format = sniff(Probe::of(**source));
        archive.formats << (format ? QString::fromStdString(std::string(format->name)) : QString("none"));
        if (!format)
            continue;
        ReadJob job{**source, archive.sink, {}, file.name};
        if (const auto done = format->read(job); !done)
            archive.errors << QString::fromStdString(done.error().message);
        if (job.isPart)
            archive.parts << QString::fromStdString(file.name.substr(file.name.find('!') + 1));
    }
}

/// The trace of every span of that kind.
QStringList traces(Archive& archive, SpanKind kind)
{
    QStringList found;
    for (const auto& [span, record] : archive.sink.spans) {
        if (span.kind == kind)
            found << QString::fromStdString(archive.sink.text(StringId{static_cast<std::uint32_t>(span.trace.low)}));
    }
    return found;
}

} // namespace

class TestInspectLog : public QObject
{
    Q_OBJECT

private slots:
    void cases_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : caseFiles("inspectlog"))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    void cases()
    {
        QFETCH(QString, path);
        QCOMPARE(wrongWith(path, "inspect"), QString());
    }

    void countsAreThoseOfTheContent()
    {
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("inspect"), fileText(folder + "log.json"), sink));
        int calls = 0;
        for (const auto& [span, record] : sink.spans) {
            if (span.kind != SpanKind::ModelCall)
                continue;
            ++calls;
            const SpanContent content = formatNamed("inspect")->decode(record, {});
            QCOMPARE(static_cast<std::int64_t>(content.input.size() + content.output.size()), span.messages);
            std::int64_t asked = 0;
            for (const Message& message : content.output) {
                for (const Part& part : message.parts)
                    asked += part.kind == PartKind::ToolCall ? 1 : 0;
            }
            QCOMPARE(asked, span.callsAsked);
        }
        QCOMPARE(calls, 7);
    }

    /// Texts and messages that an event only points at are shown in it.
    void referencesAreResolved()
    {
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("inspect"), fileText(folder + "log.json"), sink));
        QStringList inputs;
        QString result;
        for (const auto& [span, record] : sink.spans) {
            const SpanContent content = formatNamed("inspect")->decode(record, {});
            for (const Message& message : content.input) {
                for (const Part& part : message.parts)
                    inputs << QString::fromStdString(part.text);
            }
            if (sink.text(span, SpanText::ToolCallId) == "c1")
                result = QString::fromStdString(content.toolResult);
        }
        QCOMPARE(inputs.count("What is 2 + 2? \"really\""), 2);
        QCOMPARE(inputs.count("not used"), 0);
        QCOMPARE(inputs.count("the old text"), 1);
        QCOMPARE(result, "4, as it seems");
        QVERIFY(inputs.filter("://").isEmpty());
    }

    void archives_data()
    {
        QTest::addColumn<int>("method");
        QTest::newRow("stored") << 0;
        QTest::newRow("deflate") << 8;
        QTest::newRow("zstd") << 93;
    }

    void archives()
    {
        QFETCH(int, method);
        Archive archive;
        readArchive(write(zip(method)), archive);
        QCOMPARE(archive.errors, QStringList());
        QVERIFY(archive.issues.empty());
        QCOMPARE(archive.formats, QStringList({"inspect", "inspect", "inspect", "inspect", "inspect"}));
        QCOMPARE(traces(archive, SpanKind::Agent), QStringList({"run/7_epoch_1", "run/9_epoch_1"}));
        QCOMPARE(traces(archive, SpanKind::ModelCall), QStringList({"run/7_epoch_1", "run/9_epoch_1"}));
        QVERIFY(traces(archive, SpanKind::Workflow).count("eval:run") == 2); // when it began, and when it ended
    }

    void archivesWithoutAnEnd_data() { archives_data(); }

    void archivesWithoutAnEnd()
    {
        QFETCH(int, method);
        const std::string whole = zip(method);
        Archive nearlyAll;
        readArchive(write(whole.substr(0, whole.size() - 1)), nearlyAll);
        QVERIFY(!nearlyAll.issues.empty());
        QCOMPARE(traces(nearlyAll, SpanKind::Agent), QStringList({"run/7_epoch_1", "run/9_epoch_1"}));
        for (std::size_t size = 41; size < whole.size(); size += 97) {
            Archive archive;
            readArchive(write(whole.substr(0, size)), archive);
            QVERIFY(!archive.issues.empty() || !archive.errors.isEmpty() || archive.formats.contains("none"));
            QVERIFY(archive.sink.spans.size() <= nearlyAll.sink.spans.size());
        }
    }

    void sizesThatLie()
    {
        for (const std::uint32_t claimed : {1U, 1'000'000U, 0xFFFFFFF0U}) {
            ZipWriter writer;
            writer.add("samples/7_epoch_1.json", fileText(folder + "sample.json"), 93, claimed);
            Archive archive;
            readArchive(write(writer.finish()), archive);
            QVERIFY(archive.sink.spans.size() < 20);
            QVERIFY(!archive.errors.isEmpty() || !archive.sink.issues.empty() || !archive.issues.empty());
        }
    }

    void namesAreNeverPaths()
    {
        const QString outside = m_folder.filePath("outside.json");
        ZipWriter writer;
        writer.add("../outside.json", fileText(folder + "sample.json"), 93);
        writer.add("/tmp/../samples/x.json", fileText(folder + "sample.json"), 0);
        Archive archive;
        readArchive(write(writer.finish()), archive);
        QVERIFY(!QFile::exists(outside));
        QVERIFY(!archive.sink.spans.empty());
    }

    /// What unpacks to far more than any log does is refused, and the other members are read.
    void bombs()
    {
        ZipWriter writer;
        writer.add("samples/7_epoch_1.json", fileText(folder + "sample.json"), 93);
        std::string bomb = "{\"id\":1,\"epoch\":1,\"input\":\"a\",\"target\":\"b\",\"events\":[";
        writer.addRepeated("samples/8_epoch_1.json", bomb, std::string(std::size_t(1) << 20, ' '), 1'400);
        Archive archive;
        readArchive(write(writer.finish()), archive);
        QCOMPARE(archive.errors.filter("bomb").size(), 1);
        QCOMPARE(traces(archive, SpanKind::ModelCall).count("run/7_epoch_1"), 1);
    }

    /// They say what the samples say; no warning is due that they have no spans, and no row for each of them.
    void partsBesideTheSamples()
    {
        const std::string summaries = "[{\"id\":7,\"epoch\":1,\"input\":\"\",\"target\":\"\",\"scores\":{}}]";
        ZipWriter writer;
        writer.add("samples/7_epoch_1.json", fileText(folder + "sample.json"), 93);
        writer.add("_journal/summaries/1.json", summaries, 8);
        writer.add("_journal/summaries/2.json", summaries, 8);
        writer.add("summaries.json", summaries, 8);
        writer.add("reductions.json", "[{\"scorer\":\"match\",\"reducer\":\"mean\",\"samples\":[]}]", 8);
        Archive archive;
        readArchive(write(writer.finish()), archive);
        QCOMPARE(archive.parts, QStringList({"_journal/summaries/1.json", "_journal/summaries/2.json", "summaries.json",
                                             "reductions.json"}));
        QCOMPARE(std::count_if(
                     archive.sink.issues.begin(), archive.sink.issues.end(),
                     [](const ImportIssue& issue) { return issue.message == "summaries repeat what the samples say"; }),
                 1);

        RecordingSink sink;
        const auto alone = memorySource(summaries);
        ReadJob job{*alone, sink, {}, "logs/summaries.json"};
        QVERIFY(formatNamed("inspect")->read(job));
        QVERIFY(!job.isPart);
        QVERIFY(sink.spans.empty());
    }

    void othersAreNotTaken_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("tau bench") << "[{'task_id':1,'reward':1,'info':{},'traj':[]}]";
        QTest::newRow("an id alone") << "{'id':1,'input':'a','output':'b'}";
        QTest::newRow("events of another kind") << "{'events':[{'event':'x','time':1}]}";
        QTest::newRow("eval without a task") << "{'eval':{'score':1},'version':2}";
    }

    void othersAreNotTaken()
    {
        QFETCH(QString, text);
        QVERIFY(sniffed(text.replace('\'', '"').toStdString()) != "inspect");
    }

private:
    static std::string zip(int method)
    {
        const std::string log = fileText(folder + "sample.json");
        std::string other = log;
        other.replace(other.find("\"id\": 7"), 7, "\"id\": 9");
        const std::string head = "{\"version\":2,\"eval\":{\"task\":\"t\",\"dataset\":{}},\"plan\":{}}";
        const std::string header = "{\"version\":2,\"status\":\"success\",\"eval\":{\"task\":\"t\",\"dataset\":{}}}";
        ZipWriter writer;
        writer.add("_journal/start.json", head, method);
        writer.add("samples/7_epoch_1.json", log, method);
        writer.add("samples/9_epoch_1.json", other, method);
        writer.add("summaries.json", "[{\"id\":7,\"epoch\":1,\"input\":\"\",\"target\":\"\",\"scores\":{}}]", method);
        writer.add("header.json", header, method);
        return writer.finish();
    }

    QString write(const std::string& bytes)
    {
        QFile file(m_folder.filePath("run.eval"));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName();
    }

    inline static const QString folder = ARCSCOPE_TEST_DATA "/formats/inspectlog/";
    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestInspectLog)
#include "tst_inspectlog.moc"
