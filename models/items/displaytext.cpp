#include "displaytext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace arcscope
{
namespace
{

/// A visible stand-in for a character that would hide or reorder what is around it; null for any other.
QString standIn(char32_t c, bool keepBreaks)
{
    if (c == U'\n' || c == U'\t' || c == U'\r')
        return keepBreaks && c != U'\r' ? QString()
                                        : QString(c == U'\n'   ? QChar(0x23ce)
                                                  : c == U'\t' ? QChar(0x21e5)
                                                               : QChar(0x240d));
    if (c < 0x20)
        return QString(QChar(static_cast<char16_t>(0x2400 + c)));
    if (c == 0x7f)
        return QString(QChar(0x2421));
    const bool control = c >= 0x80 && c < 0xa0;
    const bool zeroWidth = (c >= 0x200b && c <= 0x200f && c != 0x200d) || c == 0x2060 || c == 0xfeff || c == 0x00ad;
    const bool bidirectional = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x061c;
    const bool separator = c == 0x2028 || c == 0x2029;
    const bool tag = c >= 0xe0000 && c <= 0xe007f;
    if (control || zeroWidth || bidirectional || separator || tag)
        return QStringLiteral("⟨U+%1⟩").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
    return {};
}

QString shown(const QString& text, bool keepBreaks)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
        const QString sign = standIn(c, keepBreaks);
        if (!sign.isEmpty())
            out += sign;
        else
            out += text.mid(i, pair ? 2 : 1);
        i += pair ? 1 : 0;
    }
    return out;
}

QString tr(const char* text)
{
    return QCoreApplication::translate("DisplayText", text);
}

} // namespace

QString oneLine(std::string_view text, int most)
{
    const auto bytes = static_cast<qsizetype>(std::min<std::size_t>(text.size(), static_cast<std::size_t>(most) * 4));
    QString line = QString::fromUtf8(text.data(), bytes).trimmed();
    const bool cut = line.size() > most || static_cast<std::size_t>(bytes) < text.size();
    line.truncate(most);
    line = shown(line, false);
    return cut ? line + QChar(0x2026) : line;
}

QString safeText(std::string_view text)
{
    return shown(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), true);
}

QString notRecordedText()
{
    return QString(QChar(0x2013));
}

QString markdownText(const QString& line)
{
    QString out;
    for (const QChar c : line) {
        if (QStringLiteral("\\`*_[]<>#|~!&").contains(c))
            out += QLatin1Char('\\');
        out += c;
    }
    return out;
}

QString timeText(Nanos time)
{
    if (time == noTime)
        return notRecordedText();
    QString text = QString::fromStdString(isoText(time));
    text.chop(1);
    text.replace(QLatin1Char('T'), QLatin1Char(' '));
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    return point < 0 ? text : text.left(point + 4);
}

QString exactTimeText(Nanos time)
{
    return time == noTime ? tr("not recorded") : QString::fromStdString(isoText(time));
}

QString countText(std::int64_t count)
{
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString counted(std::int64_t count, const QString& one, const QString& many)
{
    return (count == 1 ? one : many).arg(countText(count));
}

QString costText(std::int64_t micros, std::string_view currency)
{
    const double amount = static_cast<double>(micros) / 1e6;
    const int digits = amount >= 100 ? 2 : amount >= 0.01 || micros == 0 ? 4 : 6; // what is little is not 0
    return QLocale().toString(amount, 'f', digits) + QLatin1Char(' ') + oneLine(currency, 8);
}

QString kindText(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Agent:
        return tr("Agent");
    case SpanKind::ModelCall:
        return tr("Model call");
    case SpanKind::ToolCall:
        return tr("Tool call");
    case SpanKind::Retrieval:
        return tr("Retrieval");
    case SpanKind::Embedding:
        return tr("Embedding");
    case SpanKind::Guardrail:
        return tr("Guardrail");
    case SpanKind::Evaluator:
        return tr("Evaluator");
    case SpanKind::Workflow:
        return tr("Workflow");
    case SpanKind::Other:
        break;
    }
    return tr("Other");
}

QString statusText(SpanStatus status)
{
    switch (status) {
    case SpanStatus::Ok:
        return tr("ok");
    case SpanStatus::Error:
        return tr("error");
    case SpanStatus::Cancelled:
        return tr("cancelled");
    case SpanStatus::Unset:
        break;
    }
    return tr("not recorded");
}

QString provenanceText(Provenance provenance)
{
    switch (provenance) {
    case Provenance::Measured:
        return tr("measured");
    case Provenance::Declared:
        return tr("declared");
    case Provenance::Inferred:
        return tr("inferred");
    case Provenance::NotRecorded:
        break;
    }
    return tr("not recorded");
}

} // namespace arcscope
