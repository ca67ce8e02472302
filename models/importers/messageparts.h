// Parts of messages out of parsed JSON: the vocabulary shared by the message readers, inside importers only.
#pragma once

#include "content.h"

#include <simdjson.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

using JsonElement = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

/// A string as it is, null as nothing, anything else as compact JSON.
std::string textOf(const JsonElement& value);

/// The first of these members that is there and not null.
bool findMember(const JsonObject& object, std::initializer_list<std::string_view> keys, JsonElement& value);
/// Its text (see textOf), empty where there is none of them.
std::string memberText(const JsonObject& object, std::initializer_list<std::string_view> keys);
bool hasMember(const JsonObject& object, std::string_view key);

/// One part of any known shape, or PartKind::Other. May append several (a LangChain or Responses item).
void appendPart(const JsonElement& value, std::vector<Part>& parts);
/// A part, an array of parts, or text.
void appendContent(const JsonElement& value, std::vector<Part>& parts);
/// A tool call as it stands beside a message.
void appendCall(const JsonElement& value, std::vector<Part>& parts);
/// The text of content that has to be one text: parts joined, anything but text as JSON.
std::string joinedText(const JsonElement& value);
/// Whether an object is a part, and not a message.
bool looksLikePart(const JsonObject& object);

} // namespace arcscope
