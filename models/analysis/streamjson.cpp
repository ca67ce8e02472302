#include "streamjson.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::uint64_t mostBytes = std::uint64_t{64} << 20;

bool beginsLikeJson(const TextBlock& block)
{
    const std::size_t first = block.text.find_first_not_of(" \t\r\n");
    return first != std::string::npos && (block.text[first] == '{' || block.text[first] == '[');
}

StreamJson read(const TextBlock& block, std::uint32_t index)
{
    StreamJson json;
    json.block = index;
    for (const TextPiece& piece : block.pieces) {
        if (piece.withdrawn != noEvent) {
            json.withdrawn = true;
            continue;
        }
        json.story.feed(block.textOf(piece));
        json.events.push_back(piece.shown);
        json.bytes.push_back(json.story.prefix().bytes());
    }
    json.story.finish();
    return json;
}

} // namespace

std::int64_t StreamJson::bytesAt(std::uint32_t event) const
{
    if (event == noEvent)
        return 0;
    const auto next = std::upper_bound(events.begin(), events.end(), event);
    return next == events.begin() ? 0 : bytes[static_cast<std::size_t>(next - events.begin() - 1)];
}

std::uint32_t StreamJson::eventOf(std::int64_t byte) const
{
    if (byte < 0)
        return noEvent;
    const auto next = std::upper_bound(bytes.begin(), bytes.end(), byte);
    return next == bytes.end() ? noEvent : events[static_cast<std::size_t>(next - bytes.begin())];
}

std::uint32_t StreamJson::firstUsable() const
{
    for (const JsonNode& node : story.nodes()) {
        if (node.kind != JsonKind::Object && node.kind != JsonKind::Array)
            return eventOf(node.usable);
    }
    return noEvent;
}

std::uint32_t StreamJson::whole() const
{
    return story.size() == 0 ? noEvent : eventOf(story.node(0).closed);
}

std::vector<StreamJson> jsonOf(const StreamModel& model)
{
    std::vector<StreamJson> found;
    for (std::uint32_t i = 0; i < model.blocks().size(); ++i) {
        const TextBlock& block = model.blocks()[i];
        const bool call = block.type == BlockType::ToolCall;
        if (block.text.empty() || block.text.size() > mostBytes || block.type == BlockType::Reasoning ||
            !beginsLikeJson(block))
            continue;
        StreamJson json = read(block, i);
        const JsonState state = json.story.prefix().state();
        if (call || state == JsonState::Prefix || state == JsonState::Complete)
            found.push_back(std::move(json));
    }
    return found;
}

} // namespace arcscope
