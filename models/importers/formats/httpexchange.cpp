#include "httpexchange.h"

#include "base64.h"
#include "decompress.h"
#include "eventframes.h"
#include "messagejson.h"
#include "source.h"
#include "streamvendors.h"
#include "windows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace arcscope
{
namespace
{

/// Bytes that are there.
class BodyBytes final : public ByteStream
{
public:
    explicit BodyBytes(std::string bytes)
        : m_bytes(std::move(bytes))
    {
    }
    Result<std::size_t> read(std::span<char> into) override
    {
        const std::size_t size = m_bytes.copy(into.data(), into.size(), m_at);
        m_at += size;
        return size;
    }
    std::uint64_t bytesOnDisk() const override { return 0; }

private:
    std::string m_bytes;
    std::size_t m_at = 0;
};

/// A body as it was before it was packed for its way.
std::string unpackedBody(std::string bytes, std::vector<std::string>& notes)
{
    const Packing packing = packingOf(bytes);
    if (packing != Packing::Gzip && packing != Packing::Zstd)
        return bytes;
    const auto stream = unpacked(packing, std::make_unique<BodyBytes>(std::move(bytes)));
    std::string out;
    std::string part(std::size_t(1) << 16, '\0');
    while (out.size() <= maxRecordBytes) {
        const auto got = stream->read(part);
        if (!got || *got == 0) {
            if (!got)
                notes.push_back("a packed body is damaged: " + got.error().message);
            return out;
        }
        out.append(part, 0, *got);
    }
    notes.emplace_back("a packed body is longer than the limit of a record; its end is left out");
    out.resize(maxRecordBytes);
    return out;
}

std::string base64Body(std::string_view base64, std::vector<std::string>& notes)
{
    auto bytes = base64Bytes(base64);
    if (!bytes) {
        notes.emplace_back("a body that is no base64");
        return {};
    }
    std::string text = unpackedBody(std::move(*bytes), notes);
    if (beginsFrame(text))
        return frameLines(text, notes);
    if (!isUtf8(text)) {
        notes.emplace_back("a body of bytes that are no text");
        return {};
    }
    return text;
}

/// Text, or {"base64": text}, or an object that is the body's JSON.
std::string bodyText(const JsonElement& value, std::vector<std::string>& notes)
{
    JsonObject object;
    JsonElement packed;
    if (value.get(object) != simdjson::SUCCESS || object.size() != 1 || !findMember(object, {"base64"}, packed))
        return textOf(value);
    return base64Body(textOf(packed), notes);
}

/// The body of a request or response, wherever its recorder keeps it.
std::string bodyOf(const JsonObject& message, std::vector<std::string>& notes)
{
    JsonElement value;
    JsonObject inner;
    if (findMember(message, {"parsed_body"}, value))
        return textOf(value);
    if (!findMember(message, {"body", "content", "postData"}, value))
        return {};
    if (value.get(inner) != simdjson::SUCCESS)
        return bodyText(value, notes);
    JsonElement text;
    if (findMember(inner, {"base64_string"}, text) ||
        (memberText(inner, {"encoding"}) == "base64" && findMember(inner, {"text"}, text)))
        return base64Body(textOf(text), notes);
    if (findMember(inner, {"string", "text"}, text))
        return bodyText(text, notes);
    if (hasMember(inner, "string") || hasMember(inner, "text") || hasMember(inner, "mimeType"))
        return {};
    return bodyText(value, notes);
}

int statusOf(const JsonObject& response)
{
    JsonElement value;
    JsonObject inner;
    std::int64_t code = 0;
    if (!findMember(response, {"status", "status_code", "code"}, value))
        return 0;
    if (value.get(inner) == simdjson::SUCCESS && !findMember(inner, {"code"}, value))
        return 0;
    if (value.get(code) != simdjson::SUCCESS && !findMember(response, {"code"}, value))
        return 0;
    return value.get(code) == simdjson::SUCCESS && code > 0 && code < 1'000 ? static_cast<int>(code) : 0;
}

/// A part of a URL with its %xx as the bytes that they stand for.
std::string percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const char* const digits = text.data() + i + 1;
        if (text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            out += static_cast<char>(byte);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return isUtf8(out) ? out : std::string(text);
}

/// The members of a request that hold messages.
constexpr auto messageKeys = std::to_array<std::string_view>(
    {"system", "systemInstruction", "system_instruction", "instructions", "messages", "contents", "input", "prompt"});

bool isMessageKey(std::string_view key)
{
    return std::find(messageKeys.begin(), messageKeys.end(), key) != messageKeys.end();
}

/// Gives the data of every server-sent event, and comments.
template <typename Data, typename Comment>
void eachServerEvent(std::string_view text, Data&& data, Comment&& comment)
{
    std::string gathered;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with("data:")) {
            line.remove_prefix(line.starts_with("data: ") ? 6 : 5);
            gathered.append(gathered.empty() ? 0 : 1, '\n').append(line);
        } else if (line.starts_with(':')) {
            comment(line.substr(1));
        }
        if ((line.empty() || text.empty()) && !gathered.empty())
            data(std::exchange(gathered, {}));
    }
}

