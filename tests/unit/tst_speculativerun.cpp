// layers: core importers arcscope_speculation
#include "readformat.h"
#include "speculativerun.h"
#include "streammodel.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;
using namespace arcscope::speculation;

namespace
{

const ModelPair& modelsOf(Surface surface)
{
    static const ModelPair prose(cutIntoTokens(fileText(ARCSCOPE_TEST_DATA "/speculation/prose.txt")));
    static const ModelPair code(cutIntoTokens(fileText(ARCSCOPE_TEST_DATA "/speculation/code.txt")));
    return surface == Surface::Code ? code : prose;
}

/// A count in the detail of an event; -1: not there.
std::int64_t countIn(std::string_view detail, const std::string& key)
{
    const std::string name = '"' + key + "\":";
    const std::size_t at = detail.find(name);
    return at == std::string_view::npos ? -1 : std::atoll(std::string(detail.substr(at + name.size())).c_str());
}

/// Plays the events that the importer gave, by the rules of the recording form alone.
struct Played {
    std::string text;
    std::vector<std::int64_t> drafted; ///< of each verification
    std::vector<std::int64_t> accepted;
    std::vector<std::int64_t> rejected;
    std::int64_t withdrawn = 0; ///< bytes
    std::int64_t repeated = 0;  ///< bytes that retractions name which the accept before them withdrew
    std::int64_t committed = 0;
    int shownDrafts = 0;
    bool forwards = true;

    explicit Played(const PackedStream& stream)
    {
        StreamReader reader(stream);
        Nanos last = 0;
        std::int64_t draftStart = -1;
        for (StreamEvent event; reader.next(event);) {
            forwards = forwards && event.time >= last;
            last = event.time;
            const auto size = static_cast<std::int64_t>(text.size());
            switch (event.kind) {
            case StreamEventKind::Chunk:
                text += event.text;
                break;
            case StreamEventKind::Draft:
                drafted.push_back(countIn(event.detail, "draft.tokens"));
                draftStart = event.text.empty() ? -1 : size;
                shownDrafts += event.text.empty() ? 0 : 1;
                text += event.text;
                break;
            case StreamEventKind::Accept:
                accepted.push_back(countIn(event.detail, "accepted_tokens"));
                rejected.push_back(countIn(event.detail, "rejected_tokens"));
                if (draftStart >= 0 && event.from == draftStart && event.to >= event.from && event.to <= size) {
                    withdrawn += size - event.to;
                    text.resize(static_cast<std::size_t>(event.to));
                }
                break;
            case StreamEventKind::Retract:
                repeated += event.from == size ? event.to - event.from : 0;
                break;
            case StreamEventKind::Commit:
                committed = event.to;
                break;
            default:
                break;
            }
        }
    }
};

} // namespace

