// What the records of Codex say when they are looked at.
#pragma once

#include "content.h"
#include "jsonvalue.h"

#include <string_view>

namespace arcscope
{

/// Adds what an item or event says: messages, results, and its members as attributes.
void addCodexEvent(const JsonValue& event, SpanContent& content);
/// Adds what a tool was called with: the item that asks for it.
void addCodexCall(std::string_view item, SpanContent& content);

} // namespace arcscope
