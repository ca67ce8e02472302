#include "paperpage.h"

#include "printedpage.h"
#include "theme.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextObjectInterface>

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr int dotsAnInch = 600;
/// Letters that are apart at all are never drawn as one: "ff" of an id is copied as it was.
constexpr double withoutLigatures = 0.1;
constexpr int chartObject = QTextFormat::UserObject + 1;
constexpr int chartProperty = QTextFormat::UserProperty + 1;

/// Nothing comes from elsewhere.
class ClosedDocument : public QTextDocument
{
protected:
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

QColor colourOf(ChartInk ink, const Theme& theme)
{
    switch (ink) {
    case ChartInk::Bar:
        return mixed(theme.canvas, theme.muted, 0.55);
    case ChartInk::Bad:
    case ChartInk::Start:
        return theme[ColourRole::Contradiction].fill;
    case ChartInk::Sure:
        return theme.tint(ColourRole::Contradiction);
    case ChartInk::Rule:
        return theme.rule;
    case ChartInk::Change:
        return theme[ColourRole::Model].fill;
    case ChartInk::Noticed:
    case ChartInk::Words:
        return theme.text;
    case ChartInk::QuietWords:
        return theme.muted;
    }
    return theme.text;
}

QString textOf(const std::string& text)
{
    return QString::fromStdString(text);
}

void paintChart(QPainter& painter, const FlatChart& chart, const Theme& theme)
{
    QFont font = painter.font();
    font.setPixelSize(12);
    painter.setFont(font);
    for (const ChartShape& shape : chart.shapes) {
        const QColor colour = colourOf(shape.ink, theme);
        const QPointF at(shape.x, shape.y);
        switch (shape.form) {
        case ChartShape::Form::Box:
            painter.fillRect(QRectF(at, QSizeF(shape.width, shape.height)), colour);
            break;
        case ChartShape::Form::Line: {
            QPen pen(colour, shape.ink == ChartInk::Rule ? 1 : 1.6);
            if (shape.ink == ChartInk::Change)
                pen.setStyle(Qt::DashLine);
            else if (shape.ink == ChartInk::Noticed)
                pen.setStyle(Qt::DotLine);
            painter.setPen(pen);
            painter.drawLine(at, at + QPointF(shape.width, shape.height));
            break;
        }
        case ChartShape::Form::Words: {
            const QString words = textOf(shape.words);
            const double back = shape.endsHere ? QFontMetricsF(font).horizontalAdvance(words) : 0;
            painter.setPen(colour);
            painter.drawText(at - QPointF(back, 0), words);
            break;
        }
        }
    }
}

/// Images named chart:N become pictures that are drawn; others go.
void placeCharts(QTextDocument& document, std::size_t charts)
{
    struct Found {
        int at;
        int chart; ///< -1: none
    };
    QList<Found> found;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextFragment fragment = part.fragment();
            if (!fragment.charFormat().isImageFormat())
                continue;
            const QString name = fragment.charFormat().toImageFormat().name();
            bool isNumber = false;
            const int number = name.mid(6).toInt(&isNumber);
            const bool known = name.startsWith(QLatin1String("chart:")) && isNumber && number >= 0 &&
                               static_cast<std::size_t>(number) < charts;
            found.append({fragment.position(), known ? number : -1});
        }
    }
    std::reverse(found.begin(), found.end()); // what is behind keeps its place
    for (const Found& image : found) {
        QTextCursor cursor(&document);
        cursor.setPosition(image.at);
        cursor.deleteChar();
        if (image.chart < 0)
            continue;
        QTextCharFormat format;
        format.setObjectType(chartObject);
        format.setProperty(chartProperty, image.chart);
        cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
    }
}

/// Parts of the foot in as few lines as they fit into; what is too much for the last one is elided there.
QStringList footLines(const QString& foot, const QFontMetrics& metrics, int room)
{
    constexpr qsizetype most = 3;
    const QString between = QStringLiteral(" \u00b7 ");
    QStringList lines;
    for (const QString& part : foot.split(between)) {
        const QString longer = lines.isEmpty() ? part : lines.last() + between + part;
        if (!lines.isEmpty() && (lines.size() == most || metrics.horizontalAdvance(longer) <= room))
            lines.last() = longer;
        else
            lines << part;
    }
    for (QString& line : lines)
        line = metrics.elidedText(line, Qt::ElideMiddle, room);
    return lines;
}

