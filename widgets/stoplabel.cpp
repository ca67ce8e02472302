#include "stoplabel.h"

#include "plaintip.h"
#include "stopbadge.h"

#include <QPainter>

namespace arcscope
{

StopLabel::StopLabel(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

void StopLabel::setPair(const StopPair& pair)
{
    if (m_pair == pair)
        return;
    m_pair = pair;
    setPlainTip(*this, pair.tip());
    setAccessibleName(pair.spokenText());
    setVisible(!pair.isEmpty());
    updateGeometry();
    update();
}

QSize StopLabel::sizeHint() const
{
    return {stopBadgeWidth(m_pair, fontMetrics()), stopBadgeHeight(fontMetrics())};
}

QSize StopLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 12, stopBadgeHeight(fontMetrics())};
}

void StopLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintStopBadge(painter, rect(), m_pair, font(), themeFor(palette()));
}

} // namespace arcscope
