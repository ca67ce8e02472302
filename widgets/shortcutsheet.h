// All keys in one list: commands of the window, and the keys of the timeline.
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
};

} // namespace arcscope
