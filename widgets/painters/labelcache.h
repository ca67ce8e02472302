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

#include <string_view>

namespace arcscope
{

/// Text from a trace as one line for a label: at most 200 characters, control and direction characters as spaces or
/// gone.
QString labelText(std::string_view utf8);

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
    /// "1204 ×" from pictures of the digits; returns its width. Without a painter only that.
    int paintCount(QPainter* painter, const QPoint& topLeft, std::uint32_t count, const QColor& colour);

private:
    struct Entry {
        QString text;
        int advance = 0;
        QStaticText full;
        QHash<int, QStaticText> elided; ///< by width in steps of 8 pixels
    };

    QFont m_font;
    QFontMetrics m_metrics;
    QImage character(QChar c, const QColor& colour) const;

    QHash<QByteArray, Entry> m_entries;
    QHash<quint64, QImage> m_glyphs; ///< by kind, size and colour
    QHash<quint64, QImage> m_characters;
    QStaticText m_none;
};

} // namespace arcscope
