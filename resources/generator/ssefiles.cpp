#include "ssefiles.h"

#include "sampleids.h"

#include <vector>

namespace arcscope::samples
{

namespace
{

using Json = nlohmann::ordered_json;

class SseText
{
public:
    /// The event is named by the type of its data, as both vendors do.
    void add(const Json& data)
    {
        text += "event: " + data.at("type").get<std::string>() + "\ndata: " + data.dump() + "\n\n";
    }

    std::string text;
};

/// About four characters each, never inside a UTF-8 sequence.
std::vector<std::string> tokensIn(const std::string& text)
{
    std::vector<std::string> tokens;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = std::min(text.size(), start + 3 + mixed(text.substr(start, 6)) % 4);
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
            ++end;
        tokens.push_back(text.substr(start, end - start));
        start = end;
    }
    return tokens;
}

class AnthropicStream
{
public:
    void start(const std::string& model, int inputTokens, int cacheRead)
    {
        m_sse.add({{"type", "message_start"},
                   {"message",
                    {{"id", vendorIdOf("msg_01", "sse anthropic")},
                     {"type", "message"},
                     {"role", "assistant"},
                     {"model", model},
                     {"content", Json::array()},
                     {"stop_reason", nullptr},
                     {"stop_sequence", nullptr},
                     {"usage",
                      {{"input_tokens", inputTokens},
                       {"cache_creation_input_tokens", 0},
                       {"cache_read_input_tokens", cacheRead},
                       {"output_tokens", 1}}}}}});
        m_sse.add({{"type", "ping"}});
    }

    void block(const Json& head, const char* deltaType, const char* field, const std::string& content)
    {
        m_sse.add({{"type", "content_block_start"}, {"index", m_index}, {"content_block", head}});
        int pieces = 0;
        for (const std::string& token : tokensIn(content)) {
            m_sse.add({{"type", "content_block_delta"},
                       {"index", m_index},
                       {"delta", {{"type", deltaType}, {field, token}}}});
            if (++pieces == 30)
                m_sse.add({{"type", "ping"}});
            ++m_tokens;
        }
        if (head.at("type") == "thinking")
            m_sse.add({{"type", "content_block_delta"},
                       {"index", m_index},
                       {"delta", {{"type", "signature_delta"}, {"signature", "aW52ZW50ZWQgZm9yIHRoZSBzYW1wbGU="}}}});
        m_sse.add({{"type", "content_block_stop"}, {"index", m_index++}});
    }

