// What attributes of spans say of a replay: how tools came by their results, which versions and tools were there.
#pragma once

#include "content.h"
#include "runsteps.h"

#include <cstdint>
#include <span>
#include <string>

namespace arcscope
{

/// By an attribute whose name ends in "replay.mode", "replay_mode", "tool.mode", "tool_mode" or "execution.mode", or by
/// a truth value named "mocked", "stubbed", "recorded" or "replayed".
ToolMode toolModeOf(std::span<const Attribute> attributes);

/// Takes the first version or snapshot of a memory and of an index of documents: "memory.version",
/// "memory.snapshot_id", "retrieval.index.version", "index.snapshot". What is known stays.
void readVersions(std::span<const Attribute> attributes, std::string& memory, std::string& retrieval);

/// Equal for the same definitions of tools, whatever the order of their members; 0: none are recorded.
std::uint64_t offeredTools(std::span<const Attribute> attributes);

/// Who judged, with model and version: values of names that end in "judge", "judge.model", "judge.version", "grader",
/// "evaluator.version", "rubric.version" and the like, in the order of the record, with a space between them.
std::string judgeIn(std::span<const Attribute> attributes);

/// When a label was given: the first of "label.date", "labelled_at", "annotated_at", "scored_at", "judged_at" and the
/// like that is a date as ISO 8601 writes it (of one without a zone, UTC) or a count since 1970 in s, ms, us or ns;
/// noTime: not recorded.
Nanos labelTimeIn(std::span<const Attribute> attributes);

/// The run is of a control set: "control" is true, or "eval.set", "dataset.split" and the like name it so.
bool isControl(std::span<const Attribute> attributes);

} // namespace arcscope
