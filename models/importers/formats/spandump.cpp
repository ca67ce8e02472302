// Spans as SDKs print them and as Phoenix exports them: one object each, with a context and a map of attributes; a line
// each, pretty-printed one after another, in an array, or in the "spans" or "data" of an object.
#include "attributecontent.h"
#include "dumpspan.h"
#include "flatattributes.h"
#include "format.h"
#include "otlpspan.h"
#include "probe.h"
#include "recordsahead.h"

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "span-dump";

bool isDump(const ProbeValue& value, const std::string& at)
{
    const auto has = [&](const char* key) { return value.has(at + key); };
    if (has("context/trace_id") || has("spanContext/traceId") || has("_spanContext/traceId") || has("context.trace_id"))
        return true;
    // What the console exporter for JavaScript prints; Zipkin has tags in place of attributes.
    return has("traceId") && has("id") && has("timestamp") && has("duration") && value.hasObject(at + "attributes");
}

constexpr const char* inTraces = "data/*/spans/*/";

/// Where in the top-level values the spans are: "", "*/", "spans/*/", "data/*/", inTraces; null: nowhere.
const char* placeOf(const Probe& probe)
{
    for (const ProbeValue& value : probe.values()) {
        for (const char* const at : {"", "*/", "spans/*/", "data/*/"}) {
            if (isDump(value, at))
                return at;
        }
        if (value.has("data/*/trace_id") && value.has("data/*/spans/*/span_id"))
            return inTraces;
    }
    return nullptr;
}

int sniffDump(const Probe& probe)
{
    constexpr int likely = 75;
    return placeOf(probe) ? likely : 0;
}

/// Where the spans are, and what else is looked at.
struct DumpLayout {
    bool wrapped = false;  ///< in a list of an object
    bool inTraces = false; ///< in lists of traces, which have ids
};

/// Reads the spans, and what lies around them.
class DumpAhead
{
public:
    struct Record {
        bool kept = false; ///< else it is no span
        SpanRecord span;
        PackedStream stream;

        void translate(const TextMap& texts) { texts.translate(span); }
    };

    DumpAhead(SpanSink& sink, const DumpLayout& layout)
        : m_layout(layout)
        , m_reader(sink, m_parser)
    {
    }

    bool read(const SplitEvent& event, BatchMemory&, Record& record)
    {
        if (event.kind == SplitKind::Enter && !event.array)
            m_reader.setTrace({});
        else if (event.kind == SplitKind::Value && m_layout.inTraces && event.key == "trace_id")
            m_reader.setTrace(m_parser.parse(event.value).text());
        const bool isSpan =
            event.kind == SplitKind::Value && (event.target >= 0 || (!m_layout.wrapped && event.depth == 0));
        if (!isSpan)
            return false;
        record.kept = m_reader.read(event.value, event.offset, event.line);
        if (record.kept) {
            record.span = m_reader.span();
            if (m_reader.streamed())
                record.stream = m_reader.takeStream();
        }
        return true;
    }
    bool zoneAssumed() const { return m_reader.zoneAssumed(); }

private:
    DumpLayout m_layout;
    JsonParser m_parser;
    DumpSpanReader m_reader;
};

Result<void> readDump(ReadJob& job)
{
    const char* const place = placeOf(Probe::of(job.input));
    const DumpLayout layout{place && std::string_view(place).size() > 2, place == inTraces};
    const SplitPaths paths = layout.inTraces  ? SplitPaths{"data/*/spans/*"}
                             : layout.wrapped ? SplitPaths{"spans|data/*"}
                                              : SplitPaths{"*"};
    const StringId format = job.sink.intern(formatName);
    RecordsAhead<DumpAhead> records(job, paths, {}, layout);
    SplitEvent event;
    DumpAhead::Record* record = nullptr;
    while (true) {
        const auto more = records.next(event, record);
        if (!more || !*more) {
            if (records.reader().zoneAssumed()) {
                ImportIssue issue;
                issue.severity = Severity::Info;
                issue.kind = IssueKind::ZoneAssumed;
                issue.message = "times without zone were read as UTC";
                job.sink.report(std::move(issue));
            }
            return more ? Result<void>() : Result<void>(more.error());
        }
        if (event.kind == SplitKind::Defect)
            job.sink.report(issueOf(event));
        if (!record || !record->kept)
            continue;
        record->span[SpanText::Format] = format;
        const Row row = job.sink.add(record->span, event.value);
        if (record->stream.count > 0)
            job.sink.addStream(row, std::move(record->stream));
    }
}

