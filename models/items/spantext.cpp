#include "spantext.h"

#include "displaytext.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace arcscope
{
namespace
{

QString partText(const Part& part)
{
    QString text = QString::fromStdString(part.text);
    switch (part.kind) {
    case PartKind::ToolCall:
        return QString::fromStdString(part.name) + QLatin1Char('(') + text + QLatin1Char(')');
    case PartKind::Media:
        return QLatin1Char('[') + QString::fromStdString(part.name + ' ' + part.media) + QLatin1Char(']');
    case PartKind::Text:
    case PartKind::Reasoning:
    case PartKind::ToolResult:
    case PartKind::Refusal:
    case PartKind::Other:
        break;
    }
    return text;
}

void append(QStringList& paragraphs, const std::vector<Message>& messages)
{
    for (const Message& message : messages) {
        QStringList lines;
        for (const Part& part : message.parts)
            lines << partText(part);
        paragraphs << QString::fromStdString(message.roleText) + QStringLiteral(":\n") + lines.join(QLatin1Char('\n'));
    }
}

std::string quotedValue(const std::string& value)
{
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// One word for a shell: 'plain', or $'…' where control characters would reach a terminal.
QString shellWord(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    const bool control = std::any_of(bytes.begin(), bytes.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    QByteArray word = control ? "$'" : "'";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (control && (byte < 0x20 || byte == 0x7f))
            word += "\\" + QByteArray::number(byte, 8).rightJustified(3, '0');
        else if (control && (c == '\\' || c == '\''))
            word += QByteArray("\\") + c;
        else if (c == '\'')
            word += "'\\''";
        else
            word += c;
    }
    return QString::fromUtf8(word + '\'');
}

} // namespace

std::string spanIdText(const Corpus& corpus, Row row)
{
    return corpus.idText(corpus.spans.spanId(row));
}

std::string traceIdText(const Corpus& corpus, std::uint32_t trace)
{
    return trace < corpus.traces.rows() ? corpus.traceIdText(trace) : std::string();
}

QString spanLine(const Corpus& corpus, Row row)
{
    const SpanTable& spans = corpus.spans;
    const QStringList cells{QString::fromStdString(std::string(corpus.text(SpanText::Name, row))),
                            kindText(spans.kind(row)), exactTimeText(spans.start(row)),
                            spans.duration(row) < 0 ? notRecordedText()
                                                    : QString::fromStdString(durationText(spans.duration(row))),
                            QString::fromStdString(spanIdText(corpus, row))};
    return cells.join(QLatin1Char('\t'));
}

QString messageText(const SpanContent& content)
{
    QStringList paragraphs;
    append(paragraphs, content.input);
    append(paragraphs, content.output);
    if (paragraphs.isEmpty()) {
        for (const std::string& text : {content.toolArguments, content.toolResult}) {
            if (!text.empty())
                paragraphs << QString::fromStdString(text);
        }
    }
    return paragraphs.join(QStringLiteral("\n\n"));
}

QString filterOfSpan(const Corpus& corpus, Row row)
{
    const std::string span = spanIdText(corpus, row);
    const std::string trace = traceIdText(corpus, static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row)));
    std::string filter;
    if (!trace.empty())
        filter += "trace=" + quotedValue(trace) + ' ';
    filter += span.empty() ? "name=" + quotedValue(std::string(corpus.text(SpanText::Name, row)))
                           : "span=" + quotedValue(span);
    return QString::fromStdString(filter);
}

QString shellCommand(const QString& program, const QStringList& arguments)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9_./:=-]+\\z"));
    QStringList words{program};
    for (const QString& argument : arguments)
        words << (plain.match(argument).hasMatch() ? argument : shellWord(argument));
    return words.join(QLatin1Char(' '));
}

QString queryCommand(const QStringList& paths, const QString& filter)
{
    QStringList words{QStringLiteral("query")};
    for (const QString& path : paths)
        words << (path == QLatin1String("-") ? path : QFileInfo(path).absoluteFilePath());
    return shellCommand(QStringLiteral("arcscope"), words << filter);
}

} // namespace arcscope
