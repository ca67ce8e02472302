// layers: core layout analysis widgets GUI
// Pictures of a stream against kept ones.
#include "keptpicture.h"
#include "streamcanvas.h"
#include "streamscript.h"
#include "theme.h"
#include "viewexport.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// Everything that is drawn: phases, drafts and their fate, exposure, a stall, a loop, a link, marks and gaps.
std::shared_ptr<const StreamTimeline> everything()
{
    StreamMarks marks;
    marks.phases = {{StreamPhaseKind::Waiting, {0, 200 * millisecond}, PhaseSource::Measured},
                    {StreamPhaseKind::Reasoning, {200 * millisecond, 500 * millisecond}, PhaseSource::Measured},
                    {StreamPhaseKind::Answering, {500 * millisecond, 1'900 * millisecond}, PhaseSource::Measured},
                    {StreamPhaseKind::Closing, {1'900 * millisecond, 2'000 * millisecond}, PhaseSource::Bounded}};
    marks.stated = {{StreamPhaseKind::Queueing, {0, 60 * millisecond}, PhaseSource::Declared},
                    {StreamPhaseKind::Prefill, {60 * millisecond, 190 * millisecond}, PhaseSource::Declared},
                    {StreamPhaseKind::Decoding, {190 * millisecond, 1'900 * millisecond}, PhaseSource::Declared}};
    StreamStretch stall;
    stall.range = {900 * millisecond, 1'300 * millisecond};
    StreamStretch loop;
    loop.kind = StreamStretch::Kind::Loop;
    loop.block = 1;
    loop.firstEvent = 12;
    loop.lastEvent = 15;
    loop.repeats = 3;
    loop.period = 4;
    marks.stretches = {stall, loop};
    marks.links = {{1, 5, 8, "a number differs"}};
    const auto model = modelOf("200 open reasoning 0\n200 chunk They_ask\n350 chunk about_tests\n500 open text 1\n"
                               "500 chunk All_\n550 draft@4 a 41_tests\n650 accept a 6\n700 chunk 41\n"
                               "800 draft@8 b pass_now\n850 accept b 16\n900 commit 16\n1300 ping\n1310 chunk fail\n"
                               "1500 chunk fail\n1600 chunk fail\n1700 chunk fail\n1880 stop end_turn\n1900 end");
    return streamTimeline(model, marks, 0);
}

} // namespace

class TestStreamPainter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(usePictureFont(), "the kept pictures are written in DejaVu Sans"); }

    void looksAsKept_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("width");
        QTest::newRow("stream-light") << false << 720;
        QTest::newRow("stream-dark") << true << 720;
        QTest::newRow("stream-narrow") << false << 360;
    }
    void looksAsKept()
    {
        QFETCH(bool, dark);
        QFETCH(int, width);
        StreamCanvas canvas;
        canvas.setPalette(paletteOf(dark ? darkTheme() : lightTheme()));
        canvas.resize(width, 240);
        canvas.setTimeline(everything());
        ExportOptions options;
        options.scale = 1;
        const auto picture = pictureOf(canvas, PictureFormat::Png, options);
        QVERIFY(picture);
        QCOMPARE(differenceFromKept(*picture, QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")),
                 QString());
    }
};

QTEST_MAIN(TestStreamPainter)
#include "tst_streampainter.moc"
