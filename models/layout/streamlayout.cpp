#include "streamlayout.h"

#include "axis.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// Narrower than this a box is part of a run.
constexpr int narrow = 3;
/// A chunk is drawn until the next one, but not over a gap of more than so many usual ones: a stall stays empty.
constexpr Nanos usualGaps = 4;
/// An arc narrower than this says nothing.
constexpr int narrowLink = 8;
/// Height of the row of marks.
constexpr int marksHeight = 18;
/// Lines of exposure below each other in the gap under a lane.
constexpr int exposureLevels = 3;

class Layout
{
public:
    Layout(const StreamTimeline& timeline, const StreamViewport& viewport)
        : m_timeline(timeline)
        , m_view(viewport)
    {
        m_scene.viewport = viewport;
    }

    StreamScene run()
    {
        if (m_view.width < 1)
            return std::move(m_scene);
        m_scene.ticks = ticks(m_view.range, m_view.width, m_view.tickSpacing,
                              m_timeline.ordinal ? TickMode::Ordinal : TickMode::SinceOrigin, m_timeline.origin);
        int y = 0;
        if (!m_timeline.marks.phases.empty()) {
            placePhases(m_timeline.marks.phases, y, m_scene.phases);
            y += m_view.phaseHeight + m_view.laneGap;
        }
        if (!m_timeline.ordinal && !m_timeline.marks.stated.empty()) {
            m_scene.statedTop = y;
            placePhases(m_timeline.marks.stated, y, m_scene.stated);
            y += m_view.phaseHeight + m_view.laneGap;
        }
        const int lanesTop = y;
        for (std::uint32_t lane = 0; lane < m_timeline.lanes.size(); ++lane) {
            const int height = m_timeline.lanes[lane].drafts ? m_view.draftHeight : m_view.laneHeight;
            m_scene.lanes.push_back({lane, y, height});
            if (m_timeline.lanes[lane].drafts)
                placeDrafts(lane, y, height);
            else
                placePieces(lane, y, height);
            y += height + (m_timeline.lanes[lane].drafts ? 2 : m_view.laneGap);
        }
        placeExposures();
        placeStretches(lanesTop, y);
        placeLinks();
        m_scene.marksTop = y;
        placeMarks();
        y += marksHeight;
        m_scene.latencyTop = y;
        if (!m_timeline.arrivals.empty()) {
            measureGaps();
            y += m_view.latencyHeight;
        }
        m_scene.height = y;
        return std::move(m_scene);
    }

private:
    int x(Nanos time) const
    {
        const double at = xOf(time, m_view.range, m_view.width);
        return static_cast<int>(std::clamp(at, -2.0, static_cast<double>(m_view.width) + 2));
    }

    void placePhases(const std::vector<StreamPhase>& phases, int y, std::vector<PhaseBox>& into)
    {
        for (std::uint32_t i = 0; i < phases.size(); ++i) {
            const int from = x(phases[i].range.start);
            const int to = std::max(from + 1, x(phases[i].range.end));
            if (to > 0 && from < m_view.width)
                into.push_back({{from, y, to - from, m_view.phaseHeight}, i});
        }
    }

    StreamLook lookOf(const TextBlock& block, const TextPiece& piece) const
    {
        if (piece.withdrawn != noEvent)
            return StreamLook::Withdrawn;
        if (piece.accepted != noEvent)
            return StreamLook::Accepted;
        if (piece.draft)
            return StreamLook::Open;
        return block.type == BlockType::Reasoning  ? StreamLook::Reasoning
               : block.type == BlockType::ToolCall ? StreamLook::Arguments
                                                   : StreamLook::Shown;
    }

    /// Adds a box, or makes the last one a run with it.
    void put(const Rect& rect, StreamLook look, std::uint32_t lane, std::uint32_t item)
    {
        if (!m_scene.boxes.empty() && rect.width < narrow) {
            StreamBox& last = m_scene.boxes.back();
            const bool narrowRun = last.count > 1 || last.rect.width < narrow;
            if (last.lane == lane && last.look == look && last.rect.y == rect.y && narrowRun &&
                rect.x <= last.rect.right() + 1) {
                last.rect.width = std::max(last.rect.width, rect.right() - last.rect.x);
                ++last.count;
                return;
            }
        }
        m_scene.boxes.push_back({rect, look, lane, item, 1});
    }

