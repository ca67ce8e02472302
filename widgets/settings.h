// The settings of the program: the one place that knows their keys.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QStringList>

#include <memory>

class QSettings;

namespace arcscope
{

/// High contrast is dark or light, too; the system may ask for it.
enum class Appearance { System, Light, Dark, ContrastDark, ContrastLight };

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

    /// Keys that the user gave a command, as QKeySequence::listToString() writes them for all platforms; an empty text:
    /// none. Commands without an entry have their built-in keys.
    QHash<QString, QString> shortcuts() const;
    void setShortcut(const QString& command, const QString& keys);
    void resetShortcut(const QString& command);
    void resetShortcuts();

    /// Of the window's texts, as in "de"; empty: that of the system.
    QString language() const;
    void setLanguage(const QString& code);

    /// What was open when the window was last closed, as SessionState writes it; empty: nothing, or not to be
    /// remembered.
    QByteArray session() const;
    void setSession(const QByteArray& state);
    bool restoresSession() const;
    /// Restoring none forgets what there was.
    void setRestoresSession(bool restores);

    /// Whether the tour was offered before.
    bool tourSeen() const;
    void setTourSeen();

    bool keepsHistory() const;
    /// Keeping none forgets what there was.
    void setKeepsHistory(bool keeps);

    /// Writes what is pending to the file.
    void flush();

private:
    std::shared_ptr<QSettings> m_store;
};

} // namespace arcscope
