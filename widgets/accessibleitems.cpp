#include "accessibleitems.h"

#include <QAbstractItemView>
#include <QAccessibleActionInterface>
#include <QPointer>
#include <QWidget>
#include <QWindow>

#include <algorithm>

namespace arcscope
{
namespace
{

/// Items that are kept before those out of sight are dropped.
constexpr qsizetype mostItems = 1'000;

class CanvasItem : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    CanvasItem(QWidget* canvas, const AccessibleItems& list, std::uint32_t item)
        : m_canvas(canvas)
        , m_list(list)
        , m_subject(list.subject())
        , m_item(item)
    {
    }

    std::uint32_t item() const { return m_item; }

    /// The list lives as long as its canvas.
    bool isValid() const override { return m_canvas && m_list.subject() == m_subject && m_list.hasItem(m_item); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_canvas ? m_canvas->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_canvas); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text what) const override
    {
        if (!isValid())
            return {};
        return what == QAccessible::Name          ? m_list.nameOf(m_item)
               : what == QAccessible::Description ? m_list.detailsOf(m_item)
                                                  : QString();
    }

    QRect rect() const override
    {
        const QRect inCanvas = isValid() ? m_list.itemRect(m_item) : QRect();
        return inCanvas.isEmpty() ? QRect() : QRect(m_canvas->mapToGlobal(inCanvas.topLeft()), inCanvas.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        state.selectable = true;
        state.focusable = true;
        state.selected = !state.invalid && m_list.selectedItem() == m_item;
        state.focused = state.selected && m_canvas->hasFocus();
        state.offscreen = rect().isEmpty();
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& action) override
    {
        if (action == pressAction() && isValid())
            m_list.choose(m_item);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<QWidget> m_canvas;
    const AccessibleItems& m_list;
    std::shared_ptr<const void> m_subject;
    std::uint32_t m_item;
};

QAccessible::UpdateHandler handlerBefore = nullptr;

/// All but what is not so. A handler stands in the way of what Qt does itself.
void passOn(QAccessibleEvent* event)
{
    if (!isTrue(*event))
        return;
    QAccessible::installUpdateHandler(handlerBefore);
    QAccessible::updateAccessibility(event);
    QAccessible::installUpdateHandler(passOn);
}

} // namespace

AccessibleItems::AccessibleItems(QWidget* canvas)
    : QAccessibleWidget(canvas, QAccessible::List)
{
}

AccessibleItems::~AccessibleItems()
{
    for (const QAccessible::Id id : qAsConst(m_items))
        QAccessible::deleteAccessibleInterface(id);
}

int AccessibleItems::childCount() const
{
    return static_cast<int>(visibleItems().size());
}

QAccessibleInterface* AccessibleItems::itemOf(std::uint32_t item) const
{
    if (const auto known = m_items.constFind(item); known != m_items.constEnd()) {
        QAccessibleInterface* const made = QAccessible::accessibleInterface(*known);
        if (made->isValid())
            return made;
        QAccessible::deleteAccessibleInterface(*known);
        m_items.erase(known);
    }
    if (m_items.size() >= mostItems)
        dropUnseen();
    const QAccessible::Id id = QAccessible::registerAccessibleInterface(new CanvasItem(widget(), *this, item));
    m_items.insert(item, id);
    return QAccessible::accessibleInterface(id);
}

void AccessibleItems::dropUnseen() const
{
    const std::vector<std::uint32_t> visible = visibleItems();
    for (auto item = m_items.begin(); item != m_items.end();) {
        const bool keep = std::find(visible.begin(), visible.end(), item.key()) != visible.end();
        if (!keep)
            QAccessible::deleteAccessibleInterface(item.value());
        item = keep ? std::next(item) : m_items.erase(item);
    }
}

QAccessibleInterface* AccessibleItems::child(int index) const
{
    const std::vector<std::uint32_t> items = visibleItems();
    return index >= 0 && index < static_cast<int>(items.size()) ? itemOf(items[static_cast<std::size_t>(index)])
                                                                : nullptr;
}

QAccessibleInterface* AccessibleItems::childAt(int x, int y) const
{
    const QPoint pos = widget()->mapFromGlobal(QPoint(x, y));
    for (const std::uint32_t item : visibleItems()) {
        if (itemRect(item).contains(pos))
            return itemOf(item);
    }
    return nullptr;
}

QAccessibleInterface* AccessibleItems::focusChild() const
{
    return hasItem(selectedItem()) ? itemOf(selectedItem()) : nullptr;
}

int AccessibleItems::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* item = dynamic_cast<const CanvasItem*>(child);
    const std::vector<std::uint32_t> items = visibleItems();
    const auto found = item ? std::find(items.begin(), items.end(), item->item()) : items.end();
    return found == items.end() ? -1 : static_cast<int>(found - items.begin());
}

void tellFocus(QWidget& canvas)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent focused(&canvas, QAccessible::Focus);
    if (QAccessibleInterface* self = QAccessible::queryAccessibleInterface(&canvas); self && self->focusChild())
        focused.setChild(self->indexOfChild(self->focusChild()));
    QAccessible::updateAccessibility(&focused);
}

bool isTrue(const QAccessibleEvent& event)
{
    const auto* const view = qobject_cast<QAbstractItemView*>(event.object());
    return event.type() != QAccessible::Focus || !view || view->hasFocus() || view->window()->windowType() == Qt::Popup;
}

void keepFocusTrue()
{
    const auto before = QAccessible::installUpdateHandler(passOn);
    if (before != passOn)
        handlerBefore = before;
}

} // namespace arcscope
