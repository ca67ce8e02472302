#include "axis.h"
#include "displaytext.h"
#include "streamcanvas.h"
#include "streamtext.h"
#include "viewdrawing.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QTextDocument>

namespace arcscope
{
namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("ViewExport", text);
}

class StreamDrawing : public Drawing
{
public:
    StreamDrawing(const StreamCanvas& canvas, const StreamText* text, double pixelScale)
        : Drawing(canvas, themeFor(canvas.palette()), pixelScale)
        , m_timeline(canvas.timeline())
        , m_place(canvas.place())
        , m_style{theme, labels, pixelScale}
        , m_whole(px(std::max(canvas.width(), 300)))
        , m_header(std::min(m_whole / 4, labels.metrics().averageCharWidth() * 18))
    {
        StreamViewport view;
        view.range = canvas.visibleRange();
        view.width = std::max(1, m_whole - m_header - px(2 * pictureMargin));
        setSizes(view, m_style);
        m_scene = layOut(*m_timeline, view);
        if (!text)
            return;
        m_text.reset(text->document()->clone());
        m_text->setDefaultFont(labels.font());
        m_text->setDocumentLayout(nullptr); // of plain text editors it lays out what is on the screen only
        m_text->setTextWidth(m_whole - px(2 * pictureMargin));
    }

    QSize size() const override
    {
        const int text = m_text ? static_cast<int>(std::ceil(m_text->size().height())) : 0;
        return {m_whole, px(pictureMargin) + axisHeight() + m_scene.height + px(pictureMargin) + text};
    }

    void paint(QPainter& painter, QImage*) override
    {
        const QPoint body(px(pictureMargin) + m_header, px(pictureMargin) + axisHeight());
        painter.translate(body);
        paintStream(painter, m_scene, *m_timeline, m_style);
        const double x = xOf(m_place, m_scene.viewport.range, m_scene.viewport.width);
        if (x >= 0 && x <= m_scene.viewport.width)
            painter.fillRect(QRectF(x, 0, std::max(1.0, scale), m_scene.height), theme.text);
        // Painters of shapes do not clip: what reaches beyond the lanes is covered.
        painter.fillRect(-body.x(), -body.y(), body.x(), size().height(), theme.canvas);
        painter.fillRect(m_scene.viewport.width, 0, px(pictureMargin), m_scene.height, theme.canvas);
        painter.translate(0, -axisHeight());
        paintStreamAxis(painter, m_scene, axisHeight(), m_style);
        painter.translate(-m_header, axisHeight());
        paintStreamHeaders(painter, m_scene, *m_timeline, m_header, m_style);
        if (!m_text)
            return;
        painter.translate(0, m_scene.height + px(pictureMargin));
        m_text->drawContents(&painter);
    }

    QStringList facts() const override
    {
        QStringList facts;
        if (m_timeline->ordinal)
            facts << tr("order only, no times recorded");
        else
            facts << tr("from %1").arg(QString::fromStdString(isoText(m_timeline->origin)))
                  << tr("playhead at %1")
                         .arg(QString::fromStdString(pointText(m_place, TickMode::SinceOrigin, m_timeline->origin)));
        facts << counted(static_cast<std::int64_t>(m_timeline->model->events().size()), tr("%1 event"),
                         tr("%1 events"));
        return facts;
    }

private:
    int axisHeight() const { return labels.metrics().height() + px(10); }

    std::shared_ptr<const StreamTimeline> m_timeline;
    Nanos m_place;
    TimelineStyle m_style;
    int m_whole;
    int m_header;
    StreamScene m_scene;
    std::unique_ptr<QTextDocument> m_text;
};

} // namespace

std::unique_ptr<Drawing> streamDrawing(const StreamCanvas& canvas, const StreamText* text, double scale)
{
    return std::make_unique<StreamDrawing>(canvas, text, scale);
}

} // namespace arcscope
