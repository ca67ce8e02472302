#include "streamview.h"

#include "axis.h"
#include "brieflabel.h"
#include "controlrow.h"
#include "displaytext.h"
#include "emptystate.h"
#include "flatbutton.h"
#include "stopbook.h"
#include "stoplabel.h"
#include "streamcomparison.h"
#include "streamcorpuscanvas.h"
#include "streamcorpusview.h"
#include "streamfindingmodel.h"
#include "streamjsonmodel.h"
#include "streamsummary.h"
#include "streamtext.h"
#include "streamwords.h"
#include "tablestyle.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace arcscope
{
namespace
{

constexpr int frameMs = 16;
/// Events a second at normal speed where no times are recorded.
constexpr double orderRate = 20;

} // namespace

StreamView::StreamView(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_canvas(new StreamCanvas)
    , m_text(new StreamText)
    , m_comparison(new StreamComparison(*m_canvas, this))
    , m_split(new QSplitter(Qt::Vertical))
    , m_below(new QSplitter(Qt::Horizontal))
    , m_json(new StreamJsonModel(this))
    , m_findings(new StreamFindingModel(this))
    , m_findingTable(new QTableView)
    , m_empty(new EmptyState)
    , m_pages(new QStackedWidget)
    , m_corpus(new StreamCorpusView(state))
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeControls());
    column->addWidget(m_where);
    auto* ending = new QHBoxLayout;
    ending->setContentsMargins(8, 0, 0, 4);
    ending->setSpacing(8);
    ending->addWidget(m_stop, 0, Qt::AlignTop);
    ending->addWidget(m_summary, 1);
    column->addLayout(ending);
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(m_comparison->picture());
    m_split->addWidget(m_canvas);
    m_below->setChildrenCollapsible(false);
    m_below->addWidget(m_comparison->text());
    m_below->addWidget(m_text);
    m_below->addWidget(makeJson());
    m_findingTable->setModel(m_findings);
    setUpTable(*m_findingTable, tr("Findings"));
    m_findingTable->horizontalHeader()->setSectionResizeMode(StreamFindingModel::WhatColumn, QHeaderView::Stretch);
    m_split->addWidget(m_findingTable);
    m_split->addWidget(m_below);
    m_split->setStretchFactor(1, 3);
    m_split->setStretchFactor(3, 2);
    column->addWidget(m_split, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    m_pages->addWidget(m_corpus);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_pages);
    setFocusProxy(m_canvas);
    m_timer.setInterval(frameMs);

    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    connect(&m_timer, &QTimer::timeout, this, &StreamView::advance);
    connect(m_canvas, &StreamCanvas::placeChanged, this, [this] {
        m_timer.stop();
        showPlace();
    });
    connect(m_canvas, &StreamCanvas::playRequested, this, &StreamView::togglePlay);
    connect(m_canvas, &StreamCanvas::hovered, this, &StreamView::hovered);
    connect(m_canvas, &StreamCanvas::findingRequested, this, &StreamView::showFinding);
    connect(m_findingTable, &QTableView::activated, this, [this](const QModelIndex& index) { goToRow(index.row()); });
    connect(m_findingTable, &QTableView::clicked, this, [this](const QModelIndex& index) { goToRow(index.row()); });
    for (StreamText* const text : {m_text, m_comparison->text()})
        connect(m_withdrawn, &QCheckBox::toggled, text, &StreamText::setWithdrawnShown);
    connect(m_keep, &QToolButton::toggled, this, &StreamView::setKept);
    connect(m_comparison, &StreamComparison::placeChanged, this, [this] {
        m_timer.stop();
        showPlace();
    });
    connect(m_empty, &EmptyState::actionRequested, this, &StreamView::showNext);
    connect(m_empty, &EmptyState::secondRequested, this, [this] { setAllShown(true); });
    connect(m_corpus, &StreamCorpusView::leaveRequested, this, [this] { setAllShown(false); });
    connect(m_corpus, &StreamCorpusView::hovered, this, &StreamView::hovered);
    connect(m_corpus, &StreamCorpusView::streamChosen, this, [this](Row row) {
        m_state.setSpan(row);
        setAllShown(false);
    });
    connect(&state, &AppState::corpusChanged, this, &StreamView::rebuild);
    connect(&state, &AppState::spanChanged, this, &StreamView::rebuild);
    connect(&state, &AppState::loadingChanged, this, &StreamView::rebuild);
    showEmpty();
}

