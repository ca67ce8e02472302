// The binary framing of event streams (application/vnd.amazon.eventstream): one frame after the other, as JSON events.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

inline constexpr std::size_t smallestFrame = 16;
/// What the framing allows for headers and payload, and a little more.
inline constexpr std::size_t largestFrame = std::size_t(25) << 20;

/// One frame; the views live as long as its bytes.
struct EventFrame {
    std::size_t size = 0;
    std::string_view kind;    ///< :message-type: "event", "exception" or "error"
    std::string_view name;    ///< of the event or exception, or the code of the error
    std::string_view message; ///< of an error
    std::string_view payload;

    /// The answer that comes before all events and says nothing.
    bool opensStream() const { return name == "initial-response"; }
};

enum class FrameState : std::uint8_t {
    Whole,
    Short,   ///< the bytes end inside
    Damaged, ///< a checksum is wrong or a header lies outside; `size` is set where the length can be trusted
};

/// Reads the frame at the front.
FrameState readFrame(std::string_view bytes, EventFrame& frame);
/// Whether a frame with a right checksum of its lengths begins here. Needs 12 bytes.
bool beginsFrame(std::string_view bytes);
/// The event as a line of JSON: {"name": payload}, or what a chunk of a model's own stream holds.
std::string frameJson(const EventFrame& frame);
/// All events of a body, one a line.
std::string frameLines(std::string_view bytes, std::vector<std::string>& notes);

} // namespace arcscope
