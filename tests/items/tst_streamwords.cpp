// layers: items core layout
#include "streamscript.h"
#include "streamwords.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

constexpr int width = 100;

struct Picture {
    std::shared_ptr<const StreamTimeline> timeline;
    StreamScene scene;

    Picture(const char* script, StreamMarks marks = {})
        : timeline(streamTimeline(modelOf(script), std::move(marks), 0))
    {
        StreamViewport view;
        view.range = {0, width * millisecond};
        view.width = width;
        scene = layOut(*timeline, view);
    }
    QString at(int x, int y) const { return textAt(*timeline, scene, x, y, 2); }
};

} // namespace

class TestStreamWords : public QObject
{
    Q_OBJECT

private slots:
    void chunksAndMarks()
    {
        const Picture picture("0 chunk It_is\n50 chunk 41\n90 stop end_turn");
        const int y = picture.scene.lanes[0].y + 3;
        QCOMPARE(picture.at(10, y), "text  It is");
        QCOMPARE(picture.at(50, y), "text  41");
        QCOMPARE(picture.at(90, picture.scene.marksTop + 3), "stop  end_turn");
        QCOMPARE(picture.at(20, picture.scene.marksTop + 3), "");
    }

    void whatWasTakenBack()
    {
        const Picture picture("0 chunk Yes\n60 retract 0 3 guardrail\n61 chunk No");
        QCOMPARE(picture.at(30, picture.scene.exposures[0].y),
                 "taken back (guardrail, observed): 3 bytes that were shown 60 ms");
    }

    void phasesStretchesAndLinks()
    {
        StreamMarks marks;
        marks.phases = {{StreamPhaseKind::Waiting, {0, 20 * millisecond}, PhaseSource::Measured}};
        marks.stated = {{StreamPhaseKind::Prefill, {0, 20 * millisecond}, PhaseSource::Declared}};
        StreamStretch stall;
        stall.range = {30 * millisecond, 80 * millisecond};
        stall.what = "nothing came";
        marks.stretches = {stall};
        marks.links = {{0, 0, 1, "a number differs"}};
        const Picture picture("20 chunk a\n80 chunk b", marks);
        QCOMPARE(picture.at(5, 3), "waiting  20 ms");
        QCOMPARE(picture.at(5, picture.scene.statedTop + 3), "reading the prompt  20 ms (declared)");
        QCOMPARE(picture.at(60, picture.scene.lanes[0].y + 10), u"nothing came  \u00b7  text  a");
        QCOMPARE(picture.at(50, picture.scene.lanes[0].y - 2), "a number differs");
    }

    void placesOfThePlayhead()
    {
        const Picture picture("20 chunk It_is\n80 end");
        QCOMPARE(placeText(*picture.timeline, 10 * millisecond, noEvent), u"+10 ms  \u00b7  before the first event");
        QCOMPARE(placeText(*picture.timeline, 20 * millisecond, 0),
                 u"+20 ms  \u00b7  event 1 of 2, chunk \u201cIt is\u201d");
        QCOMPARE(placeText(*picture.timeline, -5 * millisecond, noEvent),
                 u"\u22125 ms  \u00b7  before the first event");
        const Picture ordinal("- chunk a\n- end");
        QCOMPARE(placeText(*ordinal.timeline, 1'000, 1), u"event 2 of 2, end");
    }

    void lanes()
    {
        const Picture picture("0 chunk a\n1 open tool 1 search\n2 chunk {}\n3 open reasoning 2\n4 chunk x");
        QStringList names;
        for (std::uint32_t lane = 0; lane < picture.timeline->lanes.size(); ++lane)
            names << laneName(*picture.timeline, lane);
        QCOMPARE(names.join(u", "), "text, tool search, reasoning");
    }
};

QTEST_GUILESS_MAIN(TestStreamWords)
#include "tst_streamwords.moc"
