#include "streamcorpusview.h"

#include "brieflabel.h"
#include "controlrow.h"
#include "displaytext.h"
#include "emptystate.h"
#include "streamcorpuscanvas.h"
#include "streamlistmodel.h"
#include "tablestyle.h"
#include "ttftmodel.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int pollMs = 100;

} // namespace

StreamCorpusView::StreamCorpusView(AppState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_canvas(new StreamCorpusCanvas)
    , m_list(new StreamListModel(this))
    , m_slower(new TtftModel(this))
    , m_table(new QTableView)
    , m_slowerTable(new QTableView)
    , m_metrics(new QComboBox)
    , m_groupings(new QComboBox)
    , m_summary(new BriefLabel)
    , m_listTitle(new BriefLabel)
    , m_split(new QSplitter(Qt::Vertical))
    , m_empty(new EmptyState)
    , m_pages(new QStackedWidget)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeControls());
    m_summary->briefWhereLow(*this, 20);
    m_summary->setContentsMargins(8, 0, 8, 4);
    column->addWidget(m_summary);
    m_split->setChildrenCollapsible(false);
    m_split->installEventFilter(this);
    m_split->addWidget(m_canvas);
    m_split->addWidget(m_slowerTable);
    m_split->addWidget(makeTables());
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(2, 2);
    column->addWidget(m_split, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_pages);
    setFocusProxy(m_canvas);
    m_timer.setInterval(pollMs);

    connect(&m_timer, &QTimer::timeout, this, &StreamCorpusView::showProgress);
    connect(m_metrics, &QComboBox::currentIndexChanged, this, &StreamCorpusView::regroup);
    connect(m_groupings, &QComboBox::currentIndexChanged, this, &StreamCorpusView::regroup);
    connect(m_canvas, &StreamCorpusCanvas::placeChanged, this, &StreamCorpusView::showStreams);
    connect(m_canvas, &StreamCorpusCanvas::activated, this, &StreamCorpusView::activate);
    connect(m_canvas, &StreamCorpusCanvas::hovered, this, &StreamCorpusView::hovered);
    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_moved = true; });
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_reading.running()) {
            cancel();
        } else if (filteredAway()) {
            m_state.setFilter({});
        } else {
            m_stopped = false;
            rebuild();
        }
    });
    connect(m_empty, &EmptyState::secondRequested, this, &StreamCorpusView::leaveRequested);
    connect(&state, &AppState::corpusChanged, this, &StreamCorpusView::rebuild);
    connect(&state, &AppState::loadingChanged, this, &StreamCorpusView::rebuild);
    connect(&state, &AppState::filterChanged, this, [this] {
        if (m_state.filtering() && !m_state.matches())
            return; // the rows come in a moment
        regroup();
        compare();
    });
    sayEmpty();
}

StreamCorpusView::~StreamCorpusView() = default;

void StreamCorpusView::setStops(const StopBook& stops)
{
    m_list->setStops(stops);
}

QWidget* StreamCorpusView::makeControls()
{
    auto* bar = new QWidget;
    auto* row = new ControlRow(bar);
    for (int i = 0; i < streamMetricCount; ++i)
        m_metrics->addItem(metricName(static_cast<StreamMetric>(i)), i);
    m_metrics->setAccessibleName(tr("What is compared"));
    m_metrics->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    const std::pair<StreamGrouping, QString> groupings[] = {{StreamGrouping::Model, tr("model")},
                                                            {StreamGrouping::Prompt, tr("prompt version")},
                                                            {StreamGrouping::Hour, tr("hour (UTC)")},
                                                            {StreamGrouping::Surface, tr("surface")},
                                                            {StreamGrouping::None, tr("nothing: all together")}};
    for (const auto& [by, text] : groupings)
        m_groupings->addItem(text, static_cast<int>(by));
    m_groupings->setAccessibleName(tr("What streams are grouped by"));
    m_groupings->setToolTip(tr("A surface is where the text of a stream is shown: chat, code, voice, …"));
    auto* one = new QToolButton;
    one->setText(tr("&One stream"));
    one->setToolTip(tr("Back to the stream of the selected span"));
    one->setAccessibleName(one->toolTip());
    one->setAutoRaise(true);
    connect(one, &QToolButton::clicked, this, &StreamCorpusView::leaveRequested);
    row->addLabelled(new QLabel(tr("Sho&w")), m_metrics);
    row->addLabelled(new QLabel(tr("&by")), m_groupings);
    row->addGap();
    row->addWidget(one);
    return bar;
}

