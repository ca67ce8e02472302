#include "jsonstory.h"

#include "jsonescape.h"

#include <algorithm>
#include <utility>

namespace arcscope
{

/// Writes what the parser tells into the story.
class JsonStory::Recorder : public JsonListener
{
public:
    explicit Recorder(JsonStory& story)
        : m_story(story)
    {
    }

    void key(std::string_view text, std::int64_t byte, bool duplicate) override
    {
        m_story.m_next.key = text;
        m_story.m_next.keyAt = byte;
        m_story.m_next.duplicateKey = duplicate;
    }

    void opened(JsonKind kind, std::int64_t byte) override
    {
        JsonNode node = std::exchange(m_story.m_next, {});
        node.kind = kind;
        node.opened = byte;
        if (kind == JsonKind::Object || kind == JsonKind::Array)
            node.usable = byte;
        if (!m_story.m_open.empty()) {
            node.parent = m_story.m_open.back();
            node.ordinal = m_story.m_children.back()++;
        }
        m_story.m_open.push_back(m_story.size());
        m_story.m_children.push_back(0);
        m_story.m_nodes.push_back(std::move(node));
    }

    void grew(std::int64_t byte) override
    {
        JsonNode& node = innermost();
        if (node.usable < 0)
            node.usable = byte;
        else
            ++node.changes; // once a piece, as grew() is called
    }

    void closed(std::int64_t byte, std::int64_t end) override
    {
        JsonNode& node = innermost();
        if (node.usable < 0)
            node.usable = byte;
        node.closed = byte;
        node.end = end;
        node.after = m_story.size();
        m_story.m_open.pop_back();
        m_story.m_children.pop_back();
    }

private:
    JsonNode& innermost() { return m_story.m_nodes[static_cast<std::size_t>(m_story.m_open.back())]; }

    JsonStory& m_story;
};

JsonState JsonStory::feed(std::string_view piece)
{
    m_text += piece;
    Recorder recorder(*this);
    m_prefix.feed(piece, &recorder);
    m_pieceEnds.push_back(m_prefix.bytes());
    return m_prefix.state();
}

JsonState JsonStory::finish()
{
    Recorder recorder(*this);
    return m_prefix.finish(&recorder);
}

JsonIndex JsonStory::after(JsonIndex index) const
{
    const JsonIndex after = node(index).after;
    return after < 0 ? size() : after;
}

JsonIndex JsonStory::firstChild(JsonIndex index) const
{
    return index + 1 < after(index) ? index + 1 : -1;
}

JsonIndex JsonStory::nextSibling(JsonIndex index) const
{
    const JsonIndex parent = node(index).parent;
    const JsonIndex next = after(index);
    return parent >= 0 && next < after(parent) ? next : -1;
}

std::string pointerToken(std::string_view key)
{
    std::string text;
    for (const char c : key) {
        if (c == '~')
            text += "~0";
        else if (c == '/')
            text += "~1";
        else
            text += c;
    }
    return text;
}

std::string jsonPointer(const JsonStory& story, JsonIndex index)
{
    std::vector<JsonIndex> way;
    for (JsonIndex at = index; story.node(at).parent >= 0; at = story.node(at).parent)
        way.push_back(at);
    std::string text;
    for (auto step = way.rbegin(); step != way.rend(); ++step) {
        const JsonNode& node = story.node(*step);
        text += '/' + (node.keyAt >= 0 ? pointerToken(node.key) : std::to_string(node.ordinal));
    }
    return text;
}

JsonMoment jsonAt(const JsonStory& story, std::int64_t bytes)
{
    const auto& nodes = story.nodes();
    const auto end =
        std::partition_point(nodes.begin(), nodes.end(), [&](const JsonNode& n) { return n.opened < bytes; });
    JsonMoment moment{bytes, static_cast<JsonIndex>(end - nodes.begin()), {}};
    for (JsonIndex at = moment.present - 1; at >= 0; at = story.node(at).parent) {
        if (stateAt(story.node(at), bytes) == JsonNodeState::Open)
            moment.open.push_back(at);
    }
    std::reverse(moment.open.begin(), moment.open.end());
    return moment;
}

JsonNodeState stateAt(const JsonNode& node, std::int64_t bytes)
{
    if (node.opened >= bytes)
        return JsonNodeState::Absent;
    return node.closed >= 0 && node.closed < bytes ? JsonNodeState::Closed : JsonNodeState::Open;
}

bool usableAt(const JsonNode& node, std::int64_t bytes)
{
    return node.usable >= 0 && node.usable < bytes;
}

std::string_view writtenAt(const JsonStory& story, JsonIndex index, std::int64_t bytes)
{
    const JsonNode& node = story.node(index);
    const auto& fault = story.prefix().fault();
    const std::int64_t last = node.end >= 0 ? node.end : fault ? fault->byte : story.prefix().bytes();
    const std::int64_t end = std::min(bytes, last);
    if (end <= node.opened)
        return {};
    return std::string_view(story.text())
        .substr(static_cast<std::size_t>(node.opened), static_cast<std::size_t>(end - node.opened));
}

std::string valueAt(const JsonStory& story, JsonIndex index, std::int64_t bytes)
{
    std::string_view written = writtenAt(story, index, bytes);
    const JsonNode& node = story.node(index);
    if (node.kind != JsonKind::String || written.empty())
        return std::string(written);
    written.remove_prefix(1);
    if (stateAt(node, bytes) != JsonNodeState::Closed)
        return unescapeJsonPrefix(written);
    written.remove_suffix(1);
    return unescapeJson(written);
}

} // namespace arcscope
