// ReplayTaskModel: the tasks of a replay as a table, sortable by what differs and by how much.
#pragma once

#include "foundreplay.h"
#include "replaydecision.h"

#include <QAbstractTableModel>

#include <array>
#include <optional>
#include <vector>

namespace arcscope
{

enum class ReplayTaskColumn : std::uint8_t {
    Task,
    Base,
    Candidate,
    Change,
    Difference,
    State,
    Steps, ///< that differ
    Valid,
    Cost,
    Latency,
    Tokens,
    Verdict
};
inline constexpr int replayTaskColumnCount = 12;

/// Which tasks are listed.
enum class ReplayShown : std::uint8_t { All, Differing, Gains, Regressions, NotReviewed, NotCompared };
inline constexpr int replayShownCount = 6;

class ReplayTaskModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        TaskRole = Qt::UserRole, ///< number in the pairing
        WeightRole,              ///< ReplayClass as a number; -1: not compared
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: nothing.
    void setReplay(ReplayPtr found, std::size_t candidate);
    const ReplayPtr& replay() const { return m_found; }
    std::size_t candidate() const { return m_candidate; }
    void setShown(ReplayShown shown);
    ReplayShown shown() const { return m_shown; }
    void setReviews(std::vector<ReplayReview> reviews);
    /// Of the sides that are compared; null: none.
    const ReplayReview* review(std::uint32_t task) const;

    std::optional<std::uint32_t> taskAt(int line) const;
    int lineOf(std::uint32_t task) const; ///< -1: not in the list
    std::size_t listed() const { return m_tasks.size(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// What matters most, then how many steps differ, is the order of the difference; those not compared stay last.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    void list();
    void readReviews();
    bool isShown(std::uint32_t task) const;
    double rank(std::uint32_t task, ReplayTaskColumn column) const;
    QString text(std::uint32_t task, ReplayTaskColumn column) const;
    QString about(std::uint32_t task) const;
    std::size_t side() const { return m_candidate + 1; }

    ReplayPtr m_found;
    std::size_t m_candidate = 0;
    ReplayShown m_shown = ReplayShown::All;
    std::vector<ReplayReview> m_reviews;
    std::vector<std::optional<ReplayReview>> m_reviewOf; ///< by task
    std::vector<std::uint32_t> m_tasks;                  ///< as they are listed
    std::vector<int> m_lines;                            ///< by task
    ReplayTaskColumn m_sorted = ReplayTaskColumn::Difference;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

QString shownText(ReplayShown shown);

} // namespace arcscope
