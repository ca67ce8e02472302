// The language of the window: texts from a catalogue that comes with the program, looked up by what they say in
// English.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QTranslator>

namespace arcscope
{

/// Codes of the languages that the window speaks, English first.
QStringList languages();
/// What those who speak it call it.
QString languageName(const QString& code);
/// `chosen` where it is spoken, else the first of the system's languages that is, else English.
QString languageFor(const QString& chosen, const QStringList& ofSystem);
/// That of the installed catalogue.
QString currentLanguage();

/// The texts of a gettext catalogue (.po). A text means the same wherever it stands, so that the place does not count,
/// unless the catalogue has an entry for the place (msgctxt). Fuzzy entries are left out, as is what has no
/// translation.
class Catalogue : public QTranslator
{
    Q_OBJECT

public:
    explicit Catalogue(QObject* parent = nullptr)
        : QTranslator(parent)
    {
    }

    /// A value in a sentence is read in its own direction and leaves that of the sentence alone: a path, a model's
    /// name. For languages that are read from right to left, before read().
    void isolateValues() { m_isolates = true; }
    /// What cannot be read of it is passed over.
    void read(const QString& text);
    const QHash<QString, QString>& texts() const { return m_texts; }
    bool isEmpty() const override { return m_texts.isEmpty(); }
    QString translate(const char* context, const char* source, const char* = nullptr, int = -1) const override;

private:
    bool m_isolates = false;
    QHash<QString, QString> m_texts; ///< by source, or by place, \4 and source, as gettext has it
};

/// Makes the application speak it, numbers and dates included: before there are windows.
void installLanguage(const QString& code);

} // namespace arcscope
