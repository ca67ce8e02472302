// Asks before what was typed into a dialog is lost.
#pragma once

class QString;
class QWidget;

namespace arcscope
{

/// True: the user does not want to keep it. Enter and Esc keep it.
bool mayDiscard(QWidget& dialog, const QString& question);

} // namespace arcscope
