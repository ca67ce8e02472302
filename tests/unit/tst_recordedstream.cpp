// layers: core importers
#include "readformat.h"
#include "recordedscript.h"
#include "recordedstream.h"
#include "streammodel.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

FactValue text(std::string_view value)
{
    return {FactValue::Form::Text, value};
}
FactValue number(std::string_view value)
{
    return {FactValue::Form::Number, value};
}

/// "chunk [0, 3), end [-1, -1)".
QString rangesOf(RecordedStream& stream)
{
    const PackedStream events = packed(stream);
    StreamReader reader(events);
    QStringList ranges;
    for (StreamEvent event; reader.next(event);) {
        const std::string_view kind = name(event.kind);
        ranges << QStringLiteral("%1 [%2, %3)")
                      .arg(QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())))
                      .arg(event.from)
                      .arg(event.to);
    }
    return ranges.join(", ");
}

/// Events of one block at random, with offsets that are often wrong. A letter has `units` of what offsets count; `more`
/// stands on each line.
std::string randomScript(unsigned seed, const std::string& letter, unsigned units, const std::string& more)
{
    std::mt19937 engine(seed);
    const auto content = [&](std::size_t letters) {
        std::string text = " chunk.content=";
        for (std::size_t i = 0; i < letters; ++i)
            text += letter;
        return text;
    };
    const auto offset = [&](const char* key) {
        return ' ' + std::string(key) + '=' + std::to_string(engine() % 14 * units);
    };
    std::string script = "chunk" + content(4) + more + '\n';
    for (unsigned lines = seed % 20 + 1; lines > 0; --lines) {
        const std::string draft = engine() % 8 ? " draft.id=d" + std::to_string(engine() % 3) : std::string();
        const std::string start = engine() % 3 ? std::string() : offset("offset.start");
        switch (engine() % 5) {
        case 0:
            script += "chunk" + content(engine() % 6) + start;
            break;
        case 1:
            script += "draft" + draft + content(engine() % 6) + start;
            break;
        case 2:
            script += "accept" + draft + offset("offset.end");
            break;
        case 3:
            script += "accept" + draft + " rejected_tokens=0";
            break;
        default:
            script += "retract" + offset("retract.from");
            script += offset("retract.to");
            break;
        }
        script += more + '\n';
    }
    return script;
}

} // namespace

class TestRecordedStream : public QObject
{
    Q_OBJECT

private slots:
    void wordsHaveEitherPrefix()
    {
        QCOMPARE(recordedStreamWord("gen_ai.stream.chunk"), std::string_view("chunk"));
        QCOMPARE(recordedStreamWord("arcscope.stream.draft"), std::string_view("draft"));
        QVERIFY(recordedStreamWord("gen_ai.choice").empty());
        QVERIFY(recordedStreamWord("xgen_ai.stream.chunk").empty());
    }

    void numbersGiveTheOrder()
    {
        RecordedStream stream;
        SpanFacts facts;
        const EventAttribute second[] = {{"arcscope.stream.sequence", number("2")},
                                         {"arcscope.stream.chunk.content", text("b")}};
        const EventAttribute first[] = {{"arcscope.stream.sequence", number("1")},
                                        {"arcscope.stream.chunk.content", text("a")}};
        stream.add("chunk", 10, second, facts);
        stream.add("chunk", 20, first, facts);
        const std::vector<StreamDefect> wrong = stream.check();
        QVERIFY(!wrong.empty());
        QCOMPARE(wrong.front().rule, RecordingRule::SequenceOrder);
        QCOMPARE(wrong.front().severity, Severity::Info);
        StreamWriter writer;
        stream.writeTo(writer);
        QVERIFY(stream.empty());
        const PackedStream packed = writer.take();
        QCOMPARE(packed.text, std::string("ab"));
    }

    void offsetsOfOtherUnitsBecomeBytes()
    {
        RecordedStream stream = recordedScript(
            "draft draft.id=d chunk.content=\u00e9\U0001F600ab offset.unit=utf16_units offset.start=0 offset.end=5\n"
            "retract offset.unit=utf16_units retract.from=3 retract.to=5\n"
            "chunk offset.unit=codepoints offset.start=2 offset.end=3 chunk.content=c\n"
            "commit offset.unit=utf16_units offset.end=2\n"
            "commit offset.unit=tokens offset.end=2\n"
            "accept draft.id=d accepted_tokens=2\n"
            "end\n");
        const std::vector<StreamDefect> wrong = stream.check();
        QCOMPARE(wrong.size(), std::size_t(1));
        QCOMPARE(wrong.front().rule, RecordingRule::OffsetInsideCharacter);
        QCOMPARE(rangesOf(stream), "draft [0, 8), retract [6, 8), chunk [6, 7), commit [-1, 0), commit [-1, 0), "
                                   "accept [0, 6), end [-1, -1)");
    }

