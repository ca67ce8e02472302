// The timeline for screen readers: a list whose items are the spans that can be seen.
#pragma once

#include "timelinecanvas.h"

#include <QAccessibleWidget>
#include <QHash>

namespace arcscope
{

/// Items are made when they are asked for and known by their row; those out of sight are dropped when there are many.
class TimelineAccessible : public QAccessibleWidget
{
public:
    explicit TimelineAccessible(TimelineCanvas* canvas);
    ~TimelineAccessible() override;

    /// Makes the screen reader find this for every TimelineCanvas.
    static void install();

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QString text(QAccessible::Text what) const override;

private:
    TimelineCanvas* canvas() const;
    QAccessibleInterface* itemOf(Row row) const;

    mutable QHash<Row, QAccessible::Id> m_items;
};

} // namespace arcscope
