#include "streamedresponse.h"

#include "cancellation.h"
#include "usagejson.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr auto counts = std::to_array<std::int64_t RawUsage::*>(
    {&RawUsage::input, &RawUsage::output, &RawUsage::total, &RawUsage::cacheRead, &RawUsage::cacheWrite,
     &RawUsage::cacheWriteLong, &RawUsage::reasoning, &RawUsage::predictionAccepted, &RawUsage::predictionRejected,
     &RawUsage::audioInput, &RawUsage::audioOutput});

PartKind partOf(BlockType type)
{
    switch (type) {
    case BlockType::Text:
        return PartKind::Text;
    case BlockType::Reasoning:
        return PartKind::Reasoning;
    case BlockType::ToolCall:
        return PartKind::ToolCall;
    case BlockType::Refusal:
        return PartKind::Refusal;
    case BlockType::Audio:
        return PartKind::Media;
    case BlockType::Other:
        break;
    }
    return PartKind::Other;
}

StreamEvent eventOf(StreamEventKind kind, Nanos time, BlockType type, std::uint32_t index, std::uint32_t choice)
{
    StreamEvent event;
    event.kind = kind;
    event.time = time;
    event.block = type;
    event.blockIndex = index;
    event.choice = choice;
    return event;
}

} // namespace

std::string jsonQuoted(std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += hex[static_cast<unsigned char>(c) >> 4];
            out += hex[static_cast<unsigned char>(c) & 15];
        } else {
            out += c;
        }
    }
    return out + '"';
}

void StreamedResponse::widen(Nanos time)
{
    if (time == noTime)
        return;
    m_first = m_first == noTime ? time : std::min(m_first, time);
    m_last = m_last == noTime ? time : std::max(m_last, time);
}

StreamBlock& StreamedResponse::addBlock(BlockType type, std::uint32_t index, std::uint32_t choice)
{
    StreamBlock& block = m_blocks.emplace_back();
    block.type = type;
    block.index = index;
    block.choice = choice;
    return block;
}

void StreamedResponse::add(StreamEventKind kind, Nanos time, std::string_view text, std::string_view detail)
{
    widen(time);
    StreamEvent event;
    event.kind = kind;
    event.time = time;
    event.text = text;
    event.detail = detail;
    m_events.add(event);
}

StreamBlock* StreamedResponse::find(BlockType type, std::uint32_t index, std::uint32_t choice)
{
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
        if (block->type == type && block->index == index && block->choice == choice && !block->retracted)
            return &*block;
    }
    return nullptr;
}

StreamBlock* StreamedResponse::find(std::uint32_t index)
{
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
        if (block->index == index && !block->retracted)
            return &*block;
    }
    return nullptr;
}

StreamBlock* StreamedResponse::findItem(BlockType type, std::string_view item)
{
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
        if (block->type == type && block->item == item && !block->retracted)
            return &*block;
    }
    return nullptr;
}

StreamBlock& StreamedResponse::beginItem(Nanos time, BlockType type, std::string_view item, std::string_view toolName,
                                         std::string_view callId)
{
    StreamBlock& block = begin(time, type, static_cast<std::uint32_t>(m_blocks.size()), 0, toolName, callId);
    block.item = item;
    return block;
}

StreamBlock& StreamedResponse::chunkOf(Nanos time, BlockType type, std::string_view item, std::string_view text)
{
    StreamBlock* block = findItem(type, item);
    if (!block)
        block = &beginItem(time, type, item);
    chunk(time, type, block->index, 0, text);
    return *block;
}

void StreamedResponse::endItem(Nanos time, BlockType type, std::string_view item)
{
    if (const StreamBlock* block = findItem(type, item))
        end(time, type, block->index);
}

