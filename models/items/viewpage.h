// A view as one HTML file: its picture as SVG, its table, and where it comes from.
#pragma once

#include "tabletext.h"

#include <QByteArray>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace arcscope
{

struct ViewPage {
    QString title;
    QString facts;                    ///< what the picture says of itself; may be empty
    QByteArray picture;               ///< what stands within its <svg>
    QSize size;                       ///< of the picture
    bool dark = false;                ///< the picture, and with it the page
    std::optional<CopiedTable> table; ///< of what is in the picture
    QStringList origin;               ///< lines: files, filter, time, version
    QByteArray removed;               ///< JSON of what was taken out; empty: nothing was
    QString language = QStringLiteral("en");
};

/// No script, nothing fetched, all texts escaped. Words of the picture can be selected and are read to who cannot see
/// it.
QByteArray viewPageHtml(const ViewPage& page);

} // namespace arcscope
