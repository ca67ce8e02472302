#include "exchangereader.h"

#include "windows.h"
#include "yamljson.h"

#include <algorithm>

namespace arcscope
{

ExchangeReader::ExchangeReader(SpanSink& sink, std::string_view fileName)
    : m_sink(sink)
    , m_file(fileName)
{
    m_root.trace = toId(sink, m_file);
    m_root.span = toId(sink, m_file + "#recording");
    m_root.kind = SpanKind::Workflow;
    m_root.flags = bit(SpanFlag::Synthetic);
    m_root.provenance.set(Fact::Kind, Provenance::Inferred);
    setText(sink, m_root, SpanText::Name, m_file.substr(m_file.find_last_of("/!") + 1));
}

void ExchangeReader::takeResults(const std::vector<Message>& messages)
{
    std::map<std::string, std::size_t, std::less<>> unnumbered;
    for (const Message& message : messages) {
        for (const Part& part : message.parts) {
            if (part.kind != PartKind::ToolResult)
                continue;
            // A request repeats all results before it: without ids, the n-th of a name is that of the n-th call.
            const bool numbered = !part.id.empty();
            if (!numbered && ++unnumbered[part.name] <= m_named[part.name])
                continue;
            const auto call = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const AskedCall& waiting) {
                return numbered ? waiting.id == part.id : waiting.name == part.name;
            });
            if (!numbered)
                ++m_named[part.name];
            if (call == m_waiting.end())
                continue;
            call->span.flags &= ~bit(SpanFlag::NotExecuted);
            if (call->span.status == SpanStatus::Unset)
                call->span.status = part.failed ? SpanStatus::Error : SpanStatus::Ok;
            m_sink.add(call->span, call->record(&part.text));
            m_waiting.erase(call);
        }
    }
}

void ExchangeReader::keep(std::vector<AskedCall> calls)
{
    for (AskedCall& call : calls) {
        if (!call.id.empty() && !m_callIds.insert(call.id).second)
            call.span.span = toId(m_sink, m_file + '#' + std::to_string(m_number) + '/' + call.id);
        m_waiting.push_back(std::move(call));
    }
    while (m_waiting.size() > maxWaiting) {
        m_sink.add(m_waiting.front().span, m_waiting.front().record(nullptr));
        m_waiting.pop_front();
    }
}

void ExchangeReader::take(const JsonObject& record, std::string_view bytes, std::int64_t line, std::int64_t byte)
{
    if (!hasMember(record, "response")) {
        m_tally.add(Severity::Warning, IssueKind::MissingField, "an exchange without a response", line, byte);
        return;
    }
    const HttpExchange exchange = readExchange(record);
    StreamedResponse response;
    const bool answered = takeAnswer(exchange, response);
    const bool asked = answered || asksModel(exchange);
    for (const std::string& note : exchange.notes) {
        if (asked)
            m_tally.add(Severity::Warning, IssueKind::BadValue, note, line, byte);
    }
    const bool unreadable = !answered && asked && (!exchange.notes.empty() || exchange.response.empty());
    if (unreadable) {
        // It was asked and when is known; what it said is not.
        response = StreamedResponse();
        response.whole = true;
        m_tally.add(Severity::Warning, IssueKind::MissingField,
                    "a model call whose answer is not there, or cannot be read", line, byte);
    } else if (!answered) {
        const std::string host(exchange.host());
        m_tally.add(Severity::Info, IssueKind::UnknownRecord,
                    "an HTTP exchange that is no model call: " + exchange.method +
                        (exchange.method.empty() ? "" : " ") + (host.empty() ? "without address" : host),
                    line, byte);
        return;
    }
    ++m_number;
    std::vector<Message> messages;
    std::vector<std::string> notes;
    appendRequest(exchange, messages, notes);
    takeResults(messages);

    SpanRecord span;
    span.trace = m_root.trace;
    span.span = toId(m_sink, m_file + '#' + std::to_string(m_number));
    span.parent = m_root.span;
    span.provenance.set(Fact::Parent, Provenance::Inferred);
    span.messages = static_cast<std::int64_t>(messages.size());
    const std::string requested = requestedModel(exchange);
    setText(m_sink, span, SpanText::ModelRequested, requested);
    setText(m_sink, span, SpanText::Provider, providerOf(exchange));
    if (response.model.empty() && !requested.empty())
        setText(m_sink, span, SpanText::Name,
                (response.spanKind == SpanKind::Embedding ? "embeddings " : "chat ") + requested);
    if (exchange.start != noTime) {
        span.start = exchange.start;
        span.provenance.set(Fact::Start, Provenance::Measured);
        if (exchange.took != noTime) {
            span.end = span.start + exchange.took;
            span.provenance.set(Fact::End, Provenance::Measured);
        }
    }
    if (!requested.empty())
        span.provenance.set(Fact::Model, Provenance::Declared);
    if (span.start == noTime && !response.timed() && response.created == noTime)
        ++m_untimed;
    response.byte = byte;
    response.record = bytes;
    if (span.start != noTime) {
        m_root.start = m_root.start == noTime ? span.start : std::min(m_root.start, span.start);
        m_root.end = std::max(m_root.end, span.end);
    }
    const std::uint64_t request = hashOf(exchange.url + '\n' + exchange.request);
    takeBack(request, exchange.start);
    // Callers name the call after the response that asked for it.
    keep(response.give(m_sink, m_tally, span));
    keepCut(request, response);
}

