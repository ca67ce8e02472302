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
    unfold();
    m_settings.setLayout({m_window.saveGeometry(), m_window.saveState(versionNow()), m_ownWidths}, versionNow());
}

void WindowLayout::fold(QDockWidget& first, QDockWidget& second)
{
    constexpr int enoughLines = 42; ///< width of the window in heights of a line
    if (m_window.width() >= enoughLines * m_window.fontMetrics().height()) {
        unfold();
        return;
    }
    const bool asMade = !first.isFloating() && !second.isFloating() &&
                        m_window.dockWidgetArea(&first) == sideOf(Qt::LeftDockWidgetArea) &&
                        m_window.dockWidgetArea(&second) == sideOf(Qt::RightDockWidgetArea);
    if (!asMade)
        return;
    const bool shown = !second.isHidden();
    m_window.tabifyDockWidget(&first, &second);
    second.setVisible(shown);
    first.raise();
    m_folded = &second;
}

void WindowLayout::unfold()
{
    if (!m_folded)
        return;
    const bool shown = !m_folded->isHidden();
    m_window.addDockWidget(sideOf(Qt::RightDockWidgetArea), m_folded);
    m_folded->setVisible(shown);
    m_folded = nullptr;
}

void WindowLayout::reset()
{
    m_folded = nullptr;
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
