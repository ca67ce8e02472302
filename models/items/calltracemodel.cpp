#include "calltracemodel.h"

#include "displaytext.h"

#include <algorithm>

namespace arcscope
{

CallTraceModel::CallTraceModel(AppState& state, QObject* parent)
    : QAbstractTableModel(parent)
    , m_state(state)
    , m_corpus(std::make_shared<Corpus>())
    , m_calls(std::make_shared<FoundCalls>())
{
    connect(&state, &AppState::corpusChanged, this, &CallTraceModel::count);
    connect(&state, &AppState::loadingChanged, this, &CallTraceModel::count);
    connect(&state, &AppState::filterChanged, this, &CallTraceModel::count);
}

void CallTraceModel::setFindings(const FindingBook& findings)
{
    m_findings = &findings;
    connect(&findings, &FindingBook::callsChanged, this, &CallTraceModel::count);
}

void CallTraceModel::setWanted(bool wanted)
{
    m_wanted = wanted;
    if (wanted)
        count();
}

CallTraceModel::All CallTraceModel::countsOf(const Corpus& corpus, const FoundCalls& read, const std::stop_token& stop)
{
    All all(corpus.traces.rows());
    for (std::uint32_t trace = 0; trace < all.size(); ++trace)
        all[trace].trace = trace;
    const SpanTable& spans = corpus.spans;
    for (Row row = 0; row < spans.rows() && !stop.stop_requested(); ++row) {
        const SpanKind kind = spans.kind(row);
        const bool call = kind == SpanKind::ToolCall || kind == SpanKind::Retrieval;
        if ((!call && kind != SpanKind::Agent) || spans.flagged(row, SpanFlag::Superseded))
            continue;
        Counts& counts = all[static_cast<std::size_t>(spans.at(SpanColumn::Trace, row))];
        const SpanStatus status = spans.status(row);
        counts.calls += call ? 1 : 0;
        counts.agents += call ? 0 : 1;
        counts.problems += call && (status == SpanStatus::Error || status == SpanStatus::Cancelled ||
                                    spans.flagged(row, SpanFlag::NotExecuted))
                               ? 1
                               : 0;
    }
    for (const auto& [row, counts] : read.traces) {
        Counts& of = all[static_cast<std::size_t>(spans.at(SpanColumn::Trace, row))];
        of.calls = counts.calls;
        of.problems = counts.problems;
    }
    std::erase_if(all, [](const Counts& counts) { return counts.calls == 0; });
    return all;
}

std::shared_ptr<CallTraceModel::Counted> CallTraceModel::countedOf(const Corpus& corpus, const FoundCalls& read,
                                                                   const RowsPtr& matches, const std::stop_token& stop)
{
    auto made = std::make_shared<Counted>();
    made->all = countsOf(corpus, read, stop);
    made->withCalls = made->all.size();
    made->details = traceDetails(corpus.traces);
    if (matches) {
        std::vector<bool> left(corpus.traces.rows());
        for (const Row row : *matches)
            left[static_cast<std::size_t>(corpus.spans.at(SpanColumn::Trace, row))] = true;
        std::erase_if(made->all, [&left](const Counts& counts) { return !left[counts.trace]; });
    }
    return made;
}

void CallTraceModel::count()
{
    if (!m_state.isOpen() || m_state.loading()) {
        m_task.cancel();
        m_corpus = std::make_shared<Corpus>();
        beginResetModel();
        m_shown.clear();
        m_withCalls = 0;
        endResetModel();
        return;
    }
    if (m_state.filtering() && !m_state.matches())
        return; // the rows come in a moment
    static const auto none = std::make_shared<const FoundCalls>();
    const bool known = m_findings && m_findings->calls()->in == m_state.openCorpus();
    const CallsPtr calls = known ? m_findings->calls() : none;
    if (m_state.growing() && !known && !m_calls->traces.empty())
        return; // what was read of an earlier state says more than the spans of this one
    if (!m_wanted || (m_corpus == m_state.corpus() && m_calls == calls && m_matches == m_state.matches()))
        return;
    m_corpus = m_state.corpus();
    m_calls = calls;
    m_matches = m_state.matches();
    m_task.start([corpus = m_corpus, calls, matches = m_matches](
                     const std::stop_token& stop) { return countedOf(*corpus, *calls, matches, stop); },
                 [this](const std::shared_ptr<Counted>& made) {
                     beginResetModel();
                     m_shown = std::move(made->all);
                     m_withCalls = made->withCalls;
                     m_details = std::move(made->details);
                     arrange();
                     endResetModel();
                     emit counted();
                 });
}

void CallTraceModel::arrange()
{
    const auto key = [this](const Counts& counts) -> std::int64_t {
        switch (m_column) {
        case CallsColumn:
            return counts.calls;
        case ProblemsColumn:
            return counts.problems;
        case AgentsColumn:
            return counts.agents;
        case StartColumn:
            return m_corpus->traces.at(TraceColumn::Start, counts.trace);
        default:
            return 0;
        }
    };
    const bool down = m_order == Qt::DescendingOrder;
    std::sort(m_shown.begin(), m_shown.end(), [&](const Counts& a, const Counts& b) {
        if (m_column == NameColumn) {
            const int order = text(a, NameColumn).localeAwareCompare(text(b, NameColumn));
            return order != 0 ? (order < 0) != down : a.trace < b.trace;
        }
        if (key(a) != key(b))
            return (key(a) < key(b)) != down;
        return a.calls != b.calls ? a.calls > b.calls : a.trace < b.trace;
    });
}

void CallTraceModel::sort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    beginResetModel();
    arrange();
    endResetModel();
}

int CallTraceModel::rowOf(std::uint32_t trace) const
{
    const auto found =
        std::find_if(m_shown.begin(), m_shown.end(), [&](const Counts& counts) { return counts.trace == trace; });
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

int CallTraceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int CallTraceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CallTraceModel::text(const Counts& counts, int column) const
{
    switch (column) {
    case NameColumn:
        return traceName(*m_corpus, counts.trace, m_details);
    case CallsColumn:
        return countText(counts.calls);
    case ProblemsColumn:
        return countText(counts.problems);
    case AgentsColumn:
        return countText(counts.agents);
    case StartColumn:
        return timeText(m_corpus->traces.at(TraceColumn::Start, counts.trace));
    default:
        return {};
    }
}

QVariant CallTraceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const bool right = index.column() >= CallsColumn && index.column() <= AgentsColumn;
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return text(m_shown[static_cast<std::size_t>(index.row())], index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    return {};
}

QVariant CallTraceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const QString names[] = {tr("Trace"), tr("Calls"), tr("With a problem"), tr("Agents"), tr("Start")};
    if (role == Qt::DisplayRole)
        return names[section];
    if (role == Qt::ToolTipRole && section == ProblemsColumn)
        return tr("Failed, cancelled, not seen to run, unpaired, repeated, late or for nobody");
    if (role == Qt::TextAlignmentRole) {
        const bool right = section >= CallsColumn && section <= AgentsColumn;
        return QVariant::fromValue(Qt::Alignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    return {};
}

} // namespace arcscope
