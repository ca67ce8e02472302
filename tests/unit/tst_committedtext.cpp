// layers: core importers SHARED
// What is left of every recorded stream when all that was taken back is gone, against the final message that the same
// source states. The statements are read here from the files by themselves, with Qt's JSON.
#include "readformat.h"
#include "streammodel.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const QString data = ARCSCOPE_SHARED_DIR "/data/";

/// The streams of a file by the row of their span, each in the order of the file.
std::map<Row, std::vector<std::shared_ptr<const StreamModel>>> streamsOf(const QString& path, std::string_view format,
                                                                         RecordingSink& sink)
{
    std::map<Row, std::vector<std::shared_ptr<const StreamModel>>> streams;
    if (readWith(*formatNamed(format), fileText(path), sink)) {
        for (const auto& [row, stream] : sink.streams)
            streams[row].push_back(StreamModel::of(stream));
    }
    return streams;
}

/// The text of a block behind the last event.
QString committed(const StreamModel& model, const TextBlock& block)
{
    return QString::fromStdString(block.textAt(static_cast<std::uint32_t>(model.events().size() - 1)));
}

/// All text of one type, block after block.
QString committed(const StreamModel& model, BlockType type)
{
    QString text;
    for (const TextBlock& block : model.blocks()) {
        if (block.type == type)
            text += committed(model, block);
    }
    return text;
}

std::vector<QJsonObject> objectsOf(const QString& path)
{
    std::vector<QJsonObject> objects;
    for (const QByteArray& line : QByteArray::fromStdString(fileText(path)).split('\n')) {
        if (!line.trimmed().isEmpty())
            objects.push_back(QJsonDocument::fromJson(line).object());
    }
    return objects;
}

QString joined(const QJsonArray& parts)
{
    QString text;
    for (const QJsonValue& part : parts)
        text += part["text"].toString();
    return text;
}

/// The text or the arguments of an item of a response that has ended.
QString finalText(const QJsonObject& item)
{
    const QString type = item["type"].toString();
    if (type == "message")
        return joined(item["content"].toArray());
    if (type == "reasoning")
        return joined(item["summary"].toArray()) + joined(item["content"].toArray());
    for (const char* key : {"arguments", "input", "code"}) {
        if (item[QLatin1String(key)].isString())
            return item[QLatin1String(key)].toString();
    }
    return {};
}

} // namespace

class TestCommittedText : public QObject
{
    Q_OBJECT

private slots:
    /// Every delta of the window of Codex has a time; messages and sections of reasoning follow as a whole.
    void codexWindow()
    {
        const QString path = data + "codex-tui/binary-size-log.jsonl";
        QStringList messages;
        QStringList reasoning;
        for (const QJsonObject& record : objectsOf(path)) {
            const QJsonObject said = record["payload"]["msg"].toObject();
            if (said["type"] == "agent_message")
                messages << said["message"].toString();
            else if (said["type"] == "agent_reasoning")
                reasoning << said["text"].toString();
        }
        RecordingSink sink;
        QStringList shown;
        QStringList thought;
        int timed = 0;
        for (const auto& [row, models] : streamsOf(path, "codex-tui-log", sink)) {
            if (sink.spans[row].span.kind != SpanKind::ModelCall)
                continue;
            for (const TextBlock& block : models.front()->blocks()) {
                if (block.type == BlockType::Text)
                    shown << committed(*models.front(), block);
                else if (block.type == BlockType::Reasoning)
                    thought << committed(*models.front(), block);
            }
            timed += models.front()->timed();
            QVERIFY(models.front()->retractions().empty());
        }
        QCOMPARE(shown.size(), 4);
        QCOMPARE(shown, messages);
        QCOMPARE(thought.size(), 20);
        QCOMPARE(thought, reasoning);
        QCOMPARE(timed, 34);
    }

