// ReplayMatrixModel: prompt forks by models, each cell with its tasks, how far they may be believed and what differs.
#pragma once

#include "foundreplay.h"

#include <QAbstractTableModel>

namespace arcscope
{

class ReplayMatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        SharesRole = Qt::UserRole, ///< QVariantList of doubles: shares of tasks by ReplayDifference; empty: no task
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setReplay(ReplayPtr found);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString cellText(const ReplayCell& cell) const;
    QString cellDetails(const ReplayCell& cell) const;

    ReplayPtr m_found;
};

} // namespace arcscope
