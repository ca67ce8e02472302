// A chart of a lens: looked at, walked through by keys, pointed at, and boxes drawn on it.
#pragma once

#include "chartmarks.h"

#include <QChartView>
#include <QPoint>

#include <vector>

namespace arcscope
{

class LensChartView : public QChartView
{
    Q_OBJECT

public:
    explicit LensChartView(QWidget* parent = nullptr);
    ~LensChartView() override;

    /// `sentence`: what is to be seen, for a screen reader.
    void setSource(LensChart chart, const QString& sentence);
    const LensChart& source() const { return m_source; }
    const std::vector<ChartPiece>& pieces() const;
    int selected() const { return m_marks.selected; }
    void select(int piece);
    int pieceAt(const QPoint& pos) const;             ///< in pixels of the viewport; -1: none
    QRect rectOf(int piece) const;                    ///< in pixels of the viewport
    const QRectF& box() const { return m_marks.box; } ///< in pixels of the chart; empty: none
    std::vector<int> piecesIn(const QRectF& box) const;
    /// Spans of what the box touches, each once, ascending.
    std::vector<Row> spansIn(const QRectF& box) const;
    /// Of the whole chart.
    std::vector<Row> allSpans() const;
    void clearBox();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void activated(int piece); ///< Enter or a double click
    void boxDrawn(const std::vector<arcscope::Row>& spans, const QString& where);
    void hovered(const QString& text);

protected:
    bool event(QEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void remake();
    void step(int by);
    void tellBox();
    std::vector<Row> spansOf(const std::vector<int>& wanted) const;
    QPointF inChart(const QPoint& pos) const;

    LensChart m_source;
    MadeChart m_made;
    mutable std::vector<ChartPiece> m_pieces;
    mutable QRectF m_placed; ///< the area for which m_pieces were made
    ChartMarks m_marks;
    QPoint m_pressed;
    QRectF m_pressedBox;
    bool m_pressing = false; ///< and nobody has taken it back
    bool m_dragging = false;
};

} // namespace arcscope
