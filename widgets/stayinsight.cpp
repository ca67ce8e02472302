#include "stayinsight.h"

#include <QAbstractItemView>
#include <QResizeEvent>
#include <QScrollBar>

namespace arcscope
{
namespace
{

class StayInSight : public QObject
{
public:
    explicit StayInSight(QAbstractItemView& view)
        : QObject(&view)
        , m_view(view)
    {
        view.viewport()->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize) {
            const QRect before(QPoint(), static_cast<const QResizeEvent*>(event)->oldSize());
            const QModelIndex current = m_view.currentIndex();
            if (current.isValid() && before.intersects(m_view.visualRect(current)))
                QMetaObject::invokeMethod(
                    this, [this] { show(); }, Qt::QueuedConnection);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void show()
    {
        const int side = m_view.horizontalScrollBar()->value();
        if (m_view.currentIndex().isValid())
            m_view.scrollTo(m_view.currentIndex());
        m_view.horizontalScrollBar()->setValue(side);
    }

    QAbstractItemView& m_view;
};

} // namespace

void goToLine(QAbstractItemView& view, const QModelIndex& at)
{
    const int side = view.horizontalScrollBar()->value();
    view.setCurrentIndex(at);
    view.scrollTo(at);
    view.horizontalScrollBar()->setValue(side);
}

void keepCurrentInSight(QAbstractItemView& view)
{
    new StayInSight(view);
}

} // namespace arcscope