StreamBlock& StreamedResponse::begin(Nanos time, BlockType type, std::uint32_t index, std::uint32_t choice,
                                     std::string_view toolName, std::string_view callId, std::string_view detail)
{
    widen(time);
    StreamEvent event = eventOf(StreamEventKind::BlockStart, time, type, index, choice);
    event.text = toolName;
    const std::string idDetail =
        detail.empty() && !callId.empty() ? "{\"id\":" + jsonQuoted(callId) + '}' : std::string();
    event.detail = idDetail.empty() ? detail : idDetail;
    m_events.add(event);
    StreamBlock& block = addBlock(type, index, choice);
    block.name = toolName;
    block.id = callId;
    return block;
}

void StreamedResponse::chunk(Nanos time, BlockType type, std::uint32_t index, std::uint32_t choice,
                             std::string_view text, std::string_view detail)
{
    StreamBlock* block = find(type, index, choice);
    if (!block)
        block = &addBlock(type, index, choice);
    widen(time);
    if (!std::exchange(m_chunked, true))
        m_firstChunk = time;
    StreamEvent event = eventOf(StreamEventKind::Chunk, time, type, index, choice);
    event.text = text;
    event.detail = detail;
    m_events.add(event);
    block->length += static_cast<std::int64_t>(text.size());
    ++block->chunks;
    if (m_keepText || type == BlockType::ToolCall)
        block->text += text;
}

void StreamedResponse::end(Nanos time, BlockType type, std::uint32_t index, std::uint32_t choice)
{
    m_events.add(eventOf(StreamEventKind::BlockEnd, time, type, index, choice));
    if (time != noTime)
        m_last = m_last == noTime ? time : std::max(m_last, time);
}

void StreamedResponse::replaceText(StreamBlock& block, std::string_view text)
{
    if (m_keepText || block.type == BlockType::ToolCall)
        block.text = text;
}

void StreamedResponse::retract(Nanos time, StreamBlock& block, std::int64_t from, std::string_view detail)
{
    widen(time);
    StreamEvent event = eventOf(StreamEventKind::Retract, time, block.type, block.index, block.choice);
    event.from = std::min(from, block.length);
    event.to = block.length;
    event.detail = detail;
    m_events.add(event);
    if (from <= 0) {
        block.retracted = true;
        return;
    }
    block.length = event.from;
    const auto kept = static_cast<std::size_t>(event.from);
    if (kept < block.text.size()) {
        block.withdrawn = block.text.substr(kept);
        block.text.resize(kept);
    }
}

void StreamedResponse::rewrite(Nanos time, StreamBlock& block, std::string_view text, std::string_view detail)
{
    const auto same = std::mismatch(block.text.begin(), block.text.end(), text.begin(), text.end()).first;
    auto from = static_cast<std::size_t>(same - block.text.begin());
    while (from > 0 && from < block.text.size() && (static_cast<unsigned char>(block.text[from]) & 0xC0) == 0x80)
        --from;
    const BlockType type = block.type;
    const std::string item = block.item;
    const std::string name = block.name;
    const std::string callId = block.id;
    if (from < block.text.size())
        retract(time, block, static_cast<std::int64_t>(from), detail);
    if (from == text.size())
        return;
    if (!findItem(type, item))
        beginItem(time, type, item, name, callId);
    chunkOf(time, type, item, text.substr(from));
}

void StreamedResponse::retractAll(Nanos time, std::string_view detail)
{
    for (StreamBlock& block : m_blocks) {
        if (!block.retracted)
            retract(time, block, 0, detail);
    }
}

void StreamedResponse::retractUncleared(Nanos time, std::uint32_t choice, std::string_view detail)
{
    for (StreamBlock& block : m_blocks) {
        if (!block.retracted && block.choice == choice && block.cleared < block.length)
            retract(time, block, block.cleared, detail);
    }
}

void StreamedResponse::commit(Nanos time, StreamBlock& block, std::int64_t to)
{
    to = std::min(to, block.length);
    if (to <= block.cleared)
        return;
    block.cleared = to;
    widen(time);
    StreamEvent event = eventOf(StreamEventKind::Commit, time, block.type, block.index, block.choice);
    event.to = to;
    m_events.add(event);
}

