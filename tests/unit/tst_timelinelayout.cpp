// layers: core layout analysis
#include "timelinelayout.h"

#include "assembledcorpus.h"
#include "draw.h"

#include <QTest>

#include <algorithm>
#include <random>

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

/// draw() as lines, so that a difference is shown line by line.
QStringList picture(const TimelineData& data, const Viewport& viewport)
{
    return QString::fromStdString("\n" + draw(data, layOut(data, viewport))).split(u'\n');
}

QStringList lines(const char* text)
{
    return QString::fromUtf8(text).split(u'\n');
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
        QCOMPARE(picture(*data, view(0, 40, 40)), lines(R"(
main
[######################################]|
[########][########]  [xxxx]  [########]|
            [################]          |
)"));
    }

    void subAgentsAreLanesOfTheirOwn()
    {
        const auto data = timeline(R"(
            t root - agent 0-40 agent=main
            t call root tool 4-30
            t sub call agent 8-28 agent=helper
            t m sub model 10-20
            t again root agent 32-38 agent=helper
        )");
        QCOMPARE(picture(*data, view(0, 40, 40)), lines(R"(
main
[######################################]|
    [########################]          |
 helper
        [##################]    [####]  |
          [########]                    |
)"));
        QCOMPARE(data->links.size(), std::size_t{2});
        QCOMPARE(layOut(*data, view(0, 40, 40)).arrows.size(), std::size_t{2});
    }

    void boxesGoOnOutside()
    {
        const auto data = timeline(parallelTools);
        QCOMPARE(picture(*data, view(5, 25, 40)), lines(R"(
main
<######################################>|
<########][##################]    [xxxx>|
              [########################>|
)"));
    }

    void narrowSpansFoldIntoCountedRuns()
    {
        std::string spans = "t root - agent 0-400 agent=main\n";
        for (int i = 0; i < 100; ++i)
            spans += "t s" + std::to_string(i) + " root tool " + std::to_string(100 + i) + "-" +
                     std::to_string(101 + i) + (i == 50 ? " status=error\n" : "\n");
        const auto data = timeline(spans);
        QCOMPARE(picture(*data, view(0, 400, 40)), lines(R"(
main
[######################################]|
          :::100x:::                    |
)"));
        // The same from so near that single spans are looked at.
        QCOMPARE(picture(*data, view(150, 190, 40)), lines(R"(
main
<######################################>|
::::::::::::::::::40x:::::::::::::::::::|
)"));
    }

    void lanesCollapsePinAndHide()
    {
        const auto data = timeline(R"(
            t a - agent 0-40 agent=first
            t x a tool 0-20
            t y a tool 10-20
            t b - agent 0-40 agent=second
            t z b model 20-40
        )");
        Viewport viewport = view(0, 40, 20);
        viewport.lanes = {{true, false, false}, {false, false, true}};
        QCOMPARE(picture(*data, viewport), lines(R"(
second (pinned)
[##################]|
          [########]|
first
44444999970000000000|
)"));
        viewport.lanes[1].hidden = true;
        QCOMPARE(layOut(*data, viewport).headers.size(), std::size_t{1});
        QVERIFY(!rectOf(*data, viewport, rowNamed(data->corpus, "z")));
        viewport.lanes = {{}, {false, false, true}};
        viewport.scroll = 10;
        QCOMPARE(rectOf(*data, viewport, rowNamed(data->corpus, "b"))->y, 0);
        QCOMPARE(rectOf(*data, viewport, rowNamed(data->corpus, "a"))->y, layOut(*data, viewport).pinnedHeight - 10);
    }

    void withoutTimesOrderIsShown()
    {
        const auto data = timeline(
            "t root - agent - agent=main\n t m root model -\n t a root tool -\n t b a tool -\n t n root model -");
        QVERIFY(data->ordinal);
        Viewport viewport = view(0, 1, 40);
        viewport.range = data->bounds;
        const Scene scene = layOut(*data, viewport);
        QCOMPARE(picture(*data, viewport), lines(R"(
main
[######################################]|
[############[############[############]|
             [############]             |
)"));
        QCOMPARE(scene.ticks.ticks.front().label, std::string("#1"));
    }

    void everySpanIsDrawnOrCounted_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("share");
        for (const int width : {1, 37, 640, 1920}) {
            for (const double share : {1.0, 0.3, 0.01, 0.0003})
                QTest::addRow("%d px, %g of it", width, share) << width << share;
        }
    }
    void everySpanIsDrawnOrCounted()
    {
        QFETCH(int, width);
        QFETCH(double, share);
        const auto data = corpusTimeline(m_random, {}, {}).value();
        Viewport viewport;
        const auto length = static_cast<double>(lengthOf(data->bounds));
        viewport.range = {data->bounds.start + static_cast<Nanos>(length * 0.4),
                          data->bounds.start + static_cast<Nanos>(length * (0.4 + 0.6 * share))};
        viewport.width = width;
        viewport.height = 100'000;
        const Scene scene = layOut(*data, viewport);
        std::vector<std::uint64_t> drawn(data->lines.size());
        std::vector<std::uint64_t> failed(data->lines.size());
        for (const Box& box : scene.boxes) {
            QVERIFY(box.rect.x >= 0 && box.rect.width >= 1 && box.rect.right() <= width);
            drawn[box.line] += box.foldedCount;
            failed[box.line] += box.look.error() ? 1 : 0;
        }
        for (std::uint32_t line = 0; line < data->lines.size(); ++line) {
            std::uint64_t touching = 0;
            bool error = false;
            for (std::uint32_t i = data->lines[line].first; i < data->lines[line].first + data->lines[line].count;
                 ++i) {
                if (data->starts[i] >= viewport.range.end || data->ends[i] <= viewport.range.start)
                    continue;
                ++touching;
                error = error || data->look(i).error();
            }
            QCOMPARE(drawn[line], touching);
            QCOMPARE(failed[line] > 0, error);
        }
        // The cost: a constant for each pixel of each line, and the labels.
        QVERIFY2(scene.touched <= data->lines.size() * static_cast<std::uint64_t>(width + 20) * 12,
                 qPrintable(QString::number(scene.touched)));
    }

    void hitsAreExact()
    {
        const auto data = timeline(parallelTools);
        const Viewport viewport = view(0, 40, 400);
        const int pitch = viewport.rowHeight + viewport.rowGap;
        const auto name = [&](int x, int line) {
            const Hit hit = hitTest(*data, viewport, x, line * pitch + 3, 2);
            return hit.row == noRow ? std::string() : std::string(data->corpus.text(SpanText::Name, hit.row));
        };
        QCOMPARE(name(50, 0), std::string("root"));
        QCOMPARE(name(50, 1), std::string("m1"));
        QCOMPARE(name(150, 1), std::string("a"));
        QCOMPARE(name(150, 2), std::string("b"));
        QCOMPARE(name(210, 1), std::string());
        QCOMPARE(name(218, 1), std::string("c"));
        QCOMPARE(name(50, 7), std::string());
        const Hit failed = hitTest(*data, viewport, 250, pitch + 3);
        QVERIFY(failed.error && failed.foldedCount == 1);
        QCOMPARE(failed.range, (TimeRange{22 * millisecond, 28 * millisecond}));
        for (Row row = 0; row < data->corpus.spans.rows(); ++row) {
            const Rect rect = rectOf(*data, viewport, row).value();
            QCOMPARE(hitTest(*data, viewport, rect.x + rect.width / 2, rect.y + 1).row, row);
        }
    }

    void keysWalkInTimeAndOverLines()
    {
        const auto data = timeline(parallelTools);
        const Viewport viewport = view(0, 40, 400);
        const auto walk = [&](const char* from, Step step) {
            const Row next = neighbour(*data, viewport, rowNamed(data->corpus, from), step);
            return next == noRow ? std::string("-") : std::string(data->corpus.text(SpanText::Name, next));
        };
        QCOMPARE(walk("m1", Step::Next), std::string("a"));
        QCOMPARE(walk("a", Step::Next), std::string("b"));
        QCOMPARE(walk("b", Step::Next), std::string("c"));
        QCOMPARE(walk("c", Step::Previous), std::string("b"));
        QCOMPARE(walk("m2", Step::Next), std::string("-"));
        QCOMPARE(walk("m1", Step::NextOfKind), std::string("m2"));
        QCOMPARE(walk("m2", Step::PreviousOfKind), std::string("m1"));
        QCOMPARE(walk("root", Step::LineBelow), std::string("m1"));
        QCOMPARE(walk("c", Step::LineBelow), std::string("b"));
        QCOMPARE(walk("b", Step::LineAbove), std::string("a"));
        QCOMPARE(neighbour(*data, viewport, noRow, Step::Next), rowNamed(data->corpus, "root"));
        // Every span is reached, once.
        Row row = noRow;
        std::vector<bool> seen(data->corpus.spans.rows());
        while ((row = neighbour(*data, viewport, row, Step::Next)) != noRow && !seen[row])
            seen[row] = true;
        QCOMPARE(std::count(seen.begin(), seen.end(), true), std::ptrdiff_t{6});
    }

    void nothingToDrawIsNoHarm()
    {
        const TimelineData none;
        QVERIFY(layOut(none, view(0, 10, 100)).boxes.empty());
        QVERIFY(layOut(*timeline(parallelTools), view(0, 10, 0)).boxes.empty());
        QCOMPARE(hitTest(none, view(0, 10, 100), 5, 5).row, noRow);
        QCOMPARE(neighbour(none, view(0, 10, 100), noRow, Step::Next), noRow);
        QVERIFY(density(none, {}, 10).size() == 10);
    }

private:
    /// Bursts, long spans, equal times and spans without length.
    Corpus m_random = [] {
        std::mt19937 random(11);
        CorpusBuilder builder;
        const StringId agent = builder.intern("agent");
        const StringId name = builder.intern("span");
        for (int i = 0; i < 20'000; ++i) {
            SpanRecord span;
            span.trace = toId(builder, "t");
            span.span = Id{1, static_cast<std::uint64_t>(i) + 1, IdForm::Hex64};
            span.kind = static_cast<SpanKind>(random() % spanKindCount);
            span.start = random() % 3 == 0 ? static_cast<Nanos>(random() % 1000) * millisecond
                                           : static_cast<Nanos>(random() % 4'000'000) * microsecond;
            const auto longest = std::array{0u, 10u, 1'000u, 100'000u, 50'000'000u}[random() % 5];
            span.end = span.start + static_cast<Nanos>(longest == 0 ? 0 : random() % longest) + (longest == 0 ? 0 : 1);
            span.status = random() % 800 == 0 ? SpanStatus::Error : SpanStatus::Ok;
            span[SpanText::Agent] = agent;
            span[SpanText::Name] = name;
            builder.add(span, {});
        }
        return assembled(builder);
    }();
};

QTEST_GUILESS_MAIN(TestTimelineLayout)
#include "tst_timelinelayout.moc"
