#include "mappedspan.h"

#include "cancellation.h"
#include "jsontext.h"
#include "messagecount.h"
#include "usagejson.h"

#include <algorithm>

namespace arcscope
{
namespace
{

constexpr std::size_t shownBytes = 40;
constexpr std::int64_t microsPerUnit = 1'000'000;

std::int64_t partsOf(MappingUnit unit)
{
    switch (unit) {
    case MappingUnit::Seconds:
        return second;
    case MappingUnit::Milliseconds:
        return millisecond;
    case MappingUnit::Microseconds:
        return microsecond;
    default:
        return 1;
    }
}

class SpanMapper
{
public:
    SpanMapper(const MappingRule& rule, const MappingScope& scope, SpanSink& sink, const MappedIssues& issues)
        : m_rule(rule)
        , m_scope(scope)
        , m_sink(sink)
        , m_issues(issues)
    {
    }

    MappedSpan map(const MappedParent& parent)
    {
        mapIds(parent);
        mapKind();
        mapTexts(parent);
        mapTimes();
        mapStatus();
        mapUsage();
        mapCost();
        mapContent();
        if (!m_span[SpanText::Name])
            m_span[SpanText::Name] = m_span[SpanText::Tool] ? m_span[SpanText::Tool] : m_sink.intern(name(m_span.kind));
        if (m_span.kind == SpanKind::ToolCall && !m_span[SpanText::Tool] && m_rule.texts[0].given())
            m_span[SpanText::Tool] = m_span[SpanText::Name];
        return std::move(m_mapped);
    }

private:
    void bad(std::string_view what, std::string_view text)
    {
        m_issues.add(Severity::Warning, IssueKind::BadValue,
                     std::string(what) + " cannot be read: " + repairedUtf8(text.substr(0, shownBytes)));
    }

    void mapIds(const MappedParent& parent)
    {
        const std::string_view trace = m_scope.text(m_rule.trace);
        m_span.trace = trace.empty() ? parent.trace : toId(m_sink, trace);
        const std::string_view id = m_scope.text(m_rule.id);
        m_span.span = toId(m_sink, id.empty() ? parent.idPrefix + std::to_string(m_scope.number) : std::string(id));
        if (const std::string_view above = m_scope.text(m_rule.parent); !above.empty()) {
            m_span.parent = toId(m_sink, above);
            m_span.provenance.set(Fact::Parent, Provenance::Measured);
        } else if (parent.span && m_span.trace == parent.trace) {
            m_span.parent = parent.span;
            m_span.provenance.set(Fact::Parent, Provenance::Declared);
        }
    }

    void mapKind()
    {
        const std::string_view word = m_scope.text(m_rule.kind);
        if (word.empty())
            return;
        const auto kind = spanKindNamed(word);
        m_span.kind = kind.value_or(SpanKind::Other);
        if (kind)
            m_span.provenance.set(Fact::Kind, Provenance::Declared);
        else
            bad("a kind", word);
    }

    void mapTexts(const MappedParent& parent)
    {
        for (int i = 0; i < spanTextCount; ++i) {
            const auto at = static_cast<std::size_t>(i);
            setText(m_sink, m_span, static_cast<SpanText>(i), repairedUtf8(m_scope.text(m_rule.texts[at])));
            if (!m_span.texts[at] && isInherited(static_cast<SpanText>(i)))
                m_span.texts[at] = parent.texts[at];
        }
        if (m_span[SpanText::ModelServed])
            m_span.provenance.set(Fact::Model, Provenance::Measured);
        else if (m_span[SpanText::ModelRequested])
            m_span.provenance.set(Fact::Model, Provenance::Declared);
        if (m_span[SpanText::StopReason])
            m_span.provenance.set(Fact::Stop, Provenance::Measured);
    }

