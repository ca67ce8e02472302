// StreamFindingModel: the findings of one stream as a table, in the order of the stream.
#pragma once

#include "streamsubject.h"

#include <QAbstractTableModel>

#include <memory>

namespace arcscope
{

class StreamFindingModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhenColumn, RuleColumn, WhatColumn, ColumnCount };
    /// FindingWeight as a number, for the colour of a row.
    static constexpr int WeightRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setSubject(std::shared_ptr<const StreamSubject> subject);
    const StreamFinding& finding(int row) const { return m_subject->findings[static_cast<std::size_t>(row)]; }
    /// The first finding behind an event, or before it; going around. -1: there are none.
    int next(std::uint32_t event, bool forward) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const StreamSubject> m_subject;
};

/// The moment of an event as views write it: "+1.2 s", "event 12" where no times are recorded.
QString momentText(const StreamTimeline& timeline, std::uint32_t event);

} // namespace arcscope
