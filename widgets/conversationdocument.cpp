#include "conversationdocument.h"

#include "displaytext.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QJsonDocument>
#include <QTextBlockFormat>
#include <QTextCursor>

namespace arcscope
{
namespace
{

constexpr qsizetype longestPart = 20'000;
/// Of the colour of a speaker, behind the heading: its ink keeps 4.5:1 on it.
constexpr double headingTint = 0.08;
constexpr qsizetype longestLine = 4'096;
/// Larger JSON is shown as it is: indenting it would take longer than anyone waits.
constexpr std::size_t largestIndented = 2'000'000;

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("Conversation", text, nullptr, n);
}

/// Lines of any length slow text layout down; a break every few thousand characters does not change what is read.
QString softlyBroken(const QString& text)
{
    QString out;
    out.reserve(text.size() + text.size() / longestLine + 1);
    qsizetype inLine = 0;
    for (const QChar c : text) {
        out += c;
        inLine = c == QLatin1Char('\n') ? 0 : inLine + 1;
        if (inLine >= longestLine && !c.isHighSurrogate()) {
            out += QLatin1Char('\n');
            inLine = 0;
        }
    }
    return out;
}

QString roleText(const Message& message)
{
    QString role;
    switch (message.role) {
    case Role::System:
        role = tr("System");
        break;
    case Role::User:
        role = tr("User");
        break;
    case Role::Assistant:
        role = tr("Assistant");
        break;
    case Role::Tool:
        role = tr("Tool");
        break;
    case Role::Other:
        role = message.roleText.empty() ? tr("Message") : oneLine(message.roleText, 40);
        break;
    }
    if (!message.name.empty())
        role += QStringLiteral(" · ") + oneLine(message.name, 60);
    return role;
}

ColourRole colourOf(Role role)
{
    switch (role) {
    case Role::User:
        return ColourRole::User;
    case Role::Assistant:
        return ColourRole::Model;
    case Role::Tool:
        return ColourRole::Tool;
    case Role::System:
    case Role::Other:
        break;
    }
    return ColourRole::System;
}

QString partHeading(const Part& part)
{
    const QString name = part.name.empty() ? QString() : QLatin1Char(' ') + oneLine(part.name, 80);
    switch (part.kind) {
    case PartKind::Text:
        return {};
    case PartKind::Reasoning:
        return tr("Reasoning");
    case PartKind::ToolCall:
        return tr("Tool call") + name;
    case PartKind::ToolResult:
        return (part.failed ? tr("Tool result, failed") : tr("Tool result")) + name;
    case PartKind::Refusal:
        return tr("Refusal");
    case PartKind::Media:
        return tr("Media") + name;
    case PartKind::Other:
        return tr("Part of another kind");
    }
    return {};
}

class Writer
{
public:
    Writer(QTextDocument& document, const Theme& theme)
        : m_cursor(&document)
        , m_theme(theme)
        , m_fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont))
    {
    }

    void heading(const QString& text, const QColor& colour)
    {
        QTextCharFormat format;
        format.setFontWeight(QFont::Bold);
        format.setForeground(colour);
        QTextBlockFormat block;
        block.setTopMargin(m_first ? 0 : 12);
        block.setBottomMargin(3);
        block.setBackground(mixed(m_theme.canvas, colour, headingTint));
        line(text, format, block);
    }
    void note(const QString& text)
    {
        QTextCharFormat format;
        format.setForeground(m_theme.muted);
        format.setFontItalic(true);
        line(text, format, {});
    }
    void subheading(const QString& text, const QColor& colour)
    {
        QTextCharFormat format;
        format.setForeground(colour);
        format.setFontWeight(QFont::DemiBold);
        QTextBlockFormat block;
        block.setTopMargin(6);
        block.setBottomMargin(2);
        block.setLeftMargin(12);
        line(text, format, block);
    }
    void body(const QString& text, bool fixed)
    {
        QTextCharFormat format;
        if (fixed)
            format.setFont(m_fixed);
        format.setForeground(m_theme.text);
        QTextBlockFormat block;
        block.setLeftMargin(12);
        if (fixed)
            block.setBackground(m_theme.stripe);
        line(text, format, block);
    }