QWidget* StreamView::makeJson()
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_jsonTitle = new BriefLabel;
    m_jsonTitle->setContentsMargins(6, 3, 6, 3);
    m_jsonTitle->briefWhereLow(*part, 8);
    m_tree = new QTreeView;
    m_tree->setModel(m_json);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAccessibleName(tr("JSON at the playhead"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(StreamJsonModel::ValueColumn, QHeaderView::Stretch);
    connect(m_json, &QAbstractItemModel::rowsInserted, m_tree, [this](const QModelIndex& parent) {
        if (!parent.isValid() || m_json->rowCount(parent) == 1)
            m_tree->expand(parent.isValid() ? parent : m_json->index(0, 0));
    });
    connect(m_json, &QAbstractItemModel::modelReset, m_tree, [this] { m_tree->expandToDepth(2); });
    column->addWidget(m_jsonTitle);
    column->addWidget(m_tree, 1);
    part->hide();
    return part;
}

/// The document that was written last before the playhead.
void StreamView::showJson(std::uint32_t event)
{
    const StreamJson* shown = nullptr;
    for (const StreamJson& json : m_subject->json) {
        if (!shown || (event != noEvent && !json.events.empty() && json.events.front() <= event))
            shown = &json;
    }
    m_tree->parentWidget()->setVisible(shown != nullptr);
    if (m_json->json() != shown) {
        m_json->setJson(m_subject, shown);
        const int character = fontMetrics().averageCharWidth();
        m_tree->header()->resizeSection(StreamJsonModel::NameColumn, 16 * character);
        m_tree->header()->resizeSection(StreamJsonModel::UsableColumn, 10 * character);
        m_tree->header()->resizeSection(StreamJsonModel::ClosedColumn, 10 * character);
        m_tree->header()->resizeSection(StreamJsonModel::ChangesColumn, 9 * character);
    }
    if (!shown)
        return;
    m_json->showAt(event);
    QString title = tr("JSON: %1").arg(m_json->stateText());
    if (shown->withdrawn)
        title += tr("; what was taken back is not in it");
    m_jsonTitle->setText(title);
}

QWidget* StreamView::makeControls()
{
    auto* bar = new QWidget;
    auto* row = new ControlRow(bar);
    auto* back = flatButton(QStringLiteral("\u25c2\u2502"), tr("The event before (Left)"));
    auto* forward = flatButton(QStringLiteral("\u2502\u25b8"), tr("The next event (Right)"));
    m_play = flatButton(QStringLiteral("\u25b6"), tr("Play from the playhead (Space)"));
    m_speed = new QComboBox;
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("How fast the playhead goes, against the recorded times"));
    for (const double speed : {0.25, 0.5, 1.0, 2.0, 5.0, 20.0})
        m_speed->addItem(tr("%1×").arg(speed), speed);
    m_speed->setCurrentIndex(2);
    m_where = new QLabel;
    m_where->setTextFormat(Qt::PlainText);
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_where->setContentsMargins(8, 0, 8, 2);
    m_where->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long chunk must not widen the window
    m_summary = new BriefLabel;
    m_summary->briefWhereLow(*this, 30);
    m_summary->setContentsMargins(0, 0, 8, 0);
    m_stop = new StopLabel;
    m_keep = flatButton(tr("&Compare"), tr("Keep this stream above the next one that is shown"));
    m_keep->setCheckable(true);
    m_withdrawn = new QCheckBox(tr("Show &withdrawn text"));
    m_withdrawn->setToolTip(
        tr("Text that was taken back stays readable, struck through. Without it the text is exactly "
           "what stood on the screen."));
    m_withdrawn->setChecked(true);
    connect(back, &QToolButton::clicked, m_canvas, [this] { m_canvas->step(-1); });
    connect(forward, &QToolButton::clicked, m_canvas, [this] { m_canvas->step(1); });
    connect(m_play, &QToolButton::clicked, this, &StreamView::togglePlay);
    for (QWidget* part : std::initializer_list<QWidget*>{back, m_play, forward, m_speed})
        row->addWidget(part);
    row->addGap();
    auto* all = flatButton(tr("&All streams"), tr("Compare all streams: waiting, stalls, speed, withdrawals"));
    connect(all, &QToolButton::clicked, this, [this] { setAllShown(true); });
    row->addWidget(all);
    row->addWidget(m_keep);
    row->addWidget(m_withdrawn);
    return bar;
}

void StreamView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    rebuild();
}

