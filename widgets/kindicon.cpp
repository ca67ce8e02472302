#include "kindicon.h"

#include "spanglyph.h"
#include "theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>

namespace arcscope
{
namespace
{

class KindEngine final : public QIconEngine
{
public:
    explicit KindEngine(SpanKind kind)
        : m_kind(kind)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor colour =
            mode == QIcon::Selected ? palette.color(QPalette::HighlightedText) : themeFor(palette)[roleOf(m_kind)].ink;
        const double margin = rect.width() * 0.12;
        painter->save();
        paintGlyph(*painter, QRectF(rect).adjusted(margin, margin, -margin, -margin), m_kind, colour);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new KindEngine(*this); }

private:
    SpanKind m_kind;
};

} // namespace

QIcon kindIcon(SpanKind kind)
{
    return QIcon(new KindEngine(kind));
}

} // namespace arcscope
