// Helicone: exported requests, each a call of a model or a tool; the paths of their sessions make a tree.
#include "cancellation.h"
#include "format.h"
#include "groupspan.h"
#include "platformspan.h"
#include "probe.h"

#include <array>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "helicone";

/// Steps of a session's path that are followed.
constexpr int maxSteps = 32;

constexpr auto bodyTypes = std::to_array<KindWord>({
    {"tool", SpanKind::ToolCall},
    {"vector_db", SpanKind::Retrieval},
    {"data", SpanKind::Other},
});

constexpr auto ruleList = std::to_array<AttributeRule>({
    {"request_body._type", Field::Kind, 10, bodyTypes},
    {"request_body.toolName", fieldOf(SpanText::Tool), 20},
    {"request_body", Field::InputMessages, 20},
    {"response_body", Field::OutputMessages, 20},
    {"request_model", fieldOf(SpanText::ModelRequested), 20},
    {"model_override", fieldOf(SpanText::ModelRequested), 21},
    {"response_model", fieldOf(SpanText::ModelServed), 20},
    {"model", fieldOf(SpanText::ModelServed), 22},
    {"provider", fieldOf(SpanText::Provider), 20},
    {"request_user_id", fieldOf(SpanText::User), 20},
    {"prompt_id", fieldOf(SpanText::PromptName), 20},
    {"request_properties.Helicone-Prompt-Id", fieldOf(SpanText::PromptName), 21},
    {"response_body.choices.0.finish_reason", fieldOf(SpanText::StopReason), 20},
    {"response_body.stop_reason", fieldOf(SpanText::StopReason), 21},
    {"response_body.id", Field::ResponseId, 20},
    {"prompt_tokens", Field::Input, 20},
    {"completion_tokens", Field::Output, 20},
    {"total_tokens", Field::Total, 20},
    {"prompt_cache_read_tokens", Field::CacheRead, 20},
    {"prompt_cache_write_tokens", Field::CacheWrite, 20},
    {"prompt_audio_tokens", Field::AudioInput, 20},
    {"completion_audio_tokens", Field::AudioOutput, 20},
    {"time_to_first_token", Field::FirstTokenMillis, 20},
    {"costUSD", Field::Cost, 20},
    {"cost", Field::Cost, 21},
});

const RecordRules& rules()
{
    static const RecordRules made(ruleList);
    return made;
}

class HeliconeReader
{
public:
    explicit HeliconeReader(ReadJob& job)
        : m_job(job)
    {
    }

