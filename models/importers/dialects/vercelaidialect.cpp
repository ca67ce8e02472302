// Vercel AI SDK 3 to 6; later ones write OpenTelemetry GenAI. The outer span holds the totals of the calls inside it.
#include "dialect.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto operations = std::to_array<KindWord>({
    {"ai.generateText", SpanKind::Workflow, true},
    {"ai.generateText.doGenerate", SpanKind::ModelCall},
    {"ai.streamText", SpanKind::Workflow, true},
    {"ai.streamText.doStream", SpanKind::ModelCall},
    {"ai.generateObject", SpanKind::Workflow, true},
    {"ai.generateObject.doGenerate", SpanKind::ModelCall},
    {"ai.streamObject", SpanKind::Workflow, true},
    {"ai.streamObject.doStream", SpanKind::ModelCall},
    {"ai.embed", SpanKind::Workflow, true},
    {"ai.embedMany", SpanKind::Workflow, true},
    {"ai.embed.doEmbed", SpanKind::Embedding},
    {"ai.embedMany.doEmbed", SpanKind::Embedding},
    {"ai.rerank", SpanKind::Workflow, true},
    {"ai.rerank.doRerank", SpanKind::Retrieval},
    {"ai.toolCall", SpanKind::ToolCall},
});

constexpr auto rules = std::to_array<AttributeRule>({
    {"ai.operationId", Field::Kind, 30, operations},
    {"ai.model.id", fieldOf(SpanText::ModelRequested), 15},
    {"ai.response.model", fieldOf(SpanText::ModelServed), 15},
    {"ai.model.provider", fieldOf(SpanText::Provider), 40},
    {"ai.response.id", Field::ResponseId, 30},
    {"ai.response.finishReason", fieldOf(SpanText::StopReason), 40},
    {"ai.finishReason", fieldOf(SpanText::StopReason), 45},
    {"ai.telemetry.metadata.userId", fieldOf(SpanText::User), 60},
    {"ai.telemetry.metadata.sessionId", fieldOf(SpanText::Session), 60},
    {"ai.telemetry.metadata.taskId", fieldOf(SpanText::Task), 60},
    {"ai.telemetry.metadata.tenant", fieldOf(SpanText::Tenant), 60},
    {"ai.telemetry.metadata.plan", fieldOf(SpanText::Plan), 60},
    {"ai.telemetry.metadata.device", fieldOf(SpanText::Device), 60},
    {"ai.toolCall.name", fieldOf(SpanText::Tool), 25},
    {"ai.toolCall.id", fieldOf(SpanText::ToolCallId), 25},
    {"ai.toolCall.args", Field::Arguments, 10},
    {"ai.toolCall.result", Field::Result, 10},
    {"ai.response.msToFirstChunk", Field::FirstTokenMillis, 15},
    {"ai.stream.msToFirstChunk", Field::FirstTokenMillis, 16},
    {"ai.usage.inputTokens", Field::Input, 50},
    {"ai.usage.promptTokens", Field::Input, 55},
    {"ai.usage.tokens", Field::Input, 60},
    {"ai.usage.outputTokens", Field::Output, 50},
    {"ai.usage.completionTokens", Field::Output, 55},
    {"ai.usage.totalTokens", Field::Total, 50},
    {"ai.usage.cachedInputTokens", Field::CacheRead, 55},
    {"ai.usage.inputTokenDetails.cacheReadTokens", Field::CacheRead, 50},
    {"ai.usage.inputTokenDetails.cacheWriteTokens", Field::CacheWrite, 50},
    {"ai.usage.reasoningTokens", Field::Reasoning, 55},
    {"ai.usage.outputTokenDetails.reasoningTokens", Field::Reasoning, 50},
    {"ai.prompt.messages", Field::InputMessages, 30},
    {"ai.prompt", Field::InputMessages, 35},
    {"ai.response.text", Field::OutputText, 30},
    {"ai.response.object", Field::OutputText, 31},
    {"ai.result.text", Field::OutputText, 35},
    {"ai.result.object", Field::OutputText, 36},
    {"ai.response.reasoning", Field::OutputReasoning, 30},
    {"ai.response.toolCalls", Field::OutputCalls, 30},
    {"ai.result.toolCalls", Field::OutputCalls, 35},
});

} // namespace

Dialect vercelAiDialect()
{
    return {"Vercel AI SDK", rules};
}

} // namespace arcscope
