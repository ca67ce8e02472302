#include "callmentions.h"

#include "canonicalkey.h"
#include "detector.h"
#include "ids.h"
#include "jsonread.h"
#include "proselines.h"
#include "traceclaims.h"

#include <algorithm>
#include <deque>
#include <numeric>

namespace arcscope
{
namespace
{

/// Their texts judge others: calls in them are quotes.
bool isJudge(SpanKind kind)
{
    return kind == SpanKind::Evaluator || kind == SpanKind::Guardrail || kind == SpanKind::Embedding;
}

bool saysTimeout(std::string_view text)
{
    constexpr std::size_t looked = 400;
    const std::string words = prose::lower(text.substr(0, looked));
    return words.find("timed out") != std::string::npos || words.find("timeout") != std::string::npos ||
           words.find("deadline exceeded") != std::string::npos;
}

/// Some programs write the tools that a model may call as messages of the role of tools.
bool definesTool(std::string_view text)
{
    if (!prose::trimmed(text).starts_with('{') || text.size() > longestCanonical)
        return false;
    JsonStory story;
    story.feed(text);
    if (story.finish() != JsonState::Complete)
        return false;
    JsonReading reading(story);
    const JsonIndex function = reading.member(0, "function");
    return function >= 0 && reading.member(function, "name") >= 0 && reading.member(function, "arguments") < 0;
}

std::uint64_t joined(std::uint64_t hash, std::uint64_t next)
{
    hash = (hash ^ next) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 31;
}

/// The calls of one list of messages that nobody has answered so far.
class OpenCalls
{
public:
    void ask(std::string_view id, std::string_view tool, std::uint64_t words, std::uint32_t nth)
    {
        if (!id.empty())
            m_byId[id].push_back(m_all.size());
        m_byTool[tool].push_back(m_all.size());
        m_all.push_back({id, words, nth, false});
    }

    struct Asked {
        std::string_view id;
        std::uint64_t words = 0;
        std::uint32_t nth = 0;
        bool answered = false;
    };

    void answer(std::string_view id)
    {
        const auto found = m_byId.find(id);
        if (Asked* const asked = found == m_byId.end() ? nullptr : first(found->second))
            asked->answered = true;
    }
    /// The first one of that tool (any, where it has no name); null: none is open.
    Asked* answerOf(std::string_view tool)
    {
        Asked* asked = nullptr;
        if (tool.empty()) {
            while (m_next < m_all.size() && m_all[m_next].answered)
                ++m_next;
            asked = m_next < m_all.size() ? &m_all[m_next] : nullptr;
        } else if (const auto found = m_byTool.find(tool); found != m_byTool.end()) {
            asked = first(found->second);
        }
        if (asked)
            asked->answered = true;
        return asked;
    }

private:
    Asked* first(std::deque<std::size_t>& queue)
    {
        while (!queue.empty() && m_all[queue.front()].answered)
            queue.pop_front();
        return queue.empty() ? nullptr : &m_all[queue.front()];
    }

    std::deque<Asked> m_all;
    std::size_t m_next = 0;
    std::unordered_map<std::string_view, std::deque<std::size_t>> m_byId;
    std::unordered_map<std::string_view, std::deque<std::size_t>> m_byTool;
};

class Collecting
{
public:
    Collecting(const Corpus& corpus, const TraceSpans& spans, CallMentions& into)
        : m_corpus(corpus)
        , m_spans(spans)
        , m_into(into)
    {
    }

    void read(std::uint32_t place, const SpanContent& content)
    {
        const bool model = m_spans.kind(place) == SpanKind::ModelCall;
        m_into.hasInput[place] = model && !content.input.empty();
        if (m_into.hasInput[place])
            m_into.thread[place] = threadOf(place, content.input);
        list(place, content.input, TextPlace::Of::Input, m_into.told);
        list(place, content.output, TextPlace::Of::Output, model ? m_into.asked : m_into.told);
        if (m_spans.kind(place) == SpanKind::ToolCall)
            run(place, content);
        else if (auto notification = mcpNotificationOf(content, m_spans.start(place)))
            m_into.notifications.emplace_back(place, std::move(*notification));
    }

