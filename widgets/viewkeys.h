// The keys that views take while they have the keyboard: what the list of keys tells, and what no command may take.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

namespace arcscope
{

struct ViewKey {
    QString keys; ///< as people read them
    QString what;
    QString where;
    QList<QKeySequence> taken; ///< with Ctrl or Alt: a command with such a key would take it away from the view
};

QList<ViewKey> viewKeys();

} // namespace arcscope
