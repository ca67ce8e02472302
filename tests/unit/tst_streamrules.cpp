// layers: importers
#include "readformat.h"
#include "recordedscript.h"
#include "streamrules.h"

#include <QTest>

#include <array>
#include <set>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr const char* page = ARCSCOPE_TEST_DATA "/../../models/importers/recording.md";

struct RuleCase {
    RecordingRule rule;
    const char* script;
};

/// A recording for each rule that breaks it and nothing else.
constexpr std::array<RuleCase, streamRuleCount> ruleCases = {{
    {RecordingRule::SequenceOrder, "start\nend sequence=2\nchunk chunk.content=a sequence=1 at=1000\n"},
    {RecordingRule::SequenceGap, "start\nchunk chunk.content=a sequence=2\nend sequence=3\n"},
    {RecordingRule::SequenceRepeated,
     "start\nchunk chunk.content=a\nchunk chunk.content=b sequence=1\nend sequence=2\n"},
    {RecordingRule::SequenceMissing, "start\nchunk chunk.content=a -sequence\nend\n"},
    {RecordingRule::TimeGoesBack, "start at=20\nchunk chunk.content=a at=10\nend at=30\n"},
    {RecordingRule::UnknownEvent, "start\nrewind\nend\n"},
    {RecordingRule::UnknownUnit, "chunk chunk.content=ab\ncommit offset.end=1 offset.unit=words\nend\n"},
    {RecordingRule::UnknownWord, "chunk chunk.content=ab block.type=poem\nend\n"},
    {RecordingRule::BadNumber, "chunk chunk.content=ab chunk.tokens=2 block.index=-1\nend\n"},
    {RecordingRule::MissingAttribute, "chunk chunk.content=ab\ncommit\nend\n"},
    {RecordingRule::BlockTypeChanges,
     "chunk chunk.content=ab block.type=text\nchunk chunk.content=c block.type=reasoning\nend\n"},
    {RecordingRule::OffsetBeyondText, "chunk chunk.content=ab\nretract retract.from=1 retract.to=3\nend\n"},
    {RecordingRule::OffsetInsideCharacter, "chunk chunk.content=\u00e9a\ncommit offset.end=1\nend\n"},
    {RecordingRule::LengthDiffers, "chunk chunk.content=abc offset.start=0 offset.end=2\nend\n"},
    {RecordingRule::AcceptWithoutDraft, "chunk chunk.content=ab\naccept draft.id=d accepted_tokens=1\nend\n"},
    {RecordingRule::AcceptEndUnknown, "draft draft.id=d chunk.content=a_b_c draft.tokens=3\n"
                                      "accept draft.id=d accepted_tokens=1 rejected_tokens=2\nend\n"},
    {RecordingRule::CountsDiffer, "draft draft.id=d chunk.content=a_b_c draft.tokens=3\n"
                                  "accept draft.id=d accepted_tokens=1 rejected_tokens=1 offset.end=1\nend\n"},
    {RecordingRule::DraftUnsettled, "draft draft.id=d chunk.content=a_b_c draft.tokens=3\nend\n"},
    {RecordingRule::RetractOfNothing, "chunk chunk.content=ab\nretract retract.from=1 retract.to=1\nend\n"},
    {RecordingRule::RetractBeforeCommit,
     "chunk chunk.content=ab\ncommit offset.end=2\nretract retract.from=1 retract.to=2\nend\n"},
    {RecordingRule::RetractUnexplained,
     "chunk chunk.content=ab\nretract retract.from=1 retract.to=2 -retract.reason\nend\n"},
    {RecordingRule::CommitGoesBack, "chunk chunk.content=ab\ncommit offset.end=2\ncommit offset.end=1\nend\n"},
    {RecordingRule::ContentAfterEnd, "start\nend\nchunk chunk.content=a\n"},
    {RecordingRule::NoTerminalEvent, "start\nchunk chunk.content=a\nend terminal_seen=false\n"},
}};