    void placePieces(std::uint32_t at, int y, int height)
    {
        const StreamLane& lane = m_timeline.lanes[at];
        const TextBlock& block = m_timeline.model->blocks()[lane.block];
        const Nanos longest = std::max<Nanos>(lane.typicalGap * usualGaps, 1);
        const auto first = std::lower_bound(lane.begins.begin(), lane.begins.end(), m_view.range.start);
        auto i = static_cast<std::size_t>(first - lane.begins.begin());
        i -= i > 0 ? 1 : 0; // what begins before may reach into the view
        while (i > 0 && lane.begins[i - 1] == lane.begins[i])
            --i;
        while (i < lane.items.size() && lane.begins[i] <= m_view.range.end) {
            const Nanos begin = lane.begins[i];
            std::size_t behind = i + 1; // what came at once shares the room by its bytes
            while (behind < lane.items.size() && lane.begins[behind] == begin)
                ++behind;
            const Nanos next = behind < lane.items.size() ? lane.begins[behind] : lane.over;
            const int from = x(begin);
            const int to = std::max(from + 1, x(next - begin > longest ? begin + longest : next));
            if (to <= 0 || from >= m_view.width) {
                i = behind;
                continue;
            }
            const std::uint64_t firstByte = block.pieces[lane.items[i]].begin;
            const std::uint64_t bytes = block.pieces[lane.items[behind - 1]].end - firstByte;
            for (int left = from; i < behind; ++i) {
                const TextPiece& piece = block.pieces[lane.items[i]];
                const double share = static_cast<double>(piece.end - firstByte) / static_cast<double>(bytes);
                const int right = i + 1 == behind ? to : from + static_cast<int>(share * (to - from));
                put({left, y, std::max(right - left, 1), height}, lookOf(block, piece), at,
                    static_cast<std::uint32_t>(i));
                left = right;
            }
        }
    }

    /// A draft lasts until it is settled; its part that stayed comes first.
    void placeDrafts(std::uint32_t at, int y, int height)
    {
        const StreamLane& lane = m_timeline.lanes[at];
        const std::vector<DraftBlock>& drafts = m_timeline.model->drafts();
        for (std::uint32_t i = 0; i < lane.items.size() && lane.begins[i] <= m_view.range.end; ++i) {
            const DraftBlock& draft = drafts[lane.items[i]];
            const bool settled = draft.settled != noEvent;
            const int from = x(lane.begins[i]);
            const int to = std::max(from + 2, x(settled ? m_timeline.at(draft.settled) : lane.over));
            if (to <= 0)
                continue;
            const std::uint64_t bytes = draft.end - draft.begin;
            const double share = bytes == 0 ? 0 : static_cast<double>(draft.acceptedBytes) / static_cast<double>(bytes);
            const int middle = from + static_cast<int>(share * (to - from));
            if (middle > from)
                put({from, y, middle - from, height}, StreamLook::Accepted, at, i);
            if (to > middle)
                put({middle, y, to - middle, height}, settled ? StreamLook::Withdrawn : StreamLook::Open, at, i);
        }
    }

