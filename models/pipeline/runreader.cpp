#include "runreader.h"

#include "arclabels.h"
#include "joinedtraces.h"
#include "runattributes.h"
#include "stopsearch.h"

#include <algorithm>

namespace arcscope
{

Result<KeptStops> keptStops(const ReplayRequest& request, const Control& control)
{
    KeptStops stops(request.sources.size());
    for (std::size_t i = 0; i < request.sources.size(); ++i) {
        const ReplaySource& source = request.sources[i];
        if (source.stops)
            stops[i] = *source.stops;
        if (source.stops || source.workspace->isTemporary())
            continue;
        auto survey = searchStops(*source.workspace, *source.corpus, control);
        if (!survey)
            return survey.error();
        stops[i] = std::move(*survey);
    }
    return stops;
}

RunReader::RunReader(const ReplayRequest& request, const KeptStops& stops)
    : m_request(request)
    , m_stops(stops)
{
}

Result<void> RunReader::open()
{
    for (const ReplaySource& source : m_request.sources) {
        auto workspace = Workspace::open(source.workspace->path());
        if (!workspace)
            return workspace.error();
        m_workspaces.push_back(std::move(*workspace));
    }
    return {};
}

StoredTrace RunReader::traceOf(const ReplayRun& run)
{
    const Corpus& corpus = *m_request.sources[run.side].corpus;
    return {m_workspaces[run.side], corpus, rowsOf(corpus, run.traces)};
}

RunSteps RunReader::steps(ReplayRun& run, bool isJudged, std::uint64_t& spans)
{
    StoredTrace trace = traceOf(run);
    trace.setSettings(m_request.settings);
    spans += trace.rows().size();
    if (!isJudged)
        judgeBy(trace, run);
    if (!m_stops[run.side]) {
        RunSteps steps = runSteps(trace, trace.stops());
        remember(trace);
        return steps;
    }
    const StopSurvey& all = *m_stops[run.side];
    std::vector<SpanStop> own;
    for (const Row row : trace.rows()) {
        const auto found = std::ranges::lower_bound(all, row, {}, &SpanStop::row);
        if (found != all.end() && found->row == row)
            own.push_back(*found);
    }
    RunSteps steps = runSteps(trace, own);
    remember(trace);
    return steps;
}

void RunReader::remember(const StoredTrace& trace)
{
    if (!m_unread)
        m_unread = trace.unread();
}

void RunReader::judge(ReplayRun& run)
{
    StoredTrace trace = traceOf(run);
    judgeBy(trace, run);
    remember(trace);
}

void RunReader::judgeBy(StoredTrace& trace, ReplayRun& run)
{
    const std::span<const Row> rows = trace.rows();
    if (const auto root = rows.empty() ? nullptr : trace.content(rows.front()))
        run.control = isControl(root->attributes);
    if (run.outcomeRow == noRow || run.outcomeSource != ArcSource::DataLabel)
        return;
    if (const auto content = trace.content(run.outcomeRow))
        run.control = run.control || isControl(content->attributes);
    for (const ArcLabel& label : labelsOf(trace, run.outcomeRow)) {
        if (label.score != run.score)
            continue;
        run.judge = label.author;
        run.judged = label.given;
    }
    Nanos start = noTime;
    for (const Row row : rows) {
        const Nanos began = trace.corpus().spans.start(row);
        start = start == noTime || (began != noTime && began < start) ? began : start;
    }
    run.labelledBefore = run.judged != noTime && start != noTime && run.judged < start;
}

} // namespace arcscope
