// What the records of Codex say when they are looked at.
#pragma once

#include "content.h"
#include "jsonvalue.h"

#include <string_view>

namespace arcscope
{

/// Adds what an item or event says: messages, results, and its members as attributes. `asks`: an event with which a
/// tool begins, or is to be approved, is a call that the model asked for.
void addCodexEvent(const JsonValue& event, SpanContent& content, bool asks = false);
/// Adds what a tool was called with: the item that asks for it.
void addCodexCall(std::string_view item, SpanContent& content);

} // namespace arcscope
