#include "labelcache.h"

namespace arcscope
{

namespace
{

constexpr int mostCharacters = 200;
/// Bytes that surely hold as many characters.
constexpr std::size_t mostBytes = 4 * mostCharacters;
constexpr int mostEntries = 8'000;
constexpr int widthStep = 8;

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

} // namespace arcscope
