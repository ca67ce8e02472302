#include "langfuserecord.h"

#include "cancellation.h"
#include "usagejson.h"

#include <array>
#include <cmath>
#include <utility>

namespace arcscope
{
namespace
{

constexpr auto kinds = std::to_array<std::pair<std::string_view, SpanKind>>({
    {"GENERATION", SpanKind::ModelCall},
    {"AGENT", SpanKind::Agent},
    {"TOOL", SpanKind::ToolCall},
    {"CHAIN", SpanKind::Workflow},
    {"RETRIEVER", SpanKind::Retrieval},
    {"EVALUATOR", SpanKind::Evaluator},
    {"EMBEDDING", SpanKind::Embedding},
    {"GUARDRAIL", SpanKind::Guardrail},
});

/// USD as millionths; nothing for what no price is.
std::int64_t microUsd(const JsonValue& value)
{
    const auto cost = value.number();
    if (!cost || !std::isfinite(*cost) || *cost < 0 || *cost > 1e12)
        return notRecorded;
    return std::llround(*cost * 1e6);
}

/// Text facts that are taken as they stand.
constexpr auto texts = std::to_array<std::pair<std::string_view, SpanText>>({
    {"name", SpanText::Name},
    {"sessionId", SpanText::Session},
    {"userId", SpanText::User},
    {"environment", SpanText::Environment},
    {"promptName", SpanText::PromptName},
    {"promptVersion", SpanText::PromptVersion},
});

class Reading
{
public:
    Reading(SpanSink& sink, IssueTally& tally, LangfuseSpan& into)
        : m_sink(sink)
        , m_tally(tally)
        , m_into(into)
        , m_span(into.span)
    {
    }

    void member(const std::string& key, const JsonValue& value)
    {
        if (!value.recorded())
            return;
        for (const auto& [name, text] : texts) {
            if (key == name)
                setText(m_sink, m_span, text, value.isString() ? value.text() : value.raw());
        }
        if (m_into.kind == LangfuseKind::Observation)
            observation(key, value);
        if (key == "id" && m_into.kind != LangfuseKind::Trace)
            m_span.span = toId(m_sink, value.text());
        else if (key == "traceId" || (key == "id" && m_into.kind == LangfuseKind::Trace))
            m_into.trace = value.text();
        else if (key == "startTime" || key == "timestamp")
            time(m_span.start, Fact::Start, value);
        else if (key == "latency")
            m_latency = value.number().value_or(-1);
        else if (key == "totalCost" && m_into.kind == LangfuseKind::Observation)
            cost(microUsd(value));
        if (m_into.kind == LangfuseKind::Trace && (key == "sessionId" || key == "userId" || key == "input" ||
                                                   key == "output" || (key == "tags" && value.raw() != "[]")))
            m_into.carriesIdentity = true;
        if (m_into.kind == LangfuseKind::Score && key == "observationId")
            m_span.parent = toId(m_sink, value.text());
    }

    void finish(std::string_view traceId)
    {
        if (m_into.trace.empty())
            m_into.trace = traceId;
        m_span.trace = toId(m_sink, m_into.trace);
        if (m_into.kind == LangfuseKind::Trace)
            m_span.span = toId(m_sink, "trace:" + m_into.trace);
        if (m_latency >= 0 && m_latency < 1e9 && m_span.end == noTime && m_span.start != noTime) {
            m_span.end = m_span.start + std::llround(m_latency * 1e9);
            m_span.provenance.set(Fact::End, Provenance::Declared);
        }
        if (m_firstToken != noTime && m_span.start != noTime && m_firstToken >= m_span.start)
            m_span.firstToken = m_firstToken - m_span.start;
        else if (m_toFirstToken >= 0 && m_toFirstToken < 1e9)
            m_span.firstToken = std::llround(m_toFirstToken * 1e9);
        if (m_cancelled != Provenance::NotRecorded)
            setCancelled(m_span, m_cancelled);
        if (const auto usage = readUsage(m_usage))
            count(*usage);
        if (m_span.parent)
            m_span.provenance.set(Fact::Parent, Provenance::Declared);
    }

private:
    void time(Nanos& into, Fact fact, const JsonValue& value)
    {
        const Nanos read = readTime(value.text(), m_tally);
        if (read == noTime)
            return;
        into = read;
        m_span.provenance.set(fact, Provenance::Measured);
    }

    void cost(std::int64_t micro)
    {
        if (micro == notRecorded)
            return;
        m_span.cost = micro;
        m_span.provenance.set(Fact::Cost, Provenance::Declared);
        setText(m_sink, m_span, SpanText::Currency, "USD");
    }