void decodeEvent(const JsonValue& json, AttributeContent& builder)
{
    SpanEvent event;
    bool zoneGiven = true;
    json.eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "name")
            event.name = value.text();
        else if (key == "timestamp" || key == "time")
            event.time = readDumpTime(value, zoneGiven).value_or(noTime);
        else if (key == "attributes")
            appendFlatAttributes({}, value, event.attributes);
    });
    builder.event(std::move(event));
}

void decodeLink(const JsonValue& json, SpanContent& content)
{
    SpanLink link;
    const auto ids = [&link](std::string_view key, const JsonValue& value) {
        if (key == "trace_id" || key == "traceId")
            link.trace = idText(parseId(value.text()), value.text());
        else if (key == "span_id" || key == "spanId")
            link.span = idText(parseId(value.text()), value.text());
    };
    json.eachMember([&](std::string_view key, const JsonValue& value) {
        ids(key, value);
        if (key == "context" || key == "spanContext")
            value.eachMember(ids);
        else if (key == "attributes")
            appendFlatAttributes({}, value, link.attributes);
    });
    content.links.push_back(std::move(link));
}

void decodeStatus(std::string_view key, const JsonValue& value, SpanContent& content)
{
    if (key == "description" || key == "message" || key == "status_message")
        content.statusMessage = value.text();
    else if (key == "code" || key == "status_code")
        content.toolFailed = value.integer() == 2 || value.text().ends_with("ERROR");
}

SpanContent decodeDump(std::string_view record, std::string_view)
{
    AttributeContent builder;
    SpanContent& content = builder.content();
    JsonParser parser;
    std::string kind;
    parser.parseCopy(record).eachMember([&](std::string_view key, const JsonValue& value) {
        if (key == "attributes") {
            appendFlatAttributes({}, value, content.attributes);
        } else if (key == "events") {
            value.eachElement([&](const JsonValue& event) { decodeEvent(event, builder); });
        } else if (key == "links") {
            value.eachElement([&](const JsonValue& link) { decodeLink(link, content); });
        } else if (key == "resource") {
            value.eachMember([&](std::string_view name, const JsonValue& part) {
                if (name == "attributes" || name == "_attributes")
                    appendFlatAttributes({}, part, content.resource);
            });
        } else if (key == "status") {
            value.eachMember([&](std::string_view name, const JsonValue& part) { decodeStatus(name, part, content); });
        } else if (key == "span_kind") {
            kind = value.text();
        } else if (key.starts_with("attributes.") && !value.isObject() && !value.isArray()) {
            content.attributes.push_back({std::string(key.substr(11)),
                                          std::string(value.isString() ? value.text() : value.raw()),
                                          value.isString() ? AttributeType::Text : AttributeType::Json});
        } else {
            decodeStatus(key, value, content);
        }
    });
    if (!kind.empty())
        builder.attribute("openinference.span.kind", std::move(kind), AttributeType::Text);
    if (parser.repaired())
        content.notes.emplace_back("bytes that are no UTF-8 are shown as U+FFFD");
    if (const auto& defect = parser.defect())
        content.notes.push_back("the record is damaged: " + defect->message);
    return builder.finish();
}

} // namespace

ImportFormat spanDump()
{
    return {formatName, "OpenTelemetry span dump", sniffDump, readDump, decodeDump, true};
}

} // namespace arcscope