    void placeExposures()
    {
        const std::vector<Retraction>& all = m_timeline.model->retractions();
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            const int from = x(m_timeline.at(all[i].firstShown));
            const int to = x(m_timeline.at(all[i].event));
            if (to < 0 || from >= m_view.width)
                continue;
            // What is withdrawn has pieces, and so a lane.
            const auto lane = std::find_if(m_scene.lanes.begin(), m_scene.lanes.end(), [&](const StreamLaneBox& box) {
                return !m_timeline.lanes[box.lane].drafts && m_timeline.lanes[box.lane].block == all[i].block;
            });
            const ExposureLine line{from, std::max(to, from + 1), lane->y + lane->height - 1, i};
            if (!joins(line))
                m_scene.exposures.push_back(lowered(line));
        }
    }

    /// A line too short to be drawn beside the last one is part of it.
    bool joins(const ExposureLine& line)
    {
        if (m_scene.exposures.empty())
            return false;
        ExposureLine& last = m_scene.exposures.back();
        if (last.y != line.y || last.toX - last.fromX >= narrow || line.toX > last.toX + 1)
            return false;
        const std::vector<Retraction>& all = m_timeline.model->retractions();
        if (all[line.retraction].exposure > all[last.retraction].exposure)
            last.retraction = line.retraction;
        return true;
    }

    /// Below lines that it would cover, as far as there is room.
    ExposureLine lowered(ExposureLine line) const
    {
        constexpr std::size_t mostLookedAt = 64;
        const int step = std::max(2, m_view.laneGap / exposureLevels);
        const std::size_t count = m_scene.exposures.size();
        for (int level = 0; level < exposureLevels; ++level, line.y += step) {
            bool free = true;
            for (std::size_t i = count - std::min(count, mostLookedAt); i < count; ++i) {
                const ExposureLine& other = m_scene.exposures[i];
                free = free && (other.y != line.y || other.toX < line.fromX || other.fromX > line.toX);
            }
            if (free)
                return line;
        }
        line.y -= step;
        return line;
    }

    void placeStretches(int top, int bottom)
    {
        const std::vector<StreamStretch>& all = m_timeline.marks.stretches;
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            const bool stall = all[i].kind == StreamStretch::Kind::Stall;
            const int from = x(stall ? all[i].range.start : m_timeline.at(all[i].firstEvent));
            const int to = std::max(from + 1, x(stall ? all[i].range.end : m_timeline.at(all[i].lastEvent)));
            if (to < 0 || from >= m_view.width)
                continue;
            Rect rect{from, top, to - from, bottom - top};
            for (const StreamLaneBox& box : m_scene.lanes) {
                if (all[i].block == m_timeline.lanes[box.lane].block && !m_timeline.lanes[box.lane].drafts) {
                    rect.y = box.y;
                    rect.height = box.height;
                }
            }
            m_scene.stretches.push_back({rect, i});
        }
    }

    void placeLinks()
    {
        const std::vector<StreamLink>& all = m_timeline.marks.links;
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            if (all[i].from == noEvent || all[i].to == noEvent)
                continue;
            const int from = x(m_timeline.at(all[i].from));
            const int to = x(m_timeline.at(all[i].to));
            if (to < 0 || from >= m_view.width || to - from < narrowLink)
                continue;
            for (const StreamLaneBox& box : m_scene.lanes) {
                if (all[i].block == m_timeline.lanes[box.lane].block && !m_timeline.lanes[box.lane].drafts)
                    m_scene.links.push_back({from, to, box.y, i});
            }
        }
    }

    static int weight(StreamEventKind kind)
    {
        switch (kind) {
        case StreamEventKind::Error:
            return 5;
        case StreamEventKind::End:
            return 4;
        case StreamEventKind::Stop:
            return 3;
        case StreamEventKind::Commit:
            return 2;
        case StreamEventKind::Keepalive:
        case StreamEventKind::Stall:
            return 1;
        default:
            return 0;
        }
    }

    void placeMarks()
    {
        const std::vector<StreamEvent>& events = m_timeline.model->events();
        for (std::uint32_t i = 0; i < events.size(); ++i) {
            const int telling = weight(events[i].kind);
            if (telling == 0)
                continue;
            const int at = x(m_timeline.at(i));
            if (at < 0 || at >= m_view.width)
                continue;
            if (!m_scene.marks.empty() && m_scene.marks.back().x == at) {
                if (telling >= weight(events[m_scene.marks.back().event].kind))
                    m_scene.marks.back().event = i;
                continue;
            }
            m_scene.marks.push_back({at, i});
        }
    }

    void measureGaps()
    {
        m_scene.gaps.assign(static_cast<std::size_t>(m_view.width), 0);
        const std::vector<Nanos>& arrivals = m_timeline.arrivals;
        auto next = std::lower_bound(arrivals.begin(), arrivals.end(), m_view.range.start);
        for (; next != arrivals.end() && *next <= m_view.range.end; ++next) {
            if (next == arrivals.begin())
                continue;
            const int at = std::clamp(x(*next), 0, m_view.width - 1);
            Nanos& cell = m_scene.gaps[static_cast<std::size_t>(at)];
            cell = std::max(cell, *next - *(next - 1));
            m_scene.longestGap = std::max(m_scene.longestGap, cell);
        }
    }

    const StreamTimeline& m_timeline;
    const StreamViewport& m_view;
    StreamScene m_scene;
};

} // namespace

StreamScene layOut(const StreamTimeline& timeline, const StreamViewport& viewport)
{
    return Layout(timeline, viewport).run();
}

const StreamBox* boxAt(const StreamScene& scene, int x, int y)
{
    for (const StreamBox& box : scene.boxes) {
        if (box.rect.contains(x, y))
            return &box;
    }
    return nullptr;
}

std::string textOf(const StreamTimeline& timeline, const StreamBox& box, std::size_t most)
{
    const StreamLane& lane = timeline.lanes[box.lane];
    const TextBlock& block = timeline.model->blocks()[lane.block];
    const std::uint32_t last = box.first + box.count - 1;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    if (lane.drafts) {
        begin = timeline.model->drafts()[lane.items[box.first]].begin;
        end = timeline.model->drafts()[lane.items[last]].end;
    } else {
        begin = block.pieces[lane.items[box.first]].begin;
        end = block.pieces[lane.items[last]].end;
    }
    std::string text = block.text.substr(begin, std::min<std::uint64_t>(end - begin, most));
    while (end - begin > most && !text.empty() &&
           (static_cast<unsigned char>(block.text[begin + text.size()]) & 0xC0) == 0x80)
        text.pop_back();
    return text;
}

} // namespace arcscope
