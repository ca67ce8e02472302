// All keys in one list: commands of the window as they are now, and the keys of its views.
#pragma once

#include "actionregistry.h"

#include <QDialog>

namespace arcscope
{

class ShortcutSheet : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutSheet(const ActionRegistry& actions, QWidget* parent = nullptr);

signals:
    void editRequested(); ///< the user wants other keys
};

} // namespace arcscope
