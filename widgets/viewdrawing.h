// What an exported picture has above its footer: one drawing for each kind of view.
#pragma once

#include "labelcache.h"
#include "theme.h"

#include <QImage>
#include <QPainter>
#include <QStringList>
#include <QWidget>

#include <algorithm>
#include <cmath>
#include <memory>

namespace arcscope
{

struct ExportOptions;
class StreamCanvas;
class StreamText;
class TimelineCanvas;
class ToolsView;

/// Of pictures, in logical pixels.
inline constexpr int pictureMargin = 12;

/// What is drawn above the footer, in pixels of the picture.
class Drawing
{
public:
    Drawing(const QWidget& view, const Theme& ofView, double pixelScale)
        : theme(ofView)
        , scale(pixelScale)
        , labels(scaledFont(view.font(), pixelScale))
    {
    }
    virtual ~Drawing() = default;
    Drawing(const Drawing&) = delete;
    Drawing& operator=(const Drawing&) = delete;

    virtual QSize size() const = 0;
    /// From (0, 0) to size(). `pixels` is the image below the painter, of format RGB32; null for SVG and PDF.
    virtual void paint(QPainter& painter, QImage* pixels) = 0;
    /// Shapes of an SVG in the place of paint(); empty: it is painted.
    virtual QByteArray shapes() { return {}; }
    /// For the footer.
    virtual QStringList facts() const { return {}; }

    int px(int logical) const { return static_cast<int>(std::lround(logical * scale)); }

    const Theme theme;
    const double scale;
    LabelCache labels;
};

/// All lanes of a timeline that has data, whatever is scrolled into sight, as far as the height asked for allows.
std::unique_ptr<Drawing> timelineDrawing(const TimelineCanvas& canvas, const ExportOptions& options, double scale);

/// All lanes of a stream that has a timeline, and below it the text at the playhead.
std::unique_ptr<Drawing> streamDrawing(const StreamCanvas& canvas, const StreamText* text, double scale);

/// All rows of the calls of a view that shows some, whatever is scrolled into sight, as far as the height allows.
std::unique_ptr<Drawing> callDrawing(const ToolsView& view, const ExportOptions& options, double scale);

} // namespace arcscope
