#include "vscoderequest.h"

#include "streamreading.h"
#include "usagejson.h"

namespace arcscope
{
namespace
{

constexpr std::string_view replaced = R"({"reason":"superseded","evidence":"observed"})";
constexpr std::string_view undone = R"({"reason":"rollback","evidence":"declared"})";
constexpr std::string_view gone = R"({"reason":"rollback","evidence":"observed"})";
constexpr std::string_view filtered = R"({"reason":"content_filter","evidence":"declared"})";
constexpr std::string_view copyright = R"({"reason":"content_filter","evidence":"declared","filter":"copyright"})";
constexpr std::string_view cleared = R"({"reason":"superseded","evidence":"declared"})";

/// A text, or a text with marks: {"value":…}.
std::string markdownOf(const JsonElement& value)
{
    JsonObject object;
    JsonArray texts;
    if (value.get(object) == simdjson::SUCCESS)
        return memberText(object, {"value"});
    if (value.get(texts) != simdjson::SUCCESS)
        return textOf(value);
    std::string all;
    for (const JsonElement each : texts)
        all += markdownOf(each);
    return all;
}

std::string markdownIn(const JsonObject& object, std::initializer_list<std::string_view> keys)
{
    JsonElement value;
    return findMember(object, keys, value) ? markdownOf(value) : std::string();
}

bool flag(const JsonObject& object, std::string_view key)
{
    JsonElement value;
    return findMember(object, {key}, value) && value.is_bool() && bool(value);
}

Nanos milliseconds(const JsonObject& object, std::string_view key)
{
    constexpr std::int64_t longest = 86'400'000;
    JsonElement value;
    double number = 0;
    if (!findMember(object, {key}, value) || value.get(number) != simdjson::SUCCESS || !(number >= 0) ||
        number > longest)
        return noTime;
    return static_cast<Nanos>(number * 1e3) * microsecond;
}

Nanos timeIn(const JsonElement& value)
{
    double number = 0;
    if (value.get(number) != simdjson::SUCCESS || !(number > 0) || number > 9e12)
        return noTime;
    return static_cast<Nanos>(number * 1e3) * microsecond;
}

} // namespace

/// What a part of a response shows.
struct VsCodeRequest::Shown {
    BlockType type = BlockType::Other;
    bool any = false;
    std::string text;
    std::string name;
    std::string callId;

