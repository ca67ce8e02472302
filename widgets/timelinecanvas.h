// The timeline: lanes, axis and minimap in one widget that knows TimelineData and nothing of the application.
#pragma once

#include "criticalpath.h"
#include "theme.h"
#include "timelinelayout.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace arcscope
{

/// What is marked on spans and on the minimap beside the selection.
enum class MarkKind : std::uint8_t { SearchHit, Finding };

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
    /// Empty hides it.
    void setCriticalPath(std::vector<PathSegment> path);
    void setTickMode(TickMode mode);

    std::shared_ptr<const TimelineData> data() const;
    Row selection() const;
    TimeRange range() const;        ///< the selected range of time; not recorded: none
    TimeRange visibleRange() const; ///< what the width shows
    const Viewport& viewport() const;

public slots:
    /// Selects and, where it is outside of the view, scrolls to it. noRow selects nothing.
    void setSelection(arcscope::Row row);
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
    /// Enter or a double click on a span.
    void activated(arcscope::Row row);
    /// Shift+F10, Menu key or right button; the row is noRow beside all spans.
    void contextMenuRequested(arcscope::Row row, const QPoint& globalPos);
    /// What the pointer is on, for the status bar; empty beside all spans.
    void hovered(const QString& text);
    /// Time that the last paint event took, in nanoseconds.
    void painted(qint64 nanoseconds);
};

} // namespace arcscope
