// How every table of the window looks and behaves, and the columns of every tree.
#pragma once

#include <QString>
#include <QTableView>
#include <QTreeView>

namespace arcscope
{

/// Whole rows, no grid, one line each; Tab leaves the table. `name` is what a screen reader says.
void setUpTable(QTableView& table, const QString& name);

/// The column takes what the first columns beside it leave, as many of them as fit whole while it keeps at least
/// `least` pixels; the others are reached by scrolling. Ends when a user gives it another width.
void fitColumn(QTableView& table, int column, int least);
void fitColumn(QTreeView& tree, int column, int least);

} // namespace arcscope
