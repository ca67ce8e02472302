// layers: core analysis store pipeline
#include "imported.h"
#include "spanwriter.h"
#include "streamsampling.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr Row streamCount = 1'500;

PackedStream chunksOf(Nanos start, int from, int to)
{
    StreamWriter writer;
    const std::string text(120, 'x');
    for (int i = from; i < to; ++i) {
        StreamEvent event;
        event.kind = StreamEventKind::Chunk;
        event.time = start + (i + 1) * 100 * millisecond;
        event.text = text;
        writer.add(event);
    }
    return writer.take();
}

/// A workspace of several groups of streams. The first span has the parts of its stream in the first and in the last.
bool writeStreams(const std::string& path)
{
    auto writer = SpanWriter::begin(path, {});
    if (!writer)
        return false;
    SpanWriter& to = **writer;
    to.beginSource({"made", "test", 10, 0});
    for (std::uint32_t n = 0; n < streamCount + 3; ++n) {
        SpanRecord span;
        span.trace = {1, 1, IdForm::Hex128};
        span.span = {0, n + 1, IdForm::Hex64};
        span.start = n * second;
        span.end = span.start + 10 * second;
        span.kind = SpanKind::ModelCall;
        span.provenance.set(Fact::Start, Provenance::Measured);
        span[SpanText::ModelServed] = to.intern("model " + std::to_string(n % 3));
        if (n == 7)
            span.flags = bit(SpanFlag::Superseded);
        if (n == 8)
            span.kind = SpanKind::ToolCall;
        if (n == streamCount + 1) // no stream, but this
            span.firstToken = 250 * millisecond;
        const Row row = to.add(span, "{}");
        if (n < streamCount)
            to.addStream(row, chunksOf(span.start, 0, n == 0 ? 4 : 8));
    }
    to.addStream(0, chunksOf(0, 4, 8));
    to.endSource(streamCount + 3);
    return to.flush() && to.commit();
}

Corpus columnsOf(const std::string& path)
{
    return Workspace::open(path)->loadCorpus(sampleColumns(), {}).value();
}

} // namespace

class TestStreamSampling : public QObject
{
    Q_OBJECT

    Files m_files;
    std::string m_path = m_files.workspace();

private slots:
    void initTestCase() { QVERIFY(writeStreams(m_path)); }

    void everyStreamIsThereOnce()
    {
        auto workspace = Workspace::open(m_path);
        QVERIFY(workspace->database().number("select count(*) from streams").value() > 3);
        Progress progress;
        const Corpus corpus = columnsOf(m_path);
        const auto samples = sampleStreams(m_path, corpus, {{}, &progress});
        QVERIFY(samples);
        QCOMPARE(samples->all.size(),
                 std::size_t(streamCount - 2 + 1)); // one is superseded, one a tool, one only stated
        Row before = noRow;
        for (const StreamSample& sample : samples->all) {
            QVERIFY(before == noRow || before < sample.row);
            before = sample.row;
            QVERIFY(sample.row != 7 && sample.row != 8);
            if (sample.row > streamCount)
                continue;
            QCOMPARE(sample.events, 8u);
            QCOMPARE(sample.firstToken, 100 * millisecond);
            QCOMPARE(sample.writing, 700 * millisecond);
            QCOMPARE(sample.shownBytes, std::uint64_t(960));
            QCOMPARE(QString::fromStdString(std::string(corpus.strings[sample.model])),
                     QStringLiteral("model %1").arg(sample.row % 3));
        }
        QCOMPARE(samples->all.back().row, streamCount + 1);
        QCOMPARE(samples->all.back().firstToken, 250 * millisecond);
        QCOMPARE(samples->all.back().firstTokenSource, Provenance::Declared);
        QVERIFY(progress.bytesTotal > 0);
        QCOMPARE(progress.bytesDone.load(), progress.bytesTotal.load());
    }

    void itCanBeStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto samples = sampleStreams(m_path, columnsOf(m_path), {stop.get_token(), nullptr});
        QVERIFY(!samples);
        QCOMPARE(int(samples.error().code), int(ErrorCode::Cancelled));
    }

    void nothingIsRecorded()
    {
        const std::string path = m_files.workspace("empty.arcscope");
        const auto samples = sampleStreams(path, columnsOf(path), {});
        QVERIFY(samples);
        QVERIFY(samples->all.empty());
        QVERIFY(!sampleStreams(m_files.path("none"), {}, {}));
    }

    void damageIsTold()
    {
        const std::string path = m_files.workspace("damaged.arcscope");
        QVERIFY(writeStreams(path));
        const Corpus corpus = columnsOf(path);
        auto workspace = Workspace::open(path);
        QVERIFY(workspace->database().execute("update streams set data = substr(data, 1, length(data) - 9) where id = "
                                              "(select max(id) from streams)"));
        const auto samples = sampleStreams(path, corpus, {});
        QVERIFY(!samples);
        QCOMPARE(int(samples.error().code), int(ErrorCode::Store));
    }
};

QTEST_APPLESS_MAIN(TestStreamSampling)
#include "tst_streamsampling.moc"
