#include "stopmatrixdelegate.h"

#include "stopbadge.h"
#include "stoplistmodel.h"
#include "stopmatrixmodel.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr int barHeight = 3;

} // namespace

void StopMatrixDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Theme& theme = themeFor(option->palette);
    option->font.setBold(index.row() == 0 || index.data(StopMatrixModel::DisagreesRole).toBool());
    if (index.data(StopMatrixModel::DisagreesRole).toBool() && index.row() > 0)
        option->palette.setColor(QPalette::Text, theme[ColourRole::Contradiction].ink);
    else if (index.data(StopMatrixModel::ReviewRole).toBool() && index.column() == StopMatrixModel::NameColumn)
        option->font.setItalic(true);
}

void StopMatrixDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const QVariant share = index.data(StopMatrixModel::ShareRole);
    if (!share.isValid())
        return;
    const QRect room = option.rect.adjusted(4, 0, -4, 0);
    const int width = std::max(2, static_cast<int>(std::lround(room.width() * share.toDouble())));
    const QRect bar(room.left(), option.rect.bottom() - barHeight, width, barHeight);
    paintBucketFill(*painter, bar, static_cast<StopBucket>(index.data(StopMatrixModel::BucketRole).toInt()),
                    themeFor(option.palette));
}

QSize StopMatrixDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.rwidth() += 4;
    return size;
}

void StopBadgeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    ground.text.clear();
    const QStyle& style = option.widget ? *option.widget->style() : *QApplication::style();
    style.drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
    const auto* const model = qobject_cast<const StopListModel*>(index.model());
    if (model)
        paintStopBadge(*painter, option.rect.adjusted(3, 1, -3, -1),
                       stopPair(*model->of()->corpus, model->stopOf(index.row())), option.font,
                       themeFor(option.palette));
}

} // namespace arcscope
