#include "findingsearch.h"

#include "detector.h"
#include "spancontent.h"
#include "streamcontent.h"
#include "workspace.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr unsigned mostThreads = 4;

/// One trace, read out of the workspace as it is asked for.
class StoredTrace : public TraceReading
{
public:
    StoredTrace(Workspace& workspace, const Corpus& corpus, std::uint32_t trace)
        : m_workspace(workspace)
        , m_corpus(corpus)
        , m_rows(corpus.rowsOf(trace))
    {
    }

    const Corpus& corpus() const override { return m_corpus; }
    std::span<const Row> rows() const override { return m_rows; }

    const SpanContent* content(Row row) override
    {
        auto [found, isNew] = m_contents.try_emplace(row);
        if (isNew) {
            if (auto details = loadDetails(m_workspace, m_corpus, row))
                found->second = std::move(details->content);
        }
        return found->second ? &*found->second : nullptr;
    }

    const StreamAnalysis* stream(Row row) override
    {
        auto [found, isNew] = m_streams.try_emplace(row);
        if (isNew) {
            if (auto loaded = loadStream(m_workspace, m_corpus, row); loaded && !loaded->model->events().empty())
                found->second = std::move(*loaded);
        }
        return found->second ? &*found->second : nullptr;
    }

private:
    Workspace& m_workspace;
    const Corpus& m_corpus;
    std::vector<Row> m_rows;
    std::unordered_map<Row, std::optional<SpanContent>> m_contents;
    std::unordered_map<Row, std::optional<StreamAnalysis>> m_streams;
};

struct FoundInTrace {
    std::uint32_t trace = 0;
    std::vector<Finding> findings;
};

/// What all threads work on.
struct Work {
    const std::string& path;
    const Corpus& corpus;
    const Control& control;
    std::atomic<std::uint32_t> next = 0;
};

/// One thread: takes trace after trace.
struct Searcher {
    std::vector<FoundInTrace> found;
    std::optional<Error> error;

    void run(Work& work)
    {
        auto workspace = Workspace::open(work.path);
        if (!workspace) {
            error = workspace.error();
            return;
        }
        const auto count = static_cast<std::uint32_t>(work.corpus.traces.rows());
        for (std::uint32_t trace = work.next++; trace < count && !work.control.stopped(); trace = work.next++) {
            StoredTrace reading(*workspace, work.corpus, trace);
            FoundInTrace one{trace, {}};
            for (const Detector& detector : detectors()) {
                if (work.control.stopped())
                    return;
                if (detector.run)
                    detector.run(reading, one.findings);
            }
            if (work.control.progress)
                work.control.progress->spans.fetch_add(reading.rows().size(), std::memory_order_relaxed);
            if (!one.findings.empty())
                found.push_back(std::move(one));
        }
    }
};

} // namespace

std::span<const SpanColumn> findingColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        const auto streams = streamColumns();
        std::vector<SpanColumn> all(streams.begin(), streams.end());
        all.push_back(SpanColumn::Flags);
        return all;
    }();
    return columns;
}

Result<std::vector<Finding>> searchFindings(const std::string& path, const Corpus& corpus, const Control& control)
{
    Work work{path, corpus, control};
    const unsigned wanted = std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads);
    std::vector<Searcher> searchers(std::min<std::size_t>(wanted, std::max<std::size_t>(corpus.traces.rows(), 1)));
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < searchers.size(); ++i)
        threads.emplace_back([&work, &searcher = searchers[i]] { searcher.run(work); });
    searchers[0].run(work);
    for (std::thread& thread : threads)
        thread.join();
    if (control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    std::vector<FoundInTrace> all;
    for (Searcher& searcher : searchers) {
        if (searcher.error)
            return *searcher.error;
        std::move(searcher.found.begin(), searcher.found.end(), std::back_inserter(all));
    }
    std::sort(all.begin(), all.end(), [](const FoundInTrace& a, const FoundInTrace& b) { return a.trace < b.trace; });
    std::vector<Finding> findings;
    for (FoundInTrace& one : all)
        std::move(one.findings.begin(), one.findings.end(), std::back_inserter(findings));
    return findings;
}

} // namespace arcscope
