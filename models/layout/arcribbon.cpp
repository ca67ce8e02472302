#include "arcribbon.h"

#include "ribbonaxis.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

/// Of its signs, as a block grows before the next begins.
constexpr int widestBlock = 4;

int rounded(double value)
{
    return static_cast<int>(std::lround(value));
}

class Placing
{
public:
    Placing(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport)
        : m_ribbons(ribbons)
        , m_view(viewport)
        , m_axis(ribbons, viewport)
    {
        m_scene.viewport = viewport;
        m_scene.ordinal = m_axis.ordinal();
    }

    RibbonScene place(std::span<const RibbonLink> links)
    {
        for (std::uint32_t lane = 0; lane < m_ribbons.size(); ++lane) {
            stretches(lane);
            work(lane);
            steps(lane);
            end(lane);
            changes(lane);
        }
        for (const RibbonLink& link : links)
            stitch(link);
        std::stable_sort(m_scene.pieces.begin(), m_scene.pieces.end(),
                         [](const RibbonPiece& a, const RibbonPiece& b) { return a.part < b.part; });
        const auto lanes = static_cast<int>(m_ribbons.size());
        m_scene.height = lanes * m_view.laneHeight + std::max(0, lanes - 1) * m_view.laneGap;
        return std::move(m_scene);
    }

private:
    Rect band(std::uint32_t lane, double from, double to) const
    {
        const int left = rounded(from);
        return {left, static_cast<int>(lane) * (m_view.laneHeight + m_view.laneGap) + m_view.bendRoom,
                std::max(1, rounded(to) - left), m_view.laneHeight - m_view.bendRoom};
    }

    RibbonPiece& add(RibbonPart part, std::uint32_t lane, const Rect& rect, std::uint32_t first)
    {
        RibbonPiece piece;
        piece.part = part;
        piece.rect = rect;
        piece.lane = lane;
        piece.first = first;
        return m_scene.pieces.emplace_back(piece);
    }

    void stretches(std::uint32_t lane)
    {
        const ArcRibbon& ribbon = m_ribbons[lane];
        const double half = m_axis.ordinal() ? 0 : m_view.step / 2.0;
        for (std::uint32_t i = 0; i < ribbon.stretches.size(); ++i) {
            ++m_scene.touched;
            const auto [from, to] = m_axis.stretchX(lane, i);
            add(RibbonPart::Stretch, lane, band(lane, from - half, to + half), i);
            if (i + 1 == ribbon.stretches.size())
                break;
            const RibbonStretch& now = ribbon.stretches[i];
            const RibbonStretch& next = ribbon.stretches[i + 1];
            const auto [nextFrom, nextTo] = m_axis.stretchX(lane, i + 1);
            const bool known = now.time.end != noTime && next.time.start != noTime;
            const Nanos length = known ? std::max<Nanos>(0, next.time.start - now.time.end) : -1;
            const Rect between = band(lane, to + half, std::max(to + half + 1, nextFrom - half));
            if (m_axis.ordinal() || length != 0)
                pause(lane, i, between, length, known ? TimeRange{now.time.end, next.time.start} : TimeRange{});
            if (now.device != next.device || now.session != next.session)
                add(RibbonPart::Handover, lane, between, i).otherDevice = now.device != next.device;
        }
        foldsWithin(lane);
    }

    bool isFolded(const TimeRange& time) const
    {
        return std::any_of(m_axis.folds().begin(), m_axis.folds().end(), [&](const FoldedAxis::Fold& fold) {
            return fold.pause.start < time.end && fold.pause.end > time.start;
        });
    }

    void pause(std::uint32_t lane, std::uint32_t stretch, const Rect& rect, Nanos length, const TimeRange& time)
    {
        const bool folded = m_axis.ordinal() || (time.recorded() && isFolded(time));
        add(folded ? RibbonPart::Fold : RibbonPart::Pause, lane, rect, stretch).length = length;
    }

    /// Pauses inside of a stretch, between an answer and what the user does next.
    void foldsWithin(std::uint32_t lane)
    {
        const ArcRibbon& ribbon = m_ribbons[lane];
        for (const FoldedAxis::Fold& fold : m_axis.folds()) {
            for (std::uint32_t i = 0; i < ribbon.stretches.size(); ++i) {
                const TimeRange& time = ribbon.stretches[i].time;
                if (time.recorded() && time.start <= fold.pause.start && time.end >= fold.pause.end)
                    add(RibbonPart::Fold, lane, band(lane, fold.from, fold.to), i).length = fold.pause.length();
            }
        }
    }

