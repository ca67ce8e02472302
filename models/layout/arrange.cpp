#include "arrange.h"

#include <algorithm>
#include <numeric>

namespace arcscope
{

namespace
{

/// Spans between two looks at the stop token: a few milliseconds.
constexpr std::size_t stopCheckSpans = 1u << 18;
/// Lines of all lanes together; their numbers are kept in 16 bits, and each band may need one more for density.
constexpr std::size_t mostLines = 30'000;

/// A band of a lane while lines are assigned. Its lines are numbered in the order in which they were opened.
struct Band {
    std::vector<std::uint16_t> lines;
    std::vector<Nanos> ends; ///< of each line: where its last span ends
    std::uint16_t density = TimelineData::noLine;
    Nanos firstFree = 0; ///< before it no line is free and none can be opened; counts only with a density line
};

struct OpenLine {
    std::uint32_t band = 0;
    std::uint32_t count = 0;
    bool density = false;
};

class LineAssigner
{
public:
    LineAssigner(std::size_t bands, std::uint32_t maxLines)
        : m_bands(bands)
        , m_maxLines(maxLines)
    {
    }

    std::uint16_t assign(std::uint32_t bandIndex, Nanos start, Nanos end)
    {
        Band& band = m_bands[bandIndex];
        if (band.density != TimelineData::noLine && start < band.firstFree) {
            ++lines[band.density].count;
            return band.density;
        }
        for (std::size_t i = 0; i < band.ends.size(); ++i) {
            if (band.ends[i] <= start) {
                band.ends[i] = end;
                ++lines[band.lines[i]].count;
                return band.lines[i];
            }
        }
        if (band.lines.size() < m_maxLines && (lines.size() < mostLines || band.lines.empty())) {
            band.lines.push_back(open(bandIndex, false));
            band.ends.push_back(end);
            return band.lines.back();
        }
        if (band.density == TimelineData::noLine)
            band.density = open(bandIndex, true);
        else
            ++lines[band.density].count;
        band.firstFree = *std::min_element(band.ends.begin(), band.ends.end());
        return band.density;
    }

    std::vector<OpenLine> lines;

private:
    std::uint16_t open(std::uint32_t band, bool density)
    {
        lines.push_back({band, 1, density});
        return static_cast<std::uint16_t>(lines.size() - 1);
    }

    std::vector<Band> m_bands;
    std::uint32_t m_maxLines;
};

/// Lines from top to bottom: by band, a density line after the others. Returns the new number of each.
std::vector<std::uint16_t> sortLines(const std::vector<OpenLine>& open, std::uint32_t bandsPerLane, TimelineData& data)
{
    std::vector<std::uint16_t> order(open.size());
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::uint16_t a, std::uint16_t b) {
        return open[a].band != open[b].band ? open[a].band < open[b].band : open[a].density < open[b].density;
    });
    std::vector<std::uint16_t> numbers(open.size());
    std::uint32_t first = 0;
    for (const std::uint16_t from : order) {
        numbers[from] = static_cast<std::uint16_t>(data.lines.size());
        TimelineLine line;
        line.lane = open[from].band / bandsPerLane;
        line.first = first;
        line.count = open[from].count;
        line.density = open[from].density;
        first += line.count;
        TimelineLane& lane = data.lanes[line.lane];
        if (lane.lines++ == 0)
            lane.firstLine = numbers[from];
        lane.spans += line.count;
        data.lines.push_back(std::move(line));
    }
    return numbers;
}

/// Where rows can be found again; `numberOf[i]` is the line of span i.
void indexRows(const PlacedSpans& spans, std::vector<std::uint16_t> numberOf, TimelineData& data)
{
    if (!std::is_sorted(spans.rows.begin(), spans.rows.end())) {
        std::vector<std::uint32_t> order(spans.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return spans.rows[a] < spans.rows[b]; });
        for (const std::uint32_t i : order) {
            data.placedRows.push_back(spans.rows[i]);
            data.lineOfPlaced.push_back(numberOf[i]);
        }
        return;
    }
    const std::uint32_t corpusRows = data.corpus.spans.rows();
    if (spans.size() == corpusRows) {
        data.lineOfPlaced = std::move(numberOf);
    } else if (spans.size() > corpusRows / 4) {
        data.lineOfPlaced.assign(corpusRows, TimelineData::noLine);
        for (std::size_t i = 0; i < spans.size(); ++i)
            data.lineOfPlaced[spans.rows[i]] = numberOf[i];
    } else {
        data.placedRows = spans.rows;
        data.lineOfPlaced = std::move(numberOf);
    }
}

