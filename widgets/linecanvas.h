// A picture of lines of one height below a head that stays: lines and their pieces are chosen by keys, mouse and screen
// readers.
#pragma once

#include "linemarks.h"
#include "timelinepainter.h"

#include <QAbstractScrollArea>

#include <memory>
#include <vector>

namespace arcscope
{

/// What is drawn, and what it means, is said by a derived class, for any number of lines up to a million: it is asked
/// about those in sight only.
class LineCanvas : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LineCanvas(QWidget* parent = nullptr);
    ~LineCanvas() override;

    /// What is selected; its line is -1 where there are none.
    LinePlace place() const { return m_selected; }
    void setPlace(LinePlace place);
    virtual int lines() const = 0;
    /// One sentence; of no place why nothing is shown, which stands in the middle then, or empty.
    virtual QString textOf(LinePlace place) const = 0;
    /// What the numbers of lines and pieces belong to; null: nothing.
    virtual std::shared_ptr<const void> subject() const = 0;
    /// Where it is drawn, in pixels of the viewport; empty for a piece that is not there. A whole line is its name, or
    /// all of it where nothing stands for it.
    QRect rectOf(LinePlace place) const;
    /// Lines in sight with their pieces, as far as a screen reader should be told of: 200.
    std::vector<LinePlace> visiblePlaces() const;
    void chooseByUser(LinePlace place);
    /// Height at which nothing has to be scrolled.
    int wantedHeight() const;

signals:
    void placeChanged(); ///< by the user; also when the selected place is pressed again
    void activated();    ///< Enter, Space or a double click on the selected place
    void hovered(const QString& text);

protected:
    /// In logical pixels.
    struct Sizes {
        int head = 0;   ///< height above the lines
        int line = 20;  ///< height, at least 1
        int name = 0;   ///< width of what stands for a whole line, at its left
        int scroll = 0; ///< step; 0: a line
    };
    struct Piece {
        int number = 0; ///< LinePlace::piece
        QRect rect;     ///< as if its line began at y = 0
    };

    /// Makes ready for a width; asked again whenever that or the font changes. Only while there is a subject.
    virtual Sizes laidOut(int width) = 0;
    /// From the left.
    virtual std::vector<Piece> pieces(int line) const = 0;
    /// The piece of another line that is like the selected one; -1: none is.
    virtual int pieceLike(int line) const;
    /// Lines in [0, height) when scrolled by `scroll`; the head from 0 to its height. Both fill their ground.
    virtual void paintLines(QPainter& painter, int scroll, int height, const LineMarks& marks,
                            const TimelineStyle& style) = 0;
    virtual void paintHead(QPainter& painter, const TimelineStyle& style) = 0;

    /// Other lines: `selected` is what is selected of them. Scrolls nothing.
    void linesChanged(LinePlace selected);
    void reveal();

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
    int topOf(int line) const;
    LinePlace placeAt(const QPoint& pos) const;
    LinePlace beside(int step) const; ///< in the same line; past the first piece lies the whole line
    LinePlace inLine(int line) const;
    void select(LinePlace place);
    void hover(LinePlace place);

    Sizes m_sizes;
    std::unique_ptr<LabelCache> m_labels;
    LinePlace m_selected;
    LinePlace m_hovered;
};

} // namespace arcscope
