// OpenTelemetry GenAI in all its generations, MCP, and what OpenTelemetry says about sessions, users and errors.
#include "dialect.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto operations = std::to_array<KindWord>({
    {"chat", SpanKind::ModelCall},
    {"generate_content", SpanKind::ModelCall},
    {"text_completion", SpanKind::ModelCall},
    {"completion", SpanKind::ModelCall},
    {"responses", SpanKind::ModelCall},
    {"embeddings", SpanKind::Embedding},
    {"retrieval", SpanKind::Retrieval},
    {"retrieve", SpanKind::Retrieval},
    {"search_memory", SpanKind::Retrieval},
    {"execute_tool", SpanKind::ToolCall},
    {"create_agent", SpanKind::Agent},
    {"invoke_agent", SpanKind::Agent, true},
    {"invoke_workflow", SpanKind::Workflow, true},
    {"plan", SpanKind::Workflow},
});

constexpr auto mcpMethods = std::to_array<KindWord>({
    {"tools/call", SpanKind::ToolCall},
    {"resources/read", SpanKind::Retrieval},
    {"sampling/createMessage", SpanKind::ModelCall},
});

constexpr auto rules = std::to_array<AttributeRule>({
    // identity and kind
    {"gen_ai.operation.name", Field::Kind, 40, operations},
    {"mcp.method.name", Field::Kind, 60, mcpMethods},
    {"gen_ai.provider.name", fieldOf(SpanText::Provider), 10},
    {"gen_ai.system", fieldOf(SpanText::Provider), 20},
    {"gen_ai.request.model", fieldOf(SpanText::ModelRequested), 20},
    {"gen_ai.response.model", fieldOf(SpanText::ModelServed), 20},
    {"gen_ai.response.id", Field::ResponseId, 20},
    {"gen_ai.conversation.id", fieldOf(SpanText::Session), 30},
    {"session.id", fieldOf(SpanText::Session), 20},
    {"user.id", fieldOf(SpanText::User), 20},
    {"enduser.id", fieldOf(SpanText::User), 30},
    {"enduser.pseudo.id", fieldOf(SpanText::User), 40},
    {"gen_ai.agent.name", fieldOf(SpanText::Agent), 20},
    {"gen_ai.agent.id", fieldOf(SpanText::Agent), 40},
    {"gen_ai.prompt.name", fieldOf(SpanText::PromptName), 20},
    {"gen_ai.prompt.version", fieldOf(SpanText::PromptVersion), 20},
    {"gen_ai.tool.name", fieldOf(SpanText::Tool), 20},
    {"gen_ai.tool.call.id", fieldOf(SpanText::ToolCallId), 20},
    {"deployment.environment.name", fieldOf(SpanText::Environment), 20},
    {"deployment.environment", fieldOf(SpanText::Environment), 30},
    {"error.type", fieldOf(SpanText::ErrorType), 20},
    {"gen_ai.request.stream", Field::Streamed},
    {"tenant.id", fieldOf(SpanText::Tenant), 20},
    // One piece of work: names of workflows, functions and tasks are kinds of it.
    {"arcscope.task.id", fieldOf(SpanText::Task), 10},
    {"task.id", fieldOf(SpanText::Task), 20},
    {"user.plan", fieldOf(SpanText::Plan), 20},
    {"tenant.plan", fieldOf(SpanText::Plan), 30},
    {"plan", fieldOf(SpanText::Plan), 60},
    {"tenant", fieldOf(SpanText::Tenant), 60},
    {"device.id", fieldOf(SpanText::Device), 30},
    {"device.model.identifier", fieldOf(SpanText::Device), 40},
    {"device.type", fieldOf(SpanText::Device), 20},
    {"trigger", fieldOf(SpanText::Trigger), 60},
    {"faas.trigger", fieldOf(SpanText::Trigger), 30},
    // signs of a kind, where none is named
    {"gen_ai.evaluation.name", Field::Guess, 10, {}, SpanKind::Evaluator},
    {"gen_ai.guardrail.name", Field::Guess, 11, {}, SpanKind::Guardrail},
    {"gen_ai.retrieval.query.text", Field::Guess, 12, {}, SpanKind::Retrieval},
    {"gen_ai.data_source.id", Field::Guess, 13, {}, SpanKind::Retrieval},
    {"gen_ai.embeddings.dimension.count", Field::Guess, 14, {}, SpanKind::Embedding},
    // stop and time
    {"gen_ai.response.finish_reasons", fieldOf(SpanText::StopReason), 20},
    {"gen_ai.response.finish_reason", fieldOf(SpanText::StopReason), 25},
    {"gen_ai.response.time_to_first_chunk", Field::FirstTokenSeconds, 20},
    {"gen_ai.server.time_to_first_token", Field::FirstTokenSeconds, 30},
    {"gen_ai.latency.time_to_first_token", Field::FirstTokenSeconds, 30},
    // usage
    {"gen_ai.usage.input_tokens", Field::Input, 20},
    {"gen_ai.usage.prompt_tokens", Field::Input, 30},
    {"gen_ai.usage.output_tokens", Field::Output, 20},
    {"gen_ai.usage.completion_tokens", Field::Output, 30},
    {"gen_ai.usage.total_tokens", Field::Total, 20},
    {"gen_ai.usage.cache_read.input_tokens", Field::CacheRead, 20},
    {"gen_ai.usage.cache_read_input_tokens", Field::CacheRead, 21},
    {"gen_ai.usage.cache_read_tokens", Field::CacheRead, 22},
    {"gen_ai.usage.details.cache_read_tokens", Field::CacheRead, 23},
    {"gen_ai.usage.prompt_details.cache_read", Field::CacheRead, 24},
    {"gen_ai.usage.input_cached_tokens", Field::CacheRead, 25},
    {"gen_ai.usage.cache_write.input_tokens", Field::CacheWrite, 20},
    {"gen_ai.usage.cache_creation.input_tokens", Field::CacheWrite, 21},
    {"gen_ai.usage.cache_creation_input_tokens", Field::CacheWrite, 22},
    {"gen_ai.usage.cache_write_tokens", Field::CacheWrite, 23},
    {"gen_ai.usage.details.cache_write_tokens", Field::CacheWrite, 24},
    {"gen_ai.usage.prompt_details.cache_write", Field::CacheWrite, 25},
    {"gen_ai.usage.input_cache_creation", Field::CacheWrite, 26},
    {"gen_ai.usage.reasoning.output_tokens", Field::Reasoning, 20},
    {"gen_ai.usage.reasoning_tokens", Field::Reasoning, 21},
    {"gen_ai.usage.details.reasoning_tokens", Field::Reasoning, 22},
    {"gen_ai.usage.output_tokens.reasoning", Field::Reasoning, 23},
    {"gen_ai.usage.audio.input_tokens", Field::AudioInput, 20},
    {"gen_ai.usage.audio.output_tokens", Field::AudioOutput, 20},
    {"gen_ai.usage.cost", Field::Cost, 20},
    {"gen_ai.usage.cost.currency", fieldOf(SpanText::Currency), 20},
    {"gen_ai.usage.cost_currency", fieldOf(SpanText::Currency), 21},
    // content
    {"gen_ai.system_instructions", Field::Instructions, 20},
    {"gen_ai.input.messages", Field::InputMessages, 70},
    {"gen_ai.output.messages", Field::OutputMessages, 70},
    {"gen_ai.prompt", Field::InputMessages, 60},
    {"gen_ai.completion", Field::OutputMessages, 60},
    {"gen_ai.tool.call.arguments", Field::Arguments, 20},
    {"gen_ai.tool.call.result", Field::Result, 20},
});

} // namespace

Dialect genAiDialect()
{
    return {"OTel GenAI", rules};
}

} // namespace arcscope
