// Writes a file that a test reads again.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

namespace arcscope::testing
{

/// The path, or an empty one where it could not be written whole.
inline QString writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return path;
}

} // namespace arcscope::testing
