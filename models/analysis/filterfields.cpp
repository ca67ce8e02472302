#include "filter.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr SpanColumn usageColumn(UsageClass c)
{
    return static_cast<SpanColumn>(static_cast<int>(SpanColumn::FirstUsage) + static_cast<int>(c));
}

std::vector<SpanColumn> allUsage()
{
    std::vector<SpanColumn> columns;
    for (int i = 0; i < usageClassCount; ++i)
        columns.push_back(usageColumn(static_cast<UsageClass>(i)));
    return columns;
}

} // namespace

const std::vector<FilterField>& filterFields()
{
    using enum SpanText;
    static const std::vector<FilterField> fields{
        {"kind", FieldType::Kind, {SpanColumn::Kind}, "agent, model, tool, retrieval, …"},
        {"status", FieldType::Status, {SpanColumn::Status}, "ok, error, cancelled, unset"},
        {"is", FieldType::Flag, {SpanColumn::Flags}, "orphan, unfinished, streamed, …"},
        {"name", FieldType::Text, {columnOf(Name)}, "name of the span"},
        {"service", FieldType::Text, {columnOf(Service)}, "program that wrote the trace"},
        {"agent", FieldType::Text, {columnOf(Agent)}, "name of the agent"},
        {"tool", FieldType::Text, {columnOf(Tool)}, "name of the tool"},
        {"model", FieldType::Text, {columnOf(ModelServed), columnOf(ModelRequested)}, "model served or asked for"},
        {"served", FieldType::Text, {columnOf(ModelServed)}, "model that answered"},
        {"requested", FieldType::Text, {columnOf(ModelRequested)}, "model asked for"},
        {"provider", FieldType::Text, {columnOf(Provider)}, "API provider"},
        {"session", FieldType::Text, {columnOf(Session)}, "session or chat thread"},
        {"task", FieldType::Text, {columnOf(Task)}, "task id"},
        {"user", FieldType::Text, {columnOf(User)}, "user id"},
        {"tenant", FieldType::Text, {columnOf(Tenant)}, "tenant"},
        {"plan", FieldType::Text, {columnOf(Plan)}, "plan"},
        {"prompt", FieldType::Text, {columnOf(PromptName), columnOf(PromptVersion)}, "prompt name or version"},
        {"env", FieldType::Text, {columnOf(Environment)}, "deployment environment"},
        {"trigger", FieldType::Text, {columnOf(Trigger)}, "what started it"},
        {"device", FieldType::Text, {columnOf(Device)}, "device"},
        {"stop", FieldType::Text, {columnOf(StopReason)}, "stop reason as the vendor wrote it"},
        {"error", FieldType::Text, {columnOf(ErrorType)}, "type of error"},
        {"format", FieldType::Text, {columnOf(Format)}, "format it was read from"},
        {"trace", FieldType::TraceId, {SpanColumn::Trace}, "trace id"},
        {"span", FieldType::SpanId, {SpanColumn::SpanForm, SpanColumn::SpanHigh, SpanColumn::SpanLow}, "span id"},
        {"start", FieldType::Time, {SpanColumn::Start}, "start: 2026-01-31 or 2026-01-31T09:30:00Z"},
        {"duration", FieldType::Duration, {SpanColumn::Duration}, "how long: 250ms, 2s, 3m"},
        {"ttft", FieldType::Duration, {SpanColumn::FirstToken}, "time to the first token"},
        {"tokens", FieldType::Count, allUsage(), "tokens of all classes: 500, 20k"},
        {"input",
         FieldType::Count,
         {usageColumn(UsageClass::Input), usageColumn(UsageClass::CacheRead), usageColumn(UsageClass::CacheWrite),
          usageColumn(UsageClass::CacheWriteLong), usageColumn(UsageClass::AudioInput)},
         "input tokens, cached ones included"},
        {"cached", FieldType::Count, {usageColumn(UsageClass::CacheRead)}, "tokens read from a cache"},
        {"output",
         FieldType::Count,
         {usageColumn(UsageClass::Output), usageColumn(UsageClass::Reasoning)},
         "output tokens"},
        {"reasoning", FieldType::Count, {usageColumn(UsageClass::Reasoning)}, "reasoning tokens"},
        {"messages", FieldType::Count, {SpanColumn::Messages}, "messages recorded"},
        {"calls", FieldType::Count, {SpanColumn::CallsAsked}, "tool calls asked for"},
        {"events", FieldType::Count, {SpanColumn::StreamEvents}, "stream events recorded"},
        {"depth", FieldType::Count, {SpanColumn::Depth}, "depth in the tree, roots are 0"},
        {"cost", FieldType::Money, {SpanColumn::Cost}, "cost: 0.02"},
    };
    return fields;
}

const FilterField* filterField(std::string_view name)
{
    const auto& fields = filterFields();
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const FilterField& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

} // namespace arcscope