    /// The outputs of a LangSmith run are put together by its client.
    void langSmith()
    {
        for (const char* name :
             {"langsmith_py_wrap_openai_stream.json", "langsmith_py_wrap_openai_stream_no_usage.json"}) {
            const QString path = data + "langsmith/python/tests/integration_tests/test_data/" + name;
            const QJsonObject batch = QJsonDocument::fromJson(QByteArray::fromStdString(fileText(path))).object();
            const QString stated = batch["patch"][0]["outputs"]["choices"][0]["message"]["content"].toString();
            QVERIFY(!stated.isEmpty());
            RecordingSink sink;
            const auto streams = streamsOf(path, "langsmith", sink);
            QCOMPARE(streams.size(), std::size_t(1));
            QCOMPARE(committed(*streams.begin()->second.front(), BlockType::Text), stated);
        }
    }

    /// Calls that were aborted: their text stays, arguments of tools that never came to an end do not.
    void piAborted()
    {
        const QString path = data + "pi-mono/large-session.jsonl";
        QStringList stated;
        int aborted = 0;
        for (const QJsonObject& record : objectsOf(path)) {
            const QJsonObject message = record["message"].toObject();
            aborted += message["stopReason"] == "aborted";
            QString text;
            bool partial = false;
            for (const QJsonValue& block : message["content"].toArray()) {
                text += block["text"].toString();
                partial = partial || block.toObject().contains(QLatin1String("partialJson"));
            }
            if (partial)
                stated << text;
        }
        RecordingSink sink;
        QStringList shown;
        std::size_t withdrawn = 0;
        for (const auto& [row, models] : streamsOf(path, "pi-session", sink)) {
            const StreamModel& model = *models.front();
            shown << committed(model, BlockType::Text);
            for (const Retraction& gone : model.retractions()) {
                QCOMPARE(model.blocks()[gone.block].type, BlockType::ToolCall);
                QCOMPARE(committed(model, model.blocks()[gone.block]), QString());
                ++withdrawn;
            }
        }
        QCOMPARE(shown, stated);
        QCOMPARE(shown.size(), 3);
        QCOMPARE(withdrawn, std::size_t(3));
        int cancelled = 0;
        for (const auto& [span, record] : sink.spans)
            cancelled += span.kind == SpanKind::ModelCall && span.status == SpanStatus::Cancelled;
        QCOMPARE(aborted, 21);
        QCOMPARE(cancelled, aborted);
    }

    /// Interrupts of Claude Code fell between two answers: nothing was half said, and a call of a tool that the user
    /// stopped says so.
    void claudeInterrupted()
    {
        int interrupts = 0;
        int stopped = 0; // the user refused them
        for (const char* name : {"258c7280-ae70-4798-800f-63464d01a85d.jsonl", "tool_heavy.jsonl", "short.jsonl"}) {
            const QString path = data + "claude-code-spotter/" + name;
            int stated = 0;
            for (const QJsonObject& record : objectsOf(path)) {
                const QString text = record["message"]["content"][0]["text"].toString();
                stated += record["type"] == "user" && text.startsWith(QLatin1String("[Request interrupted by user"));
            }
            RecordingSink sink;
            QVERIFY(streamsOf(path, "claude-code", sink).empty());
            int shown = 0;
            for (const auto& [span, record] : sink.spans) {
                const bool cancelled = span.status == SpanStatus::Cancelled;
                shown += cancelled && sink.text(span, SpanText::Name) == "interrupt";
                stopped += cancelled && span.kind == SpanKind::ToolCall;
                QVERIFY(!cancelled || span.kind != SpanKind::ModelCall);
            }
            QCOMPARE(shown, stated);
            interrupts += shown;
        }
        QCOMPARE(interrupts, 4);
        QCOMPARE(stopped, 3);
    }