QWidget* StreamCorpusView::makeTables()
{
    m_slowerTable->setModel(m_slower);
    setUpTable(*m_slowerTable, tr("First tokens that come later than before"));
    m_slowerTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_slowerTable->horizontalHeader()->setSectionResizeMode(TtftModel::CohortColumn, QHeaderView::Stretch);
    m_slowerTable->setMinimumHeight(m_slowerTable->fontMetrics().height());
    m_slowerTable->hide();
    connect(m_slowerTable, &QTableView::activated, this, [this](const QModelIndex& index) { showSlower(index.row()); });
    connect(m_slowerTable, &QTableView::clicked, this, [this](const QModelIndex& index) { showSlower(index.row()); });

    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_listTitle->setContentsMargins(8, 3, 8, 3);
    m_listTitle->briefWhereLow(*part, 8);
    m_table->setModel(m_list);
    setUpTable(*m_table, tr("Streams"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    const int em = m_table->fontMetrics().averageCharWidth();
    m_table->setColumnWidth(StreamListModel::ValueColumn, 24 * em);
    m_table->setColumnWidth(StreamListModel::HowColumn, 17 * em);
    m_table->setColumnWidth(StreamListModel::ModelColumn, 22 * em);
    m_table->setColumnWidth(StreamListModel::StartColumn, 26 * em);
    m_table->setColumnWidth(StreamListModel::EndingColumn, 26 * em);
    m_table->setColumnWidth(StreamListModel::StopColumn, 30 * em);
    fitColumn(*m_table, StreamListModel::NameColumn, 18 * em);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) { open(index.row()); });
    auto* back = new QAction(m_table);
    back->setShortcut(QKeySequence(Qt::Key_Escape));
    back->setShortcutContext(Qt::WidgetShortcut);
    connect(back, &QAction::triggered, m_canvas, [this] { m_canvas->setFocus(); });
    m_table->addAction(back);
    column->addWidget(m_listTitle);
    column->addWidget(m_table, 1);
    return part;
}

void StreamCorpusView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    rebuild();
}

bool StreamCorpusView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        shareHeight();
    return QWidget::eventFilter(watched, event);
}

void StreamCorpusView::rebuild()
{
    if (!m_state.isOpen() || m_state.loading()) {
        m_reading.cancel();
        m_grouping.cancel();
        m_comparing.cancel();
        m_timer.stop();
        m_corpus.reset();
        m_overview.reset();
        m_canvas->setOverview(nullptr);
        m_list->setStreams(nullptr, {});
        m_slower->setComparisons(nullptr);
        m_asked = 0;
        m_stale = m_stopped = false;
        sayEmpty();
        return;
    }
    if (!isVisible() || m_stopped || m_asked == m_state.revision())
        return;
    if (m_state.growing() && m_reading.running()) { // what is read now is shown before what came since
        m_stale = true;
        return;
    }
    read();
}

void StreamCorpusView::read()
{
    m_stale = false;
    m_asked = m_state.revision();
    m_progress = std::make_shared<Progress>();
    m_reading.start(
        [open = m_state.openCorpus(), progress = m_progress](std::stop_token stop) {
            return readStreams(*open, {stop, progress.get()});
        },
        [this](const std::shared_ptr<const StreamCorpus>& corpus) { take(corpus); });
    m_timer.start();
    showProgress();
}

void StreamCorpusView::cancel()
{
    m_reading.cancel();
    m_timer.stop();
    m_stopped = true;
    m_asked = 0;
    sayEmpty();
}

void StreamCorpusView::take(const std::shared_ptr<const StreamCorpus>& corpus)
{
    m_timer.stop();
    m_corpus = corpus;
    if (!corpus->samples || corpus->samples->all.empty()) {
        sayEmpty();
        return;
    }
    regroup();
    compare();
    if (m_stale)
        read();
}