void ExchangeReader::takeBack(std::uint64_t request, Nanos time)
{
    const auto cut = m_cut.find(request);
    if (cut == m_cut.end())
        return;
    StreamWriter writer;
    for (StreamEvent& event : cut->second.shown) {
        event.time = time;
        event.detail = R"({"reason":"retry","evidence":"inferred"})";
        writer.add(event);
    }
    m_sink.addStream(cut->second.row, writer.take());
    m_cut.erase(cut);
}

void ExchangeReader::keepCut(std::uint64_t request, const StreamedResponse& response)
{
    if (response.whole || (response.terminal && response.errorType.empty()) || m_cut.size() >= maxWaiting)
        return;
    Cut cut{response.row, {}};
    for (const StreamBlock& block : response.blocks()) {
        if (block.retracted || block.length == 0)
            continue;
        StreamEvent& event = cut.shown.emplace_back();
        event.kind = StreamEventKind::Retract;
        event.block = block.type;
        event.blockIndex = block.index;
        event.choice = block.choice;
        event.from = 0;
        event.to = block.length;
    }
    if (!cut.shown.empty())
        m_cut[request] = std::move(cut);
}

void ExchangeReader::giveRoot()
{
    if (m_root.start != noTime) {
        m_root.provenance.set(Fact::Start, Provenance::Inferred);
        if (m_root.end != noTime)
            m_root.provenance.set(Fact::End, Provenance::Inferred);
    }
    m_sink.add(m_root, {});
}

void ExchangeReader::finish()
{
    for (const AskedCall& call : m_waiting)
        m_sink.add(call.span, call.record(nullptr));
    m_waiting.clear();
    if (m_number > 0)
        giveRoot();
    if (m_untimed)
        m_tally.add(Severity::Info, IssueKind::TimeNotRecorded, "exchanges have an order and no times", -1, -1,
                    m_untimed);
    m_tally.report(m_sink);
}

SpanContent decodeExchange(std::string_view record)
{
    SpanContent content;
    const std::size_t first = record.find_first_not_of(" \t\r\n");
    const bool json = first != std::string_view::npos && record[first] == '{';
    YamlJson converted;
    if (!json) {
        converted = yamlToJson(record, maxRecordBytes);
        if (!converted.error.empty()) {
            content.notes.push_back("the exchange cannot be read: " + converted.error);
            return content;
        }
        record = converted.json;
    }
    simdjson::dom::parser parser;
    JsonElement element;
    JsonObject object;
    JsonArray items;
    if (parser.parse(record.data(), record.size()).get(element) != simdjson::SUCCESS) {
        content.notes.emplace_back("the exchange cannot be read");
        return content;
    }
    // An exchange that was cut out of a YAML list is a list of one.
    if (element.get(items) == simdjson::SUCCESS && items.size() > 0)
        element = items.at(0).value_unsafe();
    if (element.get(object) != simdjson::SUCCESS)
        return content;
    if (memberText(object, {"type"}) == "tool_use" && hasMember(object, "arguments")) {
        content.toolArguments = memberText(object, {"arguments"});
        content.toolResult = memberText(object, {"result"});
        return content;
    }
    return exchangeContent(readExchange(object));
}

} // namespace arcscope
