#include "runsteps.h"

#include "callroles.h"
#include "canonicalkey.h"
#include "chunks.h"
#include "conversation.h"
#include "proselines.h"
#include "runattributes.h"
#include "tracespans.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

namespace arcscope
{
namespace
{

constexpr std::size_t keptResult = 4'096;

using PlaceKey = std::tuple<Row, TextPlace::Of, std::uint32_t, std::uint32_t>;

PlaceKey keyOf(Row row, const TextPlace& place)
{
    return {row, place.of, place.message, place.part};
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t next)
{
    hash = (hash ^ next) * 0x9e3779b97f4a7c15U;
    return hash ^ hash >> 29U;
}

std::string_view textAt(const SpanContent& content, const TextPlace& place)
{
    if (place.of == TextPlace::Of::ToolArguments)
        return content.toolArguments;
    if (place.of == TextPlace::Of::ToolResult)
        return content.toolResult;
    if (place.of != TextPlace::Of::Input && place.of != TextPlace::Of::Output)
        return {};
    const std::vector<Message>& messages = place.of == TextPlace::Of::Input ? content.input : content.output;
    if (place.message >= messages.size() || place.part >= messages[place.message].parts.size())
        return {};
    return messages[place.message].parts[place.part].text;
}

class StepMaker
{
public:
    StepMaker(TraceReading& trace, std::span<const SpanStop> stops)
        : m_trace(trace)
        , m_spans(trace.corpus().spans)
        , m_tree(trace.calls())
        , m_places(trace)
    {
        for (const SpanStop& stop : stops)
            m_stops.emplace(stop.row, stop.bucket);
        m_stepOfCall.assign(m_tree.calls.size(), RunStep::none);
        for (std::uint32_t i = 0; i < m_tree.calls.size(); ++i) {
            const TreeCall& call = m_tree.calls[i];
            for (const CallText* text : {&call.asked, &call.arguments, &call.result})
                put(text->row, text->place, i);
            for (const CallReceipt& receipt : call.receipts)
                put(receipt.row, receipt.place, i);
            if (call.span != noRow)
                m_callOfSpan.emplace(call.span, i);
        }
    }

    RunSteps make()
    {
        const Conversation conversation = conversationOf(m_trace);
        m_out.whole = conversation.whole;
        for (const Turn& turn : conversation.turns)
            add(turn);
        addSilent();
        nest();
        markAnswersToUsers();
        readSpans();
        return std::move(m_out);
    }

private:
    void put(Row row, const TextPlace& place, std::uint32_t call)
    {
        if (row != noRow && place.of != TextPlace::Of::None)
            m_callAt.emplace(keyOf(row, place), call);
    }

    void add(const Turn& turn)
    {
        if (turn.kind == PartKind::ToolCall || turn.kind == PartKind::ToolResult) {
            const auto known = m_callAt.find(keyOf(turn.row, turn.place));
            if (known != m_callAt.end())
                addCall(known->second);
            return; // of others the tree has the call at another place
        }
        if (!turn.isSaid() || (turn.repeats && turn.role != Role::Assistant))
            return;
        RunStep step;
        step.kind = turn.role == Role::System      ? ReplayStepKind::System
                    : turn.role == Role::User      ? ReplayStepKind::User
                    : turn.role == Role::Assistant ? ReplayStepKind::Answer
                                                   : ReplayStepKind::Environment;
        step.row = turn.row;
        step.place = turn.place;
        step.text = turn.text;
        step.tool = turn.author;
        step.words = turn.words;
        step.time = turn.time;
        if (step.kind == ReplayStepKind::Answer && turn.place.of == TextPlace::Of::Output) {
            step.call = turn.row;
            m_last[turn.row] = static_cast<std::uint32_t>(m_steps.size());
        }
        m_steps.push_back(std::move(step));
    }

