// Draws the cells of forks by models: the counts, and a bar of what differs.
#pragma once

#include <QStyledItemDelegate>

namespace arcscope
{

class ReplayMatrixDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace arcscope
