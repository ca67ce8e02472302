// layers: core
#include "streammodel.h"
#include "streamscript.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// The pieces of a block in order: plain, ~withdrawn~, :open draft:, +accepted draft+.
QString picture(const TextBlock& block)
{
    std::string out;
    for (const TextPiece& piece : block.pieces) {
        const char* mark = piece.withdrawn != noEvent ? "~" : piece.accepted != noEvent ? "+" : piece.draft ? ":" : "";
        out.append(mark).append(block.textOf(piece)).append(mark);
    }
    return QString::fromStdString(out);
}

QString text(const TextBlock& block, std::uint32_t event)
{
    return QString::fromStdString(block.textAt(event));
}

} // namespace

class TestStreamModel : public QObject
{
    Q_OBJECT

private slots:
    void chunksAppend()
    {
        const auto model = modelOf("0 start\n10 chunk one\n20 chunk _two\n30 end");
        QCOMPARE(model->blocks().size(), std::size_t(1));
        const TextBlock& block = model->blocks().front();
        QCOMPARE(picture(block), "one two");
        QCOMPARE(text(block, 0), "");
        QCOMPARE(text(block, 1), "one");
        QCOMPARE(text(block, 3), "one two");
        QVERIFY(model->retractions().empty());
        QCOMPARE(model->blockOf(3), noEvent);
    }

    void whatIsWithdrawnStaysInItsPlace()
    {
        const auto model = modelOf("0 chunk All_41_tests\n"
                                   "100 chunk _pass.\n"
                                   "600 retract 4 18 refusal\n"
                                   "700 chunk _tests_fail.");
        const TextBlock& block = model->blocks().front();
        QCOMPARE(picture(block), "All ~41 tests~~ pass.~ tests fail.");
        QCOMPARE(text(block, 1), "All 41 tests pass.");
        QCOMPARE(text(block, 2), "All ");
        QCOMPARE(text(block, 3), "All  tests fail.");
        QCOMPARE(model->retractions().size(), std::size_t(1));
        const Retraction& gone = model->retractions().front();
        QCOMPARE(gone.bytes, std::uint64_t(14));
        QCOMPARE(gone.exposure, 600 * millisecond);
        QVERIFY(gone.reason == RetractReason::Refusal);
        QVERIFY(gone.evidence == StreamEvidence::Observed);
        QVERIFY(!gone.drafts);
    }

    void theMiddleCanGo()
    {
        const auto model = modelOf("0 chunk abcdef\n1 retract 2 4 rollback\n2 retract 2 4 rollback\n3 chunk X");
        QCOMPARE(picture(model->blocks().front()), "ab~cd~~ef~X");
        QCOMPARE(text(model->blocks().front(), 1), "abef");
        QCOMPARE(text(model->blocks().front(), 3), "abX");
    }

    void anOffsetBehindTheEndTakesBackWhatFollowsIt()
    {
        const auto model = modelOf("0 chunk one\n10 chunk two\n30 chunk@4 hree");
        QCOMPARE(picture(model->blocks().front()), "onet~wo~hree");
        QVERIFY(model->retractions().front().reason == RetractReason::Superseded);
        QVERIFY(model->retractions().front().evidence == StreamEvidence::Inferred);
        QCOMPARE(model->retractions().front().exposure, 20 * millisecond);
    }

    void draftsAreAcceptedInPart()
    {
        const auto model = modelOf("0 chunk The_answer\n"
                                   "10 draft@10 d1 _is_forty_one\n"
                                   "60 accept d1 19\n"
                                   "61 chunk _two\n"
                                   "70 draft d2 _and_so\n"
                                   "90 retract 23 30 speculation_rejected");
        const TextBlock& block = model->blocks().front();
        QCOMPARE(picture(block), "The answer+ is forty+~ one~ two~ and so~");
        QCOMPARE(text(block, 1), "The answer is forty one");
        QCOMPARE(text(block, 2), "The answer is forty");
        QCOMPARE(text(block, 5), "The answer is forty two");
        QCOMPARE(model->drafts().size(), std::size_t(2));
        const DraftBlock& first = model->drafts().front();
        QCOMPARE(first.settled, 2u);
        QCOMPARE(first.acceptedBytes, std::uint64_t(9));
        QCOMPARE(first.acceptedTokens, 3);
        QCOMPARE(first.rejectedTokens, 1);
        QCOMPARE(model->drafts().back().settled, 5u);
        QCOMPARE(model->drafts().back().acceptedBytes, std::uint64_t(0));
        QCOMPARE(model->retractions().size(), std::size_t(2));
        QVERIFY(model->retractions().front().reason == RetractReason::SpeculationRejected);
        QVERIFY(model->retractions().front().drafts);
        QCOMPARE(model->retractions().front().exposure, 50 * millisecond);
    }

