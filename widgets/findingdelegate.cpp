#include "findingdelegate.h"

#include "findingmodel.h"
#include "theme.h"

namespace arcscope
{

void FindingDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Theme& theme = themeFor(option->palette);
    const auto verdict = static_cast<FindingVerdict>(index.data(FindingModel::VerdictRole).toInt());
    const auto level = static_cast<FindingLevel>(index.data(FindingModel::LevelRole).toInt());
    if (verdict == FindingVerdict::Dismissed) {
        option->palette.setColor(QPalette::Text, theme.muted);
        option->font.setStrikeOut(index.column() == FindingModel::WhatColumn);
    } else if (index.column() == FindingModel::LevelColumn) {
        const auto weight = static_cast<FindingWeight>(index.data(FindingModel::WeightRole).toInt());
        option->font.setBold(level == FindingLevel::Finding);
        if (weight == FindingWeight::Severe)
            option->palette.setColor(QPalette::Text, theme[ColourRole::Contradiction].ink);
        else if (level == FindingLevel::Signal)
            option->palette.setColor(QPalette::Text, theme.muted);
    } else if (index.column() == FindingModel::VerdictColumn && verdict == FindingVerdict::Confirmed) {
        option->font.setBold(true);
    }
}

} // namespace arcscope
