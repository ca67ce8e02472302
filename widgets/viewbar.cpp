#include "viewbar.h"

#include <QTabWidget>

#include <algorithm>

namespace arcscope
{
namespace
{

/// Pixels around a name that it can do without.
constexpr int mostSqueezed = 14;

} // namespace

ViewBar::ViewBar(QTabWidget& views)
    : m_views(views)
{
    setAccessibleName(tr("Views"));
    setDocumentMode(true);
    setExpanding(false);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideRight);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    views.tabBar()->hide();
    connect(this, &QTabBar::currentChanged, &views, &QTabWidget::setCurrentIndex);
    connect(&views, &QTabWidget::currentChanged, this, &QTabBar::setCurrentIndex);
}

void ViewBar::add(QWidget* view, const QString& name)
{
    m_views.addTab(view, name);
    addTab(name);
    rename(view, name);
}

void ViewBar::rename(QWidget* view, const QString& name)
{
    const int at = m_views.indexOf(view);
    m_views.setTabText(at, name);
    setTabText(at, name);
    setTabToolTip(at, name);
}

QSize ViewBar::tabSizeHint(int index) const
{
    int wanted = 0;
    for (int i = 0; i < count(); ++i)
        wanted += QTabBar::tabSizeHint(i).width();
    QSize size = QTabBar::tabSizeHint(index);
    if (wanted > width() && count() > 0)
        size.rwidth() -= std::min(mostSqueezed, (wanted - width() + count() - 1) / count());
    return size;
}

/// A few letters of each.
QSize ViewBar::minimumTabSizeHint(int index) const
{
    const QSize size = QTabBar::tabSizeHint(index);
    return {std::min(size.width(), fontMetrics().averageCharWidth() * 6), size.height()};
}

} // namespace arcscope
