// The title of a panel: its name, and buttons that stay readable on dark ground.
#pragma once

#include <QWidget>

class QDockWidget;

namespace arcscope
{

class PanelTitle : public QWidget
{
    Q_OBJECT

public:
    explicit PanelTitle(QDockWidget& dock);
};

} // namespace arcscope
