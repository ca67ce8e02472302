// Runs one import format over bytes or a file and hands back what a reader gave.
#pragma once

#include "format.h"
#include "printspans.h"
#include "probe.h"
#include "source.h"

#include <QDir>
#include <QFile>
#include <QString>

#include <string>

namespace arcscope::testing
{

inline std::string fileText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// The name of the format that recognises these bytes, empty for none.
inline std::string sniffed(const std::string& bytes)
{
    const auto source = memorySource(bytes);
    const ImportFormat* format = sniff(Probe::of(*source));
    return format ? std::string(format->name) : std::string();
}

/// False where the format gave an Error.
inline bool readWith(const ImportFormat& format, std::string bytes, RecordingSink& sink)
{
    const auto source = memorySource(std::move(bytes));
    ReadJob job{*source, sink, {}, "test"};
    return bool(format.read(job));
}

/// Everything a decoder finds in a record, as text.
inline std::string printContent(const SpanContent& content)
{
    std::string out = printMessages(content.input) + "->\n" + printMessages(content.output);
    const auto line = [&out](const char* key, const std::string& value) {
        if (!value.empty())
            out += std::string(key) + ": " + value + '\n';
    };
    line("arguments", content.toolArguments);
    line("result", content.toolResult);
    line("failed", content.toolFailed ? "yes" : "");
    line("status", content.statusMessage);
    for (const Attribute& attribute : content.attributes)
        line(attribute.key.c_str(), attribute.value);
    for (const std::string& note : content.notes)
        line("note", note);
    return out;
}

/// Spans, streams and issues of a file, then the content of every span with a record.
inline std::string readAndPrint(const ImportFormat& format, const std::string& bytes)
{
    RecordingSink sink;
    std::string out;
    if (!readWith(format, bytes, sink))
        out = "reading failed\n";
    out += printSpans(sink);
    for (const auto& [span, record] : sink.spans) {
        if (!record.empty())
            out += "content of " + sink.text(span, SpanText::Name) + '\n' + printContent(format.decode(record, {}));
    }
    return out;
}

/// Every file of tests/data/formats/FOLDER that has an .expected.txt beside it.
inline QStringList caseFiles(const QString& folder)
{
    QStringList files;
    const QDir data(ARCSCOPE_TEST_DATA "/formats/" + folder);
    for (const QString& file : data.entryList(QDir::Files)) {
        if (!file.endsWith(".expected.txt"))
            files << data.filePath(file);
    }
    return files;
}

/// What is wrong with reading this file by this format, compared with its .expected.txt; empty where all is right. The
/// file has to be recognised, and every cut of it has to be survived. Where ARCSCOPE_WRITE_EXPECTED is set, the table
/// is written and not compared.
inline QString wrongWith(const QString& path, std::string_view formatName)
{
    const std::string bytes = fileText(path);
    if (sniffed(bytes) != formatName)
        return "recognised as " + QString::fromStdString(sniffed(bytes));
    const ImportFormat& format = *formatNamed(formatName);
    for (std::size_t size = 0; size < bytes.size(); size += 61) {
        RecordingSink sink;
        if (!readWith(format, bytes.substr(0, size), sink))
            return "cut at " + QString::number(size) + ": reading failed";
    }
    const std::string printed = readAndPrint(format, bytes);
    const QString expected = path.left(path.lastIndexOf('.')) + ".expected.txt";
    if (qEnvironmentVariableIsSet("ARCSCOPE_WRITE_EXPECTED")) {
        QFile file(expected);
        if (file.open(QIODevice::WriteOnly))
            file.write(printed.data(), static_cast<qint64>(printed.size()));
    }
    return printed == fileText(expected) ? QString() : "not as expected:\n" + QString::fromStdString(printed);
}

} // namespace arcscope::testing
