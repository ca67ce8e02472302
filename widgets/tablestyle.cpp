#include "tablestyle.h"

#include "plaintip.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QItemSelectionModel>
#include <QToolTip>

#include <algorithm>

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
        if (event->type() == QEvent::FontChange)
            m_height = m_table.fontMetrics().height();
        if (m_height != before) {
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

/// What a header cannot show whole is in its tip.
class HeaderTips : public QObject
{
public:
    explicit HeaderTips(QHeaderView& header)
        : QObject(&header)
        , m_header(header)
    {
        header.setTextElideMode(Qt::ElideRight);
        header.viewport()->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::ToolTip)
            return QObject::eventFilter(watched, event);
        const auto* help = static_cast<const QHelpEvent*>(event);
        const int section = m_header.logicalIndexAt(help->pos());
        if (section < 0 || m_header.model()->headerData(section, Qt::Horizontal, Qt::ToolTipRole).isValid())
            return QObject::eventFilter(watched, event);
        const QString text = m_header.model()->headerData(section, Qt::Horizontal).toString();
        const int room = m_header.sectionSize(section) - 2 * m_header.style()->pixelMetric(QStyle::PM_HeaderMargin);
        QToolTip::showText(help->globalPos(),
                           m_header.fontMetrics().horizontalAdvance(text) > room ? plainTip(text) : QString(),
                           m_header.viewport());
        return true;
    }

private:
    QHeaderView& m_header;
};

/// Gives one column the width that the whole columns beside it leave.
class ColumnFitter : public QObject
{
public:
    ColumnFitter(QAbstractItemView& view, QHeaderView& header, int column, int least)
        : QObject(&header)
        , m_view(view)
        , m_header(header)
        , m_column(column)
        , m_least(least)
    {
        view.viewport()->installEventFilter(this);
        connect(&header, &QHeaderView::sectionResized, this, [this](int section) {
            if (m_fitting)
                return;
            if (section == m_column && QGuiApplication::mouseButtons() != Qt::NoButton)
                m_ended = true;
            fit();
        });
        connect(&header, &QHeaderView::sectionMoved, this, &ColumnFitter::fit);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize)
            fit();
        return QObject::eventFilter(watched, event);
    }

private:
    void fit()
    {
        if (m_ended || m_fitting)
            return;
        m_fitting = true;
        m_header.resizeSection(m_column, widthIn(m_view.viewport()->width()));
        m_fitting = false;
    }

    int widthIn(int room) const
    {
        int left = room;
        for (int place = 0; place < m_header.count(); ++place) {
            const int section = m_header.logicalIndex(place);
            if (section == m_column || m_header.isSectionHidden(section))
                continue;
            if (left - m_header.sectionSize(section) < m_least)
                break;
            left -= m_header.sectionSize(section);
        }
        return std::max(left, std::min(m_least, room));
    }

    QAbstractItemView& m_view;
    QHeaderView& m_header;
    int m_column;
    int m_least;
    bool m_fitting = false;
    bool m_ended = false;
};

} // namespace

void fitColumn(QTableView& table, int column, int least)
{
    new ColumnFitter(table, *table.horizontalHeader(), column, least);
}

void fitColumn(QTreeView& tree, int column, int least)
{
    new ColumnFitter(tree, *tree.header(), column, least);
}

void chooseRow(QTableView& table, int row)
{
    table.selectionModel()->setCurrentIndex(table.model()->index(row, 0),
                                            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

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
    new HeaderTips(*table.horizontalHeader());
}

} // namespace arcscope
