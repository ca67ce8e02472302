// The timeline: lanes, axis and minimap in one widget that knows TimelineData and nothing of the application.
#pragma once

#include "findinglayout.h"
#include "timelinepainter.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QMenu;
class QScrollBar;

namespace arcscope
{

struct TimelineMark {
    Row row = noRow;
    MarkKind kind = MarkKind::SearchHit;
};

/// Shows a TimelineData. Selection, range and view are its own state; whoever embeds it connects the signals, which are
/// emitted only for what the user does here, never for a setter.
class TimelineCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineCanvas(QWidget* parent = nullptr);
    ~TimelineCanvas() override;

    void setTheme(const Theme& theme);
    /// Null shows the empty state. The view is fitted, unless the data are of the same trace (or both of a whole
    /// corpus): then range, selection and lane states are kept, so that a growing trace does not jump.
    void setData(std::shared_ptr<const TimelineData> data);
    /// What is said while there is nothing to draw ("No trace is open", "No span matches the filter", …).
    void setEmptyText(const QString& title, const QString& hint);
    void setMarks(std::vector<TimelineMark> marks);
    /// By rank, with what each says; none is chosen then.
    void setFindings(std::vector<TimelineFinding> findings, std::vector<QString> texts);
    /// What is said of a span beside its own facts, in one line; empty: nothing.
    void setRemarks(std::function<QString(Row)> remarkOf);
    /// spanSummary() and spanDetails() with the remark.
    QString summaryOf(Row row) const;
    QString detailsOf(Row row, Nanos origin) const;
    /// Whose arc is drawn strongly.
    void setChosenFinding(std::optional<std::uint32_t> finding);
    const std::vector<TimelineFinding>& findings() const { return m_findings; }
    FindingScene findingsIn(const Viewport& view, double scale) const;
    /// Empty hides it.
    void setCriticalPath(std::vector<PathSegment> path);
    void setTickMode(TickMode mode);

    std::shared_ptr<const TimelineData> data() const;
    Row selection() const;
    TimeRange range() const;        ///< the selected range of time; not recorded: none
    TimeRange visibleRange() const; ///< what the width shows
    const Viewport& viewport() const;
    const Theme& theme() const { return m_theme; }
    /// How far the lanes are scrolled.
    QScrollBar* lanesScroll() const { return m_scrollBar; }
    /// What lies over the scene of a viewport: selection, marks, critical path and range, but nothing of the pointer.
    TimelineOverlay overlayIn(const Viewport& view) const;
    /// The spans that are drawn as boxes of their own, as far as a screen reader should be told of: 200.
    std::vector<Row> visibleRows() const;
    /// The visible part of a span, in the widget; empty where there is none.
    QRect itemRect(Row row) const;
    /// As if the user had clicked it.
    void selectByUser(Row row) { userSelect(row); }

public slots:
    /// Selects and, where it is outside of the view, scrolls to it. noRow selects nothing.
    void setSelection(arcscope::Row row);
    /// The same span in data that have grown: selects without scrolling.
    void keepSelection(arcscope::Row row);
    /// A range that is not recorded selects none.
    void setRange(const arcscope::TimeRange& range);
    void setVisibleRange(const arcscope::TimeRange& range);
    void fitAll();
    void zoomIn();
    void zoomOut();

signals:
    void selectionChanged(arcscope::Row row);
    void rangeSelected(const arcscope::TimeRange& range);
    void visibleRangeChanged(const arcscope::TimeRange& range);
    /// A click on its flag.
    void findingClicked(std::uint32_t finding);
    /// Enter or a double click on a span.
    void activated(arcscope::Row row);
    /// Shift+F10, Menu key or right button; the row is noRow beside all spans.
    void contextMenuRequested(arcscope::Row row, const QPoint& globalPos);
    /// What the pointer is on, for the status bar; empty beside all spans.
    void hovered(const QString& text);
    /// Time that the last paint event took, in nanoseconds.
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
    enum class Drag { None, Pressed, Range, RangeStart, RangeEnd, Measure, Pan, Minimap, HeaderWidth };

    // Parts of the widget, in logical pixels.
    QRect minimapRect() const;
    QRect axisRect() const;
    QRect headerRect() const;
    QRect bodyRect() const;
    int headerWidthNow() const;

    void invalidate();       ///< the scene has to be made anew
    void updateGeometries(); ///< sizes, fonts and scroll bar after a resize or another screen
    void ensureScene();
    void paintBase();
    void paintEmpty(QPainter& painter);
    void paintMeasure(QPainter& painter, const TimelineStyle& style);
    std::vector<std::pair<int, MarkKind>> minimapMarks(int width) const;

    void releaseAt(const QPoint& pos); ///< selects what was clicked
    std::optional<std::uint32_t> findingAt(const QPoint& pos) const;
    QString findingText(const QPoint& pos) const;

    QPoint toScene(const QPoint& pos) const; ///< device pixels in the body
    Nanos timeAtPos(const QPoint& pos) const;
    Hit hitAt(const QPoint& pos) const;
    std::optional<std::uint32_t> laneAtPos(const QPoint& pos) const;
    Drag dragFor(const QMouseEvent* event) const;
    void drag(const QPoint& pos);
    void takeBackDrag();
    void setHover(const QPoint& pos);

    bool moveKey(int key);
    bool stepKey(const QKeyEvent* event);
    bool commandKey(const QKeyEvent* event);
    void clearStep(); ///< Esc: what was begun last goes first
    void toggleLane(std::uint32_t lane, bool LaneState::*what);
    void showAllLanes();
    void fillLaneMenu(QMenu& menu, std::uint32_t lane);
    std::optional<std::uint32_t> currentLane() const;

    void userView(const TimeRange& range);
    void userSelect(Row row);
    void userRange(const TimeRange& range);
    void scrollTo(int scroll);
    void reveal(Row row);

    std::shared_ptr<const TimelineData> m_data;
    Theme m_theme;
    bool m_ownTheme = false; ///< set from outside; else that of the palette
    Viewport m_view;
    Scene m_scene;
    bool m_sceneDirty = true;
    double m_scale = 1;  ///< device pixels a logical one
    int m_legendTop = 0; ///< pixels from the top of the scene; nothing of the overlay is drawn below
    QImage m_base;       ///< all but the overlay
    std::vector<Cell> m_minimap;
    std::unique_ptr<LabelCache> m_labels;

    Row m_selection = noRow;
    TimeRange m_range;
    std::vector<TimelineMark> m_marks;
    std::vector<PathSegment> m_path;
    std::vector<TimelineFinding> m_findings;
    std::vector<QString> m_findingTexts;
    std::optional<std::uint32_t> m_chosenFinding;
    std::function<QString(Row)> m_remarkOf;
    QString m_emptyTitle;
    QString m_emptyHint;

    Drag m_drag = Drag::None;
    QPoint m_pressed;
    TimeRange m_pressedView;
    int m_pressedScroll = 0;
    Nanos m_pressedTime = 0;
    TimeRange m_pressedRange; ///< what was chosen
    int m_pressedHeader = 0;
    std::optional<QPoint> m_pointer;
    Hit m_hover;
    bool m_measuring = false;
    TimeRange m_measured;
    Row m_centred = noRow; ///< F was pressed last, for this row
    int m_headerWidth = 168;
    int m_headerChosen = 0; ///< by dragging its edge; 0: as the names need it
    QScrollBar* m_scrollBar;
};

} // namespace arcscope
