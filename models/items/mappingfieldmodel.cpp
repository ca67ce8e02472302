#include "mappingfieldmodel.h"

#include "displaytext.h"

namespace arcscope
{

void MappingFieldModel::setMeanings(const QStringList& titles, const std::vector<bool>& withUnit)
{
    m_meanings = titles;
    m_withUnit = withUnit;
}

void MappingFieldModel::setRows(std::vector<MappingFieldRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int MappingFieldModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MappingFieldModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstSample + shownSamples;
}

bool MappingFieldModel::hasUnit(const MappingFieldRow& row) const
{
    const auto meaning = static_cast<std::size_t>(row.meaning);
    return meaning < m_withUnit.size() && m_withUnit[meaning];
}

QVariant MappingFieldModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const MappingFieldRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool shown = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    switch (index.column()) {
    case FieldColumn:
        return shown ? QVariant(oneLine(row.path.toStdString())) : QVariant();
    case MeaningColumn:
        if (role == ChoicesRole)
            return m_meanings;
        if (role == Qt::EditRole)
            return row.meaning;
        return shown ? QVariant(m_meanings.value(row.meaning)) : QVariant();
    case UnitColumn:
        if (!hasUnit(row))
            return {};
        if (role == ChoicesRole)
            return m_units;
        if (role == Qt::EditRole)
            return row.unit;
        return shown ? QVariant(m_units.value(row.unit)) : QVariant();
    default:
        break;
    }
    if (!shown)
        return {};
    const QString sample = row.samples.value(index.column() - FirstSample);
    return sample.isEmpty() ? notRecordedText() : oneLine(sample.toStdString(), 120);
}

bool MappingFieldModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const bool isMeaning = index.column() == MeaningColumn;
    MappingFieldRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const int chosen = value.toInt();
    int& field = isMeaning ? row.meaning : row.unit;
    if (chosen < 0 || chosen >= (isMeaning ? m_meanings : m_units).size())
        return false;
    if (field != chosen) {
        field = chosen;
        emit dataChanged(index.siblingAtColumn(MeaningColumn), index.siblingAtColumn(UnitColumn));
    }
    return true;
}

Qt::ItemFlags MappingFieldModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    const bool editable = index.column() == MeaningColumn ||
                          (index.column() == UnitColumn && hasUnit(m_rows[static_cast<std::size_t>(index.row())]));
    return editable ? flags | Qt::ItemIsEditable : flags;
}

QVariant MappingFieldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FieldColumn:
        return tr("Field");
    case MeaningColumn:
        return tr("Means");
    case UnitColumn:
        return tr("Unit");
    default:
        return tr("Record %1").arg(section - FirstSample + 1);
    }
}

} // namespace arcscope