private:
    void line(const QString& text, const QTextCharFormat& format, const QTextBlockFormat& block)
    {
        if (m_first)
            m_cursor.setBlockFormat(block);
        else
            m_cursor.insertBlock(block);
        m_cursor.insertText(text, format);
        m_first = false;
    }

    QTextCursor m_cursor;
    const Theme& m_theme;
    QFont m_fixed;
    bool m_first = true;
};

void writePart(Writer& writer, const Part& part, const Theme& theme)
{
    const QString heading = partHeading(part);
    const QColor colour = part.failed || part.kind == PartKind::Refusal ? theme[ColourRole::Contradiction].ink
                          : part.kind == PartKind::ToolCall || part.kind == PartKind::ToolResult
                              ? theme[ColourRole::Tool].ink
                              : theme.muted;
    if (!heading.isEmpty())
        writer.subheading(heading, colour);
    if (part.kind == PartKind::Media) {
        writer.note(part.media.empty() ? tr("no reference recorded") : oneLine(part.media));
        return;
    }
    const bool fixed =
        part.kind == PartKind::ToolCall || part.kind == PartKind::ToolResult || part.kind == PartKind::Other;
    QString text = fixed ? readable(part.text) : softlyBroken(safeText(part.text));
    const qsizetype whole = text.size();
    if (whole > longestPart) {
        text.truncate(longestPart);
        writer.body(text, fixed);
        writer.note(tr("%1 of %2 characters are shown; the raw record has all of them")
                        .arg(countText(longestPart), countText(whole)));
        return;
    }
    if (text.isEmpty())
        writer.note(tr("empty"));
    else if (text.trimmed().isEmpty())
        writer.note(tr("only white space"));
    else
        writer.body(text, fixed);
}

void writeMessage(Writer& writer, const Message& message, const Theme& theme, bool isNew)
{
    QString heading = roleText(message);
    if (isNew)
        heading += QStringLiteral("  — ") + tr("new in this call");
    if (!message.stopReason.empty())
        heading += QStringLiteral("  → ") + oneLine(message.stopReason, 60);
    writer.heading(heading, theme[colourOf(message.role)].ink);
    for (const Part& part : message.parts)
        writePart(writer, part, theme);
    if (message.parts.empty())
        writer.note(tr("no content recorded"));
}

} // namespace

QString readable(const std::string& text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const bool json =
        first != std::string::npos && (text[first] == '{' || text[first] == '[') && text.size() <= largestIndented;
    if (json) {
        const QJsonDocument document =
            QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())));
        if (!document.isNull())
            return softlyBroken(safeText(document.toJson(QJsonDocument::Indented).toStdString())).trimmed();
    }
    return softlyBroken(safeText(text));
}

void writeConversation(QTextDocument& document, const SpanInspection& inspection, const Theme& theme, bool all)
{
    document.clear();
    Writer writer(document, theme);
    const SpanContent& content = inspection.content;
    if (content.input.empty() && content.output.empty()) {
        writer.note(tr("No messages are recorded on this span."));
        return;
    }
    const bool compared = inspection.previousCall != noRow;
    std::size_t first = 0;
    if (compared && !all && inspection.newFrom > 0) {
        first = inspection.newFrom;
        writer.note(counted(static_cast<std::int64_t>(first), tr("%1 message that the previous call already had"),
                            tr("%1 messages that the previous call already had")));
    }
    for (std::size_t i = first; i < content.input.size(); ++i)
        writeMessage(writer, content.input[i], theme, compared && i >= inspection.newFrom);
    if (compared && inspection.newFrom == content.input.size() && !content.input.empty())
        writer.note(tr("Nothing in the input is new."));
    if (!content.output.empty()) {
        writer.heading(tr("Answer"), theme.muted);
        for (const Message& message : content.output)
            writeMessage(writer, message, theme, false);
    }
}

void writeTool(QTextDocument& document, const SpanContent& content, const Theme& theme)
{
    document.clear();
    Writer writer(document, theme);
    const auto write = [&](const QString& heading, const std::string& text, const QColor& colour) {
        writer.heading(heading, colour);
        if (text.empty())
            writer.note(tr("not recorded"));
        else
            writer.body(readable(text), true);
    };
    write(tr("Arguments"), content.toolArguments, theme[ColourRole::Tool].ink);
    write(content.toolFailed ? tr("Result, failed") : tr("Result"), content.toolResult,
          theme[content.toolFailed ? ColourRole::Contradiction : ColourRole::Tool].ink);
}

} // namespace arcscope
