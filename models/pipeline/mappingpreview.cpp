#include "csvreader.h"
#include "jsontext.h"
#include "jsonvalue.h"
#include "mappingdraft.h"
#include "mappingmatch.h"
#include "mappingpath.h"
#include "splitter.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

constexpr std::size_t deepest = 6;
/// So many bytes of a file are looked at; records may be large.
constexpr std::uint64_t mostBytes = std::uint64_t(64) << 20;

struct Opened {
    std::unique_ptr<Source> source;
    std::optional<Probe> probe;
};

Result<Opened> openFile(const std::string& path, const Control& control)
{
    std::vector<ImportIssue> issues;
    const std::string paths[] = {path};
    auto inputs = expandInputs(paths, issues, control);
    if (!inputs)
        return inputs.error();
    if (inputs->size() != 1)
        return Error{ErrorCode::Unsupported, path + ": a mapping is made for one file"};
    auto source = openSource(inputs->front(), control);
    if (!source)
        return source.error();
    Opened opened;
    opened.source = std::move(*source);
    opened.probe = Probe::of(*opened.source);
    return opened;
}

/// Fields in the order in which they are met.
class FieldList
{
public:
    explicit FieldList(FilePreview& preview)
        : m_preview(preview)
    {
    }

    void beginRecord() { ++m_preview.recordCount; }
    void add(const MappingPath& path, std::string_view sample)
    {
        const std::string text = mappingPathText(path);
        const auto known = m_places.find(text);
        if (known == m_places.end() && m_preview.fields.size() >= previewFields)
            return;
        const std::size_t place = known == m_places.end() ? m_preview.fields.size() : known->second;
        if (known == m_places.end()) {
            m_places.emplace(text, place);
            m_preview.fields.push_back({text, {}, m_preview.recordCount == 1});
            m_seen.push_back(0);
        }
        DraftField& field = m_preview.fields[place];
        field.samples.resize(m_preview.recordCount);
        if (!sample.empty())
            ++m_seen[place];
        field.samples.back() = repairedUtf8(sample.substr(0, previewSampleBytes));
    }
    void finish()
    {
        for (std::size_t i = 0; i < m_seen.size(); ++i) {
            m_preview.fields[i].samples.resize(m_preview.recordCount);
            m_preview.fields[i].always = m_seen[i] == m_preview.recordCount;
        }
    }

private:
    FilePreview& m_preview;
    std::map<std::string, std::size_t> m_places;
    std::vector<std::uint64_t> m_seen;
};

void addValue(FieldList& fields, MappingPath& path, const JsonValue& value)
{
    if (value.isObject() && path.steps.size() < deepest) {
        value.eachMember([&](std::string_view key, const JsonValue& member) {
            path.steps.push_back({MappingStep::Kind::Key, std::string(key), 0});
            addValue(fields, path, member);
            path.steps.pop_back();
        });
        return;
    }
    const bool scalar = !value.isObject() && !value.isArray();
    fields.add(path, !value.recorded()  ? std::string_view()
                     : value.isString() ? value.text()
                     : scalar           ? value.raw()
                                        : value.raw().substr(0, previewSampleBytes));
}

/// Where the records of a JSON file may be, by what its beginning has.
std::vector<std::string> recordPaths(const Probe& probe)
{
    const ProbeValue* const first = probe.first();
    if (!first)
        return {"."};
    if (first->isArray())
        return {"[]", "."};
    std::vector<std::string> paths{"."};
    bool onlyObjects = true;
    std::size_t members = 0;
    for (const ProbeValue::Entry& entry : first->entries()) {
        const bool top = !entry.path.empty() && entry.path.find('/') == std::string::npos;
        members += top ? 1 : 0;
        onlyObjects = onlyObjects && (!top || entry.first == '{');
        if (entry.first != '[' || entry.path.find('*') != std::string::npos || !first->hasObject(entry.path + "/*"))
            continue;
        std::string path;
        for (std::size_t at = 0; at < entry.path.size();) {
            const std::size_t slash = std::min(entry.path.find('/', at), entry.path.size());
            MappingPath step;
            step.steps.push_back({MappingStep::Kind::Key, entry.path.substr(at, slash - at), 0});
            path += (path.empty() ? "" : ".") + mappingPathText(step);
            at = slash + 1;
        }
        paths.push_back(path + "[]");
    }
    if (members > 1 && onlyObjects && !probe.isLines())
        paths.insert(paths.begin(), "{}");
    return paths;
}

