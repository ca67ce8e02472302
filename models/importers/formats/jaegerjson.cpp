// Jaeger's JSON: traces of spans with references, tags and logs, and the processes that they ran in; in "data", in an
// array, or one trace alone. Or spans alone, each with its process in it, as storage and the anonymizer write them: in
// an array, or one a line.
#include "attributecontent.h"
#include "format.h"
#include "otlpspan.h"
#include "probe.h"
#include "taggedspan.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "jaeger";

/// Spans of one trace wait for its processes, which mostly come behind them.
constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;

struct Held {
    SpanRecord span;
    std::string record;
    std::string process; ///< its id
    PackedStream stream;
    bool streamed = false;
};

struct Process {
    StringId service;
    StringId environment;
    StringId resource;
};

/// A span that stands for itself, at this place of a probed value: its process is in it.
bool isLoneSpan(const ProbeValue& value, const std::string& at)
{
    const auto has = [&](const char* path) { return value.has(at + path); };
    return has("traceID") && has("spanID") && has("operationName") && has("process/serviceName");
}

bool areLoneSpans(const ProbeValue& value)
{
    return isLoneSpan(value, "") || isLoneSpan(value, "*/");
}

class JaegerReader
{
public:
    explicit JaegerReader(ReadJob& job)
        : m_job(job)
        , m_reader(job.sink)
        , m_format(job.sink.intern(formatName))
    {
    }