    Nanos point(const MappingValue& value)
    {
        const std::string_view text = m_scope.text(value);
        if (text.empty())
            return noTime;
        if (value.unit != MappingUnit::None) {
            const auto scaled = readScaled(text, partsOf(value.unit));
            if (!scaled)
                bad("a time in " + std::string(name(value.unit)), text);
            return scaled.value_or(noTime);
        }
        const auto time = parseIsoTime(text);
        if (!time)
            bad("a time in rfc3339", text);
        else if (!time->zoneGiven)
            m_issues.add(Severity::Info, IssueKind::ZoneAssumed, "times without zone were read as UTC");
        return time ? time->time : noTime;
    }

    Nanos length(const MappingValue& value)
    {
        const std::string_view text = m_scope.text(value);
        if (text.empty())
            return noTime;
        const auto scaled = readScaled(text, partsOf(value.unit));
        if (!scaled || *scaled < 0) {
            bad("a length in " + std::string(name(value.unit)), text);
            return noTime;
        }
        return *scaled;
    }

    void mapTimes()
    {
        m_span.start = point(m_rule.start);
        m_span.end = point(m_rule.end);
        m_mapped.length = length(m_rule.duration);
        if (const Nanos wait = length(m_rule.firstToken); wait != noTime)
            m_span.firstToken = wait;
        if (m_span.start != noTime)
            m_span.provenance.set(Fact::Start, Provenance::Measured);
        if (m_span.end != noTime)
            m_span.provenance.set(Fact::End, Provenance::Measured);
        const Nanos wait = m_mapped.length;
        if (wait == noTime)
            return;
        // A length beside one of both ends is as good as the other end.
        if (m_span.start != noTime && m_span.end == noTime && !__builtin_add_overflow(m_span.start, wait, &m_span.end))
            m_span.provenance.set(Fact::End, Provenance::Measured);
        else if (m_span.end != noTime && m_span.start == noTime &&
                 !__builtin_sub_overflow(m_span.end, wait, &m_span.start))
            m_span.provenance.set(Fact::Start, Provenance::Measured);
    }

    void mapStatus()
    {
        if (const std::string_view word = m_scope.text(m_rule.status); !word.empty()) {
            const auto status = spanStatusNamed(word);
            m_span.status = status.value_or(SpanStatus::Unset);
            if (!status)
                bad("a status", word);
        } else if (m_span[SpanText::ErrorType] && !m_rule.status.given()) {
            m_span.status = SpanStatus::Error;
        }
        const std::string_view stop = m_scope.text(m_rule.texts[static_cast<std::size_t>(SpanText::StopReason)]);
        if (m_span.status == SpanStatus::Unset && meansCancelled(stop))
            setCancelled(m_span, Provenance::Declared);
    }

    std::int64_t count(const MappingValue& value)
    {
        const std::string_view text = m_scope.text(value);
        if (text.empty())
            return noTokens;
        const auto read = readInteger(text);
        if (!read || *read < 0) {
            bad("a token count", text);
            return noTokens;
        }
        return *read;
    }

    void mapUsage()
    {
        SourceUsage source;
        source.dialect = m_rule.usage.dialect;
        for (std::size_t i = 0; i < rawUsageMembers.size(); ++i)
            source.raw.*rawUsageMembers[i] = count(m_rule.usage.counts[i]);
        if (m_rule.usage.object) {
            const PickedValue object = m_scope.value(*m_rule.usage.object);
            if (const auto read = readUsage(object.jsonText()))
                source = *read;
            else if (object.recorded())
                bad("a usage object", object.text());
        }
        const NormalisedUsage normal = normalise(source.raw, source.dialect);
        if (!normal.usage.recorded())
            return;
        m_span.usage = normal.usage;
        m_span.usageDialect = normal.dialect;
        const bool rollUp = m_span.kind == SpanKind::Agent || m_span.kind == SpanKind::Workflow;
        m_span.provenance.set(Fact::Usage, rollUp ? Provenance::Declared : Provenance::Measured);
        if (normal.contradictory)
            m_issues.add(Severity::Warning, IssueKind::UsageMismatch,
                         "a part of the token usage is larger than the whole");
    }