    void addCall(std::uint32_t index)
    {
        if (m_stepOfCall[index] != RunStep::none)
            return;
        const TreeCall& call = m_tree.calls[index];
        m_stepOfCall[index] = static_cast<std::uint32_t>(m_steps.size());
        m_steps.push_back(stepOf(call));
    }

    RunStep stepOf(const TreeCall& call)
    {
        RunStep step;
        step.kind = call.kind == CallKind::Agent ? ReplayStepKind::Agent : ReplayStepKind::ToolCall;
        const CallText& said = call.arguments.row != noRow ? call.arguments : call.asked;
        step.row = said.row != noRow ? said.row : call.span;
        step.place = said.place;
        step.text = textOf(said, maxTurnText);
        step.tool = call.tool;
        step.resultRow = call.result.row;
        step.resultPlace = call.result.place;
        step.result = textOf(call.result, keptResult);
        step.words = mixed(hashOf(call.tool), call.argumentsKey);
        step.resultKey = call.resultKey;
        step.outcome = call.outcome;
        step.effect = effectOf(call.tool);
        const std::vector<std::string> words = wordsOfToolName(call.tool);
        step.memory = std::ranges::find(words, "memory") != words.end();
        step.call = call.asker;
        step.time = call.start != noTime ? call.start : call.askedAt;
        if (call.span != noRow) {
            if (const auto content = m_trace.content(call.span))
                step.mode = toolModeOf(content->attributes);
        }
        return step;
    }

    std::string textOf(const CallText& at, std::size_t most)
    {
        const auto content = at.row == noRow ? nullptr : m_trace.content(at.row);
        return content ? quoted(textAt(*content, at.place), most) : std::string();
    }

    /// Calls of which no text is recorded, agents, documents, and answers without a word: behind the last step of a
    /// span before theirs.
    void addSilent()
    {
        struct Late {
            std::uint32_t place = 0;
            RunStep step;
            std::uint32_t call = RunStep::none;
        };
        std::vector<Late> late;
        std::unordered_set<Row> answering;
        for (const RunStep& step : m_steps)
            answering.insert(step.call);
        for (std::uint32_t i = 0; i < m_tree.calls.size(); ++i) {
            const TreeCall& call = m_tree.calls[i];
            if (m_stepOfCall[i] != RunStep::none)
                continue;
            const Row at = call.span != noRow ? call.span : call.asker != noRow ? call.asker : call.result.row;
            const std::uint32_t place = m_places.placeOf(at);
            if (place == TraceSpans::none || isLoneSpeaker(call, place))
                continue;
            late.push_back({place, stepOf(call), i});
        }
        for (std::uint32_t place = 0; place < m_places.rows.size(); ++place) {
            const Row row = m_places.rows[place];
            if (m_places.kind(place) == SpanKind::Retrieval) {
                late.push_back({place, documents(row), RunStep::none});
                continue;
            }
            const auto stop = m_stops.find(row);
            const bool silent = m_places.kind(place) == SpanKind::ModelCall && !answering.contains(row);
            if (silent && stop != m_stops.end() && stop->second != StopBucket::Unknown &&
                stop->second != StopBucket::Handoff) {
                RunStep step;
                step.row = step.call = row;
                step.place.of = TextPlace::Of::Output;
                step.time = m_places.start(place);
                step.bucket = stop->second;
                late.push_back({place, std::move(step), RunStep::none});
            }
        }
        if (late.empty())
            return;
        std::ranges::stable_sort(late, {}, &Late::place);
        std::vector<RunStep> merged;
        merged.reserve(m_steps.size() + late.size());
        std::vector<std::uint32_t> moved(m_steps.size());
        std::vector<std::uint32_t> lateAt(m_tree.calls.size(), RunStep::none);
        std::size_t next = 0;
        const auto flush = [&](std::uint32_t upTo) {
            for (; next < late.size() && late[next].place < upTo; ++next) {
                if (late[next].call != RunStep::none)
                    lateAt[late[next].call] = static_cast<std::uint32_t>(merged.size());
                merged.push_back(std::move(late[next].step));
            }
        };
        std::uint32_t furthest = 0;
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            const std::uint32_t place = m_places.placeOf(m_steps[i].row);
            if (place != TraceSpans::none && m_steps[i].place.of != TextPlace::Of::Input)
                furthest = std::max(furthest, place);
            flush(furthest);
            moved[i] = static_cast<std::uint32_t>(merged.size());
            merged.push_back(std::move(m_steps[i]));
        }
        flush(TraceSpans::none);
        for (std::uint32_t i = 0; i < m_stepOfCall.size(); ++i)
            m_stepOfCall[i] = m_stepOfCall[i] == RunStep::none ? lateAt[i] : moved[m_stepOfCall[i]];
        for (auto& [row, step] : m_last)
            step = moved[step];
        m_steps = std::move(merged);
    }

