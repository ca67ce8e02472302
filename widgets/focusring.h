// A ring around what has the keyboard, wherever it is: styles draw none around most parts, or one that is hardly seen.
#pragma once

#include <QPointer>
#include <QWidget>

namespace arcscope
{

/// One for a window, above all of it. Not shown around what was given the keyboard by the mouse.
class FocusRing : public QWidget
{
public:
    /// From now on in every window of the program that gets the keyboard, dialogs too.
    static void install();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    explicit FocusRing(QWidget* window);
    static FocusRing* of(const QWidget& window);
    void surround(QWidget* part);
    void place();

    QPointer<QWidget> m_part;
    QList<QPointer<QWidget>> m_watched; ///< the part and what it lies in: the ring moves with them
};

} // namespace arcscope
