#include "timelineview.h"

#include "aggregates.h"
#include "criticalpath.h"
#include "displaytext.h"
#include "emptystate.h"

#include <QFileInfo>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <numeric>

namespace arcscope
{
namespace
{

/// Marks are ticks on a strip: beyond this many they only cover each other.
constexpr std::size_t maxMarks = 20'000;

QString totalsText(const Corpus& corpus, const std::vector<Row>& rows, const TimeRange& range)
{
    const Aggregates totals = aggregate(corpus, rows, range);
    QStringList parts;
    for (int i = 0; i < spanKindCount; ++i) {
        const KindAggregate& kind = totals.kinds[static_cast<std::size_t>(i)];
        if (kind.spans > 0)
            parts << QStringLiteral("%1 %2 (%3)")
                         .arg(kindText(static_cast<SpanKind>(i)), countText(static_cast<std::int64_t>(kind.spans)),
                              QString::fromStdString(durationText(kind.selfTime)));
    }
    QString text = QObject::tr("%1 selected").arg(QString::fromStdString(durationText(range.length())));
    if (!parts.isEmpty())
        text += QStringLiteral(":  ") + parts.join(QStringLiteral("  ·  "));
    if (totals.all.errors > 0)
        text += counted(static_cast<std::int64_t>(totals.all.errors), QObject::tr("  ·  %1 with an error"),
                        QObject::tr("  ·  %1 with errors"));
    if (totals.all.tokens != noTokens)
        text += counted(totals.all.tokens, QObject::tr("  ·  %1 token"), QObject::tr("  ·  %1 tokens"));
    return text;
}

constexpr std::size_t reasonsTold = 4;

/// What was tried to be read, why it gave no spans, as far as reading told, and what to do next.
QString reasonOf(const OpenCorpus& open)
{
    std::vector<QString> reasons;
    for (const PathProblem& problem : open.problems)
        reasons.push_back(TimelineView::tr("%1: %2").arg(oneLine(problem.path, 80), oneLine(problem.reason, 200)));
    for (const ImportIssue& issue : open.issues)
        reasons.push_back(TimelineView::tr("%1: %2").arg(
            oneLine(QFileInfo(QString::fromStdString(issue.file)).fileName().toStdString(), 80),
            oneLine(issue.message, 200)));
    if (reasons.empty())
        return QObject::tr("It was read to its end, and nothing in it describes a span.");
    QStringList lines;
    for (std::size_t i = 0; i < std::min(reasons.size(), reasonsTold); ++i)
        lines << reasons[i];
    if (reasons.size() > reasonsTold)
        lines << TimelineView::tr("… and %1 more in the ledger")
                     .arg(countText(static_cast<qint64>(reasons.size() - reasonsTold)));
    lines << QString()
          << TimelineView::tr(
                 "Open what a tool has exported, or say what the fields of a JSON or CSV file mean: File, Map a file.");
    return lines.join(QLatin1Char('\n'));
}

} // namespace

TimelineView::TimelineView(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_canvas(new TimelineCanvas(this))
    , m_empty(new EmptyState(this))
    , m_pages(new QStackedWidget(this))
    , m_totals(new QLabel(this))
{
    m_totals->setTextFormat(Qt::PlainText);
    m_totals->setWordWrap(true);
    m_totals->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_totals->setContentsMargins(6, 3, 6, 3);
    m_totals->setToolTip(tr("Spans that touch the selected range, and their self time inside it"));
    m_totals->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_pages->addWidget(m_canvas);
    m_pages->addWidget(m_empty);
    column->addWidget(m_pages, 1);
    column->addWidget(m_totals);
    setFocusProxy(m_canvas);

    connect(&state, &AppState::corpusChanged, this, &TimelineView::rebuild);
    connect(&state, &AppState::traceChanged, this, &TimelineView::rebuild);
    connect(&state, &AppState::loadingChanged, this, &TimelineView::showEmptyText);
    connect(&state, &AppState::filterChanged, this, &TimelineView::showMarks);
    connect(&state, &AppState::spanChanged, this, &TimelineView::showSpan);
    connect(&state, &AppState::visibleRangeChanged, this, &TimelineView::showVisibleRange);
    connect(&state, &AppState::rangeChanged, this, [this] {
        m_canvas->setRange(m_state.range());
        showTotals();
    });
    connect(m_canvas, &TimelineCanvas::selectionChanged, &state, &AppState::setSpan);
    connect(m_canvas, &TimelineCanvas::rangeSelected, &state, &AppState::setRange);
    connect(m_canvas, &TimelineCanvas::visibleRangeChanged, this, [this](const TimeRange& range) {
        if (!m_following && isShown())
            m_state.setVisibleRange(range);
    });
    connect(m_canvas, &TimelineCanvas::hovered, this, &TimelineView::hovered);
    connect(m_empty, &EmptyState::actionRequested, this, &TimelineView::ledgerRequested);
    connect(m_empty, &EmptyState::secondRequested, this, &TimelineView::openRequested);
    showEmptyText();
}

void TimelineView::showEmptyText()
{
    const bool nothing = m_state.isOpen() && !m_state.loading() && m_state.corpus()->spans.rows() == 0;
    m_pages->setCurrentWidget(nothing ? static_cast<QWidget*>(m_empty) : m_canvas);
    if (nothing) {
        const QStringList& paths = m_state.paths();
        const bool ledger = m_state.openCorpus()->issueRows > 0;
        m_empty->say(paths.size() == 1
                         ? tr("No spans in %1").arg(oneLine(QFileInfo(paths.constFirst()).fileName().toStdString(), 80))
                         : tr("No spans in what was opened"),
                     reasonOf(*m_state.openCorpus()), ledger ? tr("Show &ledger") : QString(), tr("Open &other…"));
    }
    giveKeyboardTo(nothing ? m_empty->keyboardPart() : m_canvas, *this);
    if (nothing)
        return;
    if (m_state.loading() || m_task.running())
        m_canvas->setEmptyText(tr("Reading…"), tr("The first spans appear as soon as they are read."));
    else if (m_state.isOpen())
        m_canvas->setEmptyText(tr("Nothing to draw"), tr("There are no spans here."));
    else
        m_canvas->setEmptyText(tr("No trace is open"), tr("Open a file, or drop one here."));
}

/// The canvas shows times of what the state says, so that its view is worth remembering.
bool TimelineView::isShown() const
{
    const auto shown = m_canvas->data();
    return m_state.isOpen() && !m_task.running() && shown && !shown->empty() && !shown->ordinal;
}

void TimelineView::showSpan()
{
    if (m_state.growing())
        return; // the new data come with it
    const TimeRange wanted = m_state.visibleRange();
    const bool restoring = isShown() && wanted != m_canvas->visibleRange();
    m_following = true;
    m_canvas->setSelection(m_state.span());
    m_following = false;
    if (restoring)
        showVisibleRange();
    else if (isShown())
        m_state.adjustVisibleRange(m_canvas->visibleRange());
}

void TimelineView::showVisibleRange()
{
    const TimeRange wanted = m_state.visibleRange();
    if (!isShown() || wanted == m_canvas->visibleRange())
        return;
    m_canvas->setVisibleRange(wanted.recorded() ? wanted : m_canvas->data()->bounds);
    m_state.adjustVisibleRange(m_canvas->visibleRange());
}

void TimelineView::rebuild()
{
    const CorpusPtr corpus = m_state.corpus();
    if (corpus->spans.rows() == 0) {
        m_task.cancel();
        m_builtFor = {};
        m_canvas->setData(nullptr);
        return;
    }
    // A workspace is shown before all its columns are there; what comes later changes no place.
    const Built wanted{m_state.opening(),    m_state.revision(), corpus->spans.rows(),
                       corpus->order.rows(), m_state.trace(),    m_ordinal};
    Built same = wanted;
    same.revision = m_builtFor.revision;
    const bool grown = m_state.growing();
    if (same == m_builtFor && corpus->order.rows() > 0 && !grown)
        return;
    if (wanted.opening != m_builtFor.opening)
        m_canvas->setData(nullptr); // rows of another corpus cannot be selected any more
    m_builtFor = wanted;
    m_grown = grown || (m_grown && m_task.running()); // what was under way is dropped
    m_task.start(
        [corpus, trace = m_state.trace(), ordinal = m_ordinal](const std::stop_token& stop) -> DataPtr {
            TimelineOptions options;
            options.ordinal = ordinal;
            const Control control{stop, nullptr};
            auto made =
                trace ? traceTimeline(*corpus, *trace, options, control) : corpusTimeline(*corpus, options, control);
            return made ? *made : nullptr;
        },
        [this](const DataPtr& made) {
            if (!made)
                return;
            showData(made, std::exchange(m_grown, false));
            showMarks();
            m_canvas->setFindings(m_findings, m_findingTexts);
            m_canvas->setChosenFinding(m_chosenFinding);
            showCriticalPath();
            showTotals();
            showEmptyText();
        });
}

/// `grown`: of what is shown already. Who looks at the end goes on looking at the end, others stay where they are.
void TimelineView::showData(const DataPtr& made, bool grown)
{
    const DataPtr before = m_canvas->data();
    const TimeRange seen = m_canvas->visibleRange();
    grown = grown && before && !before->empty() && before->trace == made->trace && before->ordinal == made->ordinal;
    const bool atEnd = grown && seen.end >= before->bounds.end;
    const bool whole = atEnd && seen.start <= before->bounds.start;
    m_canvas->setData(made);
    m_canvas->setTickMode(made->ordinal ? TickMode::Ordinal : made->trace ? TickMode::SinceOrigin : TickMode::Absolute);
    m_following = true;
    if (grown)
        m_canvas->keepSelection(m_state.span());
    else
        m_canvas->setSelection(m_state.span());
    if (atEnd && !whole && !made->empty())
        m_canvas->setVisibleRange({made->bounds.end - seen.length(), made->bounds.end});
    m_following = false;
    if (!atEnd && m_state.visibleRange().recorded())
        showVisibleRange();
    else if (isShown())
        m_state.adjustVisibleRange(m_canvas->visibleRange());
    if (atEnd)
        m_state.markSeen();
}

void TimelineView::showEnd()
{
    const DataPtr shown = m_canvas->data();
    if (!isShown())
        return;
    const Nanos length = m_canvas->visibleRange().length();
    m_canvas->setVisibleRange({shown->bounds.end - length, shown->bounds.end});
    m_state.setVisibleRange(m_canvas->visibleRange());
    m_state.markSeen();
}

void TimelineView::showMarks()
{
    std::vector<TimelineMark> marks;
    if (const RowsPtr& matches = m_state.matches()) {
        const std::size_t step = std::max<std::size_t>(1, matches->size() / maxMarks);
        for (std::size_t i = 0; i < matches->size(); i += step)
            marks.push_back({(*matches)[i], MarkKind::SearchHit});
    }
    m_canvas->setMarks(std::move(marks));
}

void TimelineView::setFindings(std::vector<TimelineFinding> findings, std::vector<QString> texts)
{
    m_findings = std::move(findings);
    m_findingTexts = std::move(texts);
    m_chosenFinding.reset();
    m_canvas->setFindings(m_findings, m_findingTexts);
}

void TimelineView::setChosenFinding(std::optional<std::uint32_t> finding)
{
    m_chosenFinding = finding;
    m_canvas->setChosenFinding(finding);
}

void TimelineView::setCriticalPathShown(bool shown)
{
    m_criticalPath = shown;
    showCriticalPath();
}

void TimelineView::setOrdinal(bool ordinal)
{
    m_ordinal = ordinal;
    rebuild();
}

void TimelineView::showCriticalPath()
{
    const auto trace = m_state.trace();
    const bool possible = m_criticalPath && trace && *trace < m_state.corpus()->traces.rows();
    m_canvas->setCriticalPath(possible ? criticalPath(*m_state.corpus(), *trace) : std::vector<PathSegment>());
}

void TimelineView::showTotals()
{
    const TimeRange range = m_state.range();
    const auto shown = m_canvas->data();
    m_totals->setVisible(range.recorded() && shown && !shown->ordinal);
    if (!m_totals->isVisible()) {
        m_totalsTask.cancel();
        return;
    }
    m_totals->setText(tr("%1 selected").arg(QString::fromStdString(durationText(range.length()))));
    m_totalsTask.start(
        [corpus = m_state.corpus(), trace = m_state.trace(), range](const std::stop_token&) {
            std::vector<Row> rows;
            if (trace) {
                rows = corpus->rowsOf(*trace);
            } else {
                rows.resize(corpus->spans.rows());
                std::iota(rows.begin(), rows.end(), Row{0});
            }
            return totalsText(*corpus, rows, range);
        },
        [this](const QString& text) { m_totals->setText(text); });
}

} // namespace arcscope
