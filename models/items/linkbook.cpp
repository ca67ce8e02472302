#include "linkbook.h"

#include "displaytext.h"
#include "openingdigest.h"

#include <QFileInfo>

#include <algorithm>

namespace arcscope
{
namespace
{

std::vector<std::string> standardPaths(const QStringList& paths)
{
    std::vector<std::string> all;
    for (const QString& path : paths)
        all.push_back(path.toStdString());
    return all;
}

bool areThere(const QStringList& paths)
{
    return !paths.isEmpty() &&
           std::all_of(paths.begin(), paths.end(), [](const QString& path) { return QFileInfo::exists(path); });
}

/// Those of the name that the link tells first: they are likely to be meant, and reading takes its time.
QList<QStringList> likelyFirst(QList<QStringList> recent, const std::string& name)
{
    const QString wanted = QString::fromStdString(name);
    std::stable_partition(recent.begin(), recent.end(), [&](const QStringList& paths) {
        return !wanted.isEmpty() && QFileInfo(paths.constFirst()).fileName() == wanted;
    });
    return recent;
}

} // namespace

LinkBook::LinkBook(AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
{
}

void LinkBook::make(const ViewState& state)
{
    if (!m_state.isOpen())
        return;
    const QString first = m_state.paths().isEmpty() ? QString() : m_state.paths().constFirst();
    const std::shared_ptr<OpenCorpus> open = m_state.openCorpus();
    const bool known = m_digestOf.lock() == open && !m_digest.empty();
    m_task.start(
        [paths = standardPaths(m_state.paths()),
         digest = known ? m_digest : std::string()](const std::stop_token& stop) -> std::shared_ptr<const Found> {
            auto found = std::make_shared<Found>();
            found->digest = digest.empty() ? openingDigest(paths, {stop, nullptr}) : Result<std::string>(digest);
            return found;
        },
        [this, state, open, name = QFileInfo(QFileInfo(first).absoluteFilePath()).fileName().toStdString()](
            const std::shared_ptr<const Found>& found) {
            if (!found->digest) {
                emit notMade(oneLine(found->digest.error().message));
                return;
            }
            m_digestOf = open;
            m_digest = *found->digest;
            emit made(QString::fromStdString(linkText({m_digest, name, state})));
        });
}

void LinkBook::follow(const QString& text, const QList<QStringList>& recent)
{
    const auto link = parseLink(text.trimmed().toStdString());
    if (!link) {
        emit refused(oneLine(link.error().message));
        return;
    }
    const std::shared_ptr<OpenCorpus> open = m_state.openCorpus();
    const bool known = open && m_digestOf.lock() == open && !m_digest.empty();
    if (known && m_digest == link->sha256) {
        emit leadsHere(link->state);
        return;
    }
    QList<QStringList> others = likelyFirst(recent, link->name);
    m_task.start(
        [wanted = link->sha256, others, paths = open ? standardPaths(m_state.paths()) : std::vector<std::string>(),
         digest = known ? m_digest : std::string()](const std::stop_token& stop) -> std::shared_ptr<const Found> {
            auto found = std::make_shared<Found>();
            if (!digest.empty())
                found->digest = digest;
            else if (!paths.empty())
                found->digest = openingDigest(paths, {stop, nullptr});
            if (found->digest && *found->digest == wanted)
                return found;
            for (const QStringList& each : others) {
                if (!areThere(each))
                    continue;
                const auto other = openingDigest(standardPaths(each), {stop, nullptr});
                if (other && *other == wanted) {
                    found->elsewhere = each;
                    break;
                }
            }
            return found;
        },
        [this, link = *link, open](const std::shared_ptr<const Found>& found) {
            if (open && found->digest) {
                m_digestOf = open;
                m_digest = *found->digest;
            }
            if (open && open == m_state.openCorpus() && found->digest && *found->digest == link.sha256)
                emit leadsHere(link.state);
            else if (found->elsewhere)
                emit leadsTo(*found->elsewhere, link.state);
            else
                emit refused(link.name.empty()
                                 ? tr("Neither what is open nor anything that was opened before has the content that "
                                      "the link leads to. Open the file it was made of, and follow it again.")
                                 : tr("Neither what is open nor anything that was opened before has the content that "
                                      "the link leads to: it was made of a file called %1. Open that file, and follow "
                                      "the link again.")
                                       .arg(oneLine(link.name)));
        });
}

} // namespace arcscope
