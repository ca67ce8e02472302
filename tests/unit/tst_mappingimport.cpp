// layers: core store pipeline
#include "mappingdraft.h"
#include "mappingshelf.h"
#include "session.h"
#include "writefile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace arcscope;

namespace
{

constexpr std::array columns{columnOf(SpanText::Name), columnOf(SpanText::Format)};

const char* const mapping =
    "{\"arcscope\":\"mapping/1\",\"name\":\"steps\",\"matches\":{\"columns\":[\"step\",\"took\"]},"
    "\"spans\":[{\"name\":\"step\",\"duration\":{\"path\":\"took\",\"unit\":\"s\"}}]}";

} // namespace

class TestMappingImport : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const QString& name, const QByteArray& bytes)
    {
        return testing::writeFile(m_folder.filePath(name), bytes).toStdString();
    }
    std::string shelf() const { return m_folder.filePath("shelf").toStdString(); }

private slots:
    void savedOnesAreTriedOnWhatNoFormatKnows()
    {
        const std::string path = write("steps.csv", "step,took\none,1\ntwo,2\n");
        ImportOptions options;
        options.mappingFolder = shelf();
        const auto before = openSession({path}, columns, {}, {}, options);
        QVERIFY(before);
        QCOMPARE(before->corpus.spans.rows(), Row(0));

        const auto saved = saveMapping(shelf(), mapping);
        QVERIFY2(saved, saved ? "" : saved.error().message.c_str());
        QVERIFY(isMappingSaved(shelf(), "steps"));
        QVERIFY(!isMappingSaved(shelf(), "step"));
        write("shelf/broken.json", "{");
        auto session = openSession({path}, columns, {}, {}, options);
        QVERIFY(session);
        QCOMPARE(session->corpus.spans.rows(), Row(2));
        QCOMPARE(session->corpus.text(SpanText::Name, 1), std::string_view("two"));
        QCOMPARE(session->corpus.text(SpanText::Format, 1), std::string_view("mapped"));
        QCOMPARE(session->import->files.front().format, std::string("mapped/steps"));
        const auto issues = session->workspace.issues(0, 10);
        QVERIFY(issues);
        QVERIFY(std::any_of(issues->begin(), issues->end(), [](const ImportIssue& issue) {
            return issue.message.find("a saved mapping is not used: ") != std::string::npos &&
                   issue.message.find("broken.json: byte 2") != std::string::npos;
        }));
    }

    void theOneAskedForComesBeforeFormats()
    {
        const std::string session = write("session.jsonl", "{\"type\":\"user\",\"uuid\":\"u\",\"parentUuid\":null,"
                                                           "\"sessionId\":\"s\",\"timestamp\":\"2026-01-02T03:04:05Z\","
                                                           "\"message\":{\"role\":\"user\",\"content\":\"x\"}}\n");
        ImportOptions options;
        const auto known = openSession({session}, columns, {}, {}, options);
        QVERIFY(known);
        QCOMPARE(known->import->files.front().format, std::string("claude-code"));
        options.mappingFile =
            write("asked.json", "{\"arcscope\":\"mapping/1\",\"name\":\"asked\",\"spans\":[{\"name\":\"type\"}]}");
        const auto asked = openSession({session}, columns, {}, {}, options);
        QVERIFY(asked);
        QCOMPARE(asked->import->files.front().format, std::string("mapped/asked"));
        QCOMPARE(asked->corpus.text(SpanText::Name, 0), std::string_view("user"));
        options.mappingFile = session;
        const auto wrong = openSession({session}, columns, {}, {}, options);
        QVERIFY(!wrong);
        QVERIFY(QString::fromStdString(wrong.error().message).contains("session.jsonl: "));
    }

    void savingRefuses()
    {
        QVERIFY(!saveMapping(shelf(), "{}"));
        QVERIFY(!saveMapping({}, mapping));
        const std::string file = write("file", "x");
        QVERIFY(!saveMapping(file + "/inside", mapping));
        QVERIFY(!QFile::exists(m_folder.filePath("file/inside")));
    }

    void draftsAreMappings()
    {
        const std::string path = write("odd names.csv", "a.b,\"say \"\"x\"\"\",Latency (ms)\n1,2,3\n4,5,6\n");
        const auto preview = previewFile(path, {});
        QVERIFY(preview);
        QVERIFY(preview->table);
        QCOMPARE(preview->fields.size(), std::size_t(3));
        MappingDraft draft;
        draft.name = draftName(path);
        QCOMPARE(draft.name, std::string("odd-names"));
        draft.preview = *preview;
        draft.choices.resize(3);
        for (std::size_t i = 0; i < draftMeanings().size(); ++i) {
            if (draftMeanings()[i].word == "name")
                draft.choices[0].meaning = i;
            if (draftMeanings()[i].word == "task")
                draft.choices[1].meaning = i;
        }
        const auto trial = tryMapping(path, mappingText(draft), 1);
        QVERIFY2(trial, trial ? "" : trial.error().message.c_str());
        QCOMPARE(trial->spans, std::uint64_t(1));
        QCOMPARE(trial->first.front().name, std::string("1"));
        // It is found again by its columns.
        QVERIFY(saveMapping(shelf(), mappingText(draft)));
        ImportOptions options;
        options.mappingFolder = shelf();
        const auto session = openSession({path}, columns, {}, {}, options);
        QVERIFY(session);
        QCOMPARE(session->import->files.front().format, std::string("mapped/odd-names"));
    }

    void lookingIsBounded()
    {
        QByteArray rows = "[";
        for (int i = 0; i < 1'000; ++i)
            rows +=
                (i > 0 ? "," : "") + QByteArray("{\"k") + QByteArray::number(i) + "\":" + QByteArray::number(i) + "}";
        const auto preview = previewFile(write("wide.json", rows + "]"), {});
        QVERIFY(preview);
        QCOMPARE(preview->recordPaths.front(), std::string("[]"));
        QCOMPARE(preview->recordCount, std::uint64_t(previewRecords));
        QCOMPARE(preview->fields.size(), previewRecords);
        QVERIFY(!preview->fields.front().always);
        QVERIFY(!isMappable(write("prose.txt", "Nothing here.\n")));
        QVERIFY(isMappable(write("two.csv", "a,b\n1,2\n")));
    }
};

QTEST_APPLESS_MAIN(TestMappingImport)
#include "tst_mappingimport.moc"