class TestSpeculativeRun : public QObject
{
    Q_OBJECT

private slots:
    void theFileSaysWhatWasDrawn_data()
    {
        QTest::addColumn<int>("surface");
        QTest::addColumn<int>("draft");
        QTest::addColumn<bool>("rendered");
        QTest::addColumn<bool>("logs");
        QTest::newRow("chat") << int(Surface::Chat) << 4 << true << false;
        QTest::newRow("code") << int(Surface::Code) << 6 << true << false;
        QTest::newRow("voice") << int(Surface::Voice) << 2 << true << false;
        QTest::newRow("drafts are not shown") << int(Surface::Chat) << 4 << false << false;
        QTest::newRow("log records") << int(Surface::Chat) << 4 << true << true;
        QTest::newRow("log records, drafts are not shown") << int(Surface::Code) << 4 << false << true;
        QTest::newRow("no drafts") << int(Surface::Chat) << 0 << true << false;
    }
    void theFileSaysWhatWasDrawn()
    {
        QFETCH(int, surface);
        QFETCH(int, draft);
        QFETCH(bool, rendered);
        QFETCH(bool, logs);
        RunOptions options;
        options.surface = static_cast<Surface>(surface);
        options.draft = static_cast<std::size_t>(draft);
        options.renderDrafts = rendered;
        for (options.seed = 1; options.seed <= 5; ++options.seed) {
            const auto clock = virtualClock();
            const SpeculativeRun run = speculate(modelsOf(options.surface), options, *clock);
            RecordingSink sink;
            QVERIFY(readWith(*formatNamed("otlp-json"), run.file.json(logs), sink));
            QVERIFY2(sink.issues.empty(), sink.issues.empty() ? "" : sink.issues.front().message.c_str());
            QCOMPARE(sink.streams.size(), std::size_t(1));
            const Played played(sink.streams.front().second);

            std::vector<std::int64_t> drafted;
            std::vector<std::int64_t> accepted;
            std::vector<std::int64_t> rejected;
            std::int64_t lost = 0;
            std::int64_t tokens = 0;
            for (const SpeculativeStep& step : run.steps) {
                tokens += static_cast<std::int64_t>(step.accepted) + 1;
                if (step.drafted.empty())
                    continue;
                drafted.push_back(static_cast<std::int64_t>(step.drafted.size()));
                accepted.push_back(static_cast<std::int64_t>(step.accepted));
                rejected.push_back(drafted.back() - accepted.back());
                const std::span<const Token> all(step.drafted);
                const std::string wrong = modelsOf(options.surface).text.textOf(all.subspan(step.accepted));
                lost += static_cast<std::int64_t>(wrong.size());
            }
            QCOMPARE(tokens, std::int64_t(120));
            QCOMPARE(played.drafted, drafted);
            QCOMPARE(played.accepted, accepted);
            QCOMPARE(played.rejected, rejected);
            QCOMPARE(played.text, run.text);
            QCOMPARE(played.withdrawn, rendered ? lost : 0);
            QCOMPARE(played.repeated, rendered ? lost : 0);
            QCOMPARE(played.shownDrafts, rendered ? static_cast<int>(drafted.size()) : 0);
            QCOMPARE(played.committed, static_cast<std::int64_t>(run.text.size()));
            QVERIFY(played.forwards);
            QVERIFY(draft == 0 || (lost > 0 && accepted != drafted));

            const auto model = StreamModel::of(std::move(sink.streams.front().second));
            QCOMPARE(model->blocks().size(), std::size_t(1));
            const auto last = static_cast<std::uint32_t>(model->events().size() - 1);
            QCOMPARE(model->blocks().front().textAt(last), run.text);
            std::uint64_t taken = 0;
            for (const Retraction& retraction : model->retractions()) {
                QCOMPARE(retraction.reason, RetractReason::SpeculationRejected);
                QVERIFY(retraction.drafts && retraction.exposure > 0);
                taken += retraction.bytes;
            }
            QCOMPARE(taken, static_cast<std::uint64_t>(rendered ? lost : 0));
            std::vector<std::int64_t> settled;
            for (const DraftBlock& block : model->drafts())
                settled.push_back(block.acceptedTokens);
            QCOMPARE(settled, accepted);

            const SpanRecord& span = sink.spans.back().span;
            QCOMPARE(span.usage[UsageClass::Output], std::int64_t(120));
            QCOMPARE(sink.text(span, SpanText::StopReason), std::string("length"));
        }
    }

    void theClockChangesNothingOfTheText()
    {
        RunOptions options;
        options.length = 60;
        options.verification = 200'000;
        const auto still = virtualClock();
        const auto again = virtualClock();
        const auto machine = machineClock();
        const SpeculativeRun first = speculate(modelsOf(Surface::Chat), options, *still);
        QCOMPARE(speculate(modelsOf(Surface::Chat), options, *again).file.json(false), first.file.json(false));
        const SpeculativeRun real = speculate(modelsOf(Surface::Chat), options, *machine);
        QCOMPARE(real.text, first.text);
        // It waited: at least 0.8 of the pace for each verification.
        QVERIFY(real.file.end - real.file.start >= static_cast<RunTime>(real.steps.size()) * 160'000);
        RecordingSink sink;
        QVERIFY(readWith(*formatNamed("otlp-json"), real.file.json(false), sink));
        QVERIFY(sink.issues.empty());
        QVERIFY(Played(sink.streams.front().second).forwards);
        // Files of several runs can be opened together.
        QVERIFY(real.file.traceId != first.file.traceId && real.file.spanId != first.file.spanId);
        options.renderDrafts = false;
        const SpeculativeRun hidden = speculate(modelsOf(Surface::Chat), options, *virtualClock());
        QCOMPARE(hidden.text, first.text);
        QVERIFY(hidden.file.spanId != first.file.spanId);
        options.seed = 2;
        QVERIFY(speculate(modelsOf(Surface::Chat), options, *again).text != first.text);
    }

    void textsAreCutWithoutLoss_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("prose") << QByteArray::fromStdString(fileText(ARCSCOPE_TEST_DATA "/speculation/prose.txt"));
        QTest::newRow("code") << QByteArray::fromStdString(fileText(ARCSCOPE_TEST_DATA "/speculation/code.txt"));
        QTest::newRow("blanks") << QByteArray("  a  \n b\n\n   ");
        QTest::newRow("other scripts") << QByteArray(
            "\u00e9t\u00e9 \u2014 \u6f22\u5b57\u6f22\u5b57 \U0001F600\U0001F600");
        QTest::newRow("nothing") << QByteArray();
    }
    void textsAreCutWithoutLoss()
    {
        QFETCH(QByteArray, text);
        const TokenText cut = cutIntoTokens(text.toStdString());
        QCOMPARE(cut.textOf(cut.tokens), text.toStdString());
        for (const std::string& word : cut.words)
            QVERIFY(QString::fromStdString(word).toStdString() == word);
    }
};

QTEST_APPLESS_MAIN(TestSpeculativeRun)
#include "tst_speculativerun.moc"
