// How cells of the list of findings are painted: what weighs much stands out, what was put aside recedes.
#pragma once

#include <QStyledItemDelegate>

namespace arcscope
{

class FindingDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace arcscope
