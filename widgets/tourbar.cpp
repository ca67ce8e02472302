#include "tourbar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace arcscope
{

TourBar::TourBar(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_parts(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_back(new QPushButton(tr("&Back"), this))
    , m_next(new QPushButton(this))
    , m_end(new QPushButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_back->setToolTip(tr("The step before"));
    m_end->setToolTip(tr("End the tour (Esc); Help, Tour shows it again"));
    auto* said = new QVBoxLayout;
    said->setSpacing(2);
    said->addWidget(m_title);
    said->addWidget(m_text);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QPushButton* button : {m_back, m_next, m_end})
        buttons->addWidget(button);
    m_parts->setContentsMargins(8, 6, 8, 6);
    m_parts->addLayout(said, 1);
    m_parts->addLayout(buttons);
    connect(m_back, &QPushButton::clicked, this, [this] { go(m_at - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_at + 1 < m_steps.size())
            go(m_at + 1);
        else
            end();
    });
    connect(m_end, &QPushButton::clicked, this, &TourBar::end);
    hide();
}

void TourBar::start(std::vector<TourStep> steps, bool takeFocus)
{
    m_steps = std::move(steps);
    if (m_steps.empty())
        return;
    show();
    if (takeFocus)
        m_next->setFocus(Qt::OtherFocusReason);
    go(0);
}

void TourBar::end()
{
    if (!running())
        return;
    const QWidget* const focus = focusWidget();
    const bool hadFocus = focus && focus->hasFocus();
    m_steps.clear();
    hide();
    if (hadFocus)
        emit left();
}

QWidget* TourBar::focusTarget() const
{
    return m_next;
}

void TourBar::go(std::size_t step)
{
    if (step >= m_steps.size())
        return;
    m_at = step;
    const QWidget* const focus = focusWidget();
    const bool hadFocus = focus && focus->hasFocus();
    const bool last = m_at + 1 == m_steps.size();
    m_title->setText(tr("%1 (%2 of %3)").arg(m_steps[m_at].title).arg(m_at + 1).arg(m_steps.size()));
    m_text->setText(m_steps[m_at].text);
    setAccessibleName(m_title->text() + QStringLiteral(": ") + m_text->text());
    m_back->setEnabled(m_at > 0);
    m_next->setText(m_at == 0 ? tr("S&tart the tour") : last ? tr("&Done") : tr("&Next"));
    m_next->setToolTip(last ? tr("End the tour") : tr("The next step"));
    m_end->setText(m_at == 0 ? tr("&No, thanks") : tr("En&d the tour"));
    m_end->setVisible(!last);
    if (m_steps[m_at].show)
        m_steps[m_at].show();
    if (hadFocus)
        m_next->setFocus(Qt::OtherFocusReason); // the view took it
    QAccessibleEvent said(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&said);
}

/// A narrow bar has its buttons below the text.
void TourBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    const bool narrow = width() < fontMetrics().averageCharWidth() * 110;
    m_parts->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void TourBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        end();
    else
        QFrame::keyPressEvent(event);
}

} // namespace arcscope
