// A span as text for the clipboard: exact, not made safe for the screen.
#pragma once

#include "content.h"
#include "spantable.h"

#include <QString>
#include <QStringList>

#include <string>

namespace arcscope
{

/// As the source writes them; empty where it gives none.
std::string spanIdText(const Corpus& corpus, Row row);
std::string traceIdText(const Corpus& corpus, std::uint32_t trace);

/// Name, kind, start, duration and id, with tabs between.
QString spanLine(const Corpus& corpus, Row row);

/// The messages of a span, or arguments and result of a tool call; empty where it has none.
QString messageText(const SpanContent& content);

/// A filter that finds this span and no other where the source gives it an id.
QString filterOfSpan(const Corpus& corpus, Row row);

/// A program with its arguments for a POSIX shell. No text can end its quotes.
QString shellCommand(const QString& program, const QStringList& arguments);

/// The command for a POSIX shell that lists what the filter finds in the paths. No text of a trace can end its quotes.
QString queryCommand(const QStringList& paths, const QString& filter);

} // namespace arcscope
