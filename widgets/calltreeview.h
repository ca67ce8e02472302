// The tree of tool calls: as QTreeView, with indentation that deep trees do not run out of.
#pragma once

#include "calltreemodel.h"

#include <QTreeView>

namespace arcscope
{

class CallTreeView : public QTreeView
{
    Q_OBJECT

public:
    explicit CallTreeView(CallTreeModel& model, QWidget* parent = nullptr);

    /// Of every row, in pixels; also while there are none.
    int rowHeightNow() const;
    /// Where the triangle of a row is, in the viewport; empty for a row with nothing below it.
    QRect disclosureRect(const QModelIndex& index) const;
    /// As if `event` had come here.
    void handleKey(QKeyEvent* event) { keyPressEvent(event); }

    /// Left edge of what is written in the first column, from the edge of the cell.
    static int textIndent(const QFontMetrics& metrics, std::uint32_t depth);
    /// Levels that are indented; deeper ones carry their number.
    static constexpr std::uint32_t mostLevels = 12;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

signals:
    void sizesChanged(); ///< rowHeightNow() gives another

private:
    bool toggleAt(const QPoint& pos);
    void setColumns();

    CallTreeModel& m_model;
};

} // namespace arcscope
