#include "lensfields.h"

#include <algorithm>
#include <array>
#include <string>

namespace arcscope
{
namespace
{

struct Field {
    std::string_view field;
    std::string_view names;
};

constexpr auto fields = std::to_array<Field>({
    {"served", "gen_ai.response.model (OpenTelemetry), llm.response.model_name (OpenInference), ai.response.model "
               "(Vercel AI SDK), model in the provider's response"},
    {"requested", "gen_ai.request.model (OpenTelemetry), llm.request.model_name (OpenInference), ai.model.id (Vercel "
                  "AI SDK)"},
    {"prompt", "gen_ai.prompt.name and gen_ai.prompt.version (OpenTelemetry), llm.prompt_template.version "
               "(OpenInference), langfuse.observation.prompt.version, traceloop.prompt.version"},
    {"tenant", "tenant.id as an attribute of the span or its resource, tenant in the metadata of OpenInference, "
               "Langfuse, LangSmith or the Vercel AI SDK"},
    {"plan", "user.plan or tenant.plan as an attribute of the span, plan in its metadata"},
    {"user", "user.id (OpenTelemetry, OpenInference), langfuse.user.id, ai.telemetry.metadata.userId (Vercel AI SDK)"},
    {"task", "arcscope.task.id or task.id as an attribute of the span, gen_ai.workflow.name (OpenTelemetry), "
             "traceloop.workflow.name"},
    {"session", "gen_ai.conversation.id (OpenTelemetry), session.id (OpenInference), langfuse.session.id, "
                "langsmith.trace.session_id"},
    {"trigger", "arcscope.trigger or trigger as an attribute of the root span, faas.trigger (OpenTelemetry)"},
    {"env", "deployment.environment.name (OpenTelemetry), langfuse.environment"},
    {"agent", "gen_ai.agent.name (OpenTelemetry), agent.name (OpenInference)"},
    {"service", "service.name of the resource (OpenTelemetry)"},
    {"provider", "gen_ai.provider.name (OpenTelemetry), llm.provider (OpenInference)"},
    {"device", "device.type or device.id (OpenTelemetry)"},
    {"stop", "gen_ai.response.finish_reasons (OpenTelemetry), llm.finish_reasons (OpenInference), "
             "ai.response.finishReason (Vercel AI SDK)"},
    {"error", "error.type (OpenTelemetry), http.response.status_code"},
    {"tokens", "gen_ai.usage.input_tokens and gen_ai.usage.output_tokens (OpenTelemetry), llm.token_count.* "
               "(OpenInference), usage in the provider's response"},
    {"cached", "gen_ai.usage.cache_read.input_tokens (OpenTelemetry), llm.token_count.prompt_details.cache_read "
               "(OpenInference)"},
    {"cost", "gen_ai.usage.cost, llm.cost.total (OpenInference), langfuse.observation.cost_details; or a price table "
             "(--prices) where tokens and models are recorded"},
    {"ttft", "gen_ai.response.time_to_first_chunk (OpenTelemetry), ai.response.msToFirstChunk (Vercel AI SDK), "
             "completionStartTime (Langfuse), first_token_time (LangSmith)"},
    {"start", "start and end of the span, with a time zone"},
    {"messages", "gen_ai.input.messages and gen_ai.output.messages (OpenTelemetry, opt-in), llm.input_messages and "
                 "llm.output_messages (OpenInference)"},
    {"system prompt", "gen_ai.system_instructions (OpenTelemetry, opt-in), a message with the role system"},
    {"stream events", "gen_ai.stream.* span events, or the provider's stream as it came"},
    {"outcome", "gen_ai.evaluation.result (OpenTelemetry), a score or reward, feedback of the user"},
    {"response id", "gen_ai.response.id (OpenTelemetry), id in the provider's response"},
});

constexpr auto texts = std::to_array<std::pair<SpanText, std::string_view>>({
    {SpanText::Name, "name"},
    {SpanText::Service, "service"},
    {SpanText::Agent, "agent"},
    {SpanText::Tool, "tool"},
    {SpanText::ModelRequested, "requested"},
    {SpanText::ModelServed, "served"},
    {SpanText::Provider, "provider"},
    {SpanText::Session, "session"},
    {SpanText::Task, "task"},
    {SpanText::User, "user"},
    {SpanText::Tenant, "tenant"},
    {SpanText::Plan, "plan"},
    {SpanText::PromptName, "prompt"},
    {SpanText::PromptVersion, "prompt"},
    {SpanText::Environment, "env"},
    {SpanText::Trigger, "trigger"},
    {SpanText::Device, "device"},
    {SpanText::StopReason, "stop"},
    {SpanText::ErrorType, "error"},
    {SpanText::Format, "format"},
});

} // namespace

LensMissing missingField(std::string_view field, std::uint64_t lacking, std::uint64_t of, std::string_view effect)
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return one.field == field; });
    return {std::string(field), found == fields.end() ? std::string() : std::string(found->names), std::string(effect),
            lacking, of};
}

LensMissing missingField(SpanText text, std::uint64_t lacking, std::uint64_t of, std::string_view effect)
{
    return missingField(fieldName(text), lacking, of, effect);
}

std::string_view fieldName(SpanText text)
{
    const auto found = std::find_if(texts.begin(), texts.end(), [&](const auto& one) { return one.first == text; });
    return found == texts.end() ? name(text) : found->second;
}

std::string tagWords(SpanText text)
{
    if (text == SpanText::ModelServed)
        return "model";
    if (text == SpanText::ModelRequested)
        return "model asked for";
    std::string words(name(text));
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string tagTitle(SpanText text)
{
    std::string title = tagWords(text);
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
    return title;
}

} // namespace arcscope
