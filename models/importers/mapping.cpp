#include "mapping.h"

#include "mappingrule.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace arcscope
{
namespace
{

constexpr std::string_view version = "mapping/1";
constexpr std::size_t longestName = 80;

/// Characters that the paths of the splitter give a meaning to.
constexpr std::string_view splitterSigns = "/|*";

constexpr int deepest = 64;

/// Whether brackets nest too deep for what reads them.
bool isDeep(std::string_view text)
{
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\')
            ++i;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{') && ++depth > deepest)
            return true;
        else if (!quoted && (c == ']' || c == '}'))
            --depth;
    }
    return false;
}

bool isName(std::string_view text)
{
    return !text.empty() && text.size() <= longestName && text.front() != '.' &&
           std::all_of(text.begin(), text.end(),
                       [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; });
}

void readMatch(MappingReading& reading, const MappingJson& json, MappingMatch& match)
{
    reading.eachMember(json, "an object with has, columns or file", [&](const std::string& key, const MappingJson& at) {
        if (key == "has")
            reading.eachText(at, [&](const std::string& text) { match.has.push_back(reading.path(text)); });
        else if (key == "columns")
            reading.eachText(at, [&](const std::string& text) { match.columns.push_back(text); });
        else if (key == "file")
            match.file = reading.text(at);
        else
            reading.wrong("has, columns or file");
    });
}

/// Records are cut out of the input before anything is parsed.
void checkRecords(MappingReading& reading, const MappingPath& path)
{
    if (path.base != MappingPath::Base::Element || path.up > 0)
        reading.wrong("a path from the top of the file");
    for (const MappingStep& step : path.steps) {
        if (step.kind == MappingStep::Kind::Index)
            reading.wrong("[] or {}: records are all elements of an array or members of an object");
        if (step.kind == MappingStep::Kind::Key &&
            (step.key.empty() || step.key == "{}" || step.key.find_first_of(splitterSigns) != std::string::npos))
            reading.wrong("a name without / | and * on the way to the records");
    }
}

Mapping readMapping(MappingReading& reading, const MappingJson& json)
{
    Mapping mapping;
    bool versioned = false;
    reading.eachMember(json, "an object", [&](const std::string& key, const MappingJson& at) {
        if (key == "arcscope") {
            versioned = reading.text(at) == version;
            if (!versioned)
                reading.wrong("\"" + std::string(version) + "\"");
        } else if (key == "name") {
            mapping.name = reading.text(at);
            if (!isName(mapping.name))
                reading.wrong("a name of at most 80 letters, digits, '-', '_' and '.'");
        } else if (key == "title") {
            mapping.title = reading.text(at);
        } else if (key == "matches") {
            readMatch(reading, at, mapping.matches);
        } else if (key == "records") {
            mapping.records.each = reading.path(reading.text(at));
            checkRecords(reading, mapping.records.each);
        } else if (key == "spans") {
            reading.rules(at, mapping.records.rules, 0);
        } else if (key != "about") {
            reading.wrong("arcscope, name, title, about, matches, records or spans");
        }
    });
    if (!versioned)
        reading.wrong("\"arcscope\": \"" + std::string(version) + "\"");
    if (mapping.name.empty())
        reading.wrong("a \"name\"");
    if (mapping.records.rules.empty())
        reading.wrong("\"spans\", a list of rules");
    if (mapping.title.empty())
        mapping.title = mapping.name;
    return mapping;
}

} // namespace

Result<Mapping> parseMapping(std::string_view text, std::string_view fileName)
{
    if (isDeep(text))
        return Error{ErrorCode::Malformed, std::string(fileName) + ": nested too deep; expected a mapping"};
    MappingReading reading;
    Mapping mapping;
    try {
        mapping = readMapping(reading, MappingJson::parse(text));
    } catch (const MappingJson::parse_error& error) {
        return Error{ErrorCode::Malformed, std::string(fileName) + ": byte " + std::to_string(error.byte) +
                                               ": this is no JSON; expected a mapping"};
    } catch (const MappingJson::out_of_range&) {
        return Error{ErrorCode::Malformed, std::string(fileName) + ": a number is too large; expected a mapping"};
    }
    if (!reading.problem().empty())
        return Error{ErrorCode::Malformed, std::string(fileName) + ": " + reading.problem()};
    return mapping;
}

Result<MappingRule> parseMappingContent(std::string_view content)
{
    if (isDeep(content))
        return Error{ErrorCode::Malformed, "the stored mapping cannot be read: nested too deep"};
    MappingReading reading;
    MappingRule rule;
    try {
        rule = reading.rule(MappingJson::parse(content), 0);
    } catch (const MappingJson::exception&) {
        return Error{ErrorCode::Malformed, "the stored mapping cannot be read"};
    }
    if (!reading.problem().empty())
        return Error{ErrorCode::Malformed, "the stored mapping cannot be read: " + reading.problem()};
    return rule;
}

Result<Mapping> readMappingFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{ErrorCode::NotFound, path + ": " + std::strerror(errno)};
    std::string text(maxMappingBytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad() || (text.empty() && !file.eof()))
        return Error{ErrorCode::Unreadable, path + ": cannot be read; expected a mapping file"};
    if (text.size() > maxMappingBytes)
        return Error{ErrorCode::Malformed,
                     path + ": longer than " + std::to_string(maxMappingBytes) + " bytes; expected a mapping file"};
    return parseMapping(text, path);
}

std::vector<Mapping> readMappingFolder(const std::string& folder, std::vector<std::string>& problems)
{
    constexpr std::size_t mostFiles = 1'000;
    std::vector<std::string> paths;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".json" && paths.size() < mostFiles)
            paths.push_back(it->path().string());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<Mapping> mappings;
    for (const std::string& path : paths) {
        auto mapping = readMappingFile(path);
        if (mapping)
            mappings.push_back(std::move(*mapping));
        else
            problems.push_back(mapping.error().message);
    }
    return mappings;
}

std::string_view name(MappingUnit unit)
{
    constexpr std::string_view names[] = {"rfc3339", "s", "ms", "us", "ns"};
    return names[static_cast<std::size_t>(unit)];
}

} // namespace arcscope
