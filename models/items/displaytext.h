// Values as people read them, and trace text made safe to show: the one place for both.
#pragma once

#include "span.h"
#include "times.h"

#include <QString>

#include <string_view>

namespace arcscope
{

/// Trace text for one line of a list: line breaks, tabs and control characters become visible signs, bidirectional
/// overrides and zero-width characters too, long text is cut with "…".
QString oneLine(std::string_view text, int most = 300);

/// Trace text of several lines: as oneLine, but line breaks and tabs stay; nothing is cut. ANSI escapes show as "␛[…".
QString safeText(std::string_view text);

/// A line of text in which signs that mean something in Markdown lose that.
QString markdownText(const QString& line);

QString notRecordedText();             ///< "–"
QString timeText(Nanos time);          ///< "2026-11-02 09:14:03.125", UTC; "–" where not recorded
QString exactTimeText(Nanos time);     ///< ISO 8601 with all its digits
QString countText(std::int64_t count); ///< "12,345" in the locale
/// `one` for a count of 1, `many` for any other, both translated, with the count in place of %1: "1 row", "0 rows".
QString counted(std::int64_t count, const QString& one, const QString& many);
QString costText(std::int64_t micros, std::string_view currency); ///< "0.0123 USD"
QString kindText(SpanKind kind);                                  ///< "Model call", translated
QString statusText(SpanStatus status);
QString provenanceText(Provenance provenance);

} // namespace arcscope
