// The picture of all streams: a row for each group, a bar for each bucket, moved through by keys and mouse.
#pragma once

#include "streamcorpuspainter.h"

#include <QAbstractScrollArea>

#include <memory>
#include <optional>

namespace arcscope
{

class StreamCorpusCanvas : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit StreamCorpusCanvas(QWidget* parent = nullptr);
    ~StreamCorpusCanvas() override;

    /// Stays at the row with the name of the one before, as a whole. Null: nothing.
    void setOverview(std::shared_ptr<const StreamOverview> overview);
    const std::shared_ptr<const StreamOverview>& overview() const { return m_overview; }

    /// The row, or bar, that is selected; its line is -1 where there are none.
    StreamCorpusPlace place() const { return m_selected; }
    void setPlace(StreamCorpusPlace place);
    /// The streams of a place, by value; of a whole row those without a value come last.
    std::vector<std::uint32_t> streamsAt(StreamCorpusPlace place) const;
    /// "gpt-4o: 12 streams, time to the first token from 400 ms to 500 ms".
    QString textOf(StreamCorpusPlace place) const;
    /// Where it is drawn, in pixels of the viewport.
    QRect rectOf(StreamCorpusPlace place) const;
    /// Height at which nothing has to be scrolled.
    int wantedHeight() const;

    QSize sizeHint() const override { return {700, 300}; }

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
    int lines() const { return m_overview ? static_cast<int>(m_overview->lines.size()) : 0; }
    int bars(int line) const;
    StreamCorpusPlace placeAt(const QPoint& pos) const;
    /// The bar of another row that lies nearest to the selected one.
    StreamCorpusPlace besides(int line) const;
    void select(StreamCorpusPlace place);
    void reveal();
    void hover(StreamCorpusPlace place);

    std::shared_ptr<const StreamOverview> m_overview;
    StreamCorpusLayout m_layout;
    std::unique_ptr<LabelCache> m_labels;
    StreamCorpusPlace m_selected;
    StreamCorpusPlace m_hovered;
};

} // namespace arcscope
