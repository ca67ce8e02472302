// StreamFindingModel: the findings of one stream as a table, severe ones first, those of many places folded into a row.
#pragma once

#include "streamsubject.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace arcscope
{

class StreamFindingModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhenColumn, RuleColumn, WhatColumn, ColumnCount };
    /// FindingWeight as a number, for the colour of a row.
    enum Role { WeightRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setSubject(std::shared_ptr<const StreamSubject> subject);
    /// The findings of a row in the order of the stream, as indices into those of the subject.
    const std::vector<std::uint32_t>& findingsOf(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    const StreamFinding& finding(std::uint32_t index) const { return m_subject->findings[index]; }
    int rowOf(std::uint32_t finding) const;
    /// The place of a row that comes behind an event, going around.
    std::uint32_t placeIn(int row, std::uint32_t event) const;
    /// The first finding behind an event, or the last before it; going around. Nothing: there are none.
    std::optional<std::uint32_t> next(std::uint32_t event, bool forward) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString whatText(int row) const;

    std::shared_ptr<const StreamSubject> m_subject;
    std::vector<std::vector<std::uint32_t>> m_rows;
};

/// The moment of an event as views write it: "+1.2 s", "event 12" where no times are recorded.
QString momentText(const StreamTimeline& timeline, std::uint32_t event);

} // namespace arcscope