/// Events of one response, all of the vendor who sent the first that is known.
class AnswerEvents
{
public:
    explicit AnswerEvents(StreamedResponse& response)
        : m_response(response)
    {
        response.contained = true;
    }

    void take(const std::string& text)
    {
        JsonElement element;
        JsonObject event;
        if (text == "[DONE]") {
            m_response.terminal = true;
            m_response.add(StreamEventKind::End, noTime, text);
        } else if (m_parser.parse(text).get(element) == simdjson::SUCCESS && element.get(event) == simdjson::SUCCESS) {
            take(event);
        } else {
            m_response.add(StreamEventKind::Other, noTime, {}, text);
        }
    }
    void take(const JsonObject& event)
    {
        if (!m_vendor)
            m_vendor = vendorOf(event);
        if (m_vendor)
            m_vendor->take(event, noTime, m_response);
        else
            m_response.add(StreamEventKind::Other, noTime, {}, compactJson(event));
    }
    void comment(std::string_view text) { m_response.add(StreamEventKind::Keepalive, noTime, text); }
    /// Whether any event was known.
    bool known() const { return m_vendor != nullptr; }

private:
    StreamedResponse& m_response;
    simdjson::dom::parser m_parser;
    const StreamVendor* m_vendor = nullptr;
};

bool takeServerEvents(std::string_view text, StreamedResponse& response)
{
    AnswerEvents events(response);
    eachServerEvent(
        text, [&](const std::string& data) { events.take(data); },
        [&](std::string_view comment) { events.comment(comment); });
    return events.known();
}

/// One JSON value is a whole response, or an array of events; several are the events of a stream.
bool takeJson(std::string_view text, StreamedResponse& response)
{
    std::vector<std::string> values;
    eachValue(text, [&](const JsonValue& value) { values.emplace_back(value.raw()); });
    simdjson::dom::parser parser;
    JsonElement element;
    JsonObject body;
    JsonArray array;
    if (values.size() == 1 && parser.parse(values.front()).get(element) == simdjson::SUCCESS) {
        if (element.get(body) == simdjson::SUCCESS)
            return takeAnyWhole(body, response);
        AnswerEvents events(response);
        if (element.get(array) == simdjson::SUCCESS) {
            for (const JsonElement item : array) {
                if (item.get(body) == simdjson::SUCCESS)
                    events.take(body);
            }
        }
        return events.known();
    }
    AnswerEvents events(response);
    for (const std::string& value : values)
        events.take(value);
    return events.known();
}

void addExchangeAttributes(const HttpExchange& exchange, SpanContent& content)
{
    const auto add = [&](const char* key, const std::string& value, AttributeType type) {
        if (!value.empty())
            content.attributes.push_back({key, value, type});
    };
    add("http.request.method", exchange.method, AttributeType::Text);
    add("url.full", exchange.url, AttributeType::Text);
    if (exchange.status)
        add("http.response.status_code", std::to_string(exchange.status), AttributeType::Number);
    JsonParser timings;
    timings.parseCopy(exchange.timings).eachMember([&](std::string_view key, const JsonValue& value) {
        addAttribute(content.attributes, "timings." + std::string(key), value);
    });
    JsonParser parser;
    parser.parseCopy(exchange.request).eachMember([&](std::string_view key, const JsonValue& value) {
        if (!isMessageKey(key))
            addAttribute(content.attributes, "request." + std::string(key), value);
    });
}

} // namespace

std::string_view HttpExchange::host() const
{
    std::string_view text = url;
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos)
        return {};
    text.remove_prefix(scheme + 3);
    text = text.substr(0, text.find_first_of("/?#"));
    if (const std::size_t user = text.rfind('@'); user != std::string_view::npos)
        text.remove_prefix(user + 1);
    return text.starts_with('[') ? text : text.substr(0, text.find(':'));
}

HttpExchange readExchange(const JsonObject& record)
{
    HttpExchange exchange;
    JsonObject request;
    JsonObject response;
    if (findObject(record, "request", request)) {
        exchange.method = memberText(request, {"method"});
        for (char& c : exchange.method)
            c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        exchange.url = memberText(request, {"uri", "url"});
        exchange.request = bodyOf(request, exchange.notes);
    }
    if (findObject(record, "response", response)) {
        exchange.status = statusOf(response);
        exchange.response = bodyOf(response, exchange.notes);
        exchange.error = memberText(response, {"_error"});
    }
    if (const auto start = parseIsoTime(memberText(record, {"startedDateTime"})))
        exchange.start = start->time;
    JsonObject timings;
    if (findObject(record, "timings", timings))
        exchange.timings = compactJson(timings);
    JsonElement took;
    double milliseconds = -1;
    if (findMember(record, {"time"}, took) && took.get(milliseconds) == simdjson::SUCCESS && milliseconds >= 0 &&
        milliseconds < 1e9)
        exchange.took = static_cast<Nanos>(std::llround(milliseconds * 1e6));
    return exchange;
}

