// What the views of a search say of it while it has nothing, or not everything, for them.
#pragma once

#include "findingbook.h"

class QLabel;
class QToolButton;

namespace arcscope
{

class EmptyState;

/// How far it is, or why it ended early, and the button that ends it or begins it again; hidden where all was searched.
void showSearch(const FindingBook& book, QLabel& progress, QToolButton& button);
/// Why it failed, in one sentence; empty where it did not.
QString failureText(const FindingBook& book);
/// What that button, and the one of the page below, does.
void endOrSearchAgain(FindingBook& book);
/// On a page without results: what the search does, or why there is nothing. `reading`: what comes after the reading;
/// `stopped`: a title for a search that was cancelled. False where it is done: what that means the caller knows.
bool sayUnsearched(const FindingBook& book, EmptyState& page, const QString& reading, const QString& stopped);
/// While the rows of the window's filter are waited for. The button takes the filter away.
void sayFiltering(EmptyState& page);

} // namespace arcscope
