#include "calllanes.h"

#include "foldedticks.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

/// Nothing is drawn further outside of the picture than this.
constexpr int overhang = 8;
/// Folded calls that lie closer are one.
constexpr int foldGap = 2;
constexpr int leastWidth = 2;
/// Of a scope, in widths of its rows: joins of narrower ones would only cover its bars.
constexpr double leastScope = 0.4;

/// Where bars of a row lie.
struct Bars {
    explicit Bars(const CallViewport& viewport)
        : pad(std::max(1, viewport.rowHeight / 5))
        , height(std::max(2, viewport.rowHeight - 2 * pad))
        , thin(std::max(2, viewport.rowHeight / 8))
    {
    }

    int pad;
    int height;
    int thin;
};

class RowPieces
{
public:
    /// `axis` must live as long.
    RowPieces(const CallLanes& lanes, const CallRows& rows, const CallViewport& viewport, const FoldedAxis& axis,
              std::vector<LanePiece>& into)
        : m_lanes(lanes)
        , m_rows(rows)
        , m_view(viewport)
        , m_axis(axis)
        , m_bars(viewport)
        , m_into(into)
    {
    }

    int top(std::uint32_t place) const
    {
        return static_cast<int>(std::int64_t{place} * m_view.rowHeight - m_view.scroll);
    }

    /// All but the join, which is no row's own.
    void add(std::uint32_t row, int y)
    {
        const LaneRow& lane = m_lanes.rows[row];
        m_row = row;
        m_y = y;
        if (lane.flags.has(LaneFlag::Owner)) {
            if (lane.own.recorded())
                bar(LanePart::Own, lane.own);
            if (m_rows.collapsed(row))
                addFolded(row);
            else if (lane.run.recorded())
                bar(LanePart::Scope, lane.run, m_view.rowHeight / 2 - m_bars.thin / 2, m_bars.thin);
            return;
        }
        if (lane.flags.has(LaneFlag::NotRun)) {
            const TimeRange slot = lane.run;
            moment(LanePart::Asked,
                   m_lanes.ordinal ? slot.start + slot.length() / 2 : std::max(lane.asked, slot.start));
            return;
        }
        if (!lane.run.recorded()) {
            if (lane.asked != noTime && lane.given > lane.asked)
                middle(LanePart::Between, {lane.asked, lane.given}, m_bars.height);
            else if (lane.asked != noTime || lane.given != noTime)
                moment(LanePart::Asked, lane.asked != noTime ? lane.asked : lane.given);
            return;
        }
        const Nanos joined = joinOf(lane);
        if (joined != noTime && joined > lane.run.end && !lane.flags.has(LaneFlag::OpenEnd))
            middle(LanePart::Idle, {lane.run.end, joined}, 1);
        if (lane.attemptEnd != noTime && lane.attemptEnd < lane.run.start)
            middle(LanePart::Retry, {lane.attemptEnd, lane.run.start}, 1);
        if (lane.asked != noTime && lane.asked < lane.run.start)
            bar(LanePart::Wait, {lane.asked, lane.run.start});
        bar(LanePart::Run, lane.run);
        if (lane.flags.has(LaneFlag::Cancelled) && lane.calledOff < lane.run.end) // noTime: all of it
            bar(LanePart::CalledOff, {std::max(lane.calledOff, lane.run.start), lane.run.end});
        if (lane.flags.has(LaneFlag::Late) && joined != noTime && joined < lane.run.end)
            bar(LanePart::Late, {std::max(joined, lane.run.start), lane.run.end});
        if (lane.wasted.recorded())
            bar(LanePart::Wasted, lane.wasted);
        if (m_view.critical)
            addCritical(lane);
    }

    /// From the owner at `place` down to its last call.
    void addJoin(std::uint32_t place)
    {
        const std::uint32_t row = m_rows.visible()[place];
        const LaneRow& lane = m_lanes.rows[row];
        const auto last = m_rows.lastChild(place);
        if (lane.joined == noTime || !last || m_rows.collapsed(row))
            return;
        const double x = at(lane.joined);
        if (x < 0 || x > m_view.width ||
            (lane.run.recorded() && x - at(lane.run.start) < leastScope * m_view.rowHeight))
            return;
        const int from = std::max(top(place) + m_view.rowHeight / 2, 0);
        const int to = std::min(top(*last) + m_view.rowHeight / 2, m_view.height);
        if (from >= to)
            return;
        m_into.push_back({{static_cast<int>(x), from, 1, to - from}, LanePart::Join, row});
    }

private:
    double at(Nanos time) const { return m_axis.x(time); }

    Nanos joinOf(const LaneRow& lane) const
    {
        return lane.parent == LaneRow::none ? noTime : m_lanes.rows[lane.parent].joined;
    }

    void bar(LanePart part, const TimeRange& range) { bar(part, range, m_bars.pad, m_bars.height); }
    void middle(LanePart part, const TimeRange& range, int height)
    {
        bar(part, range, (m_view.rowHeight - height) / 2, height);
    }

