// The documents of a stream against what is known outside of it: the schema they were to keep to, and when the tool
// that takes them began to run.
#pragma once

#include "jsonschema.h"
#include "streamfindings.h"
#include "toolschemas.h"

#include <span>
#include <string>
#include <vector>

namespace arcscope
{

/// What the schema of one StreamJson says of it.
struct DocumentCheck {
    bool checked = false; ///< a schema is recorded and the document is whole
    std::vector<SchemaViolation> violations;
    std::vector<SchemaGap> notChecked;
};

/// A span that ran a tool.
struct ToolRun {
    std::string call; ///< id of the tool call
    Nanos start = noTime;
    bool sameClock = true; ///< the times are those of the service that recorded the stream
};

/// One for each document, in their order. A schema that cannot be read checks nothing.
std::vector<DocumentCheck> checkDocuments(const StreamModel& model, const std::vector<StreamJson>& json,
                                          std::span<const ToolSchema> schemas);

/// The id that the stream gives the call of a block; empty where it gives none.
std::string_view callIdOf(const StreamModel& model, const TextBlock& block);

/// json.schema, at most 20 of a document.
std::vector<StreamFinding> schemaFindings(const StreamModel& model, const std::vector<StreamJson>& json,
                                          std::span<const DocumentCheck> checks);

/// json.premature_use. A run counts as early by more than a millisecond: many sources record no finer times.
std::vector<StreamFinding> earlyRuns(const StreamModel& model, const std::vector<StreamJson>& json,
                                     std::span<const ToolRun> runs);

} // namespace arcscope
