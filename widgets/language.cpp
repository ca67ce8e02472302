#include "language.h"

#include <QCoreApplication>
#include <QFile>
#include <QLibraryInfo>
#include <QLocale>
#include <QRegularExpression>

#include <array>

/// The catalogues lie in a static library: nothing else would pull them into the program.
static void loadCatalogues() // NOLINT(misc-use-anonymous-namespace): the macro is for the global one
{
    Q_INIT_RESOURCE(translations);
}

namespace arcscope
{
namespace
{

constexpr QChar betweenPlaceAndText(4);
QString installed = QStringLiteral("en");

/// What Qt says in dialogs and menus of its own, where its translations are not installed.
[[maybe_unused]] constexpr std::array ofQtItself{
    QT_TRANSLATE_NOOP("QPlatformTheme", "OK"),     QT_TRANSLATE_NOOP("QPlatformTheme", "Save"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Open"),   QT_TRANSLATE_NOOP("QPlatformTheme", "&Yes"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "&No"),    QT_TRANSLATE_NOOP("QPlatformTheme", "Close"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"), QT_TRANSLATE_NOOP("QPlatformTheme", "Apply"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Reset"),  QT_TRANSLATE_NOOP("QLineEdit", "&Redo"),
    QT_TRANSLATE_NOOP("QLineEdit", "Cu&t"),        QT_TRANSLATE_NOOP("QLineEdit", "&Paste"),
    QT_TRANSLATE_NOOP("QLineEdit", "Select All"),
};

/// The text between the quotes of a line of a catalogue.
QString unquoted(QStringView line)
{
    const qsizetype from = line.indexOf(QLatin1Char('"'));
    const qsizetype to = line.lastIndexOf(QLatin1Char('"'));
    QString text;
    for (qsizetype i = from + 1; from >= 0 && i < to; ++i) {
        if (line[i] != QLatin1Char('\\') || i + 1 >= to) {
            text += line[i];
            continue;
        }
        const QChar next = line[++i];
        text += next == QLatin1Char('n') ? QChar(u'\n') : next == QLatin1Char('t') ? QChar(u'\t') : next;
    }
    return text;
}

/// With first strong isolate and its end around each "%1", "%L2", "%n".
QString withIsolatedValues(QString text)
{
    static const QRegularExpression value(QStringLiteral("(%(?:L?[1-9][0-9]?|n))"));
    return text.replace(value, QStringLiteral("\u2068\\1\u2069"));
}

/// One entry of a catalogue.
struct CatalogueEntry {
    QString place;
    QString source;
    QString text;
    bool fuzzy = false;
};

} // namespace

QStringList languages()
{
    return {QStringLiteral("en"), QStringLiteral("de")};
}

QString languageName(const QString& code)
{
    const QLocale locale(code);
    QString name = locale.nativeLanguageName();
    if (code == QStringLiteral("en"))
        name = QStringLiteral("English");
    return name.isEmpty() ? code : name;
}

QString languageFor(const QString& chosen, const QStringList& ofSystem)
{
    for (const QString& wanted : QStringList(chosen) + ofSystem) {
        const QString code = wanted.section(QLatin1Char('-'), 0, 0).section(QLatin1Char('_'), 0, 0);
        if (languages().contains(code))
            return code;
    }
    return languages().constFirst();
}

QString currentLanguage()
{
    return installed;
}

void Catalogue::read(const QString& text)
{
    CatalogueEntry entry;
    QString CatalogueEntry::*part = nullptr;
    const auto keep = [&] {
        if (!entry.source.isEmpty() && !entry.text.isEmpty() && !entry.fuzzy)
            m_texts.insert(entry.place.isEmpty() ? entry.source : entry.place + betweenPlaceAndText + entry.source,
                           m_isolates ? withIsolatedValues(entry.text) : entry.text);
        entry = {};
        part = nullptr;
    };
    const std::pair<QLatin1String, QString CatalogueEntry::*> words[] = {
        {QLatin1String("msgctxt "), &CatalogueEntry::place},
        {QLatin1String("msgid "), &CatalogueEntry::source},
        {QLatin1String("msgstr "), &CatalogueEntry::text}};
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        if (line.trimmed().isEmpty()) {
            keep();
        } else if (line.startsWith(QLatin1String("#,"))) {
            entry.fuzzy = line.contains(QLatin1String("fuzzy"));
        } else if (line.startsWith(QLatin1Char('"'))) {
            if (part)
                entry.*part += unquoted(line);
        } else {
            for (const auto& [word, field] : words) {
                if (line.startsWith(word)) {
                    part = field;
                    entry.*part = unquoted(line);
                }
            }
        }
    }
    keep();
}

QString Catalogue::translate(const char* context, const char* source, const char*, int) const
{
    const QString text = QString::fromUtf8(source);
    if (const auto here = m_texts.constFind(QString::fromUtf8(context) + betweenPlaceAndText + text);
        here != m_texts.constEnd())
        return *here;
    return m_texts.value(text);
}

void installLanguage(const QString& code)
{
    loadCatalogues();
    installed = code;
    if (code == languages().constFirst())
        return;
    QLocale::setDefault(QLocale::system().language() == QLocale(code).language() ? QLocale::system() : QLocale(code));
    // Dialogs of Qt, where its translations are installed.
    auto* const ofQt = new QTranslator(QCoreApplication::instance());
    if (ofQt->load(QLocale(code), QStringLiteral("qtbase"), QStringLiteral("_"),
                   QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(ofQt);
    QFile file(QStringLiteral(":/translations/%1.po").arg(code));
    auto* const catalogue = new Catalogue(QCoreApplication::instance());
    if (QLocale(code).textDirection() == Qt::RightToLeft)
        catalogue->isolateValues();
    if (file.open(QIODevice::ReadOnly))
        catalogue->read(QString::fromUtf8(file.readAll()));
    QCoreApplication::installTranslator(catalogue);
}

} // namespace arcscope
