// A label that is one line, with dots at its end, where there is little room, and as many as it needs elsewhere.
#pragma once

#include <QLabel>
#include <QPointer>

namespace arcscope
{

class BriefLabel : public QLabel
{
    Q_OBJECT

public:
    explicit BriefLabel(QWidget* parent = nullptr);

    /// One line; all of it is in the tooltip.
    void setBrief(bool brief);
    bool isBrief() const { return m_brief; }
    /// Brief as long as `view` has less height than so many lines.
    void briefWhereLow(QWidget& view, int lines);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitView();

    QPointer<QWidget> m_view; ///< whose height decides
    bool m_brief = false;
    int m_lines = 0;
};

} // namespace arcscope
