// layers: core layout analysis widgets
#include "legendpainter.h"

#include "assembledcorpus.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const spans = R"(
    t root - agent 0-4000 agent=main
    t plan root model 0-1000
    t grep root tool 1000-2000 status=error
)";

constexpr int width = 500;

/// How many pixels the legend changes on a viewport of that height.
int painted(int height)
{
    const Corpus corpus = corpusOf(spans);
    const auto data = traceTimeline(corpus, 0, {}, {}).value();
    Viewport viewport;
    viewport.range = data->bounds;
    viewport.width = width;
    viewport.height = height;
    const Scene scene = layOut(*data, viewport);
    LabelCache labels{QFont()};
    const TimelineStyle style{lightTheme(), labels, 1};
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(lightTheme().canvas);
    const QImage before = image;
    QPainter painter(&image);
    paintLegend(painter, scene, style);
    int changed = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            changed += image.pixel(x, y) != before.pixel(x, y) ? 1 : 0;
        // the lanes stay as they are
        if (changed > 0 && y < scene.contentHeight)
            return -1;
    }
    return changed;
}

} // namespace

class TestLegendPainter : public QObject
{
    Q_OBJECT

private slots:
    void itUsesTheRoomBelowTheLanes() { QVERIFY(painted(400) > 500); }
    void lanesAreNeverCovered() { QCOMPARE(painted(70), 0); }
};

QTEST_MAIN(TestLegendPainter)
#include "tst_legendpainter.moc"
