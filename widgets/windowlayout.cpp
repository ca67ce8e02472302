#include "windowlayout.h"

#include <QDockWidget>

namespace arcscope
{
namespace
{

/// Raised when docks change, so that an old layout is not forced on a new window.
constexpr int layoutVersion = 3;

} // namespace

WindowLayout::WindowLayout(QMainWindow& window, Settings settings)
    : m_window(window)
    , m_settings(std::move(settings))
    , m_first(window.saveState(layoutVersion))
{
}

void WindowLayout::restore()
{
    const Settings::Layout layout = m_settings.layout(layoutVersion);
    if (layout.geometry.isEmpty())
        return;
    m_ownWidths = layout.ownWidths;
    m_window.restoreGeometry(layout.geometry);
    m_window.restoreState(layout.panels, layoutVersion);
}

void WindowLayout::save()
{
    m_settings.setLayout({m_window.saveGeometry(), m_window.saveState(layoutVersion), m_ownWidths}, layoutVersion);
}

void WindowLayout::reset()
{
    const auto docks = m_window.findChildren<QDockWidget*>();
    QList<bool> hidden;
    for (const QDockWidget* dock : docks)
        hidden << dock->isHidden();
    m_ownWidths = false;
    m_window.restoreState(m_first, layoutVersion);
    for (qsizetype i = 0; i < docks.size(); ++i)
        docks[i]->setVisible(!hidden[i]);
}

} // namespace arcscope
