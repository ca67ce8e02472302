#include "streammodel.h"

#include "streamdetail.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace arcscope
{
namespace
{

constexpr std::array<std::string_view, 3> evidenceNames{"observed", "declared", "inferred"};
constexpr std::array<std::string_view, 12> reasonNames{
    "not recorded", "refusal",     "content_filter",       "guardrail",  "fallback", "retry",
    "interrupt",    "user_cancel", "speculation_rejected", "superseded", "rollback", "other"};

/// A member under its bare name, or under that of the recording form.
std::string_view wordOf(std::string_view detail, std::string_view bare, std::string_view full)
{
    const std::string_view word = detailValue(detail, bare);
    return word.empty() ? detailValue(detail, full) : word;
}

RetractReason reasonOf(std::string_view detail)
{
    const std::string_view word = wordOf(detail, "reason", "retract.reason");
    if (word.empty())
        return RetractReason::NotRecorded;
    // Words of sources for the same thing.
    if (word == "aborted" || word == "cancelled")
        return RetractReason::Interrupt;
    const auto found = std::find(reasonNames.begin() + 1, reasonNames.end(), word);
    return found == reasonNames.end() ? RetractReason::Other : static_cast<RetractReason>(found - reasonNames.begin());
}

StreamEvidence evidenceOf(std::string_view detail)
{
    const std::string_view word = wordOf(detail, "evidence", "retract.evidence");
    const auto found = std::find(evidenceNames.begin(), evidenceNames.end(), word);
    return found == evidenceNames.end() ? StreamEvidence::Observed
                                        : static_cast<StreamEvidence>(found - evidenceNames.begin());
}

} // namespace

/// Goes through the events once and keeps what is visible of each block at that moment.
class StreamReplay
{
public:
    explicit StreamReplay(StreamModel& model)
        : m_model(model)
    {
    }

    void run()
    {
        StreamReader reader(m_model.m_stream);
        m_model.m_events.reserve(m_model.m_stream.count);
        m_model.m_blockOf.reserve(m_model.m_stream.count);
        for (StreamEvent event; reader.next(event);)
            take(event);
    }

private:
    /// A run of text that can be read now.
    struct Visible {
        std::uint32_t piece;
        std::uint64_t offset; ///< of its first byte in the text that can be read
    };
    struct Screen {
        std::vector<Visible> runs;
        std::uint64_t length = 0;
    };

    void take(const StreamEvent& event)
    {
        const auto number = static_cast<std::uint32_t>(m_model.m_events.size());
        m_model.m_events.push_back(event);
        keepTime(event.time);
        const bool ofBlock = event.kind == StreamEventKind::Chunk || event.kind == StreamEventKind::Draft ||
                             event.kind == StreamEventKind::Accept || event.kind == StreamEventKind::Retract ||
                             event.kind == StreamEventKind::Commit || event.kind == StreamEventKind::BlockStart ||
                             event.kind == StreamEventKind::BlockEnd;
        m_model.m_blockOf.push_back(ofBlock ? blockFor(event, number) : noEvent);
        if (!ofBlock)
            return;
        const std::uint32_t block = m_model.m_blockOf.back();
        m_model.m_blocks[block].lastEvent = number;
        switch (event.kind) {
        case StreamEventKind::BlockStart:
            m_model.m_blocks[block].opened = number;
            if (!event.text.empty())
                m_model.m_blocks[block].name = event.text;
            break;
        case StreamEventKind::BlockEnd:
            m_model.m_blocks[block].closed = number;
            break;
        case StreamEventKind::Chunk:
        case StreamEventKind::Draft:
            show(event, number, block);
            break;
        case StreamEventKind::Accept:
            accept(event, number, block);
            break;
        case StreamEventKind::Commit:
            commit(event, number, block);
            break;
        default:
            withdraw(block, number, cut(event.from, block, 0), cut(event.to, block, m_screens[block].length),
                     reasonOf(event.detail), evidenceOf(event.detail));
            break;
        }
    }

    void keepTime(Nanos time)
    {
        if (time != noTime && !m_model.m_timed) {
            m_model.m_timed = true;
            m_model.m_clock.assign(m_model.m_events.size() - 1, noTime);
        }
        if (m_model.m_timed) {
            const Nanos before = m_model.m_clock.empty() ? noTime : m_model.m_clock.back();
            m_model.m_clock.push_back(std::max(before, time)); // noTime is before all times
        }
    }

    std::uint32_t blockFor(const StreamEvent& event, std::uint32_t number)
    {
        const auto key = std::tuple(event.choice, event.blockIndex, event.block);
        if (key == m_lastKey && m_last != noEvent)
            return m_last;
        const auto [found, isNew] = m_blocks.try_emplace(key, static_cast<std::uint32_t>(m_model.m_blocks.size()));
        if (isNew) {
            TextBlock& block = m_model.m_blocks.emplace_back();
            block.type = event.block;
            block.index = event.blockIndex;
            block.choice = event.choice;
            block.firstEvent = number;
            if (event.block == BlockType::ToolCall) // recordings say it here, others in a BlockStart
                block.name = detailValue(event.detail, "tool_call.name");
            m_screens.emplace_back();
        }
        m_lastKey = key;
        m_last = found->second;
        return m_last;
    }

    /// An offset of an event as a place in what can be read; `none` where the event has none.
    std::uint64_t cut(std::int64_t offset, std::uint32_t block, std::uint64_t none) const
    {
        return offset < 0 ? none : std::min(static_cast<std::uint64_t>(offset), m_screens[block].length);
    }

    void show(const StreamEvent& event, std::uint32_t number, std::uint32_t at)
    {
        if (event.from >= 0)
            withdraw(at, number, cut(event.from, at, 0), m_screens[at].length, RetractReason::Superseded,
                     StreamEvidence::Inferred);
        TextBlock& block = m_model.m_blocks[at];
        const std::uint64_t begin = block.text.size();
        block.text += event.text;
        if (event.kind == StreamEventKind::Draft) {
            DraftBlock draft;
            draft.event = number;
            draft.block = at;
            draft.begin = begin;
            draft.end = block.text.size();
            draft.tokens = detailInteger(event.detail, "draft.tokens").value_or(-1);
            m_model.m_drafts.push_back(draft);
            m_verified.push_back(false);
        }
        if (event.text.empty())
            return;
        TextPiece piece;
        piece.begin = begin;
        piece.end = block.text.size();
        piece.shown = number;
        piece.draft = event.kind == StreamEventKind::Draft;
        Screen& screen = m_screens[at];
        screen.runs.push_back({static_cast<std::uint32_t>(block.pieces.size()), screen.length});
        screen.length += event.text.size();
        block.pieces.push_back(piece);
    }

    /// The first run at or behind a place of what can be read; a run that it lies in is cut there.
    std::size_t runAt(std::uint32_t at, std::uint64_t offset)
    {
        std::vector<Visible>& runs = m_screens[at].runs;
        const auto next =
            std::lower_bound(runs.begin(), runs.end(), offset,
                             [](const Visible& run, std::uint64_t wanted) { return run.offset < wanted; });
        const auto index = static_cast<std::size_t>(next - runs.begin());
        if (index == 0 || (next != runs.end() && next->offset == offset))
            return index;
        const Visible& before = runs[index - 1];
        TextBlock& block = m_model.m_blocks[at];
        const TextPiece piece = block.pieces[before.piece];
        const std::uint64_t inside = offset - before.offset;
        if (inside >= piece.end - piece.begin)
            return index;
        split(at, before.piece, piece.begin + inside);
        // Pieces behind it moved by one.
        const std::uint32_t rest = runs[index - 1].piece + 1;
        for (std::size_t i = index; i < runs.size(); ++i)
            ++runs[i].piece;
        runs.insert(runs.begin() + static_cast<std::ptrdiff_t>(index), {rest, offset});
        return index;
    }

    void split(std::uint32_t at, std::uint32_t index, std::uint64_t byte)
    {
        std::vector<TextPiece>& pieces = m_model.m_blocks[at].pieces;
        TextPiece rest = pieces[index];
        rest.begin = byte;
        pieces[index].end = byte;
        pieces.insert(pieces.begin() + index + 1, rest);
    }

    /// Takes [from, to) of what can be read away.
    void withdraw(std::uint32_t at, std::uint32_t number, std::uint64_t from, std::uint64_t to, RetractReason reason,
                  StreamEvidence evidence)
    {
        if (from >= to)
            return;
        Screen& screen = m_screens[at];
        std::size_t last = runAt(at, to);
        const std::size_t runsBefore = screen.runs.size();
        const std::size_t first = runAt(at, from);
        last += screen.runs.size() - runsBefore; // the cut at `from` makes two of one
        TextBlock& block = m_model.m_blocks[at];
        Retraction made;
        made.event = number;
        made.block = at;
        made.begin = block.text.size();
        made.firstShown = number;
        made.reason = reason;
        made.evidence = evidence;
        made.drafts = true;
        for (std::size_t i = first; i < last; ++i) {
            TextPiece& piece = block.pieces[screen.runs[i].piece];
            piece.withdrawn = number;
            piece.retraction = static_cast<std::uint32_t>(m_model.m_retractions.size());
            made.begin = std::min(made.begin, piece.begin);
            made.end = std::max(made.end, piece.end);
            made.bytes += piece.end - piece.begin;
            made.firstShown = std::min(made.firstShown, piece.shown);
            made.drafts = made.drafts && piece.draft && piece.accepted == noEvent;
        }
        if (m_model.m_timed && m_model.m_clock[made.firstShown] != noTime)
            made.exposure = m_model.m_clock[number] - m_model.m_clock[made.firstShown];
        screen.runs.erase(screen.runs.begin() + static_cast<std::ptrdiff_t>(first),
                          screen.runs.begin() + static_cast<std::ptrdiff_t>(last));
        for (std::size_t i = first; i < screen.runs.size(); ++i)
            screen.runs[i].offset -= made.bytes;
        screen.length -= made.bytes;
        m_model.m_retractions.push_back(made);
        for (std::size_t i = m_model.m_drafts.size(); i-- > 0 && m_model.m_drafts[i].settled == noEvent;) {
            DraftBlock& draft = m_model.m_drafts[i];
            if (draft.block == at && draft.begin < made.end && draft.end > made.begin)
                draft.settled = number;
        }
    }

    /// The draft that an event settles, by the numbers of its pieces: that of its id, or without one the last. One that
    /// came before with the same id, and other text between, is no part of it and will not be settled any more.
    std::vector<std::size_t> draftsOf(const StreamEvent& event, std::uint32_t at)
    {
        const std::vector<DraftBlock>& drafts = m_model.m_drafts;
        std::string_view id = detailValue(event.detail, "draft.id");
        std::vector<std::size_t> found;
        for (std::size_t i = drafts.size(); i-- > 0 && drafts.size() - i <= mostOpenDrafts;) {
            if (drafts[i].block != at || m_verified[i])
                continue;
            const std::string_view known = detailValue(m_model.m_events[drafts[i].event].detail, "draft.id");
            if (found.empty() && id.empty())
                id = known;
            if (known != id || (!found.empty() && id.empty()))
                continue;
            m_verified[i] = true;
            if (found.empty() || drafts[i].end == drafts[found.back()].begin)
                found.push_back(i);
        }
        std::reverse(found.begin(), found.end());
        return found;
    }

    /// What of the draft lies before the event's end stays; the rest goes, with what stands behind it. Where the source
    /// has no such place nothing is known of the text unless all or none of its tokens were accepted.
    void accept(const StreamEvent& event, std::uint32_t number, std::uint32_t at)
    {
        const std::vector<std::size_t> drafts = draftsOf(event, at);
        if (drafts.empty())
            return;
        const std::int64_t accepted = detailInteger(event.detail, "accepted_tokens").value_or(-1);
        const std::int64_t rejected = detailInteger(event.detail, "rejected_tokens").value_or(-1);
        const std::int64_t tokens = shareTokens(drafts, accepted, rejected);
        for (const std::size_t i : drafts) {
            if (m_model.m_drafts[i].settled == noEvent)
                m_model.m_drafts[i].settled = number;
        }
        const std::uint64_t begin = onScreen(at, m_model.m_drafts[drafts.front()]).first;
        const std::uint64_t end = onScreen(at, m_model.m_drafts[drafts.back()]).second;
        std::uint64_t until = begin;
        if (event.to >= 0)
            until = std::clamp(static_cast<std::uint64_t>(event.to), begin, end);
        else if (rejected == 0 || (tokens > 0 && accepted == tokens))
            until = end;
        else if (accepted != 0)
            return;
        for (const std::size_t i : drafts) {
            DraftBlock& draft = m_model.m_drafts[i];
            const auto [from, to] = onScreen(at, draft);
            draft.acceptedBytes = std::min(to, until) - std::min(from, until);
        }
        const std::size_t last = runAt(at, until);
        for (std::size_t i = runAt(at, begin); i < last; ++i)
            m_model.m_blocks[at].pieces[m_screens[at].runs[i].piece].accepted = number;
        if (until < end)
            withdraw(at, number, until, m_screens[at].length, RetractReason::SpeculationRejected,
                     StreamEvidence::Observed);
        for (const std::size_t i : drafts)
            m_model.m_drafts[i].settled = number;
    }

    /// Gives each piece of a draft its part of the counts: the first tokens are the accepted ones. The sum of them all;
    /// -1: not recorded.
    std::int64_t shareTokens(const std::vector<std::size_t>& drafts, std::int64_t accepted, std::int64_t rejected)
    {
        if (drafts.size() == 1) {
            DraftBlock& draft = m_model.m_drafts[drafts.front()];
            draft.acceptedTokens = accepted;
            draft.rejectedTokens = rejected;
            if (draft.tokens < 0 && accepted >= 0 && rejected >= 0)
                draft.tokens = accepted + rejected;
            return draft.tokens;
        }
        std::int64_t all = 0;
        for (const std::size_t i : drafts) {
            if (m_model.m_drafts[i].tokens < 0)
                return -1;
            all += m_model.m_drafts[i].tokens;
        }
        std::int64_t left = accepted;
        for (const std::size_t i : drafts) {
            DraftBlock& draft = m_model.m_drafts[i];
            if (accepted < 0)
                break;
            draft.acceptedTokens = std::min(left, draft.tokens);
            draft.rejectedTokens = draft.tokens - draft.acceptedTokens;
            left -= draft.acceptedTokens;
        }
        return all;
    }

    /// Where what is left of a draft can be read now.
    std::pair<std::uint64_t, std::uint64_t> onScreen(std::uint32_t at, const DraftBlock& draft) const
    {
        const Screen& screen = m_screens[at];
        const std::vector<TextPiece>& pieces = m_model.m_blocks[at].pieces;
        const auto behind = [&](std::uint64_t byte) {
            std::size_t run = screen.runs.size();
            while (run > 0 && pieces[screen.runs[run - 1].piece].begin >= byte)
                --run;
            return run < screen.runs.size() ? screen.runs[run].offset : screen.length;
        };
        return {behind(draft.begin), behind(draft.end)};
    }

    void commit(const StreamEvent& event, std::uint32_t number, std::uint32_t at)
    {
        const Screen& screen = m_screens[at];
        const std::uint64_t offset = cut(event.to, at, screen.length);
        CommitPoint point{number, at, 0};
        const auto next =
            std::lower_bound(screen.runs.begin(), screen.runs.end(), offset,
                             [](const Visible& run, std::uint64_t wanted) { return run.offset < wanted; });
        if (next != screen.runs.begin()) {
            const Visible& run = *(next - 1);
            point.byte = m_model.m_blocks[at].pieces[run.piece].begin + (offset - run.offset);
        }
        m_model.m_commits.push_back(point);
    }

    static constexpr std::size_t mostOpenDrafts = 256;

    StreamModel& m_model;
    std::map<std::tuple<std::uint32_t, std::uint32_t, BlockType>, std::uint32_t> m_blocks;
    std::tuple<std::uint32_t, std::uint32_t, BlockType> m_lastKey;
    std::uint32_t m_last = noEvent;
    std::vector<Screen> m_screens; ///< by block
    std::vector<bool> m_verified;  ///< by draft: an event accepted it, or some of it
};

std::shared_ptr<const StreamModel> StreamModel::of(PackedStream stream)
{
    auto model = std::make_shared<StreamModel>();
    model->m_stream = std::move(stream);
    StreamReplay(*model).run();
    return model;
}

std::uint32_t StreamModel::eventAt(Nanos time) const
{
    const auto next = std::upper_bound(m_clock.begin(), m_clock.end(), time);
    return next == m_clock.begin() ? noEvent : static_cast<std::uint32_t>(next - m_clock.begin() - 1);
}

std::span<const TextPiece> TextBlock::piecesUntil(std::uint32_t event) const
{
    const auto next = std::upper_bound(pieces.begin(), pieces.end(), event,
                                       [](std::uint32_t at, const TextPiece& piece) { return at < piece.shown; });
    return {pieces.data(), static_cast<std::size_t>(next - pieces.begin())};
}

std::string TextBlock::textAt(std::uint32_t event) const
{
    std::string out;
    for (const TextPiece& piece : piecesUntil(event)) {
        if (piece.visibleAt(event))
            out += textOf(piece);
    }
    return out;
}

std::string_view name(StreamEvidence evidence)
{
    return evidenceNames[static_cast<std::size_t>(evidence)];
}

std::string_view name(RetractReason reason)
{
    return reasonNames[static_cast<std::size_t>(reason)];
}

} // namespace arcscope
