#include "brieflabel.h"

#include "plaintip.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QToolTip>

namespace arcscope
{

BriefLabel::BriefLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setWordWrap(true);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void BriefLabel::setBrief(bool brief)
{
    if (m_brief == brief)
        return;
    m_brief = brief;
    setWordWrap(!brief);
    update();
}

void BriefLabel::briefWhereLow(QWidget& view, int lines)
{
    m_lines = lines;
    m_view = &view;
    view.installEventFilter(this);
}

void BriefLabel::fitView()
{
    if (m_view)
        setBrief(m_view->height() < m_lines * fontMetrics().height());
}

bool BriefLabel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        fitView();
    return QLabel::eventFilter(watched, event);
}

void BriefLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitView();
}

bool BriefLabel::event(QEvent* event)
{
    if (m_brief && event->type() == QEvent::ToolTip) {
        const bool cut = fontMetrics().horizontalAdvance(text()) > contentsRect().width();
        QToolTip::showText(static_cast<const QHelpEvent*>(event)->globalPos(), cut ? plainTip(text()) : QString(),
                           this);
        return true;
    }
    return QLabel::event(event);
}

void BriefLabel::paintEvent(QPaintEvent* event)
{
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    if (!m_brief || shown == text()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(), Qt::AlignVCenter | Qt::AlignLeft, palette(), isEnabled(), shown,
                          foregroundRole());
}

} // namespace arcscope
