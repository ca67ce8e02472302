// A table of the window as text for the clipboard.
#pragma once

#include <QAbstractItemModel>
#include <QMimeData>
#include <QString>

namespace arcscope
{

/// What it shows, with its header, cells apart by tabs; line breaks within a cell are blanks.
QString tableTsv(const QAbstractItemModel& model);
/// The same as a table of Markdown: nothing in a cell is active.
QString tableMarkdown(const QAbstractItemModel& model);
/// Both at once; who takes it chooses. The caller owns it.
QMimeData* tableMime(const QAbstractItemModel& model);

} // namespace arcscope
