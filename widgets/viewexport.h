// A view as a picture: PNG at twice the size, SVG or PDF, by the ending of the file.
#pragma once

#include "result.h"

#include <QString>
#include <QWidget>

namespace arcscope
{

/// What is written below the picture and into the file's metadata.
struct ExportCaption {
    QString title;
    QString details; ///< file, filter, time range
};

/// Draws `view` at its present size. Error: Unsupported for another ending, Store where the file cannot be written.
Result<void> exportView(QWidget& view, const ExportCaption& caption, const QString& file);

} // namespace arcscope
