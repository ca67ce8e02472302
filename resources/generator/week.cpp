#include "week.h"

#include "sampleids.h"

#include <algorithm>

namespace arcscope::samples
{

const Model sonnet{"anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "end_turn", "tool_use"};
const Model haiku{"anthropic", "claude-haiku-4-5", "claude-haiku-4-5-20251001", "end_turn", "tool_use"};
const Model gptMini{"openai", "gpt-5-mini", "gpt-5-mini-2025-08-07", "stop", "tool_calls"};
const Model gemini{"gcp.gemini", "gemini-2.5-flash", "gemini-2.5-flash", "STOP", "STOP"};
const Model bedrock{"aws.bedrock", "amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0", "end_turn", "tool_use"};
const Model selfHosted{"_OTHER", "fernhill/meadow-8b", "fernhill/meadow-8b", "stop", "tool_calls"};

namespace
{

constexpr std::int64_t bytesPerToken = 4;
constexpr std::int64_t instructionTokens = 1'840;
constexpr std::int64_t cacheBlock = 64;

constexpr std::string_view instructions =
    "You are harbor, the support agent of Fernhill Outdoor, a shop for camping gear. Look things up before you state "
    "them. Never promise money that no tool has confirmed. Hand over to a person when the customer asks for one, or "
    "when "
    "you have failed twice.";

/// The prompt changed on Wednesday at noon.
std::string promptVersionAt(Time time)
{
    return time < at(Wednesday, 12, 0) ? "41" : "42";
}

Json textMessage(std::string_view role, const std::string& text)
{
    return {{"role", role}, {"parts", {{{"type", "text"}, {"content", text}}}}};
}

std::string otelFinish(const ModelCall& call)
{
    if (!call.tools.empty())
        return "tool_call";
    if (call.bucket == "budget_cut")
        return "length";
    if (call.bucket == "declined" && call.stop != call.model->cleanStop)
        return "content_filter";
    return call.bucket == "external_stop" ? "error" : "stop";
}

/// Whole milliseconds, as seconds.
double inSeconds(Time length)
{
    return static_cast<double>(length / ms) / 1000.0;
}

Time firstShownAt(const OtlpSpan& span)
{
    for (const OtlpEvent& event : span.events) {
        if (event.name == "gen_ai.stream.chunk" || event.name == "gen_ai.stream.draft")
            return event.time;
    }
    return span.end;
}

std::string serverOf(const Model& model)
{
    if (model.provider == "anthropic")
        return "api.anthropic.com";
    if (model.provider == "openai")
        return "api.openai.com";
    if (model.provider == "gcp.gemini")
        return "generativelanguage.googleapis.com";
    if (model.provider == "aws.bedrock")
        return "bedrock-runtime.eu-west-1.amazonaws.com";
    return "models.fernhill.example";
}

std::string_view responseIdPrefix(const Model& model)
{
    if (model.provider == "anthropic")
        return "msg_01";
    if (model.provider == "openai")
        return "resp_";
    return model.provider == "_OTHER" ? "chatcmpl-" : "";
}

} // namespace

std::int64_t tokensOf(std::string_view text)
{
    return (static_cast<std::int64_t>(text.size()) + bytesPerToken - 1) / bytesPerToken;
}

void addIdentity(AttributeList& attributes, const Conversation::Setup& setup)
{
    attributes.add("gen_ai.conversation.id", "conv_" + spanIdOf("conversation " + setup.label));
    attributes.add("session.id", uuidOf("session " + setup.label));
    attributes.add("user.id", setup.customer.user);
    attributes.add("tenant.id", setup.customer.tenant);
    attributes.add("tenant.plan", setup.customer.plan);
    attributes.add("device.type", setup.device);
    if (!setup.task.empty())
        attributes.add("arcscope.task.id", setup.task);
}

Conversation::Conversation(Week& week, Setup setup)
    : m_week(week)
    , m_setup(std::move(setup))
    , m_now(m_setup.start)
{
    if (!m_setup.model)
        m_setup.model = &sonnet;
}

Turn Conversation::turn(const std::string& userText, Time pause)
{
    if (m_turns > 0)
        m_now += pause;
    return Turn(*this, userText);
}

Turn::Turn(Conversation& conversation, const std::string& userText)
    : m_conversation(conversation)
    , m_userText(userText)
{
    const Conversation::Setup& setup = conversation.m_setup;
    const std::string label = setup.label + " turn " + std::to_string(++conversation.m_turns);
    m_root.traceId = traceIdOf(label);
    m_root.spanId = spanIdOf(label);
    m_root.name = "invoke_agent harbor";
    m_root.environment = setup.environment;
    m_root.start = conversation.m_now + between(label + " start", 0, 999) * ms;
    m_root.attributes.add("gen_ai.operation.name", "invoke_agent");
    m_root.attributes.add("gen_ai.provider.name", setup.model->provider);
    m_root.attributes.add("gen_ai.agent.name", "harbor");
    m_root.attributes.add("gen_ai.agent.version", "3.8.2");
    addIdentity(m_root.attributes, setup);
    if (!setup.intent.empty())
        m_root.attributes.add("harbor.intent", setup.intent);
    m_root.attributes.add("harbor.turn", conversation.m_turns);
    m_now = m_root.start + between(label + " first", 12, 60) * ms;
    conversation.m_messages.push_back(textMessage("user", userText));
}

Turn::~Turn()
{
    m_root.end = m_now + 8 * ms;
    m_root.attributes.add("gen_ai.input.messages", Json::array({textMessage("user", m_userText)}).dump());
    if (!m_lastText.empty())
        m_root.attributes.add("gen_ai.output.messages", Json::array({textMessage("assistant", m_lastText)}).dump());
    m_conversation.m_now = m_root.end;
    m_conversation.m_week.add(std::move(m_root));
}

std::string Turn::nextLabel()
{
    return m_root.spanId + " child " + std::to_string(++m_children);
}

OtlpSpan& Turn::child(const std::string& name, Time length, const std::string& parent)
{
    OtlpSpan span;
    span.traceId = m_root.traceId;
    span.spanId = spanIdOf(nextLabel());
    span.parentId = parent.empty() ? m_root.spanId : parent;
    span.name = name;
    span.environment = m_root.environment;
    span.start = m_now;
    span.end = m_now + length;
    return m_conversation.m_week.add(std::move(span));
}

/// Usage as the conventions want it: input with what the cache gave, output with reasoning.
void Turn::addTokens(OtlpSpan& span, const ModelCall& call)
{
    const std::int64_t input = instructionTokens + tokensOf(m_conversation.m_messages.dump());
    std::int64_t output = call.outputTokens ? *call.outputTokens : tokensOf(call.text) + tokensOf(call.reasoning);
    for (const ToolUse& tool : call.tools)
        output += call.outputTokens ? 0 : 18 + tokensOf(tool.arguments.dump());
    const bool caches = call.model->provider == "anthropic" || call.model->provider == "openai";
    const std::int64_t read = caches ? std::min(m_conversation.m_cachedTokens, input) / cacheBlock * cacheBlock : 0;
    const std::int64_t written = call.model->provider == "anthropic" ? (input - read) / cacheBlock * cacheBlock : 0;
    span.attributes.add("gen_ai.usage.input_tokens", input);
    span.attributes.add("gen_ai.usage.output_tokens", output);
    if (read > 0)
        span.attributes.add("gen_ai.usage.cache_read.input_tokens", read);
    if (written > 0)
        span.attributes.add("gen_ai.usage.cache_write.input_tokens", written);
    if (!call.reasoning.empty())
        span.attributes.add("gen_ai.usage.reasoning.output_tokens", tokensOf(call.reasoning));
    m_conversation.m_cachedTokens = input;

    const Time first = between(span.spanId + " first", 420, 1'150) * ms;
    const Time each = between(span.spanId + " each", 9, 17) * ms;
    if (span.end == span.start)
        span.end = span.start + first + output * each;
    if (call.model->provider != "anthropic")
        return; // only these calls are streamed
    span.attributes.add("gen_ai.request.stream", true);
    if (call.error.empty() && !call.stream)
        span.attributes.add("gen_ai.response.time_to_first_chunk", inSeconds(first));
}

Turn& Turn::ask(ModelCall call)
{
    if (!call.model)
        call.model = m_conversation.m_setup.model;
    const Model& model = *call.model;
    if (call.stop.empty() && call.error.empty())
        call.stop = call.tools.empty() ? model.cleanStop : model.toolStop;
    if (call.bucket.empty())
        call.bucket = call.tools.empty() ? "complete" : "handoff";

    OtlpSpan span;
    span.traceId = m_root.traceId;
    span.spanId = spanIdOf(nextLabel());
    span.parentId = m_root.spanId;
    span.name = "chat " + model.name;
    span.kind = 3;
    span.environment = m_root.environment;
    span.start = m_now;
    span.end = m_now + call.length;
    AttributeList& attributes = span.attributes;
    attributes.add("gen_ai.operation.name", "chat");
    attributes.add("gen_ai.provider.name", model.provider);
    attributes.add("gen_ai.request.model", model.name);
    attributes.add("gen_ai.request.max_tokens", call.outputLimit);
    attributes.add("gen_ai.request.temperature", call.temperature);
    attributes.add("gen_ai.prompt.name", "harbor-support");
    attributes.add("gen_ai.prompt.version", promptVersionAt(m_now));
    addIdentity(attributes, m_conversation.m_setup);
    attributes.add("server.address", serverOf(model));
    addTokens(span, call);
    if (call.error.empty() || !call.text.empty()) {
        attributes.add("gen_ai.response.model", call.answeredBy.empty() ? model.answered : call.answeredBy);
        attributes.add("gen_ai.response.id", vendorIdOf(responseIdPrefix(model), span.spanId));
    }
    if (!call.stop.empty())
        attributes.add("gen_ai.response.finish_reasons", Json::array({call.stop}));

    std::vector<std::string> ids;
    Json parts = Json::array();
    if (!call.reasoning.empty())
        parts.push_back({{"type", "reasoning"}, {"content", call.reasoning}});
    if (!call.text.empty())
        parts.push_back({{"type", "text"}, {"content", call.text}});
    for (const ToolUse& tool : call.tools) {
        ids.push_back(vendorIdOf("toolu_01", span.spanId + tool.name + std::to_string(ids.size())));
        parts.push_back(
            {{"type", "tool_call"}, {"id", ids.back()}, {"name", tool.name}, {"arguments", tool.arguments}});
    }
    attributes.add("gen_ai.system_instructions", Json::array({{{"type", "text"}, {"content", instructions}}}).dump());
    attributes.add("gen_ai.input.messages", m_conversation.m_messages.dump());
    if (!parts.empty()) {
        const Json message = {{"role", "assistant"}, {"parts", parts}};
        m_conversation.m_messages.push_back(message);
        Json output = message;
        output["finish_reason"] = otelFinish(call);
        attributes.add("gen_ai.output.messages", Json::array({output}).dump());
    }
    if (!call.error.empty()) {
        attributes.add("error.type", call.error);
        span.failed = true;
        span.message = call.errorText;
    }
    if (call.stream) {
        call.stream(span);
        attributes.add("gen_ai.response.time_to_first_chunk", inSeconds(firstShownAt(span) - span.start));
    }

    Json fact = {{"bucket", call.bucket},
                 {"vendor", call.stop},
                 {"in", m_conversation.m_week.place()},
                 {"trace", span.traceId},
                 {"span", span.spanId}};
    if (!call.otherBucket.empty())
        fact["or"] = call.otherBucket;
    if (!call.why.empty())
        fact["why"] = call.why;
    m_conversation.m_week.facts.add("stops", fact);
    m_lastCall = span.spanId;
    if (!call.text.empty())
        m_lastText = call.text;
    m_now = span.end + 5 * ms;
    m_conversation.m_week.add(std::move(span));
    runTools(call.tools, ids);
    return *this;
}

/// All at once; the next step waits for the last of those that are not late.
void Turn::runTools(const std::vector<ToolUse>& tools, const std::vector<std::string>& ids)
{
    const Time start = m_now;
    Time joined = start;
    for (std::size_t i = 0; i < tools.size(); ++i) {
        const ToolUse& tool = tools[i];
        OtlpSpan span;
        span.traceId = m_root.traceId;
        span.spanId = spanIdOf(nextLabel());
        span.parentId = m_root.spanId;
        span.name = "execute_tool " + tool.name;
        span.environment = m_root.environment;
        span.start = start + tool.delay + static_cast<Time>(i) * 400'000;
        span.end = span.start + tool.length;
        span.attributes.add("gen_ai.operation.name", "execute_tool");
        span.attributes.add("gen_ai.tool.name", tool.name);
        span.attributes.add("gen_ai.tool.type", "function");
        span.attributes.add("gen_ai.tool.call.id", ids[i]);
        addIdentity(span.attributes, m_conversation.m_setup);
        span.attributes.add("gen_ai.tool.call.arguments", tool.arguments.dump());
        if (tool.error.empty()) {
            const Json& result = tool.result;
            span.attributes.add("gen_ai.tool.call.result", result.is_string() ? result : Json(result.dump()));
        } else {
            span.attributes.add("error.type", "tool_error");
            span.failed = true;
            span.message = tool.error;
        }
        if (!tool.late) {
            joined = std::max(joined, span.end);
            const Json response = tool.error.empty() ? tool.result : Json{{"error", tool.error}};
            m_conversation.m_messages.push_back(
                {{"role", "tool"},
                 {"parts", {{{"type", "tool_call_response"}, {"id", ids[i]}, {"response", response}}}}});
        }
        if (!tool.fact.empty())
            m_conversation.m_week.facts.add(
                "tools", {{"fact", tool.fact}, {"tool", tool.name}, {"trace", span.traceId}, {"span", span.spanId}});
        m_conversation.m_week.add(std::move(span));
    }
    m_now = joined + 6 * ms;
}

Turn& Turn::say(const std::string& text, const std::string& reasoning)
{
    ModelCall call;
    call.text = text;
    call.reasoning = reasoning;
    return ask(std::move(call));
}

Turn& Turn::use(std::vector<ToolUse> tools, const std::string& text)
{
    ModelCall call;
    call.text = text;
    call.tools = std::move(tools);
    return ask(std::move(call));
}

Turn& Turn::evaluate(const Evaluation& evaluation)
{
    OtlpEvent event;
    event.time = m_now;
    event.name = "gen_ai.evaluation.result";
    event.attributes.add("gen_ai.evaluation.name", evaluation.name);
    event.attributes.add("gen_ai.evaluation.score.label", evaluation.label);
    event.attributes.add("gen_ai.evaluation.score.value", evaluation.score);
    if (!evaluation.explanation.empty())
        event.attributes.add("gen_ai.evaluation.explanation", evaluation.explanation);
    m_root.events.push_back(std::move(event));
    return *this;
}

Turn& Turn::wait(Time length)
{
    m_now += length;
    return *this;
}

Turn& Turn::userAction(const std::string& action)
{
    OtlpEvent event;
    event.time = m_now;
    event.name = "harbor.user_action";
    event.attributes.add("action", action);
    m_root.events.push_back(std::move(event));
    return *this;
}

Turn& Turn::fail(const std::string& message)
{
    m_root.failed = true;
    m_root.message = message;
    return *this;
}

void Week::writeDays(SampleFiles& files) const
{
    std::map<std::string, std::vector<OtlpSpan>> byDay;
    for (const OtlpSpan& span : m_spans)
        byDay[isoDay(span.end)].push_back(span);
    for (const auto& [day, spans] : byDay)
        files[m_place + "/traces-" + day + ".jsonl"] = otlpLines(spans);
}

} // namespace arcscope::samples
