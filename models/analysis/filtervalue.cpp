#include "filtervalue.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace arcscope
{
namespace
{

struct Word {
    std::string_view name;
    std::int64_t number;
};

constexpr Word flagWords[] = {{"orphan", bit(SpanFlag::Orphan)},
                              {"rollup", bit(SpanFlag::RollUpUsage)},
                              {"repeated-usage", bit(SpanFlag::RepeatedUsage)},
                              {"outside-parent", bit(SpanFlag::OutsideParent)},
                              {"cycle-cut", bit(SpanFlag::CycleCut)},
                              {"ends-before-start", bit(SpanFlag::EndsBeforeStart)},
                              {"unfinished", bit(SpanFlag::Unfinished)},
                              {"streamed", bit(SpanFlag::Streamed)},
                              {"synthetic", bit(SpanFlag::Synthetic)},
                              {"not-executed", bit(SpanFlag::NotExecuted)}};

struct Unit {
    std::string_view name;
    double factor;
};

constexpr Unit durationUnits[] = {{"ns", 1},  {"us", 1e3}, {"µs", 1e3},   {"ms", 1e6},
                                  {"s", 1e9}, {"m", 60e9}, {"min", 60e9}, {"h", 3600e9}};
constexpr Unit countUnits[] = {{"k", 1e3}, {"K", 1e3}, {"M", 1e6}, {"m", 1e6}};

/// "2.5ms" by these units; `plain` is the factor of a number without unit.
std::optional<std::int64_t> readNumber(const std::string& text, std::span<const Unit> units, double plain)
{
    char* rest = nullptr;
    const double number = std::strtod(text.c_str(), &rest);
    const std::string_view unit = rest;
    if (rest == text.c_str() || !std::isfinite(number))
        return std::nullopt;
    double factor = plain;
    if (!unit.empty()) {
        const auto found = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == unit; });
        if (found == units.end())
            return std::nullopt;
        factor = found->factor;
    }
    const double value = number * factor;
    if (std::abs(value) > 9.2e18)
        return std::nullopt;
    return std::llround(value);
}

std::string joined(const std::vector<std::string_view>& words)
{
    std::string out;
    for (const auto word : words)
        out += (out.empty() ? "" : ", ") + std::string(word);
    return out;
}

std::optional<std::string> readWord(FilterNode& node)
{
    const bool equality = node.op == FilterOp::Contains || node.op == FilterOp::Equal || node.op == FilterOp::NotEqual;
    if (!equality)
        return "“" + std::string(node.field->name) + "” has no order: use “:”, “=” or “!=”";
    if (node.field->type == FieldType::Kind) {
        if (const auto kind = spanKindNamed(node.text)) {
            node.number = static_cast<std::int64_t>(*kind);
            return std::nullopt;
        }
    } else if (node.field->type == FieldType::Status) {
        if (const auto status = spanStatusNamed(node.text)) {
            node.number = static_cast<std::int64_t>(*status);
            return std::nullopt;
        }
    } else {
        for (const Word& word : flagWords) {
            if (word.name == node.text) {
                node.number = word.number;
                return std::nullopt;
            }
        }
    }
    return "“" + node.text + "” is not one of " + joined(filterWords(node.field->type));
}

/// Levenshtein distance; the words are short.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

} // namespace

std::vector<std::string_view> filterWords(FieldType type)
{
    std::vector<std::string_view> words;
    if (type == FieldType::Kind) {
        for (int i = 0; i < spanKindCount; ++i)
            words.push_back(name(static_cast<SpanKind>(i)));
    } else if (type == FieldType::Status) {
        for (int i = 0; i <= static_cast<int>(SpanStatus::Cancelled); ++i)
            words.push_back(name(static_cast<SpanStatus>(i)));
    } else if (type == FieldType::Flag) {
        for (const Word& word : flagWords)
            words.push_back(word.name);
    }
    return words;
}

std::optional<std::string> readValue(FilterNode& node)
{
    const auto take = [&](std::optional<std::int64_t> value, const char* expected) -> std::optional<std::string> {
        if (!value)
            return "“" + node.text + "” is not " + expected;
        node.number = *value;
        return std::nullopt;
    };
    switch (node.field->type) {
    case FieldType::Kind:
    case FieldType::Status:
    case FieldType::Flag:
        return readWord(node);
    case FieldType::Count:
        return take(readNumber(node.text, countUnits, 1), "a number: 500, 20k, 1.5M");
    case FieldType::Duration:
        return take(readNumber(node.text, durationUnits, 1e9), "a duration: 250ms, 2s, 3m, 1h");
    case FieldType::Money:
        return take(readNumber(node.text, {}, 1e6), "an amount: 0.02");
    case FieldType::Time: {
        const std::string full = node.text.size() == 10 ? node.text + "T00:00:00Z" : node.text;
        const auto time = parseIsoTime(full);
        return take(time ? std::optional(time->time) : std::nullopt, "a time: 2026-01-31 or 2026-01-31T09:30:00Z");
    }
    case FieldType::Text:
    case FieldType::SpanId:
    case FieldType::TraceId:
        if (node.op != FilterOp::Contains && node.op != FilterOp::Equal && node.op != FilterOp::NotEqual)
            return "“" + std::string(node.field->name) + "” is text: use “:”, “=” or “!=”";
        return std::nullopt;
    }
    return std::nullopt;
}

std::string nearestField(std::string_view written)
{
    const auto& fields = filterFields();
    const auto nearest =
        std::min_element(fields.begin(), fields.end(), [&](const FilterField& a, const FilterField& b) {
            return distance(a.name, written) < distance(b.name, written);
        });
    if (distance(nearest->name, written) <= 2)
        return ": did you mean “" + std::string(nearest->name) + "”?";
    std::vector<std::string_view> names;
    for (const FilterField& field : fields)
        names.push_back(field.name);
    return ": there are " + joined(names);
}

} // namespace arcscope
