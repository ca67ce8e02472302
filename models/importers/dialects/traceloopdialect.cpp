// OpenLLMetry (Traceloop): numbered prompts and completions, and its own span kinds.
#include "dialect.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto kinds = std::to_array<KindWord>({
    {"workflow", SpanKind::Workflow, true},
    {"task", SpanKind::Workflow, true},
    {"agent", SpanKind::Agent, true},
    {"tool", SpanKind::ToolCall},
});

constexpr auto requests = std::to_array<KindWord>({
    {"chat", SpanKind::ModelCall},
    {"completion", SpanKind::ModelCall},
    {"embedding", SpanKind::Embedding},
    {"rerank", SpanKind::Retrieval},
});

constexpr auto rules = std::to_array<AttributeRule>({
    {"traceloop.span.kind", Field::Kind, 50, kinds},
    {"llm.request.type", Field::Kind, 55, requests},
    {"traceloop.association.properties.user_id", fieldOf(SpanText::User), 50},
    {"traceloop.association.properties.session_id", fieldOf(SpanText::Session), 50},
    {"traceloop.association.properties.chat_id", fieldOf(SpanText::Session), 55},
    {"traceloop.association.properties.tenant_id", fieldOf(SpanText::Tenant), 50},
    {"traceloop.prompt.key", fieldOf(SpanText::PromptName), 50},
    {"traceloop.prompt.version", fieldOf(SpanText::PromptVersion), 50},
    {"llm.usage.total_tokens", Field::Total, 50},
    {"llm.usage.prompt_tokens", Field::Input, 50},
    {"llm.usage.completion_tokens", Field::Output, 50},
    {"llm.response.model", fieldOf(SpanText::ModelServed), 50},
    {"llm.request.model", fieldOf(SpanText::ModelRequested), 50},
    {"llm.vendor", fieldOf(SpanText::Provider), 50},
    {"traceloop.entity.input", Field::InputMessages, 51},
    {"traceloop.entity.output", Field::OutputMessages, 51},
});

constexpr auto prefixes = std::to_array<AttributeRule>({
    {"gen_ai.prompt.", Field::IndexedInput, 55},
    {"gen_ai.completion.", Field::IndexedOutput, 55},
});

} // namespace

Dialect traceloopDialect()
{
    return {"OpenLLMetry", rules, prefixes};
}

} // namespace arcscope
