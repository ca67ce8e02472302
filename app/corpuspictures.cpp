// Pictures of the views that are of the whole corpus: task arcs, what became of them, lenses.
#include "actionregistry.h"
#include "arcbook.h"
#include "arcdecisions.h"
#include "arcpane.h"
#include "arcreading.h"
#include "arcsearch.h"
#include "arcsview.h"
#include "dashboardview.h"
#include "lens.h"
#include "lenspane.h"
#include "lensrun.h"
#include "notecommands.h"
#include "picture.h"
#include "session.h"
#include "storedsettings.h"
#include "viewchoice.h"

#include <QApplication>

#include <algorithm>

namespace arcscope
{
namespace
{

/// All that a view of task arcs needs around it.
class ArcsPicture : public QWidget
{
public:
    ArcsPicture()
        : m_view(m_state, m_findings, m_arcs, m_commands, this)
    {
    }

    ArcsView& view() { return m_view; }

protected:
    void resizeEvent(QResizeEvent*) override { m_view.setGeometry(rect()); }

private:
    AppState m_state; ///< nothing is open in it
    FindingBook m_findings{m_state};
    ArcBook m_arcs{m_state, m_findings};
    ActionRegistry m_actions{this};
    NoteCommands m_commands{m_state, m_actions, nullptr};
    ArcsView m_view;
};

/// What a page of outcomes needs around it.
class OutcomesPicture : public QWidget
{
public:
    OutcomesPicture()
        : m_view(m_state, m_arcs, this)
    {
    }

    DashboardView& view() { return m_view; }

protected:
    void resizeEvent(QResizeEvent*) override { m_view.setGeometry(rect()); }

private:
    AppState m_state; ///< nothing is open in it
    FindingBook m_findings{m_state};
    ArcBook m_arcs{m_state, m_findings};
    DashboardView m_view;
};

Result<ArcsPtr> arcsOf(Session& session)
{
    auto corpus = std::make_shared<Corpus>(session.corpus);
    if (auto loaded = session.workspace.loadColumns(*corpus, arcSearchColumns(), {}); !loaded)
        return loaded.error();
    const auto settings = storedSettings(settingsFile());
    if (!settings)
        return settings.error();
    const auto decisions = arcDecisions(session.workspace);
    std::vector<VersionUse> versions;
    auto arcs =
        searchArcs(session.workspace, *corpus, decisions ? *decisions : ArcDecisions(), *settings, {}, {&versions, {}});
    if (!arcs)
        return arcs.error();
    auto found = std::make_shared<FoundArcs>();
    found->corpus = corpus;
    found->arcs = std::move(*arcs);
    found->marks = foundMarks(*corpus, std::move(versions));
    if (found->count() == 0)
        return Error{ErrorCode::NotFound, "there are no task arcs"};
    return ArcsPtr(std::move(found));
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

void showUnseen(QWidget& view, const RenderRequest& request)
{
    view.setAttribute(Qt::WA_DontShowOnScreen);
    view.resize(request.width, std::min(request.maxHeight, defaultHeight));
    view.show();
    for (int round = 0; round < 4; ++round) // texts take the height that their width asks for, and so on
        QApplication::processEvents();
}

Result<Picture> drawArcs(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t> trace,
                         const Theme&)
{
    const auto found = arcsOf(session);
    if (!found)
        return found.error();
    auto picture = std::make_unique<ArcsPicture>();
    ArcListingInput input;
    input.of = *found;
    input.now = (*found)->corpus;
    ArcsView& view = picture->view();
    view.showListing(arcListing(std::move(input)));
    auto arc = trace ? (*found)->ofTrace(*trace) : std::nullopt;
    if (const auto chosen = parseViewChoice(request.chosen); chosen && chosen->of == ViewChoice::Of::Arc) {
        arc = (*found)->find(chosen->name);
        if (!arc)
            return Error{ErrorCode::NotFound, "the task arc " + chosen->name + " is not there"};
    }
    if (arc)
        view.chooseArc(*arc);
    if (const auto shown = view.arc())
        view.pane()->showReading(readArc(session.workspace.path(), **found, *shown, {}));
    showUnseen(*picture, request);
    return Picture{std::move(picture), QObject::tr("Task arcs")};
}

Result<Picture> drawOutcomes(Session& session, const RenderRequest& request, Row, std::optional<std::uint32_t>,
                             const Theme&)
{
    const auto found = arcsOf(session);
    if (!found)
        return found.error();
    auto picture = std::make_unique<OutcomesPicture>();
    showUnseen(*picture, request); // which asks what is open: nothing
    picture->view().setDashboard(arcDashboard(*found, {}));
    QApplication::processEvents();
    picture->resize(request.width, std::min(request.maxHeight, picture->view().wantedHeight()));
    QApplication::processEvents();
    return Picture{std::move(picture), QObject::tr("Outcomes of all task arcs")};
}

Result<Picture> drawLens(Session& session, const RenderRequest& request, const Lens& lens)
{
    const auto settings = storedSettings(settingsFile());
    if (!settings)
        return settings.error();
    Corpus corpus = session.corpus;
    LensRun run{.lens = lens};
    run.settings = *settings;
    auto result = runLens(session.workspace, corpus, run, {});
    if (!result)
        return result.error();
    auto pane = std::make_unique<LensPane>();
    pane->show(textOf(lens.title), textOf(lens.caveat), std::make_shared<const LensResult>(std::move(*result)));
    pane->setForPicture(true);
    showUnseen(*pane, request);
    return Picture{std::move(pane), textOf(lens.about)};
}

} // namespace arcscope
