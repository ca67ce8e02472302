// A view as a picture, PNG, SVG or PDF, with a footer that says what it is; or as a page with that picture and its
// table. The one way to export.
#pragma once

#include "result.h"
#include "tabletext.h"

#include <QByteArray>
#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>

namespace arcscope
{

enum class PictureFormat : std::uint8_t { Png, Svg, Pdf, Html };

struct ExportOptions {
    // for the footer and the metadata of the file
    QString title;
    QString source; ///< file name
    QString filter;
    QString about; ///< where what is drawn comes from, parts apart by " · "; empty: the program alone is told

    int maxHeight = 8'000; ///< logical pixels of lanes; what is left out the footer says
    double scale = 2;      ///< pixels a logical one, of a PNG, 1 to 4; 1 where it would be too large

    // of a page
    std::optional<CopiedTable> table; ///< what the view shows, as text; nothing: it has none
    QStringList origin;               ///< `about` in full, line by line; empty: its parts
    QByteArray removed;               ///< JSON of what was taken out; empty: nothing was
};

/// Draws a view: a timeline in the width it has, with all its lanes whatever is scrolled into sight; any other as it is
/// on the screen. An SVG and a page have their texts as texts, no scripts and no references. Error: Unsupported where
/// there is nothing to draw or the picture is too large for its format.
Result<QByteArray> pictureOf(QWidget& view, PictureFormat format, const ExportOptions& options);

/// Whether a file of this name is a page, which has room for a table.
bool isPage(const QString& file);

/// The same into a file, by its ending, written whole or not at all. Error: also Unsupported for another ending, Store
/// where the file cannot be written.
Result<void> exportView(QWidget& view, const ExportOptions& options, const QString& file);

} // namespace arcscope
