#include "callpairing.h"

#include "callpairs.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::uint32_t none = TreeCall::none;

} // namespace

std::vector<PairedCall> CallPairs::run()
{
    for (const CallMention& mention : m_mentions.asked)
        ask(mention);
    m_firstTold = static_cast<std::uint32_t>(m_calls.size());
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

std::uint32_t CallPairs::add(std::string_view tool, std::string_view id, std::uint64_t words, std::uint32_t place,
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

bool CallPairs::sameResponse(std::uint32_t a, std::uint32_t b) const
{
    if (a == b)
        return false;
    const std::int64_t one = m_spans.spans.at(SpanColumn::ResponseHash, m_spans.rows[a]);
    const std::int64_t other = m_spans.spans.at(SpanColumn::ResponseHash, m_spans.rows[b]);
    if (one != 0 && other != 0)
        return one == other;
    return m_spans.isBelow(a, b) || m_spans.isBelow(b, a) || m_spans.overlap(a, b);
}

void CallPairs::ask(const CallMention& mention)
{
    std::uint32_t index = none;
    const std::vector<std::uint32_t>& alike = mention.id.empty() ? m_byWords[mention.words] : m_byId[mention.id];
    for (std::size_t i = alike.size(); i > 0 && alike.size() - i < longestSearch && index == none; --i) {
        const std::uint32_t candidate = alike[i - 1];
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

std::uint32_t CallPairs::meant(const std::string& id, std::uint64_t words, std::uint32_t nth,
                               const CallMention& mention)
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
    // Of very many the ones around that place.
    const std::size_t from = all->size() <= longestSearch ? 0 : std::min<std::size_t>(nth, all->size() - 1);
    auto seen = static_cast<std::uint32_t>(from);
    const std::size_t to = std::min(from + longestSearch, all->size());
    for (std::size_t i = from; i < to; ++i) {
        const std::uint32_t candidate = (*all)[i];
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

void CallPairs::tell(const CallMention& mention)
{
    std::uint32_t index = meant(mention.id, mention.words, mention.nth, mention);
    const bool known =
        index != none && (mention.id.empty() || callAt(index).id.empty() || callAt(index).id == mention.id);
    if (known && (!mention.id.empty() || countOf(mention.words) > mention.nth)) {
        const TreeCall& call = callAt(index);
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

std::size_t CallPairs::countOf(std::uint64_t words) const
{
    const auto found = m_byWords.find(words);
    return found == m_byWords.end() ? 0 : found->second.size();
}

void CallPairs::setId(std::uint32_t index, const std::string& id)
{
    if (id.empty())
        return;
    callAt(index).id = id;
    m_byId[id].push_back(index);
}

void CallPairs::give(const CallMention& mention)
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

void CallPairs::receive(std::uint32_t index, const CallMention& mention)
{
    if (mention.text.of != TextPlace::Of::Input || m_spans.kind(mention.place) != SpanKind::ModelCall)
        return;
    TreeCall& call = callAt(index);
    const std::uint32_t conversation = m_spans.conversation[mention.place];
    for (const CallReceipt& receipt : call.receipts) {
        if (m_spans.conversation[m_spans.placeOf(receipt.row)] == conversation)
            return;
    }
    call.receipts.push_back({m_spans.rows[mention.place], mention.text, m_spans.start(mention.place), mention.failed});
}

std::uint32_t CallPairs::openOf(const CallMention& mention)
{
    const auto found = m_byTool.find(mention.tool);
    if (mention.tool.empty() || found == m_byTool.end())
        return none;
    std::uint32_t best = none;
    std::size_t looked = 0;
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

void CallPairs::conclude(std::uint32_t index)
{
    TreeCall& call = callAt(index);
    const Facts& facts = m_facts[index];
    const SpanStatus status = call.span == noRow ? SpanStatus::Unset : m_spans.spans.status(call.span);
    const bool asked = call.span == noRow || m_spans.spans.flagged(call.span, SpanFlag::NotExecuted);
    // A source without times cannot say that a span has no end.
    const bool ended = !asked && (call.end != noTime || call.start == noTime);
    const bool answered = call.result.row != noRow;
    if (status == SpanStatus::Cancelled) {
        call.outcome = CallOutcome::Cancelled;
        call.ran = !asked;
    } else if (facts.failed)
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

std::uint32_t CallPairs::batchOf(const std::string& id)
{
    if (id.empty())
        return none;
    return m_batches.try_emplace(id, static_cast<std::uint32_t>(m_batches.size())).first->second;
}

std::vector<PairedCall> pairedCalls(const Corpus& corpus, const TraceSpans& spans, const CallMentions& mentions)
{
    return CallPairs(corpus, spans, mentions).run();
}

} // namespace arcscope
