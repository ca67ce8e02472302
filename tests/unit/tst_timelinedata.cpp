// layers: core layout analysis
#include "timelinedata.h"

#include "assembledcorpus.h"

#include <QTest>

using namespace arcscope;
using namespace arcscope::testing;

class TestTimelineData : public QObject
{
    Q_OBJECT

private slots:
    void lanesAreNestedByFirstStart()
    {
        const auto data = traceTimeline(corpusOf(R"(
            t root - agent 0-90 agent=main
            t late root agent 50-60 agent=writer
            t early root agent 10-40 agent=reader
            t deep early agent 20-30 agent=searcher
            t more root agent 70-80 agent=reader
        )"),
                                        0, {}, {})
                              .value();
        QStringList lanes;
        for (const TimelineLane& lane : data->lanes)
            lanes
                << QStringLiteral("%1 %2 x%3").arg(lane.level).arg(QString::fromStdString(lane.label)).arg(lane.spans);
        QCOMPARE(lanes.join(u','), QStringLiteral("0 main x1,1 reader x2,2 searcher x1,1 writer x1"));
    }

    void withoutAgentsTheServiceIsTheLane()
    {
        const auto data =
            traceTimeline(corpusOf("t a - workflow 0-10 service=web\n t b a model 2-5 service=web"), 0, {}, {}).value();
        QCOMPARE(data->lanes.size(), std::size_t{1});
        QCOMPARE(data->lanes[0].label, std::string("web"));
        QCOMPARE(data->lanes[0].lines, 2u);
    }

    void linesAreSortedByStartAndEnd()
    {
        std::string spans;
        for (int i = 0; i < 400; ++i)
            spans += "t s" + std::to_string(i) + " - tool " + std::to_string(i * 37 % 400) + "-" +
                     std::to_string(i * 37 % 400 + 1 + i % 30) + " service=x\n";
        for (const std::uint32_t most : {1u, 3u, 0u}) {
            TimelineOptions options;
            options.maxLines = most;
            const auto data = corpusTimeline(corpusOf(spans), options, {}).value();
            std::size_t count = 0;
            for (const TimelineLine& line : data->lines) {
                count += line.count;
                for (std::uint32_t i = line.first + 1; i < line.first + line.count; ++i) {
                    QVERIFY(data->starts[i - 1] <= data->starts[i]);
                    QVERIFY(data->ends[i - 1] <= data->ends[i]);
                    QVERIFY(line.density || data->ends[i - 1] <= data->starts[i]);
                }
            }
            QCOMPARE(count, std::size_t{400});
            QCOMPARE(data->lines.back().density, true);
            QCOMPARE(data->lines.size(), std::size_t{most == 0 ? 13 : most + 1});
        }
    }

    void everyRowIsFoundAgain()
    {
        const Corpus corpus =
            corpusOf("t a - agent 5-9\n u b - agent 0-3\n t c a tool 6-7\n u d b tool -\n u e b tool 1-\n");
        const auto whole = corpusTimeline(corpus, {}, {}).value();
        QCOMPARE(whole->untimed, 1u);
        for (const char* name : {"a", "b", "c", "e"}) {
            const auto place = whole->place(rowNamed(corpus, name));
            QVERIFY(place.has_value());
            QCOMPARE(whole->rows[place->index], rowNamed(corpus, name));
            QCOMPARE(whole->range(*place), corpus.spans.range(rowNamed(corpus, name)));
        }
        QVERIFY(!whole->place(rowNamed(corpus, "d")));
        QVERIFY(!whole->place(noRow));
        QVERIFY(whole->look(whole->place(rowNamed(corpus, "e"))->index).has(SpanLook::OpenEnd));

        const auto one = traceTimeline(corpus, 0, {}, {}).value();
        QVERIFY(one->place(rowNamed(corpus, "c")));
        QVERIFY(!one->place(rowNamed(corpus, "b")));
        QCOMPARE(one->bounds, (TimeRange{5 * millisecond, 9 * millisecond}));
    }

    void lanesBeyondTheLimitAreShared()
    {
        std::string spans;
        for (int i = 0; i < 10; ++i)
            spans += "t s" + std::to_string(i) + " - tool 0-5 agent=agent" + std::to_string(i) + "\n";
        TimelineOptions options;
        options.maxLanes = 4;
        const auto data = corpusTimeline(corpusOf(spans), options, {}).value();
        QCOMPARE(data->lanes.size(), std::size_t{4});
        QCOMPARE(data->lanes.back().label, std::string("7 more"));
        QCOMPARE(data->lanes.back().spans, 7u);
    }

    void aStoppedBuildIsCancelled()
    {
        std::stop_source stop;
        stop.request_stop();
        const Corpus corpus = corpusOf("t a - agent 0-10");
        const auto whole = corpusTimeline(corpus, {}, {stop.get_token(), nullptr});
        QVERIFY(!whole && whole.error().code == ErrorCode::Cancelled);
        const auto one = traceTimeline(corpus, 0, {}, {stop.get_token(), nullptr});
        QVERIFY(!one && one.error().code == ErrorCode::Cancelled);
    }

    void bucketsCoverWhatSpansCover()
    {
        const std::vector<Nanos> starts{0, 100, 600};
        const std::vector<Nanos> ends{50, 500, 1000};
        const std::vector<std::uint16_t> looks{SpanLook(SpanKind::ModelCall, SpanStatus::Ok, 0).bits(),
                                               SpanLook(SpanKind::ToolCall, SpanStatus::Ok, 0).bits(),
                                               SpanLook(SpanKind::ToolCall, SpanStatus::Error, 0).bits()};
        const Pyramid pyramid = makePyramid({starts, ends, looks}, false);
        QCOMPARE(pyramid.shift, 6);
        QCOMPARE(pyramid.levels.front().size(), std::size_t{16});
        QCOMPARE(pyramid.levels.back().size(), std::size_t{1});
        QCOMPARE(pyramid.levels[0][0], Cell(SpanKind::ModelCall, 50 * 255 / 64, false));
        QCOMPARE(pyramid.levels[0][3], Cell(SpanKind::ToolCall, 255, false));
        QVERIFY(!pyramid.levels[0][8].error() && pyramid.levels[0][9].error());
        QVERIFY(pyramid.levels.back()[0].error());
        QCOMPARE(pyramid.levels.back()[0].kind(), SpanKind::ToolCall);
        QCOMPARE(pyramid.levelFor(63), -1);
        QCOMPARE(pyramid.levelFor(64), 0);
        QCOMPARE(pyramid.levelFor(200), 1);
    }
};

QTEST_APPLESS_MAIN(TestTimelineData)
#include "tst_timelinedata.moc"
