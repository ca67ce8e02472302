#include "arcsview.h"

#include "arcbars.h"
#include "arcbook.h"
#include "arccanvas.h"
#include "arclistdelegate.h"
#include "arcpane.h"
#include "arcreviewbar.h"
#include "arcwords.h"
#include "brieflabel.h"
#include "displaytext.h"
#include "emptystate.h"
#include "findingbook.h"
#include "notebook.h"
#include "notecommands.h"
#include "searchstate.h"
#include "stayinsight.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace arcscope
{

ArcsView::ArcsView(AppState& state, FindingBook& findings, ArcBook& arcs, NoteCommands& commands, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_findings(findings)
    , m_arcs(arcs)
    , m_commands(commands)
    , m_model(new ArcListModel(this))
    , m_delegate(new ArcListDelegate(this))
    , m_bars(new ArcBars)
    , m_list(new QTableView)
    , m_pane(new ArcPane(state))
    , m_review(new ArcReviewBar)
    , m_groupings(new QComboBox)
    , m_measures(new QComboBox)
    , m_scales(new QComboBox)
    , m_only(new QToolButton)
    , m_startReview(new QToolButton)
    , m_summary(new BriefLabel)
    , m_progress(new BriefLabel)
    , m_cancel(new QToolButton)
    , m_clear(new QToolButton)
    , m_split(new QSplitter(Qt::Vertical))
    , m_filterWait(state)
    , m_empty(new EmptyState)
    , m_controls(makeControls())
    , m_status(makeStatus())
    , m_page(new QScrollArea)
    , m_pages(new QStackedWidget)
{
    makeList();
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_list);
    m_split->addWidget(m_pane);
    auto* const parts = new QWidget;
    auto* const page = new QVBoxLayout(parts);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_bars);
    page->addWidget(m_review);
    page->addWidget(m_split, 1);
    m_review->hide();
    m_page->setWidget(parts); // scrolls where text is too large for the height
    m_page->setWidgetResizable(true);
    m_page->setFrameShape(QFrame::NoFrame);
    m_page->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_page->setFocusPolicy(Qt::NoFocus);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_page);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_controls);
    column->addWidget(m_status);
    column->addWidget(m_pages, 1);
    makeKeys();
    connectParts();
    arrange();
}

void ArcsView::connectParts()
{
    connect(m_model, &ArcListModel::sortRequested, this, [this](ArcListColumn sorted, bool descending) {
        m_order.column = sorted;
        m_order.descending = descending;
        arrange();
    });
    connect(m_bars, &ArcBars::chosen, this, &ArcsView::toggleOutcome);
    connect(m_bars, &ArcBars::hovered, this, &ArcsView::hovered);
    connect(m_pane, &ArcPane::hovered, this, &ArcsView::hovered);
    connect(m_pane, &ArcPane::left, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_pane, &ArcPane::otherRequested, this, &ArcsView::chooseArc);
    connect(m_pane, &ArcPane::stitchDecided, this, &ArcsView::decide);
    connect(m_pane, &ArcPane::goRequested, this, [this](Row row) {
        const Row now = m_arcs.rowNow(row);
        if (now != noRow)
            emit goRequested(now);
        else
            emit said(tr("This span is not there any more"));
    });
    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_filterWait.isLong()) {
            m_state.setFilter({});
        } else if (m_findings.stage() == SearchStage::Searching) {
            m_findings.cancel();
        } else if (filteredAway()) {
            m_state.setFilter({});
            m_choice = {};
            showChips();
            arrange();
        } else {
            m_findings.searchAgain();
        }
    });
    connect(m_review, &ArcReviewBar::verdictGiven, this, &ArcsView::giveVerdict);
    connect(m_review, &ArcReviewBar::stepped, this, &ArcsView::stepReview);
    connect(m_review, &ArcReviewBar::closed, this, [this] { setReviewing(false); });
    connect(m_review, &ArcReviewBar::exportRequested, this, &ArcsView::exportReview);
    connect(m_review, &ArcReviewBar::left, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_review, &ArcReviewBar::planChanged, this, [this] {
        if (m_reviewing)
            takeSample();
    });
    connect(m_review, &ArcReviewBar::noteChanged, this, [this](const QString& text) {
        if (!m_arc)
            return;
        ArcReview review = reviewOf(m_state.notes().arcDecisions(), m_key);
        review.note = text.toStdString();
        m_commands.review(review, arcName(m_model->of(), *m_arc));
    });
    connect(&m_arcs, &ArcBook::changed, this, &ArcsView::arrange);
    connect(&m_state, &AppState::filterChanged, this, &ArcsView::arrange);
    connect(&m_state, &AppState::loadingChanged, this, &ArcsView::arrange);
    connect(&m_state, &AppState::traceChanged, this, &ArcsView::followTrace);
    connect(&m_state.notes(), &NoteBook::arcsChanged, this, &ArcsView::showReview);
    connect(&m_findings, &FindingBook::foundChanged, this, &ArcsView::arrange);
    connect(&m_filterWait, &FilterWait::changed, this, &ArcsView::showState);
    connect(&m_findings, &FindingBook::stageChanged, this, &ArcsView::showState);
    connect(&m_findings, &FindingBook::progressed, this, &ArcsView::showProgress);
}

