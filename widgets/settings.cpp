#include "settings.h"

#include <QSettings>

#include <algorithm>

namespace arcscope
{
namespace
{

const QString schemaKey = QStringLiteral("schema");
const QString appearanceKey = QStringLiteral("window/appearance");
const QString textSizeKey = QStringLiteral("window/textSize");
const QString layoutVersionKey = QStringLiteral("window/version");
const QString geometryKey = QStringLiteral("window/geometry");
const QString panelsKey = QStringLiteral("window/state");
const QString ownWidthsKey = QStringLiteral("window/ownWidths");
const QString filtersKey = QStringLiteral("filter/history");
const QString recentKey = QStringLiteral("recent/entries");
const QString priceFileKey = QStringLiteral("prices/file");
const QString privateKey = QStringLiteral("recent/private");
const QString shortcutsGroup = QStringLiteral("shortcuts");
const QString languageKey = QStringLiteral("window/language");
const QString sessionKey = QStringLiteral("session/state");
const QString noSessionKey = QStringLiteral("session/off");
const QString tourKey = QStringLiteral("tour/seen");

/// Raised when a key changes its meaning.
constexpr int schema = 1;

} // namespace

Settings::Settings()
    : m_store(std::make_shared<QSettings>())
{
    m_store->setValue(schemaKey, schema);
}

Settings::Settings(const QString& file)
    : m_store(std::make_shared<QSettings>(file, QSettings::IniFormat))
{
    m_store->setValue(schemaKey, schema);
}

Appearance Settings::appearance() const
{
    const int number = m_store->value(appearanceKey).toInt();
    return number > 0 && number <= static_cast<int>(Appearance::ContrastLight) ? static_cast<Appearance>(number)
                                                                               : Appearance::System;
}

void Settings::setAppearance(Appearance appearance)
{
    m_store->setValue(appearanceKey, static_cast<int>(appearance));
}

int Settings::textSize() const
{
    bool number = false;
    const int percent = m_store->value(textSizeKey, normalTextSize).toInt(&number);
    return number ? std::clamp(percent, smallestTextSize, largestTextSize) : normalTextSize;
}

void Settings::setTextSize(int percent)
{
    m_store->setValue(textSizeKey, std::clamp(percent, smallestTextSize, largestTextSize));
}

Settings::Layout Settings::layout(int version) const
{
    if (m_store->value(layoutVersionKey).toInt() != version)
        return {};
    return {m_store->value(geometryKey).toByteArray(), m_store->value(panelsKey).toByteArray(),
            m_store->value(ownWidthsKey).toBool()};
}

void Settings::setLayout(const Layout& layout, int version)
{
    m_store->setValue(layoutVersionKey, version);
    m_store->setValue(geometryKey, layout.geometry);
    m_store->setValue(panelsKey, layout.panels);
    m_store->setValue(ownWidthsKey, layout.ownWidths);
}

QStringList Settings::filters() const
{
    return m_store->value(filtersKey).toStringList();
}

void Settings::setFilters(const QStringList& filters)
{
    if (keepsHistory())
        m_store->setValue(filtersKey, filters.mid(std::max<qsizetype>(0, filters.size() - mostFilters)));
}

QList<QStringList> Settings::recentFiles() const
{
    QList<QStringList> entries;
    for (const QVariant& entry : m_store->value(recentKey).toList()) {
        if (const QStringList paths = entry.toStringList(); !paths.isEmpty())
            entries << paths;
    }
    return entries;
}

void Settings::setRecentFiles(const QList<QStringList>& entries)
{
    if (!keepsHistory())
        return;
    QVariantList list;
    for (const QStringList& entry : entries.mid(0, mostRecentFiles))
        list << QVariant(entry);
    m_store->setValue(recentKey, list);
}

QString Settings::priceFile() const
{
    return m_store->value(priceFileKey).toString();
}

void Settings::setPriceFile(const QString& path)
{
    if (path.isEmpty())
        m_store->remove(priceFileKey);
    else
        m_store->setValue(priceFileKey, path);
}

QHash<QString, QString> Settings::shortcuts() const
{
    QHash<QString, QString> all;
    m_store->beginGroup(shortcutsGroup);
    for (const QString& command : m_store->childKeys())
        all.insert(command, m_store->value(command).toString());
    m_store->endGroup();
    return all;
}

void Settings::setShortcut(const QString& command, const QString& keys)
{
    m_store->setValue(shortcutsGroup + QLatin1Char('/') + command, keys);
}

void Settings::resetShortcut(const QString& command)
{
    m_store->remove(shortcutsGroup + QLatin1Char('/') + command);
}

void Settings::resetShortcuts()
{
    m_store->remove(shortcutsGroup);
}

QString Settings::language() const
{
    return m_store->value(languageKey).toString();
}

void Settings::setLanguage(const QString& code)
{
    m_store->setValue(languageKey, code);
}

QByteArray Settings::session() const
{
    return m_store->value(sessionKey).toByteArray();
}

void Settings::setSession(const QByteArray& state)
{
    if (state.isEmpty() || !keepsHistory() || !restoresSession())
        m_store->remove(sessionKey);
    else
        m_store->setValue(sessionKey, state);
}

bool Settings::restoresSession() const
{
    return !m_store->value(noSessionKey, false).toBool();
}

void Settings::setRestoresSession(bool restores)
{
    m_store->setValue(noSessionKey, !restores);
    if (!restores)
        m_store->remove(sessionKey);
}

bool Settings::tourSeen() const
{
    return m_store->value(tourKey, false).toBool();
}

void Settings::setTourSeen()
{
    m_store->setValue(tourKey, true);
}

bool Settings::keepsHistory() const
{
    return !m_store->value(privateKey, false).toBool();
}

void Settings::setKeepsHistory(bool keeps)
{
    m_store->setValue(privateKey, !keeps);
    if (keeps)
        return;
    m_store->remove(recentKey);
    m_store->remove(filtersKey);
    m_store->remove(sessionKey);
}

void Settings::flush()
{
    m_store->sync();
}

} // namespace arcscope
