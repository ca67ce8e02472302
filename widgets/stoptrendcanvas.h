// The picture of what groups of calls stopped for, moved through by keys and mouse.
#pragma once

#include "stoptrendpainter.h"

#include <QAbstractScrollArea>

#include <memory>

namespace arcscope
{

class StopTrendCanvas : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit StopTrendCanvas(QWidget* parent = nullptr);
    ~StopTrendCanvas() override;

    /// Stays at the place of the same name where the user went there. Null: nothing.
    void setOverview(StopOverviewPtr overview);
    /// Its line is -1 where there are none.
    StopTrendPlace place() const { return m_selected; }
    void setPlace(StopTrendPlace place);
    std::vector<Row> rowsAt(StopTrendPlace place) const;
    /// "gpt-4o, silent truncation: 3 of 40 calls (8 %)".
    QString textOf(StopTrendPlace place) const;
    /// Where it is drawn, in pixels of the viewport.
    QRect rectOf(StopTrendPlace place) const;
    /// Height at which nothing has to be scrolled.
    int wantedHeight() const;

    QSize sizeHint() const override { return {400, 160}; }

signals:
    void placeChanged(); ///< by the user
    void activated();    ///< Enter, Space or a double click on the selected place
    void hovered(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void relayOut();
    int lines() const { return m_overview ? static_cast<int>(m_overview->groups.size()) : 0; }
    const StopLine& line(int index) const { return m_overview->groups[static_cast<std::size_t>(index)]; }
    int topOf(int index) const;
    StopTrendPlace placeAt(const QPoint& pos) const;
    StopTrendPlace beside(int step) const; ///< in the same row; past the first piece lies the whole row
    StopTrendPlace inLine(int index) const;
    void select(StopTrendPlace place);
    void reveal();
    void hover(StopTrendPlace place);

    StopOverviewPtr m_overview;
    StopTrendLayout m_layout;
    std::unique_ptr<LabelCache> m_labels;
    StopTrendPlace m_selected;
    bool m_byUser = false; ///< went there
    StopTrendPlace m_hovered;
};

} // namespace arcscope
