// ChromeSlices: holds the slices of a Chrome trace until it is known in which others they lie.
#pragma once

#include "chrometracks.h"
#include "content.h"
#include "recordkeeper.h"
#include "recordreading.h"
#include "slicenesting.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

struct ChromeSlice {
    explicit ChromeSlice(const SpanRecord& read)
        : span(read)
    {
    }

    SpanRecord span;
    ChromeThread* thread = nullptr;
    std::uint64_t track = 0;
    bool open = false;              ///< it has no end
    const char* inWindow = nullptr; ///< where its record lies, else
    std::size_t text = 0;           ///< in the text that is kept
    std::size_t size = 0;
    std::uint32_t window = 0; ///< the number of that window
    std::string more;         ///< flow events that belong to it
};

/// An arrow's end: it belongs to the slice that is there at that time.
struct ChromeFlow {
    std::uint64_t track = 0;
    Nanos time = noTime;
    std::string text;
    std::uint64_t line = 0;
    std::uint64_t byte = 0;
};

/// Holds at most `maxHeld` slices and twice `maxHeldBytes` of their text, the new of it in the windows it came in.
class ChromeSlices
{
public:
    ChromeSlices(SpanSink& sink, IssueTally& tally, ChromeTracks& tracks)
        : m_sink(sink)
        , m_keeper(dynamic_cast<RecordKeeper*>(&sink))
        , m_tally(tally)
        , m_tracks(tracks)
    {
    }

    /// Another slice; valid until its end().
    ChromeSlice& begin(const SpanRecord& span);
    /// The last slice begun is complete but for its parent. `window`: what keeps the record where it lies; null: it is
    /// copied.
    void end(std::string_view record, const std::shared_ptr<const char[]>& window = nullptr);
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
    void fetchAhead(std::size_t index) const;

    std::string_view recordOf(const ChromeSlice& held) const;
    static void copyText(ChromeSlice& held, std::string_view record, std::string& into);

    SpanSink& m_sink;
    RecordKeeper* const m_keeper; ///< what the sink is too, or null
    IssueTally& m_tally;
    ChromeTracks& m_tracks;
    SliceNesting m_nesting;
    std::vector<ChromeSlice> m_held;
    std::vector<std::shared_ptr<const char[]>> m_windows; ///< in which records lie
    std::string m_text;                                   ///< records that do not
    std::string m_keptText;
    std::size_t m_heldBytes = 0;         ///< of all records
    std::vector<Slice> m_next;           ///< of those that are held and have a time; placed by the next flush()
    std::vector<Slice> m_slices;         ///< placed
    std::vector<const Slice*> m_sliceOf; ///< of each that is held
    std::vector<ChromeFlow> m_flows;
    std::unordered_map<std::uint64_t, Slice> m_givenRoots; ///< the last of each track
};

/// What the record of a slice says.
SpanContent decodeChromeSlice(std::string_view record, std::string_view resource);

} // namespace arcscope