    void bar(LanePart part, const TimeRange& range, int offset, int height)
    {
        const double from = at(range.start);
        const double to = std::max(at(range.end), from + leastWidth);
        if (to < 0 || from > m_view.width)
            return;
        const int left = static_cast<int>(std::max<double>(from, -overhang));
        const int right = static_cast<int>(std::min<double>(std::ceil(to), m_view.width + overhang));
        m_into.push_back(
            {{left, m_y + offset, std::max(1, right - left), height}, part, m_row, from<0, to> m_view.width});
    }

    void moment(LanePart part, Nanos time)
    {
        const double x = at(time);
        if (x >= 0 && x <= m_view.width)
            m_into.push_back({{static_cast<int>(x), m_y + m_bars.pad, leastWidth, m_bars.height}, part, m_row});
    }

    void addCritical(const LaneRow& lane)
    {
        const auto begin = m_lanes.critical.begin() + lane.firstCritical;
        for (auto range = begin; range != begin + lane.criticals; ++range)
            bar(LanePart::Critical, *range, m_bars.pad + m_bars.height - m_bars.thin + 1, m_bars.thin);
    }

    void addFolded(std::uint32_t owner)
    {
        const std::size_t first = m_into.size();
        for (std::uint32_t call = owner + 1; call < m_lanes.rows[owner].end; call = m_lanes.rows[call].end) {
            if (!m_lanes.rows[call].run.recorded())
                continue;
            const std::size_t before = m_into.size();
            bar(LanePart::Folded, m_lanes.rows[call].run);
            if (m_into.size() == before || before == first)
                continue;
            LanePiece& into = m_into[before - 1];
            const LanePiece& added = m_into.back();
            if (added.rect.x < into.rect.x || added.rect.x > into.rect.right() + foldGap)
                continue;
            into.rect.width = std::max(into.rect.right(), added.rect.right()) - into.rect.x;
            into.cutRight = into.cutRight || added.cutRight;
            m_into.pop_back();
        }
    }

    const CallLanes& m_lanes;
    const CallRows& m_rows;
    const CallViewport& m_view;
    const FoldedAxis& m_axis;
    const Bars m_bars;
    std::vector<LanePiece>& m_into;
    std::uint32_t m_row = 0;
    int m_y = 0;
};

void widen(TimeRange& range, const TimeRange& by)
{
    if (!by.recorded())
        return;
    range.start = range.recorded() ? std::min(range.start, by.start) : by.start;
    range.end = range.end != noTime ? std::max(range.end, by.end) : by.end;
}

} // namespace

void closeRows(CallLanes& lanes)
{
    for (auto row = static_cast<std::uint32_t>(lanes.rows.size()); row-- > 0;) {
        LaneRow& lane = lanes.rows[row];
        lane.end = std::max(lane.end, row + 1);
        if (lane.parent != LaneRow::none)
            lanes.rows[lane.parent].end = std::max(lanes.rows[lane.parent].end, lane.end);
    }
    lanes.calls = {};
    for (const LaneRow& lane : lanes.rows) {
        widen(lanes.calls, lane.own);
        widen(lanes.calls, lane.run);
        for (const Nanos time : {lane.asked, lane.given, lane.joined})
            widen(lanes.calls, {time, time});
    }
}

TimeRange storyOf(const CallLanes& lanes, std::uint32_t row)
{
    const LaneRow& lane = lanes.rows[row];
    TimeRange story;
    widen(story, lane.own);
    widen(story, lane.run);
    for (const Nanos time : {lane.asked, lane.given, lane.joined, lane.attemptEnd})
        widen(story, {time, time});
    return story;
}

void placeByOrder(CallLanes& lanes)
{
    for (std::uint32_t row = 0; row < lanes.rows.size(); ++row) {
        LaneRow& lane = lanes.rows[row];
        lane.run = {row * orderStep, lane.end * orderStep};
        lane.asked = lane.given = lane.joined = lane.attemptEnd = lane.calledOff = noTime;
        lane.wasted = lane.own = {};
        lane.criticals = 0;
        lane.flags.set(LaneFlag::OpenEnd, false);
    }
    lanes.critical.clear();
    lanes.ordinal = true;
    lanes.bounds = lanes.calls = {0, std::max<Nanos>(1, static_cast<Nanos>(lanes.rows.size())) * orderStep};
}

CallRows::CallRows(const CallLanes& lanes)
    : m_lanes(&lanes)
    , m_collapsed(lanes.rows.size(), false)
{
    build();
}

void CallRows::setCollapsed(std::uint32_t row, bool collapsed)
{
    if (m_collapsed[row] == collapsed)
        return;
    m_collapsed[row] = collapsed;
    build();
}

void CallRows::setCollapsed(std::vector<bool> collapsed)
{
    m_collapsed = std::move(collapsed);
    build();
}