void StreamedResponse::count(std::string_view usageJson, Nanos time)
{
    if (const auto found = readUsage(usageJson)) {
        // A later record may hold the output only, which does not tell how the input was counted.
        if (found->dialect != UsageDialect::Inclusive)
            dialect = found->dialect;
        for (const auto member : counts) {
            if (found->raw.*member != noTokens)
                usage.*member = found->raw.*member;
        }
    }
    add(StreamEventKind::Usage, time, {}, usageJson);
}

void StreamedResponse::fail(Nanos time, std::string_view type, std::string_view message, std::string_view detail)
{
    errorType = type.empty() ? "error" : type;
    errorMessage = message;
    add(StreamEventKind::Error, time, {}, detail);
}

Row StreamedResponse::giveCall(SpanSink& sink, IssueTally& tally, SpanRecord& span)
{
    span.kind = spanKind;
    span.provenance.set(Fact::Kind, Provenance::Declared);
    span.sourceByte = byte;
    if (span.start == noTime) {
        span.start = m_first != noTime ? m_first : created;
        span.end = m_first != noTime ? m_last : completed;
        const Provenance known = m_first != noTime ? Provenance::Measured : Provenance::Declared;
        if (span.start != noTime)
            span.provenance.set(Fact::Start, known);
        if (span.end != noTime)
            span.provenance.set(Fact::End, known);
    }
    if (took != noTime && span.end != noTime && span.start >= span.end - took) {
        span.start = span.end - took;
        span.provenance.set(Fact::Start, Provenance::Inferred);
    }
    if (m_firstChunk != noTime && !whole && m_firstChunk >= span.start)
        span.firstToken = m_firstChunk - span.start;
    const std::string operation = spanKind == SpanKind::Embedding ? "embeddings"
                                  : spanKind == SpanKind::Agent   ? "invoke_agent"
                                                                  : "chat";
    if (!span[SpanText::Name])
        setText(sink, span, SpanText::Name, model.empty() ? operation : operation + ' ' + model);
    setText(sink, span, SpanText::ModelServed, model);
    if (!model.empty())
        span.provenance.set(Fact::Model, Provenance::Declared);
    setText(sink, span, SpanText::StopReason, stop);
    if (!stop.empty())
        span.provenance.set(Fact::Stop, Provenance::Declared);
    if (!errorType.empty()) {
        span.status = SpanStatus::Error;
        setText(sink, span, SpanText::ErrorType, errorType);
    } else if (terminal || whole) {
        span.status = SpanStatus::Ok;
    } else if (!endless) {
        tally.add(Severity::Warning, IssueKind::StreamBroken, "a stream without its terminal event", -1, byte);
    }
    for (const std::string& note : notes)
        tally.add(Severity::Warning, IssueKind::StreamBroken, note, -1, byte);
    if (cancelled || meansCancelled(stop) || meansCancelled(errorType))
        setCancelled(span, Provenance::Declared);
    else if (isCancellation(errorType))
        setCancelled(span, Provenance::Inferred);
    const NormalisedUsage counted = normalise(usage, dialect);
    if (counted.usage.recorded()) {
        span.usage = counted.usage;
        span.usageDialect = counted.dialect;
        span.provenance.set(Fact::Usage, Provenance::Measured);
    }
    if (!id.empty())
        span.responseHash = hashOf(std::string_view(id));
    std::vector<std::uint32_t> choices;
    for (const StreamBlock& block : m_blocks) {
        if (!block.retracted && std::find(choices.begin(), choices.end(), block.choice) == choices.end())
            choices.push_back(block.choice);
    }
    span.messages = std::max<std::int64_t>(span.messages, 0) + static_cast<std::int64_t>(choices.size());
    span.callsAsked = std::count_if(m_blocks.begin(), m_blocks.end(), [](const StreamBlock& block) {
        return block.type == BlockType::ToolCall && !block.retracted;
    });
    // Nobody knows what a lost answer asked for; vectors ask for nothing.
    if (empty() || spanKind != SpanKind::ModelCall)
        span.callsAsked = notRecorded;
    return sink.add(span, record);
}

