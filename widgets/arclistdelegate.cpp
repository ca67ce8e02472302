#include "arclistdelegate.h"

#include "arclistmodel.h"
#include "arcpainter.h"
#include "arcwords.h"
#include "outcomesign.h"

#include <QApplication>
#include <QPainter>

namespace arcscope
{
namespace
{

ArcListColumn columnOf(const QModelIndex& index)
{
    return static_cast<ArcListColumn>(index.column());
}

const ArcListModel& modelOf(const QModelIndex& index)
{
    return *static_cast<const ArcListModel*>(index.model());
}

} // namespace

void ArcListDelegate::setScale(RibbonScale scale)
{
    m_scale = scale;
    m_drawn.clear();
}

void ArcListDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Theme& theme = themeFor(option->palette);
    if (index.data(ArcListModel::HeadingRole).toBool()) {
        option->font.setBold(columnOf(index) == ArcListColumn::Task);
        option->backgroundBrush = mixed(theme.canvas, theme.muted, 0.18);
        return;
    }
    switch (columnOf(index)) {
    case ArcListColumn::Task:
        option->textElideMode = Qt::ElideMiddle;
        option->palette.setColor(QPalette::Text, theme.muted);
        break;
    case ArcListColumn::Findings:
        if (option->text == QLatin1String("0"))
            option->palette.setColor(QPalette::Text, theme.muted);
        break;
    case ArcListColumn::Outcome: // room for its sign
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(option->fontMetrics.ascent() + 4, option->fontMetrics.ascent());
        break;
    default:
        break;
    }
}

void ArcListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (columnOf(index) != ArcListColumn::Ribbon) {
        QStyledItemDelegate::paint(painter, option, index);
        if (columnOf(index) == ArcListColumn::Outcome && !index.data(ArcListModel::HeadingRole).toBool()) {
            const int side = std::min(option.rect.height() - 6, option.fontMetrics.ascent() + 1);
            const QRect rect(option.rect.left() + 6, option.rect.top() + (option.rect.height() - side) / 2, side, side);
            const Theme& theme = themeFor(option.palette);
            if ((option.state & QStyle::State_Selected) != 0)
                painter->fillRect(rect.adjusted(-3, -3, 3, 3), theme.canvas);
            paintOutcome(*painter, rect, static_cast<ArcOutcome>(index.data(ArcListModel::OutcomeRole).toInt()),
                         static_cast<ArcSource>(index.data(ArcListModel::SourceRole).toInt()), theme);
        }
        return;
    }
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    ground.text.clear();
    const QStyle& style = option.widget ? *option.widget->style() : *QApplication::style();
    style.drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
    if (index.data(ArcListModel::HeadingRole).toBool())
        paintShares(*painter, option, index);
    else
        paintRibbon(*painter, option, index);
}

QSize ArcListDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return columnOf(index) == ArcListColumn::Ribbon ? QSize(240, option.fontMetrics.height() + 8)
                                                    : QStyledItemDelegate::sizeHint(option, index);
}

const ArcListDelegate::Drawn& ArcListDelegate::drawn(const ArcsPtr& of, std::uint32_t arc, const QSize& size) const
{
    if (m_of != of || m_size != size) {
        m_drawn.clear();
        m_of = of;
        m_size = size;
    }
    if (const Drawn* const known = m_drawn.object(arc))
        return *known;
    auto* const made = new Drawn;
    made->ribbon = ribbonOf(of->arcs, arc);
    RibbonViewport view;
    view.scale = m_scale;
    view.width = size.width();
    view.laneHeight = size.height();
    view.bendRoom = std::max(3, size.height() / 5);
    view.step = std::max(6, size.height() * 9 / 20);
    view.slot = view.step + 5;
    std::vector<RibbonLink> links;
    if (of->at(ArcColumn::Stitches, arc) > 0) {
        for (std::uint32_t i = 0; i < of->arcs.stitches.size(); ++i) {
            const ArcStitch& stitch = of->arcs.stitches[i];
            if (stitch.earlier == arc || stitch.later == arc)
                links.push_back({i, RibbonPiece::none, stitch.earlier == arc});
        }
    }
    made->scene = layOut(made->ribbon, links, view);
    ++m_layouts;
    m_drawn.insert(arc, made);
    return *made;
}

void ArcListDelegate::paintRibbon(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = themeFor(option.palette);
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    const QRect room = option.rect.adjusted(1, 2, -1, -2);
    if (room.width() < 24)
        return;
    const QColor ground = selected || index.row() % 2 == 0 ? theme.canvas : option.palette.alternateBase().color();
    if (selected)
        painter.fillRect(room, ground);
    QFont font = option.font;
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.75);
    if (!m_labels || m_labels->font() != font)
        m_labels = std::make_unique<LabelCache>(font);
    const Drawn& made = drawn(modelOf(index).listing()->of, index.data(ArcListModel::ArcRole).toUInt(), room.size());
    painter.save();
    painter.setClipRect(room);
    painter.translate(room.topLeft());
    paintRibbons(painter, made.scene, std::span(&made.ribbon, 1), {}, ground, {theme, *m_labels, 1});
    painter.restore();
}

/// The outcomes of a group as one bar.
void ArcListDelegate::paintShares(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ArcListGroup* const group = modelOf(index).groupAt(index.row());
    if (!group || group->arcs == 0)
        return;
    const Theme& theme = themeFor(option.palette);
    const QRect bar = option.rect.adjusted(6, option.rect.height() / 3, -6, -option.rect.height() / 3);
    std::uint64_t before = 0;
    for (const ArcOutcome outcome : shownOutcomes()) {
        const std::uint64_t arcs = group->outcomes[static_cast<std::size_t>(outcome)].arcs;
        const auto at = [&](std::uint64_t count) {
            return bar.left() + static_cast<int>(static_cast<std::uint64_t>(bar.width()) * count / group->arcs);
        };
        const QRect piece(at(before), bar.top(), at(before + arcs) - at(before), bar.height());
        paintOutcomeFill(painter, piece.adjusted(0, 0, piece.width() > 4 ? -1 : 0, 0), outcome, theme);
        before += arcs;
    }
}

} // namespace arcscope
