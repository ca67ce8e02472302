#include "platformspan.h"

#include "attributecontent.h"
#include "dumpspan.h"

#include <memory>

namespace arcscope
{

void PlatformSpan::read(std::span<const RecordPiece> pieces, const Take& take)
{
    m_facts.clear();
    m_span = {};
    m_record.clear();
    m_inner.clear();
    m_line = static_cast<std::int64_t>(pieces.front().line);
    m_span.sourceByte = static_cast<std::int64_t>(pieces.front().byte);
    m_span[SpanText::Format] = m_format;
    while (m_parsers.size() < pieces.size())
        m_parsers.push_back(std::make_unique<JsonParser>());
    for (std::size_t i = pieces.size(); i-- > 0;) {
        JsonParser& parser = *m_parsers[i];
        const JsonValue value = parser.parseCopy(pieces[i].text);
        takeRecord(value, m_rules, m_facts,
                   [&](std::string_view path, const JsonValue& member) { take(*this, path, member); });
        for (ImportIssue& issue : parser.issues(pieces[i].byte, pieces[i].line))
            m_sink.report(std::move(issue));
    }
    for (const RecordPiece& piece : pieces)
        m_record.append(m_record.empty() ? "" : "\n").append(piece.text);
}

Row PlatformSpan::give(PackedStream stream)
{
    if (!m_span.trace)
        report(Severity::Warning, IssueKind::MissingField, "a record names no trace");
    if (m_span.start == noTime)
        report(Severity::Warning, IssueKind::TimeNotRecorded, "a span has no start");
    if (m_span.end == noTime)
        report(Severity::Info, IssueKind::UnfinishedSpan, "a span has no end");
    else if (m_span.start != noTime && m_span.end < m_span.start)
        report(Severity::Warning, IssueKind::NegativeDuration, "a span ends before it starts");
    m_facts.settle(m_sink, m_span,
                   [&](const std::string& what) { report(Severity::Warning, IssueKind::BadValue, what); });
    if (m_span.kind == SpanKind::ToolCall && !m_span[SpanText::Tool])
        m_span[SpanText::Tool] = m_span[SpanText::Name];
    const Row row = m_sink.add(m_span, m_record);
    if (stream.count > 0)
        m_sink.addStream(row, std::move(stream));
    return row;
}

void PlatformSpan::id(Id& into, const JsonValue& value)
{
    if (!into && value.recorded())
        into = toId(m_sink, value.isString() ? value.text() : value.raw());
}

void PlatformSpan::parent(const JsonValue& value)
{
    id(m_span.parent, value);
    if (m_span.parent)
        m_span.provenance.set(Fact::Parent, Provenance::Measured);
}

Nanos PlatformSpan::timeOf(const JsonValue& value)
{
    bool zoneGiven = true;
    const auto read = readDumpTime(value, zoneGiven);
    if (!read)
        report(Severity::Warning, IssueKind::BadValue, "a time that cannot be read");
    if (!zoneGiven)
        report(Severity::Info, IssueKind::ZoneAssumed, "times without zone were read as UTC");
    return read.value_or(noTime);
}

void PlatformSpan::time(Fact fact, const JsonValue& value)
{
    Nanos& into = fact == Fact::Start ? m_span.start : m_span.end;
    if (into != noTime || !value.recorded())
        return;
    into = timeOf(value);
    if (into != noTime)
        m_span.provenance.set(fact, Provenance::Measured);
}

void PlatformSpan::text(SpanText what, const JsonValue& value)
{
    if (!m_span[what] && value.recorded())
        setText(m_sink, m_span, what, value.isString() ? value.text() : value.raw());
}

void PlatformSpan::fail(const JsonValue& message)
{
    if (!message.recorded() || (message.isString() && message.text().empty()) || message.boolean() == false)
        return;
    m_span.status = SpanStatus::Error;
    m_facts.statusMessage(
        {FactValue::Form::Text, m_facts.keep(std::string(message.isString() ? message.text() : message.raw()))});
}

void PlatformSpan::takeText(std::string_view path, const JsonValue& text)
{
    const std::string before = std::string(path) + '.';
    JsonParser& parser = *m_inner.emplace_back(std::make_unique<JsonParser>());
    parser.parseCopy(text.text()).eachMember([&](std::string_view key, const JsonValue& value) {
        takeMember(before + std::string(key), value, m_rules, m_facts);
    });
}

void PlatformSpan::report(Severity severity, IssueKind kind, std::string message)
{
    m_tally.add(severity, kind, std::move(message), m_line, m_span.sourceByte);
}

void RecordGathering::add(std::string key, std::string_view text, std::uint64_t byte, std::uint64_t line)
{
    const auto [place, isNew] = m_places.try_emplace(std::move(key), m_held.size());
    if (isNew)
        m_held.emplace_back();
    m_held[place->second].push_back({std::string(text), byte, line});
    m_bytes += text.size();
    if (m_bytes > maxHeldBytes)
        flush();
}

void RecordGathering::flush()
{
    for (const std::vector<RecordPiece>& pieces : m_held)
        m_give(pieces);
    m_held.clear();
    m_places.clear();
    m_bytes = 0;
}

SpanContent decodePlatform(std::string_view record, const RecordRules& rules,
                           std::initializer_list<std::string_view> statusMembers,
                           const std::function<void(const JsonValue& record, SpanContent& content)>& more)
{
    AttributeContent builder(rules);
    SpanContent& content = builder.content();
    std::vector<std::string> pieces;
    eachValue(record, [&](const JsonValue& value) { pieces.emplace_back(value.raw()); });
    JsonParser parser;
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        appendRecord(parser.parseCopy(*piece), rules, content.attributes);
        if (more)
            more(parser.parseCopy(*piece), content);
    }
    for (const std::string_view key : statusMembers) {
        for (const Attribute& attribute : content.attributes) {
            if (content.statusMessage.empty() && attribute.key == key)
                content.statusMessage = attribute.value;
        }
    }
    return builder.finish();
}

Result<void> readPlatform(ReadJob& job, IssueTally& tally, const PlatformFormat& format,
                          const SplitPaths* documentPaths)
{
    PlatformSpan span(job.sink, tally, format.rules, format.name);
    RecordGathering gathering([&](std::span<const RecordPiece> pieces) {
        span.read(pieces, format.take);
        if (format.finish && !format.finish(span))
            return;
        span.give();
    });
    JsonParser parser;
    const auto done = readRecords(job, tally, documentPaths, [&](const SplitEvent& event) {
        std::string key = format.key(parser.parse(event.value));
        if (!key.empty())
            gathering.add(std::move(key), event.value, event.offset, event.line);
        else
            tally.add(Severity::Error, parser.defect() ? IssueKind::MalformedRecord : IssueKind::MissingField,
                      "a record has no id", static_cast<std::int64_t>(event.line),
                      static_cast<std::int64_t>(event.offset));
    });
    gathering.flush();
    return done;
}

Result<void> readRecords(ReadJob& job, IssueTally& tally, const SplitPaths* documentPaths,
                         const std::function<void(const SplitEvent& event)>& take)
{
    const SplitPaths paths = documentPaths ? *documentPaths : SplitPaths{"*"};
    return readSplit(job, paths, [&](const SplitEvent& event) {
        if (event.kind != SplitKind::Value || (event.target < 0 && event.depth > 0))
            return;
        if (event.value.starts_with('{'))
            take(event);
        else
            tally.add(Severity::Warning, IssueKind::MalformedRecord, "a record is no object",
                      static_cast<std::int64_t>(event.line), static_cast<std::int64_t>(event.offset));
    });
}

} // namespace arcscope
