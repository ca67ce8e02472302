// The picture of all streams: a line for each group, a bar for each bucket.
#pragma once

#include "linecanvas.h"
#include "streamcorpuspainter.h"

namespace arcscope
{

/// Pieces of a line are the buckets of its distribution, counted from 0.
class StreamCorpusCanvas : public LineCanvas
{
    Q_OBJECT

public:
    explicit StreamCorpusCanvas(QWidget* parent = nullptr);

    /// Stays at the line with the name of the one before, as a whole. Null: nothing.
    void setOverview(std::shared_ptr<const StreamOverview> overview);
    const std::shared_ptr<const StreamOverview>& overview() const { return m_overview; }
    /// The streams of a place, by value; of a whole line those without a value come last.
    std::vector<std::uint32_t> streamsAt(LinePlace place) const;

    int lines() const override { return m_overview ? static_cast<int>(m_overview->lines.size()) : 0; }
    /// "gpt-4o: 12 streams, time to the first token from 400 ms to 500 ms".
    QString textOf(LinePlace place) const override;
    std::shared_ptr<const void> subject() const override { return m_overview; }

    QSize sizeHint() const override { return {700, 300}; }

protected:
    Sizes laidOut(int width) override;
    std::vector<Piece> pieces(int line) const override;
    int pieceLike(int line) const override; ///< the nearest bar
    void paintLines(QPainter& painter, int scroll, int height, const LineMarks& marks,
                    const TimelineStyle& style) override;
    void paintHead(QPainter& painter, const TimelineStyle& style) override;

private:
    const StreamLine& line(int index) const { return m_overview->lines[static_cast<std::size_t>(index)]; }

    std::shared_ptr<const StreamOverview> m_overview;
    StreamCorpusLayout m_layout;
};

} // namespace arcscope
