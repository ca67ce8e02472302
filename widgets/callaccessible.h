// The lanes of tool calls for screen readers: a list whose items are the rows that can be seen.
#pragma once

#include "callcanvas.h"

#include <QAccessibleWidget>
#include <QHash>

namespace arcscope
{

/// Items are known by their node; those of another trace are dropped with it.
class CallAccessible : public QAccessibleWidget
{
public:
    explicit CallAccessible(CallCanvas* canvas);
    ~CallAccessible() override;

    /// Makes the screen reader find this for every CallCanvas.
    static void install();

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QString text(QAccessible::Text what) const override;

private:
    CallCanvas* canvas() const;
    QAccessibleInterface* itemOf(std::uint32_t node) const;

    mutable QHash<std::uint32_t, QAccessible::Id> m_items;
};

} // namespace arcscope