void CallRows::setKept(std::vector<bool> kept)
{
    m_kept = std::move(kept);
    for (auto row = static_cast<std::uint32_t>(m_kept.size()); row-- > 0;) {
        if (m_kept[row] && m_lanes->rows[row].parent != LaneRow::none)
            m_kept[m_lanes->rows[row].parent] = true;
    }
    build();
}

void CallRows::build()
{
    m_visible.clear();
    m_lastChild.clear();
    std::vector<std::uint32_t> places(m_lanes->rows.size());
    for (std::uint32_t row = 0; row < m_lanes->rows.size();) {
        const LaneRow& lane = m_lanes->rows[row];
        if (!kept(row)) { // nothing below it is kept either
            row = lane.end;
            continue;
        }
        const auto place = static_cast<std::uint32_t>(m_visible.size());
        places[row] = place;
        if (lane.parent != LaneRow::none)
            m_lastChild[places[lane.parent]] = place;
        m_visible.push_back(row);
        m_lastChild.push_back(0);
        row = m_collapsed[row] ? lane.end : row + 1;
    }
}

std::optional<std::uint32_t> CallRows::place(std::uint32_t row) const
{
    const auto found = std::lower_bound(m_visible.begin(), m_visible.end(), row);
    return found == m_visible.end() || *found != row
               ? std::nullopt
               : std::optional(static_cast<std::uint32_t>(found - m_visible.begin()));
}

std::optional<std::uint32_t> CallRows::lastChild(std::uint32_t place) const
{
    return m_lastChild[place] == 0 ? std::nullopt : std::optional(m_lastChild[place]);
}

CallScene layOut(const CallLanes& lanes, const CallRows& rows, const CallViewport& viewport)
{
    CallScene scene;
    scene.viewport = viewport;
    scene.axis = laneAxis(lanes, rows, viewport);
    const bool plain = scene.axis.range() == viewport.range;
    const TimeRange seen = plain ? viewport.range : TimeRange{scene.axis.timeAt(0), scene.axis.timeAt(viewport.width)};
    scene.ticks = scene.axis.folds().empty()
                      ? ticks(seen, viewport.width, viewport.tickSpacing,
                              lanes.ordinal ? TickMode::Ordinal : TickMode::SinceOrigin, lanes.bounds.start)
                      : ticks(scene.axis, viewport.width, viewport.tickSpacing, lanes.bounds.start);
    const auto [first, end] = placesIn(rows, viewport);
    scene.firstPlace = first;
    scene.places = end - first;
    if (scene.places == 0)
        return scene;
    RowPieces pieces(lanes, rows, viewport, scene.axis, scene.pieces);
    // Joins of what lies above reach down into the picture.
    for (std::uint32_t up = lanes.rows[rows.visible()[scene.firstPlace]].parent; up != LaneRow::none;
         up = lanes.rows[up].parent) {
        ++scene.touched;
        if (const auto place = rows.place(up))
            pieces.addJoin(*place);
    }
    for (std::uint32_t place = scene.firstPlace; place < scene.firstPlace + scene.places; ++place) {
        ++scene.touched;
        pieces.add(rows.visible()[place], pieces.top(place));
        pieces.addJoin(place);
    }
    std::stable_sort(scene.pieces.begin(), scene.pieces.end(),
                     [](const LanePiece& a, const LanePiece& b) { return a.part < b.part; });
    return scene;
}

CallHit hitTest(const CallLanes& lanes, const CallRows& rows, const CallViewport& viewport, int x, int y, int reach)
{
    const std::int64_t place =
        y < 0 || y >= viewport.height ? -1 : (std::int64_t{viewport.scroll} + y) / viewport.rowHeight;
    if (place < 0 || place >= static_cast<std::int64_t>(rows.size()))
        return {};
    CallHit hit{rows.visible()[static_cast<std::size_t>(place)], std::nullopt};
    std::vector<LanePiece> pieces;
    const FoldedAxis axis = laneAxis(lanes, rows, viewport);
    RowPieces(lanes, rows, viewport, axis, pieces).add(hit.row, 0);
    for (const LanePiece& piece : pieces) {
        if (x < piece.rect.x - reach || x >= piece.rect.right() + reach || piece.part == LanePart::Critical)
            continue;
        if (!hit.part || *hit.part < piece.part)
            hit.part = piece.part;
    }
    return hit;
}

int contentHeight(const CallRows& rows, const CallViewport& viewport)
{
    return static_cast<int>(rows.size()) * viewport.rowHeight;
}

std::uint32_t nextProblem(const CallLanes& lanes, const CallRows& rows, std::uint32_t row, bool forward)
{
    const auto count = static_cast<std::int64_t>(lanes.rows.size());
    const std::int64_t from = row < lanes.rows.size() ? row : forward ? -1 : count;
    for (std::int64_t step = 1; step <= count; ++step) {
        const std::int64_t at = ((from + (forward ? step : -step)) % count + count) % count;
        const auto each = static_cast<std::uint32_t>(at);
        if (rows.kept(each) && lanes.rows[each].flags.problem())
            return each;
    }
    return LaneRow::none;
}

} // namespace arcscope