void StreamCorpusView::regroup()
{
    if (!m_corpus || !m_corpus->samples)
        return;
    const auto by = static_cast<StreamGrouping>(m_groupings->currentData().toInt());
    const auto metric = static_cast<StreamMetric>(m_metrics->currentData().toInt());
    m_grouping.start([of = m_corpus, by, metric,
                      rows = m_state.matches()](std::stop_token) { return overviewOf(of, by, metric, rows); },
                     [this](const std::shared_ptr<const StreamOverview>& overview) { showOverview(overview); });
}

void StreamCorpusView::compare()
{
    if (!m_corpus || !m_corpus->samples)
        return;
    m_comparing.start(
        [of = m_corpus, rows = m_state.matches()](std::stop_token) -> TtftComparisonsPtr {
            return std::make_shared<const std::vector<TtftComparison>>(
                ttftRegressions(*of->samples, of->corpus->strings, rows.get()));
        },
        [this](const TtftComparisonsPtr& comparisons) {
            m_slower->setComparisons(comparisons);
            m_slowerTable->setVisible(m_slower->rowCount() > 0);
            for (int i = 0; i < TtftModel::CohortColumn; ++i)
                m_slowerTable->resizeColumnToContents(i);
            if (m_overview)
                m_summary->setText(missing(*m_overview));
            shareHeight();
        });
}

void StreamCorpusView::showOverview(const std::shared_ptr<const StreamOverview>& overview)
{
    m_overview = overview;
    m_canvas->setOverview(overview);
    if (filteredAway()) {
        m_pages->setCurrentIndex(0);
        m_empty->say(tr("No stream matches the filter"),
                     tr("%1 are left out.")
                         .arg(counted(static_cast<std::int64_t>(overview->of->samples->all.size()), tr("%1 stream"),
                                      tr("%1 streams"))),
                     tr("&Clear the filter"), tr("&One stream"));
        return;
    }
    for (int i = 0; i < m_metrics->count(); ++i) {
        const auto metric = static_cast<StreamMetric>(m_metrics->itemData(i).toInt());
        const bool recorded = overview->recorded[static_cast<std::size_t>(metric)];
        m_metrics->setItemText(i, recorded ? metricName(metric) : tr("%1: not recorded").arg(metricName(metric)));
    }
    m_summary->setText(missing(*overview));
    m_pages->setCurrentIndex(1);
    giveKeyboardTo(m_canvas, *this);
    showStreams();
    shareHeight();
}

bool StreamCorpusView::filteredAway() const
{
    return m_overview && m_overview->streams == 0 && m_state.matches();
}

/// How many streams there are, and what is not known of them.
QString StreamCorpusView::missing(const StreamOverview& overview) const
{
    const auto all = static_cast<std::int64_t>(overview.of->samples->all.size());
    QStringList parts{counted(static_cast<std::int64_t>(overview.streams), tr("%1 stream"), tr("%1 streams"))};
    if (const std::int64_t left = all - static_cast<std::int64_t>(overview.streams); left > 0)
        parts << tr("the filter leaves out %1").arg(countText(left));
    const bool grouped = std::any_of(overview.lines.begin(), overview.lines.end(),
                                     [](const StreamLine& line) { return line.group.recorded; });
    if (!grouped && overview.by == StreamGrouping::Surface)
        parts << tr("no surface is recorded: recordings name it with the start of a stream");
    else if (!grouped && overview.by == StreamGrouping::Prompt)
        parts << tr("no prompt is recorded: traces name it with the attributes of a prompt's name and version");
    if (overview.values == 0) {
        switch (overview.metric) {
        case StreamMetric::FirstToken:
        case StreamMetric::FirstVisible:
            parts << tr("nothing says when a first token came: that takes events with times, or a stated time to it");
            break;
        case StreamMetric::LongestStall:
        case StreamMetric::ByteSpeed:
            parts << tr("this takes events with times");
            break;
        case StreamMetric::TokenSpeed:
            parts << tr("this takes events with times, and output that is counted in tokens");
            break;
        case StreamMetric::Acceptance:
            parts << tr("no drafts are recorded");
            break;
        case StreamMetric::Withdrawn:
            parts << tr("this takes stream events");
            break;
        }
    }
    if (overview.metric == StreamMetric::FirstToken && overview.values > 0) {
        if (const QString said = m_slower->summary(); !said.isEmpty())
            parts << said;
    }
    return parts.join(QStringLiteral("  \u00b7  "));
}