    Result<void> read()
    {
        const Probe probe = Probe::of(m_job.input);
        const SplitPaths data{"data/*"};
        const bool inData = probe.first() && probe.first()->hasArray("data");
        const PlatformFormat format{
            formatName, rules(), keyOf,
            [this](PlatformSpan& span, std::string_view path, const JsonValue& value) { take(span, path, value); },
            [this](PlatformSpan& span) { return finish(span); }};
        const auto done = readPlatform(m_job, m_tally, format, inData ? &data : nullptr);
        m_groups.give(m_job.sink, formatName);
        m_tally.report(m_job.sink);
        return done;
    }

private:
    static std::string keyOf(const JsonValue& record)
    {
        std::string id;
        record.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "request_id")
                id = value.text();
        });
        return id;
    }

    void take(PlatformSpan& span, std::string_view path, const JsonValue& value)
    {
        SpanRecord& record = span.span();
        if (path == "request_id") {
            span.id(record.span, value);
        } else if (path == "request_created_at") {
            span.time(Fact::Start, value);
        } else if (path == "response_created_at") {
            span.time(Fact::End, value);
        } else if (path == "delay_ms") {
            m_delay = value.number().value_or(-1);
        } else if (path == "request_path" || path == "target_url") {
            span.text(SpanText::Name, value);
        } else if (path == "request_properties.Helicone-Session-Id") {
            m_session = value.text();
        } else if (path == "request_properties.Helicone-Session-Name") {
            m_sessionName = value.text();
        } else if (path == "request_properties.Helicone-Session-Path") {
            m_path = value.text();
        } else if (path == "response_status") {
            status(value.integer().value_or(0), record);
        } else if (path == "signed_body_url" && value.recorded()) {
            span.report(Severity::Info, IssueKind::MissingField,
                        "the bodies of a request lie behind an address and are not in the file");
        }
    }

    /// Of HTTP, and below 0 Helicone's own: pending -2, cancelled -3, refused as a threat -4.
    static void status(std::int64_t code, SpanRecord& record)
    {
        constexpr int firstError = 400;
        if (code == -3)
            setCancelled(record, Provenance::Declared);
        else if (code >= firstError || code == -1 || code == -4)
            record.status = SpanStatus::Error;
        else if (code > 0)
            record.status = SpanStatus::Ok;
    }

    bool finish(PlatformSpan& reading)
    {
        SpanRecord& span = reading.span();
        if (span.end == noTime && span.start != noTime && m_delay >= 0 && m_delay < 1e12) {
            span.end = span.start + std::llround(m_delay * static_cast<double>(millisecond));
            span.provenance.set(Fact::End, Provenance::Declared);
        }
        if (m_session.empty())
            span.trace = span.span; // a request of no session is a trace of its own
        else
            placeInSession(span);
        m_session.clear();
        m_sessionName.clear();
        m_path.clear();
        m_delay = -1;
        return true;
    }

    /// "/a/b" is the call b in the step a of its session.
    void placeInSession(SpanRecord& span)
    {
        const Id trace = toId(m_job.sink, m_session);
        GroupSpans::Group* group = &m_groups.at(m_session);
        group->span.span = trace;
        if (!m_sessionName.empty())
            setText(m_job.sink, group->span, SpanText::Name, m_sessionName);
        else if (!group->span[SpanText::Name])
            setText(m_job.sink, group->span, SpanText::Name, m_session);
        fill(group->span, trace, span);
        std::string_view rest = m_path;
        std::string key = m_session;
        for (int step = 0; step < maxSteps; ++step) {
            rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size()));
            const std::size_t slash = rest.find('/');
            if (slash == std::string_view::npos || rest.find_first_not_of('/', slash) == std::string_view::npos)
                break;
            const Id above = group->span.span;
            key.append("/").append(rest.substr(0, slash));
            group = &m_groups.at(key);
            group->span.span = toId(m_job.sink, key);
            group->span.parent = above;
            group->span.provenance.set(Fact::Parent, Provenance::Declared);
            setText(m_job.sink, group->span, SpanText::Name, rest.substr(0, slash));
            fill(group->span, trace, span);
            rest.remove_prefix(slash);
        }
        span.trace = trace;
        span.parent = group->span.span;
        span.provenance.set(Fact::Parent, Provenance::Declared);
        setText(m_job.sink, span, SpanText::Session, m_session);
        rest.remove_suffix(rest.size() - (rest.find_last_not_of('/') + 1));
        setText(m_job.sink, span, SpanText::Name, rest);
    }

    void fill(SpanRecord& group, const Id& trace, const SpanRecord& inside)
    {
        group.trace = trace;
        setText(m_job.sink, group, SpanText::Session, m_session);
        GroupSpans::widen(group, inside);
    }

    ReadJob& m_job;
    IssueTally m_tally;
    GroupSpans m_groups;
    std::string m_session; ///< of the request that is read
    std::string m_sessionName;
    std::string m_path;
    double m_delay = -1;
};

int sniffHelicone(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    for (const std::string at : {"", "*/", "data/*/"}) {
        const auto has = [&](const char* path) { return first->has(at + path); };
        if (has("request_id") && has("request_created_at") &&
            (has("request_body") || has("signed_body_url") || has("response_status") || has("request_model")))
            return 90;
    }
    return 0;
}

Result<void> readHelicone(ReadJob& job)
{
    return HeliconeReader(job).read();
}

SpanContent decodeHelicone(std::string_view record, std::string_view)
{
    return decodePlatform(record, rules(), {});
}

} // namespace

ImportFormat helicone()
{
    return {formatName, "Helicone", sniffHelicone, readHelicone, decodeHelicone};
}

} // namespace arcscope
