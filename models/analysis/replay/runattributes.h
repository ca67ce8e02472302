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

/// The run is of a control set: "control" is true, or "eval.set", "dataset.split" and the like name it so.
bool isControl(std::span<const Attribute> attributes);

} // namespace arcscope
