#include "streamsampling.h"

#include "streamcodec.h"
#include "streamgroupfile.h"
#include "workspace.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

namespace arcscope
{
namespace
{

/// More do not help: the groups come from one file.
constexpr unsigned mostThreads = 4;

/// The output of a tool may be recorded as it came, too: nobody generates it.
bool isSampled(const Corpus& corpus, Row row)
{
    return row < corpus.spans.rows() && !corpus.spans.flagged(row, SpanFlag::Superseded) &&
           corpus.spans.kind(row) != SpanKind::ToolCall;
}

/// What all threads work on.
struct Work {
    const std::string& workspace;
    const Corpus& corpus;
    const Control& control;
    std::vector<StreamGroupPlace> groups;
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;

    bool over() const { return failed || control.stopped(); }
};

/// One thread: takes group after group.
class Sampler
{
public:
    explicit Sampler(Work& work)
        : m_work(work)
    {
    }

    void run()
    {
        auto workspace = Workspace::open(m_work.workspace);
        if (!workspace)
            return fail(workspace.error());
        workspace->database().setStop(m_work.control.stop);
        for (std::size_t at = m_work.next++; at < m_work.groups.size() && !m_work.over(); at = m_work.next++) {
            const auto bytes = streamGroup(*workspace, m_work.groups[at].id);
            if (!bytes)
                return fail(bytes.error());
            StreamGroupReader reader(*bytes);
            for (StoredStream stored; reader.next(stored) && !m_work.over();) {
                if (isSampled(m_work.corpus, stored.span))
                    addSample(samples, m_work.corpus, stored.span, *StreamModel::of(stored.packed()));
            }
            if (reader.damaged())
                return fail({ErrorCode::Store, m_work.workspace + ": the streams of group " +
                                                   std::to_string(m_work.groups[at].id) + " are damaged"});
            m_work.control.advance(m_work.groups[at].bytes);
        }
    }

    StreamSamples samples;
    std::optional<Error> error;

private:
    void fail(Error why)
    {
        error = std::move(why);
        m_work.failed = true;
    }

    Work& m_work;
};

/// The events of a span may lie in several groups, and of its samples none is the whole: they are read together.
Result<void> joinParts(StreamSamples& samples, Workspace& workspace, const Corpus& corpus, const Control& control)
{
    std::vector<StreamSample>& all = samples.all;
    std::stable_sort(all.begin(), all.end(),
                     [](const StreamSample& a, const StreamSample& b) { return a.row < b.row; });
    std::vector<StreamSample> whole;
    whole.reserve(all.size());
    for (std::size_t from = 0; from < all.size();) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        std::size_t to = from + 1;
        while (to < all.size() && all[to].row == all[from].row)
            ++to;
        if (to == from + 1) {
            whole.push_back(all[from]);
        } else {
            auto packed = workspace.stream(all[from].row);
            if (!packed)
                return packed.error();
            StreamSamples one;
            addSample(one, corpus, all[from].row, *StreamModel::of(std::move(*packed)));
            one.all[0].surface = samples.surfaceNamed(one.surfaces[one.all[0].surface]);
            whole.push_back(one.all[0]);
        }
        from = to;
    }
    all = std::move(whole);
    return {};
}

/// Model calls without stream events of which the first token is stated.
void addStated(StreamSamples& samples, const Corpus& corpus)
{
    const std::size_t streamed = samples.all.size();
    const auto nothing = StreamModel::of({});
    for (Row row = 0; row < corpus.spans.rows(); ++row) {
        const auto end = samples.all.begin() + static_cast<std::ptrdiff_t>(streamed);
        if (statesFirstToken(corpus.spans, row) &&
            !std::binary_search(samples.all.begin(), end, StreamSample{.row = row},
                                [](const StreamSample& a, const StreamSample& b) { return a.row < b.row; }))
            addSample(samples, corpus, row, *nothing);
    }
    std::inplace_merge(samples.all.begin(), samples.all.begin() + static_cast<std::ptrdiff_t>(streamed),
                       samples.all.end(), [](const StreamSample& a, const StreamSample& b) { return a.row < b.row; });
}

} // namespace

Result<StreamSamples> sampleStreams(const std::string& path, const Corpus& corpus, const Control& control)
{
    auto workspace = Workspace::open(path);
    if (!workspace)
        return workspace.error();
    auto groups = streamGroups(*workspace);
    if (!groups)
        return groups.error();
    if (control.progress) {
        control.progress->bytesDone = 0;
        control.progress->bytesTotal = 0;
        for (const StreamGroupPlace& group : *groups)
            control.progress->bytesTotal += group.bytes;
    }
    Work work{path, corpus, control, std::move(*groups)};
    const auto wanted = std::min<std::size_t>(std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads),
                                              std::max<std::size_t>(work.groups.size(), 1));
    std::vector<Sampler> samplers(wanted, Sampler(work));
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < samplers.size(); ++i)
        threads.emplace_back([&sampler = samplers[i]] { sampler.run(); });
    samplers[0].run();
    for (std::thread& thread : threads)
        thread.join();
    if (control.stopped())
        return Error{ErrorCode::Cancelled, "cancelled"};
    StreamSamples samples;
    for (Sampler& sampler : samplers) {
        if (sampler.error)
            return *sampler.error;
        samples.append(std::move(sampler.samples));
    }
    if (auto joined = joinParts(samples, *workspace, corpus, control); !joined)
        return joined.error();
    addStated(samples, corpus);
    return samples;
}

} // namespace arcscope
