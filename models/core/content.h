// What a span's record says when it is looked at: messages, arguments, attributes. Made on demand, never at import.
#pragma once

#include "times.h"
#include "usage.h"

#include <string>
#include <vector>

namespace arcscope
{

enum class PartKind : std::uint8_t { Text, Reasoning, ToolCall, ToolResult, Refusal, Media, Other };

/// One piece of a message. All text is UTF-8 (invalid bytes replaced), untrusted, and shown as text only.
struct Part {
    PartKind kind = PartKind::Text;
    std::string
        text; ///< text; for calls the arguments, for results the result, as JSON or text; for Other the raw JSON
    std::string name;    ///< tool name; for Media the modality ("image", "audio", "document")
    std::string id;      ///< tool call id
    std::string media;   ///< for Media: MIME type and reference (URI, file id, "inline, 1,204 bytes"); never fetched
    bool failed = false; ///< a result marked as an error

    bool operator==(const Part&) const = default;
};

enum class Role : std::uint8_t { System, User, Assistant, Tool, Other };

struct Message {
    Role role = Role::Other;
    std::string roleText; ///< as the source writes it ("developer", "model", …)
    std::string name;
    std::vector<Part> parts;
    std::string stopReason; ///< of an output message, the vendor's word

    bool operator==(const Message&) const = default;
};

enum class AttributeType : std::uint8_t { Text, Number, Bool, Null, Json, Bytes };

/// A key and its value as text; nested values stay compact JSON.
struct Attribute {
    std::string key;
    std::string value;
    AttributeType type = AttributeType::Text;

    bool operator==(const Attribute&) const = default;
};

struct SpanEvent {
    std::string name;
    Nanos time = noTime;
    std::vector<Attribute> attributes;
};

struct SpanLink {
    std::string trace;
    std::string span;
    std::vector<Attribute> attributes;
};

struct SpanContent {
    std::vector<Message> input;
    std::vector<Message> output;
    std::string toolArguments; ///< JSON or text, of a tool span
    std::string toolResult;
    bool toolFailed = false;
    std::string statusMessage;
    std::vector<Attribute> attributes; ///< in the order of the record, flattened keys
    std::vector<Attribute> resource;
    std::vector<SpanEvent> events;
    std::vector<SpanLink> links;
    RawUsage usage;                 ///< as the source counted, before normalisation
    std::vector<std::string> notes; ///< what the decoder had to repair or could not read
};

} // namespace arcscope
