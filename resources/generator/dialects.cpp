#include "stories.h"

#include "sampleids.h"

namespace arcscope::samples
{

void searchGuides(Turn& turn, const std::string& question, const std::vector<GuidePassage>& passages)
{
    OtlpSpan& chain = turn.child("guide_search", 460 * ms);
    const std::string chainId = chain.spanId;
    chain.scope = Scope::OpenInference;
    chain.attributes.add("openinference.span.kind", "CHAIN");
    chain.attributes.add("input.value", question);
    chain.attributes.add("output.value", passages.front().text);

    turn.wait(4 * ms);
    OtlpSpan& embedding = turn.child("embed_query", 92 * ms, chainId);
    embedding.scope = Scope::OpenInference;
    embedding.attributes.add("openinference.span.kind", "EMBEDDING");
    embedding.attributes.add("embedding.model_name", "text-embedding-3-small");
    embedding.attributes.add("embedding.embeddings.0.embedding.text", question);
    embedding.attributes.add("llm.token_count.prompt", tokensOf(question));

    turn.wait(94 * ms);
    OtlpSpan& retriever = turn.child("guides", 118 * ms, chainId);
    retriever.scope = Scope::OpenInference;
    retriever.attributes.add("openinference.span.kind", "RETRIEVER");
    retriever.attributes.add("input.value", question);
    for (std::size_t i = 0; i < passages.size(); ++i) {
        const std::string prefix = "retrieval.documents." + std::to_string(i) + ".document.";
        retriever.attributes.add(prefix + "id", passages[i].id);
        retriever.attributes.add(prefix + "content", passages[i].text);
        retriever.attributes.add(prefix + "score", passages[i].score);
    }

    turn.wait(120 * ms);
    OtlpSpan& judge = turn.child("rank_passages", 230 * ms, chainId);
    judge.scope = Scope::OpenInference;
    judge.kind = 3;
    AttributeList& attributes = judge.attributes;
    attributes.add("openinference.span.kind", "LLM");
    attributes.add("llm.system", "openai");
    attributes.add("llm.provider", "openai");
    attributes.add("llm.model_name", "gpt-5-nano");
    attributes.add("llm.invocation_parameters", R"({"temperature":0.0,"max_completion_tokens":16})");
    attributes.add("llm.input_messages.0.message.role", "system");
    attributes.add("llm.input_messages.0.message.content",
                   "Name the passage that answers the question. Reply with its id only, or NONE.");
    std::string list = question + "\n";
    for (const GuidePassage& passage : passages)
        list += "\n[" + passage.id + "] " + passage.text;
    attributes.add("llm.input_messages.1.message.role", "user");
    attributes.add("llm.input_messages.1.message.content", list);
    attributes.add("llm.output_messages.0.message.role", "assistant");
    attributes.add("llm.output_messages.0.message.content", passages.front().id);
    attributes.add("llm.token_count.prompt", 24 + tokensOf(list));
    attributes.add("llm.token_count.completion", 6);
    attributes.add("llm.token_count.total", 30 + tokensOf(list));
    attributes.add("llm.token_count.prompt_details.cache_read", 0);
    attributes.add("llm.finish_reason", "stop");
    turn.wait(248 * ms);
}

namespace
{

struct WebCall {
    std::string label;
    Time start;
    Customer customer;
    std::string device;
    std::string function;
    std::string question;
    std::string answer;
    std::string finish = "stop";
    std::string bucket = "complete";
    std::string why;
    std::string task;
    bool cancelled = false;
    std::string tool; ///< a tool called before the answer, with its arguments and its result
    std::string arguments;
    std::string result;
};

constexpr std::string_view webInstructions =
    "You help on a product page of Fernhill Outdoor. Two sentences at most. No prices.";

OtlpSpan webSpan(const WebCall& call, const std::string& name, const std::string& operation)
{
    OtlpSpan span;
    span.traceId = traceIdOf("web " + call.label);
    span.service = Service::Web;
    span.scope = Scope::Vercel;
    span.name = name;
    AttributeList& attributes = span.attributes;
    attributes.add("operation.name", operation + " " + call.function);
    attributes.add("resource.name", call.function);
    attributes.add("ai.operationId", operation);
    attributes.add("ai.telemetry.functionId", call.function);
    attributes.add("ai.telemetry.metadata.userId", call.customer.user);
    attributes.add("ai.telemetry.metadata.sessionId", uuidOf("web session " + call.customer.user));
    attributes.add("ai.telemetry.metadata.tenant", call.customer.tenant);
    attributes.add("ai.telemetry.metadata.plan", call.customer.plan);
    attributes.add("ai.telemetry.metadata.device", call.device);
    if (!call.task.empty())
        attributes.add("ai.telemetry.metadata.taskId", call.task);
    attributes.add("ai.model.id", "gpt-5-nano");
    attributes.add("ai.model.provider", "openai.responses");
    return span;
}

void addUsage(AttributeList& attributes, std::int64_t input, std::int64_t output)
{
    attributes.add("ai.usage.inputTokens", input);
    attributes.add("ai.usage.outputTokens", output);
    attributes.add("ai.usage.totalTokens", input + output);
    attributes.add("ai.usage.cachedInputTokens", 0);
}

/// One ai.streamText.doStream; returns when it ended.
Time addStep(Week& week, const WebCall& call, const std::string& outerId, Time start, bool last, Json messages)
{
    OtlpSpan span = webSpan(call, "ai.streamText.doStream", "ai.streamText.doStream");
    span.spanId = spanIdOf("web step " + call.label + (last ? " last" : " first"));
    span.parentId = outerId;
    const bool tools = !last;
    const std::int64_t output = tools ? 24 : tokensOf(call.answer);
    const Time first = between(span.spanId, 280, 610) * ms;
    span.start = start;
    span.end = start + first + output * 11 * ms;
    AttributeList& attributes = span.attributes;
    attributes.add("ai.prompt.messages", messages.dump());
    attributes.add("ai.settings.maxRetries", 2);
    const std::string finish = tools ? "tool-calls" : call.finish;
    if (!call.cancelled || tools) {
        attributes.add("ai.response.finishReason", finish);
        attributes.add("ai.response.msToFinish", static_cast<double>((span.end - span.start) / ms));
        attributes.add("ai.response.id", vendorIdOf("resp_", span.spanId));
        attributes.add("ai.response.model", "gpt-5-nano-2025-08-07");
        attributes.add("gen_ai.response.finish_reasons", Json::array({finish}));
        addUsage(attributes, tokensOf(messages.dump()), output);
    }
    attributes.add("ai.response.msToFirstChunk", static_cast<double>(first / ms) + 0.25);
    if (tools)
        attributes.add("ai.response.toolCalls", Json::array({{{"toolCallType", "function"},
                                                              {"toolCallId", vendorIdOf("call_", call.label)},
                                                              {"toolName", call.tool},
                                                              {"args", call.arguments}}})
                                                    .dump());
    else
        attributes.add("ai.response.text", call.answer);
    attributes.add("gen_ai.system", "openai.responses");
    attributes.add("gen_ai.request.model", "gpt-5-nano");
    OtlpEvent chunk;
    chunk.time = start + first;
    chunk.name = "ai.stream.firstChunk";
    chunk.attributes.add("ai.response.msToFirstChunk", static_cast<double>(first / ms) + 0.25);
    span.events.push_back(chunk);
    if (call.cancelled && last) {
        span.failed = true;
        span.message = "AbortError: This operation was aborted";
    }

    Json fact = {{"bucket", tools ? "handoff" : call.bucket},
                 {"vendor", call.cancelled && last ? "" : finish},
                 {"in", week.place()},
                 {"trace", span.traceId},
                 {"span", span.spanId}};
    if (last && !call.why.empty())
        fact["why"] = call.why;
    week.facts.add("stops", fact);
    const Time end = span.end;
    week.add(std::move(span));
    return end;
}

void addWebCall(Week& week, const WebCall& call)
{
    OtlpSpan outer = webSpan(call, "ai.streamText", "ai.streamText");
    outer.spanId = spanIdOf("web " + call.label);
    outer.start = call.start;
    Json messages = {{{"role", "system"}, {"content", webInstructions}},
                     {{"role", "user"}, {"content", {{{"type", "text"}, {"text", call.question}}}}}};
    outer.attributes.add("ai.prompt", Json({{"messages", messages}}).dump());
    Time now = call.start + 3 * ms;
    if (!call.tool.empty()) {
        now = addStep(week, call, outer.spanId, now, false, messages) + 2 * ms;
        OtlpSpan tool = webSpan(call, "ai.toolCall", "ai.toolCall");
        tool.spanId = spanIdOf("web tool " + call.label);
        tool.parentId = outer.spanId;
        tool.start = now;
        tool.end = now + between(tool.spanId, 60, 340) * ms;
        tool.attributes.add("ai.toolCall.name", call.tool);
        tool.attributes.add("ai.toolCall.id", vendorIdOf("call_", call.label));
        tool.attributes.add("ai.toolCall.args", call.arguments);
        tool.attributes.add("ai.toolCall.result", call.result);
        now = tool.end + 2 * ms;
        week.add(std::move(tool));
        messages.push_back({{"role", "tool"}, {"content", {{{"type", "tool-result"}, {"output", call.result}}}}});
    }
    now = addStep(week, call, outer.spanId, now, true, messages);
    outer.end = now + 2 * ms;
    if (!call.cancelled) {
        outer.attributes.add("ai.response.text", call.answer);
        outer.attributes.add("ai.response.finishReason", call.finish);
        addUsage(outer.attributes, tokensOf(messages.dump()), tokensOf(call.answer));
    } else {
        outer.failed = true;
        outer.message = "AbortError: This operation was aborted";
    }
    week.add(std::move(outer));
}

WebCall webCall(std::string label, Time start, Customer customer, std::string device, std::string function,
                std::string question, std::string answer)
{
    WebCall call;
    call.label = std::move(label);
    call.start = start;
    call.customer = std::move(customer);
    call.device = std::move(device);
    call.function = std::move(function);
    call.question = std::move(question);
    call.answer = std::move(answer);
    return call;
}

} // namespace

void tellOfWebPages(Week& week)
{
    const Customer guest{"u-5130", "fernhill-uk", "basic"};
    const Customer nordic{"u-6044", "fernhill-nordic", "trail-pass"};
    const Customer walker{"u-5712", "fernhill-uk", "trail-pass"};

    addWebCall(week, webCall("pack size", at(Monday, 8, 14), guest, "phone", "size-hint",
                             "My back is 48 cm from collar to hips. Which Brackenfell 70?",
                             "At 48 cm the medium fits: its harness covers 46 to 51 cm. Loosen the lid straps before "
                             "you set it."));
    addWebCall(week, webCall("bag warmth", at(Monday, 19, 41), nordic, "tablet", "product-question",
                             "Is the Tarn warm enough for a hut in October, around 3 degrees inside?",
                             "Yes. Its comfort limit is -1 °C, so 3 °C in a hut leaves a margin even if you sleep "
                             "cold."));

    WebCall stock = webCall("cooler stock", at(Tuesday, 11, 2), guest, "phone", "product-question",
                            "Is the Lowmere 24 in the Leeds shop today?",
                            "The Leeds shop has two Lowmere 24 coolers on the shelf, counted this morning. The next "
                            "delivery is on Friday.");
    stock.tool = "shopStock";
    stock.arguments = R"({"sku":"LOW-24","shop":"leeds"})";
    stock.result = R"({"sku":"LOW-24","shop":"leeds","count":2,"counted":"2026-03-10T07:40:00Z","next":"2026-03-13"})";
    addWebCall(week, stock);

    WebCall closed = webCall("closed page", at(Tuesday, 21, 17), walker, "phone", "product-question",
                             "Can I run the Emberlite on the valve cartridges I already have?",
                             "The Emberlite takes cartridges with the usual threaded valve. If yours click in instead, "
                             "you need the ad");
    closed.cancelled = true;
    closed.bucket = "external_stop";
    closed.why = "the customer closed the page; no terminal event, the stream was aborted";
    addWebCall(week, closed);

    WebCall cut = webCall("chair care", at(Wednesday, 9, 26), guest, "desktop", "product-question",
                          "How do I get tree sap off the Quill chair?",
                          "Rub the spot with a little cooking oil and leave it for ten minutes, then wash with mild "
                          "soap. After that you should always make sure that the");
    cut.bucket = "silent_truncation";
    cut.why = "clean stop in the middle of a sentence";
    addWebCall(week, cut);

    WebCall filtered = webCall("fuel question", at(Thursday, 15, 48), nordic, "desktop", "product-question",
                               "Was passiert, wenn man die Kartusche ins Lagerfeuer wirft?", "");
    filtered.finish = "content-filter";
    filtered.bucket = "declined";
    addWebCall(week, filtered);

    WebCall longest = webCall("tent compare", at(Friday, 17, 5), walker, "tablet", "compare",
                              "Compare Kestrel 2, Kestrel 3 and Heron 4 for a family of four with a dog.",
                              "The Kestrel 2 sleeps two and packs to 2.1 kg, so it is out for four. The Kestrel 3 has "
                              "room for three adults, or two and two small children, but the dog would lie in the "
                              "porch. The Heron 4 has two rooms, standing height in the middle and a groundsheet that");
    longest.finish = "length";
    longest.bucket = "budget_cut";
    addWebCall(week, longest);
}

} // namespace arcscope::samples
