// Reads a format's test files and compares what the reader gives with the table that lies beside each.
#pragma once

#include "format.h"
#include "printspans.h"
#include "source.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>
#include <string>
#include <string_view>

namespace arcscope::testing
{

inline QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Everything a reader says of these bytes.
inline Result<void> readAll(std::string_view format, std::string bytes, RecordingSink& sink)
{
    const auto source = memorySource(std::move(bytes));
    ReadJob job{*source, sink, {}, "test"};
    const ImportFormat* entry = formatNamed(format);
    return entry ? entry->read(job) : Result<void>(Error{ErrorCode::UnknownFormat, "no such format"});
}

/// Where ARCSCOPE_WRITE_EXPECTED is set, the table is written and not compared.
inline QString expectedTable(const QString& path, const std::string& table)
{
    if (qEnvironmentVariableIsSet("ARCSCOPE_WRITE_EXPECTED")) {
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(table.data(), static_cast<qint64>(table.size()));
    }
    return QString::fromUtf8(contents(path));
}

/// The files of a format's folder, without their tables.
inline QStringList cases(const QString& format)
{
    const QDir folder(QString(ARCSCOPE_TEST_DATA "/formats/") + format);
    return folder.entryList({"*.json", "*.jsonl"});
}

/// What the format's decoder says of every span: messages, tool, counts of the rest.
inline std::string printContents(std::string_view format, RecordingSink& sink)
{
    std::string out;
    const ImportFormat* entry = formatNamed(format);
    for (const auto& [span, record] : sink.spans) {
        const SpanContent content = entry->decode(record, sink.text(span, SpanText::Resource));
        out += "span " + sink.text(span, SpanText::Name) + '\n';
        out += "in\n" + printMessages(content.input) + "out\n" + printMessages(content.output);
        if (!content.toolArguments.empty())
            out += "arguments: " + content.toolArguments + '\n';
        if (!content.toolResult.empty())
            out += "result: " + content.toolResult + '\n';
        if (!content.statusMessage.empty())
            out += "status: " + content.statusMessage + '\n';
        out += std::to_string(content.attributes.size()) + " attributes, " + std::to_string(content.resource.size()) +
               " of the resource, " + std::to_string(content.events.size()) + " events, " +
               std::to_string(content.links.size()) + " links\n";
        for (const std::string& note : content.notes)
            out += "note: " + note + '\n';
    }
    return out;
}

/// The first span whose counts at import are not those of its decoded content; empty where all agree.
inline std::string contradiction(std::string_view format, RecordingSink& sink)
{
    const ImportFormat* entry = formatNamed(format);
    for (const auto& [span, record] : sink.spans) {
        const SpanContent content = entry->decode(record, sink.text(span, SpanText::Resource));
        std::int64_t calls = 0;
        for (const Message& message : content.output) {
            for (const Part& part : message.parts)
                calls += part.kind == PartKind::ToolCall ? 1 : 0;
        }
        const auto messages = static_cast<std::int64_t>(content.input.size() + content.output.size());
        const bool agree = messages == (span.messages == notRecorded ? 0 : span.messages) &&
                           (span.callsAsked == notRecorded || calls == span.callsAsked);
        if (!agree)
            return sink.text(span, SpanText::Name) + ": " + std::to_string(span.messages) + " messages and " +
                   std::to_string(span.callsAsked) + " calls counted, " + std::to_string(messages) + " and " +
                   std::to_string(calls) + " decoded";
    }
    return {};
}

} // namespace arcscope::testing
