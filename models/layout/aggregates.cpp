#include "aggregates.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace arcscope
{

namespace
{

/// A span's part of the range, to be put under its parent.
struct Part {
    Row parent;
    TimeRange range;
};

TimeRange clipped(const TimeRange& span, const TimeRange& range)
{
    if (!range.recorded())
        return span;
    return {std::max(span.start, range.start), std::min(span.end, range.end)};
}

/// Whether a span is seen in a range: a part of it lies inside, or it has no length and lies inside.
bool touches(const TimeRange& span, const TimeRange& range)
{
    if (!range.recorded())
        return true;
    return span.start < range.end && (span.end > range.start || (span.start == span.end && span.start == range.start));
}

/// Time of each parent that its children cover, overlaps once, only where they overlap the parent. `parts` gets sorted.
std::unordered_map<Row, Nanos> coveredByChildren(std::vector<Part>& parts,
                                                 const std::unordered_map<Row, TimeRange>& parents)
{
    std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
        return a.parent != b.parent ? a.parent < b.parent : a.range.start < b.range.start;
    });
    std::unordered_map<Row, Nanos> covered;
    for (std::size_t i = 0; i < parts.size();) {
        const Row parent = parts[i].parent;
        const auto outer = parents.find(parent);
        Nanos sum = 0;
        Nanos until = noTime;
        for (; i < parts.size() && parts[i].parent == parent; ++i) {
            if (outer == parents.end())
                continue;
            const Nanos from = std::max({parts[i].range.start, outer->second.start, until});
            const Nanos to = std::min(parts[i].range.end, outer->second.end);
            if (from < to) {
                sum += to - from;
                until = to;
            }
        }
        if (sum > 0)
            covered.emplace(parent, sum);
    }
    return covered;
}

void addTokens(KindAggregate& sum, std::int64_t tokens)
{
    sum.tokens = std::max<std::int64_t>(sum.tokens, 0) + tokens;
    ++sum.withTokens;
}

} // namespace

Aggregates aggregate(const Corpus& corpus, std::span<const Row> rows, const TimeRange& range)
{
    const SpanTable& table = corpus.spans;
    Aggregates result;
    std::unordered_map<Row, TimeRange> seen;
    std::vector<Part> parts;
    for (const Row row : rows) {
        if (table.flagged(row, SpanFlag::Superseded))
            continue;
        const TimeRange span = table.range(row);
        if (!span.recorded()) {
            ++result.untimed;
            continue;
        }
        if (!touches(span, range))
            continue;
        const TimeRange part = clipped(span, range);
        seen.emplace(row, part);
        if (const Row parent = table.parent(row); parent != noRow)
            parts.push_back({parent, part});
    }
    const auto covered = coveredByChildren(parts, seen);

    for (const auto& [row, part] : seen) {
        const Nanos time = part.end - part.start;
        const auto children = covered.find(row);
        const Nanos self = time - (children == covered.end() ? 0 : children->second);
        const bool counted = !table.flagged(row, SpanFlag::RollUpUsage) &&
                             !table.flagged(row, SpanFlag::RepeatedUsage) &&
                             (!range.recorded() || range.contains(table.start(row)));
        const Usage usage = counted ? table.usage(row) : Usage();
        for (KindAggregate* sum : {&result.kinds[static_cast<std::size_t>(table.kind(row))], &result.all}) {
            ++sum->spans;
            sum->errors += table.status(row) == SpanStatus::Error ? 1 : 0;
            sum->unfinished += table.duration(row) < 0 ? 1 : 0;
            sum->time += time;
            sum->selfTime += self;
            if (usage.recorded())
                addTokens(*sum, usage.total());
        }
    }
    return result;
}

} // namespace arcscope
