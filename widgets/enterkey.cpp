#include "enterkey.h"

#include <QApplication>
#include <QDialog>
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace arcscope
{

void EnterKey::install()
{
    static bool installed = false;
    if (!std::exchange(installed, true))
        qApp->installEventFilter(new EnterKey(qApp));
}

bool EnterKey::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto& pressed = static_cast<const QKeyEvent&>(*event);
    const bool isEnter = pressed.key() == Qt::Key_Return || pressed.key() == Qt::Key_Enter;
    if (!isEnter || (pressed.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier || pressed.isAutoRepeat())
        return false;
    auto* const button = qobject_cast<QAbstractButton*>(watched);
    if (!qobject_cast<QPushButton*>(button) && !qobject_cast<QToolButton*>(button))
        return false;
    if (qobject_cast<QDialog*>(button->window()))
        return false;
    // What Space does differs by button: some open a menu. The button may be gone after each.
    const QPointer<QAbstractButton> still = button;
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent space(type, Qt::Key_Space, Qt::NoModifier);
        if (still)
            QApplication::sendEvent(still, &space);
    }
    return true;
}

} // namespace arcscope
