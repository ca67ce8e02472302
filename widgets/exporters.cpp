#include "exporters.h"

#include "timelinepainter.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFontInfo>
#include <QGuiApplication>
#include <QImageWriter>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace arcscope
{

namespace
{

constexpr int headerWidth = 180;
constexpr int margin = 12;
/// What QImage and common viewers still take.
constexpr int mostPixels = 32'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("Exporters", text);
}

/// A scene with all its lanes, and the rectangles around it, in pixels of the picture.
class Picture
{
public:
    Picture(const TimelineData& data, const Theme& theme, const PictureOptions& options, double scale)
        : m_data(data)
        , m_options(options)
        , m_scale(scale)
        , m_labels(labelFont(scale))
        , m_style{theme, m_labels, scale}
    {
        Viewport view;
        view.range = options.range.recorded() ? limited(options.range, data.bounds, px(options.width)) : data.bounds;
        view.width = std::max(1, px(options.width - headerWidth - 2 * margin));
        view.rowHeight = m_labels.metrics().height() + px(4);
        view.rowGap = px(2);
        view.laneGap = px(8);
        view.minLabel = px(28);
        view.tickSpacing = m_labels.metrics().averageCharWidth() * 15;
        view.ticks = options.ticks;
        view.lanes = options.lanes;
        // Without height nothing is laid out but the lanes' sizes.
        const Scene sizes = layOut(data, view);
        const int whole = sizes.contentHeight + sizes.pinnedHeight;
        view.height = std::min(whole, px(options.maxHeight));
        m_cut = view.height < whole;
        m_scene = layOut(data, view);
    }

    QSize size() const
    {
        return {px(headerWidth + 2 * margin) + m_scene.viewport.width,
                px(2 * margin) + axisHeight() + m_scene.viewport.height + footerHeight()};
    }

    void paint(QPainter& painter, QImage* pixels)
    {
        const QSize whole = size();
        painter.fillRect(QRect(QPoint(), whole), m_style.theme.canvas);
        const QPoint body(px(margin + headerWidth), px(margin) + axisHeight());
        painter.translate(body.x(), px(margin));
        paintAxis(painter, m_scene, axisHeight(), m_style);
        painter.translate(0, axisHeight());
        if (pixels) {
            QImage part(pixels->bits() + body.y() * pixels->bytesPerLine() + body.x() * 4, m_scene.viewport.width,
                        m_scene.viewport.height, pixels->bytesPerLine(), QImage::Format_RGB32);
            paintMasses(part, m_scene, m_style);
        } else {
            paintMasses(painter, m_scene, m_style);
        }
        paintDetails(painter, m_scene, m_style);
        paintArrows(painter, m_scene.arrows, false, m_style);
        for (const PathSegment& segment : m_options.criticalPath)
            paintSegment(painter, segment);
        painter.translate(-px(headerWidth), 0);
        paintHeaders(painter, m_data, m_scene, px(headerWidth), false, m_style);
        painter.resetTransform();
        paintFooter(painter);
    }

    QStringList footer() const
    {
        const Nanos origin = m_data.bounds.start;
        const TickMode mode = m_data.ordinal ? TickMode::Ordinal : m_options.ticks;
        const auto point = [&](Nanos time) { return QString::fromStdString(pointText(time, mode, origin)); };
        QStringList lines{QStringList{m_options.title, m_options.source}.join(QStringLiteral(" \u2014 "))};
        if (m_options.title.isEmpty() || m_options.source.isEmpty())
            lines.front() = m_options.title + m_options.source;
        QStringList facts{tr("%1 to %2").arg(point(m_scene.viewport.range.start), point(m_scene.viewport.range.end))};
        if (m_data.ordinal)
            facts << tr("order only, no times recorded");
        else
            facts << QString::fromStdString(isoText(m_scene.viewport.range.start));
        facts << tr("%1 spans").arg(QLocale().toString(static_cast<qulonglong>(m_data.rows.size())));
        if (!m_options.filter.isEmpty())
            facts << tr("filter %1").arg(m_options.filter);
        if (m_cut)
            facts << tr("lanes below are left out");
        facts << m_options.version;
        lines << facts.join(QStringLiteral(" \u00b7 "));
        return lines;
    }

private:
    static QFont labelFont(double scale)
    {
        QFont font = QGuiApplication::font();
        font.setPixelSize(std::max(1, static_cast<int>(std::lround(QFontInfo(font).pixelSize() * scale))));
        return font;
    }

    int px(int logical) const { return static_cast<int>(std::lround(logical * m_scale)); }
    int axisHeight() const { return m_labels.metrics().height() + px(10); }
    int footerHeight() const { return 2 * m_labels.metrics().height() + px(margin); }

    void paintSegment(QPainter& painter, const PathSegment& segment) const
    {
        const auto rect = rectOf(m_data, m_scene.viewport, segment.row);
        if (!rect || rect->bottom() > m_scene.viewport.height)
            return;
        const int width = m_scene.viewport.width;
        const double from = std::max(0.0, xOf(segment.range.start, m_scene.viewport.range, width));
        const double to = std::min<double>(width, xOf(segment.range.end, m_scene.viewport.range, width));
        if (from < to)
            painter.fillRect(QRectF(from, rect->bottom(), to - from, px(2)), m_style.theme.text);
    }

    void paintFooter(QPainter& painter) const
    {
        const QFontMetrics& metrics = m_labels.metrics();
        const QSize whole = size();
        int y = whole.height() - px(margin) - footerHeight() + px(margin);
        painter.setFont(m_labels.font());
        painter.setPen(m_style.theme.text);
        for (const QString& line : footer()) {
            painter.drawText(px(margin), y + metrics.ascent(),
                             metrics.elidedText(line, Qt::ElideRight, whole.width() - px(2 * margin)));
            painter.setPen(m_style.theme.muted);
            y += metrics.height();
        }
    }

    const TimelineData& m_data;
    const PictureOptions& m_options;
    double m_scale;
    LabelCache m_labels;
    TimelineStyle m_style;
    Scene m_scene;
    bool m_cut = false;
};

Error tooLarge(const QSize& size)
{
    return {ErrorCode::Unsupported, "a picture of " + std::to_string(size.width()) + " x " +
                                        std::to_string(size.height()) +
                                        " pixels is too large; choose a smaller width, height or scale"};
}

Result<QByteArray> png(const TimelineData& data, const Theme& theme, const PictureOptions& options)
{
    Picture picture(data, theme, options, std::clamp(options.scale, 0.5, 4.0));
    const QSize size = picture.size();
    if (size.width() > mostPixels || size.height() > mostPixels)
        return tooLarge(size);
    QImage image(size, QImage::Format_RGB32);
    if (image.isNull())
        return tooLarge(size);
    {
        QPainter painter(&image);
        picture.paint(painter, &image);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "png");
    writer.setText(QStringLiteral("Title"), picture.footer().value(0));
    writer.setText(QStringLiteral("Description"), picture.footer().value(1));
    writer.setText(QStringLiteral("Software"), options.version);
    if (!writer.write(image))
        return Error{ErrorCode::Unsupported, writer.errorString().toStdString()};
    return bytes;
}

QByteArray svg(const TimelineData& data, const Theme& theme, const PictureOptions& options)
{
    Picture picture(data, theme, options, 1);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(picture.size());
    generator.setViewBox(QRect(QPoint(), picture.size()));
    // Qt writes both as they are.
    generator.setTitle(picture.footer().value(0).toHtmlEscaped());
    generator.setDescription(picture.footer().value(1).toHtmlEscaped());
    QPainter painter(&generator);
    picture.paint(painter, nullptr);
    painter.end();
    return bytes;
}

QByteArray pdf(const TimelineData& data, const Theme& theme, const PictureOptions& options)
{
    constexpr int resolution = 96;
    Picture picture(data, theme, options, 1);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(resolution);
    writer.setTitle(picture.footer().value(0));
    writer.setCreator(options.version);
    writer.setPageSize(QPageSize(QSizeF(picture.size()) * 72.0 / resolution, QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    QPainter painter(&writer);
    picture.paint(painter, nullptr);
    painter.end();
    return bytes;
}

} // namespace

Result<QByteArray> renderTimeline(const TimelineData& data, const Theme& theme, const PictureOptions& options)
{
    if (data.empty())
        return Error{ErrorCode::Unsupported, "there is nothing to draw"};
    switch (options.format) {
    case PictureFormat::Png:
        return png(data, theme, options);
    case PictureFormat::Svg:
        return svg(data, theme, options);
    case PictureFormat::Pdf:
        return pdf(data, theme, options);
    }
    return Error{ErrorCode::Unsupported, "unknown picture format"};
}

Result<void> exportTimeline(const TimelineData& data, const Theme& theme, const PictureOptions& options,
                            const QString& path)
{
    auto bytes = renderTimeline(data, theme, options);
    if (!bytes)
        return bytes.error();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(*bytes) != bytes->size() || !file.commit())
        return Error{ErrorCode::Unreadable, path.toStdString() + ": " + file.errorString().toStdString()};
    return {};
}

} // namespace arcscope
