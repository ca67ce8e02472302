#include "arcbook.h"

#include "arcjoin.h"
#include "notebook.h"
#include "placemap.h"
#include "pricebook.h"
#include "storedsettings.h"

#include <utility>

namespace arcscope
{

ArcBook::ArcBook(AppState& state, FindingBook& findings, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_findings(findings)
    , m_arcs(std::make_shared<FoundArcs>())
{
    connect(&findings, &FindingBook::piecesChanged, this, &ArcBook::look);
    connect(&state.notes(), &NoteBook::arcsChanged, this, [this] {
        m_task.cancel(); // with what was decided before
        join();
    });
    connect(&state.prices(), &PriceBook::changed, this, [this] {
        m_task.cancel();
        join();
    });
    look();
}

void ArcBook::look()
{
    if (!m_findings.pieces()->corpus) {
        m_task.cancel();
        m_again = false;
        setArcs(std::make_shared<FoundArcs>());
        return;
    }
    join();
}

void ArcBook::join()
{
    const PiecesPtr pieces = m_findings.pieces();
    if (!pieces->corpus)
        return;
    if (m_task.running()) { // what is joined is shown before what came since
        m_again = true;
        return;
    }
    m_again = false;
    m_task.start(
        [pieces, decisions = m_state.notes().arcDecisions(), table = m_state.prices().table()](std::stop_token stop) {
            auto settings = storedSettings(settingsFile());
            if (!settings)
                return std::make_shared<Result<ArcsPtr>>(settings.error());
            std::vector<ArcPiece> all = pieces->all();
            std::vector<VersionUse> versions;
            for (const ArcPiece& piece : all)
                versions.insert(versions.end(), piece.versions.begin(), piece.versions.end());
            auto corpus = std::make_shared<Corpus>(*pieces->corpus); // shares its columns
            const ArcPrices prices = arcPrices(*corpus, table.get());
            auto joined = joinArcs(*corpus, std::move(all), decisions, *settings, Control{stop, nullptr}, prices);
            if (!joined)
                return std::make_shared<Result<ArcsPtr>>(joined.error());
            auto found = std::make_shared<FoundArcs>();
            found->corpus = table ? std::move(corpus) : pieces->corpus;
            found->in = pieces->in;
            found->arcs = std::move(*joined);
            found->marks = foundMarks(*pieces->corpus, std::move(versions));
            return std::make_shared<Result<ArcsPtr>>(ArcsPtr(std::move(found)));
        },
        [this](const std::shared_ptr<Result<ArcsPtr>>& joined) {
            if (*joined) {
                m_problem.clear();
                setArcs(**joined);
            } else {
                m_problem = QString::fromStdString(joined->error().message);
                emit changed();
            }
            if (std::exchange(m_again, false))
                join();
        });
}

void ArcBook::setArcs(ArcsPtr arcs)
{
    if (m_arcs == arcs || (!m_arcs->corpus && !arcs->corpus))
        return;
    m_arcs = std::move(arcs);
    emit changed();
}

Row ArcBook::rowNow(Row row) const
{
    const Corpus& now = *m_state.corpus();
    if (row == noRow || !m_arcs->corpus || !m_state.isOpen())
        return row;
    if (!m_arcs->in || m_arcs->in == m_state.openCorpus())
        return row < now.spans.rows() ? row : noRow;
    const Row rows[] = {row};
    return PlaceMap(*m_arcs->corpus, now, rows, {}).row(row);
}

} // namespace arcscope
