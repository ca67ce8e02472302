// The runs of one task as columns of steps, with connectors between what stands for each other.
#pragma once

#include "foundreplay.h"
#include "linecanvas.h"
#include "replaylayout.h"

namespace arcscope
{

/// A line is a step of all runs, or a fold; its pieces are the columns: 0 the base.
class ReplayCanvas : public LineCanvas
{
    Q_OBJECT

public:
    explicit ReplayCanvas(QWidget* parent = nullptr);

    /// Null: nothing; of a task that was not compared, why. The step of the same runs that was selected, else the first
    /// change is selected and in sight.
    void setReading(ReplayReadingPtr reading);
    const ReplayReadingPtr& reading() const { return m_reading; }
    /// Lines without changes are folded.
    void setOnlyDifferences(bool on);
    bool onlyDifferences() const { return m_only; }
    const std::vector<ReplayLine>& shownLines() const { return m_lines; }
    /// Null: none is selected, or it is a fold.
    const ReplayLine* line() const;
    int column() const; ///< that is selected; 0 where a whole line is
    /// Selects the next line that differs in more than wording; false: there is none.
    bool stepChange(int by);
    bool hasChange(int by) const;
    void focusColumn(int column);

    int lines() const override { return static_cast<int>(m_lines.size()); }
    QString textOf(LinePlace place) const override;
    std::shared_ptr<const void> subject() const override { return m_reading; }

signals:
    void stepActivated(); ///< Enter, Space or a double click on a step

public slots:
    /// Unfolds, where the selected line is a fold.
    void openFold();

protected:
    Sizes laidOut(int width) override;
    std::vector<Piece> pieces(int line) const override;
    void paintLines(QPainter& painter, int scroll, int height, const LineMarks& marks,
                    const TimelineStyle& style) override;
    void paintHead(QPainter& painter, const TimelineStyle& style) override;

private:
    void arrange();
    ReplayViewport viewportFor(int first, int count) const;

    ReplayReadingPtr m_reading; ///< has lines, or null
    QString m_why;              ///< there is none
    std::vector<ReplayLine> m_lines;
    std::vector<ReplayMove> m_moves;
    std::vector<const ReplayComparison*> m_comparisons;
    std::vector<std::uint32_t> m_opened; ///< first lines of folds that were opened
    bool m_only = false;
    int m_width = 0;
    int m_head = 0;
    int m_line = 20;
};

} // namespace arcscope
