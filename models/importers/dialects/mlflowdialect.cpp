// MLflow attributes, whose values are JSON texts, and those of Google ADK and LiveKit that hold content.
#include "dialect.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto types = std::to_array<KindWord>({
    {"LLM", SpanKind::ModelCall},
    {"CHAT_MODEL", SpanKind::ModelCall},
    {"CHAIN", SpanKind::Workflow, true},
    {"AGENT", SpanKind::Agent, true},
    {"TOOL", SpanKind::ToolCall},
    {"RETRIEVER", SpanKind::Retrieval},
    {"RERANKER", SpanKind::Retrieval},
    {"EMBEDDING", SpanKind::Embedding},
    {"GUARDRAIL", SpanKind::Guardrail},
    {"EVALUATOR", SpanKind::Evaluator},
});

constexpr auto rules = std::to_array<AttributeRule>({
    {"mlflow.spanType", Field::Kind, 47, types},
    {"mlflow.chat.tokenUsage", Field::UsageObject, 40},
    {"mlflow.llm.model", fieldOf(SpanText::ModelServed), 60},
    {"mlflow.llm.provider", fieldOf(SpanText::Provider), 60},
    {"mlflow.llm.cost", Field::CostObject, 40},
    {"mlflow.spanInputs", Field::InputMessages, 50},
    {"mlflow.spanOutputs", Field::OutputMessages, 50},
    // Google ADK
    {"gcp.vertex.agent.llm_request", Field::InputMessages, 38},
    {"gcp.vertex.agent.llm_response", Field::OutputMessages, 38},
    {"gcp.vertex.agent.tool_call_args", Field::Arguments, 38},
    {"gcp.vertex.agent.tool_response", Field::Result, 38},
    {"gcp.vertex.agent.session_id", fieldOf(SpanText::Session), 48},
    // LiveKit, Genkit
    {"lk.chat_ctx", Field::InputMessages, 48},
    {"lk.response.text", Field::OutputText, 48},
    {"lk.function_tool.output", Field::Result, 48},
    {"genkit:input", Field::InputMessages, 20},
    {"genkit:output", Field::OutputMessages, 20},
});

} // namespace

Dialect mlflowDialect()
{
    return {"MLflow", rules};
}

} // namespace arcscope
