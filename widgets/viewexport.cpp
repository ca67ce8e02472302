#include "viewexport.h"

#include "theme.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

namespace arcscope
{
namespace
{

constexpr int footerPadding = 6;
constexpr double pngScale = 2;
constexpr int pdfDpi = 96;

QString footerText(const ExportCaption& caption)
{
    return QStringLiteral("%1   ·   %2   ·   %3 %4   ·   %5")
        .arg(caption.title, caption.details, QCoreApplication::applicationName(),
             QCoreApplication::applicationVersion(), QDateTime::currentDateTimeUtc().toString(Qt::ISODate));
}

QSize pictureSize(const QWidget& view)
{
    return {view.width(), view.height() + view.fontMetrics().height() + 2 * footerPadding};
}

void paint(QPainter& painter, QWidget& view, const ExportCaption& caption)
{
    const Theme& theme = themeFor(view.palette());
    const QSize size = pictureSize(view);
    painter.fillRect(QRect(QPoint(), size), theme.canvas);
    view.render(&painter, {}, {}, QWidget::DrawWindowBackground | QWidget::DrawChildren);
    painter.setFont(view.font());
    painter.setPen(theme.muted);
    const QRect footer(footerPadding, view.height(), size.width() - 2 * footerPadding, size.height() - view.height());
    painter.drawText(footer, Qt::AlignVCenter | Qt::AlignLeft,
                     view.fontMetrics().elidedText(footerText(caption), Qt::ElideMiddle, footer.width()));
}

Error cannotWrite(const QString& file)
{
    return {ErrorCode::Store, file.toStdString() + ": cannot be written"};
}

} // namespace

Result<void> exportView(QWidget& view, const ExportCaption& caption, const QString& file)
{
    const QSize size = pictureSize(view);
    if (file.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        QImage image(size * pngScale, QImage::Format_RGB32);
        image.setDevicePixelRatio(pngScale);
        image.setText(QStringLiteral("Description"), footerText(caption));
        QPainter painter(&image);
        paint(painter, view, caption);
        painter.end();
        return image.save(file) ? Result<void>() : cannotWrite(file);
    }
    QFile target(file);
    const bool svg = file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
    if (!svg && !file.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive))
        return Error{ErrorCode::Unsupported, file.toStdString() + ": pictures are .png, .svg or .pdf"};
    if (!target.open(QIODevice::WriteOnly))
        return cannotWrite(file);
    if (svg) {
        QSvgGenerator generator;
        generator.setOutputDevice(&target);
        generator.setSize(size);
        generator.setViewBox(QRect(QPoint(), size));
        generator.setTitle(caption.title);
        generator.setDescription(footerText(caption));
        QPainter painter(&generator);
        paint(painter, view, caption);
    } else {
        QPdfWriter writer(&target);
        writer.setResolution(pdfDpi);
        writer.setTitle(caption.title);
        writer.setCreator(footerText(caption));
        writer.setPageMargins({});
        writer.setPageSize(QPageSize(QSizeF(size) * 72.0 / pdfDpi, QPageSize::Point));
        QPainter painter(&writer);
        paint(painter, view, caption);
    }
    return target.error() == QFileDevice::NoError ? Result<void>() : cannotWrite(file);
}

} // namespace arcscope
