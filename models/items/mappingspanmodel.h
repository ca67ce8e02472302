// The first spans that a mapping gives, as a table.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace arcscope
{

class MappingSpanModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, KindColumn, StartColumn, LengthColumn, ModelColumn, TokensColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// One text for each column of each span.
    void setRows(std::vector<QStringList> rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<QStringList> m_rows;
};

} // namespace arcscope