/// The words of the rules that a script breaks, as often as it does.
QStringList broken(const char* script)
{
    RecordedStream stream = recordedScript(script);
    QStringList words;
    for (const StreamDefect& defect : stream.check()) {
        const std::string_view rule = word(defect.rule);
        const QString shown = QString::fromUtf8(rule.data(), static_cast<qsizetype>(rule.size()));
        if (!defect.message.starts_with(std::string(rule) + ": "))
            words << "the message does not begin with " + shown;
        words << (defect.count == 1 ? shown : shown + QStringLiteral(" x%1").arg(defect.count));
    }
    return words;
}

/// The pieces of recording.md that are JSON.
std::vector<std::string> examples()
{
    const std::string text = fileText(page);
    std::vector<std::string> found;
    const std::string_view fence = "```json\n";
    for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
        at += fence.size();
        found.push_back(text.substr(at, text.find("```", at) - at));
    }
    return found;
}

} // namespace

class TestStreamRules : public QObject
{
    Q_OBJECT

private slots:
    void eachRuleIsBrokenAlone_data()
    {
        QTest::addColumn<QByteArray>("script");
        std::set<RecordingRule> rules;
        for (const RuleCase& one : ruleCases) {
            rules.insert(one.rule);
            QTest::newRow(word(one.rule).data()) << QByteArray(one.script);
        }
        QCOMPARE(rules.size(), streamRuleCount);
    }
    void eachRuleIsBrokenAlone()
    {
        QFETCH(QByteArray, script);
        QCOMPARE(broken(script), QStringList(QTest::currentDataTag()));
    }

