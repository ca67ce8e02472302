#include "appstate.h"

#include "notebook.h"
#include "pricebook.h"
#include "query.h"
#include "session.h"

namespace arcscope
{
namespace
{

constexpr std::size_t historyLength = 200;
constexpr qint64 oneGestureMs = 1'000;

} // namespace

AppState::AppState(QObject* parent)
    : QObject(parent)
    , m_notes(new NoteBook(this))
    , m_prices(new PriceBook(this))
    , m_corpus(std::make_shared<Corpus>())
    , m_history{Place{}}
{
    connect(&m_loader, &CorpusLoader::started, this, [this] { changed(LoadingChange); });
    connect(&m_loader, &CorpusLoader::progressed, this, &AppState::progressed);
    connect(&m_loader, &CorpusLoader::partial, this, [this](CorpusPtr corpus) {
        setAside();
        setCorpus(std::move(corpus));
    });
    connect(&m_loader, &CorpusLoader::finished, this, [this](std::shared_ptr<OpenCorpus> opened) {
        setAside();
        m_before.reset();
        m_open = std::move(opened);
        setCorpus(m_open->corpus);
        m_notes->open(m_open, m_paths);
        if (m_corpus->traces.rows() == 1)
            apply({0, noRow, {}, {}});
        m_history = {m_place};
        m_at = 0;
        changed(LoadingChange | HistoryChange);
    });
    connect(&m_loader, &CorpusLoader::failed, this, [this](const QString& message) {
        giveUp();
        emit failed(message);
    });
    connect(&m_loader, &CorpusLoader::cancelled, this, &AppState::giveUp);
    connect(&m_follower, &CorpusFollower::stepped, this, &AppState::takeStep);
    connect(&m_follower, &CorpusFollower::looked, this, [this] { changed(FollowChange); });
    connect(&m_follower, &CorpusFollower::stopped, this, [this](const QString& reason) {
        changed(FollowChange);
        emit followStopped(reason);
    });
    connect(m_notes, &NoteBook::clocksChanged, this, [this] { // the file of notes has some
        const ClockSettings kept = clockSettingsFrom(m_notes->clocks());
        if (m_open && kept != m_clocks) {
            m_clocks = kept;
            alignClocks();
        }
    });
}

void AppState::open(const QStringList& paths)
{
    m_nextPaths = paths; // which may be our own, to read them again
    m_loader.cancel();
    if (!m_open)
        m_paths = m_nextPaths;
    m_loader.open(m_nextPaths);
}

void AppState::close()
{
    m_loader.cancel();
    clear();
}

/// Makes room for what is being read, once.
void AppState::setAside()
{
    if (!m_open)
        return;
    m_before = Opened{m_opening, m_paths, m_open, m_corpus, m_place, m_range, m_history, m_at, m_clocks};
    clear();
    m_paths = m_nextPaths;
}

/// Nothing comes of what was being read.
void AppState::giveUp()
{
    changed(LoadingChange);
    if (m_open) // and still shown
        return;
    clear();
    if (!m_before)
        return;
    const Opened before = std::move(*m_before);
    m_before.reset();
    m_opening = before.opening;
    m_paths = before.paths;
    m_open = before.open;
    setCorpus(before.corpus);
    m_notes->open(m_open, m_paths);
    apply(before.place);
    m_range = before.range;
    m_history = before.history;
    m_at = before.at;
    m_clocks = before.clocks;
}

void AppState::clear()
{
    m_notes->close(); // what is being written is still of what is open
    m_opening = ++m_lastOpening;
    m_follower.stop();
    m_alignTask.cancel();
    m_estimateTask.cancel();
    m_newSpans = 0;
    m_clocks.clear();
    m_paths.clear();
    m_filterTask.cancel();
    m_filter = {};
    m_matches.reset();
    m_open.reset();
    m_place = {};
    m_range = {};
    m_history = {Place{}};
    m_at = 0;
    setCorpus(std::make_shared<Corpus>());
    changed(AnyChange | FollowChange);
}

QString AppState::workspacePath() const
{
    return m_open ? QString::fromStdString(m_open->session->workspace.path()) : QString();
}

void AppState::setCorpus(CorpusPtr corpus)
{
    ++m_revision;
    m_corpus = std::move(corpus);
    changed(CorpusChange);
}

void AppState::changed(unsigned what)
{
    m_changed |= what;
    if (std::exchange(m_announcing, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_announcing = false;
            announce();
        },
        Qt::QueuedConnection);
}

void AppState::announce()
{
    constexpr std::pair<Change, void (AppState::*)()> signalsInOrder[] = {
        {CorpusChange, &AppState::corpusChanged},        {LoadingChange, &AppState::loadingChanged},
        {TraceChange, &AppState::traceChanged},          {SpanChange, &AppState::spanChanged},
        {VisibleChange, &AppState::visibleRangeChanged}, {RangeChange, &AppState::rangeChanged},
        {FilterChange, &AppState::filterChanged},        {HistoryChange, &AppState::historyChanged},
        {FollowChange, &AppState::followChanged}};
    const unsigned due = std::exchange(m_changed, 0u); // what listeners change comes in a turn of its own
    m_growing = (due & Grown) != 0;
    for (const auto& [change, signal] : signalsInOrder) {
        if (due & change)
            emit(this->*signal)();
    }
    m_growing = false;
}

void AppState::setTrace(std::optional<std::uint32_t> trace)
{
    if (trace == m_place.trace || (trace && *trace >= m_corpus->traces.rows()))
        return;
    Place place = m_place;
    place.trace = trace;
    place.visible = {};
    const bool keepsSpan =
        !trace || (place.span != noRow && m_corpus->spans.at(SpanColumn::Trace, place.span) == *trace);
    if (!keepsSpan)
        place.span = noRow;
    apply(place);
    remember();
}

void AppState::setSpan(Row row)
{
    if (row == m_place.span || (row != noRow && row >= m_corpus->spans.rows()))
        return;
    Place place = m_place;
    place.span = row;
    if (row != noRow && place.trace)
        place.trace = static_cast<std::uint32_t>(m_corpus->spans.at(SpanColumn::Trace, row));
    if (place.trace != m_place.trace)
        place.visible = {};
    apply(place);
    remember();
}

void AppState::setRange(const TimeRange& range)
{
    if (range == m_range)
        return;
    m_range = range;
    changed(RangeChange);
}

void AppState::setVisibleRange(const TimeRange& range)
{
    if (range == m_place.visible)
        return;
    const bool goesOn = m_moved.isValid() && m_moved.elapsed() < oneGestureMs && !canGoForward();
    if (goesOn) {
        adjustVisibleRange(range);
    } else {
        m_place.visible = range;
        changed(VisibleChange);
        remember();
    }
    m_moved.start();
}

void AppState::adjustVisibleRange(const TimeRange& range)
{
    if (range == m_place.visible)
        return;
    m_place.visible = range;
    m_history[m_at].visible = range;
    changed(VisibleChange);
}

std::optional<FilterError> AppState::setFilter(const QString& text)
{
    const ParsedFilter parsed = parseFilter(text.toStdString());
    if (parsed.error)
        return parsed.error;
    if (text == m_place.filter)
        return std::nullopt;
    Place place = m_place;
    place.filter = text;
    apply(place);
    remember();
    return std::nullopt;
}

void AppState::remember()
{
    if (m_history[m_at] == m_place)
        return;
    m_history.resize(m_at + 1);
    m_history.push_back(m_place);
    if (m_history.size() > historyLength)
        m_history.erase(m_history.begin());
    m_at = m_history.size() - 1;
    m_moved.invalidate();
    changed(HistoryChange);
}

void AppState::goTo(std::size_t index)
{
    if (index >= m_history.size())
        return;
    m_at = index;
    m_moved.invalidate();
    apply(m_history[index]);
    changed(HistoryChange);
}

void AppState::apply(const Place& place)
{
    const Place before = std::exchange(m_place, place);
    if (before.filter != place.filter) {
        m_filter = parseFilter(place.filter.toStdString()).filter;
        runFilter();
    }
    if (before.trace != place.trace) {
        setRange({}); // a range of time belongs to what it was drawn on
        changed(TraceChange);
    }
    if (before.span != place.span)
        changed(SpanChange);
    if (before.visible != place.visible)
        changed(VisibleChange);
}

/// `keepMatches`: until the new ones are there.
void AppState::runFilter(bool keepMatches)
{
    m_filterTask.cancel();
    if (!keepMatches)
        m_matches.reset();
    if (!m_filter.empty() && m_open) {
        m_filterTask.start(
            [filter = m_filter, corpus = m_corpus, path = m_open->session->workspace.path(),
             alive = m_open](const std::stop_token& stop) {
                auto workspace = Workspace::open(path);
                if (!workspace)
                    return std::make_shared<Result<std::vector<Row>>>(workspace.error());
                Corpus copy = *corpus;
                return std::make_shared<Result<std::vector<Row>>>(
                    arcscope::runFilter(*workspace, copy, filter, {stop, nullptr}));
            },
            [this](const std::shared_ptr<Result<std::vector<Row>>>& rows) {
                if (*rows)
                    m_matches = std::make_shared<const std::vector<Row>>(std::move(**rows));
                else if (rows->error().code != ErrorCode::Cancelled)
                    emit failed(QString::fromStdString(rows->error().message));
                changed(FilterChange);
            });
    }
    changed(FilterChange);
}

} // namespace arcscope
