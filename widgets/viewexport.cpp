#include "viewexport.h"

#include "displaytext.h"
#include "legendpainter.h"
#include "theme.h"
#include "timelinecanvas.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFontInfo>
#include <QImageWriter>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QRegion>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <memory>

namespace arcscope
{

namespace
{

constexpr int margin = 12;
/// What QImage and common viewers still take.
constexpr int mostSide = 32'000;
/// A gigabyte.
constexpr qint64 mostPixels = qint64{1} << 28;
constexpr int pdfResolution = 96;

QString tr(const char* text)
{
    return QCoreApplication::translate("ViewExport", text);
}

/// What is drawn above the footer, in pixels of the picture.
class Drawing
{
public:
    Drawing(const QWidget& view, const Theme& ofView, double pixelScale)
        : theme(ofView)
        , scale(pixelScale)
        , labels(scaledFont(view, pixelScale))
    {
    }
    virtual ~Drawing() = default;
    Drawing(const Drawing&) = delete;
    Drawing& operator=(const Drawing&) = delete;

    virtual QSize size() const = 0;
    /// From (0, 0) to size(). `pixels` is the image below the painter, of format RGB32; null for SVG and PDF.
    virtual void paint(QPainter& painter, QImage* pixels) = 0;
    /// For the footer.
    virtual QStringList facts() const { return {}; }

    int px(int logical) const { return static_cast<int>(std::lround(logical * scale)); }

    const Theme theme;
    const double scale;
    LabelCache labels;

private:
    static QFont scaledFont(const QWidget& view, double scale)
    {
        QFont font = view.font();
        font.setPixelSize(std::max(1, static_cast<int>(std::lround(QFontInfo(font).pixelSize() * scale))));
        return font;
    }
};

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

/// Any other view, as it is on the screen.
class WidgetDrawing : public Drawing
{
public:
    WidgetDrawing(QWidget& view, double pixelScale)
        : Drawing(view, themeFor(view.palette()), pixelScale)
        , m_view(view)
    {
    }

    QSize size() const override { return {px(m_view.width()), px(m_view.height())}; }
    void paint(QPainter& painter, QImage*) override
    {
        painter.scale(scale, scale);
        m_view.render(&painter, {}, {}, QWidget::DrawWindowBackground | QWidget::DrawChildren);
    }

private:
    QWidget& m_view;
};

/// A drawing with two lines below it.
class Picture
{
public:
    Picture(QWidget& view, TimelineCanvas* canvas, const ExportOptions& options, double scale)
    {
        if (canvas)
            m_drawing = std::make_unique<TimelineDrawing>(*canvas, options, scale);
        else
            m_drawing = std::make_unique<WidgetDrawing>(view, scale);
        QStringList names{oneLine(options.title.toStdString()), oneLine(options.source.toStdString())};
        names.removeAll(QString());
        m_title = names.join(QStringLiteral(" \u2014 "));
        QStringList facts = m_drawing->facts();
        if (!options.filter.isEmpty())
            facts << tr("filter %1").arg(oneLine(options.filter.toStdString()));
        facts << software();
        m_facts = facts.join(QStringLiteral(" \u00b7 "));
    }

    const QString& title() const { return m_title; }
    const QString& facts() const { return m_facts; }
    static QString software()
    {
        return QCoreApplication::applicationName() + QLatin1Char(' ') + QCoreApplication::applicationVersion();
    }

    QSize size() const
    {
        const QSize drawn = m_drawing->size();
        return {drawn.width(), drawn.height() + footerHeight()};
    }

    void paint(QPainter& painter, QImage* pixels)
    {
        painter.fillRect(QRect(QPoint(), size()), m_drawing->theme.canvas);
        painter.save();
        m_drawing->paint(painter, pixels);
        painter.restore();
        const int pad = m_drawing->px(margin);
        const QFontMetrics& metrics = m_drawing->labels.metrics();
        int y = m_drawing->size().height();
        painter.fillRect(0, y, size().width(), footerHeight(), m_drawing->theme.canvas);
        y += pad / 2;
        painter.setFont(m_drawing->labels.font());
        painter.setPen(m_drawing->theme.text);
        for (const QString& line : {m_title, m_facts}) {
            painter.drawText(pad, y + metrics.ascent(),
                             metrics.elidedText(line, Qt::ElideRight, size().width() - 2 * pad));
            painter.setPen(m_drawing->theme.muted);
            y += metrics.height();
        }
    }

private:
    int footerHeight() const { return 2 * m_drawing->labels.metrics().height() + m_drawing->px(margin); }

