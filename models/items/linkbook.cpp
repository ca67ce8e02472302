#include "linkbook.h"

#include "corpusdigest.h"
#include "displaytext.h"
#include "openingdigest.h"
#include "portableplaces.h"
#include "workspace.h"

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

/// What is open, as links tell it.
struct LinkBook::Known {
    std::string opened; ///< openingDigest()
    std::string read;   ///< corpusDigest()
    PlaceAnchor anchor;
};

struct LinkBook::Found {
    std::shared_ptr<const Known> here; ///< null: nothing is open, or `problem`
    Error problem;
    ViewState state; ///< where the link leads, or is made of, in places as they are there
    bool leadsHere = false;
    std::optional<QStringList> elsewhere;
};

namespace
{

template <typename Known>
Result<std::shared_ptr<const Known>> tell(const std::vector<std::string>& paths, const std::string& workspace,
                                          const Control& control)
{
    auto opened = openingDigest(paths, control);
    if (!opened)
        return opened.error();
    auto file = Workspace::open(workspace);
    if (!file)
        return file.error();
    auto read = corpusDigest(*file, control);
    if (!read)
        return read.error();
    auto anchor = anchorOf(paths);
    if (!anchor)
        return anchor.error();
    return std::make_shared<const Known>(Known{std::move(*opened), std::move(*read), std::move(*anchor)});
}

} // namespace

LinkBook::LinkBook(AppState& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
{
}

LinkBook::~LinkBook() = default;

std::shared_ptr<const LinkBook::Known> LinkBook::known() const
{
    const auto open = m_knownOf.lock();
    return open && open == m_state.openCorpus() ? m_known : nullptr;
}

void LinkBook::keep(const std::shared_ptr<OpenCorpus>& open, const Found& found)
{
    if (!open || !found.here)
        return;
    m_knownOf = open;
    m_known = found.here;
}

void LinkBook::make(const ViewState& state)
{
    if (!m_state.isOpen())
        return;
    const QString first = m_state.paths().isEmpty() ? QString() : m_state.paths().constFirst();
    const std::shared_ptr<OpenCorpus> open = m_state.openCorpus();
    m_making.start(
        [open, state, paths = standardPaths(m_state.paths()), workspace = m_state.workspacePath().toStdString(),
         known = known()](const std::stop_token& stop) -> FoundPtr {
            auto found = std::make_shared<Found>();
            found->state = state;
            auto here =
                known ? Result<std::shared_ptr<const Known>>(known) : tell<Known>(paths, workspace, {stop, nullptr});
            if (here) {
                found->here = *here;
                makePortable(found->state, found->here->anchor);
            } else {
                found->problem = here.error();
            }
            return found;
        },
        [this, open,
         name = QFileInfo(QFileInfo(first).absoluteFilePath()).fileName().toStdString()](const FoundPtr& found) {
            if (!found->here) {
                emit notMade(oneLine(found->problem.message));
                return;
            }
            keep(open, *found);
            const Known& here = *found->here;
            const std::string read = here.read == here.opened ? std::string() : here.read;
            emit made(QString::fromStdString(linkText({here.opened, read, name, found->state})));
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
    m_task.start(
        [open, link = *link, others = likelyFirst(recent, link->name), paths = standardPaths(m_state.paths()),
         workspace = m_state.workspacePath().toStdString(), known = known()](const std::stop_token& stop) -> FoundPtr {
            auto found = std::make_shared<Found>();
            found->state = link.state;
            if (open) {
                const auto here = known ? Result<std::shared_ptr<const Known>>(known)
                                        : tell<Known>(paths, workspace, {stop, nullptr});
                found->here = here ? *here : nullptr;
                found->leadsHere = here && link.isOf((*here)->opened, (*here)->read);
            }
            if (found->leadsHere) {
                makeLocal(found->state, found->here->anchor);
                return found;
            }
            for (const QStringList& each : others) {
                const std::vector<std::string> there = standardPaths(each);
                const auto digest = areThere(each) ? openingDigest(there, {stop, nullptr})
                                                   : Result<std::string>(Error{ErrorCode::NotFound, {}});
                if (!digest || !link.isOf(*digest, {}))
                    continue;
                found->elsewhere = each;
                if (const auto anchor = anchorOf(there))
                    makeLocal(found->state, *anchor);
                break;
            }
            return found;
        },
        [this, name = link->name, open](const FoundPtr& found) {
            keep(open, *found);
            if (found->leadsHere && open == m_state.openCorpus())
                emit leadsHere(found->state);
            else if (found->elsewhere)
                emit leadsTo(*found->elsewhere, found->state);
            else
                emit refused(name.empty()
                                 ? tr("Neither what is open nor anything that was opened before has the content that "
                                      "the link leads to. Open the file it was made of, and follow it again.")
                                 : tr("Neither what is open nor anything that was opened before has the content that "
                                      "the link leads to: it was made of a file called %1. Open that file, and follow "
                                      "the link again.")
                                       .arg(oneLine(name)));
        });
}

} // namespace arcscope
