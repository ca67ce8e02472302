#include "lens.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace arcscope
{
namespace
{

std::string choicesText(std::span<const std::string_view> choices)
{
    std::string text;
    for (const std::string_view choice : choices)
        text += (text.empty() ? "" : ", ") + std::string(choice);
    return text;
}

std::string numberText(double value)
{
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), end};
}

} // namespace

Result<void> LensValues::set(std::span<const LensParameter> parameters, std::string_view name, std::string_view value)
{
    const auto found =
        std::find_if(parameters.begin(), parameters.end(), [&](const LensParameter& one) { return one.name == name; });
    if (found == parameters.end())
        return Error{ErrorCode::Usage, "no parameter is called “" + std::string(name) + "”"};
    if (found->isText) {
        m_words[std::string(name)] = value;
        return {};
    }
    if (!found->choices.empty()) {
        if (std::find(found->choices.begin(), found->choices.end(), value) == found->choices.end())
            return Error{ErrorCode::Usage, std::string(name) + " is one of " + choicesText(found->choices)};
        m_words[std::string(name)] = value;
        return {};
    }
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || !(number >= found->least) ||
        !(number <= found->most))
        return Error{ErrorCode::Usage, std::string(name) + " is a number from " + numberText(found->least) + " to " +
                                           numberText(found->most)};
    m_numbers[std::string(name)] = number;
    return {};
}

std::string_view LensValues::word(const LensParameter& parameter) const
{
    const auto found = m_words.find(parameter.name);
    if (found != m_words.end())
        return found->second;
    return parameter.isText ? std::string_view() : parameter.choices.front();
}

double LensValues::number(const LensParameter& parameter) const
{
    const auto found = m_numbers.find(parameter.name);
    return found == m_numbers.end() ? parameter.standard : found->second;
}

std::span<const TraceFact> LensInput::factsOf(std::string_view detector) const
{
    const auto found = facts.find(detector);
    return found == facts.end() ? std::span<const TraceFact>() : found->second;
}

const Lens* lensNamed(std::string_view name)
{
    const auto all = lenses();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Lens& lens) { return lens.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string_view name(LensUnit unit)
{
    constexpr std::array<std::string_view, 9> names{
        "none", "count", "share", "ns", "time_ns", "tokens", "tokens_per_minute", "characters", "micros"};
    return names[static_cast<std::size_t>(unit)];
}

std::string_view name(LensChartKind kind)
{
    constexpr std::array<std::string_view, 10> names{"bars",   "stacked_bars", "lines",   "stacked_area", "heatmap",
                                                     "lorenz", "waterfall",    "scatter", "lanes",        "tree"};
    return names[static_cast<std::size_t>(kind)];
}

bool drawsNothing(const LensChart& chart)
{
    const bool map = chart.kind == LensChartKind::Heatmap;
    const auto drawn = [&](const LensPoint& point) { return !std::isnan(map ? point.value : point.y); };
    return chart.nodes.empty() && std::none_of(chart.series.begin(), chart.series.end(), [&](const LensSeries& series) {
               return std::any_of(series.points.begin(), series.points.end(), drawn);
           });
}

} // namespace arcscope
