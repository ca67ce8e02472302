#include "tracesummary.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

/// The first recorded text of one kind in pre-order.
std::int64_t firstText(const PatchedColumns& columns, std::span<const Row> preOrder, SpanText what)
{
    if (columns.allAre(columnOf(what), 0))
        return 0;
    for (const Row row : preOrder) {
        if (const std::int64_t text = columns.at(columnOf(what), row))
            return text;
    }
    return 0;
}

std::int64_t commonestModel(const std::map<std::int64_t, std::uint32_t>& calls)
{
    const auto most =
        std::max_element(calls.begin(), calls.end(), [](auto& a, auto& b) { return a.second < b.second; });
    return most == calls.end() ? 0 : most->first;
}

} // namespace

TraceRow summarise(const PatchedColumns& columns, const Id& id, std::span<const Row> preOrder, std::uint32_t first)
{
    TraceRow row{};
    const auto put = [&](TraceColumn column, std::int64_t value) { row[static_cast<std::size_t>(column)] = value; };
    Nanos start = noTime;
    Nanos end = noTime;
    std::int64_t modelCalls = 0;
    std::int64_t toolCalls = 0;
    std::int64_t errors = 0;
    std::map<std::int64_t, std::uint32_t> models;
    NearRows starts(columns, SpanColumn::Start);
    NearRows lengths(columns, SpanColumn::Duration);
    NearRows kinds(columns, SpanColumn::Kind);
    NearRows statuses(columns, SpanColumn::Status);
    NearRows modelsServed(columns, columnOf(SpanText::ModelServed));
    NearRows modelsRequested(columns, columnOf(SpanText::ModelRequested));
    for (const Row span : preOrder) {
        const Nanos from = starts[span];
        const Nanos length = lengths[span];
        if (from != noTime) {
            start = start == noTime ? from : std::min(start, from);
            if (length >= 0)
                end = std::max(end, from + length);
        }
        const auto kind = static_cast<SpanKind>(kinds[span]);
        toolCalls += kind == SpanKind::ToolCall ? 1 : 0;
        errors += static_cast<SpanStatus>(statuses[span]) == SpanStatus::Error ? 1 : 0;
        if (kind == SpanKind::ModelCall) {
            ++modelCalls;
            const std::int64_t served = modelsServed[span];
            const std::int64_t model = served ? served : modelsRequested[span];
            if (model)
                ++models[model];
        }
    }
    put(TraceColumn::IdForm, static_cast<std::int64_t>(id.form));
    put(TraceColumn::IdHigh, static_cast<std::int64_t>(id.high));
    put(TraceColumn::IdLow, static_cast<std::int64_t>(id.low));
    put(TraceColumn::Name, firstText(columns, preOrder, SpanText::Name));
    put(TraceColumn::Service, firstText(columns, preOrder, SpanText::Service));
    put(TraceColumn::Session, firstText(columns, preOrder, SpanText::Session));
    put(TraceColumn::User, firstText(columns, preOrder, SpanText::User));
    put(TraceColumn::Task, firstText(columns, preOrder, SpanText::Task));
    put(TraceColumn::Model, commonestModel(models));
    put(TraceColumn::Start, start);
    put(TraceColumn::Duration, start == noTime || end == noTime ? -1 : std::max<Nanos>(end - start, 0));
    put(TraceColumn::Spans, static_cast<std::int64_t>(preOrder.size()));
    put(TraceColumn::ModelCalls, modelCalls);
    put(TraceColumn::ToolCalls, toolCalls);
    put(TraceColumn::Errors, errors);
    put(TraceColumn::Source, preOrder.empty() ? -1 : columns.at(SpanColumn::Source, preOrder.front()));
    put(TraceColumn::First, first);
    return row;
}

} // namespace arcscope