    /// What was recorded and not used as it stands is not lost.
    void detailKeepsOtherOffsets()
    {
        RecordedStream stream = recordedScript("chunk chunk.content=ab offset.start=0\n"
                                               "commit offset.unit=tokens offset.end=7\n"
                                               "retract retract.from=1 retract.to=9\n"
                                               "chunk chunk.content=c block.type=poem\n");
        static_cast<void>(stream.check());
        const PackedStream events = packed(stream);
        StreamReader reader(events);
        StreamEvent event;
        QVERIFY(reader.next(event));
        QVERIFY(event.detail.find("offset.start") == std::string_view::npos);
        QVERIFY(reader.next(event));
        QVERIFY(event.detail.find("\"offset.end\":7") != std::string_view::npos);
        QVERIFY(reader.next(event));
        QCOMPARE(event.to, std::int64_t(2));
        QVERIFY(event.detail.find("\"retract.to\":9") != std::string_view::npos);
        QVERIFY(event.detail.find("retract.from") == std::string_view::npos);
        QVERIFY(reader.next(event));
        QVERIFY(event.detail.find("poem") != std::string_view::npos);
    }

    void rangesAreThoseOfTheShownText_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("ranges");
        QTest::newRow("accepted text begins with its draft")
            << QByteArray("chunk chunk.content=abcde\ndraft draft.id=d chunk.content=fgh\n"
                          "accept draft.id=d offset.end=7\n")
            << "chunk [-1, -1), draft [5, 8), accept [5, 7)";
        QTest::newRow("the accept withdraws, the retraction repeats it")
            << QByteArray("draft draft.id=d chunk.content=abc\naccept draft.id=d offset.end=1\n"
                          "retract retract.from=1 retract.to=3\nchunk chunk.content=x offset.start=1\n")
            << "draft [0, 3), accept [0, 1), retract [1, 3), chunk [1, -1)";
        QTest::newRow("what stands behind moves up")
            << QByteArray("chunk chunk.content=abcdef\nretract retract.from=1 retract.to=3\n"
                          "retract retract.from=3 retract.to=4\nchunk chunk.content=x offset.start=3\n")
            << "chunk [-1, -1), retract [1, 3), retract [3, 4), chunk [3, -1)";
        QTest::newRow("a rejected draft takes the next one with it")
            << QByteArray("draft draft.id=d chunk.content=abc draft.tokens=3\n"
                          "draft draft.id=e chunk.content=def draft.tokens=3\n"
                          "accept draft.id=d accepted_tokens=2 rejected_tokens=1 offset.end=2\n"
                          "accept draft.id=e accepted_tokens=0 rejected_tokens=3\n"
                          "chunk chunk.content=x offset.start=2\n")
            << "draft [0, 3), draft [3, 6), accept [0, 2), accept [2, 2), chunk [2, -1)";
        QTest::newRow("a draft in pieces")
            << QByteArray("draft draft.id=d chunk.content=ab draft.tokens=1\n"
                          "draft draft.id=d chunk.content=cde draft.tokens=1\naccept draft.id=d accepted_tokens=1\n")
            << "draft [0, 2), draft [2, 5), accept [0, 2)";
        QTest::newRow("a draft that shows nothing")
            << QByteArray("draft draft.id=d draft.tokens=3\naccept draft.id=d accepted_tokens=1\n")
            << "draft [-1, -1), accept [-1, -1)";
        QTest::newRow("blocks of their own")
            << QByteArray("chunk chunk.content=abc\nchunk chunk.content=de block.index=1 offset.start=0\n"
                          "chunk chunk.content=f choice.index=1 offset.start=0\n"
                          "chunk chunk.content=g branch.id=b offset.start=0\n")
            << "chunk [-1, -1), chunk [0, -1), chunk [0, -1), chunk [0, -1)";
        QTest::newRow("a draft behind one that is accepted whole")
            << QByteArray("draft draft.id=d chunk.content=abc\ndraft draft.id=e chunk.content=def\n"
                          "accept draft.id=d rejected_tokens=0\naccept draft.id=e offset.end=4\n")
            << "draft [0, 3), draft [3, 6), accept [0, 3), accept [3, 4)";
    }
    void rangesAreThoseOfTheShownText()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, ranges);
        RecordedStream stream = recordedScript(script.toStdString() + "end\n");
        const std::vector<StreamDefect> wrong = stream.check();
        QVERIFY2(wrong.empty(), wrong.empty() ? "" : wrong.front().message.c_str());
        QCOMPARE(rangesOf(stream), ranges + ", end [-1, -1)");
    }

    /// What a view makes of it is what the form says.
    void theModelShowsTheSameText_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("texts");
        QTest::newRow("in part, said twice")
            << QByteArray("draft draft.id=d chunk.content=abc\naccept draft.id=d offset.end=1\n"
                          "retract retract.from=1 retract.to=3\nchunk chunk.content=x\n")
            << "abc a a ax";
        QTest::newRow("in pieces") << QByteArray("draft draft.id=d chunk.content=ab draft.tokens=1\n"
                                                 "draft draft.id=d chunk.content=cde draft.tokens=1\n"
                                                 "accept draft.id=d accepted_tokens=1\nchunk chunk.content=x\n")
                                   << "ab abcde ab abx";
        QTest::newRow("one behind the other")
            << QByteArray("draft draft.id=d chunk.content=abc\ndraft draft.id=e chunk.content=def\n"
                          "accept draft.id=d rejected_tokens=0\naccept draft.id=e offset.end=4\n")
            << "abc abcdef abcdef abcd";
        QTest::newRow("the first is rejected")
            << QByteArray("draft draft.id=d chunk.content=abc\ndraft draft.id=e chunk.content=def\n"
                          "accept draft.id=d offset.end=2\nchunk chunk.content=x\n")
            << "abc abcdef ab abx";
        QTest::newRow("withdrawn before it is settled")
            << QByteArray("draft draft.id=d chunk.content=abc\nretract retract.from=1 retract.to=3\n"
                          "accept draft.id=d offset.end=1\nchunk chunk.content=x\n")
            << "abc a a ax";
        QTest::newRow("superseded, from the middle, beyond")
            << QByteArray("chunk chunk.content=abcdef\nretract retract.from=1 retract.to=3\n"
                          "chunk chunk.content=x offset.start=2\nretract retract.from=1 retract.to=9\n")
            << "abcdef adef adx a";
        QTest::newRow("an id used again")
            << QByteArray("draft draft.id=d chunk.content=abc\naccept draft.id=d offset.end=1\n"
                          "draft draft.id=d chunk.content=xy\naccept draft.id=d offset.end=2\n")
            << "abc a axy ax";
    }
    void theModelShowsTheSameText()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, texts);
        RecordedStream stream = recordedScript(script.toStdString());
        static_cast<void>(stream.check());
        const auto model = StreamModel::of(packed(stream));
        QCOMPARE(model->blocks().size(), std::size_t(1));
        QStringList shown;
        for (std::uint32_t event = 0; event < model->events().size(); ++event)
            shown << QString::fromStdString(model->blocks().front().textAt(event));
        QCOMPARE(shown.join(' '), texts);
    }

    /// The text that the rules follow is as long as the one that a view shows, whatever comes.
    void rulesAndModelAgree()
    {
        const auto beyondIn = [](RecordedStream& stream) {
            std::uint64_t count = 0;
            for (const StreamDefect& defect : stream.check())
                count += defect.rule == RecordingRule::OffsetBeyondText ? defect.count : 0;
            return count;
        };
        for (unsigned seed = 0; seed < 3'000; ++seed) {
            const std::string script = randomScript(seed, "x", 1, {});
            RecordedStream stream = recordedScript(script);
            const std::uint64_t before = beyondIn(stream);
            const auto model = StreamModel::of(packed(stream));
            const auto last = static_cast<std::uint32_t>(model->events().size() - 1);
            const std::size_t length = model->blocks().front().textAt(last).size();
            RecordedStream same = recordedScript(script + "commit offset.end=" + std::to_string(length) + '\n');
            QVERIFY2(beyondIn(same) == before, script.c_str());
            RecordedStream longer = recordedScript(script + "commit offset.end=" + std::to_string(length + 1) + '\n');
            QVERIFY2(beyondIn(longer) == before + 1, script.c_str());
        }
    }

    /// The same stream in other units.
    void unitsDoNotMatter()
    {
        for (unsigned seed = 0; seed < 1'000; ++seed) {
            RecordedStream bytes = recordedScript(randomScript(seed, "\U0001F600", 4, {}));
            RecordedStream points = recordedScript(randomScript(seed, "\U0001F600", 1, " offset.unit=codepoints"));
            RecordedStream utf16 = recordedScript(randomScript(seed, "\U0001F600", 2, " offset.unit=utf16_units"));
            const std::size_t defects = bytes.check().size();
            QCOMPARE(points.check().size(), defects);
            QCOMPARE(utf16.check().size(), defects);
            const QString ranges = rangesOf(bytes);
            QCOMPARE(rangesOf(points), ranges);
            QCOMPARE(rangesOf(utf16), ranges);
        }
    }

    void textsOfStreamsAndBranchesAreNotMixed()
    {
        RecordedStream stream = recordedScript("chunk chunk.content=abc block.index=0\n"
                                               "chunk chunk.content=x branch.id=b block.index=0\n"
                                               "chunk chunk.content=y id=t sequence=0 block.index=1\n"
                                               "chunk chunk.content=z block.index=1 sequence=2\n"
                                               "retract retract.from=0 retract.to=1 branch.id=b sequence=3\n");
        static_cast<void>(stream.check());
        const auto model = StreamModel::of(packed(stream));
        QStringList texts;
        for (const TextBlock& block : model->blocks())
            texts << QString::number(block.index) + QString::fromStdString(block.textAt(4));
        QCOMPARE(texts, QStringList({"0abc", "1", "2y", "3z"}));
        QVERIFY(model->events()[1].detail.find("\"block.index\":0") != std::string_view::npos);
        QVERIFY(model->events()[0].detail.find("block.index") == std::string_view::npos);
    }

    /// A draft that is shown is what is seen first; one that shows nothing is not.
    void theFirstTokenIsTheFirstThatIsShown()
    {
        const auto drafted = [](bool shown) {
            RecordedStream stream;
            SpanFacts facts;
            std::vector<EventAttribute> draft = {{"arcscope.stream.draft.id", text("d")}};
            if (shown)
                draft.push_back({"arcscope.stream.chunk.content", text("ab")});
            const EventAttribute chunk[] = {{"arcscope.stream.chunk.content", text("c")}};
            stream.add("draft", 20, draft, facts);
            stream.add("chunk", 30, chunk, facts);
            RecordingSink sink;
            SpanRecord span;
            span.start = 10;
            facts.settle(sink, span, [](const std::string&) {});
            return span.firstToken;
        };
        QCOMPARE(drafted(true), Nanos(10));
        QCOMPARE(drafted(false), Nanos(20));
    }

    void theSameEventIsTakenOnce()
    {
        RecordedStream stream = recordedScript("start\nchunk chunk.content=a at=5000 sequence=1\n"
                                               "chunk chunk.content=a at=5000 sequence=1\nend at=6000 sequence=2\n");
        const std::vector<StreamDefect> wrong = stream.check();
        QCOMPARE(wrong.size(), std::size_t(1));
        QCOMPARE(wrong.front().rule, RecordingRule::SequenceRepeated);
        QCOMPARE(packed(stream).text, std::string("a"));
    }

    void aBlockHasOneType()
    {
        RecordedStream stream = recordedScript("chunk chunk.content=a block.index=1 block.type=reasoning\n"
                                               "chunk chunk.content=b block.index=1\nend\n");
        QVERIFY(stream.check().empty());
        const PackedStream events = packed(stream);
        StreamReader reader(events);
        StreamEvent event;
        QVERIFY(reader.next(event) && reader.next(event));
        QCOMPARE(event.block, BlockType::Reasoning);
    }

    /// Work is bounded: many open drafts, and offsets that make the text be looked through.
    void hostileStreamsEnd()
    {
        std::string script;
        for (int i = 0; i < 20'000; ++i)
            script += "draft draft.id=d" + std::to_string(i) + " chunk.content=" + std::string(40, 'a') + '\n';
        for (int i = 0; i < 20'000; ++i)
            script +=
                "retract retract.from=1 retract.to=2 offset.unit=" + std::string(i % 2 ? "codepoints" : "utf16_units") +
                '\n';
        RecordedStream stream = recordedScript(script);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!stream.check().empty());
        QVERIFY2(timer.elapsed() < 20'000, "looking through the text is not bounded");
        QCOMPARE(packed(stream).count, std::uint32_t(40'000));
    }
};

QTEST_APPLESS_MAIN(TestRecordedStream)
#include "tst_recordedstream.moc"
