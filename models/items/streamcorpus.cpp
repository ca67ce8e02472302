#include "streamcorpus.h"

#include "session.h"
#include "streamsampling.h"

#include <algorithm>

namespace arcscope
{

std::shared_ptr<const StreamCorpus> readStreams(const OpenCorpus& open, const Control& control)
{
    auto made = std::make_shared<StreamCorpus>();
    Corpus corpus = *open.corpus; // shares its columns
    auto workspace = Workspace::open(open.session->workspace.path());
    if (!workspace) {
        made->problem = workspace.error().message;
        return made;
    }
    if (auto loaded = workspace->loadColumns(corpus, sampleColumns(), control); !loaded) {
        made->problem = loaded.error().message;
        return made;
    }
    auto samples = sampleStreams(workspace->path(), corpus, control);
    if (!samples)
        made->problem = samples.error().message;
    else
        made->samples = std::make_shared<const StreamSamples>(std::move(*samples));
    made->corpus = open.corpus;
    return made;
}

std::shared_ptr<const StreamOverview> overviewOf(std::shared_ptr<const StreamCorpus> of, StreamGrouping by,
                                                 StreamMetric metric, const RowsPtr& rows)
{
    auto made = std::make_shared<StreamOverview>();
    made->by = by;
    made->metric = metric;
    bool any = false;
    for (StreamGroup& group : groupStreams(*of->samples, of->corpus->strings, by, rows.get())) {
        StreamLine line;
        line.distribution = distributionOf(*of->samples, group, metric);
        line.totals = totalsOf(*of->samples, group);
        made->streams += group.streams.size();
        made->values += line.distribution.count;
        for (const std::uint32_t index : group.streams) {
            for (int i = 0; i < streamMetricCount; ++i) {
                bool& recorded = made->recorded[static_cast<std::size_t>(i)];
                recorded = recorded || valueOf(of->samples->all[index], static_cast<StreamMetric>(i));
            }
        }
        line.group = std::move(group);
        for (const Bucket& bucket : line.distribution.buckets) {
            if (bucket.number == zeroBucket) {
                made->anyZero = true;
                continue;
            }
            made->first = any ? std::min(made->first, bucket.number) : bucket.number;
            made->last = any ? std::max(made->last, bucket.number) : bucket.number;
            any = true;
        }
        made->lines.push_back(std::move(line));
    }
    if (metric == StreamMetric::Acceptance) { // a share has its whole axis
        made->first = bucketOf(0, BucketScale::Shares);
        made->last = bucketOf(1, BucketScale::Shares);
    }
    made->of = std::move(of);
    return made;
}

} // namespace arcscope
