#include "inspectsample.h"

#include "agentlog.h"
#include "usagejson.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

struct EventKind {
    std::string_view event;
    SpanKind kind;
};

/// Events that are spans or moments of their own.
constexpr auto eventKinds = std::to_array<EventKind>({
    {"model", SpanKind::ModelCall},
    {"tool", SpanKind::ToolCall},
    {"score", SpanKind::Evaluator},
    {"score_edit", SpanKind::Evaluator},
    {"approval", SpanKind::Guardrail},
    {"subtask", SpanKind::Workflow},
    {"sandbox", SpanKind::Other},
    {"error", SpanKind::Other},
    {"sample_limit", SpanKind::Other},
    {"input", SpanKind::Other},
    {"info", SpanKind::Other},
    {"logger", SpanKind::Other},
    {"compaction", SpanKind::Other},
    {"interrupt", SpanKind::Other},
    {"branch", SpanKind::Other},
    {"anchor", SpanKind::Other},
    {"checkpoint", SpanKind::Other},
});

/// They say how the state of the sample changes, which other events say, too.
constexpr auto quietEvents = std::to_array<std::string_view>({"sample_init", "state", "store"});

/// Members that only repeat what the spans say.
constexpr auto bulkyMembers =
    std::to_array<std::string_view>({"messages", "attachments", "content", "events_data", "store"});

template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

SpanKind kindOfSpan(std::string_view type)
{
    if (type == "agent")
        return SpanKind::Agent;
    return type == "tool" ? SpanKind::Other : SpanKind::Workflow;
}

std::string textOf(const JsonValue& value)
{
    return std::string(value.isString() ? value.text() : value.raw());
}

} // namespace

InspectLogName inspectLogName(std::string_view fileName)
{
    constexpr std::string_view samples = "samples/";
    InspectLogName name;
    const std::size_t mark = fileName.rfind('!');
    const std::string_view member = mark == std::string_view::npos ? std::string_view() : fileName.substr(mark + 1);
    const bool inLog = member.starts_with(samples) || member.starts_with("_journal/") || member == "header.json" ||
                       member == "summaries.json" || member == "reductions.json";
    std::string_view file = inLog ? fileName.substr(0, mark) : fileName;
    file.remove_prefix(std::min(file.find_last_of("/!\\") + 1, file.size()));
    name.log = file.substr(0, std::min(file.find_last_of('.'), file.size()));
    if (name.log.empty())
        name.log = file;
    if (member.starts_with(samples)) {
        std::string_view sample = member.substr(samples.size());
        sample = sample.substr(0, sample.find('/'));
        if (sample.ends_with(".json"))
            sample.remove_suffix(5);
        name.sample = sample;
    }
    return name;
}

void InspectSample::issue(Severity severity, IssueKind kind, std::string message)
{
    m_tally.add(severity, kind, std::move(message), m_line, m_byte);
}

void InspectSample::member(std::string_view key, std::string_view json, const SplitEvent& place)
{
    if (m_byte < 0) {
        m_byte = static_cast<std::int64_t>(place.offset);
        m_line = static_cast<std::int64_t>(place.line);
    }
    const JsonValue value = m_parser.parse(json);
    if (key == "id")
        m_id = textOf(value);
    else if (key == "epoch")
        m_epoch = textOf(value);
    else if (key == "messages" && value.isArray())
        m_messages = json;
    else if (key == "scores" && value.isObject())
        m_scores = json;
    else if (key == "model_usage" && value.isObject())
        m_usage = json;
    else if (key == "attachments" || key == "content")
        m_references.attachments(json);
    else if (key == "events_data")
        value.eachMember([&](std::string_view name, const JsonValue& list) {
            if (name == "messages")
                m_references.messages(list.raw());
        });
    if (key == "error_retries") {
        bool any = false;
        value.eachElement([&any](const JsonValue&) { any = true; });
        if (any)
            issue(Severity::Info, IssueKind::UnknownRecord,
                  "earlier attempts of a sample that failed are told in its record and are no spans");
    }
    for (ImportIssue& defect : m_parser.issues(place.offset, place.line))
        m_sink.report(std::move(defect));
    if (!isOneOf(key, bulkyMembers) && m_members.size() + json.size() < maxRecordBytes)
        m_members.append(m_members.empty() ? "{\"" : ",\"").append(key).append("\":").append(json);
}

