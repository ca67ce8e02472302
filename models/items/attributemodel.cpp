#include "attributemodel.h"

#include "displaytext.h"

namespace arcscope
{

void AttributeModel::setAttributes(std::vector<Attribute> attributes)
{
    beginResetModel();
    m_attributes = std::move(attributes);
    endResetModel();
}

int AttributeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_attributes.size());
}

int AttributeModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AttributeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Attribute& attribute = m_attributes[static_cast<std::size_t>(index.row())];
    const std::string& text = index.column() == KeyColumn ? attribute.key : attribute.value;
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(text);
    case Qt::ToolTipRole:
        return oneLine(text, 1'000);
    case FullValueRole:
        return QString::fromStdString(text);
    default:
        return {};
    }
}

QVariant AttributeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("Attribute") : tr("Value");
}

} // namespace arcscope
