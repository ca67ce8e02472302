#include "choicedelegate.h"

#include "mappingfieldmodel.h"

#include <QComboBox>
#include <QTimer>

namespace arcscope
{

QWidget* ChoiceDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const QStringList choices = index.data(MappingFieldModel::ChoicesRole).toStringList();
    if (choices.isEmpty())
        return nullptr;
    auto* box = new QComboBox(parent);
    box->addItems(choices);
    box->setAccessibleName(tr("%1 of %2")
                               .arg(index.model()->headerData(index.column(), Qt::Horizontal).toString(),
                                    index.siblingAtColumn(MappingFieldModel::FieldColumn).data().toString()));
    connect(box, &QComboBox::activated, this, [this, box] {
        auto* const self = const_cast<ChoiceDelegate*>(this);
        emit self->commitData(box);
        emit self->closeEditor(box);
    });
    QTimer::singleShot(0, box, &QComboBox::showPopup);
    return box;
}

void ChoiceDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    if (auto* box = qobject_cast<QComboBox*>(editor))
        box->setCurrentIndex(index.data(Qt::EditRole).toInt());
}

void ChoiceDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    if (const auto* box = qobject_cast<QComboBox*>(editor))
        model->setData(index, box->currentIndex(), Qt::EditRole);
}

/// A sign that there is something to choose.
void ChoiceDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.flags() & Qt::ItemIsEditable)
        option->text += QStringLiteral("  ▾");
}

} // namespace arcscope
