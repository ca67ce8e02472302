#include "contentloop.h"
#include "streamfindings.h"
#include "streamstalls.h"

#include <algorithm>

namespace arcscope
{
namespace
{

void addStalls(const StreamModel& model, const StreamSpanTimes& span, std::vector<StreamStretch>& found)
{
    for (const Stall& stall : stallsOf(model, span)) {
        StreamStretch stretch;
        stretch.kind = StreamStretch::Kind::Stall;
        stretch.range = {stall.from, stall.to};
        stretch.firstEvent = static_cast<std::uint32_t>(stall.first > 0 ? stall.first - 1 : 0);
        stretch.lastEvent = static_cast<std::uint32_t>(stall.last - 1);
        stretch.what = "nothing came for " + durationText(stall.length) + ", " + std::string(name(stall.place));
        found.push_back(std::move(stretch));
    }
}

/// The event that brought a byte of a block.
std::uint32_t eventOf(const TextBlock& block, std::uint64_t byte)
{
    const auto next = std::upper_bound(block.pieces.begin(), block.pieces.end(), byte,
                                       [](std::uint64_t at, const TextPiece& piece) { return at < piece.begin; });
    return next == block.pieces.begin() ? block.firstEvent : (next - 1)->shown;
}

std::string quoted(std::string_view text)
{
    constexpr std::size_t most = 60;
    std::string out(text.substr(0, most));
    while (!out.empty() && out.size() < text.size() &&
           (static_cast<unsigned char>(text[out.size()]) & 0xC0) == 0x80) // not in the middle of a character
        out.pop_back();
    return "\xE2\x80\x9C" + out + (out.size() < text.size() ? "\xE2\x80\xA6" : "") + "\xE2\x80\x9D";
}

void addLoops(const StreamModel& model, std::vector<StreamStretch>& found)
{
    for (std::uint32_t i = 0; i < model.blocks().size(); ++i) {
        const TextBlock& block = model.blocks()[i];
        if (block.type != BlockType::Text && block.type != BlockType::Reasoning && block.type != BlockType::Refusal)
            continue;
        for (const ContentLoop& loop : findLoops(block.text)) {
            StreamStretch stretch;
            stretch.kind = StreamStretch::Kind::Loop;
            stretch.block = i;
            stretch.firstEvent = eventOf(block, static_cast<std::uint64_t>(loop.from));
            stretch.lastEvent = eventOf(block, static_cast<std::uint64_t>(loop.to - 1));
            stretch.repeats = static_cast<std::uint32_t>(loop.repeats());
            stretch.period = static_cast<std::uint32_t>(loop.period);
            stretch.what = std::string(loop.exact ? "the same text " : "nearly the same text ") +
                           std::to_string(stretch.repeats) + " times: " + quoted(loop.unit);
            found.push_back(std::move(stretch));
        }
    }
}

} // namespace

std::vector<StreamStretch> stretchesOf(const StreamModel& model, const StreamSpanTimes& span)
{
    std::vector<StreamStretch> found;
    addStalls(model, span, found);
    addLoops(model, found);
    return found;
}

} // namespace arcscope
