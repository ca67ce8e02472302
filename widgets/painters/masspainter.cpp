#include "timelinepainter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace arcscope
{

namespace
{

constexpr int coverageSteps = 16;
/// How strong a cell is at least, so that a single span in a wide bucket is not lost.
constexpr double faintest = 0.4;
/// The least contrast of a cell with its ground, however little of it is covered.
constexpr double cellContrast = 3;
/// What contains others is a light box; a cell of it has no frame and is darker for that.
constexpr double containerCell = 0.7;

/// What contains others is drawn lighter than what does something.
bool contains(SpanKind kind)
{
    return kind == SpanKind::Agent || kind == SpanKind::Workflow;
}

QColor boxFill(const Theme& theme, const QColor& ground, const SpanLook& look)
{
    const QColor& fill = theme[roleOf(look.kind())].fill;
    if (look.has(SpanLook::NotExecuted) || look.has(SpanLook::Synthetic))
        return mixed(ground, fill, 0.12);
    return contains(look.kind()) ? mixed(ground, fill, 0.3) : fill;
}

double faintestShare(const QColor& ground, const QColor& full)
{
    double share = faintest;
    while (share < 0.95 && contrast(mixed(ground, full, share), ground) < cellContrast)
        share += 0.05;
    return std::min(share, 1.0);
}

/// Colours of cells by kind and coverage over the two grounds of lanes.
class CellColours
{
public:
    explicit CellColours(const Theme& theme)
        : error(theme[ColourRole::Contradiction].fill.rgb())
        , grounds{theme.canvas.rgb(), theme.stripe.rgb()}
    {
        for (std::size_t ground = 0; ground < 2; ++ground) {
            const QColor under = ground == 0 ? theme.canvas : theme.stripe;
            for (std::size_t kind = 0; kind < spanKindCount; ++kind) {
                const SpanKind of = static_cast<SpanKind>(kind);
                const QColor fill = theme[roleOf(of)].fill;
                const QColor full = contains(of) ? mixed(under, fill, containerCell) : fill;
                const double faint = faintestShare(under, full);
                for (std::size_t step = 0; step < coverageSteps; ++step) {
                    const double share = faint + (1 - faint) * static_cast<double>(step) / (coverageSteps - 1);
                    m_colours[ground][kind][step] = mixed(under, full, share).rgb();
                }
            }
        }
    }

    QRgb of(std::size_t ground, Cell cell) const
    {
        return m_colours[ground][static_cast<std::size_t>(cell.kind())]
                        [static_cast<std::size_t>(cell.coverage() / (256 / coverageSteps))];
    }

    QRgb error;
    std::array<QRgb, 2> grounds;

private:
    std::array<std::array<std::array<QRgb, coverageSteps>, spanKindCount>, 2> m_colours{};
};

std::size_t groundOf(std::uint32_t lane)
{
    return lane % 2;
}

/// The ground between boxes, so that neighbours can be told apart.
int gapOf(const Box& box, double scale)
{
    const int gap = std::max(1, static_cast<int>(std::lround(scale)));
    return box.rect.width > 3 * gap && !box.cutRight ? gap : 0;
}

int errorHeight(int height)
{
    return std::max(2, height / 5);
}

/// Paints line after line into an image: one row of pixels is made and then copied down.
class MassPainter
{
public:
    MassPainter(QImage& image, const Scene& scene, const TimelineStyle& style)
        : m_image(image)
        , m_scene(scene)
        , m_style(style)
        , m_colours(style.theme)
        , m_width(static_cast<std::size_t>(std::min(image.width(), scene.viewport.width)))
        , m_done(static_cast<std::size_t>(image.height()))
        , m_body(m_width)
        , m_band(m_width)
    {
        for (std::size_t ground = 0; ground < 2; ++ground) {
            m_grids[ground].assign(m_width, m_colours.grounds[ground]);
            const int line = std::max(1, static_cast<int>(style.scale));
            for (const Tick& tick : scene.ticks.ticks) {
                if (tick.label.empty())
                    continue;
                for (int x = std::max(0, tick.x); x < std::min(tick.x + line, static_cast<int>(m_width)); ++x)
                    m_grids[ground][static_cast<std::size_t>(x)] = style.theme.rule.rgb();
            }
        }
    }

    void paint()
    {
        std::size_t box = 0;
        for (const Strip& strip : m_scene.strips) {
            m_clipTop = strip.pinned ? 0 : m_scene.pinnedHeight;
            if (strip.collapsed) {
                paintDensity(strip);
                continue;
            }
            fillCells(strip);
            while (box < m_scene.boxes.size() && m_scene.boxes[box].line == strip.line)
                fillBox(m_scene.boxes[box++], groundOf(strip.lane));
            const int band = strip.y + strip.height - errorHeight(strip.height);
            copyDown(m_body, strip.y, band);
            copyDown(m_anyError ? m_band : m_body, band, strip.y + strip.height);
        }
        paintGround();
    }

private:
    void copyDown(const std::vector<QRgb>& row, int from, int to)
    {
        for (int y = std::max(from, m_clipTop); y < std::min(to, m_image.height()); ++y) {
            std::memcpy(m_image.scanLine(y), row.data(), m_width * sizeof(QRgb));
            m_done[static_cast<std::size_t>(y)] = true;
        }
    }

    /// What no strip has painted.
    void paintGround()
    {
        std::vector<char> grounds(m_done.size());
        for (const LaneHeader& header : m_scene.headers) {
            const int top = std::max(header.state.pinned ? 0 : m_scene.pinnedHeight, header.y);
            for (int y = top; y < std::min(header.y + header.height, m_image.height()); ++y)
                grounds[static_cast<std::size_t>(y)] = static_cast<char>(groundOf(header.lane));
        }
        m_clipTop = 0;
        for (int y = 0; y < m_image.height(); ++y) {
            if (!m_done[static_cast<std::size_t>(y)])
                copyDown(m_grids[static_cast<std::size_t>(grounds[static_cast<std::size_t>(y)])], y, y + 1);
        }
    }

    void fillCells(const Strip& strip)
    {
        const std::size_t ground = groundOf(strip.lane);
        m_body = m_grids[ground];
        m_anyError = false;
        const Cell* cells = m_scene.cells.data() + strip.firstCell;
        for (std::size_t x = 0; x < m_width; ++x) {
            if (cells[x].empty())
                continue;
            m_body[x] = m_colours.of(ground, cells[x]);
            if (cells[x].error())
                m_anyError = true;
        }
        if (!m_anyError)
            return;
        m_band = m_body;
        for (std::size_t x = 0; x < m_width; ++x) {
            if (cells[x].error())
                m_band[x] = m_colours.error;
        }
    }

    void fillBox(const Box& box, std::size_t ground)
    {
        if (box.foldedCount > 1)
            return;
        const int end = std::min(box.rect.right() - gapOf(box, m_style.scale), static_cast<int>(m_width));
        // A single narrow span lies in the cells, too.
        if (box.rect.width < 3)
            return;
        const QColor under = ground == 0 ? m_style.theme.canvas : m_style.theme.stripe;
        const QRgb fill = fillOf(box.look, ground, under);
        const int from = std::max(0, box.rect.x);
        if (from >= end)
            return;
        if (box.look.error() && !m_anyError) {
            m_band = m_body;
            m_anyError = true;
        }
        std::fill(m_body.begin() + from, m_body.begin() + end, fill);
        if (m_anyError)
            std::fill(m_band.begin() + from, m_band.begin() + end, box.look.error() ? m_colours.error : fill);
    }

    QRgb fillOf(const SpanLook& look, std::size_t ground, const QColor& under)
    {
        constexpr int plainBits = 63; // kind and status
        if (!contains(look.kind()) && (look.bits() & ~plainBits & (SpanLook::NotExecuted | SpanLook::Synthetic)) == 0)
            return m_colours.of(ground, Cell(look.kind(), 255, false));
        return boxFill(m_style.theme, under, look).rgb();
    }

    void paintDensity(const Strip& strip)
    {
        const std::size_t ground = groundOf(strip.lane);
        const Cell* cells = m_scene.cells.data() + strip.firstCell;
        for (int row = 0; row < strip.height; ++row) {
            m_body = m_grids[ground];
            const int level = (strip.height - row - 1) * 255 / strip.height;
            const bool errors = row >= strip.height - errorHeight(strip.height);
            for (std::size_t x = 0; x < m_width; ++x) {
                if (cells[x].empty() || (cells[x].coverage() < level && !(errors && cells[x].error())))
                    continue;
                m_body[x] = errors && cells[x].error() ? m_colours.error
                                                       : m_colours.of(ground, Cell(cells[x].kind(), 255, false));
            }
            copyDown(m_body, strip.y + row, strip.y + row + 1);
        }
    }

    QImage& m_image;
    const Scene& m_scene;
    const TimelineStyle& m_style;
    CellColours m_colours;
    std::size_t m_width;
    int m_clipTop = 0;
    bool m_anyError = false;  ///< in this line: only then m_band differs from m_body
    std::vector<char> m_done; ///< rows of the image that are painted
    std::array<std::vector<QRgb>, 2> m_grids;
    std::vector<QRgb> m_body;
    std::vector<QRgb> m_band; ///< the lower edge of a line, where errors show
};

/// A rectangle cut to the scene.
void fillCut(QPainter& painter, const Scene& scene, Rect rect, int top, const QColor& colour)
{
    const int right = std::min(rect.right(), scene.viewport.width);
    const int bottom = std::min(rect.bottom(), scene.viewport.height);
    const int x = std::max(rect.x, 0);
    const int y = std::max(rect.y, top);
    if (x < right && y < bottom)
        painter.fillRect(x, y, right - x, bottom - y, colour);
}

} // namespace

void paintMasses(QImage& image, const Scene& scene, const TimelineStyle& style)
{
    if (!image.isNull() && scene.viewport.width > 0)
        MassPainter(image, scene, style).paint();
}

void paintMasses(QPainter& painter, const Scene& scene, const TimelineStyle& style)
{
    const CellColours colours(style.theme);
    painter.fillRect(0, 0, scene.viewport.width, scene.viewport.height, style.theme.canvas);
    for (const LaneHeader& header : scene.headers) {
        if (groundOf(header.lane) == 1)
            fillCut(painter, scene, {0, header.y, scene.viewport.width, header.height},
                    header.state.pinned ? 0 : scene.pinnedHeight, style.theme.stripe);
    }
    for (const Tick& tick : scene.ticks.ticks) {
        if (!tick.label.empty())
            fillCut(painter, scene, {tick.x, 0, std::max(1, static_cast<int>(style.scale)), scene.viewport.height}, 0,
                    style.theme.rule);
    }
    std::size_t next = 0;
    for (const Strip& strip : scene.strips) {
        const int top = strip.pinned ? 0 : scene.pinnedHeight;
        const std::size_t ground = groundOf(strip.lane);
        const int band = errorHeight(strip.height);
        const Cell* cells = scene.cells.data() + strip.firstCell;
        for (int x = 0; x < scene.viewport.width;) {
            int end = x + 1;
            while (end < scene.viewport.width && cells[end] == cells[x])
                ++end;
            if (!cells[x].empty()) {
                const int height =
                    strip.collapsed ? std::max(2, cells[x].coverage() * strip.height / 255) : strip.height;
                fillCut(painter, scene, {x, strip.y + strip.height - height, end - x, height}, top,
                        QColor(colours.of(ground, strip.collapsed ? Cell(cells[x].kind(), 255, false) : cells[x])));
                if (cells[x].error())
                    fillCut(painter, scene, {x, strip.y + strip.height - band, end - x, band}, top,
                            QColor(colours.error));
            }
            x = end;
        }
        for (; !strip.collapsed && next < scene.boxes.size() && scene.boxes[next].line == strip.line; ++next) {
            const Box& box = scene.boxes[next];
            if (box.foldedCount > 1 || box.rect.width < 3)
                continue;
            Rect rect = box.rect;
            rect.width -= gapOf(box, style.scale);
            fillCut(painter, scene, rect, top, boxFill(style.theme, QColor(colours.grounds[ground]), box.look));
            if (box.look.error())
                fillCut(painter, scene, {rect.x, rect.bottom() - band, rect.width, band}, top, QColor(colours.error));
        }
    }
}

} // namespace arcscope
