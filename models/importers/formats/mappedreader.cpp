#include "mappedreader.h"

#include "csvreader.h"
#include "jsontext.h"
#include "mappedelements.h"
#include "probe.h"
#include "recordreading.h"

namespace arcscope
{
namespace
{

/// Path of the records for the splitter; a document may also be a list of records or have a record in each line.
std::string splitPath(const MappingPath& path)
{
    std::string text;
    for (const MappingStep& step : path.steps) {
        text += text.empty() ? "" : "/";
        text += step.kind == MappingStep::Kind::Key ? step.key : step.kind == MappingStep::Kind::Members ? "{}" : "*";
    }
    return text;
}

class MappedReader
{
public:
    MappedReader(ReadJob& job, const Mapping& mapping, std::uint64_t most)
        : m_job(job)
        , m_mapping(mapping)
        , m_most(most)
    {
    }

    Result<void> read()
    {
        const Probe probe = Probe::of(m_job.input);
        auto done = probe.kind() == ProbeKind::Json ? readJson() : readCsv(probe.head());
        if (!done && m_enough)
            done = {};
        m_tally.report(m_job.sink);
        return done;
    }

private:
    Result<void> readJson()
    {
        MappedElements elements(m_job.sink, m_tally, m_mapping, {m_mapping.name, {}, 0}, m_job.fileName);
        const MappingPath& each = m_mapping.records.each;
        const bool lines = each.steps.size() == 1 && each.steps.front().kind == MappingStep::Kind::Elements;
        const std::string path = splitPath(each);
        JsonParser parser;
        WindowReader window(m_job.input, m_job.control);
        JsonSplitter splitter(window, path.empty() ? SplitPaths() : SplitPaths{path});
        SplitEvent event;
        while (!m_enough) {
            const auto more = splitter.next(event);
            if (!more || !*more) {
                elements.finish();
                return more ? Result<void>() : Result<void>(more.error());
            }
            if (event.kind == SplitKind::Defect)
                m_job.sink.report(issueOf(event));
            else if (event.kind == SplitKind::Value)
                take(event, event.target >= 0 || (lines && event.depth == 0), parser, elements);
        }
        elements.finish();
        return {};
    }

    void take(const SplitEvent& event, bool isRecord, JsonParser& parser, MappedElements& elements)
    {
        const MappedIssues issues{m_tally, static_cast<std::int64_t>(event.line),
                                  static_cast<std::int64_t>(event.offset)};
        if (!isRecord) {
            if (event.depth == 1 && !event.key.empty())
                elements.document().take(unescapedJson(event.key), event.value);
            issues.add(event.depth == 0 ? Severity::Error : Severity::Info, IssueKind::UnknownRecord,
                       event.depth == 0
                           ? "a value without records at \"" + mappingPathText(m_mapping.records.each) + '"'
                           : "beside the records, in no span: " + std::string(event.key.substr(0, 80)));
            return;
        }
        const JsonValue value = parser.parse(event.value);
        if (value.isObject() || value.isArray())
            elements.json(value, unescapedJson(event.key), issues);
        else if (!parser.defect())
            issues.add(Severity::Error, IssueKind::MalformedRecord, "a record is no object");
        for (ImportIssue& issue : parser.issues(event.offset, event.line))
            m_job.sink.report(std::move(issue));
        counted();
    }

    Result<void> readCsv(std::string_view head)
    {
        const char sniffed = sniffCsvDelimiter(head);
        const char delimiter = sniffed ? sniffed : ',';
        WindowReader window(m_job.input, m_job.control);
        CsvReader reader(window, delimiter);
        CsvRow row;
        auto more = reader.next(row);
        if (!more || !*more)
            return more ? Result<void>() : Result<void>(more.error());
        std::vector<std::string> columns;
        for (const std::string_view field : row.fields)
            columns.push_back(repairedUtf8(field));
        MappedElements elements(m_job.sink, m_tally, m_mapping, {m_mapping.name, columns, delimiter}, m_job.fileName);
        while (!m_enough) {
            more = reader.next(row);
            if (!more || !*more)
                break;
            takeRow(row, columns.size(), elements);
        }
        elements.finish();
        return more ? Result<void>() : Result<void>(more.error());
    }

    void takeRow(const CsvRow& row, std::size_t columns, MappedElements& elements)
    {
        const MappedIssues issues{m_tally, static_cast<std::int64_t>(row.line), static_cast<std::int64_t>(row.offset)};
        if (row.defect == CsvDefect::Oversized)
            return issues.add(Severity::Error, IssueKind::OversizedRecord, "a row that is too long to be read");
        if (row.defect == CsvDefect::Unclosed)
            return issues.add(Severity::Error, IssueKind::MalformedRecord, "a quoted field without end");
        if (row.fields.size() != columns)
            issues.add(Severity::Warning, IssueKind::BadValue,
                       "a row has " + std::string(row.fields.size() < columns ? "fewer" : "more") +
                           " fields than the header");
        if (!isUtf8(row.text))
            issues.add(Severity::Warning, IssueKind::InvalidUtf8, "a row is not UTF-8; damage is shown as U+FFFD");
        elements.row(row.fields, row.text, issues);
        counted();
    }

    void counted() { m_enough = ++m_records == m_most; }

    ReadJob& m_job;
    const Mapping& m_mapping;
    const std::uint64_t m_most;
    IssueTally m_tally;
    std::uint64_t m_records = 0;
    bool m_enough = false;
};

} // namespace

Result<void> readMapped(ReadJob& job, const Mapping& mapping)
{
    return MappedReader(job, mapping, 0).read();
}

Result<void> readMapped(ReadJob& job, const Mapping& mapping, MappedLimit limit)
{
    return MappedReader(job, mapping, limit.records).read();
}

} // namespace arcscope