    Result<void> read()
    {
        const Probe probe = Probe::of(m_job.input);
        const ProbeValue* first = probe.first();
        m_loneSpans = first && areLoneSpans(*first);
        const SplitPaths ofTraces{"spans/*", "data/*/spans/*", "data/spans/*", "*/spans/*"};
        const auto done =
            readSplit(m_job, m_loneSpans ? SplitPaths{"*"} : ofTraces, [&](const SplitEvent& event) { take(event); });
        flush();
        m_tally.report(m_job.sink);
        return done;
    }

private:
    void take(const SplitEvent& event)
    {
        if (m_loneSpans && event.kind == SplitKind::Value && (event.target >= 0 || event.depth == 0)) {
            span(event);
            flush();
        } else if (event.kind == SplitKind::Leave && !event.array) {
            flush();
            m_processes.clear();
        } else if (event.kind == SplitKind::Value && event.target >= 0) {
            span(event);
        } else if (event.kind == SplitKind::Value && event.key == "processes") {
            m_parser.parse(event.value).eachMember([&](std::string_view id, const JsonValue& value) {
                m_processes[std::string(id)] = process(value);
            });
        } else if (event.kind == SplitKind::Value && (event.key == "warnings" || event.key == "errors")) {
            warnings(m_parser.parse(event.value), event);
        } else if (event.kind == SplitKind::Value && event.depth == 0) {
            m_tally.add(Severity::Warning, IssueKind::UnknownRecord, "JSON that is no trace",
                        static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
        }
    }

    void warnings(const JsonValue& list, const SplitEvent& event)
    {
        list.eachElement([&](const JsonValue& warning) {
            const std::string text(warning.isString() ? warning.text() : warning.raw());
            const bool clock = text.find("clock") != std::string::npos;
            m_tally.add(Severity::Info, clock ? IssueKind::ClockSkew : IssueKind::BadValue, "the file warns: " + text,
                        static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
        });
    }

    Process process(const JsonValue& value)
    {
        Process read;
        if (!value.isObject())
            return read;
        read.resource = m_job.sink.intern(value.raw());
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "serviceName" && !member.text().empty())
                read.service = m_job.sink.intern(member.text());
            if (key != "tags")
                return;
            member.eachElement([&](const JsonValue& tag) {
                eachTag(tag, [&](std::string_view name, const JsonValue& content) {
                    if (name == "deployment.environment" || name == "deployment.environment.name")
                        read.environment = m_job.sink.intern(content.text());
                });
            });
        });
        return read;
    }

    /// visit(key, value) of {"key": …, "type": …, "value": …}, whose members come in this order.
    template <typename Visit>
    static void eachTag(const JsonValue& tag, Visit visit)
    {
        std::string_view name;
        tag.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "key")
                name = value.text();
            else if (key == "value")
                visit(name, value);
        });
    }

    void span(const SplitEvent& event)
    {
        m_reader.begin(event.offset, event.line);
        SpanRecord& span = m_reader.span();
        Held held;
        References references;
        const JsonValue root = m_parser.parse(event.value);
        root.eachMember(
            [&](std::string_view key, const JsonValue& value) { member(key, value, event, held, references); });
        for (ImportIssue& issue : m_parser.issues(event.offset, event.line))
            m_job.sink.report(std::move(issue));
        for (const Reference& reference : references.list) {
            // What another trace caused has no place in this one: it is a link.
            if (span.parent || reference.trace != span.trace)
                continue;
            span.parent = reference.span;
            span.provenance.set(Fact::Parent, reference.childOf ? Provenance::Measured : Provenance::Declared);
        }
        if (!span.parent && references.parent) {
            span.parent = references.parent;
            span.provenance.set(Fact::Parent, Provenance::Measured);
        }
        if (!m_reader.finish(m_tally))
            return;
        span[SpanText::Format] = m_format;
        held.span = span;
        held.record = event.value;
        held.streamed = m_reader.streamed();
        if (held.streamed)
            held.stream = m_reader.takeStream();
        m_heldBytes += held.record.size();
        m_held.push_back(std::move(held));
        if (m_heldBytes > maxHeldBytes)
            flush();
    }

    struct Reference {
        Id trace;
        Id span;
        bool childOf = false;
    };
    struct References {
        std::vector<Reference> list; ///< CHILD_OF first
        std::ptrdiff_t children = 0; ///< how many of them
        Id parent;                   ///< of the member that came before references
    };

    void member(std::string_view key, const JsonValue& value, const SplitEvent& event, Held& held,
                References& references)
    {
        SpanRecord& span = m_reader.span();
        if (key == "traceID") {
            span.trace = readShortId(m_job.sink, value.text());
        } else if (key == "spanID") {
            span.span = readShortId(m_job.sink, value.text());
        } else if (key == "parentSpanID") {
            references.parent = readShortId(m_job.sink, value.text());
        } else if (key == "operationName") {
            setText(m_job.sink, span, SpanText::Name, value.text());
        } else if (key == "startTime") {
            m_reader.start(value);
        } else if (key == "duration") {
            m_reader.duration(value);
        } else if (key == "processID") {
            held.process = value.text();
        } else if (key == "process" && value.isObject()) {
            const Process own = process(value);
            span[SpanText::Service] = own.service;
            span[SpanText::Environment] = own.environment;
            span[SpanText::Resource] = own.resource;
        } else if (key == "references") {
            value.eachElement([&](const JsonValue& each) { addReference(each, references); });
        } else if (key == "tags") {
            value.eachElement([&](const JsonValue& tag) {
                eachTag(tag, [&](std::string_view name, const JsonValue& content) { m_reader.tag(name, content); });
            });
        } else if (key == "logs") {
            value.eachElement([&](const JsonValue& log) { addLog(log); });
        } else if (key == "warnings") {
            warnings(value, event);
        }
    }

    void addReference(const JsonValue& value, References& references)
    {
        Reference reference;
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "refType")
                reference.childOf = member.text() == "CHILD_OF";
            else if (key == "traceID")
                reference.trace = readShortId(m_job.sink, member.text());
            else if (key == "spanID")
                reference.span = readShortId(m_job.sink, member.text());
        });
        if (!reference.childOf) {
            references.list.push_back(reference);
        } else {
            references.list.insert(references.list.begin() + references.children, reference);
            ++references.children;
        }
    }

    void addLog(const JsonValue& log)
    {
        std::string_view name;
        JsonValue when;
        m_attributes.clear();
        log.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key == "timestamp")
                when = value;
            else if (key == "fields")
                value.eachElement([&](const JsonValue& field) {
                    eachTag(field, [&](std::string_view field_name, const JsonValue& content) {
                        if (field_name == "event" && content.isString())
                            name = content.text();
                        else
                            m_attributes.push_back({field_name, readOtlpValue(content, true, m_reader.facts())});
                    });
                });
        });
        m_reader.event(name, when, m_attributes);
    }

    void flush()
    {
        for (Held& held : m_held) {
            const auto process = m_processes.find(held.process);
            if (process != m_processes.end()) {
                const auto set = [&](SpanText text, StringId value) {
                    if (!held.span[text])
                        held.span[text] = value;
                };
                set(SpanText::Service, process->second.service);
                set(SpanText::Environment, process->second.environment);
                set(SpanText::Resource, process->second.resource);
            } else if (!held.span[SpanText::Resource]) {
                m_tally.add(Severity::Warning, IssueKind::MissingField, "the process of a span is not in the file", -1,
                            held.span.sourceByte);
            }
            const Row row = m_job.sink.add(held.span, held.record);
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
    std::map<std::string, Process, std::less<>> m_processes;
    std::vector<EventAttribute> m_attributes;
    StringId m_format;
    bool m_loneSpans = false;
};

bool isTrace(const ProbeValue& value, const std::string& at)
{
    const auto has = [&](const char* path) { return value.has(at + path); };
    return (has("spans/*/spanID") && (has("spans/*/traceID") || has("spans/*/operationName"))) ||
           (has("traceID") && has("processes") && (has("spans") || value.cut()));
}

int sniffJaeger(const Probe& probe)
{
    constexpr int certain = 90;
    for (const ProbeValue& value : probe.values()) {
        for (const char* const at : {"", "data/*/", "data/", "*/"}) {
            if (isTrace(value, at))
                return certain;
        }
        if (areLoneSpans(value))
            return certain;
    }
    return 0;
}

Result<void> readJaeger(ReadJob& job)
{
    return JaegerReader(job).read();
}

/// {"key": …, "type": …, "value": …} as an attribute.
void decodeTag(const JsonValue& tag, std::vector<Attribute>& into)
{
    std::string name;
    bool binary = false;
    tag.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "key")
            name = value.text();
        else if (key == "type")
            binary = value.text() == "binary";
        else if (key == "value")
            addAttribute(into, name, value);
    });
    if (binary && !into.empty() && into.back().key == name)
        into.back().type = AttributeType::Bytes;
}

