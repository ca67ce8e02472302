// Builds timelines of invented corpora and paints a scripted pan and zoom: bench_timeline [SPANS]. Times are multiples
// of clearing and copying the picture; ends with 1 where a frame costs more than 8 of them, or grows with the spans.
#include "timelinepainter.h"

#include <QGuiApplication>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
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

/// `spans` spans of some agents, a few at once in each, in the order of their starts.
Corpus makeCorpus(std::uint32_t spans, std::uint32_t agents)
{
    Corpus corpus;
    StringPool pool;
    std::vector<StringId> names;
    for (std::uint32_t lane = 0; lane < agents; ++lane)
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
            // Short calls, and now and then one of fifty times that: about as many at once however many there are.
            duration[i] = (random() % 1000 == 0 ? 15'000'000 : 300'000) * static_cast<std::int64_t>(1 + random() % 3);
            kind[i] = static_cast<std::int64_t>(random() % spanKindCount);
            status[i] = random() % 500 == 0 ? static_cast<int>(SpanStatus::Error) : 0;
            lane[i] = names[random() % agents].value;
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

constexpr int width = 1920;
constexpr int height = 1080;
/// Just as many as fill the window with their lines, so that every span is on screen in the widest view.
constexpr std::uint32_t lanes = 4;

constexpr std::uint32_t fewestSpans = 100'000;

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
    Figures frame;  ///< with the copy of the picture, ms
    double few = 0; ///< median of the frames that show no more spans than the smallest corpus has, ms
    Figures ratio;  ///< to a clear and copy just before
    std::uint64_t touched = 0;
};

constexpr int zoomSteps = 60;
constexpr int sweeps = 5;

/// Views of a sweep: from everything to a few spans and back, moving a little in each frame.
std::vector<Viewport> script(const TimelineData& data)
{
    // However many spans there are, the sweep passes through the same densities.
    const double fewest = 300.0 / static_cast<double>(data.rows.size());
    const double factor = std::pow(std::min(fewest, 1.0), 1.0 / zoomSteps);
    std::vector<Viewport> views;
    Viewport view;
    view.width = width;
    view.height = height;
    view.range = data.bounds;
    for (int step = 0; step < 2 * zoomSteps; ++step) {
        views.push_back(view);
        view.range = zoomed(view.range, timeAt(width * 0.4, view.range, width), step < zoomSteps ? factor : 1 / factor,
                            data.bounds, width);
        view.range = panned(view.range, 7, data.bounds, width);
    }
    return views;
}

/// CPU time of what a window does for one frame, in ms.
class FrameTimer
{
public:
    explicit FrameTimer(const TimelineData& data)
        : m_data(data)
        , m_labels(QGuiApplication::font())
    {
    }

    /// The yardstick: a picture cleared and copied to a surface.
    double floor()
    {
        const double begin = cpuMilliseconds();
        {
            QPainter painter(&m_image);
            painter.fillRect(m_image.rect(), lightTheme().canvas);
        }
        blit();
        return cpuMilliseconds() - begin;
    }

    double frame(const Viewport& view)
    {
        const TimelineStyle style{lightTheme(), m_labels, 1};
        const double begin = cpuMilliseconds();
        m_scene = layOut(m_data, view, std::move(m_scene));
        paintMasses(m_image, m_scene, style);
        {
            QPainter painter(&m_image);
            paintDetails(painter, m_scene, style);
        }
        blit();
        return cpuMilliseconds() - begin;
    }

    const Scene& scene() const { return m_scene; }

private:
    void blit() { QPainter(&m_screen).drawImage(0, 0, m_image); }

    const TimelineData& m_data;
    LabelCache m_labels;
    QImage m_image{width, height, QImage::Format_RGB32};
    QImage m_screen{width, height, QImage::Format_RGB32};
    Scene m_scene;
};

double medianOf(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// Each frame of the script counts with the median of some sweeps: others run on this machine, too.
Frames paintSweeps(const TimelineData& data)
{
    const std::vector<Viewport> views = script(data);
    std::vector<std::vector<double>> times(views.size());
    std::vector<std::vector<double>> ratios(views.size());
    FrameTimer timer(data);
    Frames result;
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        for (std::size_t i = 0; i < views.size(); ++i) {
            const double floor = timer.floor();
            times[i].push_back(timer.frame(views[i]));
            ratios[i].push_back(times[i].back() / floor);
            result.touched = std::max(result.touched, timer.scene().touched);
        }
    }
    std::vector<double> frames, multiples, few;
    for (std::size_t i = 0; i < views.size(); ++i) {
        frames.push_back(medianOf(times[i]));
        const double share = static_cast<double>(lengthOf(views[i].range)) / static_cast<double>(lengthOf(data.bounds));
        if (share * static_cast<double>(data.rows.size()) <= 1.01 * fewestSpans)
            few.push_back(frames.back());
        multiples.push_back(medianOf(ratios[i]));
        if (std::getenv("ARCSCOPE_FRAMES"))
            std::printf("  %3zu %12.3f ms on screen: %6.2f ms\n", i,
                        static_cast<double>(lengthOf(views[i].range)) / 1e6, frames.back());
    }
    result.frame = figures(frames);
    result.ratio = figures(multiples);
    result.few = medianOf(few);
    return result;
}

} // namespace

int main(int argc, char** argv)
{
    QGuiApplication application(argc, argv);
    std::printf("%10s %9s %9s %7s | %8s %8s | %6s %6s | %9s\n", "spans", "build ms", "ns/span", "MB", "p50 ms",
                "p95 ms", "p50 x", "p95 x", "touched");
    double small = 0;
    bool good = true;
    const std::uint32_t most = argc > 1 ? static_cast<std::uint32_t>(std::atoi(argv[1])) : 10'000'000u;
    for (const std::uint32_t spans : {fewestSpans, 1'000'000u, 10'000'000u}) {
        if (spans > most)
            break;
        const Corpus corpus = makeCorpus(spans, lanes);
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
        const Frames frames = paintSweeps(*data);
        std::printf("%10u %9.0f %9.1f %7.1f | %8.2f %8.2f | %6.2f %6.2f | %9llu\n", spans, build, build * 1e6 / spans,
                    static_cast<double>(bytes) / 1e6, frames.frame.p50, frames.frame.p95, frames.ratio.p50,
                    frames.ratio.p95, static_cast<unsigned long long>(frames.touched));
        std::fflush(stdout);
        if (small == 0)
            small = frames.few;
        else
            std::printf("%10s frame(%u) / frame(%u) with as many spans in view: %.2f\n", "", spans, fewestSpans,
                        frames.few / small);
        good = good && frames.ratio.p95 <= 8 && frames.few / small <= 1.5;
    }
    return good ? 0 : 1;
}
