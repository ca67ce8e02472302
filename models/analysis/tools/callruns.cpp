// The spans of tools, each to the call that it is of.
#include "callpairs.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::uint32_t none = TreeCall::none;

} // namespace

void CallPairs::nameRuns()
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

void CallPairs::nameTool(CallRun& run) const
{
    const std::string last = run.tool.substr(run.tool.find_last_of(" :/") + 1);
    if (run.named || m_byTool.contains(run.tool) || !m_byTool.contains(last))
        return;
    run.tool = last;
    run.words = wordsOf(run.tool, run.arguments);
}

void CallPairs::take(const CallRun& run)
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
    } else if (isStray(run)) {
        callAt(made).pairing = CallPairing::NoCall;
    }
    attach(made, number);
}

std::uint32_t CallPairs::around(const CallRun& run, const std::string& id)
{
    for (std::uint32_t above = m_spans.parent[run.place]; above != TraceSpans::none; above = m_spans.parent[above]) {
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

std::uint32_t CallPairs::named(const CallRun& run, const std::string& id)
{
    const auto found = m_byId.find(id);
    if (found == m_byId.end())
        return none;
    std::uint32_t best = none;
    for (const std::uint32_t candidate : found->second) {
        if (callAt(candidate).span != noRow)
            continue;
        const bool before =
            callAt(candidate).asker == noRow || m_spans.begins(m_calls[candidate].place) <= m_spans.begins(run.place);
        if (best == none || before)
            best = candidate;
    }
    return best;
}

std::uint32_t CallPairs::unnamed(const CallRun& run)
{
    const auto words = m_byWords.find(run.words);
    std::uint32_t found = words == m_byWords.end() ? none : freeOne(words->second, run);
    if (found == none) {
        const auto tool = m_byTool.find(run.tool);
        found = tool == m_byTool.end() ? none : freeOne(tool->second, run);
    }
    return found;
}

std::uint32_t CallPairs::freeOne(const std::vector<std::uint32_t>& calls, const CallRun& run)
{
    const std::int64_t begin = m_spans.begins(run.place);
    const auto isAsked = [&](std::uint32_t index) { return callAt(index).asker != noRow; };
    const auto told = std::partition_point(calls.begin(), calls.end(), isAsked);
    const auto runs = std::partition_point(told, calls.end(), [&](auto index) { return index < m_firstRun; });
    const auto behind =
        std::partition_point(calls.begin(), told, [&](std::uint32_t index) { return m_facts[index].moment <= begin; });
    const auto fits = [&](std::uint32_t index) {
        const std::uint32_t asker = m_calls[index].place;
        return callAt(index).span == noRow && !m_named.contains(callAt(index).id) &&
               (callAt(index).id.empty() || m_runIds[numberOf(run)].empty()) &&
               (m_spans.conversation[asker] == m_spans.conversation[run.place] || m_spans.isBelow(run.place, asker));
    };
    std::uint32_t best = none;
    std::size_t looked = 0;
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
    auto next = std::partition_point(told, runs, [&](std::uint32_t index) { return m_facts[index].moment < begin; });
    for (looked = 0; best == none && next != runs && looked < longestSearch; ++next, ++looked) {
        if (fits(*next))
            best = *next;
    }
    return best;
}

bool CallPairs::isStray(const CallRun& run) const
{
    if (run.id.empty() || !run.hasResult)
        return false;
    const std::int64_t begin = m_spans.begins(run.place);
    const std::uint32_t conversation = m_spans.conversation[run.place];
    const auto facts = m_facts.begin();
    auto at = std::partition_point(facts, facts + m_firstTold, [&](const Facts& each) { return each.moment <= begin; });
    for (std::size_t looked = 0; at != facts && looked < longestSearch; ++looked) {
        const PairedCall& before = m_calls[static_cast<std::size_t>(--at - facts)];
        if (m_spans.conversation[before.place] != conversation)
            continue;
        const std::uint32_t between = m_spans.modelCallFrom(conversation, m_spans.finishes(before.place), before.place);
        return !before.call.id.empty() && (between == none || m_spans.begins(between) >= begin);
    }
    return false;
}

void CallPairs::attach(std::uint32_t index, std::uint32_t number)
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
    call.cancelledAt = run.cancelledAt;
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

void CallPairs::setResult(std::uint32_t index, const CallRun& run)
{
    callAt(index).result = {m_spans.rows[run.place], {TextPlace::Of::ToolResult, 0, 0}};
    callAt(index).resultKey = run.result;
}

} // namespace arcscope
