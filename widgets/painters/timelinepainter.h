// Paints a Scene: masses as scanlines into an image, everything else with QPainter. Nothing here looks at a trace.
#pragma once

#include "criticalpath.h"
#include "labelcache.h"
#include "theme.h"
#include "timelinelayout.h"

#include <QImage>
#include <QPainter>

#include <vector>

namespace arcscope
{

/// What is marked on spans and on the minimap beside the selection.
enum class MarkKind : std::uint8_t { SearchHit, Finding };

/// A mark in the pixels of the scene.
struct PaintedMark {
    Rect rect;
    MarkKind kind = MarkKind::SearchHit;
};

/// What is drawn over a scene and changes without it. All places are pixels of the scene.
struct TimelineOverlay {
    std::optional<Rect> selected;
    std::optional<Rect> hovered;
    std::vector<Arrow> arrows; ///< of the selected span
    std::vector<PaintedMark> marks;
    std::vector<Rect> criticalPath;                 ///< underlined
    std::optional<std::pair<double, double>> range; ///< selected, from and to
    std::optional<double> hairline;
    bool focused = false;
};

/// How a scene is painted: `scale` device pixels a logical one (lines and gaps grow with it).
struct TimelineStyle {
    const Theme& theme;
    LabelCache& labels;
    double scale = 1;
};

/// Background, grid, cells and the fills of boxes; the image has the size of the viewport and format RGB32.
void paintMasses(QImage& image, const Scene& scene, const TimelineStyle& style);
/// The same as shapes, for SVG and PDF; nothing lies outside of [0, width) x [0, height).
void paintMasses(QPainter& painter, const Scene& scene, const TimelineStyle& style);
/// Outlines, patterns, glyphs and labels of boxes, and counts of runs.
void paintDetails(QPainter& painter, const Scene& scene, const TimelineStyle& style);
/// A small box of that look as an example; `markOnly`: without what its kind adds.
void paintSwatch(QPainter& painter, const Rect& rect, SpanLook look, bool markOnly, const TimelineStyle& style);
void paintArrows(QPainter& painter, const std::vector<Arrow>& arrows, bool strong, const TimelineStyle& style);
/// Share of the ground in what is not marked.
inline constexpr float veilStrength = 0.68F;
/// Takes the strength from all lanes but the marked spans, which come from `base`; the viewport lies there at `origin`.
void paintVeil(QPainter& painter, const QImage& base, const QPoint& origin, const Scene& scene,
               const std::vector<PaintedMark>& marks, const TimelineStyle& style);
void paintOverlay(QPainter& painter, const Scene& scene, const TimelineOverlay& overlay, const TimelineStyle& style);

/// Axis above the lanes; y from 0 to `height`.
void paintAxis(QPainter& painter, const Scene& scene, int height, const TimelineStyle& style);
/// Lane names, in the rows of the scene; x from 0 to `width`.
void paintHeaders(QPainter& painter, const TimelineData& data, const Scene& scene, int width, bool rightToLeft,
                  const TimelineStyle& style);
/// Width at which no name of a lane is cut, in device pixels.
int headerWidthOf(const TimelineData& data, const TimelineStyle& style);
/// A thin frame in the colour of the highlight: the keys go here.
void paintFocusFrame(QPainter& painter, const QRect& rect, const TimelineStyle& style);
/// Density of the whole data as columns that grow from the bottom. `window` is what the scene shows.
void paintMinimap(QPainter& painter, const Rect& rect, const std::vector<Cell>& cells, std::pair<double, double> window,
                  const std::vector<std::pair<int, MarkKind>>& marks, const TimelineStyle& style);

} // namespace arcscope
