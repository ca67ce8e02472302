// What of a JSON document could be used when: every value with the bytes with which it began, became usable and ended.
#pragma once

#include "jsonprefix.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

using JsonIndex = std::int32_t; ///< of a node; -1: none

/// One value. "With byte b" means: as soon as the bytes [0, b] are there.
struct JsonNode {
    JsonIndex parent = -1;
    JsonIndex ordinal = 0; ///< its place among its siblings, from 0
    JsonIndex after = -1;  ///< the first node that is not within it, once it is closed
    JsonKind kind = JsonKind::Null;
    bool duplicateKey = false; ///< an earlier sibling has this key
    std::int32_t changes = 0; ///< pieces in which a string or number got longer after the one in which it became usable
    std::int64_t keyAt = -1;  ///< the opening quote of its key; -1 without
    std::int64_t opened = 0;  ///< its first byte
    std::int64_t usable = -1; ///< with this byte. String: its first character is whole (empty: it is closed). Number:
                              ///< its first digit; more may follow and change it. Bool, null: closed. Others: opened
    std::int64_t closed = -1; ///< with this byte it is known to be whole: of a number the one behind it, if any
    std::int64_t end = -1;    ///< behind its last byte, once it is closed
    std::string key;          ///< of members of objects: valid UTF-8
};

/// Reads pieces like JsonPrefix and keeps the bytes and a node for each value: 96 bytes a value and what long keys
/// take (32-bit indices: up to 2 GB of text). A document that is Invalid keeps the nodes in front of the fault.
class JsonStory
{
public:
    JsonState feed(std::string_view piece);
    JsonState finish();

    const JsonPrefix& prefix() const { return m_prefix; }
    /// In the order of the document: a parent stands in front of what is within it.
    const std::vector<JsonNode>& nodes() const { return m_nodes; }
    const JsonNode& node(JsonIndex index) const { return m_nodes[static_cast<std::size_t>(index)]; }
    JsonIndex size() const { return static_cast<JsonIndex>(m_nodes.size()); }
    const std::string& text() const { return m_text; }                         ///< every byte fed
    const std::vector<std::int64_t>& pieceEnds() const { return m_pieceEnds; } ///< behind the last byte of each piece

    JsonIndex firstChild(JsonIndex index) const; ///< -1: none
    JsonIndex nextSibling(JsonIndex index) const;
    JsonIndex after(JsonIndex index) const; ///< JsonNode::after; of an open node the end of the nodes so far

private:
    std::string m_text;
    std::vector<std::int64_t> m_pieceEnds;
    std::vector<JsonNode> m_nodes;
    std::vector<JsonIndex> m_open;
    std::vector<JsonIndex> m_children; ///< how many each of m_open has so far
    JsonNode m_next;                   ///< carries the key to the node that follows
    JsonPrefix m_prefix;

    class Recorder;
};

/// JSON Pointer (RFC 6901): "/items/0/name"; "" for the root. O(depth).
std::string jsonPointer(const JsonStory& story, JsonIndex index);
/// ~ and / of a key as ~0 and ~1.
std::string pointerToken(std::string_view key);

enum class JsonNodeState : std::uint8_t { Absent, Open, Closed };

/// A document as of its first `bytes` bytes.
struct JsonMoment {
    std::int64_t bytes = 0;
    JsonIndex present = 0;       ///< nodes [0, present) are there, the others absent
    std::vector<JsonIndex> open; ///< of these, the ones that are open, from the root inwards; the others are closed
};

/// O(log(nodes) + depth), without any index: nodes are ordered by `opened`, and only the last one that is there and
/// what it lies in can be open. At most 1,001 are.
JsonMoment jsonAt(const JsonStory& story, std::int64_t bytes);

/// O(1).
JsonNodeState stateAt(const JsonNode& node, std::int64_t bytes);
bool usableAt(const JsonNode& node, std::int64_t bytes);

/// The text of the value so far, as written (of objects and arrays: with everything in it). O(1); lives as long as the
/// story is not fed.
std::string_view writtenAt(const JsonStory& story, JsonIndex index, std::int64_t bytes);
/// Of a string: the characters that are whole by then, without quotes and escapes. O(its length). Others: as written.
std::string valueAt(const JsonStory& story, JsonIndex index, std::int64_t bytes);

} // namespace arcscope
