// The fields of a file that is mapped: what each means, and what the first records have there.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace arcscope
{

struct MappingFieldRow {
    QString path;
    QStringList samples;
    int meaning = 0; ///< index into the meanings; 0: not used
    int unit = 0;    ///< index into the units
};

/// Means and Unit can be edited: their EditRole is an index, ChoicesRole the texts to choose from.
class MappingFieldModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { FieldColumn, MeaningColumn, UnitColumn, FirstSample };
    enum Role { ChoicesRole = Qt::UserRole };
    static constexpr int shownSamples = 3;

    using QAbstractTableModel::QAbstractTableModel;

    /// What a field can mean, and whether it has a unit.
    void setMeanings(const QStringList& titles, const std::vector<bool>& withUnit);
    void setUnits(const QStringList& titles) { m_units = titles; }
    void setRows(std::vector<MappingFieldRow> rows);
    const std::vector<MappingFieldRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool hasUnit(const MappingFieldRow& row) const;

    QStringList m_meanings;
    std::vector<bool> m_withUnit;
    QStringList m_units;
    std::vector<MappingFieldRow> m_rows;
};

} // namespace arcscope