QString styleOf(const Theme& theme)
{
    return QStringLiteral("body{color:%1}"
                          "h1{font-size:20pt;margin-bottom:4pt}"
                          "h2{font-size:14pt;margin-top:18pt;margin-bottom:4pt}"
                          "h3{font-size:11pt;margin-top:10pt;margin-bottom:2pt}"
                          "p,dd,td,th{margin-top:2pt;margin-bottom:2pt}"
                          "dt,.quiet,.where,caption,.cut,.tag{color:%2}"
                          ".tag,.where,caption{font-size:8pt}"
                          "td,th{font-size:8pt;padding:5pt}"
                          "blockquote,pre{font-family:'Noto Sans Mono','DejaVu Sans Mono',monospace;font-size:8pt;"
                          "white-space:pre-wrap;background-color:%3;margin:3pt 0 3pt 10pt}")
        .arg(theme.text.name(), theme.muted.name(), theme.stripe.name());
}

} // namespace

/// Draws pictures where the text has them, in the width of the text.
class ChartHandler : public QObject, public QTextObjectInterface
{
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    ChartHandler(const PrintedPage& page, const Theme& theme, double width)
        : m_page(page)
        , m_theme(theme)
        , m_width(width)
    {
    }

    QSizeF intrinsicSize(QTextDocument*, int, const QTextFormat& format) override
    {
        const FlatChart& chart = chartOf(format);
        return {m_width, chart.height * m_width / chart.width};
    }
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int, const QTextFormat& format) override
    {
        painter->save();
        painter->translate(rect.topLeft());
        const FlatChart& chart = chartOf(format);
        painter->scale(m_width / chart.width, m_width / chart.width);
        paintChart(*painter, chart, m_theme);
        painter->restore();
    }

private:
    const FlatChart& chartOf(const QTextFormat& format) const
    {
        return m_page.charts[static_cast<std::size_t>(format.intProperty(chartProperty))];
    }

    const PrintedPage& m_page;
    const Theme& m_theme;
    double m_width;
};

Result<QByteArray> paperPdf(const PrintedPage& page)
{
    const Theme& theme = lightTheme();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(dotsAnInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(18, 16, 18, 14), QPageLayout::Millimeter);
    writer.setTitle(textOf(page.title));
    writer.setCreator(QCoreApplication::applicationName() + QLatin1Char(' ') + QCoreApplication::applicationVersion());
    QPainter painter(&writer);
    if (!painter.isActive())
        return Error{ErrorCode::Unsupported, "the PDF cannot be written"};

    QFont font(QStringList{QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")}, 10);
    font.setLetterSpacing(QFont::AbsoluteSpacing, withoutLigatures);
    QFont small(font);
    small.setPointSizeF(7);
    painter.setFont(small);
    const double line = painter.fontMetrics().height();
    const int numberRoom = 2 * painter.fontMetrics().horizontalAdvance(QStringLiteral("9999 / 9999"));
    const QStringList foot = footLines(textOf(page.foot), painter.fontMetrics(), writer.width() - numberRoom);
    const QSizeF sheet(writer.width(), writer.height() - (1 + static_cast<double>(foot.size())) * line);

    ClosedDocument document;
    document.setUndoRedoEnabled(false);
    document.documentLayout()->setPaintDevice(&writer);
    document.setDefaultFont(font);
    document.setDocumentMargin(0);
    document.setDefaultStyleSheet(styleOf(theme));
    document.setHtml(textOf(page.html));
    placeCharts(document, page.charts.size());
    ChartHandler handler(page, theme, sheet.width() - 1);
    document.documentLayout()->registerHandler(chartObject, &handler);
    document.setPageSize(sheet);

    const int sheets = document.pageCount();
    for (int number = 0; number < sheets; ++number) {
        if (number > 0)
            writer.newPage();
        painter.save();
        painter.translate(0, -number * sheet.height());
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, theme.text);
        context.clip = QRectF(0, number * sheet.height(), sheet.width(), sheet.height());
        painter.setClipRect(context.clip);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        painter.setFont(small);
        painter.setPen(theme.muted);
        const QString count = QStringLiteral("%1 / %2").arg(number + 1).arg(sheets);
        const double base = writer.height() - painter.fontMetrics().descent();
        for (qsizetype i = 0; i < foot.size(); ++i)
            painter.drawText(QPointF(0, base - static_cast<double>(foot.size() - 1 - i) * line), foot[i]);
        painter.drawText(QPointF(sheet.width() - painter.fontMetrics().horizontalAdvance(count), base), count);
    }
    painter.end();
    return bytes;
}

} // namespace arcscope

#include "paperpage.moc"