void StreamCorpusView::showStreams()
{
    const LinePlace place = m_canvas->place();
    listStreams(m_canvas->textOf(place), m_canvas->streamsAt(place));
}

void StreamCorpusView::listStreams(const QString& title, std::vector<std::uint32_t> streams)
{
    m_listTitle->setText(title);
    m_list->setStreams(m_overview, std::move(streams));
    m_table->scrollToTop();
}

void StreamCorpusView::showSlower(int row)
{
    if (!m_overview || row < 0)
        return;
    const TtftComparison& of = m_slower->comparison(row);
    listStreams(tr("%1, later than %2: %3")
                    .arg(oneLine(of.after, 80), oneLine(of.before, 80),
                         counted(static_cast<std::int64_t>(of.current.size()), tr("%1 stream"), tr("%1 streams"))),
                of.current);
}

void StreamCorpusView::activate()
{
    if (m_list->rowCount() == 1) {
        open(0);
    } else if (m_list->rowCount() > 0) {
        m_table->setFocus();
        chooseRow(*m_table, 0);
    }
}

void StreamCorpusView::open(int row)
{
    if (row >= 0 && row < m_list->rowCount())
        emit streamChosen(m_list->rowOf(row));
}

void StreamCorpusView::showProgress()
{
    if (m_overview) // the picture of before stays until there is another
        return;
    m_pages->setCurrentIndex(0);
    const std::uint64_t total = m_progress->bytesTotal;
    const QString done = total == 0 ? QString() : tr("%1 % of them").arg(m_progress->bytesDone * 100 / total);
    m_empty->say(tr("Reading all streams"), done, tr("&Cancel"), tr("&One stream"));
    giveKeyboardTo(m_empty->keyboardPart(), *this);
}

void StreamCorpusView::sayEmpty()
{
    m_pages->setCurrentIndex(0);
    if (!m_state.isOpen())
        m_empty->say(tr("No trace is open"), tr("Open a file, or drop one here."), {}, tr("&One stream"));
    else if (m_state.loading())
        m_empty->say(tr("Reading"), tr("Streams are compared when everything is read."), {}, tr("&One stream"));
    else if (m_stopped)
        m_empty->say(tr("The streams are not read"), tr("Reading was cancelled."), tr("&Read all streams"),
                     tr("&One stream"));
    else if (m_corpus && !m_corpus->problem.empty())
        m_empty->say(tr("The streams cannot be read"), oneLine(m_corpus->problem, 400), {}, tr("&One stream"));
    else
        m_empty->say(
            tr("No streams are recorded here"),
            tr("These traces have whole answers only. Recordings of provider streams, session logs with deltas "
               "and traces with stream events, or with the time to the first token, have more."),
            {}, tr("&One stream"));
    giveKeyboardTo(m_empty->keyboardPart(), *this);
}

/// The picture takes what it needs, as far as the list keeps a third; unless the user has moved the edge.
void StreamCorpusView::shareHeight()
{
    const int height = m_split->height();
    if (m_moved || !m_overview || height < 10)
        return;
    constexpr int mostRows = 4;
    const int rows = std::min(m_slower->rowCount(), mostRows);
    const int table = rows == 0 ? 0
                                : m_slowerTable->horizontalHeader()->sizeHint().height() +
                                      rows * m_slowerTable->verticalHeader()->defaultSectionSize() + 4;
    const int handles = 2 * m_split->handleWidth();
    const int picture = std::min(m_canvas->wantedHeight() + handles, (height - table) * 3 / 5);
    m_split->setSizes({picture, table, height - picture - table});
}

} // namespace arcscope
