// Builds timelines of invented corpora and paints a scripted pan and zoom: bench_timeline [SPANS]. Times are multiples
// of clearing and copying the picture; ends with 1 where a frame costs more than 8 of them, or grows with the spans.
#include "timelinepainter.h"

#include <QGuiApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <random>

using namespace arcscope;

namespace
{

double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// `spans` spans of `lanes` agents, a few at once in each, in the order of their starts.
Corpus makeCorpus(std::uint32_t spans, std::uint32_t lanes)
{
    Corpus corpus;
    StringPool pool;
    std::vector<StringId> names;
    for (std::uint32_t lane = 0; lane < lanes; ++lane)
        names.push_back(pool.intern("agent " + std::to_string(lane)));
    const StringId service = pool.intern("service");
    const StringId call = pool.intern("call of something");
    corpus.strings.append(pool.takeNew());
    std::mt19937 random(7);
    std::vector<std::int64_t> start, duration, kind, status, lane;
    for (std::uint32_t first = 0; first < spans; first += chunkRows) {
        SpanTable::Chunk chunk;
        chunk.rows = std::min(chunkRows, spans - first);
        for (auto* column : {&start, &duration, &kind, &status, &lane})
            column->resize(chunk.rows);
        for (std::uint32_t i = 0; i < chunk.rows; ++i) {
            start[i] = (std::int64_t{first} + i) * 20'000 + static_cast<std::int64_t>(random() % 20'000);
            // Short calls, and now and then one of a thousand times that.
            duration[i] = (random() % 1000 == 0 ? 1'000'000'000 : 1'000'000) * static_cast<std::int64_t>(1 + random() % 3);
            kind[i] = static_cast<std::int64_t>(random() % spanKindCount);
            status[i] = random() % 500 == 0 ? static_cast<int>(SpanStatus::Error) : 0;
            lane[i] = names[random() % lanes].value;
        }
        const auto put = [&](SpanColumn column, const std::vector<std::int64_t>& values) {
            chunk.columns[static_cast<std::size_t>(column)] = std::make_shared<Column>(encode(values));
        };
        const auto same = [&](SpanColumn column, std::int64_t value) {
            put(column, std::vector<std::int64_t>(chunk.rows, value));
        };
        for (const SpanColumn column : timelineColumns())
            same(column, 0);
        put(SpanColumn::Start, start);
        put(SpanColumn::Duration, duration);
        put(SpanColumn::Kind, kind);
        put(SpanColumn::Status, status);
        put(SpanColumn::Lane, lane);
        same(SpanColumn::ParentRow, -1);
        same(columnOf(SpanText::Service), service.value);
        same(columnOf(SpanText::Name), call.value);
        corpus.spans.append(std::move(chunk));
    }
    return corpus;
}

struct Figures {
    double p50 = 0;
    double p95 = 0;
};

Figures figures(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 95 / 100]};
}

struct Frames {
    Figures frame; ///< with the copy of the picture, ms
    Figures floor; ///< clear and copy, ms
    std::uint64_t touched = 0;
};

/// From everything to a few spans and back, moving a little in each frame.
Frames paintSweep(const TimelineData& data)
{
    constexpr int width = 1920;
    constexpr int height = 1080;
    QImage image(width, height, QImage::Format_RGB32);
    QImage screen(width, height, QImage::Format_RGB32);
    LabelCache labels(QGuiApplication::font());
    const TimelineStyle style{lightTheme(), labels, 1};
    const auto copy = [&] {
        std::memcpy(screen.bits(), image.constBits(), static_cast<std::size_t>(image.sizeInBytes()));
    };
    Viewport view;
    view.width = width;
    view.height = height;
    view.range = data.bounds;
    std::vector<double> frames, floors;
    Frames result;
    for (int step = 0; step < 120; ++step) {
        double begin = cpuMilliseconds();
        image.fill(style.theme.canvas);
        copy();
        floors.push_back(cpuMilliseconds() - begin);

        begin = cpuMilliseconds();
        const Scene scene = layOut(data, view);
        paintMasses(image, scene, style);
        {
            QPainter painter(&image);
            paintDetails(painter, scene, style);
        }
        copy();
        frames.push_back(cpuMilliseconds() - begin);
        if (std::getenv("ARCSCOPE_FRAMES"))
            std::printf("  %3d %10.3f ms range: %7.2f ms, %zu boxes, %zu labels, %llu touched\n", step,
                        static_cast<double>(lengthOf(view.range)) / 1e6, frames.back(), scene.boxes.size(),
                        scene.labels.size(), static_cast<unsigned long long>(scene.touched));
        result.touched = std::max(result.touched, scene.touched);
        view.range =
            zoomed(view.range, timeAt(width * 0.4, view.range, width), step < 60 ? 0.8 : 1.25, data.bounds, width);
        view.range = panned(view.range, 7, data.bounds, width);
    }
    result.frame = figures(frames);
    result.floor = figures(floors);
    return result;
}

} // namespace

int main(int argc, char** argv)
{
    QGuiApplication application(argc, argv);
    std::printf("%10s %9s %9s %7s | %8s %8s %8s | %6s %6s | %9s\n", "spans", "build ms", "ns/span", "MB", "p50 ms",
                "p95 ms", "floor ms", "p50 x", "p95 x", "touched");
    double small = 0;
    bool good = true;
    const std::uint32_t most = argc > 1 ? static_cast<std::uint32_t>(std::atoi(argv[1])) : 10'000'000u;
    for (const std::uint32_t spans : {100'000u, 1'000'000u, 10'000'000u}) {
        if (spans > most)
            break;
        const Corpus corpus = makeCorpus(spans, 24);
        const double begin = cpuMilliseconds();
        const auto data = corpusTimeline(corpus, {}, {}).value();
        const double build = cpuMilliseconds() - begin;
        std::size_t bytes = data->rows.size() * 22 + data->lineOfPlaced.size() * 2 + data->errors.size() * 4;
        for (const TimelineLine& line : data->lines) {
            for (const auto& level : line.pyramid.levels)
                bytes += level.size() * sizeof(Cell);
            for (const auto& list : line.pyramid.longSpans)
                bytes += list.size() * 4;
        }
        const Frames frames = paintSweep(*data);
        const double ratio95 = frames.frame.p95 / frames.floor.p50;
        std::printf("%10u %9.0f %9.1f %7.1f | %8.2f %8.2f %8.2f | %6.2f %6.2f | %9llu\n", spans, build,
                    build * 1e6 / spans, static_cast<double>(bytes) / 1e6, frames.frame.p50, frames.frame.p95,
                    frames.floor.p50, frames.frame.p50 / frames.floor.p50, ratio95,
                    static_cast<unsigned long long>(frames.touched));
        std::fflush(stdout);
        if (small == 0)
            small = frames.frame.p50;
        else
            std::printf("%10s frame(%u) / frame(100000) = %.2f\n", "", spans, frames.frame.p50 / small);
        good = good && ratio95 <= 8 && frames.frame.p50 / small <= 1.5;
    }
    return good ? 0 : 1;
}