bool asksModel(const HttpExchange& exchange)
{
    simdjson::dom::parser parser;
    JsonElement element;
    JsonObject body;
    if (parser.parse(exchange.request).get(element) != simdjson::SUCCESS || element.get(body) != simdjson::SUCCESS)
        return false;
    for (const std::string_view other : {"/embeddings", "/embed", "/moderations", "/rerank", "tokens", "countTokens"}) {
        if (std::string_view(exchange.url).substr(0, exchange.url.find('?')).ends_with(other))
            return false;
    }
    return hasMember(body, "messages") || hasMember(body, "contents") ||
           (hasMember(body, "model") && (hasMember(body, "input") || hasMember(body, "prompt")));
}

bool takeAnswer(const HttpExchange& exchange, StreamedResponse& response)
{
    const std::string_view body = exchange.response;
    const std::size_t first = body.find_first_not_of(" \t\r\n");
    bool taken = false;
    if (first != std::string_view::npos) {
        const std::string_view text = body.substr(first);
        if (text.starts_with("data:") || text.starts_with("event:") || text.starts_with(':') || text.starts_with("id:"))
            taken = takeServerEvents(body, response);
        else if (text.front() == '{' || text.front() == '[')
            taken = takeJson(text, response);
    }
    const bool refused = exchange.status >= 400 || !exchange.error.empty();
    if (taken && response.errorType.empty() && !refused)
        return true;
    // An error that any server may send is a model's only where a model was asked.
    if (!taken && !refused)
        return false;
    if ((!taken || response.blocks().empty()) && !asksModel(exchange))
        return false;
    if (response.errorType.empty()) {
        response.whole = response.whole || !taken;
        response.fail(noTime, exchange.error.empty() ? std::to_string(exchange.status) : exchange.error, {}, {});
    }
    return true;
}

std::string requestedModel(const HttpExchange& exchange)
{
    simdjson::dom::parser parser;
    JsonElement element;
    JsonObject body;
    if (parser.parse(exchange.request).get(element) == simdjson::SUCCESS && element.get(body) == simdjson::SUCCESS) {
        if (const std::string model = memberText(body, {"model", "modelId"}); !model.empty())
            return model;
    }
    for (const std::string_view place : {"/models/", "/model/", "/deployments/"}) {
        const std::size_t at = exchange.url.find(place);
        if (at == std::string::npos)
            continue;
        const std::string_view rest = std::string_view(exchange.url).substr(at + place.size());
        return percentDecoded(rest.substr(0, rest.find_first_of(":/?")));
    }
    return {};
}

std::string providerOf(const HttpExchange& exchange)
{
    struct Host {
        std::string_view end;
        std::string_view name;
    };
    constexpr Host hosts[] = {{"api.openai.com", "openai"},
                              {".openai.azure.com", "azure.ai.openai"},
                              {"api.anthropic.com", "anthropic"},
                              {"generativelanguage.googleapis.com", "gcp.gemini"},
                              {"aiplatform.googleapis.com", "gcp.vertex_ai"},
                              {"api.mistral.ai", "mistral_ai"},
                              {"api.groq.com", "groq"},
                              {"api.cohere.com", "cohere"},
                              {"api.cohere.ai", "cohere"},
                              {"api.deepseek.com", "deepseek"},
                              {"api.perplexity.ai", "perplexity"},
                              {"api.x.ai", "x_ai"}};
    const std::string_view host = exchange.host();
    for (const Host& known : hosts) {
        if (host.ends_with(known.end))
            return std::string(known.name);
    }
    return std::string(host.starts_with("bedrock-runtime.") ? std::string_view("aws.bedrock") : host);
}

void appendRequest(const HttpExchange& exchange, std::vector<Message>& messages, std::vector<std::string>& notes)
{
    JsonParser parser;
    std::string kept;
    parser.parseCopy(exchange.request).eachMember([&](std::string_view key, const JsonValue& value) {
        if (isMessageKey(key))
            kept.append(kept.empty() ? "{" : ",").append(jsonQuoted(key)).append(":").append(value.raw());
    });
    if (!kept.empty())
        appendMessages(kept + '}', Role::User, messages, notes);
}

SpanContent exchangeContent(const HttpExchange& exchange)
{
    SpanContent content;
    StreamedResponse response(true);
    appendRequest(exchange, content.input, content.notes);
    if (takeAnswer(exchange, response))
        response.addTo(content);
    addExchangeAttributes(exchange, content);
    content.notes.insert(content.notes.end(), exchange.notes.begin(), exchange.notes.end());
    return content;
}

} // namespace arcscope