    void work(std::uint32_t lane)
    {
        const ArcRibbon& ribbon = m_ribbons[lane];
        for (std::uint32_t i = 1; i < ribbon.steps.size(); ++i) {
            const RibbonStep& now = ribbon.steps[i];
            const RibbonStep& before = ribbon.steps[i - 1];
            if (now.step != ArcStep::Response || before.step == ArcStep::Response || now.stretch != before.stretch)
                continue;
            const bool known = now.time != noTime && before.time != noTime;
            add(RibbonPart::Work, lane, band(lane, m_axis.stepX(lane, i - 1), m_axis.stepX(lane, i)), i).length =
                known ? std::max<Nanos>(0, now.time - before.time) : -1;
        }
    }

    void steps(std::uint32_t lane)
    {
        const ArcRibbon& ribbon = m_ribbons[lane];
        const auto count = static_cast<std::uint32_t>(ribbon.steps.size());
        const std::size_t firstPiece = m_scene.pieces.size();
        for (std::uint32_t i = 0; i < count;) {
            const double first = m_axis.stepX(lane, i);
            double last = first;
            std::uint32_t next = i + 1;
            while (next < count && m_axis.stepX(lane, next) - last < m_view.step &&
                   m_axis.stepX(lane, next) - first < widestBlock * m_view.step)
                last = std::max(last, m_axis.stepX(lane, next++));
            m_scene.touched += next - i;
            run(lane, i, next, first, last);
            i = next;
        }
        double right = m_view.width;
        for (std::size_t i = m_scene.pieces.size(); i-- > firstPiece;) {
            RibbonPiece& piece = m_scene.pieces[i];
            piece.room = std::max(0, rounded(right) - piece.rect.x);
            right = piece.rect.x;
        }
        bends(lane);
    }

    void run(std::uint32_t lane, std::uint32_t from, std::uint32_t to, double first, double last)
    {
        const ArcRibbon& ribbon = m_ribbons[lane];
        const RibbonStep& step = ribbon.steps[from];
        const Rect row = band(lane, first - m_view.step / 2.0, last + m_view.step / 2.0);
        const int side = std::min(m_view.step, row.height);
        const Rect rect{row.x, row.y + (row.height - side) / 2, row.width, side};
        RibbonPiece& piece = add(to - from == 1 ? RibbonPart::Step : RibbonPart::Block, lane, rect, from);
        piece.count = to - from;
        piece.step = step.step;
        piece.source = step.source;
        piece.untimed = step.time == noTime && ribbon.timed;
        for (std::uint32_t i = from; i < to; ++i)
            piece.trouble = piece.trouble || isTrouble(ribbon.steps[i].step);
    }

    void bends(std::uint32_t lane)
    {
        const ArcRibbon& ribbon = m_ribbons[lane];
        for (std::uint32_t i = 0; i < ribbon.steps.size(); ++i) {
            const std::uint32_t to = takenUp(ribbon, i);
            if (to == RibbonPiece::none)
                continue;
            const double fromX = m_axis.stepX(lane, i);
            const double toX = m_axis.stepX(lane, to);
            if (fromX - toX < m_view.step) // both are in one block, which says so
                continue;
            const Rect row = band(lane, toX, fromX);
            RibbonPiece& piece =
                add(RibbonPart::Bend, lane, {row.x, row.y - m_view.bendRoom, row.width, m_view.bendRoom}, i);
            piece.step = ribbon.steps[i].step;
            piece.to = to;
        }
    }

    double lastX(std::uint32_t lane) const
    {
        double x = m_view.margin;
        for (std::uint32_t i = 0; i < m_ribbons[lane].stretches.size(); ++i)
            x = std::max(x, m_axis.stretchX(lane, i).second + (m_axis.ordinal() ? 0 : m_view.step / 2.0));
        return x;
    }
    double firstX(std::uint32_t lane) const
    {
        if (m_ribbons[lane].stretches.empty())
            return m_view.margin;
        return m_axis.stretchX(lane, 0).first - (m_axis.ordinal() ? 0 : m_view.step / 2.0);
    }

    Rect endRect(std::uint32_t lane) const
    {
        const Rect row = band(lane, lastX(lane) + 2, lastX(lane) + 3);
        const int side = std::min(m_view.step + 2, row.height);
        return {row.x, row.y + (row.height - side) / 2, side, side};
    }

