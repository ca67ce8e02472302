#include "tracelistmodel.h"

#include "displaytext.h"
#include "notebook.h"

#include <algorithm>
#include <numeric>

namespace arcscope
{
namespace
{

TraceColumn traceColumn(int column)
{
    switch (column) {
    case TraceListModel::Start:
        return TraceColumn::Start;
    case TraceListModel::Duration:
        return TraceColumn::Duration;
    case TraceListModel::Spans:
        return TraceColumn::Spans;
    case TraceListModel::Errors:
        return TraceColumn::Errors;
    case TraceListModel::ModelCalls:
        return TraceColumn::ModelCalls;
    case TraceListModel::ToolCalls:
        return TraceColumn::ToolCalls;
    case TraceListModel::Tokens:
        return TraceColumn::Tokens;
    case TraceListModel::Cost:
        return TraceColumn::Cost;
    case TraceListModel::Model:
        return TraceColumn::Model;
    case TraceListModel::Service:
        return TraceColumn::Service;
    case TraceListModel::Session:
        return TraceColumn::Session;
    default:
        return TraceColumn::Name;
    }
}

bool isText(int column)
{
    return column == TraceListModel::Name || column == TraceListModel::Model || column == TraceListModel::Service ||
           column == TraceListModel::Session;
}

/// The traces that have a matching span (all without a filter), sorted by one column; ties stay in import order.
std::vector<std::uint32_t> arranged(const Corpus& corpus, const RowsPtr& matches, int column, Qt::SortOrder order)
{
    std::vector<std::uint32_t> traces;
    if (matches) {
        std::vector<bool> seen(corpus.traces.rows());
        for (const Row row : *matches)
            seen[static_cast<std::size_t>(corpus.spans.at(SpanColumn::Trace, row))] = true;
        for (std::uint32_t trace = 0; trace < seen.size(); ++trace) {
            if (seen[trace])
                traces.push_back(trace);
        }
    } else {
        traces.resize(corpus.traces.rows());
        std::iota(traces.begin(), traces.end(), 0u);
    }
    const std::vector<std::int64_t> values = corpus.traces.values(traceColumn(column));
    const auto less = [&](std::uint32_t a, std::uint32_t b) {
        if (!isText(column))
            return values[a] < values[b];
        return corpus.strings[StringId{static_cast<std::uint32_t>(values[a])}] <
               corpus.strings[StringId{static_cast<std::uint32_t>(values[b])}];
    };
    if (order == Qt::AscendingOrder)
        std::stable_sort(traces.begin(), traces.end(), less);
    else
        std::stable_sort(traces.begin(), traces.end(), [&](std::uint32_t a, std::uint32_t b) { return less(b, a); });
    return traces;
}

} // namespace

TraceListModel::TraceListModel(AppState& state, QObject* parent)
    : QAbstractTableModel(parent)
    , m_state(state)
    , m_corpus(std::make_shared<Corpus>())
{
    connect(&state, &AppState::corpusChanged, this, &TraceListModel::arrange);
    connect(&state, &AppState::filterChanged, this, &TraceListModel::arrange);
    connect(&state.notes(), &NoteBook::changed, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, Name), index(rowCount() - 1, Name), {NoteRole, Qt::ToolTipRole});
    });
    arrange();
}

void TraceListModel::arrange()
{
    const CorpusPtr corpus = m_state.corpus();
    if (corpus != m_corpus) {
        m_task.cancel();
        beginResetModel();
        m_corpus = corpus;
        m_order = {};
        endResetModel();
        emit arranged();
    }
    if (corpus->traces.rows() == 0 || (m_state.filtering() && !m_state.matches()))
        return; // the old rows stay until the filter has been worked out
    m_task.start(
        [corpus, matches = m_state.matches(), column = m_sortColumn, order = m_sortOrder](const std::stop_token&) {
            auto made = std::make_shared<Order>();
            made->traces = arcscope::arranged(*corpus, matches, column, order);
            made->details = traceDetails(corpus->traces);
            made->places.assign(corpus->traces.rows(), -1);
            for (std::size_t i = 0; i < made->traces.size(); ++i)
                made->places[made->traces[i]] = static_cast<std::int32_t>(i);
            return made;
        },
        [this](const std::shared_ptr<Order>& order) {
            beginResetModel();
            m_order = std::move(*order);
            endResetModel();
            emit arranged();
        });
}

int TraceListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.traces.size());
}

int TraceListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString TraceListModel::text(std::uint32_t trace, Column column) const
{
    const std::int64_t value = m_corpus->traces.at(traceColumn(column), trace);
    if (isText(column)) {
        if (column == Name)
            return traceName(*m_corpus, trace, m_order.details);
        return oneLine(m_corpus->strings[StringId{static_cast<std::uint32_t>(value)}]);
    }
    switch (column) {
    case Start:
        return timeText(value).left(19); // to the second; the tip has all digits
    case Duration:
        return value < 0 ? notRecordedText() : QString::fromStdString(durationText(value));
    case Tokens:
        return value < 0 ? notRecordedText() : countText(value);
    case Cost:
        return value < 0 ? notRecordedText()
                         : costText(value, m_corpus->strings[StringId{static_cast<std::uint32_t>(
                                               m_corpus->traces.at(TraceColumn::Currency, trace))}]);
    default:
        return countText(value);
    }
}

QString TraceListModel::noteOf(std::uint32_t trace) const
{
    const NoteBook& notes = m_state.notes();
    return notes.isEmpty() ? QString() : notes.note(NoteBook::placeOfTrace(*m_corpus, trace));
}

QVariant TraceListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const std::uint32_t trace = traceAt(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(trace, column);
    case Qt::ToolTipRole:
        return column == Start  ? exactTimeText(m_corpus->traces.at(TraceColumn::Start, trace))
               : column == Name ? QStringList({text(trace, column), noteOf(trace)}).join(u'\n').trimmed()
                                : text(trace, column);
    case TellingRole:
        return tellingName(*m_corpus, trace, m_order.details);
    case NoteRole:
        return noteOf(trace);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((isText(column) || column == Start ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    case SortRole:
        return QVariant::fromValue(static_cast<qlonglong>(m_corpus->traces.at(traceColumn(column), trace)));
    case TraceRole:
        return trace;
    default:
        return {};
    }
}

QVariant TraceListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((isText(section) || section == Start ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Trace");
    case Start:
        return tr("Start (UTC)");
    case Duration:
        return tr("Duration");
    case Spans:
        return tr("Spans");
    case Errors:
        return tr("Errors");
    case ModelCalls:
        return tr("Model calls");
    case ToolCalls:
        return tr("Tool calls");
    case Tokens:
        return tr("Tokens");
    case Cost:
        return tr("Cost");
    case Model:
        return tr("Model");
    case Service:
        return tr("Service");
    case Session:
        return tr("Session");
    default:
        return {};
    }
}

void TraceListModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    arrange();
}

QModelIndex TraceListModel::indexOf(std::uint32_t trace) const
{
    const std::int32_t place = trace < m_order.places.size() ? m_order.places[trace] : -1;
    return place < 0 ? QModelIndex() : index(place, 0);
}

} // namespace arcscope
