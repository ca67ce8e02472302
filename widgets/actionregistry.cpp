#include "actionregistry.h"

#include "symbolicon.h"

namespace arcscope
{
namespace
{

QChar accessKey(const QString& text)
{
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != QLatin1Char('&'))
            continue;
        if (text[i + 1] != QLatin1Char('&'))
            return text[i + 1].toLower();
        ++i;
    }
    return {};
}

} // namespace

QAction* ActionRegistry::add(const CommandSpec& spec, QMenu* menu, std::function<void()> run)
{
    auto* action = new QAction(spec.text, m_owner);
    action->setObjectName(spec.id);
    action->setToolTip(spec.tip);
    action->setStatusTip(spec.tip);
    action->setShortcuts(spec.keys);
    action->setCheckable(spec.checkable);
    if (!spec.icon.isEmpty())
        action->setIcon(symbolIcon(spec.icon));
    QObject::connect(action, &QAction::triggered, m_owner, [run = std::move(run)] { run(); });
    m_owner->addAction(action);
    menu->addAction(action);
    if (m_byId.contains(spec.id))
        m_duplicates << spec.id;
    m_byId.insert(spec.id, action);
    m_defaultKeys.insert(spec.id, spec.keys);
    m_actions.push_back(action);
    m_places.emplace_back(menu, action);
    return action;
}

QStringList ActionRegistry::problems() const
{
    QStringList found;
    for (const QString& id : m_duplicates)
        found << QStringLiteral("%1: the id is used twice").arg(id);
    QHash<QString, QString> keys;
    for (const QAction* action : m_actions) {
        const QString id = idOf(action);
        if (action->text().isEmpty() || action->toolTip().isEmpty())
            found << QStringLiteral("%1: no text or no tip").arg(id);
        for (const QKeySequence& key : action->shortcuts()) {
            const QString text = key.toString(QKeySequence::PortableText);
            if (keys.contains(text))
                found << QStringLiteral("%1: %2 is also the shortcut of %3").arg(id, text, keys.value(text));
            keys.insert(text, id);
        }
    }
    QHash<QMenu*, QHash<QChar, QString>> accessKeys;
    for (const auto& [menu, action] : m_places) {
        const QChar key = accessKey(action->text());
        if (key.isNull())
            continue;
        auto& used = accessKeys[menu];
        if (used.contains(key))
            found << QStringLiteral("%1: access key %2 is also that of %3").arg(idOf(action), key, used.value(key));
        used.insert(key, idOf(action));
    }
    return found;
}

} // namespace arcscope
