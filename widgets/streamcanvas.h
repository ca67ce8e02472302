// The picture of one stream with its playhead: knows a StreamTimeline and nothing of the application.
#pragma once

#include "streampainter.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QScrollBar;

namespace arcscope
{

/// Signals are emitted for what the user does here, visibleRangeChanged() also where a setter scrolls.
class StreamCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit StreamCanvas(QWidget* parent = nullptr);
    ~StreamCanvas() override;

    /// Shows all of it, with the playhead behind the last event. Null: nothing.
    void setTimeline(std::shared_ptr<const StreamTimeline> timeline);
    const std::shared_ptr<const StreamTimeline>& timeline() const { return m_timeline; }

    /// Where the playhead stands on the axis, between events while it plays.
    Nanos place() const { return m_place; }
    /// The last event at or before it; noEvent before all.
    std::uint32_t event() const;
    /// Scrolls where the playhead would be out of sight.
    void setPlace(Nanos place);
    void setEvent(std::uint32_t event);

    TimeRange visibleRange() const { return m_view.range; }
    void setVisibleRange(const TimeRange& range);
    /// How far one can zoom out and scroll, until the next setTimeline(): all of the stream, or more where it is laid
    /// beside another.
    void setLimits(const TimeRange& limits);
    const TimeRange& limits() const { return m_limits; }
    /// Events in sight, as far as a screen reader should be told of: 200, of those at one pixel the last.
    std::vector<std::uint32_t> visibleEvents() const;
    /// Where the playhead stands at the event, in the widget; empty where that is out of sight.
    QRect eventRect(std::uint32_t event) const;
    /// As if the user had gone there.
    void chooseByUser(std::uint32_t event);
    /// Height at which no lane has to be scrolled, in logical pixels.
    int wantedHeight();

    QSize sizeHint() const override { return {700, 260}; }

public slots:
    void fitAll();
    void zoomIn() { zoom(0.5); }
    void zoomOut() { zoom(2); }
    void step(int events);

signals:
    void placeChanged(arcscope::Nanos place);
    void playRequested();                ///< Space
    void findingRequested(bool forward); ///< ] and [
    void hovered(const QString& text);
    void visibleRangeChanged(const arcscope::TimeRange& range);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRect bodyRect() const; ///< of the lanes, in logical pixels
    int axisHeight() const;
    int headerWidth() const;
    void invalidate();
    void ensureScene();
    void zoom(double factor);
    void setRange(const TimeRange& range);
    void userPlace(Nanos place);
    bool takeBackDrag();
    Nanos placeAt(const QPoint& pos) const;
    QString describe(const QPoint& pos) const;

    std::shared_ptr<const StreamTimeline> m_timeline;
    StreamViewport m_view;
    StreamScene m_scene;
    bool m_dirty = true;
    double m_scale = 1;
    std::unique_ptr<LabelCache> m_labels;
    QImage m_base; ///< all but the playhead
    TimeRange m_limits;
    Nanos m_place = 0;
    bool m_dragging = false;
    Nanos m_pressedPlace = 0; ///< of the playhead before it was dragged
    std::optional<QPoint> m_panFrom;
    TimeRange m_panRange;
    QScrollBar* m_scrollBar;
};

} // namespace arcscope