    /// Further ways to break a rule.
    void rulesAreBrokenInOtherWays_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("words");
        const auto breaks = [](const char* name, const char* script, const char* words) {
            QTest::newRow(name) << QByteArray(script) << QString(words);
        };
        breaks("twice", "rewind\nrewind\nend\n", "unknown-event x2");
        breaks("two", "rewind\nend\nchunk chunk.content=a\n", "unknown-event content-after-end");
        breaks("monotonic", "start time.monotonic_ns=20\nend time.monotonic_ns=19\n", "time-goes-back");
        breaks("no unit", "chunk chunk.content=ab -offset.unit offset.start=0\nend\n", "unknown-unit");
        breaks("tokens", "chunk chunk.content=ab chunk.tokens=some\nend\n", "bad-number");
        breaks("evidence", "chunk chunk.content=ab\nretract retract.from=0 retract.to=1 retract.evidence=felt\nend\n",
               "unknown-word");
        breaks("draft without id", "draft chunk.content=ab\naccept offset.end=1\nend\n", "missing-attribute x2");
        breaks("range", "chunk chunk.content=ab\nretract retract.from=1\nend\n", "missing-attribute");
        breaks("chunk beyond", "chunk chunk.content=ab\nchunk chunk.content=c offset.start=3 offset.end=4\nend\n",
               "offset-beyond-text");
        breaks("retract beyond", "chunk chunk.content=ab\nretract retract.from=2 retract.to=3\nend\n",
               "offset-beyond-text");
        breaks("accept before its draft",
               "chunk chunk.content=ab\ndraft draft.id=d chunk.content=cd\naccept draft.id=d offset.end=1\nend\n",
               "offset-beyond-text");
        breaks(
            "settled twice",
            "draft draft.id=d chunk.content=cd\naccept draft.id=d offset.end=1\naccept draft.id=d offset.end=1\nend\n",
            "accept-without-draft");
        breaks("says nothing", "draft draft.id=d chunk.content=cd\naccept draft.id=d\nend\n", "accept-end-unknown");
        breaks("none rejected, text gone",
               "draft draft.id=d chunk.content=cd\naccept draft.id=d offset.end=1 rejected_tokens=0\nend\n",
               "counts-differ");
        breaks("id used again",
               "draft draft.id=d chunk.content=ab\nchunk chunk.content=x\ndraft draft.id=d chunk.content=cd\n"
               "accept draft.id=d offset.end=5\nend\n",
               "draft-unsettled");
        breaks("accept below a commit",
               "draft draft.id=d chunk.content=cd\ncommit offset.end=2\naccept draft.id=d offset.end=1\nend\n",
               "retract-before-commit");
        breaks("superseded below a commit",
               "chunk chunk.content=cd\ncommit offset.end=2\nchunk chunk.content=e offset.start=1\nend\n",
               "retract-before-commit");
        breaks("no end", "start\nchunk chunk.content=a\n", "no-terminal-event");
    }
    void rulesAreBrokenInOtherWays()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, words);
        QCOMPARE(broken(script), words.replace(" x", "*x").split(' ').replaceInStrings("*x", " x"));
    }

    void noRuleIsBroken_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::newRow("everything") << QByteArray(
            "start\n"
            "chunk chunk.content=It_ block.type=text offset.start=0 offset.end=3\n"
            "draft draft.id=d1 chunk.content=rains_now draft.tokens=2 offset.start=3\n"
            "accept draft.id=d1 accepted_tokens=1 rejected_tokens=1 offset.end=8\n"
            "retract retract.from=8 retract.to=12\n"
            "chunk chunk.content=_always offset.start=8 offset.end=15\n"
            "commit offset.end=15\n"
            "draft draft.id=d2 draft.tokens=4\n"
            "stall stall.duration=1.5\n"
            "accept draft.id=d2 accepted_tokens=0 rejected_tokens=4\n"
            "keepalive keepalive.kind=ping\n"
            "chunk chunk.content={} block.index=1 block.type=tool_call "
            "chunk.kind=arguments\n"
            "error error.type=overloaded\n"
            "end terminal_seen=true\n");
        QTest::newRow("a draft in pieces") << QByteArray("draft draft.id=d chunk.content=a draft.tokens=1\n"
                                                         "draft draft.id=d chunk.content=_b draft.tokens=1\n"
                                                         "draft draft.id=d chunk.content=_c draft.tokens=1\n"
                                                         "accept draft.id=d accepted_tokens=2 rejected_tokens=1\n"
                                                         "commit offset.end=3\nend\n");
        QTest::newRow("withdrawn before it is settled")
            << QByteArray("draft draft.id=d chunk.content=abc draft.tokens=3\n"
                          "retract retract.from=1 retract.to=3\n"
                          "accept draft.id=d accepted_tokens=1 "
                          "rejected_tokens=2\nend\n");
        QTest::newRow("withdrawn whole") << QByteArray("draft draft.id=d chunk.content=abc\n"
                                                       "retract retract.from=0 retract.to=3\nend\n");
        QTest::newRow("no content is recorded") << QByteArray("chunk chunk.tokens=4 offset.start=0 offset.end=17\n"
                                                              "retract retract.from=9 retract.to=17\n"
                                                              "commit offset.end=9\nend\n");
        QTest::newRow("no numbers") << QByteArray("start -sequence\nchunk chunk.content=a -sequence\nend -sequence\n");
        QTest::newRow("two streams") << QByteArray(
            "start\nstart id=t sequence=0\nend sequence=1\nend id=t sequence=1\n");
    }
    void noRuleIsBroken()
    {
        QFETCH(QByteArray, script);
        QCOMPARE(broken(script), QStringList());
    }

    void thePageExplainsEveryRule()
    {
        const std::string text = fileText(page);
        for (std::size_t i = 0; i < streamRuleCount; ++i) {
            const std::string row =
                "| " + std::to_string(i + 1) + " | `" + std::string(word(static_cast<RecordingRule>(i))) + "` |";
            QVERIFY2(text.find(row) != std::string::npos, row.c_str());
        }
        QVERIFY(text.find("| " + std::to_string(streamRuleCount + 1) + " |") == std::string::npos);
    }

    void theExamplesOfThePageBreakNone()
    {
        const std::vector<std::string> files = examples();
        QCOMPARE(files.size(), std::size_t(2));
        const std::pair<std::uint32_t, const char*> expected[] = {{5, "It rained today snowed"}, {3, "Certainly not"}};
        for (std::size_t i = 0; i < files.size(); ++i) {
            RecordingSink sink;
            QVERIFY(readWith(*formatNamed("otlp-json"), files[i], sink));
            QVERIFY2(sink.issues.empty(), sink.issues.empty() ? "" : sink.issues.front().message.c_str());
            QCOMPARE(sink.streams.size(), std::size_t(1));
            QCOMPARE(sink.streams.front().second.count, expected[i].first);
            QCOMPARE(sink.streams.front().second.text, std::string(expected[i].second));
        }
    }

    /// Span events look different in other formats.
    void otherFormatsAreChecked_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("Jaeger")
            << QByteArray("jaeger")
            << QByteArray("{\"data\":[{\"traceID\":\"4f6e1c0b9a7d42c58e3b2a1900d7e6f5\",\"spans\":[{\"traceID\":"
                          "\"4f6e1c0b9a7d42c58e3b2a1900d7e6f5\","
                          "\"spanID\":\"a1b2c3d4e5f60718\",\"operationName\":\"chat\",\"references\":[],\"startTime\":"
                          "1700000000000000,\"duration\":900000,"
                          "\"tags\":[],\"processID\":\"p1\",\"logs\":[{\"timestamp\":1700000000100000,\"fields\":["
                          "{\"key\":\"event\",\"type\":\"string\",\"value\":\"arcscope.stream.chunk\"},"
                          "{\"key\":\"arcscope.stream.chunk.content\",\"type\":\"string\",\"value\":\"hello\"}]}]}],"
                          "\"processes\":{\"p1\":{\"serviceName\":\"s\",\"tags\":[]}}}]}");
        QTest::newRow("dump of an SDK")
            << QByteArray("span-dump")
            << QByteArray(
                   "{\"name\":\"chat\",\"context\":{\"trace_id\":\"0x4f6e1c0b9a7d42c58e3b2a1900d7e6f5\",\"span_id\":"
                   "\"0xa1b2c3d4e5f60718\","
                   "\"trace_state\":\"[]\"},\"kind\":\"SpanKind.CLIENT\",\"parent_id\":null,\"start_time\":\"2023-11-"
                   "14T22:13:20.000000Z\","
                   "\"end_time\":\"2023-11-14T22:13:21.000000Z\",\"status\":{\"status_code\":\"UNSET\"},\"attributes\":"
                   "{},"
                   "\"events\":[{\"name\":\"arcscope.stream.chunk\",\"timestamp\":\"2023-11-14T22:13:20.100000Z\","
                   "\"attributes\":{\"arcscope.stream.chunk.content\":\"hello\"}}],\"links\":[],\"resource\":{"
                   "\"attributes\":{},\"schema_url\":\"\"}}");
    }
    void otherFormatsAreChecked()
    {
        QFETCH(QByteArray, format);
        QFETCH(QByteArray, file);
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed(format.toStdString()), file.toStdString(), sink));
        QCOMPARE(sink.streams.size(), std::size_t(1));
        QCOMPARE(sink.streams.front().second.text, std::string("hello"));
        QCOMPARE(sink.issues.size(), std::size_t(1));
        QVERIFY2(sink.issues.front().message.starts_with("no-terminal-event: "), sink.issues.front().message.c_str());
        QVERIFY(sink.issues.front().byte >= 0);
    }

    void rowsHaveAPlaceAndACount_data()
    {
        QTest::addColumn<int>("example");
        QTest::addColumn<QByteArray>("place");
        QTest::newRow("span events") << 0 << QByteArray("{\n  \"traceId\"");
        QTest::newRow("log records") << 1 << QByteArray("{\"eventName\"");
    }
    void rowsHaveAPlaceAndACount()
    {
        QFETCH(int, example);
        QFETCH(QByteArray, place);
        std::string file = examples().at(static_cast<std::size_t>(example));
        // Every event but the first is now called what nobody knows.
        std::size_t renamed = 0;
        for (const std::string name :
             {"arcscope.stream.draft\"", "arcscope.stream.accept\"", "arcscope.stream.retract\""}) {
            const std::size_t at = file.find('"' + name);
            if (at != std::string::npos) {
                file.replace(at + 1, name.size(), "arcscope.stream.other\"");
                ++renamed;
            }
        }
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("otlp-json"), file, sink));
        QCOMPARE(sink.issues.size(), std::size_t(1));
        const ImportIssue& row = sink.issues.front();
        QCOMPARE(row.kind, IssueKind::StreamBroken);
        QVERIFY(row.message.starts_with("unknown-event: "));
        QCOMPARE(row.count, std::uint64_t(renamed));
        QCOMPARE(row.byte, static_cast<std::int64_t>(file.find(place.toStdString())));
        QCOMPARE(row.line, example == 0 ? 1 : -1);
    }
};

QTEST_APPLESS_MAIN(TestStreamRules)
#include "tst_streamrules.moc"
