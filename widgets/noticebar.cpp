#include "noticebar.h"

#include "theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace arcscope
{

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_mark(new QLabel(QChar(0x2717), this))
    , m_text(new QLabel(this))
    , m_more(new QLabel(this))
    , m_parts(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_actions(new QHBoxLayout)
    , m_dismiss(new QPushButton(tr("D&ismiss"), this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_more->setTextFormat(Qt::PlainText);
    m_dismiss->setToolTip(tr("Hide this message (Esc)"));
    auto* said = new QHBoxLayout;
    said->addWidget(m_mark);
    said->addWidget(m_text, 1);
    said->addWidget(m_more);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addLayout(m_actions);
    buttons->addWidget(m_dismiss);
    m_parts->setContentsMargins(8, 4, 8, 4);
    m_parts->addLayout(said, 1);
    m_parts->addLayout(buttons);
    connect(m_dismiss, &QPushButton::clicked, this, &NoticeBar::dismiss);
    setColours();
    hide();
}

/// A narrow bar has its buttons below the text.
void NoticeBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    const bool narrow = width() < fontMetrics().averageCharWidth() * 90;
    m_parts->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

QString NoticeBar::text() const
{
    return m_notices.empty() ? QString() : m_notices.front().text;
}

QWidget* NoticeBar::focusTarget() const
{
    const QLayoutItem* first = m_actions->itemAt(0);
    return first ? first->widget() : m_dismiss;
}

void NoticeBar::add(Notice notice)
{
    const bool known =
        std::any_of(m_notices.begin(), m_notices.end(), [&](const Notice& other) { return other.text == notice.text; });
    if (known)
        return;
    m_notices.push_back(std::move(notice));
    if (m_notices.size() == 1)
        showFirst();
    else
        showMore();
}

void NoticeBar::dismiss()
{
    if (m_notices.empty())
        return;
    const QWidget* focus = focusWidget();
    const bool hadFocus = focus && focus->hasFocus();
    m_notices.erase(m_notices.begin());
    showFirst();
    if (!hadFocus)
        return;
    if (m_notices.empty())
        emit left();
    else
        m_dismiss->setFocus();
}

void NoticeBar::clear()
{
    m_notices.clear();
    showFirst();
}

void NoticeBar::showFirst()
{
    while (QLayoutItem* item = m_actions->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the button that was clicked
        delete item;
    }
    if (m_notices.empty()) {
        hide();
        return;
    }
    const Notice& notice = m_notices.front();
    m_text->setText(notice.text);
    setAccessibleName(notice.text);
    QWidget* before = nullptr;
    for (const NoticeAction& action : notice.actions) {
        QPushButton* button = addButton(action);
        if (before)
            setTabOrder(before, button);
        before = button;
    }
    if (!notice.details.isEmpty())
        before = addButton({tr("Copy de&tails"), [this] { copyDetails(); }});
    if (before)
        setTabOrder(before, m_dismiss);
    showMore();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void NoticeBar::showMore()
{
    m_more->setVisible(m_notices.size() > 1);
    m_more->setText(tr("%1 more").arg(m_notices.size() - 1));
}

QPushButton* NoticeBar::addButton(const NoticeAction& action)
{
    auto* button = new QPushButton(action.text, this);
    connect(button, &QPushButton::clicked, this, [run = action.run] { run(); });
    m_actions->addWidget(button);
    return button;
}

void NoticeBar::copyDetails() const
{
    const Notice& notice = m_notices.front();
    QGuiApplication::clipboard()->setText(notice.text + QLatin1Char('\n') + notice.details);
}

void NoticeBar::setColours()
{
    const Theme& theme = themeFor(palette());
    QPalette colours = m_mark->palette();
    colours.setColor(QPalette::WindowText, theme[ColourRole::Contradiction].ink);
    m_mark->setPalette(colours);
    m_mark->setAccessibleName(tr("Error"));
}

void NoticeBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

void NoticeBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        setColours();
}

} // namespace arcscope
