// The JSON in the blocks of a stream: which value could be used at which event.
#pragma once

#include "jsonstory.h"
#include "streammodel.h"

#include <cstdint>
#include <vector>

namespace arcscope
{

/// A block whose text is JSON: the arguments of a tool call, or an answer that is one document.
struct StreamJson {
    std::uint32_t block = 0; ///< StreamModel::blocks
    JsonStory story;         ///< of the text that stayed, a piece for each chunk
    std::vector<std::uint32_t> events;
    std::vector<std::int64_t> bytes; ///< of the document after each of `events`
    bool withdrawn = false;          ///< other text of the block was taken back and is not in the story

    /// Bytes of the document that were there after an event.
    std::int64_t bytesAt(std::uint32_t event) const;
    /// The event that brought a byte; noEvent for -1 and for bytes that never came.
    std::uint32_t eventOf(std::int64_t byte) const;
    /// The event with which a first value could be used, one that is no object or array; noEvent: never.
    std::uint32_t firstUsable() const;
    /// The event with which it was whole; noEvent: it never was.
    std::uint32_t whole() const;
};

/// The blocks that are JSON, by their order in the model: those whose text begins like an object or an array, without
/// reasoning. Arguments of tool calls may be faulty (those of free-form tools begin otherwise), other text with a fault
/// is none. Blocks of more than 64 MB are left out.
std::vector<StreamJson> jsonOf(const StreamModel& model);

} // namespace arcscope
