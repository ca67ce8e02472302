// What became of the arcs as bars: each outcome with its count and share, and a choice of one.
#pragma once

#include "arclisting.h"
#include "arcwords.h"

#include <QWidget>

namespace arcscope
{

/// All five outcomes stand there whatever their counts: what is unknown is never left out.
class ArcBars : public QWidget
{
    Q_OBJECT

public:
    explicit ArcBars(QWidget* parent = nullptr);

    /// Null: nothing.
    void setListing(ListingPtr listing);
    void setMeasure(ArcMeasure measure);
    ArcMeasure measure() const { return m_measure; }
    const ListingPtr& listing() const { return m_listing; }

    /// Where the keyboard is.
    ArcOutcome current() const { return shownOutcomes()[static_cast<std::size_t>(m_current)]; }
    QRect rectOf(ArcOutcome outcome) const;
    QString nameOf(ArcOutcome outcome) const;    ///< "succeeded: 12 of 40 arcs (30 %)"
    QString detailsOf(ArcOutcome outcome) const; ///< with the share of all and what it means
    /// As a click or Enter does.
    void choose(ArcOutcome outcome);

    QSize sizeHint() const override;

signals:
    void chosen(arcscope::ArcOutcome outcome); ///< also of the one that is chosen already
    void hovered(const QString& text);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int columns(int width) const;
    int heightFor(int width) const; ///< with which all five are seen
    int cellHeight() const;
    QRect cell(int index) const;
    int cellAt(const QPoint& pos) const;
    void hover(int index);
    void goTo(int index);
    QString valueText(ArcOutcome outcome) const;

    ListingPtr m_listing;
    ArcMeasure m_measure = ArcMeasure::Arcs;
    int m_current = 0;
    int m_hovered = -1;
};

} // namespace arcscope