    /// A span of an agent that says something itself and holds nothing: its answer stands for it.
    bool isLoneSpeaker(const TreeCall& call, std::uint32_t place) const
    {
        return call.kind == CallKind::Agent && m_places.end[place] == place + 1;
    }

    RunStep documents(Row row)
    {
        RunStep step;
        step.kind = ReplayStepKind::Environment;
        step.retrieval = true;
        step.row = row;
        step.time = m_spans.start(row);
        step.tool = m_trace.corpus().text(SpanText::Name, row);
        for (const Chunk& chunk : chunksOf(m_trace, row)) {
            step.words = mixed(step.words, hashOf(chunk.document + '\n' + chunk.version + '\n' + chunk.text));
            step.gone = step.gone || chunk.deleted;
            if (step.text.size() < keptResult)
                step.text += (step.text.empty() ? "" : "\n") + chunk.document +
                             (chunk.version.empty() ? "" : " " + chunk.version);
            step.place = chunk.place.text;
        }
        return step;
    }

    std::uint32_t parentOf(const RunStep& step, std::uint32_t self) const
    {
        const Row own = step.call != noRow ? step.call : step.row;
        std::uint32_t place = m_places.placeOf(own);
        while (place != TraceSpans::none) {
            place = m_places.conversation[place];
            if (place == TraceSpans::none)
                break;
            const auto call = m_callOfSpan.find(m_places.rows[place]);
            if (call == m_callOfSpan.end())
                continue;
            const std::uint32_t parent = m_stepOfCall[call->second];
            if (parent != RunStep::none && parent != self)
                return parent;
        }
        return RunStep::none;
    }

    /// Puts what lies within a call behind it.
    void nest()
    {
        const auto count = static_cast<std::uint32_t>(m_steps.size());
        std::vector<std::vector<std::uint32_t>> children(std::size_t(count) + 1);
        std::vector<std::uint32_t> parents(count);
        for (std::uint32_t i = 0; i < count; ++i)
            parents[i] = parentOf(m_steps[i], i);
        for (std::uint32_t i = 0; i < count; ++i) {
            if (isWithinItself(parents, i))
                parents[i] = RunStep::none;
            children[parents[i] == RunStep::none ? count : parents[i]].push_back(i);
        }
        struct Open {
            std::uint32_t step; ///< of the old order; count: the whole run
            std::size_t next = 0;
            std::uint32_t now = RunStep::none; ///< where it stands now
        };
        std::vector<std::uint32_t> now(count);
        m_out.steps.reserve(count);
        std::vector<Open> open{{count}};
        while (!open.empty()) {
            const Open at = open.back();
            if (at.next == children[at.step].size()) {
                if (at.now != RunStep::none)
                    m_out.steps[at.now].end = static_cast<std::uint32_t>(m_out.steps.size());
                open.pop_back();
                continue;
            }
            ++open.back().next;
            const std::uint32_t child = children[at.step][at.next];
            now[child] = static_cast<std::uint32_t>(m_out.steps.size());
            RunStep& step = m_out.steps.emplace_back(std::move(m_steps[child]));
            step.parent = at.now;
            step.depth = static_cast<std::uint32_t>(open.size() - 1);
            open.push_back({child, 0, now[child]});
        }
        for (auto& [row, step] : m_last)
            step = now[step];
    }

