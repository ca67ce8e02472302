#include "viewexport.h"

#include "displaytext.h"
#include "language.h"
#include "streamcanvas.h"
#include "streamcorpusview.h"
#include "streamtext.h"
#include "theme.h"
#include "timelinecanvas.h"
#include "toolsview.h"
#include "viewdrawing.h"
#include "viewpage.h"
#include "widgetsvg.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageWriter>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace arcscope
{

namespace
{

constexpr int margin = pictureMargin;
/// What QImage and common viewers still take.
constexpr int mostSide = 32'000;
/// A gigabyte.
constexpr qint64 mostPixels = qint64{1} << 28;
constexpr int pixelsAnInch = 96;
constexpr int longestAbout = 1'000;
const QString between = QStringLiteral(" \u00b7 ");

QString tr(const char* text)
{
    return QCoreApplication::translate("ViewExport", text);
}

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

    QByteArray shapes() override { return widgetSvg(m_view); }

private:
    QWidget& m_view;
};

/// The view itself or the part of it of this class.
template <typename T>
T* partOf(QWidget& view)
{
    auto* const itself = qobject_cast<T*>(&view);
    return itself ? itself : view.findChild<T*>();
}

std::unique_ptr<Drawing> drawingOf(QWidget& view, const ExportOptions& options, double scale)
{
    if (const auto* timeline = partOf<TimelineCanvas>(view))
        return timelineDrawing(*timeline, options, scale);
    if (auto* streams = partOf<StreamCorpusView>(view); streams && streams->isVisible())
        return std::make_unique<WidgetDrawing>(*streams, scale);
    if (const auto* tools = partOf<ToolsView>(view); tools && tools->isShowingCalls())
        return callDrawing(*tools, options, scale);
    if (const auto* stream = partOf<StreamCanvas>(view))
        return streamDrawing(*stream, partOf<StreamText>(view), scale);
    return std::make_unique<WidgetDrawing>(view, scale);
}

/// A drawing with lines below it that say what it is.
class Picture
{
public:
    /// `footed`: with its lines below the drawing.
    Picture(QWidget& view, const ExportOptions& options, double scale, bool footed = true)
        : m_drawing(drawingOf(view, options, scale))
    {
        QStringList names{oneLine(options.title.toStdString()), oneLine(options.source.toStdString())};
        names.removeAll(QString());
        m_title = names.join(QStringLiteral(" \u2014 "));
        QStringList facts = m_drawing->facts();
        if (!options.filter.isEmpty())
            facts << tr("filter %1").arg(oneLine(options.filter.toStdString()));
        m_size = m_drawing->size();
        if (!footed) {
            m_facts = facts.join(between);
            return;
        }
        facts << (options.about.isEmpty() ? software() : oneLine(options.about.toStdString(), longestAbout));
        m_facts = facts.join(between);
        m_lines << m_title;
        QString line;
        for (const QString& part : m_facts.split(between)) {
            const QString longer = line.isEmpty() ? part : line + between + part;
            const bool fits =
                m_drawing->labels.metrics().horizontalAdvance(longer) <= m_size.width() - 2 * m_drawing->px(margin);
            if (!fits && !line.isEmpty())
                m_lines << line;
            line = fits || line.isEmpty() ? longer : part;
        }
        m_lines << line;
    }

    const QString& title() const { return m_title; }
    const QString& facts() const { return m_facts; }
    bool isDark() const { return m_drawing->theme.dark; }
    static QString software()
    {
        return QCoreApplication::applicationName() + QLatin1Char(' ') + QCoreApplication::applicationVersion();
    }

    QSize size() const { return {m_size.width(), m_size.height() + footerHeight()}; }

    void paint(QPainter& painter, QImage* pixels)
    {
        painter.fillRect(QRect(QPoint(), size()), m_drawing->theme.canvas);
        painter.save();
        m_drawing->paint(painter, pixels);
        painter.restore();
        paintFoot(painter);
    }
    /// An SVG has shapes that no painter draws, above what this paints.
    QByteArray paintSvg(QPainter& painter)
    {
        QByteArray shapes = m_drawing->shapes();
        if (shapes.isEmpty()) {
            paint(painter, nullptr);
            return {};
        }
        painter.fillRect(QRect(QPoint(), size()), m_drawing->theme.canvas);
        paintFoot(painter);
        return shapes;
    }

private:
    void paintFoot(QPainter& painter)
    {
        const int pad = m_drawing->px(margin);
        const QFontMetrics& metrics = m_drawing->labels.metrics();
        int y = m_size.height();
        painter.fillRect(0, y, size().width(), footerHeight(), m_drawing->theme.canvas);
        y += pad / 2;
        painter.setFont(m_drawing->labels.font());
        painter.setPen(m_drawing->theme.text);
        for (const QString& line : m_lines) {
            painter.drawText(pad, y + metrics.ascent(),
                             metrics.elidedText(line, Qt::ElideRight, size().width() - 2 * pad));
            painter.setPen(m_drawing->theme.muted);
            y += metrics.height();
        }
    }

    int footerHeight() const
    {
        return m_lines.isEmpty()
                   ? 0
                   : static_cast<int>(m_lines.size()) * m_drawing->labels.metrics().height() + m_drawing->px(margin);
    }

    std::unique_ptr<Drawing> m_drawing;
    QSize m_size; ///< of the drawing
    QString m_title;
    QString m_facts;
    QStringList m_lines;
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
    generator.setResolution(pixelsAnInch);
    // Qt writes both as they are.
    generator.setTitle(picture.title().toHtmlEscaped());
    generator.setDescription(picture.facts().toHtmlEscaped());
    QPainter painter(&generator);
    const QByteArray above = picture.paintSvg(painter);
    painter.end();
    bytes.insert(bytes.lastIndexOf("</svg>"), above);
    makeWellFormed(bytes);
    return bytes;
}

/// What stands within the picture's <svg>, without the title that Qt writes.
QByteArray shapesOf(Picture& picture)
{
    QByteArray shapes = svg(picture);
    const char* const titled = picture.facts().isEmpty() ? "</title>" : "</desc>";
    const qsizetype from = shapes.indexOf(titled);
    shapes.remove(0, from < 0 ? shapes.indexOf('>', shapes.indexOf("<svg")) + 1
                              : from + static_cast<qsizetype>(qstrlen(titled)));
    shapes.truncate(shapes.lastIndexOf("</svg>"));
    return shapes;
}

QByteArray htmlOf(Picture& picture, const ExportOptions& options)
{
    QStringList origin = options.origin;
    if (origin.isEmpty())
        origin = options.about.isEmpty() ? QStringList{Picture::software()} : options.about.split(between);
    return viewPageHtml({picture.title(), picture.facts(), shapesOf(picture), picture.size(), picture.isDark(),
                         options.table, origin, options.removed, currentLanguage()});
}

QByteArray pdf(Picture& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(pixelsAnInch);
    writer.setTitle(picture.title());
    writer.setCreator(Picture::software());
    writer.setPageSize(QPageSize(QSizeF(picture.size()) * 72.0 / pixelsAnInch, QPageSize::Point));
    writer.setPageMargins({});
    QPainter painter(&writer);
    picture.paint(painter, nullptr);
    painter.end();
    return bytes;
}

} // namespace

