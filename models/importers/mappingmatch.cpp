#include "mappingmatch.h"

#include "csvreader.h"
#include "jsontext.h"
#include "source.h"
#include "windows.h"

#include <algorithm>
#include <cassert>

namespace arcscope
{
namespace
{

/// "*" stands for any text.
bool matchesGlob(std::string_view glob, std::string_view text)
{
    std::size_t star = std::string_view::npos;
    std::size_t retry = 0;
    std::size_t g = 0;
    std::size_t t = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            star = g++;
            retry = t;
        } else if (g < glob.size() && glob[g] == text[t]) {
            ++g;
            ++t;
        } else if (star != std::string_view::npos) {
            g = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    return glob.find_first_not_of('*', g) == std::string_view::npos;
}

/// Whether the path of a probe's entry is the one wanted; a probe knows the first element of an array only.
bool isAt(std::string_view path, std::span<const MappingStep> records, std::span<const MappingStep> steps)
{
    bool first = true;
    const auto step = [&](const MappingStep& wanted) {
        if (path.empty() && !first)
            return false;
        first = false;
        const std::size_t slash = path.find('/');
        const std::string_view name = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
        switch (wanted.kind) {
        case MappingStep::Kind::Key:
            return name == wanted.key;
        case MappingStep::Kind::Members:
            return name != "*" && !name.empty();
        case MappingStep::Kind::Elements:
            return name == "*";
        case MappingStep::Kind::Index:
            return name == "*" && wanted.index == 0;
        }
        return false;
    };
    return std::all_of(records.begin(), records.end(), step) && std::all_of(steps.begin(), steps.end(), step) &&
           path.empty();
}

bool hasAll(const Mapping& mapping, const ProbeValue& value, std::span<const MappingStep> records)
{
    return std::all_of(mapping.matches.has.begin(), mapping.matches.has.end(), [&](const MappingPath& wanted) {
        const auto from = wanted.base == MappingPath::Base::Document ? std::span<const MappingStep>() : records;
        return std::any_of(value.entries().begin(), value.entries().end(),
                           [&](const ProbeValue::Entry& entry) { return isAt(entry.path, from, wanted.steps); });
    });
}

bool hasMembers(const Mapping& mapping, const Probe& probe)
{
    const std::span<const MappingStep> records = mapping.records.each.steps;
    const bool lines = records.size() == 1 && records.front().kind == MappingStep::Kind::Elements;
    return std::any_of(probe.values().begin(), probe.values().end(), [&](const ProbeValue& value) {
        return hasAll(mapping, value, records) || (lines && value.isObject() && hasAll(mapping, value, {}));
    });
}

} // namespace

std::vector<std::string> headerColumns(std::string_view head)
{
    const char delimiter = sniffCsvDelimiter(head);
    const auto source = memorySource(std::string(head));
    WindowReader window(*source, {}, head.size() + 1);
    CsvReader reader(window, delimiter ? delimiter : ',');
    CsvRow row;
    std::vector<std::string> columns;
    const auto read = reader.next(row);
    if (delimiter && read && *read) {
        for (const std::string_view field : row.fields)
            columns.push_back(repairedUtf8(field));
    }
    return columns;
}

bool isFor(const Mapping& mapping, const Probe& probe, std::string_view fileName)
{
    const MappingMatch& match = mapping.matches;
    if (match.has.empty() && match.columns.empty() && match.file.empty())
        return false;
    const bool text = probe.kind() == ProbeKind::Text;
    if (!text && probe.kind() != ProbeKind::Json)
        return false;
    const std::size_t slash = fileName.find_last_of("/!\\");
    if (!match.file.empty() &&
        !matchesGlob(match.file, slash == std::string_view::npos ? fileName : fileName.substr(slash + 1)))
        return false;
    if (!match.has.empty() && (text || !hasMembers(mapping, probe)))
        return false;
    if (match.columns.empty())
        return true;
    if (!text)
        return false;
    const std::vector<std::string> columns = headerColumns(probe.head());
    return std::all_of(match.columns.begin(), match.columns.end(), [&](const std::string& wanted) {
        return std::find(columns.begin(), columns.end(), wanted) != columns.end();
    });
}

const Mapping* mappingFor(std::span<const Mapping> mappings, const Probe& probe, std::string_view fileName)
{
    for (const Mapping& mapping : mappings) {
        if (isFor(mapping, probe, fileName))
            return &mapping;
    }
    return nullptr;
}

const Mapping* mappingFor(std::span<const Mapping> mappings, Source& source, std::string_view fileName)
{
    constexpr std::size_t wideBytes = std::size_t(4) << 20;
    const Probe probe = Probe::of(source);
    if (probe.complete() || probe.kind() != ProbeKind::Json)
        return mappingFor(mappings, probe, fileName);
    // Of several that are for what comes first, what comes later tells which.
    const std::string_view wide = source.peek(wideBytes);
    return mappingFor(mappings, Probe(wide, wide.size() < wideBytes, wideBytes), fileName);
}

std::span<const Mapping> shippedMappings()
{
    static const std::vector<Mapping> mappings = [] {
        std::vector<Mapping> parsed;
        for (const MappingText& file : shippedMappingTexts()) {
            auto mapping = parseMapping(file.text, file.name);
            assert(mapping);
            if (mapping)
                parsed.push_back(std::move(*mapping));
        }
        return parsed;
    }();
    return mappings;
}

} // namespace arcscope
