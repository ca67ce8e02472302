#include "tablestyle.h"

#include <QEvent>
#include <QHeaderView>

namespace arcscope
{
namespace
{

/// Rows and columns grow and shrink with the text.
class TextSizeFollower : public QObject
{
public:
    explicit TextSizeFollower(QTableView& table)
        : QObject(&table)
        , m_table(table)
        , m_height(table.fontMetrics().height())
    {
        table.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const int before = m_height;
        if (event->type() == QEvent::FontChange && (m_height = m_table.fontMetrics().height()) != before) {
            setRowHeight(m_table);
            QHeaderView& columns = *m_table.horizontalHeader();
            for (int i = 0; i < columns.count(); ++i) {
                if (columns.sectionResizeMode(i) == QHeaderView::Interactive)
                    columns.resizeSection(i, columns.sectionSize(i) * m_height / before);
            }
        }
        return QObject::eventFilter(watched, event);
    }

public:
    static void setRowHeight(QTableView& table)
    {
        table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + 6);
    }

private:
    QTableView& m_table;
    int m_height;
};

} // namespace

void setUpTable(QTableView& table, const QString& name)
{
    table.setAccessibleName(name);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setShowGrid(false);
    table.setAlternatingRowColors(true);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.verticalHeader()->hide();
    TextSizeFollower::setRowHeight(table);
    new TextSizeFollower(table);
    table.horizontalHeader()->setHighlightSections(false);
}

} // namespace arcscope
