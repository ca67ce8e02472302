// layers: core items widgets GUI
#include "helppages.h"
#include "language.h"
#include "mainwindow.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QLocale>
#include <QMenuBar>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace arcscope;

namespace
{

/// The texts of the sources that are marked for translation.
QStringList markedTexts()
{
    static const QRegularExpression marked(QStringLiteral(
        "\\b(?:tr\\(|(?:translate|QT_TRANSLATE_NOOP)\\(\\s*\"\\w*\",)\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"));
    static const QRegularExpression piece(QStringLiteral("\"((?:[^\"\\\\]|\\\\.)*)\""));
    QStringList texts;
    for (const char* folder : {"widgets", "models/items", "app"}) {
        QDirIterator files(QStringLiteral(ARCSCOPE_TEST_SAMPLES "/../../") + QLatin1String(folder),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QString source = QString::fromUtf8(file.readAll());
            for (auto found = marked.globalMatch(source); found.hasNext();) {
                QString text;
                const QString quoted = found.next().captured(1);
                for (auto part = piece.globalMatch(quoted); part.hasNext();)
                    text += part.next().captured(1);
                texts << text;
            }
        }
    }
    texts.removeDuplicates();
    return texts;
}

/// A text as it stands in a source, without what escapes stand for.
QString unescaped(const QString& text)
{
    static const QRegularExpression sign(QStringLiteral("\\\\u([0-9a-fA-F]{4})"));
    QString plain = text;
    for (auto found = sign.match(plain); found.hasMatch(); found = sign.match(plain))
        plain.replace(found.capturedStart(), found.capturedLength(), QChar(found.captured(1).toUShort(nullptr, 16)));
    return plain.replace(QStringLiteral("\\n"), QStringLiteral("\n"))
        .replace(QStringLiteral("\\t"), QStringLiteral("\t"))
        .replace(QStringLiteral("\\\""), QStringLiteral("\""))
        .replace(QStringLiteral("\\\\"), QStringLiteral("\\"));
}

QString catalogueText(const QString& code)
{
    installLanguage(QStringLiteral("en")); // makes the catalogues known
    QFile file(QStringLiteral(":/translations/%1.po").arg(code));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString englishPage(const QString& topic)
{
    QFile file(QStringLiteral(":/help/en/%1.md").arg(topic));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList placeholders(const QString& text)
{
    static const QRegularExpression mark(QStringLiteral("%L?\\d"));
    QStringList found;
    for (auto each = mark.globalMatch(text); each.hasNext();)
        found << each.next().captured(0);
    found.sort();
    found.removeDuplicates();
    return found;
}

bool hasAccessKey(const QString& text)
{
    static const QRegularExpression key(QStringLiteral("&[^&\\s]"));
    return text.contains(key) && !text.contains(QStringLiteral("&&"));
}

} // namespace

class TestLanguage : public QObject
{
    Q_OBJECT

private slots:
    void aCatalogueIsRead()
    {
        Catalogue catalogue;
        catalogue.read(
            QStringLiteral("# a comment\n"
                           "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n"
                           "msgid \"Open\"\nmsgstr \"Öffnen\"\n\n"
                           "msgctxt \"Issue\"\nmsgid \"Open\"\nmsgstr \"Offen\"\n\n"
                           "msgid \"\"\n\"two \"\n\"parts \\\"quoted\\\"\\n\"\nmsgstr \"zwei \"\n\"Teile\\\\\"\n\n"
                           "#, fuzzy\nmsgid \"Close\"\nmsgstr \"Nah\"\n\n"
                           "msgid \"Not yet\"\nmsgstr \"\"\n"));
        QCOMPARE(catalogue.translate("Menu", "Open"), QStringLiteral("Öffnen"));
        QCOMPARE(catalogue.translate("Issue", "Open"), QStringLiteral("Offen"));
        QCOMPARE(catalogue.translate("", "two parts \"quoted\"\n"), QStringLiteral("zwei Teile\\"));
        QVERIFY(catalogue.translate("Menu", "Close").isNull());
        QVERIFY(catalogue.translate("Menu", "Not yet").isNull());
        QVERIFY(catalogue.translate("Menu", "").isNull());
        QCOMPARE(catalogue.texts().size(), 3);
    }

    void valuesAreReadInTheirOwnDirection()
    {
        Catalogue catalogue;
        catalogue.isolateValues();
        catalogue.read(QStringLiteral("msgid \"%1 of %2, 5 %\"\nmsgstr \"%2 מתוך %1, 5 %\"\n"));
        const QString text = catalogue.translate("", "%1 of %2, 5 %");
        QCOMPARE(text, QStringLiteral("\u2068%2\u2069 מתוך \u2068%1\u2069, 5 %"));
        QCOMPARE(text.arg(QStringLiteral("a"), QStringLiteral("b")),
                 QStringLiteral("\u2068b\u2069 מתוך \u2068a\u2069, 5 %"));
    }

    void theLanguageIsChosenOrThatOfTheSystem()
    {
        QCOMPARE(languageFor({}, {QStringLiteral("de-AT"), QStringLiteral("en")}), QStringLiteral("de"));
        QCOMPARE(languageFor({}, {QStringLiteral("fr-FR"), QStringLiteral("de")}), QStringLiteral("de"));
        QCOMPARE(languageFor({}, {QStringLiteral("fr")}), QStringLiteral("en"));
        QCOMPARE(languageFor({}, {}), QStringLiteral("en"));
        QCOMPARE(languageFor(QStringLiteral("en"), {QStringLiteral("de")}), QStringLiteral("en"));
        QCOMPARE(languageFor(QStringLiteral("de"), {QStringLiteral("en")}), QStringLiteral("de"));
        QCOMPARE(languageFor(QStringLiteral("xx"), {QStringLiteral("de_DE")}), QStringLiteral("de"));
        QCOMPARE(languageName(QStringLiteral("de")), QStringLiteral("Deutsch"));
    }

    /// What is put into a text is in its translation, too, and what had an access key has one.
    void translationsFitTheirSources()
    {
        Catalogue german;
        german.read(catalogueText(QStringLiteral("de")));
        QVERIFY2(german.texts().size() > 1'500, qPrintable(QString::number(german.texts().size())));
        for (auto entry = german.texts().begin(); entry != german.texts().end(); ++entry) {
            const QString source = entry.key().section(QChar(4), -1);
            QVERIFY2(placeholders(source) == placeholders(entry.value()), qPrintable(source));
            QVERIFY2(hasAccessKey(source) == hasAccessKey(entry.value()), qPrintable(source));
            QVERIFY2(source.startsWith(QLatin1Char(' ')) == entry->startsWith(QLatin1Char(' ')) &&
                         source.endsWith(QLatin1Char(' ')) == entry->endsWith(QLatin1Char(' ')),
                     qPrintable(source));
            QVERIFY2(source.endsWith(QChar(0x2026)) == entry->endsWith(QChar(0x2026)), qPrintable(source));
        }
    }

    /// `resources/translations/update` lists what is missing.
    void everyTextHasOne()
    {
        Catalogue german;
        german.read(catalogueText(QStringLiteral("de")));
        const QStringList texts = markedTexts();
        QVERIFY(texts.size() > 1'500);
        QStringList missing;
        for (const QString& text : texts) {
            if (!text.isEmpty() && german.translate("", unescaped(text).toUtf8().constData()).isNull())
                missing << text;
        }
        // Who adds a text need not speak the language; soon somebody has to.
        QVERIFY2(missing.size() * 50 <= texts.size(), qPrintable(missing.join(QLatin1Char('\n'))));
    }

    void theApplicationSpeaksIt()
    {
        const QLocale before;
        QCOMPARE(QCoreApplication::translate("MainWindow", "&File"), QStringLiteral("&File"));
        installLanguage(QStringLiteral("de"));
        QCOMPARE(currentLanguage(), QStringLiteral("de"));
        QCOMPARE(QCoreApplication::translate("MainWindow", "&File"), QStringLiteral("&Datei"));
        QCOMPARE(QLocale().language(), QLocale::German);
        QCOMPARE(QLocale().toString(1'234'567), QStringLiteral("1.234.567"));
        QLocale::setDefault(before);
    }

    /// Of the languages that were installed before this: German.
    void commandsKeepTheRulesInIt()
    {
        QCOMPARE(currentLanguage(), QStringLiteral("de"));
        const QTemporaryDir folder;
        const MainWindow window({}, Settings(folder.filePath(QStringLiteral("settings.ini"))));
        QVERIFY2(window.actions().problems().isEmpty(),
                 qPrintable(window.actions().problems().join(QLatin1Char('\n'))));
        QString menus;
        for (const QAction* menu : window.menuBar()->actions()) {
            const QString text = menu->text();
            const QChar key = text[text.indexOf(QLatin1Char('&')) + 1].toLower();
            QVERIFY2(!menus.contains(key), qPrintable(text));
            menus += key;
        }
        for (const QString& topic : helpTopics())
            QVERIFY2(helpPage(topic) != englishPage(topic) && helpTitle(topic) != topic, qPrintable(topic));
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
