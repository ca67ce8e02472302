// Logfire: rows of its table of records, as its query interface exports them; one a line, or in a list.
#include "format.h"
#include "platformspan.h"
#include "probe.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr std::string_view formatName = "logfire";

constexpr auto ruleList = std::to_array<AttributeRule>({
    {"kind", Field::SpanType, 10},
    {"service_name", fieldOf(SpanText::Service), 10},
    {"deployment_environment", fieldOf(SpanText::Environment), 10},
    {"exception_type", fieldOf(SpanText::ErrorType), 10},
});

const RecordRules& rules()
{
    static const RecordRules made(ruleList, {"attributes"});
    return made;
}

void take(PlatformSpan& span, std::string_view path, const JsonValue& value)
{
    SpanRecord& record = span.span();
    if (path == "span_id")
        span.id(record.span, value);
    else if (path == "trace_id")
        span.id(record.trace, value);
    else if (path == "parent_span_id")
        span.parent(value);
    else if (path == "span_name")
        span.text(SpanText::Name, value);
    else if (path == "start_timestamp")
        span.time(Fact::Start, value);
    else if (path == "end_timestamp")
        span.time(Fact::End, value);
    else if (path == "otel_status_message")
        span.facts().statusMessage({FactValue::Form::Text, span.facts().keep(std::string(value.text()))});
    else if (path == "otel_status_code" && (value.text() == "ERROR" || value.text() == "OK"))
        record.status = value.text() == "OK" ? SpanStatus::Ok : SpanStatus::Error;
    else if (path == "attributes" && value.isString())
        span.takeText(path, value);
}

std::string keyOf(const JsonValue& record)
{
    std::string key;
    bool named = false;
    record.eachMember([&](std::string_view name, const JsonValue& value) {
        named = named || (name == "span_id" && !value.text().empty());
        if (name == "span_id" || name == "trace_id" || name == "kind")
            key.append(value.text()).append("/");
    });
    return named ? key : std::string();
}

int sniffLogfire(const Probe& probe)
{
    const ProbeValue* first = probe.first();
    if (!first)
        return 0;
    for (const std::string at : {"", "*/", "rows/*/"}) {
        const auto has = [&](const char* path) { return first->has(at + path); };
        if (has("start_timestamp") && has("trace_id") && has("span_id") && (has("span_name") || has("otel_scope_name")))
            return 90;
    }
    return 0;
}

Result<void> readLogfire(ReadJob& job)
{
    const Probe probe = Probe::of(job.input);
    const SplitPaths rows{"rows/*"};
    const bool inRows = probe.first() && probe.first()->hasArray("rows");
    IssueTally tally;
    const auto done = readPlatform(job, tally, {formatName, rules(), keyOf, take, {}}, inRows ? &rows : nullptr);
    tally.report(job.sink);
    return done;
}

SpanContent decodeLogfire(std::string_view record, std::string_view)
{
    return decodePlatform(record, rules(), {"otel_status_message"}, [](const JsonValue& row, SpanContent& content) {
        row.eachMember([&](std::string_view key, const JsonValue& value) {
            if (key != "attributes" || !value.isString())
                return;
            JsonParser parser;
            std::vector<Attribute> inner;
            appendRecord(parser.parseCopy(value.text()), rules(), inner);
            for (Attribute& attribute : inner)
                content.attributes.push_back(
                    {"attributes." + attribute.key, std::move(attribute.value), attribute.type});
        });
    });
}

} // namespace

ImportFormat logfireRows()
{
    return {formatName, "Logfire records", sniffLogfire, readLogfire, decodeLogfire};
}

} // namespace arcscope
