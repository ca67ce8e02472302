#include "conversation.h"

#include "joinedthreads.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace arcscope
{
namespace
{

/// The threads that are asked whether they hold a message; the last ones that do.
constexpr std::size_t mostThreadsOfWords = 8;

} // namespace

std::uint64_t turnWords(std::string_view text, Role role, PartKind kind)
{
    std::uint64_t hash = 14695981039346656037U;
    const auto add = [&](unsigned char c) { hash = (hash ^ c) * 1099511628211U; };
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > ' ')
            add(static_cast<unsigned char>(c));
    }
    const bool ofTool = kind == PartKind::ToolResult || kind == PartKind::ToolCall;
    add(ofTool ? 255 : static_cast<unsigned char>(role)); // results come in messages of any role
    add(static_cast<unsigned char>(kind));
    return hash;
}

namespace
{

bool isBlank(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

struct OpenThread {
    Row within = noRow;       ///< the tool call that it runs in
    std::uint64_t system = 0; ///< 0: none was sent
    Row parent = noRow;       ///< of the last model call
    bool tellsHistory = false;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> places; ///< of its turns, by words
    std::size_t lastOutput = 0;                                           ///< behind the last turn that a call gave
    std::size_t lastLength = 0;                                           ///< turns before the last call's outputs
};

class Builder
{
public:
    explicit Builder(TraceReading& trace)
        : m_trace(trace)
        , m_spans(trace.corpus().spans)
    {
    }

    Conversation build()
    {
        markContainers();
        for (const Moment& moment : moments()) {
            if (!m_out.whole)
                break;
            if (moment.end && onlyRepeats(moment.row))
                continue;
            const auto content = m_trace.content(moment.row);
            if (content && moment.end)
                addEnd(moment, *content);
            else if (content)
                addStart(moment, *content);
        }
        if (isOfSeveral())
            joinThreads(m_trace.corpus(), m_out);
        return std::move(m_out);
    }

private:
    struct Moment {
        Nanos sort = 0; ///< of spans without a time that of the one before
        Nanos time = noTime;
        Row row = noRow;
        bool end = false;
    };

    bool isOfSeveral() const
    {
        const auto rows = m_trace.rows();
        const auto traceOf = [&](Row row) { return m_spans.at(SpanColumn::Trace, row); };
        return !rows.empty() && traceOf(rows.front()) != traceOf(rows.back());
    }

    /// Spans around model calls, and the tool call that each span runs in.
    void markContainers()
    {
        for (const Row row : m_trace.rows()) {
            const Row parent = m_spans.parent(row);
            if (parent != noRow && m_spans.kind(parent) == SpanKind::ToolCall)
                m_within[row] = parent;
            else if (const auto known = m_within.find(parent); parent != noRow && known != m_within.end())
                m_within[row] = known->second;
            if (m_spans.kind(row) != SpanKind::ModelCall)
                continue;
            for (Row up = parent; up != noRow && m_containers.insert(up).second;)
                up = m_spans.parent(up);
        }
    }

    std::vector<Moment> moments() const
    {
        std::vector<Moment> all;
        Nanos last = 0;
        for (const Row row : m_trace.rows()) {
            const TimeRange range = m_spans.range(row);
            const Nanos start = m_spans.start(row);
            if (start != noTime)
                last = start;
            all.push_back({last, start, row, false});
            const bool ended = start != noTime && m_spans.duration(row) >= 0;
            all.push_back({ended ? range.end : last, ended ? range.end : start, row, true});
        }
        std::ranges::stable_sort(all, {}, &Moment::sort);
        return all;
    }

    /// What it says is said by model calls.
    bool onlyRepeats(Row row) const
    {
        const SpanKind kind = m_spans.kind(row);
        return kind != SpanKind::ToolCall &&
               (m_containers.contains(row) || (kind != SpanKind::ModelCall && m_told.contains(within(row))));
    }
    Row within(Row row) const
    {
        const auto known = m_within.find(row);
        return known == m_within.end() ? noRow : known->second;
    }

    std::vector<Turn> turnsOf(const Moment& moment, const std::vector<Message>& messages, TextPlace::Of of) const
    {
        std::vector<Turn> turns;
        for (std::size_t m = 0; m < messages.size(); ++m) {
            const Message& message = messages[m];
            for (std::size_t p = 0; p < message.parts.size(); ++p) {
                const Part& part = message.parts[p];
                const bool shown = part.kind == PartKind::Text || part.kind == PartKind::Refusal ||
                                   part.kind == PartKind::ToolCall || part.kind == PartKind::ToolResult;
                if (!shown || (part.kind != PartKind::ToolCall && isBlank(part.text)))
                    continue;
                Turn& turn = turns.emplace_back();
                turn.place = {of, static_cast<std::uint32_t>(m), static_cast<std::uint32_t>(p)};
                turn.role = message.role;
                turn.kind = part.kind;
                turn.text = part.text;
                turn.author = message.name;
                turn.tool = part.name;
                turn.callId = part.id;
                turn.failed = part.failed;
                fill(turn, moment);
            }
        }
        return turns;
    }

    void fill(Turn& turn, const Moment& moment) const
    {
        turn.row = moment.row;
        turn.time = moment.time;
        turn.words = turnWords(turn.text, turn.role, turn.kind);
        if (turn.text.size() > maxTurnText)
            turn.text = quoted(turn.text, maxTurnText);
        if (turn.author.empty() && (turn.role == Role::User || turn.role == Role::Assistant))
            turn.author = m_trace.corpus().text(turn.role == Role::User ? SpanText::User : SpanText::Agent, moment.row);
    }

    void addStart(const Moment& moment, const SpanContent& content)
    {
        if (m_spans.kind(moment.row) == SpanKind::ToolCall) {
            addToolText(moment, content.toolArguments, PartKind::ToolCall, false);
            return;
        }
        std::vector<Turn> input = turnsOf(moment, content.input, TextPlace::Of::Input);
        if (onlyRepeats(moment.row))
            std::erase_if(input, [](const Turn& turn) { return turn.role != Role::System; });
        else if (m_spans.kind(moment.row) == SpanKind::ModelCall)
            addCall(moment, input);
        if (m_spans.kind(moment.row) != SpanKind::ModelCall && !input.empty()) {
            OpenThread& thread = logThread(within(moment.row));
            for (const Turn& turn : input)
                append(thread, turn);
        }
    }

    void addEnd(const Moment& moment, const SpanContent& content)
    {
        if (m_spans.kind(moment.row) == SpanKind::ToolCall) {
            addToolText(moment, content.toolResult, PartKind::ToolResult, content.toolFailed);
            return;
        }
        const auto chosen = m_threadOf.find(moment.row);
        OpenThread& thread = chosen == m_threadOf.end() ? logThread(within(moment.row)) : m_threads[chosen->second];
        thread.lastLength = turnsIn(thread).size();
        for (const Turn& turn : turnsOf(moment, content.output, TextPlace::Of::Output))
            append(thread, turn);
        thread.lastOutput = turnsIn(thread).size();
    }

    void addToolText(const Moment& moment, const std::string& text, PartKind kind, bool failed)
    {
        Turn turn;
        turn.place.of = kind == PartKind::ToolCall ? TextPlace::Of::ToolArguments : TextPlace::Of::ToolResult;
        turn.role = kind == PartKind::ToolCall ? Role::Assistant : Role::Tool;
        turn.kind = kind;
        turn.text = text;
        turn.failed = failed;
        turn.tool = m_trace.corpus().text(SpanText::Tool, moment.row);
        turn.callId = m_trace.corpus().text(SpanText::ToolCallId, moment.row);
        fill(turn, moment);
        OpenThread& thread = lastThread(moment.row);
        if (!isBlank(text) && isFresh(thread, turn))
            append(thread, turn);
    }

    /// The input of a model call: finds the thread that it goes on with, and appends what is new.
    void addCall(const Moment& moment, const std::vector<Turn>& input)
    {
        std::uint64_t system = 0;
        bool history = false;
        std::size_t said = 0;
        for (const Turn& turn : input) {
            if (turn.role == Role::System)
                system = system == 0 ? turn.words : system;
            else
                ++said;
            history = history || turn.isAssistants() || turn.kind == PartKind::ToolCall;
        }
        if (said > 0)
            m_told.insert(within(moment.row));
        std::optional<std::uint32_t> thread = said == 0 ? std::nullopt : threadThatHolds(moment.row, input, system);
        const bool alone = system == 0 && !history;
        const bool inSession = !m_trace.corpus().text(SpanText::Session, moment.row).empty();
        if (!thread && alone && (said == 0 || inSession)) {
            OpenThread& log = logThread(within(moment.row));
            const bool beside = log.parent == noRow || log.parent == m_spans.parent(moment.row);
            if (said == 0 || (!log.tellsHistory && beside))
                thread = indexOf(log);
        }
        if (!thread)
            thread = newThread(within(moment.row), system);
        m_threadOf[moment.row] = *thread;
        m_threads[*thread].parent = m_spans.parent(moment.row);
        m_threads[*thread].tellsHistory = m_threads[*thread].tellsHistory || history;
        appendNew(m_threads[*thread], input);
    }

    /// The thread of which the input repeats most, if it is a later state of it.
    std::optional<std::uint32_t> threadThatHolds(Row row, const std::vector<Turn>& input, std::uint64_t system)
    {
        std::unordered_map<std::uint32_t, std::size_t> votes;
        for (const Turn& turn : input) {
            const auto known = m_threadsOfWords.find(turn.words);
            if (turn.role == Role::System || known == m_threadsOfWords.end())
                continue;
            for (const std::uint32_t thread : known->second)
                ++votes[thread];
        }
        std::optional<std::uint32_t> best;
        std::size_t most = 0;
        for (const auto& [index, count] : votes) {
            const OpenThread& thread = m_threads[index];
            const bool same = thread.within == within(row) && (thread.system == system || system == 0);
            if (same && (count > most || (count == most && best && index > *best)) && goesOn(thread, input)) {
                best = index;
                most = count;
            }
        }
        return best;
    }

    struct Aligned {
        std::uint32_t at = 0; ///< the turn of the thread behind the last one that the input has, too
        std::size_t next = 0; ///< the message of the input behind it
    };

    /// Finds the input in the thread, in order.
    static Aligned aligned(const OpenThread& thread, const std::vector<Turn>& input)
    {
        Aligned found;
        for (std::size_t i = 0; i < input.size(); ++i) {
            const auto known = thread.places.find(input[i].words);
            if (known == thread.places.end())
                continue;
            const auto place = std::ranges::lower_bound(known->second, found.at);
            if (place != known->second.end())
                found = {*place + 1, i + 1};
        }
        return found;
    }

    /// Something new stands at the end of the input, or it comes up to what the last call gave.
    bool goesOn(const OpenThread& thread, const std::vector<Turn>& input) const
    {
        const Aligned found = aligned(thread, input);
        return found.next < input.size() || found.at > thread.lastLength || turnsIn(thread).size() == thread.lastLength;
    }

    /// Appends what stands behind the last message that the thread has.
    void appendNew(OpenThread& thread, const std::vector<Turn>& input)
    {
        auto [at, next] = aligned(thread, input);
        // What the last call gave may be told in another form.
        if (next > 0 && at <= thread.lastLength && thread.lastLength < thread.lastOutput) {
            while (next < input.size() && input[next].role == Role::Assistant)
                ++next;
        }
        for (; next < input.size(); ++next) {
            if (!isFresh(thread, input[next]))
                continue; // spans of tools ended in another order
            append(thread, input[next]);
        }
    }

    /// False for calls and results that came since the last call was made.
    static bool isFresh(const OpenThread& thread, const Turn& turn)
    {
        const auto known = thread.places.find(turn.words);
        const bool ofTool = turn.kind == PartKind::ToolCall || turn.kind == PartKind::ToolResult;
        return !ofTool || known == thread.places.end() || known->second.back() < thread.lastLength;
    }

    /// The one that ran last in the tool call, or in one around it.
    OpenThread& lastThread(Row row)
    {
        for (Row around = within(row); true; around = within(around)) {
            if (const auto known = m_last.find(around); known != m_last.end())
                return m_threads[known->second];
            if (around == noRow)
                return m_threads[newThread(within(row), 0)];
        }
    }

    /// What spans tell that have no history.
    OpenThread& logThread(Row within)
    {
        const auto known = m_logs.find(within);
        return known == m_logs.end() ? m_threads[newThread(within, 0)] : m_threads[known->second];
    }

    std::uint32_t newThread(Row within, std::uint64_t system)
    {
        const auto index = static_cast<std::uint32_t>(m_threads.size());
        m_threads.push_back({within, system, noRow, false, {}, 0, 0});
        m_out.threads.emplace_back();
        m_last[within] = index;
        if (system == 0)
            m_logs.try_emplace(within, index);
        return index;
    }

    std::uint32_t indexOf(const OpenThread& thread) const
    {
        return static_cast<std::uint32_t>(&thread - m_threads.data());
    }
    const Thread& turnsIn(const OpenThread& thread) const { return m_out.threads[indexOf(thread)]; }

    void append(OpenThread& thread, Turn turn)
    {
        if (m_out.turns.size() >= maxTurns) {
            m_out.whole = false;
            return;
        }
        const std::uint32_t index = indexOf(thread);
        std::vector<std::uint32_t>& holders = m_threadsOfWords[turn.words];
        turn.repeats = !holders.empty() && !thread.places.contains(turn.words);
        if (holders.empty() || holders.back() != index)
            holders.push_back(index);
        if (holders.size() > mostThreadsOfWords)
            holders.erase(holders.begin());
        turn.thread = index;
        Thread& turns = m_out.threads[index];
        thread.places[turn.words].push_back(static_cast<std::uint32_t>(turns.size()));
        turns.push_back(static_cast<std::uint32_t>(m_out.turns.size()));
        m_out.turns.push_back(std::move(turn));
        m_last[thread.within] = index;
    }

    TraceReading& m_trace;
    const SpanTable& m_spans;
    Conversation m_out;
    std::vector<OpenThread> m_threads;
    std::unordered_set<Row> m_containers;
    std::unordered_set<Row> m_told; ///< tool calls (noRow: none) within which model calls have inputs
    std::unordered_map<Row, Row> m_within;
    std::unordered_map<Row, std::uint32_t> m_threadOf;
    std::unordered_map<Row, std::uint32_t> m_last; ///< thread by the tool call around it
    std::unordered_map<Row, std::uint32_t> m_logs;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_threadsOfWords;
};

} // namespace

Conversation conversationOf(TraceReading& trace)
{
    return Builder(trace).build();
}

FindingPlace placeOf(const Turn& turn, std::size_t from, std::size_t to)
{
    FindingPlace place;
    place.row = turn.row;
    place.time = turn.time;
    place.text = turn.place;
    place.quote = quoted(std::string_view(turn.text).substr(from, to - from));
    place.from = static_cast<std::int64_t>(from);
    place.to = static_cast<std::int64_t>(from + place.quote.size());
    return place;
}

FindingPlace placeOf(const Turn& turn)
{
    return placeOf(turn, 0, std::min(turn.text.size(), maxQuote));
}

} // namespace arcscope