/// Streams are fetched only while the tab is looked at.
void StreamView::rebuild()
{
    if (m_state.opening() != m_opening) { // rows of another opening mean nothing here
        m_opening = m_state.opening();
        setKept(false);
    }
    const Row row = m_state.span();
    const bool streamed = m_state.isOpen() && row != noRow && row < m_state.corpus()->spans.rows() &&
                          m_state.corpus()->spans.flagged(row, SpanFlag::Streamed);
    if (!streamed) {
        m_task.cancel();
        m_timer.stop();
        m_subject.reset();
        m_asked = {m_state.revision(), noRow};
        showEmpty();
        return;
    }
    const std::pair asked{m_state.revision(), row};
    if (!isVisible() || asked == m_asked)
        return;
    m_asked = asked;
    m_task.start([open = m_state.openCorpus(), row](std::stop_token) { return openStream(*open, row); },
                 [this](const std::shared_ptr<const StreamSubject>& subject) { showSubject(subject); });
}

void StreamView::showSubject(const std::shared_ptr<const StreamSubject>& subject)
{
    const bool another = !m_subject || m_subject->row != subject->row;
    m_subject = subject;
    if (!subject->timeline || subject->timeline->model->events().empty()) {
        showEmpty();
        return;
    }
    if (another)
        m_timer.stop();
    showPage(1);
    m_canvas->setTimeline(subject->timeline);
    m_findings->setSubject(subject);
    m_findingTable->setVisible(!subject->findings.empty());
    m_findingTable->resizeColumnToContents(StreamFindingModel::WhenColumn);
    m_findingTable->resizeColumnToContents(StreamFindingModel::RuleColumn);
    m_summary->setText(streamSummary(*subject));
    showStop();
    m_comparison->show(subject, nameOf(subject->row));
    if (m_wanted.first == subject->row)
        m_canvas->setEvent(std::exchange(m_wanted, {noRow, noEvent}).second);
    showPlace();
    if (another)
        shareHeight();
    if (m_toKeep != noRow && m_toKeep == subject->row) {
        m_toKeep = noRow;
        setKept(true);
        const Row next = std::exchange(m_toCompare, noRow);
        m_state.setTrace(static_cast<std::uint32_t>(m_state.corpus()->spans.at(SpanColumn::Trace, next)));
        m_state.setSpan(next);
    }
}

/// The picture takes what it needs, as far as the text keeps a third; unless the user has moved the edge.
void StreamView::shareHeight()
{
    const int height = m_split->height();
    if (m_moved || height < 10)
        return;
    constexpr int mostRows = 4;
    const int rows = std::min(m_findings->rowCount(), mostRows);
    const int table = rows == 0 ? 0
                                : m_findingTable->horizontalHeader()->sizeHint().height() +
                                      rows * m_findingTable->verticalHeader()->defaultSectionSize() + 4;
    const int picture = std::min(m_canvas->wantedHeight(), height / 2);
    const int kept = m_comparison->picture()->isHidden()
                         ? 0
                         : std::min(m_comparison->canvas()->wantedHeight() + fontMetrics().height(), height / 4);
    const int shown = kept > 0 ? std::min(picture, height / 4) : picture;
    m_split->setSizes({kept, shown, table, height - kept - shown - table});
}

void StreamView::showEmpty()
{
    m_canvas->setTimeline(nullptr);
    const bool any = m_state.isOpen() && !m_state.loading() &&
                     nextStreamed(*m_state.corpus(), std::nullopt, m_state.span()) != noRow;
    if (m_subject && !m_subject->problem.empty())
        m_empty->say(tr("The stream cannot be read"), oneLine(m_subject->problem, 400));
    else if (!m_state.isOpen())
        m_empty->say(tr("No trace is open"), tr("Open a file, or drop one here."));
    else if (any)
        m_empty->say(m_state.span() == noRow ? tr("Select a model call") : tr("No stream is recorded for this span"),
                     tr("Other spans of what is open have one: every chunk, when it came and what was taken back."),
                     tr("Go to the &next stream"), tr("&All streams"));
    else
        m_empty->say(
            tr("No streams are recorded here"),
            tr("These traces have whole answers only. Recordings of provider streams, session logs with deltas "
               "and traces with stream events have more."));
    showPage(0);
}

void StreamView::showPlace()
{
    const auto& timeline = m_canvas->timeline();
    if (!timeline)
        return;
    const std::uint32_t event = m_canvas->event();
    m_where->setText(placeText(*timeline, m_canvas->place(), event));
    if (QAccessible::isActive())
        m_canvas->setAccessibleDescription(m_where->text());
    m_play->setText(playing() ? QStringLiteral("\u275a\u275a") : QStringLiteral("\u25b6"));
    m_text->showAt(timeline->model, event);
    m_comparison->follow();
    showJson(event);
}