    std::string finish(const char* reason)
    {
        m_sse.add({{"type", "message_delta"},
                   {"delta", {{"stop_reason", reason}, {"stop_sequence", nullptr}}},
                   {"usage", {{"output_tokens", m_tokens}}}});
        m_sse.add({{"type", "message_stop"}});
        return m_sse.text;
    }

private:
    SseText m_sse;
    int m_index = 0;
    int m_tokens = 0;
};

std::string anthropicStream()
{
    AnthropicStream stream;
    stream.start("claude-sonnet-4-5-20250929", 412, 5'888);
    stream.block({{"type", "thinking"}, {"thinking", ""}, {"signature", ""}}, "thinking_delta", "thinking",
                 "The customer asks for the return period of a sale item. The page says 30 days for everything, the "
                 "sale terms say "
                 "14 for clearance. FH-22518 is clearance, so 14.");
    stream.block({{"type", "text"}, {"text", ""}}, "text_delta", "text",
                 "You can return the Corrie bag within 30 days, like everything we sell. Let me make sure with the "
                 "terms of your "
                 "order.\n\nActually, FH-22518 was a clearance sale, and those can be returned within 14 days only – "
                 "so until 19 March. "
                 "I'll prepare the label now.");
    stream.block(
        {{"type", "tool_use"},
         {"id", vendorIdOf("toolu_01", "sse anthropic")},
         {"name", "create_return"},
         {"input", Json::object()}},
        "input_json_delta", "partial_json",
        R"({"order_id": "FH-22518", "reason": "too warm for summer", "refund_to": "original card", "label": {"carrier": "Dalepost", "size": "M"}})");
    return stream.finish("tool_use");
}

class ResponsesStream
{
public:
    void add(const std::string& type, Json fields)
    {
        Json event = {{"type", "response." + type}, {"sequence_number", m_sequence++}};
        event.update(fields);
        m_sse.add(event);
    }

    void deltas(const std::string& type, const std::string& item, int output, const std::string& content,
                const char* part)
    {
        for (const std::string& token : tokensIn(content)) {
            Json fields = {{"item_id", item}, {"output_index", output}};
            if (part)
                fields[part] = 0;
            fields["delta"] = token;
            fields["obfuscation"] = std::string(16 - token.size() % 16, 'x');
            add(type + ".delta", fields);
        }
    }

    std::string text() const { return m_sse.text; }

private:
    SseText m_sse;
    int m_sequence = 0;
};

std::string responsesStream()
{
    ResponsesStream stream;
    const Json response = {{"id", vendorIdOf("resp_", "sse responses")},
                           {"object", "response"},
                           {"created_at", 1'773'394'020},
                           {"status", "in_progress"},
                           {"model", "gpt-5-mini-2025-08-07"},
                           {"output", Json::array()},
                           {"usage", nullptr}};
    stream.add("created", {{"response", response}});
    stream.add("in_progress", {{"response", response}});

    const std::string reasoning = "rs_" + spanIdOf("sse reasoning");
    const std::string summary = "The two depots disagree. Read the depot table before answering, then the label.";
    Json item = {{"id", reasoning}, {"type", "reasoning"}, {"summary", Json::array()}};
    stream.add("output_item.added", {{"output_index", 0}, {"item", item}});
    const Json part = {{"type", "summary_text"}, {"text", ""}};
    stream.add("reasoning_summary_part.added",
               {{"item_id", reasoning}, {"output_index", 0}, {"summary_index", 0}, {"part", part}});
    stream.deltas("reasoning_summary_text", reasoning, 0, summary, "summary_index");
    stream.add("reasoning_summary_text.done",
               {{"item_id", reasoning}, {"output_index", 0}, {"summary_index", 0}, {"text", summary}});
    item["summary"] = Json::array({{{"type", "summary_text"}, {"text", summary}}});
    const Json reasoned = item;
    stream.add("output_item.done", {{"output_index", 0}, {"item", reasoned}});

    const std::string message = "msg_" + spanIdOf("sse message");
    const std::string words =
        "Two labels were printed for FH-22604, one for Leeds and one for Cardiff. I check which one the depot expects.";
    Json said = {{"id", message},
                 {"type", "message"},
                 {"status", "in_progress"},
                 {"role", "assistant"},
                 {"content", Json::array()}};
    stream.add("output_item.added", {{"output_index", 1}, {"item", said}});
    Json content = {{"type", "output_text"}, {"annotations", Json::array()}, {"text", ""}};
    stream.add("content_part.added",
               {{"item_id", message}, {"output_index", 1}, {"content_index", 0}, {"part", content}});
    stream.deltas("output_text", message, 1, words, "content_index");
    stream.add("output_text.done", {{"item_id", message}, {"output_index", 1}, {"content_index", 0}, {"text", words}});
    content["text"] = words;
    stream.add("content_part.done",
               {{"item_id", message}, {"output_index", 1}, {"content_index", 0}, {"part", content}});
    said["status"] = "completed";
    said["content"] = Json::array({content});
    stream.add("output_item.done", {{"output_index", 1}, {"item", said}});

    const std::string call = "fc_" + spanIdOf("sse call");
    const std::string arguments =
        R"({"flow":"returns","region":"north","labels":["RL-60512","RL-60513"],"explain":true})";
    Json called = {{"id", call},
                   {"type", "function_call"},
                   {"status", "in_progress"},
                   {"call_id", vendorIdOf("call_", "sse call")},
                   {"name", "depot_of"},
                   {"arguments", ""}};
    stream.add("output_item.added", {{"output_index", 2}, {"item", called}});
    stream.deltas("function_call_arguments", call, 2, arguments, nullptr);
    stream.add("function_call_arguments.done", {{"item_id", call}, {"output_index", 2}, {"arguments", arguments}});
    called["status"] = "completed";
    called["arguments"] = arguments;
    stream.add("output_item.done", {{"output_index", 2}, {"item", called}});

    Json done = response;
    done["status"] = "completed";
    done["output"] = Json::array({reasoned, said, called});
    done["usage"] = {{"input_tokens", 3'112},
                     {"input_tokens_details", {{"cached_tokens", 2'816}}},
                     {"output_tokens", 171},
                     {"output_tokens_details", {{"reasoning_tokens", 96}}},
                     {"total_tokens", 3'283}};
    stream.add("completed", {{"response", done}});
    return stream.text();
}

} // namespace

void writeProviderStreams(SampleFiles& files, PlantedFacts& facts)
{
    files["streams/anthropic-messages.sse"] = anthropicStream();
    files["streams/openai-responses.sse"] = responsesStream();
    facts.add("contradictions", {{"kind", "within one response"},
                                 {"file", "streams/anthropic-messages.sse"},
                                 {"quote", "within 30 days"},
                                 {"against", "within 14 days only"},
                                 {"cue", "Actually"}});
}

} // namespace arcscope::samples
