#include "joinedtraces.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace arcscope
{
namespace
{

constexpr std::size_t shortName = 8; ///< bytes; a longer one is taken for an id that no one else has

using SessionKey = std::tuple<std::int64_t, std::int64_t, std::int64_t>; ///< session, service, file

/// Whether no span is of another session than the trace is told to be.
bool isOfOne(const Corpus& corpus, std::uint32_t trace, std::int64_t session)
{
    const std::vector<Row> rows = corpus.rowsOf(trace);
    return std::ranges::all_of(rows, [&](Row row) {
        const std::int64_t named = corpus.spans.at(columnOf(SpanText::Session), row);
        return named == 0 || named == session;
    });
}

void addCut(const Corpus& corpus, const JoinedTraces& traces, std::vector<JoinedTraces>& into)
{
    JoinedTraces part;
    std::size_t spans = 0;
    std::int64_t bytes = 0;
    const auto close = [&] {
        if (part.size() > 1)
            into.push_back(part);
        part.clear();
        spans = 0;
        bytes = 0;
    };
    for (const std::uint32_t trace : traces) {
        std::int64_t size = 0;
        const std::vector<Row> rows = corpus.rowsOf(trace);
        for (const Row row : rows)
            size += corpus.spans.at(SpanColumn::BlockLength, row);
        if (spans + rows.size() > mostJoinedSpans || bytes + size > mostJoinedBytes)
            close();
        part.push_back(trace);
        spans += rows.size();
        bytes += size;
    }
    close();
}

} // namespace

std::vector<JoinedTraces> joinedTraces(const Corpus& corpus)
{
    std::map<SessionKey, JoinedTraces> sessions;
    for (std::uint32_t trace = 0; trace < corpus.traces.rows(); ++trace) {
        const std::int64_t session = corpus.traces.at(TraceColumn::Session, trace);
        if (session == 0 || corpus.traces.at(TraceColumn::Start, trace) == noTime)
            continue;
        const bool isShort = corpus.strings[StringId{static_cast<std::uint32_t>(session)}].size() < shortName;
        sessions[{session, corpus.traces.at(TraceColumn::Service, trace),
                  isShort ? corpus.traces.at(TraceColumn::Source, trace) : -1}]
            .push_back(trace);
    }
    std::vector<JoinedTraces> joined;
    for (auto& [key, traces] : sessions) {
        if (traces.size() < 2)
            continue;
        std::erase_if(
            traces, [&, &session = std::get<0>(key)](std::uint32_t trace) { return !isOfOne(corpus, trace, session); });
        std::ranges::stable_sort(traces, {},
                                 [&](std::uint32_t trace) { return corpus.traces.at(TraceColumn::Start, trace); });
        addCut(corpus, traces, joined);
    }
    std::ranges::sort(joined);
    return joined;
}

std::vector<Row> rowsOf(const Corpus& corpus, const JoinedTraces& traces)
{
    std::vector<Row> rows;
    for (const std::uint32_t trace : traces) {
        const std::vector<Row> one = corpus.rowsOf(trace);
        rows.insert(rows.end(), one.begin(), one.end());
    }
    return rows;
}

} // namespace arcscope
