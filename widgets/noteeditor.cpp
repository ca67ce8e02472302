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
    , m_title(new QLabel(this))
    , m_edit(new QPlainTextEdit(this))
    , m_delete(new QToolButton(this))
{
    m_title->setBuddy(m_edit);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    setTitle(title);
    m_edit->setPlaceholderText(tr("Write a note. Ctrl+Return keeps it, Esc does not."));
    m_edit->setTabChangesFocus(true);
    m_edit->setFixedHeight(m_edit->fontMetrics().lineSpacing() * linesShown + 12);
    m_edit->installEventFilter(this);
    m_delete->setText(tr("Delete"));
    m_delete->setAutoRaise(true);
    m_delete->setToolTip(tr("Delete this note; it can be undone"));
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_delete, 0, Qt::AlignTop);
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

void NoteEditor::endDraft(const QString& place)
{
    m_draft.stop();
    if (std::exchange(m_drafted, false))
        emit drafted(place, {});
}

void NoteEditor::setTitle(const QString& title)
{
    m_title->setText(title);
    m_edit->setAccessibleName(title);
}

bool NoteEditor::isTyped() const
{
    return m_edit->hasFocus() && m_edit->toPlainText().trimmed() != m_text;
}

void NoteEditor::showIfNeeded()
{
    setVisible(!m_place.isEmpty() && (m_lasting || !m_text.isEmpty()));
}

void NoteEditor::showNote(const QString& place, const QString& text)
{
    if (place != m_place) {
        const QString before = m_place;
        commit();
        if (m_place != before) // whoever took the text shows another already
            return;
    }
    const bool other = place != m_place || (text != m_text && !isTyped());
    m_place = place;
    m_text = text;
    if (other)
        showText();
    if (!m_edit->hasFocus())
        showIfNeeded();
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
    if (m_takenBackAt == m_place && m_edit->toPlainText() == m_text) {
        m_edit->setPlainText(std::exchange(m_takenBack, {}));
        m_edit->selectAll();
        m_takenBackAt.clear();
    }
}

void NoteEditor::takeBack()
{
    const QString text = m_edit->toPlainText().trimmed();
    if (!text.isEmpty() && text != m_text) {
        m_takenBackAt = m_place;
        m_takenBack = text;
    }
    showText();
    endDraft(m_place);
}

void NoteEditor::commit()
{
    const QString text = m_edit->toPlainText().trimmed();
    const QString place = m_place; // whoever takes the text may show another
    if (!place.isEmpty() && text != m_text) {
        m_text = text;
        emit edited(place, text);
        showIfNeeded();
    }
    endDraft(place);
}

bool NoteEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_edit)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
        commit();
        // Whoever looks something up in another window comes back to write on.
        const bool away = static_cast<QFocusEvent*>(event)->reason() == Qt::ActiveWindowFocusReason;
        if (away)
            show();
        else
            showIfNeeded();
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (key->key() == Qt::Key_Escape)
        takeBack();
    if (key->key() != Qt::Key_Escape && (!enter || !(key->modifiers() & Qt::ControlModifier)))
        return QWidget::eventFilter(watched, event);
    commit();
    emit left();
    showIfNeeded();
    return true;
}

} // namespace arcscope
