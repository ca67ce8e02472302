#include "matchstep.h"

#include <algorithm>

namespace arcscope
{
namespace
{

std::vector<Row> matchesOf(const Corpus& corpus, const std::vector<Row>& matches, std::uint32_t trace, bool forward)
{
    std::vector<Row> rows = corpus.rowsOf(trace);
    std::erase_if(rows, [&](Row row) { return !std::binary_search(matches.begin(), matches.end(), row); });
    if (!forward)
        std::reverse(rows.begin(), rows.end());
    return rows;
}

/// The match behind `from` in the trace of `from`, which need not match itself.
Row behind(const Corpus& corpus, const std::vector<Row>& matches, std::uint32_t trace, Row from, bool forward)
{
    std::vector<Row> rows = corpus.rowsOf(trace);
    if (!forward)
        std::reverse(rows.begin(), rows.end());
    auto at = std::find(rows.begin(), rows.end(), from);
    if (at == rows.end())
        return noRow;
    at = std::find_if(at + 1, rows.end(),
                      [&](Row row) { return std::binary_search(matches.begin(), matches.end(), row); });
    return at == rows.end() ? noRow : *at;
}

/// The nearest trace behind `from` with a match (from nothing: the first), and the first of all of them.
struct Traces {
    std::optional<std::uint32_t> next;
    std::optional<std::uint32_t> first;
};

Traces tracesWithMatches(const Corpus& corpus, const std::vector<Row>& matches, std::optional<std::uint32_t> from,
                         bool forward)
{
    const auto before = [forward](std::uint32_t a, std::uint32_t b) { return forward ? a < b : a > b; };
    Traces found;
    for (const Row row : matches) {
        const auto trace = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, row));
        if (!found.first || before(trace, *found.first))
            found.first = trace;
        if ((!from || before(*from, trace)) && (!found.next || before(trace, *found.next)))
            found.next = trace;
    }
    return found;
}

} // namespace

MatchStep stepToMatch(const Corpus& corpus, const std::vector<Row>& matches, std::optional<std::uint32_t> trace,
                      Row from, bool forward)
{
    std::optional<std::uint32_t> own;
    if (from != noRow) {
        own = static_cast<std::uint32_t>(corpus.spans.at(SpanColumn::Trace, from));
        if (const Row row = behind(corpus, matches, *own, from, forward); row != noRow && (!trace || *trace == *own))
            return {row, false};
    }
    if (trace) {
        const std::vector<Row> rows = matchesOf(corpus, matches, *trace, forward);
        return rows.empty() ? MatchStep() : MatchStep{rows.front(), own == trace};
    }
    const Traces traces = tracesWithMatches(corpus, matches, own, forward);
    if (!traces.first)
        return {};
    const std::vector<Row> rows = matchesOf(corpus, matches, traces.next.value_or(*traces.first), forward);
    return rows.empty() ? MatchStep() : MatchStep{rows.front(), !traces.next};
}

} // namespace arcscope
