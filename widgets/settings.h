// The settings of the program: the one place that knows their keys.
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <memory>

class QSettings;

namespace arcscope
{

enum class Appearance { System, Light, Dark };

/// What is remembered from one start to the next. A copy is a handle to the same settings; handles of one file see each
/// other's changes at once. What cannot be understood is read as its default.
class Settings
{
public:
    static constexpr int normalTextSize = 100;
    static constexpr int smallestTextSize = 70;
    static constexpr int largestTextSize = 250;
    static constexpr qsizetype mostFilters = 50;
    static constexpr qsizetype mostRecentFiles = 20;

    /// The settings of the user.
    Settings();
    explicit Settings(const QString& file);

    Appearance appearance() const;
    void setAppearance(Appearance appearance);

    /// In percent of the system's.
    int textSize() const;
    void setTextSize(int percent);

    /// Geometry and panels of the window, if they were stored by the same `version` of its layout.
    struct Layout {
        QByteArray geometry;
        QByteArray panels;
        bool ownWidths = false; ///< the user dragged the panels; else they follow the window
    };
    Layout layout(int version) const;
    void setLayout(const Layout& layout, int version);

    /// Newest last. Nothing is added while no history is kept.
    QStringList filters() const;
    void setFilters(const QStringList& filters);

    /// Each one path or several that were opened together; newest first. Nothing is added while no history is kept.
    QList<QStringList> recentFiles() const;
    void setRecentFiles(const QList<QStringList>& entries);

    /// The table by which costs are computed; empty: none.
    QString priceFile() const;
    void setPriceFile(const QString& path);

    bool keepsHistory() const;
    /// Keeping none forgets what there was.
    void setKeepsHistory(bool keeps);

    /// Writes what is pending to the file.
    void flush();

private:
    std::shared_ptr<QSettings> m_store;
};

} // namespace arcscope
