// Elided texts that are laid out once: drawing a cached label costs a third of drawing its text.
#pragma once

#include "span.h"

#include <QColor>
#include <QFont>
#include <QFontMetrics>
#include <QHash>
#include <QImage>
#include <QPainter>
#include <QStaticText>

#include <array>
#include <string_view>

namespace arcscope
{

/// Text from a trace as one line for a label: at most 200 characters, control and direction characters as spaces or
/// gone.
QString labelText(std::string_view utf8);

/// The font of a widget in device pixels, `scale` a logical one.
QFont scaledFont(QFont font, double scale);

/// For one font; clear by making a new one.
class LabelCache
{
public:
    explicit LabelCache(const QFont& font);

    const QFont& font() const { return m_font; }
    const QFontMetrics& metrics() const { return m_metrics; }
    /// The text cut to `width` pixels; empty where not even one character and the dots fit.
    const QStaticText& label(std::string_view utf8, int width);

    /// paintGlyph() from a picture of it, on painters that have pixels.
    void paintGlyph(QPainter& painter, const QPoint& at, int size, SpanKind kind, const QColor& colour);
    /// "1 204 ×" in its width and one line high, on a ground of one colour.
    int countWidth(std::uint32_t count) const;
    void paintCount(QPainter& painter, const QPoint& topLeft, std::uint32_t count, const QColor& colour,
                    const QColor& ground);

private:
    struct Entry {
        QString text;
        int advance = 0;
        QStaticText full;
        QHash<int, QStaticText> elided; ///< by width in steps of 8 pixels
    };

    /// The ten digits and the sign behind them.
    static constexpr std::size_t countCharacters = 11;
    using Characters = std::array<QImage, countCharacters>;
    Characters characters(const QColor& colour, const QColor& ground) const;

    QFont m_font;
    QFontMetrics m_metrics;
    std::array<int, countCharacters> m_advances{};
    int m_groupGap; ///< between thousands, and before the sign
    QHash<QByteArray, Entry> m_entries;
    QHash<quint64, QImage> m_glyphs;         ///< by kind, size and colour
    QHash<quint64, Characters> m_characters; ///< by colour and ground
    QImage m_count;                          ///< where a count is put together
    QStaticText m_none;
};

} // namespace arcscope
