#include "recentfiles.h"

#include <QFileInfo>
#include <QSettings>

namespace arcscope
{
namespace
{

const QString entriesKey = QStringLiteral("recent/entries");
const QString privateKey = QStringLiteral("recent/private");

void store(const QList<QStringList>& entries)
{
    QVariantList list;
    for (const QStringList& entry : entries)
        list << QVariant(entry);
    QSettings().setValue(entriesKey, list);
}

} // namespace

QList<QStringList> RecentFiles::entries() const
{
    QList<QStringList> entries;
    for (const QVariant& entry : QSettings().value(entriesKey).toList())
        entries << entry.toStringList();
    return entries;
}

void RecentFiles::add(const QStringList& paths)
{
    if (isPrivate() || paths.isEmpty() || paths.contains(QStringLiteral("-")))
        return;
    QStringList absolute;
    for (const QString& path : paths)
        absolute << QFileInfo(path).absoluteFilePath();
    QList<QStringList> all = entries();
    all.removeAll(absolute);
    all.prepend(absolute);
    while (all.size() > most)
        all.removeLast();
    store(all);
}

void RecentFiles::remove(const QStringList& paths)
{
    QList<QStringList> all = entries();
    all.removeAll(paths);
    store(all);
}

void RecentFiles::clear()
{
    store({});
}

bool RecentFiles::isPrivate() const
{
    return QSettings().value(privateKey, false).toBool();
}

void RecentFiles::setPrivate(bool on)
{
    QSettings().setValue(privateKey, on);
    if (on)
        clear();
}

} // namespace arcscope
