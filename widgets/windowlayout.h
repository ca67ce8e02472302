// Where the window and its panels are: remembered, restored, and put back as they were made.
#pragma once

#include "settings.h"

#include <QMainWindow>

class QDockWidget;

namespace arcscope
{

class WindowLayout
{
public:
    /// Takes the present layout as the one to go back to: made when all panels are in place.
    WindowLayout(QMainWindow& window, Settings settings);

    /// Panels lie on the other side where reading begins at the right.
    static Qt::DockWidgetArea sideOf(Qt::DockWidgetArea area);
    void restore();
    void save();
    /// Panels where they were made, attached and in their first sizes. What is hidden stays so.
    void reset();
    /// Where text is so large that two panels and the views have no room beside each other, `second` lies over `first`,
    /// with tabs to choose between them, until there is; not where the user moved one of them.
    void fold(QDockWidget& first, QDockWidget& second);
    bool folded() const { return m_folded != nullptr; }
    /// The user gave the panels widths; until then they keep their share of the window.
    bool ownWidths() const { return m_ownWidths; }
    void setOwnWidths() { m_ownWidths = true; }

private:
    void unfold();

    QMainWindow& m_window;
    Settings m_settings;
    QByteArray m_first;
    bool m_ownWidths = false;
    QDockWidget* m_folded = nullptr; ///< lies over another one
};

} // namespace arcscope
