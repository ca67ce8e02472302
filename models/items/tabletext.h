// A table of the window as text for the clipboard: with its header, trees indented.
#pragma once

#include <QAbstractItemModel>
#include <QByteArray>
#include <QList>
#include <QMimeData>
#include <QString>
#include <QStringList>

namespace arcscope
{

/// What is copied of a table: its texts as they are shown.
struct CopiedTable {
    struct Line {
        int depth = 0; ///< of trees; roots are 0
        QStringList cells;
    };
    QStringList header;
    QList<bool> toTheRight; ///< by column
    QList<Line> lines;
    qint64 leftOut = 0; ///< lines at the end, or more where they were not counted
    QString title;      ///< what it is; may be empty
    QString about;      ///< where it comes from; may be empty
};

/// Lines of a table, at most so many.
inline constexpr int mostCopiedLines = 20'000;

/// `columns` in their order; empty: all. Trees with all that they have loaded, from the top.
CopiedTable copiedTable(const QAbstractItemModel& model, const QList<int>& columns = {}, int most = mostCopiedLines);
/// Some rows, by an index in each.
CopiedTable copiedRows(const QModelIndexList& rows, const QList<int>& columns = {});

/// Cells apart by tabs; line breaks within a cell are blanks; what lies deeper is indented.
QString tableTsv(const CopiedTable& table);
/// As a table of Markdown, with title and origin: nothing in a cell is active.
QString tableMarkdown(const CopiedTable& table);
/// Schema arcscope.table/1: "columns", "rows" with the text of each column, "depth" in trees, "left_out", "from".
QByteArray tableJson(const CopiedTable& table);
/// All of them at once; who takes it chooses. The caller owns it.
QMimeData* tableMime(const CopiedTable& table);

QString tableTsv(const QAbstractItemModel& model);
QString tableMarkdown(const QAbstractItemModel& model);
QMimeData* tableMime(const QAbstractItemModel& model);

} // namespace arcscope
