// Zipkin's JSON, version 2: a list of spans with string tags and annotations, a list of such lists, or a span a line.
// Version 1: tags are binary annotations, and times of client and server annotations ("cs", "cr", "sr", "ss"); who did
// it stands in each as an endpoint.
#include "attributecontent.h"
#include "format.h"
#include "probe.h"
#include "taggedspan.h"

#include <unordered_map>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "zipkin";

/// Records wait for the other side of a call, which has the same id.
constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;

struct Held {
    SpanRecord span;
    std::string record;
    std::string id; ///< as written
    bool server = false;
    PackedStream stream;
    bool streamed = false;
};

/// Who has one id.
struct Sides {
    bool client = false;
    bool server = false;
    StringId serverService;
    Id serverSpan; ///< of the server's side where both are there
};

/// When one side began and ended, by its annotations.
struct SideTimes {
    Nanos start = noTime;
    Nanos end = noTime;

    bool begun() const { return start != noTime; }
    void take(bool begins, bool ends, const JsonValue& when)
    {
        if (begins)
            start = readMicros(when).value_or(noTime);
        if (ends)
            end = readMicros(when).value_or(noTime);
    }
    void tell(TaggedSpan& span) const
    {
        if (begun())
            span.timesElsewhere(start, end == noTime ? noTime : end - start);
    }
};

class ZipkinReader
{
public:
    explicit ZipkinReader(ReadJob& job)
        : m_job(job)
        , m_reader(job.sink)
        , m_format(job.sink.intern(formatName))
    {
    }

