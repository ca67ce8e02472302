// What is current in a list or table stays in sight when there is less room for it.
#pragma once

class QAbstractItemView;
class QModelIndex;

namespace arcscope
{

/// As long as the view lives: a current row that was in sight is in sight after the view was resized. How far it is
/// scrolled to the side stays as it is.
void keepCurrentInSight(QAbstractItemView& view);
/// Makes it current and scrolls to its line, and not to its column.
void goToLine(QAbstractItemView& view, const QModelIndex& at);

} // namespace arcscope
