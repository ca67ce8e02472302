// layers: widgets GUI
#include "streamcanvas.h"
#include "streamscript.h"

#include <QSignalSpy>
#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::shared_ptr<const StreamTimeline> timed()
{
    return streamTimeline(modelOf("0 start\n100 chunk one\n200 chunk _two\n300 retract 3 7 refusal\n"
                                  "400 chunk _three\n500 end"),
                          {}, 0);
}

struct Shown {
    StreamCanvas canvas;

    explicit Shown(std::shared_ptr<const StreamTimeline> timeline = timed())
    {
        canvas.resize(800, 300);
        canvas.setTimeline(std::move(timeline));
        canvas.show();
        canvas.setFocus();
        QTest::qWait(0);
        canvas.grab();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&canvas, key, modifiers); }
};

} // namespace

class TestStreamCanvas : public QObject
{
    Q_OBJECT

private slots:
    void thePlayheadBeginsAtTheEnd()
    {
        Shown shown;
        QCOMPARE(shown.canvas.event(), 5u);
        QCOMPARE(shown.canvas.place(), 500 * millisecond);
    }

    void arrowsStepThroughTheEvents()
    {
        Shown shown;
        QSignalSpy moved(&shown.canvas, &StreamCanvas::placeChanged);
        shown.key(Qt::Key_Left);
        QCOMPARE(shown.canvas.event(), 4u);
        shown.key(Qt::Key_Left);
        QCOMPARE(shown.canvas.event(), 3u);
        shown.key(Qt::Key_Home);
        QCOMPARE(shown.canvas.event(), 0u);
        shown.key(Qt::Key_Right);
        QCOMPARE(shown.canvas.place(), 100 * millisecond);
        shown.key(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(shown.canvas.event(), 5u);
        shown.key(Qt::Key_End);
        QCOMPARE(moved.count(), 6);
    }

    void stepsPassEventsOfOneMoment()
    {
        Shown shown(streamTimeline(modelOf("0 start\n10 chunk a\n10 chunk b\n10 chunk c\n20 end"), {}, 0));
        shown.key(Qt::Key_Home);
        shown.key(Qt::Key_Right);
        QCOMPARE(shown.canvas.event(), 3u);
        shown.key(Qt::Key_Right);
        QCOMPARE(shown.canvas.event(), 4u);
        shown.key(Qt::Key_Left);
        QCOMPARE(shown.canvas.event(), 3u);
        shown.key(Qt::Key_Left);
        QCOMPARE(shown.canvas.event(), 0u);
    }

    void zoomAndPanKeepTheBounds()
    {
        Shown shown;
        const TimeRange all = shown.canvas.visibleRange();
        shown.key(Qt::Key_W);
        const TimeRange near = shown.canvas.visibleRange();
        QVERIFY(near.length() < all.length());
        shown.key(Qt::Key_A);
        QVERIFY(shown.canvas.visibleRange().start < near.start);
        shown.key(Qt::Key_0);
        QCOMPARE(shown.canvas.visibleRange(), all);
    }

    void aClickSetsThePlayheadAndDraggingScrubs()
    {
        Shown shown;
        QSignalSpy moved(&shown.canvas, &StreamCanvas::placeChanged);
        QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, {400, 60});
        const Nanos first = shown.canvas.place();
        QVERIFY(first > 100 * millisecond && first < 400 * millisecond);
        QTest::mouseMove(&shown.canvas, {450, 60});
        QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, {450, 60});
        QVERIFY(shown.canvas.place() > first);
        QCOMPARE(moved.count(), 2);
        QTest::mouseMove(&shown.canvas, {300, 60});
        QCOMPARE(moved.count(), 2);
    }

    void escapeTakesBackADrag()
    {
        Shown shown;
        shown.key(Qt::Key_Home);
        const Nanos before = shown.canvas.place();
        QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, {400, 60});
        QTest::mouseMove(&shown.canvas, {450, 60});
        QVERIFY(shown.canvas.place() != before);
        shown.key(Qt::Key_Escape);
        QCOMPARE(shown.canvas.place(), before);
        QTest::mouseMove(&shown.canvas, {500, 60});
        QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, {500, 60});
        QCOMPARE(shown.canvas.place(), before);
        shown.key(Qt::Key_W);
        const TimeRange range = shown.canvas.visibleRange();
        QTest::mousePress(&shown.canvas, Qt::MiddleButton, {}, {400, 60});
        QTest::mouseMove(&shown.canvas, {460, 60});
        QVERIFY(shown.canvas.visibleRange() != range);
        shown.key(Qt::Key_Escape);
        QCOMPARE(shown.canvas.visibleRange(), range);
        QTest::mouseRelease(&shown.canvas, Qt::MiddleButton, {}, {460, 60});
    }

    void spaceAsksToPlay()
    {
        Shown shown;
        QSignalSpy play(&shown.canvas, &StreamCanvas::playRequested);
        shown.key(Qt::Key_Space);
        QCOMPARE(play.count(), 1);
    }

    void whatIsUnderThePointerIsSaid()
    {
        Shown shown;
        QSignalSpy hovered(&shown.canvas, &StreamCanvas::hovered);
        QStringList said;
        for (int y = 30; y < 120; y += 2) {
            QTest::mouseMove(&shown.canvas, {430, y});
            said << hovered.value(hovered.count() - 1).value(0).toString();
        }
        QVERIFY2(said.filter(QStringLiteral("taken back (refusal, observed): 4 bytes")).size() > 0,
                 qPrintable(said.join(u'\n')));
        QVERIFY2(said.filter(QStringLiteral("text  two")).size() > 0, qPrintable(said.join(u'\n')));
    }

    void allOfThePaletteIsThere()
    {
        Shown light;
        const QImage before = light.canvas.grab().toImage();
        light.canvas.setPalette(paletteOf(darkTheme()));
        const QImage after = light.canvas.grab().toImage();
        QCOMPARE(after.pixelColor(790, 290), darkTheme().canvas);
        QVERIFY(before.pixelColor(790, 290) != after.pixelColor(790, 290));
    }

    void nothingIsShownOfNothing()
    {
        StreamCanvas canvas;
        canvas.resize(200, 100);
        canvas.grab();
        QCOMPARE(canvas.event(), noEvent);
        QTest::keyClick(&canvas, Qt::Key_Right);
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, {100, 50});
        canvas.setTimeline(streamTimeline(modelOf(""), {}, noTime));
        canvas.grab();
        QTest::keyClick(&canvas, Qt::Key_Right);
        QTest::keyClick(&canvas, Qt::Key_W);
        QCOMPARE(canvas.event(), noEvent);
    }

    void aMillionEventsAreLaidOutOnce()
    {
        StreamWriter writer;
        StreamEvent event;
        event.kind = StreamEventKind::Chunk;
        event.text = "word ";
        for (int i = 0; i < 1'000'000; ++i) {
            event.time = i * millisecond;
            writer.add(event);
        }
        Shown shown(streamTimeline(StreamModel::of(writer.take()), {}, 0));
        shown.canvas.setEvent(500'000);
        QCOMPARE(shown.canvas.event(), 500'000u);
        shown.canvas.step(-1);
        QCOMPARE(shown.canvas.event(), 499'999u);
    }
};

QTEST_MAIN(TestStreamCanvas)
#include "tst_streamcanvas.moc"