    void end(std::uint32_t lane)
    {
        add(RibbonPart::End, lane, endRect(lane), RibbonPiece::none).source = m_ribbons[lane].outcomeSource;
    }

    void changes(std::uint32_t lane)
    {
        const ArcRibbon& ribbon = m_ribbons[lane];
        if (m_axis.ordinal() || ribbon.changes.empty())
            return;
        const TimeRange time = ribbon.time();
        for (std::uint32_t i = 0; i < ribbon.changes.size(); ++i) {
            if (ribbon.changes[i] < time.start || ribbon.changes[i] > time.end)
                continue;
            const double x = m_axis.x(ribbon.changes[i]);
            const Rect row = band(lane, x, x + 1);
            add(RibbonPart::Change, lane, {row.x, row.y - m_view.bendRoom, 1, m_view.laneHeight}, i);
        }
    }

    void stitch(const RibbonLink& link)
    {
        if (m_ribbons.empty())
            return;
        const Rect own = band(0, firstX(0), lastX(0));
        Rect rect;
        if (link.lane == RibbonPiece::none || link.lane >= m_ribbons.size()) {
            const Rect end = endRect(0);
            const int middle = own.y + own.height / 2 - 1;
            rect = link.later ? Rect{end.right() + 1, middle, m_view.width - end.right() - 1, 3}
                              : Rect{0, middle, own.x, 3};
        } else {
            // From the end of the earlier one to the beginning of the later one.
            const std::uint32_t earlier = link.later ? 0 : link.lane;
            const std::uint32_t later = link.later ? link.lane : 0;
            const Rect from = endRect(earlier);
            const Rect to = band(later, firstX(later), lastX(later));
            const int left = std::min(from.right(), to.x);
            const int right = std::max(from.right(), to.x);
            const int top = std::min(from.y + from.height / 2, to.y + to.height / 2);
            const int bottom = std::max(from.y + from.height / 2, to.y + to.height / 2);
            rect = {left, top, std::max(1, right - left), std::max(1, bottom - top)};
        }
        if (rect.width < 1)
            return;
        RibbonPiece& piece = add(RibbonPart::Stitch, link.lane, rect, RibbonPiece::none);
        piece.to = link.stitch;
        piece.later = link.later;
    }

    std::span<const ArcRibbon> m_ribbons;
    RibbonViewport m_view;
    RibbonAxis m_axis;
    RibbonScene m_scene;
};

} // namespace

TimeRange ArcRibbon::time() const
{
    TimeRange whole;
    const auto take = [&](Nanos time) {
        if (time == noTime)
            return;
        whole.start = whole.start == noTime ? time : std::min(whole.start, time);
        whole.end = whole.end == noTime ? time : std::max(whole.end, time);
    };
    for (const RibbonStretch& stretch : stretches) {
        take(stretch.time.start);
        take(stretch.time.end);
    }
    for (const RibbonStep& step : steps)
        take(step.time);
    return whole;
}

