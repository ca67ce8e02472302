#include "summary.h"

#include <algorithm>

namespace arcscope
{

std::span<const SpanColumn> summaryColumns()
{
    static const std::vector<SpanColumn> columns = [] {
        std::vector<SpanColumn> all{SpanColumn::Start,        SpanColumn::Duration, SpanColumn::Kind,
                                    SpanColumn::Status,       SpanColumn::Messages, SpanColumn::CallsAsked,
                                    SpanColumn::StreamEvents, SpanColumn::Flags};
        for (int i = 0; i < usageClassCount; ++i)
            all.push_back(static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i));
        return all;
    }();
    return columns;
}

Result<CorpusSummary> summarise(const Corpus& corpus, const Control& control)
{
    constexpr std::int64_t notSummed = bit(SpanFlag::RollUpUsage) | bit(SpanFlag::RepeatedUsage);
    CorpusSummary sum;
    sum.traces = corpus.traces.rows();
    for (const SpanTable::Chunk& chunk : corpus.spans.chunks()) {
        if (control.stopped())
            return Error{ErrorCode::Cancelled, "cancelled"};
        for (std::uint32_t row = 0; row < chunk.rows; ++row) {
            const std::int64_t flags = chunk[SpanColumn::Flags][row];
            if (flags & bit(SpanFlag::Superseded))
                continue;
            ++sum.spans;
            const auto kind = static_cast<std::size_t>(chunk[SpanColumn::Kind][row]);
            ++sum.byKind[kind];
            const auto add = [&](std::uint64_t& total, SpanColumn column) {
                total += static_cast<std::uint64_t>(std::max<std::int64_t>(chunk[column][row], 0));
            };
            add(sum.messages, SpanColumn::Messages);
            add(sum.callsAsked, SpanColumn::CallsAsked);
            add(sum.streamEvents, SpanColumn::StreamEvents);
            sum.errors += static_cast<SpanStatus>(chunk[SpanColumn::Status][row]) == SpanStatus::Error ? 1 : 0;
            const Nanos start = chunk[SpanColumn::Start][row];
            if (start != noTime) {
                sum.firstStart = sum.firstStart == noTime ? start : std::min(sum.firstStart, start);
                sum.lastEnd = std::max(sum.lastEnd, start + std::max<Nanos>(chunk[SpanColumn::Duration][row], 0));
            }
            if (flags & notSummed)
                continue;
            Usage usage;
            for (int i = 0; i < usageClassCount; ++i)
                usage.tokens[static_cast<std::size_t>(i)] =
                    chunk[static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + i)][row];
            sum.usage = sum.usage + usage;
        }
    }
    return sum;
}

} // namespace arcscope
