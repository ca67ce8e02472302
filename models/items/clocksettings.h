// By how much the clocks of services are shifted for showing: what the user decided, kept by name.
#pragma once

#include "clockoffset.h"

#include <QMap>
#include <QString>

namespace arcscope
{

/// Nanoseconds to add to the times of a service; services with 0 are not in it.
using ClockSettings = QMap<QString, qint64>;

/// One line for each service, "NANOSECONDS NAME"; lines that say anything else are left out when read.
QString clockSettingsText(const ClockSettings& clocks);
ClockSettings clockSettingsFrom(const QString& text);

/// Services that the corpus does not know are left out.
ClockOffsets clockOffsets(const ClockSettings& clocks, const StringTable& strings);

} // namespace arcscope