    void piecesOfADraftShareItsTokens()
    {
        StreamWriter writer;
        const auto add = [&](StreamEventKind kind, std::string_view content, std::int64_t to, std::string_view detail) {
            StreamEvent event;
            event.kind = kind;
            event.text = content;
            event.to = to;
            event.detail = detail;
            writer.add(event);
        };
        add(StreamEventKind::Draft, "ab", -1, "{\"draft.id\":\"d\",\"draft.tokens\":2}");
        add(StreamEventKind::Draft, "cd", -1, "{\"draft.id\":\"d\",\"draft.tokens\":2}");
        add(StreamEventKind::Draft, "ef", -1, "{\"draft.id\":\"e\",\"draft.tokens\":1}");
        add(StreamEventKind::Accept, {}, 3, "{\"draft.id\":\"d\",\"accepted_tokens\":3,\"rejected_tokens\":1}");
        const auto model = StreamModel::of(writer.take());
        QCOMPARE(picture(model->blocks().front()), "+ab++c+~d~~ef~");
        const std::vector<DraftBlock>& drafts = model->drafts();
        QCOMPARE(drafts.size(), std::size_t(3));
        QCOMPARE(drafts[0].acceptedTokens, 2);
        QCOMPARE(drafts[0].acceptedBytes, std::uint64_t(2));
        QCOMPARE(drafts[1].acceptedTokens, 1);
        QCOMPARE(drafts[1].rejectedTokens, 1);
        QCOMPARE(drafts[1].acceptedBytes, std::uint64_t(1));
        QCOMPARE(drafts[2].acceptedTokens, -1);
        QCOMPARE(drafts[2].settled, 3u);
    }

    void blocksAreToldApart()
    {
        const auto model = modelOf("0 open reasoning 0\n"
                                   "1 chunk Hm\n"
                                   "2 close\n"
                                   "3 open tool 1 search\n"
                                   "4 chunk {\"q\":\n"
                                   "5 open text 0\n"
                                   "6 chunk Hi\n"
                                   "7 open tool 1 search\n"
                                   "8 chunk 1}");
        QCOMPARE(model->blocks().size(), std::size_t(3));
        QCOMPARE(text(model->blocks()[1], 8), "{\"q\":1}");
        QCOMPARE(QString::fromStdString(model->blocks()[1].name), "search");
        QCOMPARE(model->blocks()[0].closed, 2u);
        QCOMPARE(model->blocks()[1].closed, noEvent);
    }

    void commitsNameAByteOfTheText()
    {
        const auto model = modelOf("0 chunk abcdef\n1 retract 2 4 x\n2 commit 3");
        QCOMPARE(model->commits().size(), std::size_t(1));
        QCOMPARE(model->commits().front().byte, std::uint64_t(5)); // "ab~cd~e"
        QVERIFY(model->retractions().front().reason == RetractReason::Other);
    }

    void theClockNeverGoesBack()
    {
        const auto model = modelOf("- start\n10 chunk a\n- chunk b\n5 chunk c\n20 chunk d");
        QVERIFY(model->timed());
        QCOMPARE(model->clock(0), noTime);
        QCOMPARE(model->clock(2), 10 * millisecond);
        QCOMPARE(model->clock(3), 10 * millisecond);
        QCOMPARE(model->eventAt(9 * millisecond), 0u);
        QCOMPARE(model->eventAt(10 * millisecond), 3u);
        QCOMPARE(model->eventAt(second), 4u);
        const auto untimed = modelOf("- chunk a\n- chunk b\n- retract 0 1 retry");
        QVERIFY(!untimed->timed());
        QCOMPARE(untimed->retractions().front().exposure, noTime);
        QCOMPARE(untimed->eventAt(0), noEvent);
    }

    void rangesBeyondTheTextAreCut()
    {
        const auto model = modelOf("0 chunk abc\n1 retract 2 99 x\n2 retract 50 60 x\n3 accept nothing 5\n4 commit 77");
        QCOMPARE(picture(model->blocks().front()), "ab~c~");
        QCOMPARE(model->retractions().size(), std::size_t(1));
        QCOMPARE(model->commits().front().byte, std::uint64_t(2));
    }

    void namesAreThoseOfTheForm()
    {
        QCOMPARE(name(RetractReason::SpeculationRejected).data(), "speculation_rejected");
        QCOMPARE(name(StreamEvidence::Declared).data(), "declared");
    }
};

QTEST_APPLESS_MAIN(TestStreamModel)
#include "tst_streammodel.moc"
