#include "sessionkeeper.h"

#include "appstate.h"
#include "displaytext.h"
#include "helppages.h"
#include "noticebar.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>
#include <QTabWidget>

namespace arcscope
{
namespace
{

constexpr int pauseMs = 2'000;

/// As texts: JSON numbers cannot hold every nanosecond.
QJsonArray timesOf(const TimeRange& range)
{
    return range.recorded() ? QJsonArray{QString::number(range.start), QString::number(range.end)} : QJsonArray();
}

TimeRange rangeOf(const QJsonValue& value)
{
    const QJsonArray times = value.toArray();
    bool first = false;
    bool second = false;
    const Nanos start = times.at(0).toString().toLongLong(&first);
    const Nanos end = times.at(1).toString().toLongLong(&second);
    return first && second && start <= end ? TimeRange{start, end} : TimeRange{};
}

QString qt(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

QByteArray sessionBytes(const SessionState& state)
{
    const QJsonObject object{{QStringLiteral("paths"), QJsonArray::fromStringList(state.paths)},
                             {QStringLiteral("view"), state.view},
                             {QStringLiteral("trace"), state.trace},
                             {QStringLiteral("span"), state.span},
                             {QStringLiteral("filter"), state.filter},
                             {QStringLiteral("chosen"), state.chosen},
                             {QStringLiteral("visible"), timesOf(state.visible)},
                             {QStringLiteral("range"), timesOf(state.range)},
                             {QStringLiteral("lanes"), state.lanes}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<SessionState> readSession(const QByteArray& bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject())
        return {};
    const QJsonObject object = document.object();
    SessionState state;
    for (const QJsonValue path : object[QStringLiteral("paths")].toArray()) {
        if (!path.toString().isEmpty())
            state.paths << path.toString();
    }
    state.view = object[QStringLiteral("view")].toString();
    state.trace = object[QStringLiteral("trace")].toString();
    state.span = object[QStringLiteral("span")].toString();
    state.filter = object[QStringLiteral("filter")].toString();
    state.chosen = object[QStringLiteral("chosen")].toString();
    state.visible = rangeOf(object[QStringLiteral("visible")]);
    state.range = rangeOf(object[QStringLiteral("range")]);
    state.lanes = object[QStringLiteral("lanes")].toInt();
    if (state.paths.isEmpty())
        return {};
    return state;
}

SessionKeeper::SessionKeeper(AppState& state, const Settings& settings, QTabWidget& views, QScrollBar& lanes,
                             NoticeBar& notices, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_settings(settings)
    , m_views(views)
    , m_lanes(lanes)
    , m_notices(notices)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &SessionKeeper::save);
    const auto later = [this] { m_pause.start(); };
    connect(&state, &AppState::loadingChanged, this, &SessionKeeper::applyWhenOpen);
    connect(&state, &AppState::loadingChanged, this, later);
    connect(&state, &AppState::traceChanged, this, later);
    connect(&state, &AppState::spanChanged, this, later);
    connect(&state, &AppState::filterChanged, this, later);
    connect(&state, &AppState::visibleRangeChanged, this, later);
    connect(&state, &AppState::rangeChanged, this, later);
    connect(&views, &QTabWidget::currentChanged, this, later);
    connect(&lanes, &QScrollBar::rangeChanged, this, &SessionKeeper::applyLanes);
}

SessionState SessionKeeper::now() const
{
    SessionState state;
    if (!m_state.isOpen() || m_state.paths().contains(QStringLiteral("-")))
        return state;
    const Corpus& corpus = *m_state.corpus();
    for (const QString& path : m_state.paths())
        state.paths << QFileInfo(path).absoluteFilePath();
    state.view = helpTopicOf(m_views.currentWidget());
    if (const auto trace = m_state.trace(); trace && *trace < corpus.traces.rows())
        state.trace = qt(corpus.traceIdText(*trace));
    if (const Row span = m_state.span(); span != noRow && span < corpus.spans.rows()) {
        state.span = qt(corpus.idText(corpus.spans.spanId(span)));
        if (state.trace.isEmpty()) // ids of spans are told apart by their trace
            state.span += QLatin1Char(' ') +
                          qt(corpus.traceIdText(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, span))));
    }
    state.filter = m_state.filterText();
    if (m_chosen)
        state.chosen = m_chosen();
    state.visible = m_state.visibleRange();
    state.range = m_state.range();
    state.lanes = m_lanes.value();
    return state;
}

void SessionKeeper::setChoice(std::function<QString()> now, std::function<void(const QString&)> choose)
{
    m_chosen = std::move(now);
    m_choose = std::move(choose);
}

void SessionKeeper::save()
{
    m_pause.stop();
    if (m_wanted || m_state.loading())
        return; // what was there before is still to come
    const SessionState state = now();
    m_settings.setSession(state.paths.isEmpty() ? QByteArray() : sessionBytes(state));
}

bool SessionKeeper::restore()
{
    m_wanted = m_settings.restoresSession() ? readSession(m_settings.session()) : std::nullopt;
    if (!m_wanted)
        return false;
    QStringList there;
    QStringList gone;
    for (const QString& path : m_wanted->paths)
        (QFileInfo::exists(path) ? there : gone) << path;
    m_gone = gone;
    if (there.isEmpty()) {
        m_wanted.reset();
        tellGone();
        return false;
    }
    m_wanted->paths = there;
    m_state.open(there);
    return true;
}

void SessionKeeper::tellGone()
{
    if (m_gone.isEmpty())
        return;
    const QString first = oneLine(QFileInfo(m_gone.constFirst()).fileName().toStdString(), 60);
    m_notices.add({m_gone.size() == 1 ? tr("“%1” was open when the window was closed and is gone.").arg(first)
                                      : tr("“%1” and %2 more were open when the window was closed and are gone.")
                                            .arg(first, countText(m_gone.size() - 1)),
                   oneLine(m_gone.join(QLatin1Char('\n')).toStdString(), 4'000),
                   {}});
    m_gone.clear();
}

void SessionKeeper::applyWhenOpen()
{
    if (!m_wanted || m_state.loading())
        return;
    const SessionState wanted = *std::exchange(m_wanted, std::nullopt);
    tellGone(); // notices of an opening before are gone now
    if (!m_state.isOpen() || m_state.paths() != wanted.paths)
        return; // the user opened something else, or nothing could be read
    const Corpus& corpus = *m_state.corpus();
    const auto traceWith = [&corpus](const QString& id) -> std::optional<std::uint32_t> {
        for (std::uint32_t trace = 0; trace < corpus.traces.rows() && !id.isEmpty(); ++trace) {
            if (qt(corpus.traceIdText(trace)) == id)
                return trace;
        }
        return {};
    };
    for (int tab = 0; tab < m_views.count(); ++tab) {
        if (helpTopicOf(m_views.widget(tab)) == wanted.view)
            m_views.setCurrentIndex(tab);
    }
    m_state.setFilter(wanted.filter); // one that is not understood any more changes nothing
    const auto trace = traceWith(wanted.trace);
    if (trace || wanted.trace.isEmpty())
        m_state.setTrace(trace);
    const auto ofSpan = trace ? trace : traceWith(wanted.span.section(QLatin1Char(' '), 1));
    for (const Row row : ofSpan && !wanted.span.isEmpty() ? corpus.rowsOf(*ofSpan) : std::vector<Row>()) {
        if (qt(corpus.idText(corpus.spans.spanId(row))) == wanted.span.section(QLatin1Char(' '), 0, 0))
            m_state.setSpan(row);
    }
    if (trace || wanted.trace.isEmpty()) { // times are those of what was shown
        m_state.setVisibleRange(wanted.visible);
        m_state.setRange(wanted.range);
        m_wantedLanes = wanted.lanes;
    }
    if (m_choose)
        m_choose(wanted.chosen);
}

/// Once, when what is drawn is high enough.
void SessionKeeper::applyLanes()
{
    if (m_wantedLanes > 0 && m_lanes.maximum() > 0) {
        m_lanes.setValue(m_wantedLanes);
        m_wantedLanes = 0;
    }
}

} // namespace arcscope
