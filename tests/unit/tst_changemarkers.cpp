// layers: analysis Qt6::Core
#include "changemarkers.h"
#include "corpusbuilder.h"
#include "corpuscolumns.h"

#include <QTest>

#include <algorithm>

using namespace arcscope;
using namespace arcscope::testing;

namespace
{

/// One model call a second from `from` on, a trace each.
std::string calls(int from, int count, const std::string& facts)
{
    std::string lines;
    for (int i = from; i < from + count; ++i) {
        const std::string number = std::to_string(i);
        lines += "t" + number + " s" + number + " - model " + number + "000-" + number + "100 " + facts + "\n";
    }
    return lines;
}

Corpus corpusFrom(const std::string& lines)
{
    CorpusBuilder builder;
    addSpans(builder, lines);
    return builder.build();
}

} // namespace

class TestChangeMarkers : public QObject
{
    Q_OBJECT

private slots:
    void aNewModel()
    {
        const Corpus corpus =
            corpusFrom(calls(1'000, 100, "service=a model=old") + calls(1'100, 60, "service=a model=new") +
                       calls(1'160, 40, "service=a model=old"));
        const std::vector<ChangeMarker> markers = changeMarkers(corpus);
        QCOMPARE(markers.size(), std::size_t{1});
        QCOMPARE(corpus.strings[markers[0].value], std::string_view("new"));
        QCOMPARE(corpus.strings[markers[0].before], std::string_view("old"));
        QCOMPARE(corpus.strings[markers[0].service], std::string_view("a"));
        QCOMPARE(markers[0].time, 1'100 * second);
        QCOMPARE(markers[0].row, Row{100});
        QCOMPARE(markers[0].spansBefore, 100U);
        QCOMPARE(markers[0].spansSince, 60U);
        QCOMPARE(markers[0].othersSince, 40U);
    }

    void whatWasThereFromTheBeginningIsNoChange()
    {
        std::string lines;
        for (int i = 0; i < 100; ++i)
            lines += calls(1'000 + i, 1, i % 2 == 0 ? "service=a model=x" : "service=a model=y");
        QVERIFY(changeMarkers(corpusFrom(lines)).empty());
    }

    void fewCallsAreNoChange()
    {
        const Corpus corpus =
            corpusFrom(calls(1'000, 100, "service=a model=old") + calls(1'100, 5, "service=a model=tried") +
                       calls(1'105, 100, "service=a model=old"));
        QVERIFY(changeMarkers(corpus).empty());
    }

    /// Another service has had the model all the time.
    void eachServiceByItself()
    {
        const Corpus corpus = corpusFrom(
            calls(1'000, 100, "service=a model=old") + calls(1'000, 100, "service=b model=new") +
            calls(1'100, 50, "service=a model=new version=v2") + calls(1'100, 50, "service=b model=new version=v2"));
        const std::vector<ChangeMarker> markers = changeMarkers(corpus);
        QCOMPARE(markers.size(), std::size_t{1});
        QCOMPARE(corpus.strings[markers[0].service], std::string_view("a"));
        QCOMPARE(markers[0].what, SpanText::ModelServed);
    }

    void onlyTheColumnsThatItNames()
    {
        CorpusBuilder builder;
        addSpans(builder, calls(1'000, 60, "service=a version=v1") + calls(1'060, 60, "service=a version=v2"));
        const Corpus partial = builder.buildWith(markerColumns());
        const std::vector<ChangeMarker> markers = changeMarkers(partial);
        QCOMPARE(markers.size(), std::size_t{1});
        QCOMPARE(markers[0].what, SpanText::PromptVersion);
    }

    void versionsOfToolsAndIndexes()
    {
        const Corpus corpus = corpusFrom(calls(1'000, 12, "service=a"));
        std::vector<VersionUse> uses;
        for (Row row = 0; row < 12; ++row) {
            const bool late = row >= 6;
            const Nanos time = corpus.spans.start(row);
            uses.push_back({false, "search", late ? "#2" : "#1", row, time});
            uses.push_back({false, "refund", late ? "#4" : "#3", row, time});
            uses.push_back({true, "handbook", row >= 9 ? "v2" : "v1", row, time});
            uses.push_back({false, "same", "1.0", row, time});
        }
        uses.push_back({false, "search", "#tried", 7, corpus.spans.start(7)}); // once is no change
        uses.push_back({false, "search", "#untimed", 8, noTime});
        const std::vector<LensMarker> marks = versionMarks(corpus, uses);
        QCOMPARE(marks.size(), std::size_t{2});
        QCOMPARE(marks[0].kind, std::string("tool"));
        QCOMPARE(marks[0].label, std::string("search #2 and 1 more"));
        QCOMPARE(marks[0].row, Row{6});
        QCOMPARE(marks[1].kind, std::string("index"));
        QCOMPARE(marks[1].label, std::string("handbook v2"));
        QCOMPARE(marks[1].x, static_cast<double>(corpus.spans.start(9)));
        std::reverse(uses.begin(), uses.end());
        QCOMPARE(versionMarks(corpus, uses).size(), std::size_t{2});
    }

    void windows()
    {
        ChangeMarker early;
        early.time = 100;
        ChangeMarker marker;
        marker.time = 200;
        ChangeMarker elsewhere;
        elsewhere.time = 210;
        elsewhere.service = StringId{7};
        const std::vector<ChangeMarker> all{early, marker, elsewhere};
        const MarkerWindows near = windowsOf(marker, all, {0, 1'000}, 300);
        QCOMPARE(near.before, (TimeRange{100, 200}));
        QCOMPARE(near.after, (TimeRange{200, 500}));
        const MarkerWindows short_ = windowsOf(marker, all, {150, 260}, 300);
        QCOMPARE(short_.before, (TimeRange{150, 200}));
        QCOMPARE(short_.after, (TimeRange{200, 260}));
    }
};

QTEST_APPLESS_MAIN(TestChangeMarkers)
#include "tst_changemarkers.moc"
