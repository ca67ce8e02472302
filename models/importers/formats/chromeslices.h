// ChromeSlices: holds the slices of a Chrome trace until it is known in which others they lie.
#pragma once

#include "chrometracks.h"
#include "content.h"
#include "recordreading.h"
#include "slicenesting.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

struct ChromeSlice {
    SpanRecord span;
    ChromeThread* thread = nullptr;
    std::uint64_t track = 0;
    bool open = false;    ///< it has no end
    std::size_t text = 0; ///< where its record lies
    std::size_t size = 0;
    std::string more; ///< flow events that belong to it
};

/// An arrow's end: it belongs to the slice that is there at that time.
struct ChromeFlow {
    std::uint64_t track = 0;
    Nanos time = noTime;
    std::string text;
    std::uint64_t line = 0;
    std::uint64_t byte = 0;
};

/// Holds at most `maxHeld` slices and twice `maxHeldBytes` of their text.
class ChromeSlices
{
public:
    ChromeSlices(SpanSink& sink, IssueTally& tally, ChromeTracks& tracks)
        : m_sink(sink)
        , m_tally(tally)
        , m_tracks(tracks)
    {
    }

    /// Another slice; valid until its end().
    ChromeSlice& begin() { return m_held.emplace_back(); }
    /// The last slice begun is complete but for its parent.
    void end(std::string_view record);
    void flow(ChromeFlow flow) { m_flows.push_back(std::move(flow)); }
    /// Gives the held slices to the sink. Before the end those without a parent stay, where they are not many: what
    /// contains them may follow, because some writers write a slice when it ends.
    void flush(bool last);

private:
    static constexpr std::size_t maxHeld = 32'768;
    static constexpr std::size_t maxHeldBytes = std::size_t(16) << 20;

    void addSlice(const ChromeSlice& held, std::size_t index);
    void place();
    std::size_t countRoots();
    void checkLate(const Slice& slice, const Slice& given);
    void bindFlows(bool last);
    void give(bool keepRoots);

    SpanSink& m_sink;
    IssueTally& m_tally;
    ChromeTracks& m_tracks;
    SliceNesting m_nesting;
    std::vector<ChromeSlice> m_held;
    std::string m_text;
    std::string m_keptText;
    std::vector<Slice> m_next;           ///< of those that are held and have a time; placed by the next flush()
    std::vector<Slice> m_slices;         ///< placed
    std::vector<const Slice*> m_sliceOf; ///< of each that is held
    std::vector<ChromeFlow> m_flows;
    std::unordered_map<std::uint64_t, Slice> m_givenRoots; ///< the last of each track
};

/// What the record of a slice says.
SpanContent decodeChromeSlice(std::string_view record, std::string_view resource);

} // namespace arcscope
