#include "recordreading.h"

#include "source.h"
#include "windows.h"

namespace arcscope
{

Result<void> readSplit(ReadJob& job, const SplitPaths& paths, const std::function<void(const SplitEvent& event)>& take)
{
    WindowReader window(job.input, job.control);
    JsonSplitter splitter(window, paths);
    SplitEvent event;
    while (true) {
        const auto more = splitter.next(event);
        if (!more)
            return more.error();
        if (!*more)
            return {};
        if (event.kind == SplitKind::Defect)
            job.sink.report(issueOf(event));
        else
            take(event);
    }
}

Result<void> readRecords(ReadJob& job, const SplitPaths& paths,
                         const std::function<void(const JsonValue& value, const SplitEvent& event)>& take)
{
    JsonParser parser;
    return readSplit(job, paths, [&](const SplitEvent& event) {
        if (event.kind != SplitKind::Value || (event.target < 0 && event.depth > 0))
            return;
        take(parser.parse(event.value), event);
        for (ImportIssue& issue : parser.issues(event.offset, event.line))
            job.sink.report(std::move(issue));
    });
}

void eachValue(std::string_view record, const std::function<void(const JsonValue& value)>& take)
{
    const auto source = memorySource(std::string(record));
    WindowReader window(*source, {}, record.size() + 1);
    JsonSplitter splitter(window, SplitPaths());
    JsonParser parser;
    SplitEvent event;
    while (true) {
        const auto more = splitter.next(event);
        if (!more || !*more)
            return;
        if (event.kind == SplitKind::Value)
            take(parser.parse(event.value));
    }
}

void IssueTally::add(Severity severity, IssueKind kind, std::string message, std::int64_t line, std::int64_t byte,
                     std::uint64_t count)
{
    if (m_issues.size() >= maxDifferent && !m_issues.contains({kind, message}))
        message = "more of this kind";
    ImportIssue& issue = m_issues[{kind, message}];
    if (!issue.message.empty()) {
        issue.count += count;
        return;
    }
    issue.severity = severity;
    issue.kind = kind;
    issue.line = line;
    issue.byte = byte;
    issue.count = count;
    issue.message = std::move(message);
}

void IssueTally::report(SpanSink& sink)
{
    for (auto& [key, issue] : m_issues)
        sink.report(std::move(issue));
    m_issues.clear();
}

void addAttribute(std::vector<Attribute>& attributes, std::string_view key, const JsonValue& value)
{
    switch (value.type()) {
    case JsonType::Missing:
    case JsonType::Invalid:
        return;
    case JsonType::Object:
        value.eachMember([&](std::string_view name, const JsonValue& member) {
            addAttribute(attributes, std::string(key) + '.' + std::string(name), member);
        });
        return;
    case JsonType::Null:
        attributes.push_back({std::string(key), "null", AttributeType::Null});
        return;
    case JsonType::Bool:
        attributes.push_back({std::string(key), std::string(value.raw()), AttributeType::Bool});
        return;
    case JsonType::Number:
        attributes.push_back({std::string(key), std::string(value.raw()), AttributeType::Number});
        return;
    case JsonType::String:
        attributes.push_back({std::string(key), std::string(value.text()), AttributeType::Text});
        return;
    case JsonType::Array:
        attributes.push_back({std::string(key), std::string(value.raw()), AttributeType::Json});
        return;
    }
}

Nanos readTime(std::string_view text, IssueTally& tally)
{
    const auto time = parseIsoTime(text);
    if (!time) {
        if (!text.empty())
            tally.add(Severity::Warning, IssueKind::BadValue, "a time that cannot be read");
        return noTime;
    }
    if (!time->zoneGiven)
        tally.add(Severity::Info, IssueKind::ZoneAssumed, "times without zone were read as UTC");
    return time->time;
}

} // namespace arcscope
