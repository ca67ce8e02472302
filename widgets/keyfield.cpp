#include "keyfield.h"

#include <QKeyEvent>

namespace arcscope
{
namespace
{

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta ||
           key == Qt::Key_AltGr || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == Qt::Key_unknown ||
           key == 0;
}

/// Keys that move through the dialog and close it.
bool leadsOn(const QKeyEvent& event)
{
    const auto held = event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    switch (event.key()) {
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Escape:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return held == Qt::NoModifier;
    default:
        return false;
    }
}

/// The chord without the Shift that only makes the sign: "?" and not "Shift+?".
QKeySequence chordOf(const QKeyEvent& event)
{
    Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
    const bool sign =
        event.key() < Qt::Key_Escape && !QChar(event.key()).isLetterOrNumber() && event.key() != Qt::Key_Space;
    if (sign)
        held &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(held, static_cast<Qt::Key>(event.key())));
}

} // namespace

KeyField::KeyField(QWidget* parent)
    : QLineEdit(parent)
{
    setReadOnly(true);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setPlaceholderText(tr("Press a key"));
}

void KeyField::setKey(const QKeySequence& key)
{
    m_key = key;
    setText(key.toString(QKeySequence::NativeText));
    emit keyChanged(key);
}

bool KeyField::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && !leadsOn(*static_cast<QKeyEvent*>(event))) {
        event->accept(); // else commands of the window would run
        return true;
    }
    return QLineEdit::event(event);
}

void KeyField::keyPressEvent(QKeyEvent* event)
{
    if (isModifier(event->key()) || leadsOn(*event)) {
        event->ignore();
        return;
    }
    if (event->key() == Qt::Key_Backspace && event->modifiers() == Qt::NoModifier)
        setKey({});
    else
        setKey(chordOf(*event));
}

} // namespace arcscope
