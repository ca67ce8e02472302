#include "readingstyle.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTextDocument>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popIsolate(0x2069);
constexpr QChar leftToRightMark(0x200e);
constexpr QChar rightToLeftMark(0x200f);
constexpr int usualText = 20;           ///< pixels of a line of text that Fusion's signs are made for, at most
constexpr int reckonedCheckColumn = 20; ///< pixels that Fusion reckons with, whatever the height

} // namespace

QString isolated(const QString& text, Qt::LayoutDirection around)
{
    return text.isEmpty() || text.isRightToLeft() == (around == Qt::RightToLeft)
               ? text
               : firstStrongIsolate + text + popIsolate;
}

QString inDirection(Qt::LayoutDirection reading, const QString& line)
{
    const bool fromRight = reading == Qt::RightToLeft;
    return line.isRightToLeft() == fromRight ? line : (fromRight ? rightToLeftMark : leftToRightMark) + line;
}

void readAsCode(QPlainTextEdit& text)
{
    QTextOption option = text.document()->defaultTextOption();
    option.setTextDirection(Qt::LeftToRight);
    text.document()->setDefaultTextOption(option);
    text.setLayoutDirection(Qt::LeftToRight);
}

ReadingStyle::ReadingStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void ReadingStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const
{
    if (const auto* cell = qstyleoption_cast<const QStyleOptionViewItem*>(option); cell && element == CE_ItemViewItem) {
        QStyleOptionViewItem own = *cell;
        own.text = isolated(cell->text, cell->direction);
        QProxyStyle::drawControl(element, &own, painter, widget);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

int ReadingStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    const int usual = QProxyStyle::pixelMetric(metric, option, widget);
    switch (metric) {
    case PM_TabBarTabHSpace: {
        const QVariant space = widget ? widget->property(tabSpaceProperty) : QVariant();
        return space.isValid() ? std::min(usual, space.toInt()) : usual;
    }
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_TabBarIconSize:
    case PM_LineEditIconSize:
    case PM_ListViewIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_TitleBarButtonIconSize:
    case PM_HeaderMarkSize:
    case PM_MenuButtonIndicator:
        return std::max(usual, usual * QFontMetrics(QApplication::font()).height() / usualText);
    default:
        return usual;
    }
}

QSize ReadingStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                     const QWidget* widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    if (const auto* entry = qstyleoption_cast<const QStyleOptionMenuItem*>(option); entry && type == CT_MenuItem) {
        const int drawn = size.height() * 4 / 5;
        size.rwidth() += std::max(0, drawn - std::max(entry->maxIconWidth, reckonedCheckColumn));
    }
    return size;
}

} // namespace arcscope
