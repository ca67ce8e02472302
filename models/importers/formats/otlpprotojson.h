// The protobuf messages of OTLP as the JSON that OTLP gives them, so that one reader serves both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace arcscope
{

class IssueTally;

/// The messages that a request is made of, below its lists.
enum class OtlpMessage : std::uint8_t { Resource, Scope, Span, LogRecord };

/// Values nested deeper are left out.
inline constexpr int maxProtoDepth = 100;

/// Appends one message as JSON: ids as hex, 64-bit numbers as decimal strings, bytes as base64, text as its bytes are.
/// False where the bytes are no such message, or their JSON is longer than `limit`; `json` is then as before. Fields
/// without a name here are counted in `tally`; `byte` is where the message lies.
bool appendOtlpJson(OtlpMessage message, std::string_view proto, std::size_t limit, std::string& json,
                    IssueTally& tally, std::int64_t byte);

/// Appends a text with its quotes.
void appendQuoted(std::string_view text, std::string& json);

} // namespace arcscope
