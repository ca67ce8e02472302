// ChoiceDelegate: cells that are edited by choosing from a list.
#pragma once

#include <QStyledItemDelegate>

namespace arcscope
{

/// Cells that have MappingFieldModel::ChoicesRole; the editor opens its list at once, and a choice is taken at once.
class ChoiceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace arcscope