    void observation(const std::string& key, const JsonValue& value)
    {
        if (key == "type") {
            for (const auto& [name, kind] : kinds) {
                if (value.text() == name)
                    m_span.kind = kind;
            }
            m_span.provenance.set(Fact::Kind, Provenance::Declared);
        } else if (key == "parentObservationId") {
            m_span.parent = toId(m_sink, value.text());
        } else if (key == "endTime") {
            time(m_span.end, Fact::End, value);
        } else if (key == "completionStartTime") {
            m_firstToken = readTime(value.text(), m_tally);
        } else if (key == "timeToFirstToken") {
            m_toFirstToken = value.number().value_or(-1);
        } else if (key == "model" || key == "providedModelName") {
            if (!value.text().empty()) {
                setText(m_sink, m_span, SpanText::ModelServed, value.text());
                m_span.provenance.set(Fact::Model, Provenance::Declared);
            }
        } else if (key == "level") {
            if (value.text() == "ERROR")
                m_span.status = SpanStatus::Error;
            else if (value.text() != "DEBUG" && value.text() != "DEFAULT" && value.text() != "WARNING")
                m_tally.add(Severity::Info, IssueKind::BadValue, "an observation level that is not known");
        } else if (key == "statusMessage") {
            m_cancelled = cancellationIn(value.text());
        } else if (key == "usageDetails" && value.isObject() && value.raw() != "{}") {
            m_usage = value.raw();
            m_details = true;
        } else if (key == "usage" && value.isObject() && !m_details) {
            m_usage = value.raw();
        } else if (key == "costDetails") {
            value.eachMember([&](std::string_view part, const JsonValue& amount) {
                if (part == "total" && m_span.cost == notRecorded)
                    cost(microUsd(amount));
            });
        } else if (key == "calculatedTotalCost") {
            cost(microUsd(value));
        }
    }

    void count(const SourceUsage& usage)
    {
        const NormalisedUsage counted = normalise(usage.raw, m_details ? UsageDialect::Disjoint : usage.dialect);
        if (counted.contradictory)
            m_tally.add(Severity::Warning, IssueKind::UsageMismatch, "token classes contradict each other");
        // An observation of zero tokens and no model is a plain span to which the server adds empty counts.
        if (m_span.kind != SpanKind::ModelCall && m_span.kind != SpanKind::Embedding && counted.usage.total() == 0)
            return;
        m_span.usage = counted.usage;
        m_span.usageDialect = counted.dialect;
        m_span.provenance.set(Fact::Usage, Provenance::Declared);
    }

    SpanSink& m_sink;
    IssueTally& m_tally;
    LangfuseSpan& m_into;
    SpanRecord& m_span;
    std::string m_usage;
    Provenance m_cancelled = Provenance::NotRecorded;
    bool m_details = false;
    double m_latency = -1;
    double m_toFirstToken = -1;
    Nanos m_firstToken = noTime;
};

} // namespace

std::string langfuseKey(std::string_view key)
{
    std::string out;
    bool upper = false;
    for (const char c : key) {
        if (c == '_' && !out.empty()) {
            upper = true;
            continue;
        }
        out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return out;
}

LangfuseKind langfuseKindOf(std::string_view record, bool& known)
{
    bool trace = false;
    bool start = false;
    bool timestamp = false;
    bool value = false;
    JsonParser parser;
    parser.parseCopy(record).eachMember([&](std::string_view name, const JsonValue&) {
        const std::string key = langfuseKey(name);
        trace = trace || key == "traceId";
        start = start || key == "startTime";
        timestamp = timestamp || key == "timestamp";
        value = value || key == "value" || key == "stringValue" || key == "dataType";
    });
    known = (trace && (start || value)) || timestamp;
    if (start)
        return LangfuseKind::Observation;
    return trace && value ? LangfuseKind::Score : LangfuseKind::Trace;
}

void readLangfuse(const JsonValue& record, LangfuseKind kind, std::string_view traceId, SpanSink& sink,
                  IssueTally& tally, LangfuseSpan& into)
{
    into.kind = kind;
    if (kind == LangfuseKind::Trace) {
        into.span.kind = SpanKind::Workflow;
        into.span.flags = bit(SpanFlag::Synthetic);
    } else if (kind == LangfuseKind::Score) {
        into.span.kind = SpanKind::Evaluator;
    }
    Reading reading(sink, tally, into);
    record.eachMember([&](std::string_view key, const JsonValue& member) { reading.member(langfuseKey(key), member); });
    reading.finish(traceId);
    if (!into.record.empty())
        into.record += '\n';
    into.record += record.raw();
}

} // namespace arcscope
