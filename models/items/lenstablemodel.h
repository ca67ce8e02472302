// LensTableModel: the table of a lens, its numbers sorted as numbers.
#pragma once

#include "lensresult.h"

#include <QAbstractTableModel>

#include <memory>

namespace arcscope
{

using LensResultPtr = std::shared_ptr<const LensResult>;

class LensTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        SortRole = Qt::UserRole, ///< a number for what is one, else the text; invalid where it is not recorded
        SpansRole,               ///< how many spans the row is made of
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setResult(LensResultPtr result); ///< null: nothing
    const std::vector<Row>& spansOf(int row) const;
    /// The row and cells as a line for a screen reader: "model gpt-4o, calls 12, …".
    QString lineText(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const LensCell& cell(const QModelIndex& index) const;

    LensResultPtr m_result;
};

} // namespace arcscope