    void mapCost()
    {
        const std::string_view text = m_scope.text(m_rule.cost);
        if (text.empty())
            return;
        const auto cost = readScaled(text, microsPerUnit);
        if (!cost || *cost < 0)
            return bad("a cost", text);
        m_span.cost = *cost;
        m_span.provenance.set(Fact::Cost, Provenance::Declared);
    }

    /// Counts what decodeMapped() shows.
    void mapContent()
    {
        std::int64_t messages = 0;
        std::int64_t calls = 0;
        for (const MappingMessages& input : m_rule.input)
            messages += countedMessages(m_scope.value(input.path)).messages;
        std::int64_t answers = 0;
        for (const MappingMessages& output : m_rule.output) {
            const MessageCount count = countedMessages(m_scope.value(output.path));
            answers += count.messages;
            calls += count.calls;
        }
        const bool apart = m_rule.calls && std::none_of(m_rule.output.begin(), m_rule.output.end(),
                                                        [](const MappingMessages& one) { return one.path.isWhole(); });
        if (apart && m_scope.value(*m_rule.calls).recorded()) {
            const std::string_view list = m_scope.value(*m_rule.calls).jsonText();
            calls += countMessages(list, false).elements;
            answers = std::max<std::int64_t>(answers, 1);
        }
        if (messages + answers > 0) {
            m_span.messages = messages + answers;
            if (!m_rule.output.empty() || m_rule.calls)
                m_span.callsAsked = calls;
        }
        if (m_rule.answers && m_scope.value(*m_rule.answers).recorded())
            m_mapped.call = m_scope.value(*m_rule.answers).text();
    }

    const MappingRule& m_rule;
    const MappingScope& m_scope;
    SpanSink& m_sink;
    const MappedIssues& m_issues;
    MappedSpan m_mapped;
    SpanRecord& m_span = m_mapped.span;
};

} // namespace

MappedSpan mapSpan(const MappingRule& rule, const MappingScope& scope, const MappedParent& parent, SpanSink& sink,
                   const MappedIssues& issues)
{
    return SpanMapper(rule, scope, sink, issues).map(parent);
}

bool isMessageList(const PickedValue& value)
{
    const std::string_view json = value.jsonText();
    const std::size_t list = json.find_first_not_of(" \t\r\n");
    const std::size_t first = list == std::string_view::npos ? list : json.find_first_not_of(" \t\r\n", list + 1);
    if (first == std::string_view::npos || json[list] != '[' || json[first] != '{')
        return false;
    MappingPath path;
    path.steps = {{MappingStep::Kind::Index, {}, 0}, {MappingStep::Kind::Key, "role", 0}};
    MappingPicker picker;
    const std::size_t place = picker.add(path);
    JsonParser parser;
    std::vector<PickedValue> values;
    picker.pick(parser.parseCopy(json), values);
    return values[place].recorded() && values[place].json().isString() && !parser.defect();
}

MessageCount countedMessages(const PickedValue& value)
{
    if (!value.recorded())
        return {};
    const bool isText = value.isField() || value.json().isString();
    if (!isText)
        return countMessages(value.json().raw(), false);
    if (isMessageList(value))
        return value.isField() ? countMessages(value.text(), false) : countMessages(value.json().content(), true);
    MessageCount one;
    one.messages = 1;
    return one;
}

bool isInherited(SpanText text)
{
    switch (text) {
    case SpanText::Service:
    case SpanText::Session:
    case SpanText::Task:
    case SpanText::User:
    case SpanText::Tenant:
    case SpanText::Plan:
    case SpanText::Environment:
    case SpanText::Trigger:
    case SpanText::Device:
    case SpanText::Provider:
        return true;
    default:
        return false;
    }
}

} // namespace arcscope
