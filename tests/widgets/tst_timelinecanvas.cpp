// layers: core layout analysis widgets
#include "timelinecanvas.h"

#include "assembledcorpus.h"

#include <QSignalSpy>
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

Corpus sample()
{
    return corpusOf(spans);
}

} // namespace

class TestTimelineCanvas : public QObject
{
    Q_OBJECT

private slots:
    void arrowKeysSelect()
    {
        const Corpus corpus = sample();
        TimelineCanvas canvas;
        canvas.resize(900, 560);
        canvas.setData(traceTimeline(corpus, 0, {}, {}).value());
        QSignalSpy selected(&canvas, &TimelineCanvas::selectionChanged);
        QTest::keyClick(&canvas, Qt::Key_Right);
        QCOMPARE(canvas.selection(), rowNamed(corpus, "root"));
        QTest::keyClick(&canvas, Qt::Key_Right);
        QCOMPARE(canvas.selection(), rowNamed(corpus, "plan"));
        QCOMPARE(selected.size(), 2);
    }
};

QTEST_MAIN(TestTimelineCanvas)
#include "tst_timelinecanvas.moc"
