#include "helppages.h"

#include "language.h"

#include <QFile>
#include <QVariant>
#include <QWidget>

/// The pages lie in a static library: nothing else would pull them into the program.
static void loadPages()
{
    Q_INIT_RESOURCE(help);
}

namespace arcscope
{
namespace
{

constexpr auto topicProperty = "arcscopeHelpTopic";

QString read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

QStringList helpTopics()
{
    return {QStringLiteral("window"),   QStringLiteral("arcs"),      QStringLiteral("timeline"),
            QStringLiteral("tools"),    QStringLiteral("stream"),    QStringLiteral("tree"),
            QStringLiteral("stops"),    QStringLiteral("findings"),  QStringLiteral("replay"),
            QStringLiteral("outcomes"), QStringLiteral("lenses"),    QStringLiteral("filter"),
            QStringLiteral("traces"),   QStringLiteral("inspector"), QStringLiteral("ledger"),
            QStringLiteral("notes"),    QStringLiteral("settings")};
}

QString helpPage(const QString& topic)
{
    if (!helpTopics().contains(topic))
        return {};
    loadPages();
    const QString name = topic + QStringLiteral(".md");
    const QString translated = read(QStringLiteral(":/help/") + currentLanguage() + QLatin1Char('/') + name);
    return translated.isEmpty() ? read(QStringLiteral(":/help/en/") + name) : translated;
}

QString helpTitle(const QString& topic)
{
    const QString page = helpPage(topic);
    return page.startsWith(QStringLiteral("# ")) ? page.mid(2, page.indexOf(QLatin1Char('\n')) - 2) : topic;
}

void setHelpTopic(QWidget& part, const QString& topic)
{
    part.setProperty(topicProperty, topic);
}

QString helpTopicOf(const QWidget* part)
{
    for (; part; part = part->parentWidget()) {
        if (const QString topic = part->property(topicProperty).toString(); !topic.isEmpty())
            return topic;
    }
    return helpTopics().constFirst();
}

} // namespace arcscope
