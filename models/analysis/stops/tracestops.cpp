// The stops of one trace: what calls know of each other, then call by call.
#include "actionchecks.h"
#include "calltree.h"
#include "finalcall.h"
#include "openitems.h"
#include "outcomechecks.h"
#include "proselines.h"
#include "stopbucket.h"
#include "traceclaims.h"

#include <algorithm>
#include <unordered_map>

namespace arcscope
{
namespace
{

std::uint64_t mixed(std::uint64_t hash, std::string_view text)
{
    for (const char c : text) {
        if (!prose::isSpace(c))
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    }
    return (hash ^ 0xFFu) * 1099511628211u;
}

/// Calls of tools that were asked for again and again, of one parent.
struct Repetition {
    std::uint64_t asked = 0;
    std::uint64_t results = 0; ///< 0: not recorded
    int times = 0;             ///< it was asked for in a row
    bool sameResults = true;
};

class TraceStops
{
public:
    explicit TraceStops(TraceReading& trace)
        : m_trace(trace)
        , m_spans(trace.corpus().spans)
    {
    }

    std::vector<SpanStop> take()
    {
        order();
        if (m_calls.empty() && m_runs.empty())
            return {};
        TraceClaims& claims = m_trace.claims();
        m_tools = !claims.uses().empty();
        for (const ToolUse& use : claims.uses()) {
            if (!use.call.empty() && use.result != ToolUse::none)
                m_results[use.call] = mixed(14695981039346656037u, claims.texts()[use.result].text);
        }
        falseClaims(claims);
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            judge(i);
        std::vector<SpanStop> runs;
        for (const Row run : m_runs)
            runs.push_back(judgeRun(m_trace, run, lastIn(run)));
        m_stops.insert(m_stops.end(), runs.begin(), runs.end());
        std::sort(m_stops.begin(), m_stops.end(), [](const SpanStop& a, const SpanStop& b) { return a.row < b.row; });
        return std::move(m_stops);
    }

private:
    struct Timed {
        Row row = noRow;
        bool tool = false;
    };

    /// Model calls and tools as they began; without times as the tree has them.
    void order()
    {
        std::vector<Timed> all;
        bool timed = true;
        const auto rows = m_trace.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Row row = rows[i];
            const SpanKind kind = m_spans.kind(row);
            m_position[row] = i;
            if (kind == SpanKind::ModelCall || kind == SpanKind::ToolCall) {
                all.push_back({row, kind == SpanKind::ToolCall});
                timed = timed && m_spans.start(row) != noTime;
            } else if (isRun(row)) {
                m_runs.push_back(row);
            }
        }
        if (timed)
            std::stable_sort(all.begin(), all.end(), [&](const Timed& a, const Timed& b) {
                return m_spans.start(a.row) < m_spans.start(b.row);
            });
        for (const Timed& one : all) {
            if (!one.tool) {
                m_callAt[one.row] = m_calls.size();
                m_calls.push_back(one.row);
                m_toolRan.push_back(false);
            } else if (!m_toolRan.empty()) {
                m_toolRan.back() = true;
                if (isItemTool(m_trace.corpus().text(SpanText::Tool, one.row)))
                    m_lists[m_calls.size()].push_back(one.row);
            }
        }
    }

    bool isRun(Row row) const
    {
        const SpanKind kind = m_spans.kind(row);
        if (kind != SpanKind::Agent && kind != SpanKind::Workflow)
            return false;
        if (!m_trace.corpus().text(SpanText::StopReason, row).empty())
            return true;
        const SpanStatus status = m_spans.status(row);
        return kind == SpanKind::Agent && (status == SpanStatus::Error || status == SpanStatus::Cancelled);
    }

    void falseClaims(TraceClaims& claims)
    {
        if (!m_tools)
            return;
        std::vector<Finding> found;
        checkActions(claims, found, true);
        checkOutcomes(claims, found, true);
        for (const Finding& finding : found) {
            const FindingPlace& place = finding.places.front();
            m_false.try_emplace(
                place.row, FalseClaim{finding.rule == "claim.success_after_error", place.text, place.from, place.to});
        }
    }

    void judge(std::size_t at)
    {
        const Row row = m_calls[at];
        StopSurroundings around;
        around.tools = m_tools;
        around.toolRan = m_toolRan[at];
        around.answered = around.toolRan || at + 1 < m_calls.size();
        if (const auto found = m_false.find(row); found != m_false.end())
            around.falseClaim = found->second;
        StoppedCall call(m_trace, row, around);
        around.answered = around.answered || hasResult(call) || hasRun(row) || isAnswer(call);
        repeat(call, around);
        around.openItems = hasOpenItems(at, call);
        around.askedNext = m_tools && call.calls.empty() && asksNext(at);
        m_stops.push_back(judgeCall(call));
    }

    bool hasResult(const StoppedCall& call) const
    {
        return std::any_of(call.calls.begin(), call.calls.end(), [&](const StopText& asked) {
            return m_results.find(std::string(asked.id)) != m_results.end();
        });
    }

    /// A call that it asks for has a span that ran, such as an agent's, or a result that no model call was given.
    bool hasRun(Row row)
    {
        return std::ranges::any_of(m_trace.calls().calls, [&](const TreeCall& call) {
            const bool ran = call.span != noRow && !m_spans.flagged(call.span, SpanFlag::NotExecuted);
            return call.asker == row && (ran || call.result.row != noRow);
        });
    }

