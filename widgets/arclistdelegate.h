// Cells of the list of arcs: ribbons, outcomes with their signs, headings of groups.
#pragma once

#include "arcribbon.h"
#include "foundarcs.h"
#include "labelcache.h"

#include <QCache>
#include <QStyledItemDelegate>

#include <memory>

namespace arcscope
{

class ArcListDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setScale(RibbonScale scale);
    RibbonScale scale() const { return m_scale; }
    /// Ribbons that were laid out: what a view costs, for tests.
    std::size_t layouts() const { return m_layouts; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    struct Drawn {
        ArcRibbon ribbon;
        RibbonScene scene;
    };

    void paintRibbon(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintShares(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    const Drawn& drawn(const ArcsPtr& of, std::uint32_t arc, const QSize& size) const;

    RibbonScale m_scale = RibbonScale::Folded;
    mutable QCache<std::uint32_t, Drawn> m_drawn{400};
    mutable ArcsPtr m_of; ///< of which they are
    mutable QSize m_size;
    mutable std::unique_ptr<LabelCache> m_labels;
    mutable std::size_t m_layouts = 0;
};

} // namespace arcscope
