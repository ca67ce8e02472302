// FindingModel: the ranked findings as a table, narrowed down by level, rule, verdict, trace and the window's filter.
#pragma once

#include "findingbook.h"
#include "findinglayout.h"
#include "verdict.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <array>
#include <vector>

namespace arcscope
{

/// What is left in the table.
struct FindingChoice {
    FindingLevel least = FindingLevel::Check;
    QString rule; ///< empty: all
    bool open = true;
    bool confirmed = true;
    bool dismissed = false;
    bool traceOnly = false; ///< only of the trace that the window shows

    bool has(FindingVerdict verdict) const
    {
        return verdict == FindingVerdict::Open ? open : verdict == FindingVerdict::Confirmed ? confirmed : dismissed;
    }

    bool operator==(const FindingChoice&) const = default;
};

/// A finding for a timeline.
struct MarkedFinding {
    std::uint32_t entry = 0;
    std::uint32_t finding = 0;
    TimelineFinding place; ///< in the times of the window
};

/// A row is an entry: findings of one cause, with the typical one for all of them. Findings outside of the window's
/// filter are left out; while its rows are waited for, the list stays as it was.
class FindingModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        LevelColumn,
        RuleColumn,
        WhatColumn,
        PlaceColumn,
        WhenColumn,
        CountColumn,
        SeenColumn,
        BasisColumn,
        VerdictColumn,
        ColumnCount
    };
    enum Role {
        LevelRole = Qt::UserRole, ///< FindingLevel as a number
        WeightRole,               ///< FindingWeight as a number
        VerdictRole,              ///< FindingVerdict as a number
    };

    FindingModel(AppState& state, const FindingBook& book, QObject* parent = nullptr);

    const FindingChoice& choice() const { return m_choice; }
    void setChoice(const FindingChoice& choice);
    /// Of all entries of the level and rule chosen, how many have each verdict.
    const std::array<std::size_t, 3>& counts() const { return m_counts; }
    /// Open entries that are no mere signals, whatever is chosen.
    std::size_t openCount() const { return m_open; }
    /// All entries, whatever is chosen.
    std::size_t entryCount() const { return found().entries.size(); }
    /// Rules that have findings, by name.
    QStringList rules() const;

    /// As the book does when it has more.
    void setFound(FoundPtr found);
    const FoundFindings& found() const { return *m_found; }
    const FoundPtr& foundPtr() const { return m_found; }
    /// Index of the entry in a row.
    std::uint32_t entryOf(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// -1: not in the table.
    int rowOfIdentity(const QString& identity) const;
    /// Open where any finding of the entry is; else confirmed where any is.
    FindingVerdict verdictOf(std::uint32_t entry) const { return m_verdicts[entry]; }
    /// What was said last of the findings of an entry: reason and note.
    KeptVerdict keptOf(std::uint32_t entry) const;
    /// Of the findings of an entry the first that is open and within the trace and filter that are chosen, else the
    /// first that is within them, else 0.
    std::size_t memberToShow(std::uint32_t entry) const;
    /// Of the findings of an entry, how many have the verdict.
    std::size_t countOf(std::uint32_t entry, FindingVerdict verdict) const;
    /// In how many traces they begin.
    std::size_t tracesOf(std::uint32_t entry) const;
    /// What verdicts on the entry are kept under, each once.
    QStringList keysOf(std::uint32_t entry) const;
    /// Findings that are no mere signals and were not dismissed, by rank: of the trace that is shown, or all. At most
    /// 20,000.
    std::vector<MarkedFinding> marked() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// By a column; LevelColumn ascending is the ranking.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

signals:
    void arranged(); ///< rows or counts may be others

private:
    void takeVerdicts();
    void arrange();
    void sortRows(std::vector<std::uint32_t>& rows) const;
    bool passes(std::uint32_t entry) const;
    bool isWithin(const Finding& finding) const;
    FindingVerdict saidOf(std::uint32_t finding) const;
    QString text(std::uint32_t entry, int column) const;
    QString placeText(const Finding& finding) const;
    Nanos timeOf(std::uint32_t entry) const;

    AppState& m_state;
    FoundPtr m_found;
    FindingChoice m_choice;
    std::vector<FindingVerdict> m_verdicts; ///< by entry
    std::vector<std::uint32_t> m_rows;      ///< entries
    std::array<std::size_t, 3> m_counts{};
    std::size_t m_open = 0;
    int m_sortColumn = LevelColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace arcscope
