// What one start of the program asks another one to open.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace arcscope
{

struct OpenRequest {
    QStringList paths; ///< absolute; none: only show the window
    bool follow = false;
    bool alignClocks = false;
    QString activation; ///< what the desktop gave the start, so that it may take the focus; may be empty

    bool operator==(const OpenRequest&) const = default;
};

/// One line that ends with a line feed: {"schema":"arcscope.open/1","paths":[…],…}.
QByteArray requestLine(const OpenRequest& request);
/// Nothing where the line is no request, or names a path that is not absolute.
std::optional<OpenRequest> requestOf(const QByteArray& line);

} // namespace arcscope
