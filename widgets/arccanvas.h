// One arc enlarged: its steps and stretches with names, what bends back, pauses, and proposed stitches below.
#pragma once

#include "arcpainter.h"
#include "arcreading.h"

#include <QAbstractScrollArea>

#include <memory>
#include <vector>

namespace arcscope
{

/// Steps are numbers in the ribbon of the arc. Signals are emitted for what the user does here.
class ArcCanvas : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit ArcCanvas(QWidget* parent = nullptr);
    ~ArcCanvas() override;

    /// Null: nothing. The same arc of another state stays where it is zoomed to.
    void setArc(ArcsPtr of, std::uint32_t arc);
    /// Words of frustration; left out where they are of another arc.
    void setReading(ArcReadingPtr reading);
    const ArcsPtr& of() const { return m_of; }
    std::uint32_t arc() const { return m_arc; }
    void setScale(RibbonScale scale);
    RibbonScale scale() const { return m_scale; }

    std::uint32_t stepCount() const;
    std::uint32_t step() const { return m_step; }
    void setStep(std::uint32_t step);
    /// Row of the table of events.
    std::uint32_t eventOf(std::uint32_t step) const;
    std::uint32_t stepOf(std::uint32_t event) const;
    void chooseByUser(std::uint32_t step);
    /// In the order of steps; at most 200.
    std::vector<std::uint32_t> visibleSteps() const;
    QRect stepRect(std::uint32_t step) const; ///< of its sign, or of the block that has it; in the viewport
    QString stepName(std::uint32_t step) const;
    QString stepDetails(std::uint32_t step) const;
    QString summary() const;
    const RibbonScene& scene() const { return m_scene; }
    /// Place of a stitch that is drawn, in the viewport; empty: none.
    QRect stitchRect(std::uint32_t stitch) const;
    /// Height at which nothing has to be scrolled.
    int wantedHeight() const;
    double zoom() const { return m_zoom; }
    QSize sizeHint() const override { return {400, 140}; }

public slots:
    void zoomBy(double factor);
    void fit(); ///< all of it, however close that is

signals:
    void stepChosen(std::uint32_t step);
    void activated(std::uint32_t step);
    void stitchChosen(std::uint32_t stitch); ///< by its place in ArcCorpus::stitches
    void hovered(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void relayOut();
    int naturalWidth() const;
    double leastZoom() const;
    void reveal(std::uint32_t step);
    QPoint origin() const; ///< of the scene, in the viewport
    const RibbonPiece* pieceAt(const QPoint& pos) const;
    QString textOf(const RibbonPiece& piece) const;
    std::uint32_t stepAt(const RibbonPiece& piece, const QPoint& pos) const;
    void paintWords(QPainter& painter);
    void paintEdges(QPainter& painter);

    ArcsPtr m_of;
    std::uint32_t m_arc = 0;
    std::string m_key;
    ArcReadingPtr m_reading;
    std::vector<ArcRibbon> m_ribbons;
    std::vector<RibbonLink> m_links;
    RibbonScale m_scale = RibbonScale::Turns;
    RibbonScene m_scene;
    double m_zoom = 1;
    std::uint32_t m_step = RibbonPiece::none;
    std::uint32_t m_hovered = RibbonPiece::none;
    std::unique_ptr<LabelCache> m_labels;
};

QString scaleText(RibbonScale scale); ///< "By turn"

} // namespace arcscope
