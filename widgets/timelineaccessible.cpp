#include "timelineaccessible.h"

#include "timelinetext.h"

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

class SpanItem : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    SpanItem(TimelineCanvas* canvas, Row row)
        : m_canvas(canvas)
        , m_row(row)
    {
    }

    Row row() const { return m_row; }

    bool isValid() const override { return m_canvas && m_canvas->data() && m_canvas->data()->place(m_row); }
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
        if (what == QAccessible::Name)
            return m_canvas->summaryOf(m_row);
        if (what == QAccessible::Description)
            return m_canvas->detailsOf(m_row, m_canvas->data()->bounds.start);
        return {};
    }

    QRect rect() const override
    {
        const QRect inCanvas = isValid() ? m_canvas->itemRect(m_row) : QRect();
        return inCanvas.isEmpty() ? QRect() : QRect(m_canvas->mapToGlobal(inCanvas.topLeft()), inCanvas.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        state.selectable = true;
        state.focusable = true;
        state.selected = m_canvas && m_canvas->selection() == m_row;
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
            m_canvas->selectByUser(m_row);
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<TimelineCanvas> m_canvas;
    Row m_row;
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* canvas = qobject_cast<TimelineCanvas*>(object);
    return canvas ? new TimelineAccessible(canvas) : nullptr;
}

} // namespace

TimelineAccessible::TimelineAccessible(TimelineCanvas* canvas)
    : QAccessibleWidget(canvas, QAccessible::List)
{
}

TimelineAccessible::~TimelineAccessible()
{
    for (const QAccessible::Id id : qAsConst(m_items))
        QAccessible::deleteAccessibleInterface(id);
}

void TimelineAccessible::install()
{
    static const bool installed = (QAccessible::installFactory(make), true);
    static_cast<void>(installed);
}

TimelineCanvas* TimelineAccessible::canvas() const
{
    return static_cast<TimelineCanvas*>(widget());
}

int TimelineAccessible::childCount() const
{
    return static_cast<int>(canvas()->visibleRows().size());
}

QAccessibleInterface* TimelineAccessible::itemOf(Row row) const
{
    if (const auto known = m_items.constFind(row); known != m_items.constEnd())
        return QAccessible::accessibleInterface(*known);
    if (m_items.size() >= mostItems) {
        const std::vector<Row> visible = canvas()->visibleRows();
        for (auto item = m_items.begin(); item != m_items.end();) {
            const bool keep = std::find(visible.begin(), visible.end(), item.key()) != visible.end();
            if (!keep)
                QAccessible::deleteAccessibleInterface(item.value());
            item = keep ? std::next(item) : m_items.erase(item);
        }
    }
    auto* item = new SpanItem(canvas(), row);
    m_items.insert(row, QAccessible::registerAccessibleInterface(item));
    return item;
}

QAccessibleInterface* TimelineAccessible::child(int index) const
{
    const std::vector<Row> rows = canvas()->visibleRows();
    return index >= 0 && index < static_cast<int>(rows.size()) ? itemOf(rows[static_cast<std::size_t>(index)])
                                                               : nullptr;
}

QAccessibleInterface* TimelineAccessible::childAt(int x, int y) const
{
    const QPoint pos = canvas()->mapFromGlobal(QPoint(x, y));
    for (const Row row : canvas()->visibleRows()) {
        if (canvas()->itemRect(row).contains(pos))
            return itemOf(row);
    }
    return nullptr;
}

QAccessibleInterface* TimelineAccessible::focusChild() const
{
    return canvas()->selection() == noRow ? nullptr : itemOf(canvas()->selection());
}

int TimelineAccessible::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* item = dynamic_cast<const SpanItem*>(child);
    const std::vector<Row> rows = canvas()->visibleRows();
    const auto found = item ? std::find(rows.begin(), rows.end(), item->row()) : rows.end();
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

QString TimelineAccessible::text(QAccessible::Text what) const
{
    if (what != QAccessible::Description || !canvas()->data() || canvas()->data()->empty())
        return QAccessibleWidget::text(what);
    const auto shown = static_cast<qulonglong>(canvas()->visibleRows().size());
    const auto all = static_cast<qulonglong>(canvas()->data()->rows.size());
    return TimelineCanvas::tr("%1 of %2 spans can be read here; zoom in for more").arg(shown).arg(all);
}

} // namespace arcscope
