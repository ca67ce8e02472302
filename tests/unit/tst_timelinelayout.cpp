// layers: core layout analysis
#include "timelinelayout.h"

#include "assembledcorpus.h"
#include "draw.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

std::shared_ptr<const TimelineData> timeline(const std::string& spans)
{
    return traceTimeline(corpusOf(spans), 0, {}, {}).value();
}

Viewport view(Nanos from, Nanos to, int width)
{
    Viewport viewport;
    viewport.range = {from * millisecond, to * millisecond};
    viewport.width = width;
    viewport.height = 1000;
    return viewport;
}

const char* const parallelTools = R"(
    t root - agent 0-40 agent=main
    t m1 root model 0-10
    t a root tool 10-20
    t b root tool 12-30
    t c root tool 22-28 status=error
    t m2 root model 30-40
)";

} // namespace

class TestTimelineLayout : public QObject
{
    Q_OBJECT

private slots:
    void concurrencyTakesLines()
    {
        const auto data = timeline(parallelTools);
        QCOMPARE("\n" + draw(*data, layOut(*data, view(0, 40, 40))), std::string(R"(
main
[######################################]|
[########][########]  [xxxx]  [########]|
            [################]          |
)"));
    }
};

QTEST_GUILESS_MAIN(TestTimelineLayout)
#include "tst_timelinelayout.moc"
