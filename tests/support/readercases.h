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

} // namespace arcscope::testing