void decodeLog(const JsonValue& log, AttributeContent& builder)
{
    SpanEvent event;
    log.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "timestamp")
            event.time = readMicros(value).value_or(noTime);
        else if (key == "fields")
            value.eachElement([&](const JsonValue& field) { decodeTag(field, event.attributes); });
    });
    const auto name = std::find_if(event.attributes.begin(), event.attributes.end(),
                                   [](const Attribute& attribute) { return attribute.key == "event"; });
    if (name != event.attributes.end()) {
        event.name = name->value;
        event.attributes.erase(name);
    }
    builder.event(std::move(event));
}

void decodeReference(const JsonValue& reference, SpanContent& content)
{
    SpanLink link;
    reference.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "traceID")
            link.trace = value.text();
        else if (key == "spanID")
            link.span = value.text();
        else if (key == "refType")
            link.attributes.push_back({"refType", std::string(value.text()), AttributeType::Text});
    });
    content.links.push_back(std::move(link));
}

SpanContent decodeJaeger(std::string_view record, std::string_view resource)
{
    AttributeContent builder;
    SpanContent& content = builder.content();
    JsonParser parser;
    const auto process = [&](const JsonValue& value) {
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            if (key == "tags")
                member.eachElement([&](const JsonValue& tag) { decodeTag(tag, content.resource); });
            else
                addAttribute(content.resource, key, member);
        });
    };
    process(parser.parseCopy(resource));
    parser.parseCopy(record).eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "tags")
            value.eachElement([&](const JsonValue& tag) { decodeTag(tag, content.attributes); });
        else if (key == "logs")
            value.eachElement([&](const JsonValue& log) { decodeLog(log, builder); });
        else if (key == "references")
            value.eachElement([&](const JsonValue& reference) { decodeReference(reference, content); });
        else if (key == "flags")
            addAttribute(content.attributes, key, value);
        else if (key == "warnings")
            value.eachElement([&](const JsonValue& warning) {
                content.notes.push_back("the file warns: " +
                                        std::string(warning.isString() ? warning.text() : warning.raw()));
            });
    });
    for (const Attribute& attribute : content.attributes) {
        if (attribute.key == "otel.status_description" || (attribute.key == "error" && content.statusMessage.empty()))
            content.statusMessage = attribute.value;
    }
    if (content.statusMessage == "true" || content.statusMessage == "false")
        content.statusMessage.clear();
    if (const auto& defect = parser.defect())
        content.notes.push_back("the record is damaged: " + defect->message);
    return builder.finish();
}

} // namespace

ImportFormat jaegerJson()
{
    return {formatName, "Jaeger JSON", sniffJaeger, readJaeger, decodeJaeger};
}

} // namespace arcscope
