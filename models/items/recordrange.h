// A piece of text that somebody marked in a record as it is laid out for reading, in bytes of the record itself.
#pragma once

#include "annotation.h"

#include <QString>

#include <optional>
#include <string>

namespace arcscope
{

/// The bytes that the text is, where they can be told: it stands there once, as it is or escaped as JSON escapes it.
std::optional<PlacePart> bytesOfText(const std::string& record, const QString& text);

/// The text of these bytes, to be marked where a record is laid out: its first line, as it is read. Empty where the
/// record is shorter.
QString textOfBytes(const std::string& record, const PlacePart& part);

} // namespace arcscope
