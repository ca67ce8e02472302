#include "clocksettings.h"

#include <QStringList>

namespace arcscope
{

QString clockSettingsText(const ClockSettings& clocks)
{
    QStringList lines;
    for (auto it = clocks.begin(); it != clocks.end(); ++it) {
        if (it.value() != 0 && !it.key().contains(QLatin1Char('\n')))
            lines << QStringLiteral("%1 %2").arg(it.value()).arg(it.key());
    }
    return lines.join(QLatin1Char('\n'));
}

ClockSettings clockSettingsFrom(const QString& text)
{
    ClockSettings clocks;
    const QStringList lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        const qsizetype space = line.indexOf(QLatin1Char(' '));
        bool isNumber = false;
        const qint64 offset = line.left(space).toLongLong(&isNumber);
        if (space > 0 && isNumber && offset != 0 && space + 1 < line.size())
            clocks.insert(line.mid(space + 1), offset);
    }
    return clocks;
}

ClockOffsets clockOffsets(const ClockSettings& clocks, const StringTable& strings)
{
    ClockOffsets offsets;
    for (auto it = clocks.begin(); it != clocks.end(); ++it) {
        const StringId service = strings.find(it.key().toStdString());
        if (service && it.value() != 0)
            offsets.push_back({service, it.value()});
    }
    return offsets;
}

} // namespace arcscope
