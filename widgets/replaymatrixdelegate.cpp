#include "replaymatrixdelegate.h"

#include "replaymatrixmodel.h"
#include "replayphrases.h"
#include "theme.h"

#include <QPainter>

namespace arcscope
{
namespace
{

int barHeight(const QStyleOptionViewItem& option)
{
    return option.fontMetrics.height() + 2;
}

/// Identical and wording fade from the canvas; content, calls and the rest have colour and a letter.
QColor fillOf(const Theme& theme, ReplayDifference difference)
{
    switch (difference) {
    case ReplayDifference::Identical:
        return theme.rule;
    case ReplayDifference::FormatOnly:
    case ReplayDifference::Reworded:
        return mixed(theme.rule, theme[ColourRole::System].fill, 0.5);
    case ReplayDifference::Content:
        return theme[ColourRole::Model].fill;
    case ReplayDifference::ToolCall:
        return theme[ColourRole::Tool].fill;
    case ReplayDifference::StopBucket:
        return theme[ColourRole::Stall].fill;
    case ReplayDifference::Declined:
        break;
    }
    return theme[ColourRole::Retracted].fill;
}

} // namespace

void ReplayMatrixDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariantList shares = index.data(ReplayMatrixModel::SharesRole).toList();
    if (shares.isEmpty()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem text = option;
    const int height = barHeight(option);
    text.rect.setBottom(option.rect.bottom() - height - 6);
    painter->save();
    if ((option.state & QStyle::State_Selected) != 0)
        painter->fillRect(option.rect, option.palette.highlight());
    QStyledItemDelegate::paint(painter, text, index);
    const Theme& theme = themeFor(option.palette);
    const QRect bar(option.rect.x() + 6, option.rect.bottom() - height - 4, option.rect.width() - 12, height);
    double at = 0;
    for (qsizetype i = 0; i < shares.size(); ++i) {
        const double share = shares[i].toDouble();
        const int from = bar.x() + static_cast<int>(at * bar.width());
        at += share;
        const int to = bar.x() + static_cast<int>(at * bar.width());
        if (to <= from)
            continue;
        const auto difference = static_cast<ReplayDifference>(i);
        const QRect part(from, bar.y(), to - from - 1, bar.height());
        const QColor fill = fillOf(theme, difference);
        painter->fillRect(part, fill);
        // Colours alone say nothing: the word stands where there is room, and in the box that opens at the pointer.
        const QString word = differenceText(difference);
        if (option.fontMetrics.horizontalAdvance(word) + 6 <= part.width()) {
            painter->setPen(contrast(fill, theme.canvas) > contrast(fill, theme.text) ? theme.canvas : theme.text);
            painter->drawText(part, Qt::AlignCenter, word);
        }
    }
    painter->restore();
}

QSize ReplayMatrixDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(12, barHeight(option) + 8);
}

} // namespace arcscope