    /// The event that ends a response holds all its items.
    void responses()
    {
        int streams = 0;
        int compared = 0;
        int whole = 0; // items that came without deltas: a request for approval of an MCP tool
        QStringList differ;
        QDirIterator walk(data + "vercel-ai/openai/src/responses/__fixtures__", {"*.chunks.txt"}, QDir::Files);
        while (walk.hasNext()) {
            const QString path = walk.next();
            std::vector<QJsonArray> stated;
            for (const QJsonObject& event : objectsOf(path)) {
                const QString type = event["type"].toString();
                if (type == "response.completed" || type == "response.incomplete")
                    stated.push_back(event["response"]["output"].toArray());
            }
            RecordingSink sink;
            std::size_t response = 0;
            for (const auto& [row, models] : streamsOf(path, "openai-responses-stream", sink)) {
                if (response == stated.size())
                    break;
                ++streams;
                const StreamModel& model = *models.front();
                const QJsonArray items = stated[response++];
                for (const TextBlock& block : model.blocks()) {
                    const QString text = committed(model, block);
                    const QString expected = finalText(items[static_cast<int>(block.index)].toObject());
                    whole += text.isEmpty() && !expected.isEmpty();
                    if (text.isEmpty() || expected.isEmpty())
                        continue;
                    ++compared;
                    if (text != expected)
                        differ << path.section('/', -1) + ' ' + QString::number(block.index) + ": " + text.left(60) +
                                      " | " + expected.left(60);
                }
            }
        }
        QCOMPARE(differ, QStringList());
        QCOMPARE(streams, 23);
        QCOMPARE(compared, 22);
        QCOMPARE(whole, 1);
    }

    /// Refused, spliced and broken streams among whole ones: what the events of a message leave of it.
    void anthropic()
    {
        int streams = 0;
        int empty = 0;
        qsizetype bytes = 0;
        QDirIterator walk(data + "vercel-ai/anthropic/src/__fixtures__", {"*.chunks.txt"}, QDir::Files);
        while (walk.hasNext()) {
            const QString path = walk.next();
            QStringList stated;
            bool open = false;
            for (const QJsonObject& event : objectsOf(path)) {
                const QString type = event["type"].toString();
                if (type == "message_start") {
                    if (!open)
                        stated << QString();
                    open = true;
                    stated.last().clear();
                } else if (type == "content_block_start") {
                    stated.last() += event["content_block"]["text"].toString();
                } else if (type == "content_block_delta") {
                    stated.last() += event["delta"]["text"].toString();
                } else if (type == "message_delta" && event["delta"]["stop_reason"] == "refusal") {
                    stated.last().clear();
                } else if (type == "message_stop") {
                    open = false;
                }
            }
            RecordingSink sink;
            QStringList shown;
            for (const auto& [row, models] : streamsOf(path, "anthropic-stream", sink)) {
                shown << committed(*models.front(), BlockType::Text);
                const SpanContent content = formatNamed("anthropic-stream")->decode(sink.spans[row].record, {});
                QString decoded;
                for (const Message& message : content.output) {
                    for (const Part& part : message.parts)
                        decoded += part.kind == PartKind::Text ? QString::fromStdString(part.text) : QString();
                }
                QCOMPARE(decoded, shown.last());
            }
            QVERIFY2(shown == stated, qPrintable(path));
            streams += static_cast<int>(shown.size());
            empty += static_cast<int>(shown.count(QString()));
            bytes += shown.join(QString()).toUtf8().size();
        }
        QCOMPARE(streams, 21);
        QCOMPARE(empty, 4);
        QCOMPARE(bytes, qsizetype(18518));
    }

    /// Every stream in recorded HTTP: what is left of it is what the inspector shows as the answer. Two more bodies of
    /// openllmetry are streams of the Assistants API, which are no answers of a model.
    void cassettes_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("streams");
        for (const auto& [folder, streams] :
             {std::pair{"langsmith", 8}, {"openinference", 10}, {"openllmetry", 88}, {"pydantic-ai", 37}})
            QTest::newRow(folder) << folder << streams;
    }

    void cassettes()
    {
        QFETCH(QString, folder);
        QFETCH(int, streams);
        int compared = 0;
        QDirIterator walk(data + folder, {"*.yaml"}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = walk.next();
            RecordingSink sink;
            for (const auto& [row, models] : streamsOf(path, "vcr-cassette", sink)) {
                const SpanContent content = formatNamed("vcr-cassette")->decode(sink.spans[row].record, {});
                QString text;
                for (const Message& message : content.output) {
                    for (const Part& part : message.parts)
                        text += part.kind == PartKind::Text ? QString::fromStdString(part.text) : QString();
                }
                QVERIFY2(committed(*models.front(), BlockType::Text) == text, qPrintable(path));
                ++compared;
            }
        }
        QCOMPARE(compared, streams);
    }
};

QTEST_APPLESS_MAIN(TestCommittedText)
#include "tst_committedtext.moc"
