#include "noteeditor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace arcscope
{
namespace
{

constexpr int linesShown = 4;
constexpr int draftEveryMs = 1'000;

} // namespace

NoteEditor::NoteEditor(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_delete(new QToolButton(this))
{
    auto* label = new QLabel(title, this);
    label->setBuddy(m_edit);
    m_edit->setAccessibleName(title);
    m_edit->setPlaceholderText(tr("Write a note. Ctrl+Return keeps it, Esc does not."));
    m_edit->setTabChangesFocus(true);
    m_edit->setFixedHeight(m_edit->fontMetrics().lineSpacing() * linesShown + 12);
    m_edit->installEventFilter(this);
    m_delete->setText(tr("Delete"));
    m_delete->setAutoRaise(true);
    m_delete->setToolTip(tr("Delete this note; it can be undone"));
    auto* top = new QHBoxLayout;
    top->addWidget(label, 1);
    top->addWidget(m_delete);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 2, 4, 4);
    column->setSpacing(2);
    column->addLayout(top);
    column->addWidget(m_edit);
    connect(m_delete, &QToolButton::clicked, this, [this] {
        m_edit->clear();
        commit();
    });
    m_draft.setSingleShot(true);
    m_draft.setInterval(draftEveryMs);
    connect(&m_draft, &QTimer::timeout, this, &NoteEditor::keepDraft);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (m_edit->hasFocus() && !m_draft.isActive())
            m_draft.start();
    });
    hide();
}

void NoteEditor::keepDraft()
{
    const QString text = m_edit->toPlainText().trimmed();
    if (m_place.isEmpty() || text == m_text)
        return;
    m_drafted = true;
    emit drafted(m_place, text);
}

void NoteEditor::endDraft()
{
    m_draft.stop();
    if (std::exchange(m_drafted, false))
        emit drafted(m_place, {});
}

void NoteEditor::showNote(const QString& place, const QString& text)
{
    if (place != m_place)
        commit();
    const bool other = place != m_place || text != m_text;
    m_place = place;
    m_text = text;
    if (other)
        showText();
    if (!m_edit->hasFocus())
        setVisible(!m_place.isEmpty() && !m_text.isEmpty());
    m_delete->setVisible(!m_text.isEmpty());
}

void NoteEditor::showText()
{
    if (m_edit->toPlainText() != m_text)
        m_edit->setPlainText(m_text);
}

void NoteEditor::edit()
{
    if (m_place.isEmpty())
        return;
    setVisible(true);
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->moveCursor(QTextCursor::End);
}

void NoteEditor::commit()
{
    const QString text = m_edit->toPlainText().trimmed();
    if (!m_place.isEmpty() && text != m_text) {
        m_text = text;
        emit edited(m_place, text);
        setVisible(!m_text.isEmpty());
    }
    endDraft();
}

bool NoteEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_edit)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
        commit();
        setVisible(!m_text.isEmpty());
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (key->key() == Qt::Key_Escape) {
        showText();
        endDraft();
    }
    if (key->key() != Qt::Key_Escape && (!enter || !(key->modifiers() & Qt::ControlModifier)))
        return QWidget::eventFilter(watched, event);
    emit left(); // the keyboard leaves, and with it goes what is written
    commit();
    setVisible(!m_text.isEmpty());
    return true;
}

} // namespace arcscope
