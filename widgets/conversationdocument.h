// Messages of a span as a text document: plain text in blocks, never rich text from a trace.
#pragma once

#include "spaninspection.h"
#include "theme.h"

#include <QTextDocument>

namespace arcscope
{

/// Writes input and output messages. Messages that the previous call already had are folded into one line unless `all`;
/// parts longer than 20,000 characters are cut with a note that says so (the raw record has them whole).
void writeConversation(QTextDocument& document, const SpanInspection& inspection, const Theme& theme, bool all);

/// Arguments and result of a tool call; JSON is indented.
void writeTool(QTextDocument& document, const SpanContent& content, const Theme& theme);

/// Text laid out for reading: JSON indented, anything else as it is, lines longer than 4,096 characters broken softly.
QString readable(const std::string& text);

} // namespace arcscope
