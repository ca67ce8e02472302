#include "linelayout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace arcscope
{

namespace
{

/// Spans of one pixel that are looked at one by one before searching for the next pixel.
constexpr std::uint32_t linearSpans = 6;

class LineLayout
{
public:
    LineLayout(const TimelineData& data, std::uint32_t number, const TimeRange& range, std::span<Cell> cells)
        : m_data(data)
        , m_line(data.lines[number])
        , m_range(range)
        , m_cells(cells)
        , m_width(static_cast<int>(cells.size()))
        , m_scale(m_width / static_cast<double>(std::max<std::uint64_t>(arcscope::lengthOf(range), 1)))
        , m_wideLength(std::max(1.0, minBoxWidth / m_scale))
    {
        std::tie(m_first, m_end) = touching(data, number, range);
    }

    void boxes(std::vector<Box>& out)
    {
        if (m_first == m_end)
            return;
        const int level = m_line.pyramid.levelFor(1 / m_scale);
        if (level < 0)
            fromSpans(out);
        else
            fromPyramid(level, out);
    }

    void masses()
    {
        if (m_first == m_end)
            return;
        const int level = m_line.pyramid.levelFor(1 / m_scale);
        if (level >= 0) {
            sample(level, [&](int column, Cell cell) { m_cells[static_cast<std::size_t>(column)] = cell; });
            return;
        }
        for (std::uint32_t i = m_first; i < m_end;) {
            const int from = pixel(x(m_data.starts[i]));
            const int to =
                std::max(from + 1, static_cast<int>(std::ceil(std::min<double>(x(m_data.ends[i]), m_width))));
            const int coverage = std::clamp(static_cast<int>((x(m_data.ends[i]) - x(m_data.starts[i])) * 255), 1, 255);
            const Cell cell(m_data.look(i).kind(), coverage, m_data.look(i).error());
            for (int column = from; column < std::min(to, m_width); ++column)
                m_cells[static_cast<std::size_t>(column)] = overlaid(m_cells[static_cast<std::size_t>(column)], cell);
            const std::uint32_t next = startingAt(i + 1, to);
            if (next > i + 1 && anyError(m_data, m_line, i, next) && from < m_width)
                m_cells[static_cast<std::size_t>(from)] =
                    overlaid(m_cells[static_cast<std::size_t>(from)], Cell(cell.kind(), 1, true));
            i = next;
        }
    }

    std::uint64_t touched = 0;

private:
    double x(Nanos time) const
    {
        const auto from = static_cast<std::uint64_t>(m_range.start);
        const auto to = static_cast<std::uint64_t>(time);
        return time >= m_range.start ? static_cast<double>(to - from) * m_scale
                                     : -static_cast<double>(from - to) * m_scale;
    }
    int pixel(double at) const { return static_cast<int>(std::clamp<double>(std::floor(at), 0, m_width)); }

    /// First index from `from` on whose span starts at or right of a pixel.
    std::uint32_t startingAt(std::uint32_t from, int column)
    {
        if (column >= m_width)
            return m_end;
        return startingAt(from, timeAt(column, m_range, m_width));
    }
    std::uint32_t startingAt(std::uint32_t from, Nanos time)
    {
        std::uint32_t step = 1;
        std::uint32_t low = from;
        std::uint32_t high = from;
        while (high < m_end && m_data.starts[high] < time) {
            ++touched;
            low = high + 1;
            high = step < m_end - high ? high + step : m_end;
            step *= 2;
        }
        const auto begin = m_data.starts.begin();
        touched += 2;
        return static_cast<std::uint32_t>(std::lower_bound(begin + low, begin + high, time) - begin);
    }

    double lengthOf(std::uint32_t i) const { return static_cast<double>(m_data.ends[i] - m_data.starts[i]); }
    bool wide(std::uint32_t i) const { return !m_line.density && lengthOf(i) >= m_wideLength; }

    void addSpan(std::uint32_t i, std::vector<Box>& out) const
    {
        Box box;
        const double from = x(m_data.starts[i]);
        const double to = x(m_data.ends[i]);
        box.cutLeft = from < 0;
        box.cutRight = to > m_width;
        box.rect.x = pixel(from);
        box.rect.width = std::max(1, static_cast<int>(std::ceil(std::clamp<double>(to, 0, m_width))) - box.rect.x);
        box.row = m_data.rows[i];
        box.look = m_data.look(i);
        out.push_back(box);
    }

    /// Spans [first, end) in the pixels [from, to), drawn as cells.
    void addRun(std::uint32_t first, std::uint32_t end, int from, int to, std::vector<Box>& out) const
    {
        Box box;
        box.rect.x = from;
        box.rect.width = to - from;
        box.row = m_data.rows[first];
        box.foldedCount = end - first;
        box.look = m_data.look(first);
        if (end - first > 1) {
            std::array<int, spanKindCount> shares{};
            for (int column = from; column < to; ++column) {
                const Cell cell = m_cells[static_cast<std::size_t>(column)];
                shares[static_cast<std::size_t>(cell.kind())] += cell.coverage();
            }
            const auto kind = static_cast<SpanKind>(std::max_element(shares.begin(), shares.end()) - shares.begin());
            box.look = SpanLook(kind, anyError(m_data, m_line, first, end) ? SpanStatus::Error : SpanStatus::Unset, 0);
        }
        out.push_back(box);
    }

    /// Zoomed in: from span to span, skipping by search what falls into one pixel.
    void fromSpans(std::vector<Box>& out)
    {
        std::uint32_t i = m_first;
        std::uint32_t runFirst = i;
        int from = -1; // pixels of the open run; none before the first
        int to = -1;
        const auto closeRun = [&] {
            if (from >= 0)
                addRun(runFirst, i, from, to, out);
            from = -1;
        };
        double start = x(m_data.starts[i]);
        while (i < m_end) {
            ++touched;
            const double length = lengthOf(i);
            const int column = start > 0 ? std::min(static_cast<int>(start), m_width - 1) : 0;
            const bool isWide = !m_line.density && length >= m_wideLength;
            if (isWide || column > to) {
                closeRun();
                to = column;
            }
            if (isWide) {
                addSpan(i++, out);
                start = i < m_end ? x(m_data.starts[i]) : 0;
                continue;
            }
            if (from < 0) {
                runFirst = i;
                from = column;
            }
            const std::uint32_t first = i++;
            start = i < m_end ? x(m_data.starts[i]) : m_width;
            Cell cell;
            if (start < column + 1 && i < m_end && !wide(i)) {
                cell = foldPixel(first, column, i);
                start = i < m_end ? x(m_data.starts[i]) : m_width;
            } else {
                cell = Cell(m_data.look(first).kind(), coverageOf(length * m_scale), m_data.look(first).error());
            }
            Cell& there = m_cells[static_cast<std::size_t>(column)];
            there = overlaid(there, cell);
            to = m_line.density ? fillRest(std::max(to, column + 1), i - 1) : column + 1;
        }
        closeRun();
    }

    /// Cells from a pixel up to the one that a span ends in, of a line that overlaps; returns the pixel behind.
    int fillRest(int column, std::uint32_t i)
    {
        const double end = std::min<double>(x(m_data.ends[i]), m_width);
        for (; column < end; ++column)
            m_cells[static_cast<std::size_t>(column)] = Cell(m_data.look(i).kind(), 255, m_data.look(i).error());
        return column;
    }

    /// The narrow spans from `first` on that start in a pixel as one cell of the longest one's kind; `behind` becomes
    /// the first one that is not among them.
    Cell foldPixel(std::uint32_t first, int column, std::uint32_t& behind)
    {
        std::uint32_t i = first;
        std::uint32_t longest = first;
        double most = -1;
        double sum = 0;
        bool error = false;
        do {
            const double length = lengthOf(i);
            longest = length > most ? i : longest;
            most = std::max(length, most);
            sum += length;
            error = error || m_data.look(i).error();
            ++i;
        } while (i < m_end && i - first < linearSpans && x(m_data.starts[i]) < column + 1 && !wide(i));
        touched += i - first;
        double share = sum * m_scale;
        if (i - first == linearSpans && i < m_end && x(m_data.starts[i]) < column + 1) {
            const double seen = x(m_data.starts[i]) - x(m_data.starts[first]);
            share = seen > 0 ? share / seen : 1;
            i = std::max(i, startingAt(i, column + 1));
            if (wide(i - 1))
                --i;
            error = anyError(m_data, m_line, first, i);
        }
        behind = i;
        return {m_data.look(longest).kind(), coverageOf(share), error};
    }

    /// Of a share of a pixel; never 0, that is nothing at all.
    static int coverageOf(double share) { return std::max(static_cast<int>(std::min(share, 1.0) * 255), 1); }

    /// The bucket of a level that follows those of the pixels left of `column`.
    std::size_t bucketAt(int level, int column) const
    {
        const double perPixel = 1 / (m_scale * m_line.pyramid.bucketLength(level));
        const double at = -x(m_line.pyramid.base) * perPixel + column * perPixel;
        return static_cast<std::size_t>(std::clamp<double>(
            std::ceil(at), 0, static_cast<double>(m_line.pyramid.levels[static_cast<std::size_t>(level)].size())));
    }

    /// Calls use(x, cell) for every pixel that has buckets which are not all empty.
    template <typename Use>
    void sample(int level, Use use)
    {
        const std::vector<Cell>& buckets = m_line.pyramid.levels[static_cast<std::size_t>(level)];
        const double perPixel = 1 / (m_scale * m_line.pyramid.bucketLength(level));
        const double offset = -x(m_line.pyramid.base) * perPixel;
        std::size_t bucket = bucketAt(level, 0);
        // The bucket that the left edge cuts belongs to the first pixel.
        if (bucket > 0)
            --bucket;
        // Nothing lies in the pixels before the line begins.
        int column = offset < 0 ? static_cast<int>(std::min<double>(m_width, std::floor(-offset / perPixel))) : 0;
        const std::size_t before = bucket;
        for (; column < m_width && bucket < buckets.size(); ++column) {
            const double at = offset + (column + 1) * perPixel;
            // Rounded up; `at` is not negative here but for rounding in the first pixel.
            auto end = static_cast<std::size_t>(std::max(at, 0.0));
            end = std::min(end + (static_cast<double>(end) < at ? 1 : 0), buckets.size());
            if (end <= bucket)
                continue;
            Cell cell = buckets[bucket];
            for (++bucket; bucket < end; ++bucket)
                cell = halved(cell, buckets[bucket]);
            if (!cell.empty())
                use(column, cell);
        }
        touched += bucket - before + static_cast<std::size_t>(m_width);
    }

    /// Zoomed out: buckets for the masses, the lists of long spans for what is still wide.
    void fromPyramid(int level, std::vector<Box>& out)
    {
        sample(level, [&](int column, Cell cell) { m_cells[static_cast<std::size_t>(column)] = cell; });
        collectLong(level);
        std::uint32_t next = m_first;
        int column = 0;
        for (const std::uint32_t i : m_long) {
            addRuns(level, column, pixel(x(m_data.starts[i])), next, i, out);
            addSpan(i, out);
            column = out.back().rect.right();
            std::fill(m_cells.begin() + out.back().rect.x, m_cells.begin() + std::min(column, m_width), Cell{});
            next = i + 1;
        }
        addRuns(level, column, m_width, next, m_end, out);
    }

    /// Spans that are wide, by start.
    void collectLong(int level)
    {
        m_long.clear();
        const auto& lists = m_line.pyramid.longSpans;
        for (std::size_t l = static_cast<std::size_t>(level) + 1; l < lists.size(); ++l) {
            auto i = std::lower_bound(lists[l].begin(), lists[l].end(), m_first - m_line.first);
            for (; i != lists[l].end() && *i < m_end - m_line.first; ++i) {
                ++touched;
                if (wide(m_line.first + *i))
                    m_long.push_back(m_line.first + *i);
            }
        }
        std::sort(m_long.begin(), m_long.end());
    }

    /// The runs of cells in the pixels [from, to), which hold the spans [first, end).
    void addRuns(int level, int from, int to, std::uint32_t first, std::uint32_t end, std::vector<Box>& out)
    {
        const std::size_t before = out.size();
        for (int column = from; column < to;) {
            if (m_cells[static_cast<std::size_t>(column)].empty()) {
                ++column;
                continue;
            }
            int stop = column + 1;
            while (stop < to && !m_cells[static_cast<std::size_t>(stop)].empty())
                ++stop;
            std::uint32_t behind = end;
            if (stop < to)
                behind = std::min(end, startingAt(first, m_line.pyramid.bucketStart(level, bucketAt(level, stop))));
            if (behind > first)
                addRun(first, behind, column, stop, out);
            else // the edge of a bucket that a wide span fills
                std::fill(m_cells.begin() + column, m_cells.begin() + stop, Cell{});
            first = behind;
            column = stop;
        }
        if (first == end)
            return;
        // They share their pixel with the wide span behind them.
        if (out.size() > before) {
            Box& run = out.back();
            run.foldedCount += end - first;
            if (anyError(m_data, m_line, first, end))
                run.look = SpanLook(run.look.kind(), SpanStatus::Error, 0);
        } else {
            addRun(first, end, std::clamp(to - 1, 0, m_width - 1), std::clamp(to, 1, m_width), out);
        }
    }

    const TimelineData& m_data;
    const TimelineLine& m_line;
    TimeRange m_range;
    std::span<Cell> m_cells;
    int m_width;
    double m_scale;      ///< pixels for a nanosecond
    double m_wideLength; ///< nanoseconds of a span that is drawn as a box
    std::uint32_t m_first = 0;
    std::uint32_t m_end = 0;
    std::vector<std::uint32_t> m_long;
};

} // namespace

std::pair<std::uint32_t, std::uint32_t> touching(const TimelineData& data, std::uint32_t line, const TimeRange& range)
{
    const std::uint32_t first = data.lines[line].first;
    const std::uint32_t last = first + data.lines[line].count;
    const auto ends = data.ends.begin();
    const auto starts = data.starts.begin();
    auto begin = static_cast<std::uint32_t>(std::upper_bound(ends + first, ends + last, range.start) - ends);
    // A span without length at the very start touches it.
    while (begin > first && data.starts[begin - 1] == range.start)
        --begin;
    const auto end = static_cast<std::uint32_t>(std::lower_bound(starts + begin, starts + last, range.end) - starts);
    return {begin, std::max(begin, end)};
}

bool anyError(const TimelineData& data, const TimelineLine& line, std::uint32_t first, std::uint32_t end)
{
    if (line.errorCount == 0)
        return false;
    const auto begin = data.errors.begin() + line.firstError;
    const auto found = std::lower_bound(begin, begin + line.errorCount, first);
    return found != begin + line.errorCount && *found < end;
}

std::uint64_t layOutLine(const TimelineData& data, std::uint32_t line, const TimeRange& range, std::span<Cell> cells,
                         std::vector<Box>& boxes)
{
    LineLayout layout(data, line, range, cells);
    layout.boxes(boxes);
    return layout.touched;
}

std::uint64_t sampleLines(const TimelineData& data, std::uint32_t first, std::uint32_t end, const TimeRange& range,
                          std::span<Cell> cells)
{
    struct Sum {
        int coverage = 0; ///< of all that does something
        int most = 0;     ///< of the kind that is shown
        SpanKind kind = SpanKind::Other;
        bool error = false;
    };
    std::vector<Sum> sums(cells.size());
    std::vector<Cell> line(cells.size());
    std::uint64_t touched = 0;
    for (std::uint32_t number = first; number < end; ++number) {
        std::fill(line.begin(), line.end(), Cell{});
        LineLayout layout(data, number, range, line);
        layout.masses();
        touched += layout.touched;
        for (std::size_t x = 0; x < line.size(); ++x) {
            if (line[x].empty())
                continue;
            const bool container = line[x].kind() == SpanKind::Agent || line[x].kind() == SpanKind::Workflow;
            const int coverage = container ? 0 : line[x].coverage();
            Sum& sum = sums[x];
            sum.coverage += coverage;
            sum.error = sum.error || line[x].error();
            // Containers are shown until something else comes.
            if (sum.most == 0 || coverage > sum.most)
                sum.kind = line[x].kind();
            sum.most = std::max({sum.most, coverage, 1});
        }
    }
    int highest = 1;
    for (const Sum& sum : sums)
        highest = std::max(highest, sum.coverage);
    for (std::size_t x = 0; x < cells.size(); ++x) {
        if (sums[x].most > 0)
            cells[x] = Cell(sums[x].kind, std::max(1, static_cast<int>(std::int64_t{sums[x].coverage} * 255 / highest)),
                            sums[x].error);
    }
    return touched;
}

} // namespace arcscope
