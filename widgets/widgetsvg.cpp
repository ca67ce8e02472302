#include "widgetsvg.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>
#include <iterator>

namespace arcscope
{
namespace
{

constexpr int pixelsAnInch = 96;

/// What a widget paints itself, with names of its own for its gradients and patterns. Empty where that is nothing.
QByteArray ownShapes(QWidget& widget, QWidget::RenderFlags flags, const QByteArray& name)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(widget.size());
    generator.setViewBox(widget.rect());
    generator.setResolution(pixelsAnInch);
    generator.setTitle({});
    generator.setDescription({});
    QPainter painter(&generator);
    widget.render(&painter, {}, {}, flags);
    painter.end();
    constexpr const char* drawn[] = {"<path", "<rect", "<text", "<image", "<poly", "<line ", "<circle", "<ellipse"};
    if (std::none_of(std::begin(drawn), std::end(drawn), [&](const char* each) { return bytes.contains(each); }))
        return {};
    bytes.remove(0, bytes.indexOf('>', bytes.indexOf("<svg")) + 1);
    bytes.truncate(bytes.lastIndexOf("</svg>"));
    // Quotes in texts are escaped: these are attributes.
    bytes.replace(" id=\"", " id=\"" + name);
    bytes.replace("\"url(#", "\"url(#" + name);
    bytes.replace("href=\"#", "href=\"#" + name);
    return bytes;
}

void addWidget(QWidget& widget, QPoint at, QWidget::RenderFlags flags, int& number, QByteArray& svg)
{
    if (widget.size().isEmpty())
        return;
    const QByteArray name = 'w' + QByteArray::number(++number) + '-';
    const auto attribute = [](const char* of, int value) {
        return QByteArray(" ") + of + "=\"" + QByteArray::number(value) + '"';
    };
    // Not an <svg> of its own, whose edges Inkscape does not cut at.
    svg += "<g transform=\"translate(" + QByteArray::number(at.x()) + ',' + QByteArray::number(at.y()) +
           ")\" clip-path=\"url(#" + name + "box)\"><clipPath id=\"" + name + "box\"><rect" +
           attribute("width", widget.width()) + attribute("height", widget.height()) + "/></clipPath>" +
           ownShapes(widget, flags, name);
    for (QObject* const child : widget.children()) {
        auto* const part = qobject_cast<QWidget*>(child);
        if (part && !part->isWindow() && part->isVisibleTo(&widget) && part->geometry().intersects(widget.rect()))
            addWidget(*part, part->pos(), {}, number, svg);
    }
    svg += "</g>\n";
}

} // namespace

QByteArray widgetSvg(QWidget& view)
{
    int number = 0;
    QByteArray svg;
    addWidget(view, {}, QWidget::DrawWindowBackground, number, svg);
    return svg;
}

} // namespace arcscope
