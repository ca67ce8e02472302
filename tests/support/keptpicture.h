// Pictures against kept ones, in a tolerant way: fonts and their smoothing differ from machine to machine.
#pragma once

#include <QDir>
#include <QFont>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QImage>
#include <QString>

#include <cstdlib>

namespace arcscope::testing
{

/// Before anything is drawn; false where the font of the kept pictures is not installed.
inline bool usePictureFont()
{
    if (!QFontDatabase::families().contains(QStringLiteral("DejaVu Sans")))
        return false;
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(13);
    QGuiApplication::setFont(font);
    return true;
}

/// Empty where the picture, a PNG file's bytes, looks as the one that is kept in tests/data/pictures; else what is
/// wrong and where to see it. With ARCSCOPE_KEEP_PICTURES in the environment it is kept instead.
inline QString differenceFromKept(const QByteArray& png, const QString& name)
{
    constexpr int block = 8;         // pixels that are averaged before they are compared
    constexpr int tolerance = 40;    // of 255, in the average of a block
    constexpr double strange = 0.02; // share of blocks that may be further apart
    const QString path = QStringLiteral(ARCSCOPE_TEST_DATA "/pictures/") + name;
    const QImage now = QImage::fromData(png, "PNG").convertToFormat(QImage::Format_RGB32);
    if (qEnvironmentVariableIsSet("ARCSCOPE_KEEP_PICTURES"))
        return now.save(path) ? QString() : path + QStringLiteral(" cannot be written");
    const QImage kept(path);
    if (kept.isNull())
        return path + QStringLiteral(" cannot be read");
    if (std::abs(kept.height() - now.height()) > block || std::abs(kept.width() - now.width()) > block)
        return QStringLiteral("it has another size than ") + path;
    const QSize common = kept.size().boundedTo(now.size());
    const auto averaged = [&](const QImage& image) {
        return image.copy(QRect(QPoint(), common))
            .scaled(common / block, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGB32);
    };
    const QImage before = averaged(kept);
    const QImage after = averaged(now);
    QImage difference(after.size(), QImage::Format_RGB32);
    int wrong = 0;
    for (int y = 0; y < after.height(); ++y) {
        for (int x = 0; x < after.width(); ++x) {
            const QRgb a = before.pixel(x, y);
            const QRgb b = after.pixel(x, y);
            const bool other = std::abs(qRed(a) - qRed(b)) > tolerance || std::abs(qGreen(a) - qGreen(b)) > tolerance ||
                               std::abs(qBlue(a) - qBlue(b)) > tolerance;
            wrong += other ? 1 : 0;
            difference.setPixel(x, y, other ? qRgb(255, 0, 255) : b);
        }
    }
    if (wrong <= strange * after.width() * after.height())
        return {};
    const QString where = QDir::temp().filePath(QStringLiteral("arcscope-") + name);
    now.save(where);
    difference.scaled(common).save(where + QStringLiteral(".difference.png"));
    return QStringLiteral("%1 of %2 blocks differ: see %3 and %3.difference.png beside %4")
        .arg(wrong)
        .arg(after.width() * after.height())
        .arg(where, path);
}

} // namespace arcscope::testing
