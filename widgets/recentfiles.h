// What was opened before, newest first, kept in the settings.
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace arcscope
{

/// The last 20 openings, each one path or several that were opened together.
class RecentFiles
{
public:
    static constexpr int most = 20;

    QList<QStringList> entries() const;
    void add(const QStringList& paths);
    void remove(const QStringList& paths);
    void clear();
    /// While private, nothing is added, and what there was is forgotten.
    bool isPrivate() const;
    void setPrivate(bool on);
};

} // namespace arcscope
