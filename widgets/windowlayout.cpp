#include "windowlayout.h"

#include <QDockWidget>
#include <QGuiApplication>

namespace arcscope
{
namespace
{

/// Raised when docks change, so that an old layout is not forced on a new window.
constexpr int layoutVersion = 3;
/// Where reading begins at the right, panels lie elsewhere.
constexpr int mirroredVersion = 1'003;

int versionNow()
{
    return QGuiApplication::isRightToLeft() ? mirroredVersion : layoutVersion;
}

} // namespace

WindowLayout::WindowLayout(QMainWindow& window, Settings settings)
    : m_window(window)
    , m_settings(std::move(settings))
    , m_first(window.saveState(versionNow()))
{
}

Qt::DockWidgetArea WindowLayout::sideOf(Qt::DockWidgetArea area)
{
    if (!QGuiApplication::isRightToLeft())
        return area;
    return area == Qt::LeftDockWidgetArea    ? Qt::RightDockWidgetArea
           : area == Qt::RightDockWidgetArea ? Qt::LeftDockWidgetArea
                                             : area;
}

void WindowLayout::restore()
{
    const Settings::Layout layout = m_settings.layout(versionNow());
    if (layout.geometry.isEmpty())
        return;
    m_ownWidths = layout.ownWidths;
    m_window.restoreGeometry(layout.geometry);
    m_window.restoreState(layout.panels, versionNow());
}

void WindowLayout::save()
{
    m_settings.setLayout({m_window.saveGeometry(), m_window.saveState(versionNow()), m_ownWidths}, versionNow());
}

void WindowLayout::reset()
{
    const auto docks = m_window.findChildren<QDockWidget*>();
    QList<bool> hidden;
    for (const QDockWidget* dock : docks)
        hidden << dock->isHidden();
    m_ownWidths = false;
    m_window.restoreState(m_first, versionNow());
    for (qsizetype i = 0; i < docks.size(); ++i)
        docks[i]->setVisible(!hidden[i]);
}

} // namespace arcscope
