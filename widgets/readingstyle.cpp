#include "readingstyle.h"

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
