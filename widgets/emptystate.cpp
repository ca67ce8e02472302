#include "emptystate.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace arcscope
{

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_second(new QPushButton(this))
{
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setBold(true);
    m_title->setFont(font);
    for (QLabel* label : {m_title, m_hint}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addSpacing(8);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_button);
    row->addWidget(m_second);
    row->addStretch();
    column->addLayout(row);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionRequested);
    connect(m_second, &QPushButton::clicked, this, &EmptyState::secondRequested);
}

void EmptyState::say(const QString& title, const QString& hint, const QString& actionText, const QString& secondText)
{
    // A button that goes takes the keyboard to whatever comes next in the window: it stays in this view.
    if ((m_button->hasFocus() && actionText.isEmpty()) || (m_second->hasFocus() && secondText.isEmpty()))
        setFocus();
    m_title->setText(title);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    m_button->setText(actionText);
    m_button->setVisible(!actionText.isEmpty());
    m_second->setText(secondText);
    m_second->setVisible(!secondText.isEmpty());
}

QWidget* EmptyState::keyboardPart() const
{
    return !m_button->isHidden() ? m_button : !m_second->isHidden() ? m_second : nullptr;
}

void giveKeyboardTo(QWidget* part, QWidget& view)
{
    if (part == view.focusProxy())
        return;
    const QWidget* const now = view.window()->focusWidget();
    const bool here = !now || view.hasFocus() || view.isAncestorOf(now);
    view.setFocusProxy(part);
    if (here && view.isVisible())
        view.setFocus();
}

} // namespace arcscope