/// Copies the spans line after line; false where stopped.
bool fillLines(const PlacedSpans& spans, std::span<const std::uint32_t> order,
               const std::vector<std::uint16_t>& numberOf, const Control& control, TimelineData& data)
{
    data.starts.resize(spans.size());
    data.ends.resize(spans.size());
    data.rows.resize(spans.size());
    data.looks.resize(spans.size());
    std::vector<std::uint32_t> next(data.lines.size());
    for (std::size_t i = 0; i < next.size(); ++i)
        next[i] = data.lines[i].first;
    for (std::size_t done = 0; done < order.size(); ++done) {
        if (done % stopCheckSpans == 0 && control.stopped())
            return false;
        const std::uint32_t i = order[done];
        const std::uint16_t number = numberOf[i];
        const TimelineLine& line = data.lines[number];
        const std::uint32_t at = next[number]++;
        data.starts[at] = spans.starts[i];
        data.ends[at] = line.density && at > line.first ? std::max(data.ends[at - 1], spans.ends[i]) : spans.ends[i];
        data.rows[at] = spans.rows[i];
        data.looks[at] = spans.looks[i];
        TimelineLane& lane = data.lanes[line.lane];
        if (lane.firstStart == noTime)
            lane.firstStart = spans.starts[i];
    }
    return true;
}

} // namespace

bool arrange(const PlacedSpans& spans, std::uint32_t maxLines, const Control& control, TimelineData& data)
{
    if (spans.size() == 0)
        return true;
    const std::vector<std::uint32_t> order = byStart(spans, control);
    if (order.empty())
        return false;
    const std::uint32_t bandsPerLane =
        spans.bands.empty() ? 1u : *std::max_element(spans.bands.begin(), spans.bands.end()) + 1u;
    LineAssigner assigner(data.lanes.size() * bandsPerLane, maxLines);
    std::vector<std::uint16_t> numberOf(spans.size());
    for (std::size_t done = 0; done < order.size(); ++done) {
        if (done % stopCheckSpans == 0 && control.stopped())
            return false;
        const std::uint32_t i = order[done];
        const std::uint32_t band = spans.lanes[i] * bandsPerLane + (spans.bands.empty() ? 0u : spans.bands[i]);
        numberOf[i] = assigner.assign(band, spans.starts[i], spans.ends[i]);
    }
    const std::vector<std::uint16_t> numbers = sortLines(assigner.lines, bandsPerLane, data);
    for (std::uint16_t& number : numberOf)
        number = numbers[number];
    if (!fillLines(spans, order, numberOf, control, data))
        return false;
    indexRows(spans, std::move(numberOf), data);

    Nanos last = noTime;
    for (TimelineLine& line : data.lines) {
        if (control.stopped())
            return false;
        line.firstError = static_cast<std::uint32_t>(data.errors.size());
        for (std::uint32_t i = line.first; i < line.first + line.count; ++i) {
            if (data.look(i).error())
                data.errors.push_back(i);
        }
        line.errorCount = static_cast<std::uint32_t>(data.errors.size()) - line.firstError;
        data.lanes[line.lane].errors += line.errorCount;
        last = std::max(last, data.ends[line.first + line.count - 1]);
        line.pyramid = makePyramid({std::span(data.starts).subspan(line.first, line.count),
                                    std::span(data.ends).subspan(line.first, line.count),
                                    std::span(data.looks).subspan(line.first, line.count)},
                                   line.density);
    }
    data.bounds = {spans.starts[order.front()], last};
    return true;
}

} // namespace arcscope