void InspectSample::event(std::string_view json, const SplitEvent& place)
{
    m_heldBytes += json.size();
    m_events.push_back(
        {std::string(json), static_cast<std::int64_t>(place.offset), static_cast<std::int64_t>(place.line)});
    if (m_heldBytes > maxHeldBytes || m_tooMany) {
        m_tooMany = true;
        giveEvents();
    }
}

void InspectSample::begin()
{
    if (std::exchange(m_begun, true))
        return;
    std::string sample = m_name.sample;
    if (sample.empty() && !m_id.empty())
        sample = m_id + (m_epoch.empty() ? "" : "_epoch_" + m_epoch);
    const std::string trace = m_name.log + (sample.empty() ? "" : '/' + sample);
    m_root.trace = toId(m_sink, trace);
    m_root.span = toId(m_sink, "sample:" + trace);
    m_root.kind = SpanKind::Agent;
    m_root.provenance.set(Fact::Kind, Provenance::Inferred);
    setText(m_sink, m_root, SpanText::Name, m_id.empty() ? "sample" : "sample " + m_id);
    setText(m_sink, m_root, SpanText::Service, "Inspect");
    setText(m_sink, m_root, SpanText::Session, m_name.log);
    setText(m_sink, m_root, SpanText::Task, m_id);
    m_root.sourceByte = m_byte;
}

SpanRecord InspectSample::newSpan(SpanKind kind, std::string_view id, std::string_view name, Id parent)
{
    SpanRecord span;
    span.trace = m_root.trace;
    span.span = toId(m_sink, id);
    span.parent = parent ? parent : m_root.span;
    span.kind = kind;
    span.sourceByte = m_byte;
    span[SpanText::Service] = m_root[SpanText::Service];
    span[SpanText::Session] = m_root[SpanText::Session];
    span[SpanText::Task] = m_root[SpanText::Task];
    span.provenance.set(Fact::Kind, Provenance::Declared);
    span.provenance.set(Fact::Parent, parent ? Provenance::Declared : Provenance::Inferred);
    setText(m_sink, span, SpanText::Name, name);
    return span;
}

std::string InspectSample::idOf(const InspectEvent& event)
{
    ++m_number;
    return event.uuid.empty() ? event.event + ' ' + std::to_string(m_number) : event.uuid;
}

Id InspectSample::parentOf(const InspectEvent& event, Id parent)
{
    if (!event.spanId.empty())
        return toId(m_sink, event.spanId);
    if (parent)
        return parent;
    for (auto open = m_open.rbegin(); open != m_open.rend(); ++open) {
        if (open->key.starts_with("step "))
            return open->span.span;
    }
    return {};
}

void InspectSample::giveEvents()
{
    begin();
    for (const Held& held : m_events) {
        m_byte = held.byte;
        m_line = held.line;
        take(held.json, {}, 0);
    }
    m_events.clear();
    m_heldBytes = 0;
}

void InspectSample::take(std::string_view json, Id parent, int nesting)
{
    JsonParser parser;
    const JsonValue value = parser.parseCopy(json);
    if (!value.isObject()) {
        issue(Severity::Error, IssueKind::MalformedRecord, "an event that is no object");
        return;
    }
    const InspectEvent event = readInspectEvent(value);
    for (ImportIssue& defect : parser.issues(static_cast<std::uint64_t>(m_byte), static_cast<std::uint64_t>(m_line)))
        m_sink.report(std::move(defect));
    take(event, json, parent, nesting);
}

