// The tool calls of a trace as a tree: who asked, what ran, and what runs inside of it.
#pragma once

#include "calltreesubject.h"

#include <QAbstractItemModel>

namespace arcscope
{

class StopBook;

class CallTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        CallColumn,
        StateColumn,
        WaitColumn,
        RunColumn,
        RetryColumn,
        TokensColumn,
        AllTokensColumn,
        CostColumn,
        AllCostColumn,
        ColumnCount
    };
    enum Role { NodeRole = Qt::UserRole, DepthRole, ProblemRole, MatchRole };

    using QAbstractItemModel::QAbstractItemModel;

    /// Null: nothing. `rows` says which nodes are in it; the others and what is below them are left out.
    void setSubject(CallTreePtr subject, const CallRows& rows);
    /// Rows of the corpus that match a filter; null: no filter.
    void setMatches(std::shared_ptr<const std::vector<Row>> matches);
    const CallTreePtr& subject() const { return m_subject; }
    /// Spans of nodes are shown with what they stopped for; must live as long.
    void setStops(const StopBook& stops);
    /// "tool_use | hand-off"; empty where it is not known.
    QString stopOf(std::uint32_t node) const;

    std::uint32_t nodeAt(const QModelIndex& index) const;
    /// Invalid where the node is left out.
    QModelIndex indexOf(std::uint32_t node, int column = CallColumn) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(std::uint32_t node, int column) const;

    const StopBook* m_stops = nullptr;
    CallTreePtr m_subject;
    std::shared_ptr<const std::vector<Row>> m_matches;
    /// By node + 1; 0 stands above the roots.
    std::vector<std::vector<std::uint32_t>> m_children;
    std::vector<std::int32_t> m_places; ///< among the siblings; -1: left out
};

} // namespace arcscope
