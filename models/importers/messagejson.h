// Messages out of JSON in the shape of any vendor or framework: OpenAI, Anthropic, Gemini, Bedrock, OTel GenAI parts,
// AI SDK, LangChain, Pydantic AI; for decoders, which look at one span at a time.
#pragma once

#include "content.h"

#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// The role that a source's word stands for: "human" is a user, "model" an assistant, "developer" a system message.
Role roleOf(std::string_view word);

/// The spelling used where a source gives no role: "system", "user", "assistant", "tool", "".
std::string_view roleText(Role role);

/// Appends the messages that `json` holds: one message; an array of messages, of parts or of turns; a request
/// (messages, contents, system, instructions, input, prompt) or a response (choices, candidates, content, output,
/// generations, message). A JSON string, or text that is no JSON, is one message of that text. `assumed` is the role of
/// what has none. Never fails: a part of unknown shape is kept as PartKind::Other with its JSON; what had to be
/// repaired goes to `notes`.
void appendMessages(std::string_view json, Role assumed, std::vector<Message>& messages,
                    std::vector<std::string>& notes);

/// Appends the parts of one message's content: text, one part, or an array of them.
void appendParts(std::string_view json, std::vector<Part>& parts, std::vector<std::string>& notes);

/// Appends tool calls as they stand beside a message: an array of calls (OpenAI, LangChain, AI SDK), or one.
void appendCalls(std::string_view json, std::vector<Part>& parts, std::vector<std::string>& notes);

} // namespace arcscope
