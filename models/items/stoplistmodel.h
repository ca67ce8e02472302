// StopListModel: calls with the same end as a table, the exemplars with what they said last.
#pragma once

#include "stopreading.h"

#include <QAbstractTableModel>

#include <unordered_map>
#include <vector>

namespace arcscope
{

class StopListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        WhyColumn,
        EndColumn,
        NameColumn,
        StopColumn,
        RuleColumn,
        ModelColumn,
        TokensColumn,
        StartColumn,
        ColumnCount
    };
    enum Role { RowRole = Qt::UserRole }; ///< of the span

    using QAbstractTableModel::QAbstractTableModel;

    /// In the order in which they are shown. `shown`: the same rows with the clocks of the window.
    void setStops(StopsPtr of, CorpusPtr shown, std::vector<StopExemplar> stops);
    void addReadings(std::vector<StopReading> readings);
    const std::vector<StopExemplar>& stops() const { return m_stops; }
    const StopsPtr& of() const { return m_of; }
    Row rowOf(int row) const { return m_stops[static_cast<std::size_t>(row)].row; }
    const SpanStop* stopOf(int row) const { return m_of->of(rowOf(row)); }
    /// Null: not read yet.
    const StopReading* readingOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int row, int column) const;

    StopsPtr m_of;
    CorpusPtr m_shown;
    std::vector<StopExemplar> m_stops;
    std::unordered_map<Row, StopReading> m_readings;
};

} // namespace arcscope
