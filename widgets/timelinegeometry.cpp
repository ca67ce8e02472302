// Where the parts of the timeline lie.
#include "timelinecanvas.h"

#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace arcscope
{

namespace
{

constexpr int minimapHeight = 30;
constexpr int leastHeader = 60;

} // namespace

/// What the names of the lanes ask for, or what the user chose; the lanes keep most of the width.
int TimelineCanvas::headerWidthNow() const
{
    if (m_headerChosen)
        return std::clamp(m_headerChosen, leastHeader, std::max(leastHeader, width() / 2));
    const int least = fontMetrics().averageCharWidth() * 14;
    const int most = std::max(least, std::min(width() * 3 / 10, fontMetrics().averageCharWidth() * 40));
    if (!m_data || m_data->empty())
        return least;
    const int wanted = headerWidthOf(*m_data, {m_theme, *m_labels, m_scale});
    return std::clamp(static_cast<int>(std::ceil(wanted / m_scale)), least, most);
}

QRect TimelineCanvas::bodyRect() const
{
    const int bar = m_scrollBar->sizeHint().width();
    const int top = minimapHeight + axisRect().height();
    const int left = layoutDirection() == Qt::RightToLeft ? bar : m_headerWidth;
    return {left, top, std::max(0, width() - m_headerWidth - bar), std::max(0, height() - top)};
}

QRect TimelineCanvas::minimapRect() const
{
    const int bar = m_scrollBar->sizeHint().width();
    const int left = layoutDirection() == Qt::RightToLeft ? bar : m_headerWidth;
    return {left, 0, std::max(0, width() - m_headerWidth - bar), minimapHeight};
}

QRect TimelineCanvas::axisRect() const
{
    const QRect map = minimapRect();
    return {map.left(), map.bottom() + 1, map.width(), fontMetrics().height() + 10};
}

QRect TimelineCanvas::headerRect() const
{
    const QRect body = bodyRect();
    const int left = layoutDirection() == Qt::RightToLeft ? body.right() + 1 : 0;
    return {left, body.top(), m_headerWidth, body.height()};
}

void TimelineCanvas::updateGeometries()
{
    m_scale = devicePixelRatioF();
    const QFont labelFont = scaledFont(font(), m_scale);
    if (!m_labels || m_labels->font() != labelFont)
        m_labels = std::make_unique<LabelCache>(labelFont);
    const auto device = [this](int logical) { return static_cast<int>(std::lround(logical * m_scale)); };
    m_headerWidth = headerWidthNow();
    const QRect body = bodyRect();
    const int oldWidth = m_view.width;
    m_view.width = device(body.width());
    m_view.height = device(body.height());
    m_view.rowHeight = m_labels->metrics().height() + device(4);
    m_view.rowGap = device(2);
    m_view.laneGap = device(8);
    m_view.minLabel = device(28);
    m_view.tickSpacing = m_labels->metrics().averageCharWidth() * 15;
    if (m_data && m_view.range.recorded() && oldWidth != m_view.width)
        m_view.range = limited(m_view.range, m_data->bounds, m_view.width);
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const int bar = m_scrollBar->sizeHint().width();
    m_scrollBar->setGeometry(rightToLeft ? 0 : width() - bar, body.top(), bar, body.height());
    m_minimap.clear();
    invalidate();
}

} // namespace arcscope
