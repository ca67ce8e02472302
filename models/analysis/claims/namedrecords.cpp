#include "namedrecords.h"

#include "languagewords.h"
#include "proselines.h"

#include <algorithm>
#include <cmath>

namespace arcscope
{
namespace
{

constexpr std::size_t mostOfOne = 200; ///< records of one name: a name of more says nothing
constexpr JsonIndex mostNodes = 50'000;

bool isColour(std::string_view written)
{
    return written.front() == '#' && (written.size() == 7 || written.size() == 9) &&
           written.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

/// "2026-03-13", whatever follows.
bool beginsWithDate(std::string_view written)
{
    constexpr std::string_view form = "dddd-dd-dd";
    return written.size() >= form.size() && std::equal(form.begin(), form.end(), written.begin(), [](char f, char c) {
               return f == 'd' ? c >= '0' && c <= '9' : c == f;
           });
}

} // namespace

bool namesRecord(std::string_view written)
{
    if (written.size() < 4 || written.size() > 80 || beginsWithDate(written))
        return false;
    if (const std::size_t at = written.find('@'); at != std::string_view::npos && at > 0)
        return written.find('.', at) != std::string_view::npos && written.find_first_of("/ ") == std::string_view::npos;
    std::size_t digits = 0;
    std::size_t lower = 0;
    std::size_t upper = 0;
    std::size_t joins = 0;
    for (const char c : written) {
        digits += c >= '0' && c <= '9' ? 1u : 0u;
        lower += c >= 'a' && c <= 'z' ? 1u : 0u;
        upper += c >= 'A' && c <= 'Z' ? 1u : 0u;
        joins += c == '_' || c == '-' || c == '#' ? 1u : 0u;
        if (!prose::isWordByte(c) && c != '-' && c != '#')
            return false;
    }
    if (digits == 0 || isColour(written))
        return false;
    if (lower == 0) // "FQ8APE", "#W6390527", "HAT-113"
        return upper + digits >= 5 && (upper > 0 || written.front() == '#' || digits >= 7);
    return digits >= 3 && (joins > 0 || digits >= 6);
}

NamedRecords::NamedRecords(TraceClaims& claims)
    : m_claims(claims)
{
    for (const ToolUse& use : claims.uses()) {
        if (use.result == ToolUse::none)
            continue;
        JsonReading* const result = claims.document(use.result);
        if (!result)
            continue;
        if (JsonReading* const arguments = use.arguments == ToolUse::none ? nullptr : claims.document(use.arguments)) {
            for (JsonIndex i = 0; i < std::min(arguments->story().size(), mostNodes); ++i) {
                const std::string text = arguments->kind(i) == JsonKind::String ? arguments->text(i) : std::string();
                if (namesRecord(text))
                    m_records[wordKey(prose::lower(text))].push_back({use.result, 0, use.arguments});
            }
        }
        read(*result, use.result, use.arguments);
    }
}

void NamedRecords::read(JsonReading& reading, std::uint32_t text, std::uint32_t arguments)
{
    const JsonStory& story = reading.story();
    const auto add = [&](std::string_view name, JsonIndex object) {
        if (!namesRecord(name))
            return;
        auto& records = m_records[wordKey(prose::lower(name))];
        if (records.size() < mostOfOne)
            records.push_back({text, object, arguments});
    };
    for (JsonIndex i = 0; i < std::min(story.size(), mostNodes); ++i) {
        const JsonNode& node = story.node(i);
        if (node.kind == JsonKind::Object && !node.key.empty())
            add(node.key, i);
        const bool member = node.parent >= 0 && story.node(node.parent).kind == JsonKind::Object;
        if (member && (node.kind == JsonKind::String || node.kind == JsonKind::Number))
            add(reading.text(i), node.parent);
    }
}

std::vector<NamedRecord> NamedRecords::named(std::string_view identifier) const
{
    std::string word = prose::lower(identifier);
    auto found = m_records.find(wordKey(word));
    if (found == m_records.end() && word.starts_with('#'))
        found = m_records.find(wordKey(word.substr(1)));
    else if (found == m_records.end())
        found = m_records.find(wordKey("#" + word));
    return found == m_records.end() ? std::vector<NamedRecord>() : found->second;
}

bool NamedRecords::follows(const NamedRecord& record, double number)
{
    constexpr std::size_t mostNumbers = 60;
    JsonReading& reading = *m_claims.document(record.text);
    std::vector<double> numbers;
    const JsonIndex end = reading.story().after(record.object);
    for (JsonIndex i = record.object; i < end && numbers.size() < mostNumbers; ++i) {
        const auto each = reading.kind(i) == JsonKind::Number ? reading.number(i) : std::nullopt;
        if (each && *each >= 1)
            numbers.push_back(static_cast<double>(*each));
    }
    const auto equal = [&](double value) { return std::abs(value - number) < 0.006; };
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        for (int times = 2; times <= 7; ++times) {
            if (equal(numbers[i] * times))
                return true;
        }
        for (std::size_t j = i + 1; j < numbers.size(); ++j) {
            if (equal(numbers[i] + numbers[j]) || equal(std::abs(numbers[i] - numbers[j])))
                return true;
        }
    }
    return false;
}

const ValueEvidence& NamedRecords::values(const NamedRecord& record)
{
    const std::uint64_t key = std::uint64_t(record.text) << 32u | static_cast<std::uint32_t>(record.object);
    const auto [found, isNew] = m_values.try_emplace(key);
    if (isNew) {
        const JsonStory& story = m_claims.document(record.text)->story();
        const JsonNode& node = story.node(record.object);
        found->second.add(
            std::string_view(story.text())
                .substr(static_cast<std::size_t>(node.opened), static_cast<std::size_t>(node.end - node.opened)),
            0);
        if (record.arguments != ToolUse::none)
            found->second.add(m_claims.texts()[record.arguments].text, 0);
    }
    return found->second;
}

} // namespace arcscope
