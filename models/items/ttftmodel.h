// TtftModel: the comparisons in which first tokens come later than before, as a table.
#pragma once

#include "streamcorpus.h"

#include <QAbstractTableModel>

namespace arcscope
{

class TtftModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, RatioColumn, MedianColumn, StreamsColumn, CohortColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Those that are slower; null: none.
    void setComparisons(TtftComparisonsPtr comparisons);
    const TtftComparison& comparison(int row) const
    {
        return (*m_comparisons)[m_slower[static_cast<std::size_t>(row)]];
    }
    /// What was compared and how much of it could not be, in a sentence.
    QString summary() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    TtftComparisonsPtr m_comparisons;
    std::vector<std::size_t> m_slower;
};

} // namespace arcscope