void ArcsView::arrange()
{
    if (!m_arcs.arcs()->corpus) {
        m_task.cancel();
        take(nullptr);
        return;
    }
    if (m_state.filtering()) // the rows come in a moment
        return;
    ArcListingInput input;
    input.of = m_arcs.arcs();
    input.order = m_order;
    input.choice = m_choice;
    input.now = m_state.corpus();
    input.same = !input.of->in || input.of->in == m_state.openCorpus();
    input.matches = m_state.matches();
    const FoundPtr found = m_findings.found();
    m_task.start(
        [input = std::move(input), found](std::stop_token) mutable {
            if (found->corpus && found->corpus->traces.rows() == input.of->corpus->traces.rows()) {
                input.findings.assign(found->corpus->traces.rows(), 0);
                for (const Finding& finding : found->findings) {
                    if (finding.level != FindingLevel::Signal)
                        ++input.findings[static_cast<std::size_t>(
                            found->corpus->spans.at(SpanColumn::Trace, finding.places.front().row))];
                }
            }
            return arcListing(std::move(input));
        },
        [this](const ListingPtr& listing) { take(listing); });
}

void ArcsView::showListing(const ListingPtr& listing)
{
    m_task.cancel();
    take(listing);
}

/// The arc that was looked at stays so, as far as it is still there; the list stays where it was scrolled to.
void ArcsView::take(const ListingPtr& listing)
{
    m_taking = true;
    const int scrolled = m_list->verticalScrollBar()->value();
    const ListingPtr before = m_model->listing();
    m_model->setListing(listing);
    m_bars->setListing(listing);
    if (listing && m_choice.among) { // in numbers of the arcs of now
        m_choice.among = listing->choice.among;
        m_choice.amongOf = listing->choice.amongOf;
    }
    std::optional<std::uint32_t> arc;
    if (listing && listing->of->corpus && before && m_arc) {
        arc = listing->of == before->of ? m_arc : listing->of->find(m_key);
        // It may have become part of another.
        if (!arc && listing->of->in == before->of->in && before->of->at(ArcColumn::Segments, *m_arc) > 0)
            arc = listing->of->ofTrace(static_cast<std::uint32_t>(before->of->arcs.segments.at(
                ArcSegmentColumn::Trace, static_cast<std::uint32_t>(before->of->at(ArcColumn::FirstSegment, *m_arc)))));
    }
    if (!arc && listing && !listing->shown.empty()) {
        const auto trace = m_state.trace();
        arc = trace ? listing->of->ofTrace(*trace) : std::nullopt;
        if (!arc || m_model->lineOf(*arc) < 0)
            arc = listing->shown.front();
    }
    m_arc = arc;
    m_key = arc ? arcscope::arcKey(listing->of->arcs, *arc) : std::string();
    if (const int line = arc ? m_model->lineOf(*arc) : -1; line >= 0) {
        const QModelIndex at = m_model->index(line, static_cast<int>(ArcListColumn::Goal));
        m_list->verticalScrollBar()->setValue(scrolled);
        goToLine(*m_list, at);
    }
    m_taking = false;
    shareRoom();
    listGroupings();
    m_summary->setText(summaryText());
    if (m_reviewing && m_sample.empty())
        takeSample();
    showArc();
    showState();
    showReview();
    emit listed();
}

void ArcsView::showArc()
{
    if (!m_arc || !m_model->listing()) {
        m_pane->showArc(nullptr, 0);
        return;
    }
    const ArcsPtr& of = m_model->listing()->of;
    if (m_pane->model()->of() != of || m_pane->model()->arc() != *m_arc)
        m_pane->showArc(of, *m_arc);
}

void ArcsView::chooseArc(std::uint32_t arc)
{
    if (!m_model->listing() || arc >= m_model->of().count())
        return;
    m_arc = arc;
    m_key = arcscope::arcKey(m_model->of().arcs, arc);
    m_taking = true;
    if (const int line = m_model->lineOf(arc); line >= 0) {
        const QModelIndex at = m_model->index(line, static_cast<int>(ArcListColumn::Goal));
        goToLine(*m_list, at);
    } else {
        m_list->clearSelection(); // the filter leaves it out; it is looked at nonetheless
    }
    m_taking = false;
    showArc();
    showReview();
}

void ArcsView::followTrace()
{
    const auto trace = m_state.trace();
    if (!trace || !m_model->listing() || !m_model->listing()->of->corpus)
        return;
    const auto arc = m_model->of().ofTrace(*trace);
    if (arc && arc != m_arc && m_model->lineOf(*arc) >= 0 && !m_reviewing)
        chooseArc(*arc);
}

void ArcsView::toggleOutcome(ArcOutcome outcome)
{
    m_choice.outcome = m_choice.outcome == outcome ? std::nullopt : std::optional(outcome);
    arrange();
}

void ArcsView::showOnly(const ArcsPtr& of, std::vector<std::uint32_t> arcs)
{
    m_choice = {};
    m_choice.among = std::make_shared<const std::vector<std::uint32_t>>(std::move(arcs));
    m_choice.amongOf = of;
    showChips();
    arrange();
}

