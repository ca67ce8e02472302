// Keys and values of a span as a table.
#pragma once

#include "content.h"

#include <QAbstractTableModel>

namespace arcscope
{

class AttributeModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { KeyColumn, ValueColumn, ColumnCount };
    enum Role { FullValueRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setAttributes(std::vector<Attribute> attributes);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Attribute> m_attributes;
};

} // namespace arcscope
