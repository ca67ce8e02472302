#include "displaytext.h"
#include "findingpainter.h"
#include "legendpainter.h"
#include "timelinecanvas.h"
#include "viewdrawing.h"
#include "viewexport.h"

#include <QCoreApplication>
#include <QRegion>

namespace arcscope
{
namespace
{

constexpr int margin = pictureMargin;

QString tr(const char* text)
{
    return QCoreApplication::translate("ViewExport", text);
}

class TimelineDrawing : public Drawing
{
public:
    TimelineDrawing(const TimelineCanvas& canvas, const ExportOptions& options, double pixelScale)
        : Drawing(canvas, canvas.theme(), pixelScale)
        , m_canvas(canvas)
        , m_data(canvas.data())
        , m_style{theme, labels, pixelScale}
    {
        const int whole = px(std::max(canvas.width(), canvas.minimumWidth()));
        m_header = std::min(headerWidthOf(*m_data, m_style), whole * 3 / 10);
        Viewport view = canvas.viewport();
        view.width = std::max(1, whole - m_header - px(2 * margin));
        view.range = limited(view.range, m_data->bounds, view.width);
        view.rowHeight = labels.metrics().height() + px(4);
        view.rowGap = px(2);
        view.laneGap = px(8);
        view.minLabel = px(28);
        view.tickSpacing = labels.metrics().averageCharWidth() * 15;
        view.scroll = 0;
        view.height = 0;
        // Without height nothing is laid out but the sizes of the lanes.
        const Scene sizes = layOut(*m_data, view);
        const int needed = sizes.contentHeight + sizes.pinnedHeight;
        view.height = std::min(needed, px(options.maxHeight));
        m_cut = view.height < needed;
        if (m_cut)
            view.scroll = scrollShowing(*m_data, view, canvas.selection());
        m_scene = layOut(*m_data, view);
        if (const int legend = legendHeight(m_scene, m_style); !m_cut && legend > 0)
            m_scene.viewport.height += legend;
        m_rightToLeft = canvas.layoutDirection() == Qt::RightToLeft;
    }

    QSize size() const override
    {
        return {m_scene.viewport.width + m_header + px(2 * margin),
                px(margin) + axisHeight() + m_scene.viewport.height};
    }

    void paint(QPainter& painter, QImage* pixels) override
    {
        const Viewport& view = m_scene.viewport;
        const QPoint body(px(margin) + (m_rightToLeft ? 0 : m_header), px(margin) + axisHeight());
        painter.translate(body);
        if (pixels) {
            QImage part(pixels->bits() + body.y() * pixels->bytesPerLine() + body.x() * 4, view.width, view.height,
                        pixels->bytesPerLine(), QImage::Format_RGB32);
            paintMasses(part, m_scene, m_style);
        } else {
            paintMasses(painter, m_scene, m_style);
        }
        paintDetails(painter, m_scene, m_style);
        paintArrows(painter, m_scene.arrows, false, m_style);
        const TimelineOverlay over = m_canvas.overlayIn(view);
        if (!over.marks.empty())
            paintVeilAround(painter, over.marks);
        paintOverlay(painter, m_scene, over, m_style);
        paintFindings(painter, m_canvas.findingsIn(view, m_style.scale), m_style);
        paintLegend(painter, m_scene, m_style);
        // Painters of shapes do not clip: what reaches beyond the lanes is covered.
        painter.translate(-body);
        const int right = body.x() + view.width;
        painter.fillRect(0, 0, size().width(), body.y(), theme.canvas);
        painter.fillRect(0, body.y(), body.x(), view.height, theme.canvas);
        painter.fillRect(right, body.y(), size().width() - right, view.height, theme.canvas);
        painter.translate(body.x(), body.y() - axisHeight());
        paintAxis(painter, m_scene, axisHeight(), m_style);
        painter.translate(m_rightToLeft ? view.width : -m_header, axisHeight());
        paintHeaders(painter, *m_data, m_scene, m_header, m_rightToLeft, m_style);
    }

    QStringList facts() const override
    {
        const TickMode mode = m_data->ordinal ? TickMode::Ordinal : m_scene.viewport.ticks;
        const auto point = [&](Nanos time) {
            return QString::fromStdString(pointText(time, mode, m_data->bounds.start));
        };
        const TimeRange& range = m_scene.viewport.range;
        QStringList facts{tr("%1 to %2").arg(point(range.start), point(range.end))};
        if (m_data->ordinal)
            facts << tr("order only, no times recorded");
        else if (mode != TickMode::Absolute)
            facts << tr("from %1").arg(QString::fromStdString(isoText(range.start)));
        facts << counted(static_cast<std::int64_t>(m_data->rows.size()), tr("%1 span"), tr("%1 spans"));
        if (m_cut)
            facts << tr("not all lanes are shown");
        return facts;
    }

private:
    int axisHeight() const { return labels.metrics().height() + px(10); }

    /// Takes the strength from all that is not marked.
    void paintVeilAround(QPainter& painter, const std::vector<PaintedMark>& marks) const
    {
        const Viewport& view = m_scene.viewport;
        QRegion others(0, 0, view.width, std::min(view.height, m_scene.pinnedHeight + m_scene.contentHeight));
        QRegion marked;
        for (const PaintedMark& mark : marks)
            marked += QRect(mark.rect.x, mark.rect.y, std::max(mark.rect.width, px(2)), mark.rect.height);
        others -= marked;
        QColor veil = theme.canvas;
        veil.setAlphaF(veilStrength);
        for (const QRect& rect : others)
            painter.fillRect(rect, veil);
    }

    const TimelineCanvas& m_canvas;
    std::shared_ptr<const TimelineData> m_data;
    TimelineStyle m_style;
    int m_header = 0;
    Scene m_scene;
    bool m_cut = false;
    bool m_rightToLeft = false;
};

} // namespace

std::unique_ptr<Drawing> timelineDrawing(const TimelineCanvas& canvas, const ExportOptions& options, double scale)
{
    return std::make_unique<TimelineDrawing>(canvas, options, scale);
}

} // namespace arcscope