    Result<void> read()
    {
        const auto done = readSplit(m_job, SplitPaths{"*", "*/*"}, [&](const SplitEvent& event) {
            if (event.kind == SplitKind::Value)
                take(event);
        });
        flush();
        m_tally.report(m_job.sink);
        return done;
    }

private:
    void take(const SplitEvent& event)
    {
        if (!event.value.starts_with('{')) {
            m_tally.add(Severity::Warning, IssueKind::MalformedRecord, "a span is no object",
                        static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
            return;
        }
        m_reader.begin(event.offset, event.line);
        Held held;
        m_kind = {};
        m_shared = false;
        m_client = {};
        m_server = {};
        m_parser.parse(event.value).eachMember([&](std::string_view key, const JsonValue& value) {
            member(key, value, held);
        });
        for (ImportIssue& issue : m_parser.issues(event.offset, event.line))
            m_job.sink.report(std::move(issue));
        m_client.tell(m_reader);
        m_server.tell(m_reader);
        if (!m_reader.finish(m_tally))
            return;
        SpanRecord& span = m_reader.span();
        if (span.parent)
            span.provenance.set(Fact::Parent, Provenance::Measured);
        span[SpanText::Format] = m_format;
        held.span = span;
        held.record = event.value;
        held.server = m_shared || m_kind == "SERVER" || (m_server.begun() && !m_client.begun());
        held.streamed = m_reader.streamed();
        if (held.streamed)
            held.stream = m_reader.takeStream();
        m_heldBytes += held.record.size();
        m_held.push_back(std::move(held));
        if (m_heldBytes > maxHeldBytes)
            flush();
    }

    void member(std::string_view key, const JsonValue& value, Held& held)
    {
        SpanRecord& span = m_reader.span();
        if (key == "traceId") {
            span.trace = readShortId(m_job.sink, value.text());
        } else if (key == "id") {
            span.span = readShortId(m_job.sink, value.text());
            held.id = value.text();
        } else if (key == "parentId") {
            span.parent = readShortId(m_job.sink, value.text());
        } else if (key == "name") {
            setText(m_job.sink, span, SpanText::Name, value.text());
        } else if (key == "timestamp") {
            m_reader.start(value);
        } else if (key == "duration") {
            m_reader.duration(value);
        } else if (key == "kind") {
            m_kind = value.text();
        } else if (key == "shared") {
            m_shared = value.boolean() == true;
        } else if (key == "localEndpoint") {
            endpoint(value);
        } else if (key == "binaryAnnotations") {
            value.eachElement([&](const JsonValue& annotation) { binaryAnnotation(annotation); });
        } else if (key == "tags") {
            value.eachMember([&](std::string_view name, const JsonValue& tag) { m_reader.tag(name, tag); });
        } else if (key == "annotations") {
            value.eachElement([&](const JsonValue& annotation) {
                std::string_view name;
                JsonValue when;
                annotation.eachMember([&](std::string_view part, const JsonValue& content) {
                    if (part == "value")
                        name = content.text();
                    else if (part == "timestamp")
                        when = content;
                    else if (part == "endpoint" && !span[SpanText::Service])
                        endpoint(content);
                });
                m_client.take(name == "cs", name == "cr", when);
                m_server.take(name == "sr", name == "ss", when);
                m_reader.event(name, when, m_attributes);
            });
        }
    }

    void endpoint(const JsonValue& value)
    {
        value.eachMember([&](std::string_view name, const JsonValue& part) {
            if (name == "serviceName")
                setText(m_job.sink, m_reader.span(), SpanText::Service, part.text());
        });
    }

    /// "sa", "ca" and "ma" name the other side.
    void binaryAnnotation(const JsonValue& annotation)
    {
        std::string_view key;
        JsonValue content;
        JsonValue where;
        annotation.eachMember([&](std::string_view part, const JsonValue& member) {
            if (part == "key")
                key = member.text();
            else if (part == "value")
                content = member;
            else if (part == "endpoint")
                where = member;
        });
        if (key == "sa" || key == "ca" || key == "ma")
            return;
        m_reader.tag(key, content);
        if (!m_reader.span()[SpanText::Service])
            endpoint(where);
    }

    static std::uint64_t keyOf(const Id& trace, const Id& span) { return hashOf(trace) * 31 + hashOf(span); }

    /// Both sides of a call may be recorded under one id: the server's becomes a span of its own below the client's.
    void flush()
    {
        std::unordered_map<std::uint64_t, Sides> calls;
        for (const Held& held : m_held) {
            Sides& sides = calls[keyOf(held.span.trace, held.span.span)];
            (held.server ? sides.server : sides.client) = true;
            if (held.server) {
                sides.serverService = held.span[SpanText::Service];
                sides.serverSpan = toId(m_job.sink, held.id + " (server)");
            }
        }
        for (Held& held : m_held) {
            SpanRecord& span = held.span;
            const Sides& own = calls[keyOf(span.trace, span.span)];
            const auto above = calls.find(keyOf(span.trace, span.parent));
            const bool belowServer = above != calls.end() && above->second.client && above->second.server &&
                                     above->second.serverService == span[SpanText::Service];
            if (own.client && own.server && held.server) {
                span.parent = span.span;
                span.span = own.serverSpan;
                span.provenance.set(Fact::Parent, Provenance::Measured);
                m_tally.add(Severity::Info, IssueKind::DuplicateSpan,
                            "client and server share a span id; the server's side is a span below the client's", -1,
                            span.sourceByte);
            } else if (span.parent && belowServer) {
                span.parent = above->second.serverSpan;
            }
            const Row row = m_job.sink.add(span, held.record);
            if (held.streamed)
                m_job.sink.addStream(row, std::move(held.stream));
        }
        m_held.clear();
        m_heldBytes = 0;
    }

    ReadJob& m_job;
    JsonParser m_parser;
    TaggedSpan m_reader;
    IssueTally m_tally;
    std::vector<Held> m_held;
    std::size_t m_heldBytes = 0;
    std::vector<EventAttribute> m_attributes;
    std::string m_kind;
    SideTimes m_client;
    SideTimes m_server;
    bool m_shared = false;
    StringId m_format;
};

int sniffZipkin(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    for (const std::string at : {"*/", "*/*/", ""}) {
        const auto has = [&](const char* path) { return first->has(at + path); };
        if (!first->hasString(at + "traceId") || !first->hasString(at + "id") || has("attributes") || has("ph"))
            continue;
        if (has("localEndpoint") || has("remoteEndpoint") || has("annotations") || has("binaryAnnotations"))
            return 88;
        if (first->hasNumber(at + "timestamp") && first->hasNumber(at + "duration"))
            return 78;
        if (first->hasNumber(at + "timestamp") && (has("kind") || first->hasObject(at + "tags")))
            return 70;
    }
    return 0;
}

Result<void> readZipkin(ReadJob& job)
{
    return ZipkinReader(job).read();
}

SpanContent decodeZipkin(std::string_view record, std::string_view)
{
    AttributeContent builder;
    SpanContent& content = builder.content();
    JsonParser parser;
    parser.parseCopy(record).eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "tags") {
            value.eachMember([&](std::string_view name, const JsonValue& tag) {
                addAttribute(content.attributes, name, tag);
                if (name == "error" && tag.text() != "true" && tag.text() != "false")
                    content.statusMessage = tag.text();
            });
        } else if (key == "binaryAnnotations") {
            value.eachElement([&](const JsonValue& annotation) {
                std::string name;
                annotation.eachMember([&](std::string_view part, const JsonValue& member) {
                    if (part == "key")
                        name = member.text();
                    else if (part == "value")
                        addAttribute(content.attributes, name, member);
                    else if (part == "endpoint")
                        addAttribute(content.attributes, name + ".endpoint", member);
                });
            });
        } else if (key == "annotations") {
            value.eachElement([&](const JsonValue& annotation) {
                SpanEvent event;
                annotation.eachMember([&](std::string_view part, const JsonValue& member) {
                    if (part == "value")
                        event.name = member.text();
                    else if (part == "timestamp")
                        event.time = readMicros(member).value_or(noTime);
                });
                builder.event(std::move(event));
            });
        } else if (key == "localEndpoint") {
            addAttribute(content.resource, key, value);
        } else if (key != "traceId" && key != "id" && key != "parentId" && key != "name" && key != "timestamp" &&
                   key != "duration") {
            addAttribute(content.attributes, key, value);
        }
    });
    if (const auto& defect = parser.defect())
        content.notes.push_back("the record is damaged: " + defect->message);
    return builder.finish();
}

} // namespace

ImportFormat zipkin()
{
    return {formatName, "Zipkin", sniffZipkin, readZipkin, decodeZipkin};
}

} // namespace arcscope
