#include "exportprovenance.h"

#include "openingdigest.h"
#include "source.h"
#include "tracebundle.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

namespace arcscope
{
namespace
{

ExportProvenance::File fileOf(const std::string& path)
{
    ExportProvenance::File file;
    file.name = std::filesystem::path(path).filename().string();
    if (path == "-")
        return file;
    if (auto digest = sha256OfFile(path, file.bytes, {}))
        file.sha256 = std::move(*digest);
    return file;
}

} // namespace

Result<ExportProvenance> provenanceOf(const std::vector<std::string>& paths, const Corpus& corpus,
                                      std::span<const Row> rows)
{
    ExportProvenance made;
    made.version = ARCSCOPE_VERSION;
    std::vector<ImportIssue> issues;
    const auto inputs = expandInputs(paths, issues);
    if (!inputs)
        return inputs.error();
    std::set<std::string> seen;
    for (const InputFile& input : *inputs) {
        if (!seen.insert(input.path).second)
            continue;
        if (const auto bundled = provenanceOfBundle(input.path)) {
            made.files.insert(made.files.end(), bundled->files.begin(), bundled->files.end());
            made.redacted = made.redacted || bundled->redacted;
        } else {
            made.files.push_back(fileOf(input.path));
        }
    }
    std::set<std::int64_t> traces;
    for (const Row row : rows) {
        traces.insert(corpus.spans.at(SpanColumn::Trace, row));
        const TimeRange range = corpus.spans.range(row);
        if (corpus.spans.start(row) == noTime)
            continue;
        const bool first = made.range.start == noTime;
        made.range.start = first ? range.start : std::min(made.range.start, range.start);
        made.range.end = first ? range.end : std::max(made.range.end, range.end);
    }
    made.spans = rows.size();
    made.traces = traces.size();
    return made;
}

std::string provenanceJson(const ExportProvenance& provenance)
{
    using Json = nlohmann::ordered_json;
    Json json{
        {"schema", "arcscope.provenance/1"}, {"program", "Arcscope " + provenance.version}, {"files", Json::array()}};
    for (const ExportProvenance::File& file : provenance.files)
        json["files"].push_back(
            {{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256.empty() ? Json() : Json(file.sha256)}});
    const bool timed = provenance.range.start != noTime;
    json["filter"] = provenance.filter.empty() ? Json() : Json(provenance.filter);
    json["from_ns"] = timed ? Json(provenance.range.start) : Json();
    json["to_ns"] = timed ? Json(provenance.range.end) : Json();
    json["traces"] = provenance.traces;
    json["spans"] = provenance.spans;
    json["redacted"] = provenance.redacted;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string provenanceLine(const ExportProvenance& provenance)
{
    constexpr std::size_t mostFiles = 3;
    constexpr std::size_t digits = 12;
    constexpr const char* between = " · ";
    std::string line;
    for (std::size_t i = 0; i < provenance.files.size() && i < mostFiles; ++i) {
        const ExportProvenance::File& file = provenance.files[i];
        line += file.name + (file.sha256.empty() ? "" : " (SHA-256 " + file.sha256.substr(0, digits) + ")") + between;
    }
    if (provenance.files.size() > mostFiles)
        line += "and " + std::to_string(provenance.files.size() - mostFiles) + " more files" + between;
    line += (provenance.filter.empty() ? "no filter" : "filter " + provenance.filter) + between;
    line += provenance.range.start == noTime ? "no times recorded"
                                             : isoText(provenance.range.start) + " to " + isoText(provenance.range.end);
    return line + between + (provenance.redacted ? "redacted" : "not redacted") + between + "Arcscope " +
           provenance.version;
}

std::vector<std::string> provenanceLines(const ExportProvenance& provenance)
{
    std::vector<std::string> lines;
    constexpr std::size_t mostFiles = 12;
    for (std::size_t i = 0; i < provenance.files.size() && i < mostFiles; ++i) {
        const ExportProvenance::File& file = provenance.files[i];
        lines.push_back(file.name + ", SHA-256 " + (file.sha256.empty() ? "not known" : file.sha256));
    }
    if (provenance.files.size() > mostFiles)
        lines.push_back("and " + std::to_string(provenance.files.size() - mostFiles) + " more files");
    lines.push_back("Filter: " + (provenance.filter.empty() ? std::string("none") : provenance.filter));
    lines.push_back("Time: " + (provenance.range.start == noTime
                                    ? std::string("not recorded")
                                    : isoText(provenance.range.start) + " to " + isoText(provenance.range.end)));
    const auto counted = [](std::uint64_t count, const char* one) {
        return std::to_string(count) + one + (count == 1 ? "" : "s");
    };
    lines.push_back(counted(provenance.traces, " trace") + ", " + counted(provenance.spans, " span"));
    lines.push_back(provenance.redacted ? "Redacted: values that patterns and names of fields tell were replaced"
                                        : "Not redacted");
    lines.push_back("Made by Arcscope " + provenance.version);
    return lines;
}

} // namespace arcscope