std::string AskedCall::record(const std::string* result) const
{
    std::string text = "{\"type\":\"tool_use\",\"id\":";
    text += jsonQuoted(id) + ",\"name\":" + jsonQuoted(name) + ",\"arguments\":" + jsonQuoted(arguments);
    if (result)
        text += ",\"result\":" + jsonQuoted(*result);
    return text + '}';
}

std::vector<AskedCall> StreamedResponse::askedCalls(SpanSink& sink, const SpanRecord& call,
                                                    const std::string& callName) const
{
    std::vector<AskedCall> calls;
    for (const StreamBlock& block : m_blocks) {
        if (block.type != BlockType::ToolCall)
            continue;
        AskedCall& asked = calls.emplace_back();
        asked.id = block.id;
        asked.name = block.name;
        asked.arguments = block.text;
        SpanRecord& tool = asked.span;
        tool.trace = call.trace;
        tool.parent = call.span;
        tool.provenance.set(Fact::Parent, Provenance::Declared);
        tool.span = toId(sink, block.id.empty() ? callName + "/call " + std::to_string(calls.size()) : block.id);
        tool.kind = SpanKind::ToolCall;
        tool.provenance.set(Fact::Kind, Provenance::Declared);
        tool.sourceByte = byte;
        if (!block.executed)
            tool.flags = bit(SpanFlag::NotExecuted);
        else
            tool.status = block.failed ? SpanStatus::Error : SpanStatus::Ok;
        if (block.retracted || block.denied)
            tool.status = SpanStatus::Cancelled;
        setText(sink, tool, SpanText::Name, block.name.empty() ? "tool call" : block.name);
        setText(sink, tool, SpanText::Tool, block.name);
    }
    return calls;
}

void StreamedResponse::give(SpanSink& sink, IssueTally& tally, std::string_view fallbackId)
{
    if (id.empty())
        id = fallbackId;
    SpanRecord span;
    span.trace = span.span = toId(sink, id);
    for (const AskedCall& call : give(sink, tally, span))
        sink.add(call.span, call.record(nullptr));
}

std::vector<AskedCall> StreamedResponse::give(SpanSink& sink, IssueTally& tally, SpanRecord known)
{
    row = giveCall(sink, tally, known);
    if (!whole)
        sink.addStream(row, m_events.take());
    return askedCalls(sink, known, id.empty() ? "response " + std::to_string(row) : id);
}

void StreamedResponse::addTo(SpanContent& content) const
{
    std::vector<std::uint32_t> choices;
    for (const StreamBlock& block : m_blocks) {
        if (block.retracted) {
            content.notes.push_back(std::string(name(block.type)) + " that was withdrawn: " + block.text);
            continue;
        }
        if (!block.withdrawn.empty())
            content.notes.push_back("the end of the " + std::string(name(block.type)) +
                                    " that was withdrawn: " + block.withdrawn);
        auto place = std::find(choices.begin(), choices.end(), block.choice);
        if (place == choices.end()) {
            choices.push_back(block.choice);
            place = choices.end() - 1;
            Message& message = content.output.emplace_back();
            message.role = Role::Assistant;
            message.roleText = "assistant";
            message.stopReason = stop;
        }
        Message& message = content.output[static_cast<std::size_t>(place - choices.begin())];
        if (block.text.empty() && block.type != BlockType::ToolCall)
            continue;
        Part& part = message.parts.emplace_back();
        part.kind = partOf(block.type);
        part.text = block.text;
        part.name = block.name;
        part.id = block.id;
        if (block.transcript) {
            part.kind = PartKind::Text;
            part.name = "transcript";
        } else if (block.type == BlockType::Audio) {
            part.name = "audio";
            part.media = "inline, " + std::to_string(block.length) + " characters";
            part.text.clear();
        }
    }
    content.usage = usage;
    content.statusMessage = errorMessage;
    content.notes.insert(content.notes.end(), notes.begin(), notes.end());
}

} // namespace arcscope
