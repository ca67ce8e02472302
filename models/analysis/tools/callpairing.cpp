#include "callpairing.h"

#include "ids.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace arcscope
{
namespace
{

/// How many calls without a span are looked at for a span that names none.
constexpr int longestSearch = 64;

constexpr std::uint32_t none = TreeCall::none;

class Pairing
{
public:
    Pairing(const Corpus& corpus, const TraceSpans& spans, const CallMentions& mentions)
        : m_corpus(corpus)
        , m_spans(spans)
        , m_mentions(mentions)
        , m_runs(mentions.runs)
    {
    }

    std::vector<PairedCall> run()
    {
        for (const CallMention& mention : m_mentions.asked)
            ask(mention);
        for (const CallMention& mention : m_mentions.told)
            tell(mention);
        m_firstRun = static_cast<std::uint32_t>(m_calls.size());
        nameRuns();
        for (const CallRun& run : m_runs)
            take(run);
        for (const CallMention& mention : m_mentions.results)
            give(mention);
        for (std::uint32_t i = 0; i < m_calls.size(); ++i)
            conclude(i);
        return std::move(m_calls);
    }

private:
    /// What is known of a call while it is put together, beside what it will be.
    struct Facts {
        std::uint64_t words = 0;
        std::uint32_t run = none; ///< in CallMentions::runs
        std::int64_t moment = 0;  ///< when it was asked for, or told of
        bool failed = false;
        bool timedOut = false;
        bool resultInList = false; ///< the result is that of a message
        std::uint32_t resultPlace = none;
        std::uint32_t resultNth = 0;
    };

    std::uint32_t numberOf(const CallRun& run) const { return static_cast<std::uint32_t>(&run - m_runs.data()); }
    TreeCall& callAt(std::uint32_t index) { return m_calls[index].call; }

    std::uint32_t add(std::string_view tool, std::string_view id, std::uint64_t words, std::uint32_t place,
                      std::int64_t moment)
    {
        const auto index = static_cast<std::uint32_t>(m_calls.size());
        PairedCall& made = m_calls.emplace_back();
        made.call.tool = tool;
        made.call.id = id;
        made.place = place;
        Facts& facts = m_facts.emplace_back();
        facts.words = words;
        facts.moment = moment;
        if (!id.empty())
            m_byId[made.call.id].push_back(index);
        m_byWords[words].push_back(index);
        m_byTool[made.call.tool].push_back(index);
        return index;
    }

    /// One response may be recorded by several spans: one around the other, or side by side.
    bool sameResponse(std::uint32_t a, std::uint32_t b) const
    {
        if (a == b)
            return false;
        const std::int64_t one = m_spans.spans.at(SpanColumn::ResponseHash, m_spans.rows[a]);
        const std::int64_t other = m_spans.spans.at(SpanColumn::ResponseHash, m_spans.rows[b]);
        if (one != 0 && other != 0)
            return one == other;
        return m_spans.isBelow(a, b) || m_spans.isBelow(b, a) || m_spans.overlap(a, b);
    }

    void ask(const CallMention& mention)
    {
        std::uint32_t index = none;
        for (const std::uint32_t candidate : mention.id.empty() ? m_byWords[mention.words] : m_byId[mention.id]) {
            const std::uint32_t asker = m_spans.placeOf(callAt(candidate).asker);
            if (m_facts[candidate].words == mention.words && sameResponse(asker, mention.place) &&
                m_nth[candidate] == mention.nth)
                index = candidate;
        }
        if (index != none)
            return;
        index = add(mention.tool, mention.id, mention.words, mention.place, mention.moment);
        m_nth.resize(m_calls.size());
        m_nth[index] = mention.nth;
        TreeCall& call = callAt(index);
        call.asker = m_spans.rows[mention.place];
        call.asked = {call.asker, mention.text};
        call.arguments = call.asked;
        call.argumentsKey = mention.key;
        call.askedAt = m_spans.endOf(mention.place);
    }

    /// The call that a message of a later list means: of those with its id (else its words) the ones of the same
    /// conversation that were asked for before.
    std::uint32_t meant(const std::string& id, std::uint64_t words, std::uint32_t nth, const CallMention& mention)
    {
        const std::vector<std::uint32_t>* all = nullptr;
        if (!id.empty()) {
            const auto found = m_byId.find(id);
            all = found == m_byId.end() ? nullptr : &found->second;
        }
        if (!all && words != 0) {
            const auto found = m_byWords.find(words);
            all = found == m_byWords.end() ? nullptr : &found->second;
        }
        if (!all)
            return none;
        if (all->size() == 1)
            return all->front();
        const std::uint32_t conversation = m_spans.conversation[mention.place];
        std::uint32_t best = none;
        int bestScore = -1;
        std::uint32_t seen = 0;
        for (const std::uint32_t candidate : *all) {
            const bool before = m_facts[candidate].moment <= mention.moment;
            const bool same = m_spans.conversation[m_calls[candidate].place] == conversation;
            const bool nthOne = before && same && seen++ == nth;
            const bool alike = words != 0 && m_facts[candidate].words == words;
            const int score = (before ? 8 : 0) + (same ? 4 : 0) + (alike ? 2 : 0) + (nthOne ? 1 : 0);
            if (score > bestScore || (score == bestScore && seen <= nth + 1)) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    void tell(const CallMention& mention)
    {
        std::uint32_t index = meant(mention.id, mention.words, mention.nth, mention);
        const bool known =
            index != none && (mention.id.empty() || callAt(index).id.empty() || callAt(index).id == mention.id);
        if (known && !(mention.id.empty() && countOf(mention.words) <= mention.nth)) {
            TreeCall& call = callAt(index);
            if (call.id.empty())
                setId(index, mention.id);
            return;
        }
        index = add(mention.tool, mention.id, mention.words, mention.place, mention.moment);
        TreeCall& call = callAt(index);
        call.asked = {m_spans.rows[mention.place], mention.text};
        call.arguments = call.asked;
        call.argumentsKey = mention.key;
    }

    std::size_t countOf(std::uint64_t words) const
    {
        const auto found = m_byWords.find(words);
        return found == m_byWords.end() ? 0 : found->second.size();
    }

    void setId(std::uint32_t index, const std::string& id)
    {
        if (id.empty())
            return;
        callAt(index).id = id;
        m_byId[id].push_back(index);
    }

    /// Some sources name the span of a call by the call's id.
    void nameRuns()
    {
        for (CallRun& run : m_runs) {
            nameTool(run);
            std::string id = run.id;
            if (id.empty())
                id = m_corpus.idText(m_spans.spans.spanId(m_spans.rows[run.place]));
            if (run.id.empty() && !m_byId.contains(id))
                id.clear();
            if (!id.empty())
                m_named.insert(id);
            m_runIds.push_back(std::move(id));
        }
    }

    /// "running tool: search": the last word of a span's name, where that is a tool that was asked for.
    void nameTool(CallRun& run) const
    {
        const std::string last = run.tool.substr(run.tool.find_last_of(" :/") + 1);
        if (run.named || m_byTool.contains(run.tool) || !m_byTool.contains(last))
            return;
        run.tool = last;
        run.words = wordsOf(run.tool, run.arguments);
    }

    void take(const CallRun& run)
    {
        const std::uint32_t number = numberOf(run);
        const std::string& id = m_runIds[number];
        if (around(run, id) != none)
            return;
        std::uint32_t index = id.empty() ? unnamed(run) : named(run, id);
        if (index == none && !id.empty() && !m_byId.contains(id)) {
            // Some programs give ids to calls that the model wrote without.
            index = unnamed(run);
            if (index != none)
                setId(index, id);
        }
        if (index != none) {
            attach(index, number);
            return;
        }
        // The same id a second time is another attempt of that call.
        const auto first = id.empty() ? m_byId.end() : m_byId.find(id);
        const std::uint32_t again = first == m_byId.end() ? none : first->second.front();
        const std::uint32_t made = add(run.tool, id, run.words, run.place, m_spans.begins(run.place));
        if (again != none) {
            TreeCall& call = callAt(made);
            const TreeCall& before = callAt(again);
            call.asker = before.asker;
            call.asked = before.asked;
            call.askedAt = before.askedAt;
            m_calls[made].place = m_calls[again].place;
            if (run.hasResult && before.resultKey != 0 && before.resultKey != run.result)
                call.pairing = CallPairing::SecondResult;
        }
        attach(made, number);
    }

    /// The call whose span lies around this one, where both are spans of one call (of the program and of its client).
    std::uint32_t around(const CallRun& run, const std::string& id)
    {
        for (std::uint32_t above = m_spans.parent[run.place]; above != TraceSpans::none;
             above = m_spans.parent[above]) {
            const auto found = m_callOfSpan.find(above);
            if (found == m_callOfSpan.end())
                continue;
            const std::uint32_t outer = found->second;
            const bool same =
                callAt(outer).tool == run.tool && (id.empty() || id == callAt(outer).id) &&
                (!run.hasArguments || callAt(outer).argumentsKey == 0 || callAt(outer).argumentsKey == run.arguments);
            if (!same)
                return none;
            const CallRun& with = m_runs[m_facts[outer].run];
            m_calls[outer].runs.push_back(numberOf(run));
            m_facts[outer].failed = m_facts[outer].failed || run.failed;
            m_facts[outer].timedOut = m_facts[outer].timedOut || run.timedOut;
            if (!with.hasResult && run.hasResult)
                setResult(outer, run);
            return outer;
        }
        return none;
    }

    /// Of the calls with that id the last one that had been asked for by then and has no span.
    std::uint32_t named(const CallRun& run, const std::string& id)
    {
        const auto found = m_byId.find(id);
        if (found == m_byId.end())
            return none;
        std::uint32_t best = none;
        for (const std::uint32_t candidate : found->second) {
            if (callAt(candidate).span != noRow)
                continue;
            const bool before = callAt(candidate).asker == noRow ||
                                m_spans.begins(m_calls[candidate].place) <= m_spans.begins(run.place);
            if (best == none || before)
                best = candidate;
        }
        return best;
    }

    std::uint32_t unnamed(const CallRun& run)
    {
        const auto words = m_byWords.find(run.words);
        std::uint32_t found = words == m_byWords.end() ? none : freeOne(words->second, run);
        if (found == none) {
            const auto tool = m_byTool.find(run.tool);
            found = tool == m_byTool.end() ? none : freeOne(tool->second, run);
        }
        return found;
    }

    /// Of the calls without a span those of the last model call before it; of these the first. Lists of calls are by
    /// moment: first those that a model asked for, then those that only a later message tells of.
    std::uint32_t freeOne(const std::vector<std::uint32_t>& calls, const CallRun& run)
    {
        const std::int64_t begin = m_spans.begins(run.place);
        const auto isAsked = [&](std::uint32_t index) { return callAt(index).asker != noRow; };
        const auto told = std::partition_point(calls.begin(), calls.end(), isAsked);
        const auto runs = std::partition_point(told, calls.end(), [&](auto index) { return index < m_firstRun; });
        const auto behind = std::partition_point(calls.begin(), told,
                                                 [&](std::uint32_t index) { return m_facts[index].moment <= begin; });
        const auto fits = [&](std::uint32_t index) {
            const std::uint32_t asker = m_calls[index].place;
            return callAt(index).span == noRow && !m_named.contains(callAt(index).id) &&
                   (callAt(index).id.empty() || m_runIds[numberOf(run)].empty()) &&
                   (m_spans.conversation[asker] == m_spans.conversation[run.place] ||
                    m_spans.isBelow(run.place, asker));
        };
        std::uint32_t best = none;
        int looked = 0;
        for (auto at = behind; at != calls.begin() && looked < longestSearch; ++looked) {
            if (!fits(*--at))
                continue;
            if (best != none && m_calls[best].place != m_calls[*at].place)
                break;
            best = *at;
        }
        // A call may run while the model that asks for it is still writing.
        for (auto at = behind; best == none && at != told && looked < 2 * longestSearch; ++at, ++looked) {
            if (fits(*at) && m_spans.begins(m_calls[*at].place) <= begin)
                best = *at;
        }
        auto next =
            std::partition_point(told, runs, [&](std::uint32_t index) { return m_facts[index].moment < begin; });
        for (looked = 0; best == none && next != runs && looked < longestSearch; ++next, ++looked) {
            if (fits(*next))
                best = *next;
        }
        return best;
    }

    void attach(std::uint32_t index, std::uint32_t number)
    {
        const CallRun& run = m_runs[number];
        TreeCall& call = callAt(index);
        Facts& facts = m_facts[index];
        m_callOfSpan[run.place] = index;
        facts.run = number;
        m_calls[index].runs.push_back(number);
        facts.failed = facts.failed || run.failed;
        facts.timedOut = facts.timedOut || run.timedOut;
        call.span = m_spans.rows[run.place];
        call.start = m_spans.start(run.place);
        call.end = m_spans.endOf(run.place);
        if (call.tool.empty())
            call.tool = run.tool;
        if (call.asker == noRow && call.asked.row == noRow)
            m_calls[index].place = run.place;
        if (run.hasArguments) {
            call.arguments = {call.span, {TextPlace::Of::ToolArguments, 0, 0}};
            call.argumentsKey = call.argumentsKey == 0 ? run.arguments : call.argumentsKey;
        }
        if (run.hasResult)
            setResult(index, run);
    }

    void setResult(std::uint32_t index, const CallRun& run)
    {
        callAt(index).result = {m_spans.rows[run.place], {TextPlace::Of::ToolResult, 0, 0}};
        callAt(index).resultKey = run.result;
    }

    void give(const CallMention& mention)
    {
        std::uint32_t index = meant(mention.id, mention.words, mention.nth, mention);
        if (index == none && mention.id.empty())
            index = openOf(mention);
        const CallText text{m_spans.rows[mention.place], mention.text};
        if (index == none) {
            index = add(mention.tool, mention.id, mention.words, mention.place, mention.moment);
            callAt(index).pairing = CallPairing::NoCall;
        } else if (m_facts[index].resultPlace == mention.place && m_facts[index].resultNth != mention.nth &&
                   callAt(index).resultKey != mention.key) {
            const TreeCall before = callAt(index);
            const std::uint32_t place = m_calls[index].place;
            index = add(before.tool, before.id, 0, place, mention.moment);
            TreeCall& added = callAt(index);
            added.asker = before.asker;
            added.asked = before.asked;
            added.askedAt = before.askedAt;
            added.arguments = before.arguments;
            added.argumentsKey = before.argumentsKey;
            added.pairing = CallPairing::SecondResult;
        }
        TreeCall& call = callAt(index);
        Facts& facts = m_facts[index];
        if (call.tool.empty())
            call.tool = mention.tool;
        if (call.result.row == noRow) {
            call.result = text;
            call.resultKey = mention.key;
        }
        if (facts.resultPlace == none) {
            facts.resultPlace = mention.place;
            facts.resultNth = mention.nth;
            // What the span of a call says of itself is not overruled by the words of its result.
            facts.failed = facts.failed || (mention.failed && call.span == noRow);
            facts.timedOut = facts.timedOut || (mention.timedOut && call.span == noRow);
        }
        receive(index, mention);
    }

    void receive(std::uint32_t index, const CallMention& mention)
    {
        if (mention.text.of != TextPlace::Of::Input || m_spans.kind(mention.place) != SpanKind::ModelCall)
            return;
        TreeCall& call = callAt(index);
        const std::uint32_t conversation = m_spans.conversation[mention.place];
        for (const CallReceipt& receipt : call.receipts) {
            if (m_spans.conversation[m_spans.placeOf(receipt.row)] == conversation)
                return;
        }
        call.receipts.push_back(
            {m_spans.rows[mention.place], mention.text, m_spans.start(mention.place), mention.failed});
    }

    /// A result without id and without its call beside it: of the last calls of that tool before it the first open one.
    std::uint32_t openOf(const CallMention& mention)
    {
        const auto found = m_byTool.find(mention.tool);
        if (mention.tool.empty() || found == m_byTool.end())
            return none;
        std::uint32_t best = none;
        int looked = 0;
        for (auto at = found->second.rbegin(); at != found->second.rend() && looked < longestSearch; ++at, ++looked) {
            if (m_facts[*at].moment > mention.moment || callAt(*at).result.row != noRow ||
                m_spans.conversation[m_calls[*at].place] != m_spans.conversation[mention.place])
                continue;
            if (best != none && m_calls[best].place != m_calls[*at].place)
                break;
            best = *at;
        }
        return best;
    }

    void conclude(std::uint32_t index)
    {
        TreeCall& call = callAt(index);
        const Facts& facts = m_facts[index];
        const SpanStatus status = call.span == noRow ? SpanStatus::Unset : m_spans.spans.status(call.span);
        const bool asked = call.span == noRow || m_spans.spans.flagged(call.span, SpanFlag::NotExecuted);
        // A source without times cannot say that a span has no end.
        const bool ended = !asked && (call.end != noTime || call.start == noTime);
        const bool answered = call.result.row != noRow;
        if (status == SpanStatus::Cancelled)
            call.outcome = CallOutcome::Cancelled;
        else if (facts.failed)
            call.outcome = facts.timedOut ? CallOutcome::TimedOut : CallOutcome::Failed;
        else if (answered || status == SpanStatus::Ok)
            call.outcome = CallOutcome::Ok;
        else if (asked)
            call.outcome = CallOutcome::NotRun;
        const std::int64_t moment = call.asker == noRow ? facts.moment : m_spans.finishes(m_calls[index].place);
        const std::uint32_t place = m_calls[index].place;
        const SpanStatus asker = call.asker == noRow ? SpanStatus::Unset : m_spans.spans.status(call.asker);
        call.cutOff = asker == SpanStatus::Error || asker == SpanStatus::Cancelled;
        call.last = m_spans.modelCallFrom(m_spans.conversation[place], moment, place) == TraceSpans::none;
        if (call.pairing == CallPairing::Paired && !answered && !ended)
            call.pairing = CallPairing::NoResult;
        if (facts.run != none)
            m_calls[index].batch = batchOf(m_runs[facts.run].batch);
    }

    std::uint32_t batchOf(const std::string& id)
    {
        if (id.empty())
            return none;
        return m_batches.try_emplace(id, static_cast<std::uint32_t>(m_batches.size())).first->second;
    }

    const Corpus& m_corpus;
    const TraceSpans& m_spans;
    const CallMentions& m_mentions;
    std::vector<CallRun> m_runs;
    std::vector<PairedCall> m_calls;
    std::vector<Facts> m_facts;
    std::uint32_t m_firstRun = 0;     ///< calls behind it are known by their spans, or by results, alone
    std::vector<std::uint32_t> m_nth; ///< of those that a model asked for: CallMention::nth
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_byId;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_byWords;
    std::unordered_map<std::string, std::vector<std::uint32_t>> m_byTool;
    std::unordered_map<std::uint32_t, std::uint32_t> m_callOfSpan; ///< by place
    std::unordered_map<std::string, std::uint32_t> m_batches;
    std::vector<std::string> m_runIds;       ///< by run: id of its call; empty: none is known
    std::unordered_set<std::string> m_named; ///< ids of calls that spans name
};

} // namespace

std::vector<PairedCall> pairedCalls(const Corpus& corpus, const TraceSpans& spans, const CallMentions& mentions)
{
    return Pairing(corpus, spans, mentions).run();
}

} // namespace arcscope
