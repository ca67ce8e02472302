#include "critiqueloops.h"

#include "jsonprefix.h"
#include "proselines.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace arcscope
{
namespace
{

constexpr std::size_t shortestDraft = 60; ///< bytes: what is shorter stands in other texts by chance
constexpr std::size_t shortestCritique = 12;
constexpr std::size_t mostWords = 1'500;
constexpr std::size_t mostCalls = 400; ///< of a trace that are compared with each other
constexpr std::size_t mostText = 262'144;

bool isWholeJson(std::string_view text)
{
    const std::string_view trimmed = prose::trimmed(text);
    if (trimmed.empty() || (trimmed.front() != '{' && trimmed.front() != '['))
        return false;
    JsonPrefix prefix;
    prefix.feed(trimmed);
    return prefix.finish() == JsonState::Complete;
}

struct Call {
    Row row = noRow;
    CallRole role = CallRole::None;
    bool ownRole = false; ///< said of this span itself
    std::string given;    ///< what others say in its input: neither its own earlier answers nor results of tools
    std::string history;  ///< its own earlier answers there
    std::string answer;
};

class Loops
{
public:
    explicit Loops(TraceReading& trace)
        : m_trace(trace)
        , m_spans(trace.corpus().spans)
    {
    }

    std::vector<CritiqueLoop> run()
    {
        read();
        std::vector<CritiqueLoop> loops;
        std::vector<CritiqueRound> rounds;
        for (std::size_t critique = 1; critique < m_calls.size(); ++critique) {
            const auto draft = draftOf(critique);
            if (!draft)
                continue;
            const auto revision = revisionOf(*draft, critique);
            const bool named =
                m_calls[critique].role == CallRole::Critic || m_calls[critique].role == CallRole::Verifier;
            if (!revision && !(named && m_calls[critique].ownRole))
                continue;
            rounds.push_back(roundOf(*draft, critique, revision, named));
        }
        for (const CritiqueRound& round : rounds) {
            const auto before = std::ranges::find_if(loops, [&](const CritiqueLoop& loop) {
                return loop.rounds.back().revision != noRow && loop.rounds.back().revision == round.draft;
            });
            (before == loops.end() ? loops.emplace_back() : *before).rounds.push_back(round);
        }
        for (CritiqueLoop& loop : loops)
            price(loop);
        return loops;
    }

private:
    void read()
    {
        for (const Row row : m_trace.rows()) {
            if (m_spans.kind(row) != SpanKind::ModelCall)
                continue;
            const auto content = m_trace.content(row);
            if (!content)
                continue;
            Call& call = m_calls.emplace_back();
            call.row = row;
            const NamedRole role = roleOf(m_trace.corpus(), row);
            call.role = role.role;
            call.ownRole = role.row == row || (role.row != noRow && m_spans.parent(row) == role.row);
            for (const Message& message : content->input) {
                for (const Part& part : message.parts) {
                    if (part.kind != PartKind::Text)
                        continue;
                    std::string& into = message.role == Role::Assistant ? call.history : call.given;
                    if (into.size() < mostText)
                        into += part.text + '\n';
                }
            }
            call.answer = prose::trimmed(answerText(*content));
            if (m_calls.size() >= mostCalls)
                break;
        }
        std::ranges::stable_sort(m_calls, {}, [&](const Call& call) { return m_spans.start(call.row); });
    }

    /// The last call before whose answer it was given verbatim by others.
    std::optional<std::size_t> draftOf(std::size_t critique) const
    {
        const Call& call = m_calls[critique];
        for (std::size_t i = critique; i-- > 0;) {
            const std::string& answer = m_calls[i].answer;
            if (answer.size() >= shortestDraft && call.given.find(answer) != std::string::npos &&
                endsBefore(m_calls[i], call) && !isPartOf(answer, i))
                return i;
        }
        return std::nullopt;
    }
    /// An answer that repeats what its call was given is no draft of its own.
    bool isPartOf(const std::string& answer, std::size_t call) const
    {
        return m_calls[call].given.find(answer) != std::string::npos;
    }
    bool endsBefore(const Call& a, const Call& b) const
    {
        const Nanos end = m_spans.range(a.row).end;
        return m_spans.start(a.row) == noTime || m_spans.start(b.row) == noTime || end <= m_spans.start(b.row);
    }

    /// The first call behind the critique that was given both texts.
    std::optional<std::size_t> revisionOf(std::size_t draft, std::size_t critique) const
    {
        const std::string& text = m_calls[draft].answer;
        const std::string& said = m_calls[critique].answer;
        if (said.size() < shortestCritique)
            return std::nullopt;
        for (std::size_t i = critique + 1; i < m_calls.size(); ++i) {
            const Call& call = m_calls[i];
            const bool hasDraft =
                call.given.find(text) != std::string::npos || call.history.find(text) != std::string::npos;
            if (hasDraft && call.given.find(said) != std::string::npos && !call.answer.empty())
                return i;
        }
        return std::nullopt;
    }

    CritiqueRound roundOf(std::size_t draft, std::size_t critique, std::optional<std::size_t> revision,
                          bool named) const
    {
        CritiqueRound round;
        round.draft = m_calls[draft].row;
        round.critique = m_calls[critique].row;
        round.byName = named;
        round.verdict = verdictOf(m_calls[critique].answer);
        round.draftIsJson = isWholeJson(m_calls[draft].answer);
        if (revision) {
            const Call& call = m_calls[*revision];
            round.revision = call.row;
            round.changed = changedShare(m_calls[draft].answer, call.answer);
            round.revisionIsJson = isWholeJson(call.answer);
        }
        return round;
    }

    void price(CritiqueLoop& loop) const
    {
        std::vector<Row> extra;
        for (const CritiqueRound& round : loop.rounds) {
            extra.push_back(round.critique);
            if (round.revision != noRow)
                extra.push_back(round.revision);
        }
        std::ranges::sort(extra);
        extra.erase(std::unique(extra.begin(), extra.end()), extra.end());
        std::vector<Row> all;
        TimeRange whole;
        for (const Call& call : m_calls) {
            all.push_back(call.row);
            if (m_spans.start(call.row) == noTime)
                continue;
            const TimeRange range = m_spans.range(call.row);
            whole = whole.start == noTime
                        ? range
                        : TimeRange{std::min(whole.start, range.start), std::max(whole.end, range.end)};
        }
        loop.tokens = tokensOf(extra);
        loop.allTokens = tokensOf(all);
        loop.cost = costOf(extra);
        loop.allCost = costOf(all);
        loop.time = 0;
        for (const Row row : extra) {
            if (m_spans.start(row) == noTime || m_spans.duration(row) < 0)
                loop.time = -1;
            else if (loop.time >= 0)
                loop.time += m_spans.duration(row);
        }
        loop.allTime = whole.start == noTime ? -1 : whole.end - whole.start;
    }

    std::int64_t tokensOf(const std::vector<Row>& rows) const
    {
        std::int64_t sum = -1;
        for (const Row row : rows) {
            const Usage usage = m_spans.usage(row);
            if (!usage.recorded())
                return -1; // a part of the sum is no sum
            sum = saturatedSum(std::max<std::int64_t>(sum, 0), usage.total());
        }
        return sum;
    }

    std::int64_t costOf(const std::vector<Row>& rows) const
    {
        std::int64_t sum = -1;
        for (const Row row : rows) {
            const std::int64_t cost = m_spans.at(SpanColumn::Cost, row);
            if (cost < 0 || m_spans.text(SpanText::Currency, row) != m_spans.text(SpanText::Currency, rows.front()))
                return -1;
            sum = saturatedSum(std::max<std::int64_t>(sum, 0), cost);
        }
        return sum;
    }

    TraceReading& m_trace;
    const SpanTable& m_spans;
    std::vector<Call> m_calls;
};

std::vector<std::uint64_t> wordsOf(std::string_view text)
{
    std::vector<std::uint64_t> words;
    std::size_t at = 0;
    while (at < text.size() && words.size() < mostWords) {
        while (at < text.size() && prose::isSpace(text[at]))
            ++at;
        const std::size_t from = at;
        while (at < text.size() && !prose::isSpace(text[at]))
            ++at;
        if (at > from)
            words.push_back(hashOf(text.substr(from, at - from)));
    }
    return words;
}

} // namespace

double changedShare(std::string_view a, std::string_view b)
{
    const auto left = wordsOf(a);
    const auto right = wordsOf(b);
    const std::size_t longest = std::max(left.size(), right.size());
    if (longest == 0)
        return 0;
    std::vector<std::size_t> row(right.size() + 1); // of Levenshtein's table
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return static_cast<double>(row.back()) / static_cast<double>(longest);
}

std::vector<CritiqueLoop> critiqueLoops(TraceReading& trace)
{
    return Loops(trace).run();
}

} // namespace arcscope
