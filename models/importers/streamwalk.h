// StreamWalk: goes through the events of recorded streams in their order, follows the text that they show, and counts
// which rules they break.
#pragma once

#include "recordedblock.h"
#include "recordedevent.h"
#include "streamrules.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace arcscope
{

/// Used once for the events of one span. Each event's range is put into bytes of the text of its block as it is shown
/// before the event (of a chunk or draft: with it). What cannot be found is -1; of a retraction and a commit it is
/// where nothing more is withdrawn or final. Blocks of one index that belong to different streams or branches get
/// indices of their own: their texts are not one text.
class StreamWalk
{
public:
    explicit StreamWalk(StreamDefects& defects)
        : m_defects(defects)
    {
    }

    void take(RecordedEvent& made);
    /// After the last event.
    void finish();

private:
    struct Draft {
        RecordedBlock* block = nullptr;
        std::uint64_t order = 0; ///< by which they came
        std::uint32_t blockIndex = 0;
        std::uint32_t choice = 0;
        std::int64_t from = 0;
        std::int64_t to = 0;
        std::uint64_t appended = 0; ///< RecordedBlock::appended behind it
        std::int64_t tokens = 0;
        bool counted = true; ///< all of its pieces have their tokens
        bool shown = false;
        bool cut = false;                                          ///< some of its text was withdrawn already
        std::vector<std::pair<std::int64_t, std::int64_t>> pieces; ///< tokens and bytes of the draft up to each end
    };
    struct Stream {
        Nanos time = noTime;
        Nanos monotonic = noTime;
        bool ended = false;
        bool broken = false;
        std::map<std::string, Draft> drafts; ///< open ones, by id
        std::uint64_t draftsSeen = 0;
    };
    using DraftPlace = std::map<std::string, Draft>::iterator;

    RecordedBlock& blockOf(const RecordedEvent& made);
    void checkEvent(const RecordedEvent& made, Stream& stream);
    void settleType(RecordedEvent& made, RecordedBlock& block);
    /// Gives where the content begins.
    std::int64_t takeContent(RecordedEvent& made, RecordedBlock& block, Stream& stream);
    void takeDraft(RecordedEvent& made, RecordedBlock& block, Stream& stream);
    DraftPlace settledBy(const RecordedEvent& made, const RecordedBlock& block, Stream& stream);
    bool spendDrafts(const Stream& stream);
    void takeAccept(RecordedEvent& made, RecordedBlock& block, Stream& stream);
    void takeRetract(RecordedEvent& made, RecordedBlock& block, Stream& stream);
    void takeCommit(RecordedEvent& made, RecordedBlock& block);
    /// Where the text that stays of a draft ends; -1 where nothing says it.
    std::int64_t acceptedEnd(const RecordedEvent& made, const Draft& draft);
    void checkCounts(const RecordedEvent& made, const Draft& draft, std::int64_t end);
    /// Says that [from, to) of a block goes, also of its open drafts. False where that would be too much work.
    bool withdraw(RecordedBlock& block, Stream& stream, std::int64_t from, std::int64_t to);
    /// An offset that has to lie in the text: the byte, the end of the text where it lies beyond, else -1.
    std::int64_t within(RecordedBlock& block, std::int64_t offset, OffsetUnit unit);

    StreamDefects& m_defects;
    std::map<std::string, RecordedBlock> m_blocks;
    std::map<std::uint32_t, std::set<std::uint32_t>> m_taken; ///< indices of blocks, by choice
    std::map<std::string, Stream> m_streams;
    LookBudget m_budget = LookBudget(256) << 20;
};

} // namespace arcscope
