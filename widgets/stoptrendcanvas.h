// The picture of what groups of calls stopped for.
#pragma once

#include "linecanvas.h"
#include "stoptrendpainter.h"

namespace arcscope
{

/// Pieces of a line are its buckets.
class StopTrendCanvas : public LineCanvas
{
    Q_OBJECT

public:
    explicit StopTrendCanvas(QWidget* parent = nullptr);

    /// Stays at the place of the same name where the user went there. Null: nothing.
    void setOverview(StopOverviewPtr overview);
    std::vector<Row> rowsAt(LinePlace place) const;

    int lines() const override { return m_overview ? static_cast<int>(m_overview->groups.size()) : 0; }
    /// "gpt-4o, silent truncation: 3 of 40 calls (8 %)".
    QString textOf(LinePlace place) const override;
    std::shared_ptr<const void> subject() const override { return m_overview; }

    QSize sizeHint() const override { return {400, 160}; }

protected:
    Sizes laidOut(int width) override;
    std::vector<Piece> pieces(int line) const override;
    void paintLines(QPainter& painter, int scroll, int height, const LineMarks& marks,
                    const TimelineStyle& style) override;
    void paintHead(QPainter& painter, const TimelineStyle& style) override;

private:
    const StopLine& line(int index) const { return m_overview->groups[static_cast<std::size_t>(index)]; }

    StopOverviewPtr m_overview;
    StopTrendLayout m_layout;
    bool m_byUser = false; ///< went there
};

} // namespace arcscope