    /// Its arguments are what a run around it gives back: no tool is to run.
    bool isAnswer(const StoppedCall& call)
    {
        for (Row up = call.calls.empty() ? noRow : m_spans.parent(call.row); up != noRow; up = m_spans.parent(up)) {
            const auto content = m_trace.content(up);
            if (content && isGivenBack(call.calls.front().text, *content))
                return true;
        }
        return false;
    }

    /// Some sources write what a response says and what it asks for as two calls.
    bool asksNext(std::size_t at)
    {
        if (at + 1 == m_calls.size() || conversationOf(m_calls[at]) != conversationOf(m_calls[at + 1]))
            return false;
        const auto own = m_trace.content(m_calls[at]);
        const auto next = m_trace.content(m_calls[at + 1]);
        if (!next || (!next->input.empty() && next->input.back().role == Role::User && !(own && sameEnd(*own, *next))))
            return false;
        return std::any_of(next->output.begin(), next->output.end(), [](const Message& message) {
            return std::any_of(message.parts.begin(), message.parts.end(),
                               [](const Part& part) { return part.kind == PartKind::ToolCall; });
        });
    }

    /// Each of the two repeats the request.
    static bool sameEnd(const SpanContent& own, const SpanContent& next)
    {
        return own.input.size() == next.input.size() && own.input.back().role == next.input.back().role &&
               std::equal(own.input.back().parts.begin(), own.input.back().parts.end(), next.input.back().parts.begin(),
                          next.input.back().parts.end(),
                          [](const Part& a, const Part& b) { return a.kind == b.kind && a.text == b.text; });
    }

    /// The agent whose conversation it is; noRow: that of the trace.
    Row conversationOf(Row row) const
    {
        const Corpus& corpus = m_trace.corpus();
        for (Row up = m_spans.parent(row); up != noRow; up = m_spans.parent(up)) {
            if (m_spans.kind(up) == SpanKind::Agent && !corpus.text(SpanText::Agent, up).empty())
                return up;
        }
        return noRow;
    }

    /// Of the lists that were written before this call in its conversation the last one counts.
    bool hasOpenItems(std::size_t at, const StoppedCall& call)
    {
        if (const auto lists = m_lists.find(at); lists != m_lists.end()) {
            for (const Row row : lists->second) {
                const auto content = m_trace.content(row);
                if (content && !content->toolFailed)
                    readItems(conversationOf(row), content->toolArguments);
            }
        }
        const Row own = conversationOf(call.row);
        const bool open = m_openItems[own];
        for (const StopText& asked : call.calls) {
            if (isItemTool(asked.name))
                readItems(own, asked.text);
        }
        return open;
    }

    void readItems(Row conversation, std::string_view arguments)
    {
        const auto items = itemsIn(arguments);
        m_openItems[conversation] = items && items->open > 0;
    }

    void repeat(const StoppedCall& call, StopSurroundings& around)
    {
        Repetition& before = m_repeated[m_spans.parent(call.row)];
        if (call.calls.empty()) {
            before = {};
            return;
        }
        Repetition now;
        now.asked = now.results = 14695981039346656037u;
        for (const StopText& asked : call.calls) {
            now.asked = mixed(mixed(now.asked, asked.name), asked.text);
            const auto result = m_results.find(std::string(asked.id));
            now.results = result == m_results.end() || now.results == 0 ? 0 : now.results ^ result->second;
        }
        const bool again = before.times > 0 && before.asked == now.asked;
        // The last of them may have no result yet.
        const bool otherResult = again && now.results != 0 && before.results != 0 && now.results != before.results;
        around.repeats = again ? before.times : 0;
        around.sameResults = again && before.results != 0 && before.sameResults;
        now.times = again && !otherResult ? before.times + 1 : 1;
        now.sameResults = !again || (before.sameResults && !otherResult && now.results != 0);
        before = now;
    }

    /// Of the model calls below a run the last one.
    const SpanStop* lastIn(Row run) const
    {
        const auto rows = m_trace.rows();
        const std::int64_t depth = m_spans.at(SpanColumn::Depth, run);
        const SpanStop* last = nullptr;
        std::size_t order = 0;
        for (std::size_t i = m_position.at(run) + 1; i < rows.size() && m_spans.at(SpanColumn::Depth, rows[i]) > depth;
             ++i) {
            const auto call = m_callAt.find(rows[i]);
            if (call != m_callAt.end() && (!last || call->second >= order)) {
                order = call->second;
                last = &m_stops[order];
            }
        }
        return last;
    }

    TraceReading& m_trace;
    const SpanTable& m_spans;
    std::unordered_map<Row, std::size_t> m_position;
    std::vector<Row> m_calls;
    std::unordered_map<Row, std::size_t> m_callAt;
    std::vector<bool> m_toolRan; ///< behind each of m_calls, before the next
    std::vector<Row> m_runs;
    bool m_tools = false;
    std::unordered_map<std::string, std::uint64_t> m_results; ///< by call id
    std::unordered_map<Row, FalseClaim> m_false;
    std::unordered_map<Row, Repetition> m_repeated;            ///< by parent
    std::unordered_map<std::size_t, std::vector<Row>> m_lists; ///< that spans of tools wrote, before each of m_calls
    std::unordered_map<Row, bool> m_openItems;                 ///< by conversation
    std::vector<SpanStop> m_stops;
};

} // namespace

std::vector<SpanStop> stopsOf(TraceReading& trace)
{
    return TraceStops(trace).take();
}

} // namespace arcscope
