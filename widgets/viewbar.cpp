#include "viewbar.h"

#include "readingstyle.h"

#include <QEvent>
#include <QMenu>
#include <QStyle>
#include <QTabWidget>
#include <QToolButton>

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
    , m_more(new QToolButton(this))
    , m_menu(new QMenu(m_more))
{
    setAccessibleName(tr("Views"));
    setDocumentMode(true);
    setExpanding(false);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideRight);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_more->setText(QStringLiteral("\u00bb"));
    m_more->setObjectName(QStringLiteral("more"));
    m_more->setToolTip(tr("More views"));
    m_more->setAccessibleName(tr("More views"));
    m_more->setAutoRaise(true);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->hide();
    connect(m_menu, &QMenu::aboutToShow, this, &ViewBar::listHidden);
    views.tabBar()->hide();
    connect(this, &QTabBar::currentChanged, &views, &QTabWidget::setCurrentIndex);
    connect(&views, &QTabWidget::currentChanged, this, &QTabBar::setCurrentIndex);
    connect(this, &QTabBar::currentChanged, this, &ViewBar::fit);
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
    fit();
}

void ViewBar::resizeEvent(QResizeEvent* event)
{
    fit();
    QTabBar::resizeEvent(event);
}

void ViewBar::changeEvent(QEvent* event)
{
    QTabBar::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

/// Names take the room around them before they are cut.
void ViewBar::paintEvent(QPaintEvent* event)
{
    setProperty(tabSpaceProperty, 0);
    QTabBar::paintEvent(event);
    setProperty(tabSpaceProperty, QVariant());
}

/// As many names as there is room for, the current one among them.
void ViewBar::fit()
{
    if (m_fitting || count() == 0)
        return;
    m_fitting = true;
    int all = 0;
    for (int i = 0; i < count(); ++i)
        all += minimumTabSizeHint(i).width();
    const bool fits = all <= width();
    const int room = width() - m_more->sizeHint().width();
    int used = wholeSize(std::max(0, currentIndex())).width();
    for (int i = 0; i < count(); ++i) {
        if (i != currentIndex())
            used += wholeSize(i).width();
        setTabVisible(i, fits || i == currentIndex() || used <= room);
    }
    const QSize size(m_more->sizeHint().width(), height());
    m_more->setGeometry(QStyle::visualRect(layoutDirection(), rect(), QRect(QPoint(room, 0), size)));
    m_more->setVisible(!fits);
    m_fitting = false;
}

void ViewBar::listHidden()
{
    m_menu->clear();
    for (int i = 0; i < count(); ++i) {
        if (!isTabVisible(i))
            m_menu->addAction(tabText(i), this, [this, i] { setCurrentIndex(i); });
    }
}

QSize ViewBar::tabSizeHint(int index) const
{
    int wanted = 0;
    int shown = 0;
    for (int i = 0; i < count(); ++i) {
        if (!isTabVisible(i))
            continue;
        wanted += wholeSize(i).width();
        ++shown;
    }
    QSize size = wholeSize(index);
    if (shown == count() && wanted > width() && shown > 0)
        size.rwidth() -= std::min(mostSqueezed, (wanted - width() + shown - 1) / shown);
    return size;
}

/// With the usual room around the name, also while it is painted.
QSize ViewBar::wholeSize(int index) const
{
    QSize size = QTabBar::tabSizeHint(index);
    const int usual = style()->pixelMetric(QStyle::PM_TabBarTabHSpace);
    size.rwidth() += usual - style()->pixelMetric(QStyle::PM_TabBarTabHSpace, nullptr, this);
    return size;
}

/// Each whole name: what has no room for it goes into the menu.
QSize ViewBar::minimumTabSizeHint(int index) const
{
    const QSize size = wholeSize(index);
    return {size.width() - mostSqueezed, size.height()};
}

} // namespace arcscope
