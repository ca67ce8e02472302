#include "symbolicon.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

/// The icons lie in a static library: nothing else would pull them into the program.
static void loadIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace arcscope
{
namespace
{

class SymbolEngine final : public QIconEngine
{
public:
    SymbolEngine(QByteArray svg, bool directed)
        : m_svg(std::move(svg))
        , m_directed(directed)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor colour = mode == QIcon::Disabled   ? palette.color(QPalette::Disabled, QPalette::ButtonText)
                              : mode == QIcon::Selected ? palette.color(QPalette::HighlightedText)
                                                        : palette.color(QPalette::ButtonText);
        painter->save();
        if (m_directed && QGuiApplication::isRightToLeft()) {
            painter->translate(2 * rect.x() + rect.width(), 0);
            painter->scale(-1, 1);
        }
        QSvgRenderer(QByteArray(m_svg).replace("currentColor", colour.name().toLatin1())).render(painter, rect);
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

    QIconEngine* clone() const override { return new SymbolEngine(*this); }
    bool isNull() override { return m_svg.isEmpty(); }

private:
    QByteArray m_svg;
    bool m_directed; ///< points to where reading goes on, or came from
};

} // namespace

QIcon symbolIcon(const QString& name)
{
    loadIcons();
    const bool directed = name == QLatin1String("go-previous") || name == QLatin1String("go-next");
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? QIcon(new SymbolEngine(file.readAll(), directed)) : QIcon();
}

} // namespace arcscope
