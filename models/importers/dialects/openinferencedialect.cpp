// OpenInference, as Phoenix and the Arize instrumentations write it. Its counts include cache and reasoning.
#include "dialect.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto kinds = std::to_array<KindWord>({
    {"LLM", SpanKind::ModelCall},
    {"EMBEDDING", SpanKind::Embedding},
    {"CHAIN", SpanKind::Workflow, true},
    {"RETRIEVER", SpanKind::Retrieval},
    {"RERANKER", SpanKind::Retrieval},
    {"TOOL", SpanKind::ToolCall},
    {"AGENT", SpanKind::Agent, true},
    {"GUARDRAIL", SpanKind::Guardrail},
    {"EVALUATOR", SpanKind::Evaluator},
});

constexpr auto rules = std::to_array<AttributeRule>({
    {"openinference.span.kind", Field::Kind, 20, kinds},
    {"llm.provider", fieldOf(SpanText::Provider), 25},
    {"llm.system", fieldOf(SpanText::Provider), 30},
    {"llm.request.model_name", fieldOf(SpanText::ModelRequested), 30},
    {"llm.response.model_name", fieldOf(SpanText::ModelServed), 30},
    {"llm.model_name", fieldOf(SpanText::ModelServed), 40},
    {"embedding.model_name", fieldOf(SpanText::ModelServed), 45},
    {"reranker.model_name", fieldOf(SpanText::ModelServed), 46},
    {"llm.finish_reason", fieldOf(SpanText::StopReason), 30},
    {"agent.name", fieldOf(SpanText::Agent), 30},
    {"tool.name", fieldOf(SpanText::Tool), 30},
    {"tool.id", fieldOf(SpanText::ToolCallId), 40},
    {"tool_call.id", fieldOf(SpanText::ToolCallId), 30},
    {"llm.prompt_template.version", fieldOf(SpanText::PromptVersion), 40},
    {"prompt.id", fieldOf(SpanText::PromptName), 40},
    {"llm.token_count.prompt", Field::Input, 40},
    {"llm.token_count.completion", Field::Output, 40},
    {"llm.token_count.total", Field::Total, 40},
    {"llm.token_count.prompt_details.cache_read", Field::CacheRead, 40},
    {"llm.token_count.prompt_details.cache_write", Field::CacheWrite, 40},
    {"llm.token_count.prompt_details.audio", Field::AudioInput, 40},
    {"llm.token_count.completion_details.reasoning", Field::Reasoning, 40},
    {"llm.token_count.completion_details.audio", Field::AudioOutput, 40},
    {"llm.cost.total", Field::Cost, 30},
    {"llm.cost.currency", fieldOf(SpanText::Currency), 30},
    {"llm.cost.prompt", Field::CostPart},
    {"llm.cost.completion", Field::CostPart},
    {"input.value", Field::InputMessages, 52},
    {"output.value", Field::OutputMessages, 52},
});

constexpr auto prefixes = std::to_array<AttributeRule>({
    {"llm.input_messages.", Field::IndexedInput, 65},
    {"llm.output_messages.", Field::IndexedOutput, 65},
});

} // namespace

Dialect openInferenceDialect()
{
    return {"OpenInference", rules, prefixes};
}

} // namespace arcscope
