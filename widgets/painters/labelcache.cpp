#include "labelcache.h"

#include "spanglyph.h"

#include <QPaintEngine>

#include <charconv>

namespace arcscope
{

namespace
{

constexpr int mostCharacters = 200;
/// Bytes that surely hold as many characters.
constexpr std::size_t mostBytes = 4 * mostCharacters;
constexpr int mostEntries = 8'000;
constexpr int widthStep = 8;

bool hasPixels(const QPainter& painter)
{
    return painter.paintEngine()->type() == QPaintEngine::Raster;
}

QStaticText prepared(const QString& text, const QFont& font)
{
    QStaticText label(text);
    label.setTextFormat(Qt::PlainText);
    label.setPerformanceHint(QStaticText::AggressiveCaching);
    label.prepare({}, font);
    return label;
}

} // namespace

QString labelText(std::string_view utf8)
{
    const std::string_view head = utf8.substr(0, mostBytes);
    QString text = QString::fromUtf8(head.data(), static_cast<qsizetype>(head.size()));
    QString out;
    out.reserve(std::min<qsizetype>(text.size(), mostCharacters));
    for (const QChar c : qAsConst(text)) {
        if (out.size() >= mostCharacters)
            break;
        const ushort code = c.unicode();
        const bool direction = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
                               code == 0x200e || code == 0x200f;
        if (direction)
            continue;
        out += code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029 ? QLatin1Char(' ') : c;
    }
    if (!out.isEmpty() && out.back().isHighSurrogate())
        out.chop(1);
    return out;
}

LabelCache::LabelCache(const QFont& font)
    : m_font(font)
    , m_metrics(font)
{
}

const QStaticText& LabelCache::label(std::string_view utf8, int width)
{
    const std::string_view head = utf8.substr(0, mostBytes);
    const auto key = QByteArray::fromRawData(head.data(), static_cast<int>(head.size()));
    auto found = m_entries.find(key);
    if (found == m_entries.end()) {
        if (m_entries.size() >= mostEntries)
            m_entries.clear();
        Entry entry;
        entry.text = labelText(head);
        entry.advance = m_metrics.horizontalAdvance(entry.text);
        entry.full = prepared(entry.text, m_font);
        found = m_entries.insert(QByteArray(head.data(), static_cast<int>(head.size())), entry);
    }
    if (found->advance <= width)
        return found->full;
    const int step = width / widthStep;
    auto elided = found->elided.find(step);
    if (elided == found->elided.end()) {
        const QString text = m_metrics.elidedText(found->text, Qt::ElideRight, step * widthStep);
        // Dots alone say nothing.
        elided = found->elided.insert(step, text.size() < 2 ? m_none : prepared(text, m_font));
    }
    return *elided;
}

void LabelCache::paintGlyph(QPainter& painter, const QPoint& at, int size, SpanKind kind, const QColor& colour)
{
    if (!hasPixels(painter)) {
        arcscope::paintGlyph(painter, QRectF(at, QSizeF(size, size)), kind, colour);
        return;
    }
    const quint64 key =
        quint64{colour.rgb()} << 24 | static_cast<quint64>(size & 0xffff) << 8 | static_cast<quint64>(kind);
    QImage& image = m_glyphs[key];
    if (image.isNull()) {
        image = QImage(size, size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter glyph(&image);
        arcscope::paintGlyph(glyph, QRectF(0, 0, size, size), kind, colour);
    }
    painter.drawImage(at, image);
}

QImage LabelCache::character(QChar c, const QColor& colour) const
{
    QImage image(std::max(1, m_metrics.horizontalAdvance(c)), m_metrics.height(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setFont(m_font);
    painter.setPen(colour);
    painter.drawText(0, m_metrics.ascent(), c);
    return image;
}

int LabelCache::paintCount(QPainter* painter, const QPoint& topLeft, std::uint32_t count, const QColor& colour)
{
    char text[16];
    const auto end = std::to_chars(std::begin(text), std::end(text), count).ptr;
    int x = topLeft.x();
    const auto add = [&](QChar c) {
        QImage& image = m_characters[quint64{colour.rgb()} << 16 | c.unicode()];
        if (image.isNull())
            image = character(c, colour);
        if (painter)
            painter->drawImage(x, topLeft.y(), image);
        x += image.width();
    };
    const int gap = std::max(1, m_metrics.averageCharWidth() / 3);
    for (const char* c = text; c != end; ++c) {
        if (c != text && (end - c) % 3 == 0)
            x += gap;
        add(QLatin1Char(*c));
    }
    x += gap;
    add(QChar(0xd7));
    return x - topLeft.x();
}

} // namespace arcscope