Result<QByteArray> pictureOf(QWidget& view, PictureFormat format, const ExportOptions& options)
{
    const auto* timeline = partOf<TimelineCanvas>(view);
    const auto* stream = partOf<StreamCanvas>(view);
    if ((timeline && (!timeline->data() || timeline->data()->empty())) || (stream && !stream->timeline()))
        return Error{ErrorCode::Unsupported, "there is nothing to draw"};
    if (format == PictureFormat::Png) {
        const double scale = std::clamp(options.scale, 1.0, 4.0);
        Picture fine(view, options, scale);
        if (scale <= 1 || fits(fine.size()))
            return png(fine);
        Picture coarse(view, options, 1);
        return png(coarse);
    }
    Picture picture(view, options, 1, format != PictureFormat::Html);
    switch (format) {
    case PictureFormat::Png:
        break;
    case PictureFormat::Svg:
        return svg(picture);
    case PictureFormat::Pdf:
        return pdf(picture);
    case PictureFormat::Html:
        return htmlOf(picture, options);
    }
    return Error{ErrorCode::Unsupported, "unknown picture format"};
}

bool isPage(const QString& file)
{
    return file.endsWith(QLatin1String(".html"), Qt::CaseInsensitive);
}

Result<void> exportView(QWidget& view, const ExportOptions& options, const QString& file)
{
    constexpr std::pair<const char*, PictureFormat> endings[] = {{".png", PictureFormat::Png},
                                                                 {".svg", PictureFormat::Svg},
                                                                 {".pdf", PictureFormat::Pdf},
                                                                 {".html", PictureFormat::Html}};
    const auto* const ending = std::find_if(std::begin(endings), std::end(endings), [&](const auto& each) {
        return file.endsWith(QLatin1String(each.first), Qt::CaseInsensitive);
    });
    if (ending == std::end(endings))
        return Error{ErrorCode::Unsupported, file.toStdString() + ": pictures are .png, .svg, .pdf or .html"};
    const auto bytes = pictureOf(view, ending->second, options);
    if (!bytes)
        return bytes.error();
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(*bytes) != bytes->size() || !target.commit())
        return Error{ErrorCode::Store,
                     file.toStdString() + ": cannot be written: " + target.errorString().toStdString()};
    return {};
}

} // namespace arcscope
