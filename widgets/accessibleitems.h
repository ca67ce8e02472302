// A painted canvas for screen readers: a list whose items are what can be seen of it.
#pragma once

#include <QAccessibleWidget>
#include <QHash>

#include <cstdint>
#include <memory>
#include <vector>

namespace arcscope
{

/// Items are numbers that the canvas knows. They are made when they are asked for; those out of sight are dropped when
/// there are many.
class AccessibleItems : public QAccessibleWidget
{
public:
    explicit AccessibleItems(QWidget* canvas);
    ~AccessibleItems() override;

    /// Makes the screen reader find a List for every Canvas.
    template <typename Canvas, typename List>
    static void installFor()
    {
        static const bool installed = (QAccessible::installFactory(make<Canvas, List>), true);
        static_cast<void>(installed);
    }

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;
    int indexOfChild(const QAccessibleInterface* child) const override;

    virtual std::vector<std::uint32_t> visibleItems() const = 0;
    virtual bool hasItem(std::uint32_t item) const = 0;
    /// In pixels of the canvas; empty where it cannot be seen.
    virtual QRect itemRect(std::uint32_t item) const = 0;
    /// That hasItem() does not know: nothing is selected.
    virtual std::uint32_t selectedItem() const = 0;
    virtual QString nameOf(std::uint32_t item) const = 0;
    virtual QString detailsOf(std::uint32_t) const { return {}; }
    virtual void choose(std::uint32_t item) const = 0;
    /// What the numbers mean something in: items that were made in another one are not valid any more.
    virtual std::shared_ptr<const void> subject() const { return {}; }

private:
    template <typename Canvas, typename List>
    static QAccessibleInterface* make(const QString&, QObject* object)
    {
        auto* canvas = qobject_cast<Canvas*>(object);
        return canvas ? new List(canvas) : nullptr;
    }
    QAccessibleInterface* itemOf(std::uint32_t item) const;
    void dropUnseen() const;

    mutable QHash<std::uint32_t, QAccessible::Id> m_items;
};

/// Has a screen reader say what is selected on the canvas.
void tellFocus(QWidget& canvas);

/// False for a list, table or tree that says that it has the keyboard where another part has it: those of Qt say so
/// whenever their current row changes, also hidden ones that follow a selection.
bool isTrue(const QAccessibleEvent& event);
/// From now on screen readers are told what is true only.
void keepFocusTrue();

/// Of a canvas of one class.
template <typename Canvas>
class CanvasItems : public AccessibleItems
{
public:
    explicit CanvasItems(Canvas* canvas)
        : AccessibleItems(canvas)
    {
    }

protected:
    Canvas* canvas() const { return static_cast<Canvas*>(widget()); }
};

} // namespace arcscope