void InspectSample::take(const InspectEvent& event, std::string_view json, Id parent, int nesting)
{
    const Nanos time = readTime(event.timestamp, m_tally);
    if (time == noTime)
        issue(Severity::Warning, IssueKind::TimeNotRecorded, "an event without time");
    if (!m_ownTimes)
        widen(m_root, time);
    if (event.event == "span_begin" || (event.event == "step" && event.action == "begin")) {
        open(event, json, parent);
        return;
    }
    if (event.event == "span_end") {
        for (std::size_t i = m_open.size(); i-- > 0;) {
            if (m_open[i].key == event.id) {
                close(i, time, json);
                return;
            }
        }
        issue(Severity::Warning, IssueKind::UnpairedCall, "the end of a span that was not begun");
        return;
    }
    if (event.event == "step") {
        closeStep(event, json);
        return;
    }
    if (isOneOf(event.event, quietEvents)) {
        issue(Severity::Info, IssueKind::UnknownRecord, "an event \"" + event.event + "\" is not shown as a span");
        return;
    }
    const auto known = std::find_if(eventKinds.begin(), eventKinds.end(),
                                    [&](const EventKind& entry) { return entry.event == event.event; });
    if (known == eventKinds.end())
        issue(Severity::Warning, IssueKind::UnknownRecord, "an event of a kind that is not known; a span of its own");
    const SpanKind kind = known == eventKinds.end() ? SpanKind::Other : known->kind;
    std::string name = event.event.empty() ? "event" : event.event;
    if (kind == SpanKind::ToolCall || kind == SpanKind::Workflow)
        name = event.name.empty() ? name : event.name;
    else if (event.event == "sandbox" && !event.action.empty())
        name += ' ' + event.action;
    else if (kind == SpanKind::Evaluator) {
        std::string scorer = event.name;
        for (const Open& around : m_open) {
            if (scorer.empty() && (around.key == event.spanId || (event.spanId.empty() && &around == &m_open.back())))
                scorer = around.name;
        }
        name = scorer.empty() ? name : scorer;
    }
    SpanRecord span = newSpan(kind, idOf(event), name, parentOf(event, parent));
    times(event, span);
    if (kind == SpanKind::ModelCall) {
        model(event, span);
    } else if (kind == SpanKind::ToolCall) {
        setText(m_sink, span, SpanText::Tool, event.name);
        setText(m_sink, span, SpanText::ToolCallId, event.id);
        setText(m_sink, span, SpanText::Agent, event.agent);
        if (event.errorType == "approval" || event.errorType == "parsing") // refused before it ran
            span.flags |= bit(SpanFlag::NotExecuted);
    } else if (event.event == "score") {
        m_anyScore = true;
    } else if (event.event == "sample_limit") {
        setText(m_sink, m_root, SpanText::StopReason, event.type);
        m_root.provenance.set(Fact::Stop, Provenance::Declared);
    }
    if (event.event == "error" || event.failed)
        setFailed(m_sink, span, event.errorType);
    const Id id = span.span;
    give(span, event, json);
    if (event.nested.empty())
        return;
    if (nesting >= maxNesting) {
        issue(Severity::Warning, IssueKind::TooDeep, "events nested deeper than is followed");
        return;
    }
    JsonParser parser;
    parser.parseCopy(event.nested).eachElement([&](const JsonValue& inner) {
        const std::string text(inner.raw());
        take(text, id, nesting + 1);
    });
}

/// An event that has its end tells of both ends. The first versions wrote a call down when it was over, without its
/// beginning.
void InspectSample::times(const InspectEvent& event, SpanRecord& span)
{
    const auto time = parseIsoTime(event.timestamp);
    const Nanos at = time ? time->time : noTime;
    const Nanos completed = event.completed.empty() ? noTime : readTime(event.completed, m_tally);
    const bool lasts = span.kind == SpanKind::ModelCall || span.kind == SpanKind::ToolCall ||
                       span.kind == SpanKind::Workflow || event.event == "sandbox";
    setStart(span, at, Provenance::Measured);
    if (completed != noTime) {
        setEnd(span, completed, Provenance::Measured);
        if (!m_ownTimes)
            widen(m_root, completed);
    } else if (!lasts) {
        setEnd(span, at, Provenance::Measured);
    } else if (event.pending) {
        span.flags |= bit(SpanFlag::Pending);
    } else {
        issue(Severity::Info, IssueKind::UnfinishedSpan, "calls of which one time is recorded, not two");
    }
    if (at != noTime && completed != noTime && completed < at)
        issue(Severity::Warning, IssueKind::NegativeDuration, "an event ends before it starts");
}