    /// Where inputs hold only what is new nobody knows where a conversation begins: all is one.
    void finish()
    {
        for (std::uint32_t place = 0; place < m_into.thread.size(); ++place) {
            if (!m_whole.contains(m_spans.conversation[place]))
                m_into.thread[place] = 0;
        }
    }

private:
    /// By the first words of a user, and how often a conversation has begun with them.
    std::uint32_t threadOf(std::uint32_t place, const std::vector<Message>& input)
    {
        std::uint64_t first = m_spans.conversation[place];
        bool begins = true;
        bool told = false; // a user spoke
        for (const Message& message : input) {
            begins = begins && message.role != Role::Assistant && message.role != Role::Tool;
            if (message.role == Role::Assistant)
                m_whole.insert(m_spans.conversation[place]);
            if (told || message.role != Role::User)
                continue;
            told = true;
            for (const Part& part : message.parts)
                first = joined(first, hashOf(part.text));
        }
        Thread& thread = m_threads[first];
        if (begins && (thread.number == 0 || thread.goesOn))
            thread = {++m_lastThread, false};
        else
            thread.goesOn = thread.goesOn || !begins;
        return thread.number;
    }

    void list(std::uint32_t place, const std::vector<Message>& messages, TextPlace::Of of,
              std::vector<CallMention>& calls)
    {
        OpenCalls open;
        std::unordered_map<std::uint64_t, std::uint32_t> counts;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Message& message = messages[i];
            const bool marked = std::any_of(message.parts.begin(), message.parts.end(),
                                            [](const Part& part) { return part.kind == PartKind::ToolResult; });
            for (std::size_t j = 0; j < message.parts.size(); ++j) {
                const Part& part = message.parts[j];
                const bool call = part.kind == PartKind::ToolCall;
                const bool result = part.kind == PartKind::ToolResult ||
                                    (!marked && message.role == Role::Tool && part.kind == PartKind::Text);
                if (!call && !result)
                    continue;
                CallMention mention;
                mention.place = place;
                mention.text = {of, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)};
                mention.moment = of == TextPlace::Of::Input ? m_spans.begins(place) : m_spans.finishes(place);
                mention.tool = part.name.empty() && !call ? message.name : part.name;
                mention.id = part.id;
                mention.failed = part.failed;
                if (call)
                    ask(std::move(mention), part, open, counts, calls);
                else
                    answer(std::move(mention), part, open, counts);
            }
        }
    }

    void ask(CallMention mention, const Part& part, OpenCalls& open,
             std::unordered_map<std::uint64_t, std::uint32_t>& counts, std::vector<CallMention>& calls)
    {
        const std::uint64_t raw = hashOf(part.text);
        mention.key = canonical(raw, part.text);
        mention.words = wordsOf(mention.tool, mention.key);
        mention.nth = counts[part.id.empty() ? mention.words : hashOf(part.id)]++;
        open.ask(part.id, part.name, mention.words, mention.nth);
        if (&calls == &m_into.asked || isNew(mention, raw, 1))
            calls.push_back(std::move(mention));
    }

    void answer(CallMention mention, const Part& part, OpenCalls& open,
                std::unordered_map<std::uint64_t, std::uint32_t>& counts)
    {
        if (!mention.id.empty()) {
            mention.nth = counts[joined(hashOf(mention.id), 1)]++;
            open.answer(mention.id);
        } else if (const OpenCalls::Asked* const asked = open.answerOf(mention.tool)) {
            mention.id = asked->id;
            mention.words = asked->words;
            mention.nth = asked->nth;
        } else if (mention.tool.empty() && definesTool(part.text)) {
            return;
        }
        const std::uint64_t raw = hashOf(part.text);
        const bool given =
            mention.text.of == TextPlace::Of::Input && m_spans.kind(mention.place) == SpanKind::ModelCall;
        if (!isNew(mention, raw, given ? 2 : 3))
            return;
        mention.key = canonical(raw, part.text);
        mention.failed = mention.failed || saysError(part.text);
        mention.timedOut = mention.failed && saysTimeout(part.text);
        m_into.results.push_back(std::move(mention));
    }

    /// Each conversation repeats what it said with every call: the first time counts.
    bool isNew(const CallMention& mention, std::uint64_t raw, std::uint64_t kind)
    {
        std::uint64_t hash = joined(kind, m_spans.conversation[mention.place]);
        for (const std::uint64_t next :
             {raw, hashOf(mention.id), hashOf(mention.tool), mention.words, std::uint64_t(mention.nth)})
            hash = joined(hash, next);
        return m_known.insert(hash).second;
    }

