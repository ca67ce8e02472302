// Opens one invented stream and scrubs through it as a user does: bench_stream [EVENTS]. Prints the time until it is
// painted first and the time of frames while the playhead moves (picture, text and JSON pane); ends with 1 where the
// first paint takes more than a second or the slowest twentieth of the frames more than a frame of a 60 Hz screen.
#include "streamcanvas.h"
#include "streamtext.h"

#include <QApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace arcscope;

namespace
{

constexpr double frameMs = 1000.0 / 60;

double milliseconds()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Words every 4 ms with a pause now and then; every 5,000th event takes the last forty words back.
PackedStream invented(std::uint32_t events)
{
    StreamWriter writer;
    std::mt19937 random(7);
    std::int64_t length = 0;
    Nanos time = second;
    StreamEvent event;
    for (std::uint32_t i = 0; i < events; ++i) {
        time += random() % 1000 == 0 ? 1500 * millisecond : 4 * millisecond;
        event = {};
        event.time = time;
        if (i % 5000 == 4999) {
            event.kind = StreamEventKind::Retract;
            event.from = length - 200;
            event.to = length;
            length -= 200;
        } else {
            event.kind = StreamEventKind::Chunk;
            event.text = "word ";
            length += 5;
        }
        writer.add(event);
    }
    return writer.take();
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const auto events = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000);
    PackedStream packed = invented(events);

    StreamCanvas canvas;
    StreamText text;
    canvas.resize(1920, 400);
    text.resize(1920, 500);
    QImage screen(1920, 900, QImage::Format_RGB32);
    const auto paint = [&] {
        canvas.render(&screen);
        text.render(&screen, QPoint(0, 400));
    };
    const double begin = milliseconds();
    const auto model = StreamModel::of(std::move(packed));
    const double unpacked = milliseconds();
    const auto timeline = streamTimeline(model, {}, noTime);
    canvas.setTimeline(timeline);
    text.showAt(model, canvas.event());
    paint();
    const double painted = milliseconds();

    std::vector<double> frames;
    std::mt19937 random(11);
    const Nanos length = timeline->bounds.length();
    for (int i = 0; i < 300; ++i) {
        const double from = milliseconds();
        const double share = i % 3 == 2 ? static_cast<double>(random() % 1000) / 1000 : i / 300.0;
        canvas.setPlace(timeline->bounds.start + static_cast<Nanos>(share * static_cast<double>(length)));
        text.showAt(model, canvas.event());
        paint();
        frames.push_back(milliseconds() - from);
    }
    std::sort(frames.begin(), frames.end());
    const double median = frames[frames.size() / 2];
    const double late = frames[frames.size() * 95 / 100];
    std::printf("%u events   unpacked %.0f ms   first paint %.0f ms   scrub p50 %.1f ms   p95 %.1f ms\n", events,
                unpacked - begin, painted - begin, median, late);
    return painted - begin > 1000 || late > frameMs ? 1 : 0;
}