std::string splitterPath(const MappingPath& path)
{
    std::string text;
    for (const MappingStep& step : path.steps) {
        text += text.empty() ? "" : "/";
        text += step.kind == MappingStep::Kind::Key ? step.key : step.kind == MappingStep::Kind::Members ? "{}" : "*";
    }
    return text;
}

Result<void> previewJson(Source& source, const Control& control, FilePreview& preview)
{
    const auto records = parseMappingPath(preview.records);
    if (!records)
        return records.error();
    const std::string path = splitterPath(*records);
    WindowReader window(source, control);
    JsonSplitter splitter(window, path.empty() ? SplitPaths() : SplitPaths{path});
    JsonParser parser;
    SplitEvent event;
    FieldList fields(preview);
    while (preview.recordCount < previewRecords && window.offset() < mostBytes) {
        const auto more = splitter.next(event);
        if (!more)
            return more.error();
        if (!*more)
            break;
        const bool isRecord = event.target >= 0 || (path == "*" && event.depth == 0);
        if (event.kind != SplitKind::Value || !isRecord)
            continue;
        fields.beginRecord();
        MappingPath at;
        addValue(fields, at, parser.parse(event.value));
    }
    fields.finish();
    return {};
}

Result<void> previewTable(Source& source, std::string_view head, const Control& control, FilePreview& preview)
{
    const char delimiter = sniffCsvDelimiter(head);
    WindowReader window(source, control);
    CsvReader reader(window, delimiter ? delimiter : ',');
    CsvRow row;
    auto more = reader.next(row);
    std::vector<MappingPath> columns;
    if (more && *more) {
        for (const std::string_view field : row.fields) {
            columns.emplace_back();
            columns.back().steps.push_back({MappingStep::Kind::Key, repairedUtf8(field), 0});
        }
    }
    FieldList fields(preview);
    while (more && *more && preview.recordCount < previewRecords && window.offset() < mostBytes) {
        more = reader.next(row);
        if (!more || !*more || row.defect != CsvDefect::None)
            continue;
        fields.beginRecord();
        for (std::size_t i = 0; i < columns.size(); ++i)
            fields.add(columns[i], i < row.fields.size() ? row.fields[i] : std::string_view());
    }
    fields.finish();
    return more ? Result<void>() : Result<void>(more.error());
}

} // namespace

bool isMappable(const std::string& path)
{
    const auto opened = openFile(path, {});
    if (!opened)
        return false;
    return opened->probe->kind() == ProbeKind::Json ||
           (opened->probe->kind() == ProbeKind::Text && !headerColumns(opened->probe->head()).empty());
}

Result<FilePreview> previewFile(const std::string& path, const std::string& records, const Control& control)
{
    const auto opened = openFile(path, control);
    if (!opened)
        return opened.error();
    FilePreview preview;
    preview.table = opened->probe->kind() == ProbeKind::Text;
    if (!preview.table && opened->probe->kind() != ProbeKind::Json)
        return Error{ErrorCode::Unsupported, path + ": neither JSON nor text in columns; expected one of them"};
    preview.recordPaths = preview.table ? std::vector<std::string>{"."} : recordPaths(*opened->probe);
    preview.records = records.empty() ? preview.recordPaths.front() : records;
    const auto done = preview.table ? previewTable(*opened->source, opened->probe->head(), control, preview)
                                    : previewJson(*opened->source, control, preview);
    if (!done)
        return done.error();
    if (preview.fields.empty())
        return Error{ErrorCode::Unsupported, path + ": no records at \"" + preview.records + '"'};
    return preview;
}

} // namespace arcscope