void ArcsView::decide(const ArcStitch& stitch, bool accepted)
{
    const FoundArcs& of = m_model->of();
    m_commands.decideStitch(arcscope::arcKey(of.arcs, stitch.earlier), arcscope::arcKey(of.arcs, stitch.later),
                            accepted);
    emit said(accepted ? tr("The two are one arc now; undo takes it back")
                       : tr("The stitch is not proposed any more; undo takes it back"));
}

bool ArcsView::filteredAway() const
{
    return m_model->listing() && m_model->listing()->of->count() > 0 && m_model->listing()->shown.empty();
}

QString ArcsView::summaryText() const
{
    const ListingPtr& listing = m_model->listing();
    if (!listing || listing->of->count() == 0)
        return {};
    const auto all = static_cast<qint64>(arcsIn(listing->all));
    const auto shown = static_cast<qint64>(listing->shown.size());
    QStringList parts;
    parts << (shown == all ? counted(all, tr("%1 arc"), tr("%1 arcs"))
                           : tr("%1 of %2").arg(countText(shown), counted(all, tr("%1 arc"), tr("%1 arcs"))));
    if (shown != all)
        parts << tr("shares are of what is shown / of all");
    if (const auto stitches = static_cast<qint64>(listing->of->arcs.stitches.size()); stitches > 0)
        parts << counted(stitches, tr("%1 stitch proposed"), tr("%1 stitches proposed"));
    if (m_state.openCorpus() && m_state.openCorpus()->refused > 0)
        parts << counted(static_cast<qint64>(m_state.openCorpus()->refused), tr("%1 record was not read"),
                         tr("%1 records were not read"));
    return parts.join(QStringLiteral("  \u00b7  "));
}

void ArcsView::showProgress()
{
    const bool searching = m_findings.stage() == SearchStage::Searching;
    const QString text = tr("%1 of %2 spans looked through")
                             .arg(countText(static_cast<qint64>(m_findings.spansDone())),
                                  countText(static_cast<qint64>(m_findings.spansInAll())));
    m_progress->setText(searching ? text : failureText(m_findings));
    if (searching && m_pages->currentWidget() == m_empty && !m_filterWait.isLong())
        m_empty->say(tr("Looking for task arcs"), text, tr("&Cancel"));
}

void ArcsView::showState()
{
    const SearchStage stage = m_findings.stage();
    const bool some = m_model->listing() && m_model->listing()->of->count() > 0;
    const bool any = some && !m_model->listing()->shown.empty();
    const bool filtering = some && m_filterWait.isLong();
    m_pages->setCurrentWidget(some && !filtering ? m_page : static_cast<QWidget*>(m_empty));
    m_split->setVisible(any);
    const bool searching = stage == SearchStage::Searching;
    const bool failed = stage == SearchStage::Failed;
    m_progress->setVisible(some && (searching || failed));
    m_cancel->setVisible(some && (searching || failed || stage == SearchStage::Stopped));
    m_cancel->setText(searching ? tr("&Cancel") : tr("&Search on"));
    m_clear->setVisible(some && (m_choice.any() || m_model->listing()->filtered));
    m_startReview->setEnabled(any || m_reviewing);
    for (QWidget* const control : {static_cast<QWidget*>(m_groupings), static_cast<QWidget*>(m_measures),
                                   static_cast<QWidget*>(m_scales), static_cast<QWidget*>(m_only)})
        control->setEnabled(some);
    if (filtering) {
        sayFiltering(*m_empty);
    } else if (some && !any) {
        m_summary->setText(tr("No arc matches what is chosen; %1 left out")
                               .arg(counted(static_cast<qint64>(arcsIn(m_model->listing()->all)), tr("%1 arc is"),
                                            tr("%1 arcs are"))));
    } else if (!some) {
        switch (stage) {
        case SearchStage::Nothing:
            m_empty->say(tr("No trace is open"), tr("Open a file, or drop one here."));
            break;
        case SearchStage::Reading:
            m_empty->say(tr("Reading"), tr("Task arcs are put together when everything is read."));
            break;
        case SearchStage::Stopped:
            m_empty->say(tr("No task arcs yet"), tr("The search was cancelled."), tr("&Search"));
            break;
        case SearchStage::Failed:
            m_empty->say(tr("The search failed"), oneLine(m_findings.problem().toStdString(), 400),
                         tr("&Search again"));
            break;
        case SearchStage::Done:
            m_empty->say(m_arcs.problem().isEmpty() ? tr("No task arcs") : tr("Arcs could not be put together"),
                         m_arcs.problem().isEmpty()
                             ? tr("Nothing that is open has requests of a user with answers to them.")
                             : oneLine(m_arcs.problem().toStdString(), 400));
            break;
        case SearchStage::Searching:
            break;
        }
    }
    showProgress();
    giveKeyboardTo(!some || filtering ? m_empty->keyboardPart() : any ? m_list : static_cast<QWidget*>(m_clear), *this);
}

} // namespace arcscope