    static bool isWithinItself(const std::vector<std::uint32_t>& parents, std::uint32_t step)
    {
        std::uint32_t up = parents[step];
        for (std::size_t walked = 0; up != RunStep::none && walked < parents.size(); ++walked) {
            if (up == step)
                return true;
            up = parents[up];
        }
        return up != RunStep::none;
    }

    void markAnswersToUsers()
    {
        for (const auto& [row, index] : m_last) {
            const auto stop = m_stops.find(row);
            if (stop != m_stops.end())
                m_out.steps[index].bucket = stop->second;
        }
        RunStep* last = nullptr;
        for (RunStep& step : m_out.steps) {
            step.sketch = textSketch(step.text);
            if (step.depth != 0)
                continue;
            if (step.kind == ReplayStepKind::User && last)
                last->toUser = true;
            if (step.kind == ReplayStepKind::User)
                last = nullptr;
            if (step.kind == ReplayStepKind::Answer)
                last = &step;
        }
        if (last)
            last->toUser = true;
    }

    void readSpans()
    {
        for (std::uint32_t place = 0; place < m_places.rows.size(); ++place) {
            const Row row = m_places.rows[place];
            const Nanos start = m_spans.start(row);
            if (start != noTime && (m_out.start == noTime || start < m_out.start))
                m_out.start = start;
            const bool model = m_places.kind(place) == SpanKind::ModelCall;
            if (!model && m_spans.at(SpanColumn::Depth, row) != 0)
                continue;
            const auto content = m_trace.content(row);
            if (!content)
                continue;
            readVersions(content->attributes, m_out.memory, m_out.retrieval);
            if (model)
                m_out.calls.emplace(row, contextOf(row, *content));
        }
    }

    bool isFirstOfItsConversation(Row row) const
    {
        const std::uint32_t place = m_places.placeOf(row);
        return place != TraceSpans::none &&
               m_places.modelCallsBefore(m_places.conversation[place], m_places.begins(place)) <= 1;
    }

    CallContext contextOf(Row row, const SpanContent& content) const
    {
        CallContext context;
        bool whole = isFirstOfItsConversation(row);
        for (const Message& message : content.input) {
            whole = whole || message.role != Role::User;
            for (const Part& part : message.parts) {
                if (part.kind == PartKind::Reasoning)
                    continue;
                const bool call = part.kind == PartKind::ToolCall;
                const std::uint64_t words = call ? mixed(hashOf(part.name), canonicalKey(part.text))
                                                 : turnWords(part.text, message.role, part.kind);
                context.input = mixed(context.input + 1, words);
                if (message.role == Role::System)
                    context.system = mixed(context.system + 1, words);
            }
        }
        if (!whole) // a log, which tells only what is new
            context.input = 0;
        context.tools = offeredTools(content.attributes);
        context.temperature = requestNumber(content, "temperature");
        context.topP = requestNumber(content, "top_p");
        context.seed = requestNumber(content, "seed");
        context.maxTokens = requestNumber(content, "max_tokens");
        context.cacheRead = m_spans.usage(row)[UsageClass::CacheRead];
        return context;
    }

    TraceReading& m_trace;
    const SpanTable& m_spans;
    const CallTree& m_tree;
    const TraceSpans m_places;
    std::unordered_map<Row, StopBucket> m_stops;
    std::map<PlaceKey, std::uint32_t> m_callAt;
    std::unordered_map<Row, std::uint32_t> m_callOfSpan;
    std::vector<std::uint32_t> m_stepOfCall;
    std::vector<RunStep> m_steps;
    std::unordered_map<Row, std::uint32_t> m_last; ///< the last answer of a model call
    RunSteps m_out;
};

} // namespace

RunSteps runSteps(TraceReading& trace, std::span<const SpanStop> stops)
{
    return StepMaker(trace, stops).make();
}

} // namespace arcscope