void StreamView::togglePlay()
{
    const auto& timeline = m_canvas->timeline();
    if (!timeline)
        return;
    if (m_timer.isActive()) {
        m_timer.stop();
    } else {
        if (m_canvas->place() >= timeline->bounds.end)
            m_canvas->setPlace(timeline->bounds.start);
        m_from = static_cast<double>(m_canvas->place());
        m_since.start();
        m_timer.start();
    }
    showPlace();
}

void StreamView::advance()
{
    const auto& timeline = m_canvas->timeline();
    if (!timeline) {
        m_timer.stop();
        return;
    }
    const double rate = timeline->ordinal ? orderRate * static_cast<double>(orderStep) / second : 1;
    const double passed = static_cast<double>(m_since.nsecsElapsed()) * m_speed->currentData().toDouble() * rate;
    const double reached = m_from + passed;
    if (reached >= static_cast<double>(timeline->bounds.end))
        m_timer.stop();
    m_canvas->setPlace(reached >= static_cast<double>(timeline->bounds.end) ? timeline->bounds.end
                                                                            : static_cast<Nanos>(reached));
    showPlace();
}

void StreamView::goToRow(int row)
{
    if (row >= 0)
        goTo(m_findings->placeIn(row, m_canvas->event()));
}

void StreamView::goTo(std::uint32_t finding)
{
    m_timer.stop();
    m_canvas->setEvent(m_findings->finding(finding).event);
    showPlace();
}

void StreamView::goToEvent(Row row, std::uint32_t event)
{
    setAllShown(false);
    m_timer.stop();
    m_wanted = {row, event};
    if (!m_subject || m_subject->row != row || !m_canvas->timeline())
        return;
    m_canvas->setEvent(event);
    m_wanted = {noRow, noEvent};
    showPlace();
}

void StreamView::showFinding(bool forward)
{
    if (!m_canvas->timeline())
        return;
    const std::optional<std::uint32_t> finding = m_findings->next(m_canvas->event(), forward);
    if (!finding)
        return;
    goTo(*finding);
    chooseRow(*m_findingTable, m_findings->rowOf(*finding));
}

void StreamView::setStops(const StopBook& stops)
{
    m_stops = &stops;
    m_corpus->setStops(stops);
    connect(&stops, &StopBook::changed, this, &StreamView::showStop);
    showStop();
}

void StreamView::showStop()
{
    m_stop->setPair(m_stops && m_subject ? m_stops->pair(m_subject->row) : StopPair());
}

void StreamView::compare(Row kept, Row shown)
{
    setAllShown(false);
    setKept(false);
    m_toKeep = kept;
    m_toCompare = shown;
    m_state.setTrace(static_cast<std::uint32_t>(m_state.corpus()->spans.at(SpanColumn::Trace, kept)));
    m_state.setSpan(kept);
    if (m_subject && m_subject->row == kept)
        showSubject(m_subject);
}

void StreamView::setKept(bool kept)
{
    if (kept && m_subject && m_subject->timeline)
        m_comparison->keep(m_subject, nameOf(m_subject->row));
    else
        m_comparison->keep(nullptr, {});
    const QSignalBlocker quiet(m_keep);
    m_keep->setChecked(m_comparison->keeps());
    shareHeight();
}

QString StreamView::nameOf(Row row) const
{
    return oneLine(m_state.corpus()->text(SpanText::Name, row), 60);
}

void StreamView::showPage(int page)
{
    m_page = page;
    m_pages->setCurrentIndex(m_allShown ? m_pages->indexOf(m_corpus) : page);
    giveKeyboardTo(m_allShown  ? m_corpus
                   : page == 0 ? m_empty->keyboardPart()
                               : static_cast<QWidget*>(m_canvas),
                   *this);
}

void StreamView::setAllShown(bool shown)
{
    m_allShown = shown;
    if (shown)
        m_timer.stop();
    showPage(m_page);
    setFocus();
}

void StreamView::showNext()
{
    setAllShown(false);
    const Row row = nextStreamed(*m_state.corpus(), m_state.trace(), m_state.span());
    const Row next = row != noRow ? row : nextStreamed(*m_state.corpus(), std::nullopt, m_state.span());
    if (next != noRow)
        m_state.setSpan(next);
}

} // namespace arcscope
