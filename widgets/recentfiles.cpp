#include "recentfiles.h"

#include <QFileInfo>

namespace arcscope
{

void RecentFiles::add(const QStringList& paths)
{
    if (paths.isEmpty() || paths.contains(QStringLiteral("-")))
        return;
    QStringList absolute;
    for (const QString& path : paths)
        absolute << QFileInfo(path).absoluteFilePath();
    QList<QStringList> all = entries();
    all.removeAll(absolute);
    all.prepend(absolute);
    m_settings.setRecentFiles(all);
}

void RecentFiles::remove(const QStringList& paths)
{
    QList<QStringList> all = entries();
    all.removeAll(paths);
    m_settings.setRecentFiles(all);
}

} // namespace arcscope
