// StopMatrixModel: vendors' words, or groups of calls, against what they stopped for, as a table with a line of sums.
#pragma once

#include "stopoverview.h"

#include <QAbstractTableModel>

namespace arcscope
{

class StopMatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Lines { Words, Groups };
    /// Behind these is one column for each bucket that occurs in what is open, those with most disagreements first,
    /// whatever the filter says.
    enum Column { NameColumn, CallsColumn, DisagreeColumn, FirstBucket };
    enum Role {
        BucketRole = Qt::UserRole, ///< StopBucket as a number; -1: not of one
        ShareRole,                 ///< of the line, 0 to 1; nothing where the cell is empty
        DisagreesRole,             ///< the vendor's word says something else than a call of the cell
        ReviewRole,                ///< the word is one that nobody lists
    };

    explicit StopMatrixModel(Lines lines, QObject* parent = nullptr);

    /// Null: nothing.
    void setOverview(StopOverviewPtr overview);
    const StopOverviewPtr& overview() const { return m_overview; }
    /// Null for the first row, which sums up.
    const StopLine* lineOf(int row) const;
    StopBucket bucketOf(int column) const { return m_buckets[static_cast<std::size_t>(column - FirstBucket)]; }
    /// -1: that bucket does not occur.
    int columnOf(StopBucket bucket) const;
    /// -1: there is no line of that name.
    int rowOf(const std::string& name) const;
    /// The spans of a cell.
    std::vector<Row> rowsOf(const QModelIndex& index) const;
    /// "end_turn, silent truncation: 12 of 80 calls (15 %)".
    QString textOf(const QModelIndex& index) const;
    /// What leaves the spans of a cell as a filter; empty where the language cannot say it.
    QString filterOf(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const std::vector<StopLine>& lines() const;
    const StopLine& shownLine(int row) const;
    QString nameOf(int row) const;
    QString cellText(int row, int column) const;
    std::uint64_t countOf(int row, int column) const;
    QString tip(const QModelIndex& index) const;

    Lines m_lines;
    StopOverviewPtr m_overview;
    std::vector<StopBucket> m_buckets; ///< of the columns
};

} // namespace arcscope
