#include "calltreemodel.h"

#include "callwords.h"
#include "displaytext.h"
#include "stopbook.h"
#include "stopwords.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// qHash(QModelIndex) adds row and internal id: ids that lie apart keep views with many expanded rows from going
/// quadratic.
constexpr int idShift = 9;

QString number(std::int64_t value)
{
    return value < 0 ? notRecordedText() : countText(value);
}

} // namespace

void CallTreeModel::setSubject(CallTreePtr subject, const CallRows& rows)
{
    beginResetModel();
    m_subject = std::move(subject);
    const std::size_t nodes = m_subject ? m_subject->tree.nodes.size() : 0;
    m_children.assign(nodes + 1, {});
    m_places.assign(nodes, -1);
    for (std::uint32_t node = 0; node < nodes; ++node) {
        const std::uint32_t parent = m_subject->node(node).parent;
        if (!rows.kept(node) || (parent != TreeCall::none && m_places[parent] < 0))
            continue;
        auto& siblings = m_children[parent == TreeCall::none ? 0 : parent + 1];
        m_places[node] = static_cast<std::int32_t>(siblings.size());
        siblings.push_back(node);
    }
    endResetModel();
}

void CallTreeModel::setMatches(std::shared_ptr<const std::vector<Row>> matches)
{
    m_matches = std::move(matches);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {MatchRole, Qt::ForegroundRole});
}

void CallTreeModel::setStops(const StopBook& stops)
{
    m_stops = &stops;
    connect(&stops, &StopBook::changed, this, [this] {
        if (rowCount() > 0) // also below: views ask again for what they show
            emit dataChanged(index(0, StateColumn), index(rowCount() - 1, StateColumn));
    });
}

QString CallTreeModel::stopOf(std::uint32_t node) const
{
    const Row row = m_subject->node(node).row;
    return m_stops && row != noRow ? m_stops->pair(row).text() : QString();
}

std::uint32_t CallTreeModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<std::uint32_t>(index.internalId() >> idShift) : TreeCall::none;
}

QModelIndex CallTreeModel::indexOf(std::uint32_t node, int column) const
{
    return node >= m_places.size() || m_places[node] < 0
               ? QModelIndex()
               : createIndex(m_places[node], column, quintptr{node} << idShift);
}

QModelIndex CallTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (m_children.empty() || parent.column() > 0 || row < 0 || column < 0 || column >= ColumnCount)
        return {};
    const auto& children = m_children[parent.isValid() ? nodeAt(parent) + 1 : 0];
    return static_cast<std::size_t>(row) < children.size() ? indexOf(children[static_cast<std::size_t>(row)], column)
                                                           : QModelIndex();
}

QModelIndex CallTreeModel::parent(const QModelIndex& index) const
{
    return index.isValid() ? indexOf(m_subject->node(nodeAt(index)).parent) : QModelIndex();
}

int CallTreeModel::rowCount(const QModelIndex& parent) const
{
    if (m_children.empty() || parent.column() > 0)
        return 0;
    return static_cast<int>(m_children[parent.isValid() ? nodeAt(parent) + 1 : 0].size());
}

int CallTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString CallTreeModel::text(std::uint32_t node, int column) const
{
    const CallNode& of = m_subject->node(node);
    const auto length = [](Nanos time) {
        return time < 0 ? notRecordedText() : QString::fromStdString(durationText(time));
    };
    const auto cost = [&](std::int64_t micros) {
        return micros < 0 ? notRecordedText() : costText(micros, m_subject->corpus->strings[of.currency]);
    };
    switch (column) {
    case CallColumn:
        return callName(*m_subject, node);
    case StateColumn: {
        const QString state = callState(*m_subject, node);
        const Row row = of.row;
        const StopPair pair = m_stops && row != noRow ? m_stops->pair(row) : StopPair();
        // Of narrow columns only the beginning is seen.
        const QString stop = pair.isEmpty() || pair.recorded
                                 ? pair.text()
                                 : QStringLiteral("%1 | %2").arg(notRecordedText(), pair.derived);
        return state.isEmpty() || stop.isEmpty() ? state + stop : QStringLiteral("%1  \u00b7  %2").arg(state, stop);
    }
    case WaitColumn:
        return of.of == CallNode::Of::Owner ? QString() : length(of.wait);
    case RunColumn:
        return length(of.run);
    case RetryColumn:
        return callRetry(*m_subject, node);
    case TokensColumn:
        return number(of.selfTokens);
    case AllTokensColumn:
        return number(of.totalTokens);
    case CostColumn:
        return cost(of.selfCost);
    case AllCostColumn:
        return cost(of.totalCost);
    default:
        return {};
    }
}

QVariant CallTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const std::uint32_t node = nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(node, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == CallColumn ? callSummary(*m_subject, node) : text(node, index.column());
    case Qt::AccessibleDescriptionRole:
        return index.column() == CallColumn ? callDetails(*m_subject, node, stopOf(node)) : QVariant();
    case Qt::ToolTipRole: // trace text would be read as HTML otherwise
        return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>")
            .arg(callDetails(*m_subject, node, stopOf(node))
                     .toHtmlEscaped()
                     .replace(QLatin1Char('\n'), QStringLiteral("<br>")));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((index.column() <= StateColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    case NodeRole:
        return node;
    case DepthRole:
        return m_subject->node(node).depth;
    case ProblemRole:
        return m_subject->lanes.rows[node].flags.problem();
    case MatchRole:
        return !m_matches || std::binary_search(m_matches->begin(), m_matches->end(), m_subject->rowFor(node));
    default:
        return {};
    }
}

QVariant CallTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const QString names[] = {tr("Call"),   tr("State"),         tr("Wait"), tr("Run"),        tr("Retry"),
                             tr("Tokens"), tr("Tokens in all"), tr("Cost"), tr("Cost in all")};
    const QString about[] = {tr("What was asked for, below who asked for it"),
                             tr("How it ended, and what is wrong with it"),
                             tr("From being asked for to its start"),
                             tr("From its start to its end"),
                             tr("Which attempt it is, or whether it repeats another"),
                             tr("Tokens of its span alone"),
                             tr("Tokens of its span and all below, each response once"),
                             tr("Cost of its span alone"),
                             tr("Cost of its span and all below")};
    switch (role) {
    case Qt::DisplayRole:
        return names[section];
    case Qt::ToolTipRole:
        return about[section];
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((section <= StateColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    default:
        return {};
    }
}

} // namespace arcscope
