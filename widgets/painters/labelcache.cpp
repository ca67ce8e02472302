#include "labelcache.h"

#include "spanglyph.h"

#include <QFontInfo>
#include <QPaintEngine>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

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

constexpr std::size_t timesSign = 10;

QString countCharacter(std::size_t i)
{
    return i == timesSign ? QString(QChar(0xd7)) : QString::number(i);
}

/// Calls use(digit, ends a group of three or the number) from the first digit on.
template <typename Use>
void eachDigit(std::uint32_t count, Use use)
{
    char text[16];
    const char* const end = std::to_chars(std::begin(text), std::end(text), count).ptr;
    for (const char* c = text; c != end; ++c)
        use(static_cast<std::size_t>(*c - '0'), (end - c) % 3 == 1);
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

QFont scaledFont(QFont font, double scale)
{
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(QFontInfo(font).pixelSize() * scale))));
    return font;
}

LabelCache::LabelCache(const QFont& font)
    : m_font(font)
    , m_metrics(font)
    , m_groupGap(std::max(1, m_metrics.averageCharWidth() / 3))
{
    for (std::size_t i = 0; i < m_advances.size(); ++i)
        m_advances[i] = m_metrics.horizontalAdvance(countCharacter(i));
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

LabelCache::Characters LabelCache::characters(const QColor& colour, const QColor& ground) const
{
    Characters pictures;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        pictures[i] = QImage(std::max(1, m_advances[i]), m_metrics.height(), QImage::Format_RGB32);
        pictures[i].fill(ground);
        QPainter painter(&pictures[i]);
        painter.setFont(m_font);
        painter.setPen(colour);
        painter.drawText(0, m_metrics.ascent(), countCharacter(i));
    }
    return pictures;
}

int LabelCache::countWidth(std::uint32_t count) const
{
    int width = m_advances[timesSign];
    eachDigit(count,
              [&](std::size_t digit, bool endOfGroup) { width += m_advances[digit] + (endOfGroup ? m_groupGap : 0); });
    return width;
}

void LabelCache::paintCount(QPainter& painter, const QPoint& topLeft, std::uint32_t count, const QColor& colour,
                            const QColor& ground)
{
    const int width = countWidth(count);
    const int height = m_metrics.height();
    int x = 0;
    const auto addAll = [&](auto add) {
        eachDigit(count, [&](std::size_t digit, bool endOfGroup) {
            add(digit);
            x += m_advances[digit] + (endOfGroup ? m_groupGap : 0);
        });
        add(timesSign);
    };
    if (!hasPixels(painter)) {
        painter.fillRect(topLeft.x(), topLeft.y(), width, height, ground);
        painter.setPen(colour);
        addAll([&](std::size_t character) {
            painter.drawText(topLeft.x() + x, topLeft.y() + m_metrics.ascent(), countCharacter(character));
        });
        return;
    }
    Characters& pictures = m_characters[quint64{colour.rgb()} << 32 | ground.rgb()];
    if (pictures.front().isNull())
        pictures = characters(colour, ground);
    // Put together by copying and painted once: a call of the painter costs more than the pixels.
    if (m_count.width() < width)
        m_count = QImage(2 * width, height, QImage::Format_RGB32);
    m_count.fill(ground);
    const auto stride = m_count.bytesPerLine();
    uchar* const pixels = m_count.bits();
    addAll([&](std::size_t character) {
        const QImage& picture = pictures[character];
        const uchar* from = picture.constBits();
        const auto step = picture.bytesPerLine();
        uchar* to = pixels + static_cast<std::ptrdiff_t>(x) * 4;
        for (int y = 0; y < height; ++y, from += step, to += stride)
            std::memcpy(to, from, static_cast<std::size_t>(step));
    });
    painter.drawImage(topLeft, m_count, QRect(0, 0, width, height));
}

} // namespace arcscope
