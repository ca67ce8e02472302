#include "streamwalk.h"

#include "usage.h"

#include <algorithm>

namespace arcscope
{
namespace
{

using Found = RecordedBlock::Found;

bool hasBlock(StreamEventKind kind)
{
    return kind == StreamEventKind::Chunk || kind == StreamEventKind::Draft || kind == StreamEventKind::Accept ||
           kind == StreamEventKind::Retract || kind == StreamEventKind::Commit;
}

bool tellsText(OffsetUnit unit)
{
    return unit != OffsetUnit::Tokens && unit != OffsetUnit::Unknown;
}

/// Where a byte is when [from, to) is gone.
std::int64_t without(std::int64_t byte, std::int64_t from, std::int64_t to)
{
    return byte <= from ? byte : byte >= to ? byte - (to - from) : from;
}

/// A recorded offset in a text that is not known.
std::int64_t asBytes(std::int64_t offset, OffsetUnit unit)
{
    return unit == OffsetUnit::Bytes ? offset : -1;
}

} // namespace

RecordedBlock& StreamWalk::blockOf(const RecordedEvent& made)
{
    std::string key = made.stream + '\n' + made.branch + '\n' + std::to_string(made.event.choice) + '/' +
                      std::to_string(made.event.blockIndex);
    const auto [found, isNew] = m_blocks.try_emplace(std::move(key));
    RecordedBlock& block = found->second;
    if (isNew) {
        std::set<std::uint32_t>& taken = m_taken[made.event.choice];
        block.index = taken.contains(made.event.blockIndex) ? *taken.rbegin() + 1 : made.event.blockIndex;
        taken.insert(block.index);
    }
    return block;
}

void StreamWalk::take(RecordedEvent& made)
{
    Stream& stream = m_streams[made.stream];
    checkEvent(made, stream);
    if (!hasBlock(made.event.kind)) {
        made.event.from = made.event.to = -1;
        return;
    }
    RecordedBlock& block = blockOf(made);
    made.event.blockIndex = block.index;
    settleType(made, block);
    switch (made.event.kind) {
    case StreamEventKind::Chunk:
        takeContent(made, block, stream);
        break;
    case StreamEventKind::Draft:
        takeDraft(made, block, stream);
        break;
    case StreamEventKind::Accept:
        takeAccept(made, block, stream);
        break;
    case StreamEventKind::Retract:
        takeRetract(made, block, stream);
        break;
    default:
        takeCommit(made, block);
        break;
    }
}

void StreamWalk::checkEvent(const RecordedEvent& made, Stream& stream)
{
    const StreamEvent& event = made.event;
    const auto back = [](Nanos now, Nanos& last) {
        const bool earlier = now != noTime && last != noTime && now < last;
        last = now != noTime ? now : last;
        return earlier;
    };
    const bool wall = back(event.time, stream.time);
    const bool monotonic = back(made.monotonic, stream.monotonic);
    if (wall || monotonic)
        m_defects.add(RecordingRule::TimeGoesBack);
    if (made.unknown)
        m_defects.add(RecordingRule::UnknownEvent);
    const bool offsets = made.recordedFrom >= 0 || made.recordedTo >= 0;
    if (offsets && (!made.unitNamed || made.unit == OffsetUnit::Unknown))
        m_defects.add(RecordingRule::UnknownUnit);
    if (made.badWord)
        m_defects.add(RecordingRule::UnknownWord);
    if (made.badNumber)
        m_defects.add(RecordingRule::BadNumber);
    if (made.draft.empty() && (event.kind == StreamEventKind::Draft || event.kind == StreamEventKind::Accept))
        m_defects.add(RecordingRule::MissingAttribute);
    if (stream.ended && (event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft))
        m_defects.add(RecordingRule::ContentAfterEnd);
    if (event.kind == StreamEventKind::End) {
        stream.ended = true;
        stream.broken = stream.broken || made.broken;
    }
}

void StreamWalk::settleType(RecordedEvent& made, RecordedBlock& block)
{
    if (!made.blockTyped) {
        made.event.block = block.type;
        return;
    }
    if (block.typed && block.type != made.event.block)
        m_defects.add(RecordingRule::BlockTypeChanges);
    block.type = made.event.block;
    block.typed = true;
}

std::int64_t StreamWalk::within(RecordedBlock& block, std::int64_t offset, OffsetUnit unit)
{
    if (!block.known())
        return asBytes(offset, unit);
    const RecordedBlock::Place place = block.at(offset, unit, m_budget);
    if (place.found == Found::Beyond) {
        m_defects.add(RecordingRule::OffsetBeyondText);
        return block.size();
    }
    if (place.found == Found::Inside)
        m_defects.add(RecordingRule::OffsetInsideCharacter);
    return place.byte;
}

/// Takes what one look through the open drafts costs.
bool StreamWalk::spendDrafts(const Stream& stream)
{
    constexpr LookBudget draftCost = 64;
    const LookBudget cost = draftCost * stream.drafts.size();
    const bool enough = m_budget >= cost;
    m_budget -= enough ? cost : 0;
    return enough;
}

bool StreamWalk::withdraw(RecordedBlock& block, Stream& stream, std::int64_t from, std::int64_t to)
{
    if (!spendDrafts(stream)) {
        block.lose();
        return false;
    }
    if (from < block.committed)
        m_defects.add(RecordingRule::RetractBeforeCommit);
    block.committed = without(block.committed, from, to);
    for (auto& [id, draft] : stream.drafts) {
        if (draft.block != &block || !draft.shown)
            continue;
        const std::int64_t length = draft.to - draft.from;
        draft.from = without(draft.from, from, to);
        draft.to = without(draft.to, from, to);
        if (draft.to - draft.from != length) {
            draft.cut = true;
            draft.pieces.clear();
        }
    }
    return true;
}

std::int64_t StreamWalk::takeContent(RecordedEvent& made, RecordedBlock& block, Stream& stream)
{
    StreamEvent& event = made.event;
    if (!made.content)
        block.lose();
    if (!block.known()) {
        event.from = asBytes(made.recordedFrom, made.unit);
        event.to = asBytes(made.recordedTo, made.unit);
        return event.from;
    }
    const bool ranged = tellsText(made.unit);
    if (made.recordedFrom >= 0 && ranged) {
        const std::int64_t from = within(block, made.recordedFrom, made.unit);
        if (from >= 0 && from < block.size() && withdraw(block, stream, from, block.size()))
            block.erase(from, block.size(), m_budget);
    }
    const std::int64_t start = block.size();
    block.append(made.text);
    event.from = made.recordedFrom >= 0 && ranged ? start : -1;
    event.to = made.recordedTo >= 0 && ranged ? block.size() : -1;
    if (event.to >= 0) {
        const bool fits = made.recordedFrom >= 0 ? made.recordedTo - made.recordedFrom == unitsOf(made.text, made.unit)
                                                 : block.at(made.recordedTo, made.unit, m_budget).byte == block.size();
        if (!fits)
            m_defects.add(RecordingRule::LengthDiffers);
    }
    return start;
}

void StreamWalk::takeDraft(RecordedEvent& made, RecordedBlock& block, Stream& stream)
{
    StreamEvent& event = made.event;
    const bool shown = made.content || (made.recordedFrom >= 0 && made.recordedTo > made.recordedFrom);
    std::int64_t start = block.size();
    const std::uint64_t appended = block.appended;
    if (shown)
        start = takeContent(made, block, stream);
    else
        event.from = event.to = -1;
    if (shown && block.known()) {
        event.from = start;
        event.to = block.size();
    }
    const std::uint64_t order = ++stream.draftsSeen;
    // No id looks like this one.
    const std::string id = made.draft.empty() ? '\n' + std::to_string(order) : made.draft;
    const auto before = stream.drafts.find(id);
    const bool continues = before != stream.drafts.end() && before->second.block == &block &&
                           before->second.shown == shown && before->second.appended == appended;
    if (before != stream.drafts.end() && !continues) {
        m_defects.add(RecordingRule::DraftUnsettled);
        stream.drafts.erase(before);
    }
    Draft& draft = stream.drafts[id];
    draft.order = order;
    draft.appended = block.appended;
    if (!continues) {
        draft.block = &block;
        draft.blockIndex = event.blockIndex;
        draft.choice = event.choice;
        draft.from = start;
        draft.shown = shown;
    }
    draft.to = shown ? (block.known() ? block.size() : event.to) : start;
    draft.counted = draft.counted && made.drafted >= 0;
    draft.tokens = draft.counted ? saturatedSum(draft.tokens, made.drafted) : 0;
    if (shown && draft.counted && !draft.cut)
        draft.pieces.emplace_back(draft.tokens, draft.to - draft.from);
}

std::int64_t StreamWalk::acceptedEnd(const RecordedEvent& made, const Draft& draft)
{
    if (made.recordedTo >= 0 && tellsText(made.unit)) {
        const RecordedBlock::Place place = draft.block->at(made.recordedTo, made.unit, m_budget);
        if (place.found == Found::Beyond ||
            (place.found == Found::At && (place.byte < draft.from || place.byte > draft.to)))
            m_defects.add(RecordingRule::OffsetBeyondText);
        if (place.found == Found::Beyond)
            return draft.to;
        if (place.found == Found::At)
            return std::clamp(place.byte, draft.from, draft.to);
        if (place.found == Found::Inside) {
            m_defects.add(RecordingRule::OffsetInsideCharacter);
            return -1;
        }
    }
    if (made.accepted == 0)
        return draft.from;
    if (made.rejected == 0 || (made.accepted > 0 && draft.cut))
        return draft.to;
    for (const auto& [tokens, bytes] : draft.pieces) {
        if (tokens == made.accepted)
            return draft.from + bytes;
    }
    if (draft.counted && made.accepted > draft.tokens)
        return draft.to;
    m_defects.add(RecordingRule::AcceptEndUnknown);
    return -1;
}

void StreamWalk::checkCounts(const RecordedEvent& made, const Draft& draft, std::int64_t end)
{
    const std::int64_t said =
        saturatedSum(std::max<std::int64_t>(made.accepted, 0), std::max<std::int64_t>(made.rejected, 0));
    const bool both = made.accepted >= 0 && made.rejected >= 0;
    const bool tokens = draft.counted && (both ? said != draft.tokens : said > draft.tokens);
    // A token may have no text of its own, half a character: only these two cannot be.
    const bool whole = draft.shown && !draft.cut && end >= 0;
    const bool text = whole && ((made.accepted == 0 && end > draft.from) || (made.rejected == 0 && end < draft.to));
    if (tokens || text)
        m_defects.add(RecordingRule::CountsDiffer);
}

/// The draft with the id; without one the last of the block.
StreamWalk::DraftPlace StreamWalk::settledBy(const RecordedEvent& made, const RecordedBlock& block, Stream& stream)
{
    if (!made.draft.empty())
        return stream.drafts.find(made.draft);
    DraftPlace last = stream.drafts.end();
    if (!spendDrafts(stream))
        return last;
    for (DraftPlace at = stream.drafts.begin(); at != stream.drafts.end(); ++at) {
        if (at->second.block == &block && (last == stream.drafts.end() || at->second.order > last->second.order))
            last = at;
    }
    return last;
}

void StreamWalk::takeAccept(RecordedEvent& made, RecordedBlock& block, Stream& stream)
{
    StreamEvent& event = made.event;
    event.from = event.to = -1;
    const DraftPlace found = settledBy(made, block, stream);
    if (found == stream.drafts.end()) {
        if (!made.draft.empty())
            m_defects.add(RecordingRule::AcceptWithoutDraft);
        const auto place = block.at(made.recordedTo, made.unit, m_budget);
        event.to = block.known() ? place.byte : asBytes(made.recordedTo, made.unit);
        return;
    }
    const Draft draft = std::move(found->second);
    stream.drafts.erase(found);
    RecordedBlock& shown = *draft.block;
    event.blockIndex = draft.blockIndex;
    event.choice = draft.choice;
    event.block = shown.type;
    if (!draft.shown) {
        if (made.recordedTo >= 0)
            within(shown, made.recordedTo, made.unit);
        checkCounts(made, draft, -1);
        return;
    }
    if (!shown.known()) {
        event.to = asBytes(made.recordedTo, made.unit);
        event.from = event.to >= draft.from ? draft.from : -1;
        checkCounts(made, draft, -1);
        return;
    }
    const std::int64_t end = acceptedEnd(made, draft);
    checkCounts(made, draft, end);
    event.from = draft.from;
    event.to = end;
    if (end < 0)
        shown.lose();
    else if (end < draft.to && withdraw(shown, stream, end, shown.size()))
        shown.reject(end);
}

void StreamWalk::takeRetract(RecordedEvent& made, RecordedBlock& block, Stream& stream)
{
    StreamEvent& event = made.event;
    event.from = event.to = block.size();
    if (!made.explained)
        m_defects.add(RecordingRule::RetractUnexplained);
    if (made.recordedFrom < 0 || made.recordedTo < 0) {
        m_defects.add(RecordingRule::MissingAttribute);
        block.lose();
        return;
    }
    if (made.recordedFrom >= made.recordedTo) {
        m_defects.add(RecordingRule::RetractOfNothing);
        return;
    }
    if (block.rejected(made.recordedFrom, made.recordedTo, made.unit, m_budget)) {
        event.from = block.size();
        event.to = block.size() + block.rejectedSize();
        return;
    }
    if (!block.known()) {
        if (made.unit != OffsetUnit::Bytes)
            return;
        event.from = made.recordedFrom;
        event.to = made.recordedTo;
        if (event.from < block.committed)
            m_defects.add(RecordingRule::RetractBeforeCommit);
        return;
    }
    const RecordedBlock::Place from = block.at(made.recordedFrom, made.unit, m_budget);
    if (from.found == Found::Beyond || (from.found == Found::At && from.byte == block.size())) {
        m_defects.add(RecordingRule::OffsetBeyondText);
        return;
    }
    const std::int64_t to = from.found == Found::At ? within(block, made.recordedTo, made.unit) : -1;
    if (from.found == Found::Inside)
        m_defects.add(RecordingRule::OffsetInsideCharacter);
    if (to < 0) {
        block.lose();
        return;
    }
    event.from = from.byte;
    event.to = to;
    if (withdraw(block, stream, from.byte, to))
        block.erase(from.byte, to, m_budget);
}

void StreamWalk::takeCommit(RecordedEvent& made, RecordedBlock& block)
{
    made.event.from = -1;
    made.event.to = block.committed;
    if (made.recordedTo < 0) {
        m_defects.add(RecordingRule::MissingAttribute);
        return;
    }
    const std::int64_t until = within(block, made.recordedTo, made.unit);
    if (until < 0)
        return;
    if (until < block.committed)
        m_defects.add(RecordingRule::CommitGoesBack);
    block.committed = std::max(block.committed, until);
    made.event.to = block.committed;
}

void StreamWalk::finish()
{
    for (const auto& [id, stream] : m_streams) {
        if (!stream.ended || stream.broken) {
            m_defects.add(RecordingRule::NoTerminalEvent);
            continue;
        }
        for (const auto& [name, draft] : stream.drafts) {
            const bool withdrawn = draft.shown && draft.cut && draft.from == draft.to;
            if (!withdrawn)
                m_defects.add(RecordingRule::DraftUnsettled);
        }
    }
}

} // namespace arcscope
