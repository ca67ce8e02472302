// Langfuse attributes on OpenTelemetry spans; they take precedence over all others. Its buckets of usage do not
// overlap.
#include "dialect.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto types = std::to_array<KindWord>({
    {"generation", SpanKind::ModelCall},
    {"embedding", SpanKind::Embedding},
    {"agent", SpanKind::Agent, true},
    {"tool", SpanKind::ToolCall},
    {"chain", SpanKind::Workflow, true},
    {"retriever", SpanKind::Retrieval},
    {"guardrail", SpanKind::Guardrail},
    {"evaluator", SpanKind::Evaluator},
});

constexpr auto rules = std::to_array<AttributeRule>({
    {"langfuse.observation.type", Field::Kind, 10, types},
    {"langfuse.observation.model.name", fieldOf(SpanText::ModelServed), 5},
    {"langfuse.observation.prompt.name", fieldOf(SpanText::PromptName), 10},
    {"langfuse.observation.prompt.version", fieldOf(SpanText::PromptVersion), 10},
    {"langfuse.session.id", fieldOf(SpanText::Session), 10},
    {"langfuse.user.id", fieldOf(SpanText::User), 10},
    {"langfuse.environment", fieldOf(SpanText::Environment), 10},
    {"langfuse.observation.completion_start_time", Field::FirstTokenAt, 10},
    {"langfuse.observation.usage_details", Field::UsageObject, 10},
    {"langfuse.observation.cost_details", Field::CostObject, 10},
    {"langfuse.observation.input", Field::InputMessages, 10},
    {"langfuse.observation.output", Field::OutputMessages, 10},
});

} // namespace

Dialect langfuseDialect()
{
    return {"Langfuse", rules};
}

} // namespace arcscope