ArcRibbon ribbonOf(const ArcCorpus& arcs, std::uint32_t arc)
{
    ArcRibbon ribbon;
    ribbon.arc = arc;
    ribbon.outcome = static_cast<ArcOutcome>(arcs.arcs.at(ArcColumn::Outcome, arc));
    ribbon.outcomeSource = static_cast<ArcSource>(arcs.arcs.at(ArcColumn::OutcomeSource, arc));
    const auto firstSegment = static_cast<std::uint32_t>(arcs.arcs.at(ArcColumn::FirstSegment, arc));
    const auto segments = static_cast<std::uint32_t>(arcs.arcs.at(ArcColumn::Segments, arc));
    for (std::uint32_t row = firstSegment; row < firstSegment + segments; ++row) {
        const auto at = [&](ArcSegmentColumn column) { return arcs.segments.at(column, row); };
        RibbonStretch stretch;
        const Nanos start = at(ArcSegmentColumn::Start);
        const Nanos length = at(ArcSegmentColumn::Duration);
        if (start != noTime)
            stretch.time = {start, start + std::max<Nanos>(0, length)};
        stretch.trace = static_cast<std::uint32_t>(at(ArcSegmentColumn::Trace));
        stretch.session = static_cast<std::uint32_t>(at(ArcSegmentColumn::Session));
        stretch.device = static_cast<std::uint32_t>(at(ArcSegmentColumn::Device));
        stretch.join = static_cast<ArcJoin>(at(ArcSegmentColumn::Join));
        stretch.row = row;
        ribbon.timed = ribbon.timed || start != noTime;
        ribbon.stretches.push_back(stretch);
    }
    const auto firstEvent = static_cast<std::uint32_t>(arcs.arcs.at(ArcColumn::FirstEvent, arc));
    const auto events = static_cast<std::uint32_t>(arcs.arcs.at(ArcColumn::Events, arc));
    for (std::uint32_t row = firstEvent; row < firstEvent + events; ++row) {
        const auto at = [&](ArcEventColumn column) { return arcs.events.at(column, row); };
        RibbonStep step;
        step.step = static_cast<ArcStep>(at(ArcEventColumn::Step));
        step.source = static_cast<ArcSource>(at(ArcEventColumn::Source));
        step.time = at(ArcEventColumn::Time);
        step.event = row;
        const auto segment = static_cast<std::uint32_t>(at(ArcEventColumn::Segment));
        step.stretch = segment >= firstSegment && segment < firstSegment + segments ? segment - firstSegment : 0;
        ribbon.timed = ribbon.timed || step.time != noTime;
        ribbon.steps.push_back(step);
    }
    // In the order of their stretches: each has a slice.
    std::stable_sort(ribbon.steps.begin(), ribbon.steps.end(),
                     [](const RibbonStep& a, const RibbonStep& b) { return a.stretch < b.stretch; });
    if (ribbon.stretches.empty() && !ribbon.steps.empty())
        ribbon.stretches.emplace_back();
    for (std::uint32_t i = 0; i < ribbon.steps.size(); ++i) {
        RibbonStretch& stretch = ribbon.stretches[ribbon.steps[i].stretch];
        if (stretch.steps++ == 0)
            stretch.firstStep = i;
    }
    return ribbon;
}

RibbonScene layOut(std::span<const ArcRibbon> ribbons, std::span<const RibbonLink> links,
                   const RibbonViewport& viewport)
{
    return Placing(ribbons, viewport).place(links);
}

RibbonScene layOut(const ArcRibbon& ribbon, std::span<const RibbonLink> links, const RibbonViewport& viewport)
{
    return layOut(std::span(&ribbon, 1), links, viewport);
}

int wantedWidth(std::span<const ArcRibbon> ribbons, const RibbonViewport& viewport)
{
    int slots = 0;
    for (const ArcRibbon& ribbon : ribbons) {
        for (const RibbonStretch& stretch : ribbon.stretches)
            slots += static_cast<int>(std::max<std::uint32_t>(1, stretch.steps)) + 1;
    }
    return slots * viewport.slot + 2 * viewport.margin + 3 * viewport.step;
}

const RibbonPiece* hitTest(const RibbonScene& scene, int x, int y, int reach)
{
    const auto find = [&](int by) -> const RibbonPiece* {
        for (std::size_t i = scene.pieces.size(); i-- > 0;) {
            const RibbonPiece& piece = scene.pieces[i];
            const Rect& r = piece.rect;
            if (Rect{r.x - by, r.y - by, r.width + 2 * by, r.height + 2 * by}.contains(x, y))
                return &piece;
        }
        return nullptr;
    };
    const RibbonPiece* exact = find(0);
    if (exact && exact->part > RibbonPart::Handover)
        return exact;
    const RibbonPiece* const near = find(reach);
    return near && near->part > RibbonPart::Handover ? near : exact ? exact : near;
}

const RibbonPiece* pieceOf(const RibbonScene& scene, std::uint32_t lane, std::uint32_t step)
{
    for (const RibbonPiece& piece : scene.pieces) {
        if ((piece.part == RibbonPart::Step || piece.part == RibbonPart::Block) && piece.lane == lane &&
            step >= piece.first && step < piece.first + piece.count)
            return &piece;
    }
    return nullptr;
}

std::uint32_t takenUp(const ArcRibbon& ribbon, std::uint32_t step)
{
    const ArcStep what = ribbon.steps[step].step;
    if (what != ArcStep::ReAsk && what != ArcStep::Regenerate && what != ArcStep::Edit)
        return RibbonPiece::none;
    for (std::uint32_t i = step; i-- > 0;) {
        const ArcStep before = ribbon.steps[i].step;
        const bool asked = before == ArcStep::Request || before == ArcStep::ReAsk || before == ArcStep::Edit;
        if (what == ArcStep::ReAsk ? asked : before == ArcStep::Response)
            return i;
    }
    return RibbonPiece::none;
}

} // namespace arcscope
