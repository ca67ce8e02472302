#include "userthread.h"

#include "arcrequest.h"
#include "tracespans.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr int withinTool = 100;

/// Where a span stands among the agents of a trace.
struct Standing {
    int level = 0;                        ///< agents around it but for the first; withinTool within a tool call
    std::uint32_t top = TraceSpans::none; ///< place of the outermost agent
};

class Standings
{
public:
    explicit Standings(const TraceReading& trace)
        : m_spans(trace)
    {
    }

    const Standing& of(Row row)
    {
        const auto [known, isNew] = m_known.try_emplace(row);
        if (isNew)
            known->second = find(row);
        return known->second;
    }
    std::uint32_t spansIn(std::uint32_t top) const { return top == TraceSpans::none ? 0 : m_spans.end[top] - top; }

private:
    Standing find(Row row) const
    {
        Standing found;
        const std::uint32_t place = m_spans.placeOf(row);
        if (place == TraceSpans::none)
            return found;
        int agents = 0;
        for (std::uint32_t around = m_spans.conversation[place]; around != TraceSpans::none;
             around = m_spans.conversation[around]) {
            if (m_spans.kind(around) == SpanKind::ToolCall)
                return {withinTool, around};
            found.top = around;
            ++agents;
        }
        found.level = std::max(agents - 1, 0);
        return found;
    }

    TraceSpans m_spans;
    std::unordered_map<Row, Standing> m_known;
};

struct Candidate {
    UserThread thread;
    int level = withinTool + 1; ///< of its turns
};

bool isWritten(const Corpus& corpus, const Turn& turn)
{
    return turn.isUsers() && !isProgramsMessage(corpus.text(SpanText::Name, turn.row)) &&
           writtenIn(turn.text).has_value();
}

/// The outermost agents that are written to in a thread, but for the one of each trace that is most: conversations of
/// their own, as of agents whose caller is not recorded.
std::set<std::uint32_t> othersIn(const Corpus& corpus, const Conversation& conversation, const Thread& thread,
                                 Standings& standings)
{
    std::map<std::int64_t, std::map<std::uint32_t, std::uint32_t>> turns; // by trace and agent
    for (const std::uint32_t index : thread) {
        const Turn& turn = conversation.turns[index];
        const Standing& standing = standings.of(turn.row);
        if (standing.top != TraceSpans::none && standing.level < withinTool && isWritten(corpus, turn))
            ++turns[corpus.spans.at(SpanColumn::Trace, turn.row)][standing.top];
    }
    std::set<std::uint32_t> others;
    for (const auto& [trace, tops] : turns) {
        const auto most = std::max_element(tops.begin(), tops.end(), [&](const auto& x, const auto& y) {
            return std::tuple(x.second, standings.spansIn(x.first), y.first) <
                   std::tuple(y.second, standings.spansIn(y.first), x.first);
        });
        for (auto top = tops.begin(); top != tops.end(); ++top) {
            if (top != most)
                others.insert(top->first);
        }
    }
    return others;
}

bool isBelow(const SpanTable& spans, Row row, Row above)
{
    for (row = spans.parent(row); row != noRow && row != above;)
        row = spans.parent(row);
    return row != noRow;
}

/// The turns of a thread that are said at its level: the nearest to the user of those that a person wrote.
Candidate candidateOf(const Corpus& corpus, const Conversation& conversation, const Thread& thread,
                      Standings& standings)
{
    const std::set<std::uint32_t> others = othersIn(corpus, conversation, thread, standings);
    Candidate found;
    for (const std::uint32_t index : thread) {
        const Turn& turn = conversation.turns[index];
        const Standing& standing = standings.of(turn.row);
        const bool counts = isWritten(corpus, turn) || (turn.isAssistants() && found.level > withinTool);
        if (counts && others.count(standing.top) == 0)
            found.level = std::min(found.level, standing.level);
    }
    for (const std::uint32_t index : thread) {
        const Turn& turn = conversation.turns[index];
        const Standing& standing = standings.of(turn.row);
        if (standing.level > found.level || others.count(standing.top) > 0)
            continue;
        const std::size_t at = found.thread.turns.size();
        found.thread.turns.push_back(index);
        if (!isWritten(corpus, turn))
            continue;
        if (!found.thread.users.empty() && found.thread.users.back().at + 1 == at) {
            const Turn& before = conversation.at(found.thread.turns, found.thread.users.back().at);
            if (before.row == turn.row && before.place.of == turn.place.of &&
                before.place.message == turn.place.message)
                continue; // another part of the same message
            if (isBelow(corpus.spans, turn.row, before.row) && turn.text.find(before.text) != turn.text.npos)
                continue; // what the span around it was asked
        }
        found.thread.users.push_back({at, *writtenIn(turn.text)});
    }
    return found;
}

bool isBetter(const Candidate& one, const Candidate& best)
{
    const bool asked = !one.thread.users.empty();
    if (asked != !best.thread.users.empty())
        return asked;
    if (one.level != best.level)
        return one.level < best.level;
    return one.thread.users.size() > best.thread.users.size();
}

} // namespace

UserThread userThreadOf(const TraceReading& trace, const Conversation& conversation)
{
    Standings standings(trace);
    Candidate best;
    for (const Thread& thread : conversation.threads) {
        Candidate one = candidateOf(trace.corpus(), conversation, thread, standings);
        if (isBetter(one, best))
            best = std::move(one);
    }
    return best.thread;
}

} // namespace arcscope
