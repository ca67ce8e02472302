#include "runattributes.h"

#include "canonicalkey.h"
#include "proselines.h"
#include "toolschemas.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

/// The name ends in these words, parted by a dot or underscore: "replay mode" of "app.replay.mode" and "replay_mode".
bool endsIn(std::string_view key, std::string_view words)
{
    if (key.size() < words.size())
        return false;
    const std::string_view end = key.substr(key.size() - words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool parts = end[i] == '.' || end[i] == '_' || end[i] == '-';
        if (words[i] == ' ' ? !parts : end[i] != words[i])
            return false;
    }
    const char before = key.size() == words.size() ? '.' : key[key.size() - words.size() - 1];
    return before == '.' || before == '_' || before == '-' || before == '/';
}

template <std::size_t count>
bool endsInOneOf(std::string_view key, const std::array<std::string_view, count>& all)
{
    return std::ranges::any_of(all, [&](std::string_view words) { return endsIn(key, words); });
}

constexpr auto modeNames =
    std::to_array<std::string_view>({"replay mode", "tool mode", "execution mode", "tool replay", "tool execution"});
constexpr auto memoryNames =
    std::to_array<std::string_view>({"memory version", "memory snapshot", "memory snapshot id"});
constexpr auto indexNames =
    std::to_array<std::string_view>({"index version", "index snapshot", "index snapshot id", "retrieval version",
                                     "retrieval snapshot", "retrieval snapshot id", "corpus version"});

constexpr auto judgeNames = std::to_array<std::string_view>(
    {"judge", "judge id", "judge model", "judge version", "grader", "grader model", "grader version", "evaluator model",
     "evaluator version", "scorer version", "rubric version"});
constexpr auto labelTimeNames = std::to_array<std::string_view>(
    {"label date", "label time", "label timestamp", "labelled at", "labeled at", "annotated at", "annotation date",
     "scored at", "judged at", "graded at", "evaluated at", "feedback created at"});
constexpr auto setNames =
    std::to_array<std::string_view>({"eval set", "dataset split", "test set", "cohort", "split", "evaluation set"});

constexpr std::int64_t second = 1'000'000'000;

/// Of the Gregorian calendar since 1970-01-01 (Hinnant, chrono-compatible low-level date algorithms).
std::int64_t daysUntil(std::int64_t year, std::int64_t month, std::int64_t day)
{
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t ofEra = year - era * 400;
    const std::int64_t ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146'097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719'468;
}

/// So many digits from `at` on; -1: there are others.
std::int64_t digitsAt(std::string_view text, std::size_t at, std::size_t count)
{
    std::int64_t number = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/// "2025-03-04", "2025-03-04T05:06:07.8+02:00"
Nanos timeOf(std::string_view text)
{
    const std::int64_t year = digitsAt(text, 0, 4);
    const std::int64_t month = digitsAt(text, 5, 2);
    const std::int64_t day = digitsAt(text, 8, 2);
    if (year < 1971 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || text[4] != '-' ||
        text[7] != '-')
        return noTime;
    const Nanos midnight = daysUntil(year, month, day) * 86'400 * second;
    if (text.size() == 10)
        return midnight;
    const std::int64_t hours = digitsAt(text, 11, 2);
    const std::int64_t minutes = digitsAt(text, 14, 2);
    const std::int64_t seconds = digitsAt(text, 17, 2);
    if (hours < 0 || minutes < 0 || seconds < 0 || (text[10] != 'T' && text[10] != ' '))
        return noTime;
    const std::size_t zone = text.find_first_of("+-", 19);
    const std::int64_t zoneHours = zone == text.npos ? 0 : digitsAt(text, zone + 1, 2);
    const std::int64_t zoneMinutes = zone == text.npos || text.size() < zone + 6 ? 0 : digitsAt(text, zone + 4, 2);
    if (zoneHours < 0 || zoneMinutes < 0)
        return noTime;
    const std::int64_t east = (zoneHours * 60 + zoneMinutes) * (zone != text.npos && text[zone] == '-' ? -1 : 1);
    return midnight + ((hours * 60 + minutes - east) * 60 + seconds) * second;
}

/// In the unit that makes it a time after 2001.
Nanos countOf(std::string_view text)
{
    const std::int64_t count = text.size() >= 9 && text.size() <= 19 ? digitsAt(text, 0, text.size()) : -1;
    if (count < second)
        return noTime;
    return count < 100 * second           ? count * second
           : count < 100'000 * second     ? count * 1'000'000
           : count < 100'000'000 * second ? count * 1'000
                                          : count;
}

ToolMode modeNamed(std::string_view value)
{
    const std::string word = prose::lower(value);
    if (word == "live" || word == "real" || word == "sandbox" || word == "sandboxed")
        return ToolMode::Live;
    if (word == "recorded" || word == "replayed" || word == "cached" || word == "cassette")
        return ToolMode::Recorded;
    if (word == "stub" || word == "stubbed" || word == "mock" || word == "mocked" || word == "simulated")
        return ToolMode::Stubbed;
    return ToolMode::NotRecorded;
}

} // namespace

ToolMode toolModeOf(std::span<const Attribute> attributes)
{
    for (const Attribute& attribute : attributes) {
        if (endsInOneOf(attribute.key, modeNames)) {
            const ToolMode mode = modeNamed(attribute.value);
            if (mode != ToolMode::NotRecorded)
                return mode;
        }
        if (attribute.value != "true")
            continue;
        if (endsIn(attribute.key, "mocked") || endsIn(attribute.key, "stubbed"))
            return ToolMode::Stubbed;
        if (endsIn(attribute.key, "recorded") || endsIn(attribute.key, "replayed"))
            return ToolMode::Recorded;
    }
    return ToolMode::NotRecorded;
}

void readVersions(std::span<const Attribute> attributes, std::string& memory, std::string& retrieval)
{
    for (const Attribute& attribute : attributes) {
        if (memory.empty() && endsInOneOf(attribute.key, memoryNames))
            memory = attribute.value;
        else if (retrieval.empty() && endsInOneOf(attribute.key, indexNames))
            retrieval = attribute.value;
    }
}

std::uint64_t offeredTools(std::span<const Attribute> attributes)
{
    std::uint64_t all = 0;
    for (const ToolSchema& tool : toolSchemasIn(attributes)) {
        if (!tool.answer) // in any order
            all += hashOf(tool.name) * 31 + canonicalKey(tool.schema);
    }
    return all;
}

std::string judgeIn(std::span<const Attribute> attributes)
{
    std::string judge;
    for (const Attribute& attribute : attributes) {
        if (!attribute.value.empty() && attribute.type != AttributeType::Json && endsInOneOf(attribute.key, judgeNames))
            judge += (judge.empty() ? "" : " ") + quoted(attribute.value, 80);
    }
    return judge;
}

Nanos labelTimeIn(std::span<const Attribute> attributes)
{
    for (const Attribute& attribute : attributes) {
        if (!endsInOneOf(attribute.key, labelTimeNames))
            continue;
        const Nanos counted = countOf(attribute.value);
        const Nanos time = counted != noTime ? counted : timeOf(attribute.value);
        if (time != noTime)
            return time;
    }
    return noTime;
}

bool isControl(std::span<const Attribute> attributes)
{
    return std::ranges::any_of(attributes, [](const Attribute& attribute) {
        if (endsIn(attribute.key, "control"))
            return attribute.value == "true";
        return endsInOneOf(attribute.key, setNames) && prose::lower(attribute.value) == "control";
    });
}

} // namespace arcscope
