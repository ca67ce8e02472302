// The lanes of tool calls beside their tree: knows a CallTreeSubject and which rows are seen, nothing of the window.
#pragma once

#include "callpainter.h"
#include "calltreesubject.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

namespace arcscope
{

/// Scrolls and lays rows as it is told to, so that they lie beside those of a tree. Signals are emitted for what the
/// user does here.
class CallCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit CallCanvas(QWidget* parent = nullptr);
    ~CallCanvas() override;

    /// Null: nothing. `rows` must live as long; rowsChanged() says that they are others.
    void setSubject(CallTreePtr subject, const CallRows* rows);
    void rowsChanged();
    /// Filter; null: none.
    void setMatches(std::shared_ptr<const std::vector<Row>> matches);
    /// What is said of the span of a node where that is told of; empty: nothing.
    void setRemarks(std::function<QString(std::uint32_t)> remarkOf) { m_remarkOf = std::move(remarkOf); }
    const CallTreePtr& subject() const { return m_subject; }
    const CallRows* rows() const { return m_rows; }

    /// In logical pixels: of the rows, of the axis above them, and how far the rows are scrolled.
    void setSizes(int rowHeight, int axisHeight);
    void setScroll(int scroll);
    void setCriticalShown(bool shown);
    bool criticalShown() const { return m_view.critical; }

    void setSelection(std::uint32_t node);
    std::uint32_t selection() const { return m_selected; }
    void setVisibleRange(const TimeRange& range);
    TimeRange visibleRange() const { return m_view.range; }
    const CallViewport& viewport() const { return m_view; }
    bool folding() const { return m_folding; }
    const Theme& theme() const;
    CallMarks marks() const;

    /// Nodes in sight, as far as a screen reader should be told of: 200.
    std::vector<std::uint32_t> visibleNodes() const;
    QRect itemRect(std::uint32_t node) const; ///< its row, in the widget
    QRect bodyRect() const;                   ///< of the lanes, in the widget
    void chooseByUser(std::uint32_t node);
    void endPan();
    QString detailsOf(std::uint32_t node) const;
    TimeRange rowsRange() const; ///< the time of the rows in sight; not recorded: they have none

public slots:
    void fitAll(); ///< the time of all calls
    void fitSelection();
    /// rowsRange(), with long pauses folded until another range is set. Tells nobody.
    void fitRows();
    void zoomIn() { zoom(0.7); }
    void zoomOut() { zoom(1 / 0.7); }
    void panBy(double share); ///< of the width

signals:
    void nodeChosen(std::uint32_t node);
    void activated(std::uint32_t node);
    void visibleRangeChanged(const arcscope::TimeRange& range);
    void panBegan();
    void panTakenBack();          ///< the time is that of its beginning again
    void wheelTurned(int pixels); ///< to scroll by
    void hovered(const QString& text);
    void contextMenuRequested(std::uint32_t node, const QPoint& globalPos);
    void keyPressed(QKeyEvent* event); ///< arrows and the like, which belong to the tree
    void painted(qint64 nanoseconds);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool empty() const { return !m_subject || m_subject->lanes.rows.empty(); }
    void invalidate();
    void ensureScene();
    void zoom(double factor);
    TimeRange fitted(const TimeRange& range) const;
    /// What would be seen with nothing folded, in the same scale, `x` (of the lanes, in device pixels) where it is.
    TimeRange unfolded(double x);
    QString foldAt(const QPoint& pos) const; ///< what is said of the pause there; empty: none is folded there
    void userRange(const TimeRange& range);
    CallHit hitAt(const QPoint& pos) const;
    QPoint toScene(const QPoint& pos) const;

    CallTreePtr m_subject;
    const CallRows* m_rows = nullptr;
    std::shared_ptr<const std::vector<Row>> m_matches;
    std::function<QString(std::uint32_t)> m_remarkOf;
    CallViewport m_view;
    CallScene m_scene;
    bool m_dirty = true;
    bool m_folding = false;
    double m_scale = 1;
    int m_rowHeight = 20;
    int m_axisHeight = 24;
    int m_scroll = 0;
    std::unique_ptr<LabelCache> m_labels;
    std::uint32_t m_selected = LaneRow::none;
    std::uint32_t m_hovered = LaneRow::none;
    std::optional<QPoint> m_pressed;
    bool m_panning = false;
    TimeRange m_pressedRange;
};

} // namespace arcscope