    explicit Shown(const JsonObject& part)
    {
        const std::string kind = memberText(part, {"kind"});
        any = true;
        if (kind.empty() || kind == "markdownContent" || kind == "markdownVuln") {
            type = BlockType::Text;
            text = markdownIn(part, {"content", "value"});
        } else if (kind == "thinking") {
            type = BlockType::Reasoning;
            text = markdownIn(part, {"value"});
        } else if (kind == "inlineReference") {
            type = BlockType::Text;
            text = memberText(part, {"name"});
        } else if (kind == "warning") {
            name = kind;
            text = markdownIn(part, {"content"});
        } else if (kind == "textEditGroup" || kind == "notebookEditGroup") {
            name = kind;
            text = memberText(part, {"edits"});
        } else if (kind == "toolInvocationSerialized" || kind == "toolInvocation") {
            type = BlockType::ToolCall;
            name = memberText(part, {"toolId"});
            callId = memberText(part, {"toolCallId"});
            JsonObject details;
            if (findObject(part, "resultDetails", details))
                text = memberText(details, {"input"});
            if (text.empty() && findObject(part, "toolSpecificData", details))
                text = memberText(details, {"rawInput", "commandLine", "command", "prompt"});
        } else {
            any = false;
        }
        any = any && (!text.empty() || type == BlockType::ToolCall);
    }
};

VsCodeRequest::VsCodeRequest()
    : m_response(true) // parts are written again as they grow
{
    m_response.spanKind = SpanKind::Agent;
    m_response.add(StreamEventKind::Start, noTime);
}

void VsCodeRequest::set(const JsonObject& request)
{
    for (const auto member : request) {
        if (member.key != "result" && member.key != "modelState")
            this->member(member.key, member.value);
    }
    // They end the response, wherever they stand.
    JsonElement value;
    for (const std::string_view last : {"result", "modelState"}) {
        if (findMember(request, {last}, value))
            member(last, value);
    }
}

void VsCodeRequest::member(std::string_view key, const JsonElement& value)
{
    JsonObject object;
    const bool isObject = value.get(object) == simdjson::SUCCESS;
    if (key == "requestId") {
        m_id = textOf(value);
    } else if (key == "response") {
        setParts(&value, 0, true);
    } else if (key == "message") {
        m_asked = isObject ? memberText(object, {"text"}) : textOf(value);
    } else if (key == "timestamp") {
        m_start = timeIn(value);
    } else if (key == "modelId") {
        m_model = textOf(value);
    } else if (key == "agent" && isObject) {
        m_agent = memberText(object, {"name", "id"});
    } else if (key == "usage" && isObject) {
        m_usage = textOf(value);
    } else if (key == "result" && isObject) {
        takeResult(object);
    } else if (key == "modelState") {
        takeState(value);
    } else if (key == "isCanceled" && value.is_bool() && bool(value)) {
        m_response.cancelled = true;
    } else if ((key == "shouldBeRemovedOnSend" && isObject) || (key == "isHidden" && value.is_bool() && bool(value))) {
        m_response.retractAll(noTime, undone);
    }
}

void VsCodeRequest::change(ChatChange change, std::span<const JsonElement> path, const JsonElement* value,
                           std::int64_t from)
{
    JsonObject object;
    if (path.empty()) {
        if (value && value->get(object) == simdjson::SUCCESS)
            set(object);
        return;
    }
    const std::string key = textOf(path[0]);
    std::uint64_t at = 0;
    if (key == "response" && path.size() == 1 && value && change == ChatChange::Push)
        setParts(value, from < 0 ? m_parts.size() : static_cast<std::size_t>(from), from >= 0);
    else if (key == "response" && path.size() == 1 && change == ChatChange::Push && from >= 0)
        setParts(nullptr, static_cast<std::size_t>(from), true);
    else if (key == "response" && path.size() == 2 && value && path[1].get(at) == simdjson::SUCCESS &&
             at < m_parts.size())
        setPart(at, *value);
    else if (path.size() == 1 && value && change == ChatChange::Set)
        member(key, *value);
}

void VsCodeRequest::remove()
{
    m_response.retractAll(noTime, gone);
}

void VsCodeRequest::setParts(const JsonElement* list, std::size_t from, bool replace)
{
    JsonArray parts;
    std::size_t at = std::min(from, m_parts.size());
    if (list && list->get(parts) == simdjson::SUCCESS) {
        for (const JsonElement part : parts)
            setPart(at++, part);
    }
    if (!replace)
        return;
    for (std::size_t i = at; i < m_parts.size(); ++i)
        withdraw(m_parts[i], replaced);
    m_parts.resize(std::min(at, m_parts.size()));
}

void VsCodeRequest::setPart(std::size_t at, const JsonElement& value)
{
    if (at >= m_parts.size())
        at = m_parts.size();
    JsonObject object;
    Part part;
    if (value.get(object) != simdjson::SUCCESS) {
        if (at == m_parts.size())
            m_parts.push_back(part);
        return;
    }
    if (memberText(object, {"kind"}) == "clearToPreviousToolInvocation")
        clear(object, at);
    const Shown shown(object);
    StreamBlock* block = nullptr;
    if (at < m_parts.size()) {
        Part& before = m_parts[at];
        const bool same = shown.any && before.type == shown.type && before.callId == shown.callId;
        block = same && !before.item.empty() ? m_response.findItem(before.type, before.item) : nullptr;
        if (!block)
            withdraw(before, replaced);
        else if (shown.type != BlockType::ToolCall || block->text.empty())
            m_response.rewrite(noTime, *block, shown.text, replaced);
        part = block ? before : part;
    }
    if (!block && shown.any) {
        part.type = shown.type;
        part.item = "part " + std::to_string(++m_blocks);
        part.callId = shown.callId;
        m_response.beginItem(noTime, part.type, part.item, shown.name, shown.callId);
        if (!shown.text.empty())
            m_response.chunkOf(noTime, part.type, part.item, shown.text);
    }
    if (part.type == BlockType::ToolCall) {
        if (StreamBlock* const call = m_response.findItem(part.type, part.item))
            takeTool(object, *call);
    }
    if (at < m_parts.size())
        m_parts[at] = part;
    else
        m_parts.push_back(part);
}

void VsCodeRequest::withdraw(const Part& part, std::string_view why)
{
    if (part.item.empty())
        return;
    if (StreamBlock* const block = m_response.findItem(part.type, part.item))
        m_response.retract(noTime, *block, 0, why);
}

/// Everything behind the last tool is void.
void VsCodeRequest::clear(const JsonObject& part, std::size_t at)
{
    const std::string reason = memberText(part, {"reason"});
    const std::string_view why = reason == "1" ? filtered : reason == "2" ? copyright : cleared;
    for (std::size_t i = std::min(at, m_parts.size()); i > 0; --i) {
        if (m_parts[i - 1].type == BlockType::ToolCall)
            return;
        withdraw(m_parts[i - 1], why);
    }
}

void VsCodeRequest::takeTool(const JsonObject& part, StreamBlock& call)
{
    JsonElement value;
    JsonObject confirmed;
    JsonObject details;
    call.executed = flag(part, "isComplete");
    if (findMember(part, {"isConfirmed"}, value)) {
        const bool refused = value.is_bool()
                                 ? !bool(value)
                                 : value.get(confirmed) == simdjson::SUCCESS && memberText(confirmed, {"type"}) == "0";
        call.denied = refused;
        call.executed = call.executed && !refused;
    }
    call.failed = findObject(part, "resultDetails", details) && flag(details, "isError");
}

void VsCodeRequest::takeState(const JsonElement& value)
{
    JsonObject state;
    JsonElement completed;
    const bool isObject = value.get(state) == simdjson::SUCCESS;
    const std::string word = isObject ? memberText(state, {"value"}) : textOf(value);
    const std::string said = word == "1" ? "complete" : word == "2" ? "cancelled" : word == "3" ? "failed" : "";
    if (isObject && findMember(state, {"completedAt"}, completed))
        m_end = timeIn(completed);
    if (said.empty())
        return;
    m_response.stop = said;
    m_response.terminal = true;
    m_response.cancelled = said == "cancelled";
    if (said == "failed" && m_response.errorType.empty())
        m_response.errorType = said;
}

void VsCodeRequest::takeResult(const JsonObject& result)
{
    JsonObject inner;
    if (findObject(result, "timings", inner)) {
        m_firstProgress = milliseconds(inner, "firstProgress");
        m_took = milliseconds(inner, "totalElapsed");
    }
    if (findObject(result, "usage", inner))
        m_usage = compactJson(inner);
    m_response.terminal = true;
    if (!findObject(result, "errorDetails", inner))
        return;
    if (flag(inner, "responseIsRedacted") || flag(inner, "responseIsFiltered"))
        m_response.retractAll(noTime, filtered);
    const std::string code = memberText(inner, {"code"});
    m_response.fail(noTime, code.empty() ? "error" : code, memberText(inner, {"message"}), compactJson(inner));
}

void VsCodeRequest::give(SpanSink& sink, IssueTally& tally, Id trace, std::string_view session,
                         std::string_view fallbackId)
{
    if (!m_usage.empty())
        m_response.count(m_usage, noTime);
    if (!m_response.stop.empty())
        m_response.add(StreamEventKind::Stop, noTime, m_response.stop);
    if (m_response.terminal)
        m_response.add(StreamEventKind::End, noTime);
    SpanRecord span;
    span.trace = trace;
    span.span = toId(sink, m_id.empty() ? fallbackId : std::string_view(m_id));
    span.messages = m_asked.empty() ? 0 : 1;
    setText(sink, span, SpanText::Session, session);
    setText(sink, span, SpanText::Agent, m_agent);
    setText(sink, span, SpanText::Name, m_agent.empty() ? "chat" : m_agent);
    setText(sink, span, SpanText::ModelRequested, m_model);
    if (!m_model.empty())
        span.provenance.set(Fact::Model, Provenance::Declared);
    if (m_start != noTime) {
        span.start = m_start;
        span.provenance.set(Fact::Start, Provenance::Measured);
        if (m_end == noTime && m_took != noTime)
            m_end = m_start + m_took;
        if (m_end != noTime && m_end >= m_start) {
            span.end = m_end;
            span.provenance.set(Fact::End, Provenance::Measured);
        }
        if (m_firstProgress != noTime && m_firstProgress > 0)
            span.firstToken = m_firstProgress;
    } else {
        tally.add(Severity::Info, IssueKind::TimeNotRecorded, "a request without a time", -1, m_response.byte);
    }
    for (const AskedCall& call : m_response.give(sink, tally, span))
        sink.add(call.span, call.record(nullptr));
}

void VsCodeRequest::addTo(SpanContent& content) const
{
    if (!m_asked.empty()) {
        Message& message = content.input.emplace_back();
        message.role = Role::User;
        message.roleText = "user";
        arcscope::Part& part = message.parts.emplace_back();
        part.kind = PartKind::Text;
        part.text = m_asked;
    }
    m_response.addTo(content);
}

} // namespace arcscope
