// The style of all windows: Fusion, in which the text of every cell is read in its own direction, and signs grow with
// the text.
#pragma once

#include <QProxyStyle>

class QPlainTextEdit;

namespace arcscope
{

/// Set on a bar of tabs: the pixels at both sides of each name together.
inline constexpr char tabSpaceProperty[] = "tabSpace";

/// “845 ms” stays that in a window that is read from right to left, and a Hebrew sentence with a number in it is not
/// torn apart in one that is read from left to right.
class ReadingStyle : public QProxyStyle
{
    Q_OBJECT

public:
    ReadingStyle();

    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    /// Icons, check marks and buttons of docks grow with the text.
    int pixelMetric(PixelMetric metric, const QStyleOption* option = nullptr,
                    const QWidget* widget = nullptr) const override;
    /// Entries of menus are as wide as Fusion draws them: its column for check marks grows with the text.
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override;
};

/// `text` between signs that nobody sees, so that what surrounds it does not change the order of its words, nor it
/// theirs (Unicode Bidirectional Algorithm, first strong isolate). As it is where it reads in direction `around`
/// anyway.
QString isolated(const QString& text, Qt::LayoutDirection around);

/// A line of ours that may begin with a name from a trace: it reads as the window does, whatever the name is written
/// in.
QString inDirection(Qt::LayoutDirection reading, const QString& line);

/// JSON, records: lines run from left to right in every language.
void readAsCode(QPlainTextEdit& text);

} // namespace arcscope
