#include "maydiscard.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace arcscope
{

bool mayDiscard(QWidget& dialog, const QString& question)
{
    QMessageBox box(QMessageBox::Question, dialog.windowTitle(), question, QMessageBox::NoButton, &dialog);
    box.setTextFormat(Qt::PlainText);
    const QPushButton* const discard =
        box.addButton(QCoreApplication::translate("MayDiscard", "&Discard"), QMessageBox::DestructiveRole);
    QPushButton* const keep =
        box.addButton(QCoreApplication::translate("MayDiscard", "&Go on editing"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.setEscapeButton(keep);
    box.exec();
    return box.clickedButton() == discard;
}

} // namespace arcscope
