// What was opened before, newest first, kept in the settings.
#pragma once

#include "settings.h"

namespace arcscope
{

/// The last 20 openings, each one path or several that were opened together.
class RecentFiles
{
public:
    explicit RecentFiles(Settings settings = {})
        : m_settings(std::move(settings))
    {
    }

    QList<QStringList> entries() const { return m_settings.recentFiles(); }
    void add(const QStringList& paths);
    void remove(const QStringList& paths);
    void clear() { m_settings.setRecentFiles({}); }
    /// While private, nothing is added, and what there was is forgotten.
    bool isPrivate() const { return !m_settings.keepsHistory(); }
    void setPrivate(bool on) { m_settings.setKeepsHistory(!on); }

private:
    Settings m_settings;
};

} // namespace arcscope
