#include "awaitedchoice.h"

#include "arcbook.h"
#include "arcsview.h"
#include "displaytext.h"
#include "findingsview.h"
#include "lensview.h"

#include <QEvent>
#include <QTableView>

#include <utility>

namespace arcscope
{

AwaitedChoice::AwaitedChoice(AppState& state, FindingBook& findings, ArcBook& arcs, Views views, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_findings(findings)
    , m_arcs(arcs)
    , m_views(views)
{
    connect(&state, &AppState::filterChanged, this, &AwaitedChoice::attempt);
    connect(&findings, &FindingBook::stageChanged, this, &AwaitedChoice::attempt);
    connect(views.findings.model(), &FindingModel::arranged, this, &AwaitedChoice::attempt);
    connect(&arcs, &ArcBook::changed, this, &AwaitedChoice::attempt);
    connect(&views.arcs, &ArcsView::listed, this, &AwaitedChoice::attempt);
    for (QTableView* const list : {views.arcs.list(), views.findings.table()}) {
        list->installEventFilter(this);
        list->viewport()->installEventFilter(this);
    }
}

bool AwaitedChoice::eventFilter(QObject*, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::KeyPress)
        m_awaited = {}; // the user goes elsewhere
    return false;
}

std::string AwaitedChoice::chosenIn(const QWidget* view) const
{
    if (view == &m_views.arcs) {
        const bool some = m_views.arcs.arc().has_value();
        return text(m_awaited.of == ViewChoice::Of::Arc ? m_awaited
                    : some                              ? ViewChoice{ViewChoice::Of::Arc, m_views.arcs.arcKey()}
                                                        : ViewChoice());
    }
    if (view == &m_views.findings) {
        const std::string name = m_views.findings.chosenName();
        return text(m_awaited.of == ViewChoice::Of::Finding ? m_awaited
                    : name.empty()                          ? ViewChoice()
                                                            : ViewChoice{ViewChoice::Of::Finding, name});
    }
    const QString lens = view == &m_views.lenses ? m_views.lenses.chosenName() : QString();
    return lens.isEmpty() ? std::string() : text(ViewChoice{ViewChoice::Of::Lens, lens.toStdString()});
}

void AwaitedChoice::choose(const std::string& chosen)
{
    m_awaited = parseViewChoice(chosen).value_or(ViewChoice());
    m_opening = m_state.opening();
    if (m_awaited.of == ViewChoice::Of::Nothing)
        return;
    // What is announced to the views in this turn may choose by itself.
    QMetaObject::invokeMethod(
        this,
        [this, asked = m_awaited] {
            attempt();
            if (m_awaited == asked && asked.of != ViewChoice::Of::Nothing)
                emit awaited(asked.of == ViewChoice::Of::Arc
                                 ? tr("The task arc is chosen as soon as it is put together")
                                 : tr("The finding is chosen as soon as it is found"));
        },
        Qt::QueuedConnection);
}

void AwaitedChoice::attempt()
{
    if (m_awaited.of == ViewChoice::Of::Nothing || m_attempting)
        return;
    if (!m_state.isOpen() || m_opening != m_state.opening()) {
        m_awaited = {};
        return;
    }
    if (m_state.filtering()) // lists are arranged again in a moment
        return;
    m_attempting = true; // to choose may arrange a list
    switch (m_awaited.of) {
    case ViewChoice::Of::Nothing:
        break;
    case ViewChoice::Of::Arc:
        attemptArc();
        break;
    case ViewChoice::Of::Finding:
        attemptFinding();
        break;
    case ViewChoice::Of::Lens:
        if (m_views.lenses.choose(m_awaited.name))
            m_awaited = {};
        else
            miss(tr("This version has no lens called %1.").arg(oneLine(m_awaited.name)));
        break;
    }
    m_attempting = false;
}

void AwaitedChoice::attemptArc()
{
    const ListingPtr& listing = m_views.arcs.model()->listing();
    const auto arc = listing ? listing->of->find(m_awaited.name) : std::nullopt;
    const bool last = !m_arcs.isJoining() && (!m_arcs.arcs()->corpus || (listing && listing->of == m_arcs.arcs()));
    if (arc) {
        m_views.arcs.chooseArc(*arc);
        m_awaited = {};
    } else if (last && !searching()) {
        miss(tr("The task arc %1 is not here.").arg(oneLine(m_awaited.name)));
    }
}

void AwaitedChoice::attemptFinding()
{
    switch (m_views.findings.chooseFinding(m_awaited.name)) {
    case FindingsView::Choosing::Chosen:
        m_awaited = {};
        break;
    case FindingsView::Choosing::FilteredAway:
        miss(tr("The finding %1 is here, but the filter leaves it out.").arg(oneLine(m_awaited.name)));
        break;
    case FindingsView::Choosing::NotThere:
        if (!searching())
            miss(tr("The finding %1 is not here.").arg(oneLine(m_awaited.name)));
        break;
    }
}

bool AwaitedChoice::searching() const
{
    return m_findings.stage() == SearchStage::Searching || m_findings.stage() == SearchStage::Reading;
}

void AwaitedChoice::miss(const QString& sentence)
{
    m_awaited = {};
    emit missing(sentence);
}

} // namespace arcscope
