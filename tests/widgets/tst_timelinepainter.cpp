// layers: core layout analysis widgets GUI
// Pictures of the timeline against kept ones.
#include "viewexport.h"

#include "assembledcorpus.h"
#include "keptpicture.h"
#include "timelinecanvas.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

const char* const spans = R"(
    t root - agent 0-4000 agent=main service=shop
    t plan root model 0-1000
    t grep root tool 1000-2000
    t read root tool 1200-3000 status=error
    t sub root agent 1400-2900 agent=explore
    t look sub model 1500-2100
    t find sub tool 2100-2800
    t done root model 3000-4000
)";

} // namespace

class TestTimelinePainter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(usePictureFont(), "the kept pictures are written in DejaVu Sans"); }

    void looksAsKept_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("width");
        QTest::addColumn<TimeRange>("range");
        QTest::newRow("light") << false << 720 << TimeRange();
        QTest::newRow("dark") << true << 720 << TimeRange();
        QTest::newRow("part") << false << 480 << TimeRange{1'000 * millisecond, 2'500 * millisecond};
    }
    void looksAsKept()
    {
        QFETCH(bool, dark);
        QFETCH(int, width);
        QFETCH(TimeRange, range);
        const Corpus corpus = corpusOf(spans);
        TimelineCanvas canvas;
        canvas.setTheme(dark ? darkTheme() : lightTheme());
        canvas.resize(width, 200);
        canvas.setData(traceTimeline(corpus, 0, {}, {}).value());
        canvas.setVisibleRange(range);
        ExportOptions options;
        options.scale = 1;
        const auto picture = pictureOf(canvas, PictureFormat::Png, options);
        QVERIFY(picture);
        QCOMPARE(differenceFromKept(*picture, QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")),
                 QString());
    }
};

QTEST_MAIN(TestTimelinePainter)
#include "tst_timelinepainter.moc"
