#include "spantreemodel.h"

#include "displaytext.h"
#include "notebook.h"
#include "stopbook.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// qHash(QModelIndex) adds row and internal id: ids that lie apart keep views with many expanded rows from going
/// quadratic.
constexpr int idShift = 9;

} // namespace

SpanTreeModel::SpanTreeModel(AppState& state, QObject* parent)
    : QAbstractItemModel(parent)
    , m_state(state)
    , m_corpus(std::make_shared<Corpus>())
    , m_nodes(1)
{
    connect(&state, &AppState::corpusChanged, this, &SpanTreeModel::rebuild);
    connect(&state, &AppState::traceChanged, this, &SpanTreeModel::rebuild);
    connect(&state, &AppState::spanChanged, this, &SpanTreeModel::rebuild);
    connect(&state, &AppState::filterChanged, this, [this] {
        if (m_nodes.size() > 1)
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {MatchRole, Qt::ForegroundRole});
    });
    connect(&state.notes(), &NoteBook::changed, this, [this] {
        if (m_nodes.size() > 1) // of any span, also below: views ask again for what they show
            emit dataChanged(index(0, Name), index(rowCount() - 1, Name), {NoteRole, Qt::ToolTipRole});
    });
    rebuild();
}

std::optional<std::uint32_t> SpanTreeModel::wantedTrace() const
{
    const Corpus& corpus = *m_state.corpus();
    if (corpus.traces.rows() == 0) // still reading
        return {};
    const Row row = m_state.span();
    return m_state.trace() || row == noRow
               ? m_state.trace()
               : std::optional(static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)));
}

void SpanTreeModel::rebuild()
{
    const auto wanted = wantedTrace();
    if (m_corpus != m_state.corpus() || m_trace != wanted)
        show(m_state.corpus(), wanted);
}

void SpanTreeModel::show(CorpusPtr corpus, std::optional<std::uint32_t> trace)
{
    beginResetModel();
    m_corpus = std::move(corpus);
    m_trace = trace;
    m_nodes.assign(1, {});
    m_byRow.clear();
    if (m_trace) {
        const std::vector<Row> rows = m_corpus->rowsOf(*m_trace);
        m_nodes.reserve(rows.size() + 1);
        std::vector<std::uint32_t> open{0}; // by depth: the node that children of that depth go to
        for (const Row row : rows) {
            const auto depth = static_cast<std::size_t>(m_corpus->spans.at(SpanColumn::Depth, row));
            open.resize(std::min(depth, open.size() - 1) + 1);
            const std::uint32_t parent = open.back();
            const auto node = static_cast<std::uint32_t>(m_nodes.size());
            m_nodes.push_back({row, parent, static_cast<std::uint32_t>(m_nodes[parent].children.size()), {}});
            m_nodes[parent].children.push_back(node);
            m_byRow.emplace_back(row, node);
            open.push_back(node);
        }
        std::sort(m_byRow.begin(), m_byRow.end());
    }
    endResetModel();
}

std::uint32_t SpanTreeModel::nodeOf(const QModelIndex& index)
{
    return index.isValid() ? static_cast<std::uint32_t>(index.internalId() >> idShift) : 0;
}

QModelIndex SpanTreeModel::indexOfNode(std::uint32_t node, int column) const
{
    return node == 0 ? QModelIndex()
                     : createIndex(static_cast<int>(m_nodes[node].place), column, quintptr{node} << idShift);
}

QModelIndex SpanTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const std::vector<std::uint32_t>& children = m_nodes[nodeOf(parent)].children;
    if (row < 0 || static_cast<std::size_t>(row) >= children.size() || column < 0 || column >= ColumnCount ||
        parent.column() > 0)
        return {};
    return indexOfNode(children[static_cast<std::size_t>(row)], column);
}

QModelIndex SpanTreeModel::parent(const QModelIndex& index) const
{
    return indexOfNode(m_nodes[nodeOf(index)].parent);
}

int SpanTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(m_nodes[nodeOf(parent)].children.size());
}

int SpanTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString SpanTreeModel::text(Row row, Column column) const
{
    const SpanTable& spans = m_corpus->spans;
    switch (column) {
    case Name: {
        const QString name = oneLine(m_corpus->text(SpanText::Name, row));
        return name.isEmpty() ? tr("(no name)") : name;
    }
    case Kind:
        return kindText(spans.kind(row));
    case Status:
        return spans.status(row) == SpanStatus::Unset ? QString() : statusText(spans.status(row));
    case Start: {
        const auto trace = static_cast<std::uint32_t>(spans.at(SpanColumn::Trace, row));
        const Nanos origin = m_corpus->traces.at(TraceColumn::Start, trace);
        const Nanos start = spans.start(row);
        if (start == noTime || origin == noTime)
            return notRecordedText();
        return (spans.flagged(row, SpanFlag::ClockAligned) ? QStringLiteral("\u2248 +") : QStringLiteral("+")) +
               QString::fromStdString(durationText(start - origin));
    }
    case Duration:
        return spans.duration(row) < 0 ? notRecordedText() : QString::fromStdString(durationText(spans.duration(row)));
    case Tokens: {
        const Usage usage = spans.usage(row);
        return usage.recorded() ? countText(usage.total()) : QString();
    }
    case Stop:
        return m_stops ? m_stops->pair(row).text() : QString();
    case ColumnCount:
        break;
    }
    return {};
}

void SpanTreeModel::setStops(const StopBook& stops)
{
    m_stops = &stops;
    connect(&stops, &StopBook::changed, this, [this] {
        if (m_nodes.size() > 1) // of any span, also below: views ask again for what they show
            emit dataChanged(index(0, Stop), index(rowCount() - 1, Stop));
    });
}

StopPair SpanTreeModel::stopOf(const QModelIndex& index) const
{
    return m_stops ? m_stops->pair(rowAt(index)) : StopPair();
}

QVariant SpanTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row row = rowAt(index);
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        if (column == Start && m_corpus->spans.flagged(row, SpanFlag::ClockAligned))
            return tr("%1, with the clock of its service aligned").arg(text(row, column));
        if (column == Stop)
            return role == Qt::ToolTipRole ? QStringLiteral("<p style='white-space:pre-wrap'>%1</p>")
                                                 .arg(stopOf(index).tip().toHtmlEscaped())
                                           : stopOf(index).spokenText();
        const QString note = column == Name ? noteOf(row) : QString();
        return note.isEmpty() ? text(row, column)
                              : tr("%1\nNote: %2").arg(text(row, column), oneLine(note.toStdString(), 1'000));
    }
    case NoteRole:
        return noteOf(row);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((column >= Start && column != Stop ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case RowRole:
        return row;
    case MatchRole: {
        const RowsPtr& matches = m_state.matches();
        return !matches || std::binary_search(matches->begin(), matches->end(), row);
    }
    default:
        return {};
    }
}

QString SpanTreeModel::noteOf(Row row) const
{
    const NoteBook& notes = m_state.notes();
    return notes.isEmpty() ? QString() : notes.note(NoteBook::placeOfSpan(*m_corpus, row));
}

QVariant SpanTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section >= Start && section != Stop ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Span");
    case Kind:
        return tr("Kind");
    case Status:
        return tr("Status");
    case Start:
        return tr("Start");
    case Duration:
        return tr("Duration");
    case Tokens:
        return tr("Tokens");
    case Stop:
        return tr("Stop");
    default:
        return {};
    }
}

Row SpanTreeModel::rowAt(const QModelIndex& index) const
{
    return m_nodes[nodeOf(index)].row;
}

QModelIndex SpanTreeModel::indexOf(Row row) const
{
    const auto found = std::lower_bound(m_byRow.begin(), m_byRow.end(), std::pair{row, std::uint32_t{0}});
    return found == m_byRow.end() || found->first != row ? QModelIndex() : indexOfNode(found->second);
}

} // namespace arcscope