    std::uint64_t canonical(std::uint64_t raw, std::string_view text)
    {
        const auto [entry, isNew] = m_canonical.try_emplace(raw, 0);
        if (isNew)
            entry->second = canonicalKey(text);
        return entry->second;
    }

    void run(std::uint32_t place, const SpanContent& content)
    {
        const Row row = m_spans.rows[place];
        CallRun run;
        run.place = place;
        run.tool = m_corpus.text(SpanText::Tool, row);
        run.named = !run.tool.empty();
        if (!run.named)
            run.tool = m_corpus.text(SpanText::Name, row);
        run.id = m_corpus.text(SpanText::ToolCallId, row);
        run.hasArguments = !content.toolArguments.empty();
        run.hasResult = !content.toolResult.empty();
        run.arguments = canonicalKey(content.toolArguments);
        run.result = canonicalKey(content.toolResult);
        const SpanStatus status = m_spans.spans.status(row);
        // A source that says that it went well knows it better than the first words of a text.
        const bool trusted = status == SpanStatus::Ok && !prose::trimmed(content.toolResult).starts_with('{');
        run.failed = content.toolFailed || status == SpanStatus::Error || (!trusted && saysError(content.toolResult));
        run.timedOut = run.failed && (saysTimeout(m_corpus.text(SpanText::ErrorType, row)) ||
                                      saysTimeout(content.statusMessage) || saysTimeout(content.toolResult));
        run.mcp = mcpFactsOf(content, run.tool, m_spans.endOf(place) != noTime, run.failed);
        // Attributes may be kept within what another source says of the span.
        for (const Attribute& attribute : content.attributes) {
            const std::string_view key = attribute.key;
            if (run.id.empty() && (key.ends_with("tool.call.id") || key.ends_with("tool_call_id")))
                run.id = attribute.value;
            if (!run.named && key.ends_with("gen_ai.tool.name")) {
                run.tool = attribute.value;
                run.named = true;
            }
            if (key.ends_with("batch_id") || key.ends_with("batch.id") || key.ends_with("batchId"))
                run.batch = attribute.value;
        }
        for (const SpanEvent& event : content.events) {
            if (event.time != noTime && prose::lower(event.name).find("cancel") != std::string::npos)
                run.cancelledAt = run.cancelledAt == noTime ? event.time : std::min(run.cancelledAt, event.time);
        }
        run.words = wordsOf(run.tool, run.arguments);
        m_into.runs.push_back(std::move(run));
    }

    const Corpus& m_corpus;
    const TraceSpans& m_spans;
    CallMentions& m_into;
    struct Thread {
        std::uint32_t number = 0;
        bool goesOn = false; ///< a later call repeats what was said
    };

    std::unordered_set<std::uint64_t> m_known;
    std::unordered_map<std::uint64_t, Thread> m_threads;
    std::unordered_set<std::uint32_t> m_whole; ///< conversations whose inputs repeat all that was said
    std::uint32_t m_lastThread = 0;
    std::unordered_map<std::uint64_t, std::uint64_t> m_canonical; ///< by hash of the text
};

void byMoment(std::vector<CallMention>& mentions)
{
    std::stable_sort(mentions.begin(), mentions.end(),
                     [](const CallMention& a, const CallMention& b) { return a.moment < b.moment; });
}

} // namespace

std::uint64_t wordsOf(std::string_view tool, std::uint64_t arguments)
{
    return joined(hashOf(tool), arguments);
}

CallMentions::CallMentions(TraceReading& trace, const TraceSpans& spans)
    : hasInput(spans.rows.size())
    , thread(spans.rows.size())
{
    // In the order in which they began: what a conversation repeats is new where it first stands.
    std::vector<std::uint32_t> order(spans.rows.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return spans.begins(a) < spans.begins(b); });
    Collecting collecting(trace.corpus(), spans, *this);
    for (const std::uint32_t place : order) {
        if (isJudge(spans.kind(place)))
            continue;
        const auto content = trace.content(spans.rows[place]);
        collecting.read(place, content ? *content : SpanContent());
    }
    collecting.finish();
    byMoment(asked);
    byMoment(told);
    byMoment(results);
    std::sort(runs.begin(), runs.end(), [](const CallRun& a, const CallRun& b) { return a.place < b.place; });
}

} // namespace arcscope