void InspectSample::model(const InspectEvent& event, SpanRecord& span)
{
    setText(m_sink, span, SpanText::ModelRequested, event.model);
    setText(m_sink, span, SpanText::ModelServed, event.modelServed);
    if (const std::size_t slash = event.model.find('/'); slash != std::string::npos)
        setText(m_sink, span, SpanText::Provider, std::string_view(event.model).substr(0, slash));
    setText(m_sink, span, SpanText::StopReason, event.stopReason);
    if (!event.stopReason.empty())
        span.provenance.set(Fact::Stop, Provenance::Declared);
    span.provenance.set(Fact::Model, Provenance::Declared);
    span.messages = event.inputs + m_references.count(event.pooled) + event.outputs;
    span.callsAsked = event.callsAsked;
    if (!event.responseId.empty())
        span.responseHash = hashOf(std::string_view(event.responseId));
    if (event.cache == "read")
        issue(Severity::Info, IssueKind::RepeatedUsage,
              "an answer out of Inspect's own cache: its tokens were not used again and are not counted");
    else
        usage(event, span);
}

void InspectSample::usage(const InspectEvent& event, SpanRecord& span)
{
    const auto read = readUsage(event.usage);
    if (!read)
        return;
    if (!setUsage(span, read->raw, read->dialect))
        issue(Severity::Warning, IssueKind::UsageMismatch, "classes of tokens that contradict each other");
    m_counted = m_counted + span.usage;
    JsonParser parser;
    parser.parseCopy(event.usage).eachMember([&](std::string_view key, const JsonValue& value) {
        const auto cost = key == "total_cost" ? readScaled(value.raw(), 1'000'000) : std::nullopt;
        if (!cost || *cost < 0)
            return;
        span.cost = *cost;
        span.provenance.set(Fact::Cost, Provenance::Declared);
        setText(m_sink, span, SpanText::Currency, "USD");
    });
}

Row InspectSample::give(SpanRecord& span, const InspectEvent& event, std::string_view json)
{
    bool missing = false;
    const std::string record = m_references.joined(json, event.pooled, missing);
    if (missing)
        issue(Severity::Warning, IssueKind::MissingField,
              m_tooMany ? "a sample of so many events that what they point at comes too late"
                        : "an event points at a text or message that is not here, or is too long");
    return m_sink.add(span, record);
}

void InspectSample::open(const InspectEvent& event, std::string_view json, Id parent)
{
    const bool step = event.event == "step";
    const std::string id = step ? idOf(event) : event.id;
    Id around = step ? parentOf(event, parent) : parent;
    if (!step && !event.parentId.empty())
        around = toId(m_sink, event.parentId);
    Open& open = m_open.emplace_back();
    open.span = newSpan(kindOfSpan(event.type), id, event.name.empty() ? event.type : event.name, around);
    if (event.type == "agent")
        setText(m_sink, open.span, SpanText::Agent, event.name);
    const auto time = parseIsoTime(event.timestamp);
    setStart(open.span, time ? time->time : noTime, Provenance::Measured);
    open.key = step ? "step " + event.type + ' ' + event.name : id;
    open.name = event.name;
    open.record = json;
}

void InspectSample::close(std::size_t place, Nanos time, std::string_view json)
{
    Open open = std::move(m_open[place]);
    m_open.erase(m_open.begin() + static_cast<std::ptrdiff_t>(place));
    setEnd(open.span, time, Provenance::Measured);
    if (!json.empty())
        open.record.append("\n").append(json);
    else
        issue(Severity::Warning, IssueKind::UnfinishedSpan, "a span without its end");
    m_sink.add(open.span, open.record);
}

void InspectSample::closeStep(const InspectEvent& event, std::string_view json)
{
    const std::string key = "step " + event.type + ' ' + event.name;
    for (std::size_t i = m_open.size(); i-- > 0;) {
        if (m_open[i].key == key) {
            close(i, readTime(event.timestamp, m_tally), json);
            return;
        }
    }
    issue(Severity::Warning, IssueKind::UnpairedCall, "the end of a step that was not begun");
}

} // namespace arcscope
