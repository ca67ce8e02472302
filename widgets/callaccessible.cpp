#include "callaccessible.h"

#include "callwords.h"

#include <QAccessibleActionInterface>
#include <QPointer>
#include <QWindow>

#include <algorithm>

namespace arcscope
{
namespace
{

/// Items that are kept before those out of sight are dropped.
constexpr qsizetype mostItems = 1'000;

class CallItem : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    CallItem(CallCanvas* canvas, std::uint32_t node)
        : m_canvas(canvas)
        , m_subject(canvas->subject())
        , m_node(node)
    {
    }

    std::uint32_t node() const { return m_node; }

    bool isValid() const override { return m_canvas && m_canvas->subject() == m_subject; }
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
        return what == QAccessible::Name          ? callSummary(*m_subject, m_node)
               : what == QAccessible::Description ? callDetails(*m_subject, m_node)
                                                  : QString();
    }

    QRect rect() const override
    {
        const QRect inCanvas = isValid() ? m_canvas->itemRect(m_node) : QRect();
        return inCanvas.isEmpty() ? QRect() : QRect(m_canvas->mapToGlobal(inCanvas.topLeft()), inCanvas.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        state.selectable = true;
        state.focusable = true;
        state.selected = m_canvas && m_canvas->selection() == m_node;
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
            m_canvas->chooseByUser(m_node);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<CallCanvas> m_canvas;
    CallTreePtr m_subject;
    std::uint32_t m_node;
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* canvas = qobject_cast<CallCanvas*>(object);
    return canvas ? new CallAccessible(canvas) : nullptr;
}

} // namespace

CallAccessible::CallAccessible(CallCanvas* canvas)
    : QAccessibleWidget(canvas, QAccessible::List)
{
}

CallAccessible::~CallAccessible()
{
    for (const QAccessible::Id id : qAsConst(m_items))
        QAccessible::deleteAccessibleInterface(id);
}

void CallAccessible::install()
{
    static const bool installed = (QAccessible::installFactory(make), true);
    static_cast<void>(installed);
}

CallCanvas* CallAccessible::canvas() const
{
    return static_cast<CallCanvas*>(widget());
}

int CallAccessible::childCount() const
{
    return static_cast<int>(canvas()->visibleNodes().size());
}

QAccessibleInterface* CallAccessible::itemOf(std::uint32_t node) const
{
    const auto known = m_items.constFind(node);
    if (known != m_items.constEnd()) {
        QAccessibleInterface* const item = QAccessible::accessibleInterface(*known);
        if (item->isValid())
            return item;
    }
    if (known != m_items.constEnd() || m_items.size() >= mostItems) {
        for (const QAccessible::Id id : qAsConst(m_items))
            QAccessible::deleteAccessibleInterface(id);
        m_items.clear();
    }
    auto* item = new CallItem(canvas(), node);
    m_items.insert(node, QAccessible::registerAccessibleInterface(item));
    return item;
}

QAccessibleInterface* CallAccessible::child(int index) const
{
    const std::vector<std::uint32_t> nodes = canvas()->visibleNodes();
    return index >= 0 && index < static_cast<int>(nodes.size()) ? itemOf(nodes[static_cast<std::size_t>(index)])
                                                                : nullptr;
}

QAccessibleInterface* CallAccessible::childAt(int x, int y) const
{
    const QPoint pos = canvas()->mapFromGlobal(QPoint(x, y));
    for (const std::uint32_t node : canvas()->visibleNodes()) {
        if (canvas()->itemRect(node).contains(pos))
            return itemOf(node);
    }
    return nullptr;
}

QAccessibleInterface* CallAccessible::focusChild() const
{
    return canvas()->subject() && canvas()->selection() < canvas()->subject()->tree.nodes.size()
               ? itemOf(canvas()->selection())
               : nullptr;
}

int CallAccessible::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* item = dynamic_cast<const CallItem*>(child);
    const std::vector<std::uint32_t> nodes = canvas()->visibleNodes();
    const auto found = item ? std::find(nodes.begin(), nodes.end(), item->node()) : nodes.end();
    return found == nodes.end() ? -1 : static_cast<int>(found - nodes.begin());
}

QString CallAccessible::text(QAccessible::Text what) const
{
    if (what != QAccessible::Description || !canvas()->subject())
        return QAccessibleWidget::text(what);
    return treeSummary(*canvas()->subject());
}

} // namespace arcscope
