// The order in which Tab goes through a window: as it is read, whatever was made first.
#pragma once

#include <QList>

class QWidget;

namespace arcscope
{

/// Everything that Tab can reach: row by row from above, in a row from the side where reading begins, and all of a part
/// before what lies beside it. Parts that share a place, or are hidden, count as they are now. O(widgets).
QList<QWidget*> tabOrder(const QWidget& window);

/// Gives the keyboard to the next of tabOrder(), or to the one before, around the ends, and scrolls it into sight.
/// False: there is none.
bool tabAlong(QWidget& window, bool next);

} // namespace arcscope
