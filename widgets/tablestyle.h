// How every table of the window looks and behaves.
#pragma once

#include <QString>
#include <QTableView>

namespace arcscope
{

/// Whole rows, no grid, one line each; Tab leaves the table. `name` is what a screen reader says.
void setUpTable(QTableView& table, const QString& name);

} // namespace arcscope
