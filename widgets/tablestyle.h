// How every table of the window looks and behaves, and the columns of every tree.
#pragma once

#include <QString>
#include <QTableView>
#include <QTreeView>

namespace arcscope
{

/// Whole rows, no grid, one line each; Tab leaves the table. `name` is what a screen reader says.
void setUpTable(QTableView& table, const QString& name);

/// The row is current and the only one selected, whichever keys are held: QTableView::selectRow adds and takes away
/// with Ctrl and Shift, also when a shortcut runs. A row that is not there: nothing is.
void chooseRow(QTableView& table, int row);

/// The column takes what the first columns beside it leave, as many of them as fit whole while it keeps at least
/// `least` pixels; the others are reached by scrolling. Ends when a user gives it another width.
void fitColumn(QTableView& table, int column, int least);
void fitColumn(QTreeView& tree, int column, int least);

} // namespace arcscope
