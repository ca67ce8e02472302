// ArcEventModel: the steps of one arc as a table, each with what shows it.
#pragma once

#include "arcreading.h"

#include <QAbstractTableModel>

namespace arcscope
{

class ArcEventModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { StepColumn, TimeColumn, TextColumn, SourceColumn, WhereColumn, ColumnCount };
    enum Role {
        RowRole = Qt::UserRole, ///< of the span that shows it; -1: none
        StepRole,               ///< ArcStep as a number
        SourceRole,             ///< ArcSource as a number
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: nothing.
    void setArc(ArcsPtr of, std::uint32_t arc);
    /// Left out where it is of another arc.
    void setReading(ArcReadingPtr reading);
    const ArcsPtr& of() const { return m_of; }
    std::uint32_t arc() const { return m_arc; }
    /// Row of the table of events.
    std::uint32_t eventAt(int row) const { return m_first + static_cast<std::uint32_t>(row); }
    /// -1: not of this arc.
    int rowOf(std::uint32_t event) const;
    /// Null where nothing is read yet.
    const ArcQuote* quoteAt(int row) const;
    Row spanAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int row, int column) const;
    std::int64_t at(ArcEventColumn column, int row) const { return m_of->arcs.events.at(column, eventAt(row)); }

    ArcsPtr m_of;
    std::uint32_t m_arc = 0;
    std::uint32_t m_first = 0;
    std::uint32_t m_count = 0;
    ArcReadingPtr m_reading;
};

} // namespace arcscope