    std::unique_ptr<Drawing> m_drawing;
    QString m_title;
    QString m_facts;
};

bool fits(const QSize& size)
{
    return size.width() <= mostSide && size.height() <= mostSide && qint64{size.width()} * size.height() <= mostPixels;
}

Error tooLarge(const QSize& size)
{
    return {ErrorCode::Unsupported, "a picture of " + std::to_string(size.width()) + " x " +
                                        std::to_string(size.height()) +
                                        " pixels is too large; choose a smaller width, height or scale"};
}

Result<QByteArray> png(Picture& picture)
{
    const QSize size = picture.size();
    const QImage::Format format = QImage::Format_RGB32;
    QImage image = fits(size) ? QImage(size, format) : QImage();
    if (image.isNull())
        return tooLarge(size);
    {
        QPainter painter(&image);
        picture.paint(painter, &image);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "png");
    writer.setText(QStringLiteral("Title"), picture.title());
    writer.setText(QStringLiteral("Description"), picture.facts());
    writer.setText(QStringLiteral("Software"), Picture::software());
    if (!writer.write(image))
        return Error{ErrorCode::Unsupported, writer.errorString().toStdString()};
    return bytes;
}

/// Characters of a trace that no XML document may have become spaces.
void makeWellFormed(QByteArray& xml)
{
    for (char& c : xml) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r')
            c = ' ';
    }
    for (const char* const none : {"\xef\xbf\xbe", "\xef\xbf\xbf"})
        xml.replace(none, "   ");
}

QByteArray svg(Picture& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(picture.size());
    generator.setViewBox(QRect(QPoint(), picture.size()));
    // Qt writes both as they are.
    generator.setTitle(picture.title().toHtmlEscaped());
    generator.setDescription(picture.facts().toHtmlEscaped());
    QPainter painter(&generator);
    picture.paint(painter, nullptr);
    painter.end();
    makeWellFormed(bytes);
    return bytes;
}

QByteArray pdf(Picture& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(pdfResolution);
    writer.setTitle(picture.title());
    writer.setCreator(Picture::software());
    writer.setPageSize(QPageSize(QSizeF(picture.size()) * 72.0 / pdfResolution, QPageSize::Point));
    writer.setPageMargins({});
    QPainter painter(&writer);
    picture.paint(painter, nullptr);
    painter.end();
    return bytes;
}

} // namespace

Result<QByteArray> pictureOf(QWidget& view, PictureFormat format, const ExportOptions& options)
{
    auto* canvas = qobject_cast<TimelineCanvas*>(&view);
    if (!canvas)
        canvas = view.findChild<TimelineCanvas*>();
    if (canvas && (!canvas->data() || canvas->data()->empty()))
        return Error{ErrorCode::Unsupported, "there is nothing to draw"};
    if (format == PictureFormat::Png) {
        const double scale = std::clamp(options.scale, 0.5, 4.0);
        Picture fine(view, canvas, options, scale);
        if (scale <= 1 || fits(fine.size()))
            return png(fine);
        Picture coarse(view, canvas, options, 1);
        return png(coarse);
    }
    Picture picture(view, canvas, options, 1);
    switch (format) {
    case PictureFormat::Png:
        break;
    case PictureFormat::Svg:
        return svg(picture);
    case PictureFormat::Pdf:
        return pdf(picture);
    }
    return Error{ErrorCode::Unsupported, "unknown picture format"};
}

Result<void> exportView(QWidget& view, const ExportOptions& options, const QString& file)
{
    const auto endsWith = [&](const char* ending) { return file.endsWith(QLatin1String(ending), Qt::CaseInsensitive); };
    if (!endsWith(".png") && !endsWith(".svg") && !endsWith(".pdf"))
        return Error{ErrorCode::Unsupported, file.toStdString() + ": pictures are .png, .svg or .pdf"};
    const auto bytes = pictureOf(view,
                                 endsWith(".png")   ? PictureFormat::Png
                                 : endsWith(".svg") ? PictureFormat::Svg
                                                    : PictureFormat::Pdf,
                                 options);
    if (!bytes)
        return bytes.error();
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(*bytes) != bytes->size() || !target.commit())
        return Error{ErrorCode::Store,
                     file.toStdString() + ": cannot be written: " + target.errorString().toStdString()};
    return {};
}

} // namespace arcscope
