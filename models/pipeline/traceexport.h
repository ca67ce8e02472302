// Letting traces leave: a selection of spans as a file, redacted or not, checked for leaks before it takes its name.
#pragma once

#include "control.h"
#include "leakcheck.h"
#include "otlpspanjson.h"
#include "redactor.h"
#include "result.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

struct Session;

/// What of a corpus leaves.
struct ExportSelection {
    std::string filter;              ///< spans that match; empty: all
    std::vector<std::string> traces; ///< ids; empty: all
    bool spansOnly = false;          ///< matching spans alone; else whole traces that have one
};

/// Rows in the order in which they leave: trace by trace, parents first. Loads the columns that an export needs. Error:
/// Usage for a filter or a trace that is not known, Cancelled, Store.
Result<std::vector<Row>> selectedRows(Session& session, const ExportSelection& selection, const Control& control);

/// Shows the redactor all that would leave, and seals it.
Result<void> collectRows(Session& session, std::span<const Row> rows, Redactor& redactor, const Control& control);

/// Gives the rows as export requests of OTLP JSON, one a line, redacted where there is a redactor that is sealed.
Result<void> exportRows(Session& session, std::span<const Row> rows, Redactor* redactor,
                        const std::function<void(std::string_view lines)>& give, const Control& control);

/// All of it at once, also without what is split over several spans.
Result<std::string> exportedLines(Session& session, std::span<const Row> rows, Redactor* redactor,
                                  const Control& control);

/// JSON, schema arcscope.redaction/1: what was removed by rule and place, with counts; no value.
std::string redactionManifest(const Redactor& redactor);

/// Unpacks gzip, zlib, zstd and zip in memory, for findLeaks().
std::optional<std::string> unpackedBytes(std::string_view bytes);

/// An Error that names the first leaks and where they are; success where there are none.
Result<void> checkLeaks(const Redactor& redactor, const std::vector<LeavingPiece>& pieces);

} // namespace arcscope
