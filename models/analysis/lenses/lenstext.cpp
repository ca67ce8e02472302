#include "lenstext.h"

#include "lensgroups.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace arcscope
{
namespace
{

std::string csvField(std::string_view text)
{
    std::string plain(text);
    if (!plain.empty() && std::string_view("=+-@\t\r").find(plain.front()) != std::string_view::npos)
        plain.insert(plain.begin(), '\'');
    if (plain.find_first_of(",\"\r\n") == std::string::npos)
        return plain;
    std::string quoted = "\"";
    for (const char c : plain)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string plainNumber(double value)
{
    std::array<char, 64> text{};
    const bool whole = std::abs(value) < 9e15 && value == std::floor(value);
    const int length = std::snprintf(text.data(), text.size(), whole ? "%.0f" : "%.6g", value);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

/// What a column holds: the first value in it says so.
const LensCell* firstOf(const LensTable& table, std::size_t column)
{
    for (const LensRow& row : table.rows) {
        if (!std::holds_alternative<std::monostate>(row.cells[column]))
            return &row.cells[column];
    }
    return nullptr;
}

/// Characters, not bytes, of UTF-8.
std::size_t lengthOf(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

} // namespace

bool isWhole(const LensNumber& number)
{
    return number.unit == LensUnit::Number || number.unit == LensUnit::Tokens || number.unit == LensUnit::Length ||
                   number.unit == LensUnit::Characters
               ? std::abs(number.value) < 9e15 && number.value == std::floor(number.value)
               : false;
}

std::string textOf(double value, LensUnit unit, std::string_view currency)
{
    if (!(value == value))
        return "–";
    switch (unit) {
    case LensUnit::Share:
        return percentText(value);
    case LensUnit::Length:
        return durationText(static_cast<Nanos>(std::llround(value)));
    case LensUnit::Time:
        return isoText(static_cast<Nanos>(value));
    case LensUnit::Money:
        return moneyText(static_cast<std::int64_t>(std::llround(value)), currency);
    case LensUnit::Number:
    case LensUnit::Tokens:
    case LensUnit::TokensPerMinute:
    case LensUnit::Characters:
        if (value == std::floor(value) || std::abs(value) >= 100)
            return tokensText(value);
        [[fallthrough]];
    case LensUnit::None:
        break;
    }
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.3g", value);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

std::string textOf(const LensCell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return *text;
    if (const auto* number = std::get_if<LensNumber>(&cell))
        return textOf(number->value, number->unit);
    if (const auto* share = std::get_if<LensShare>(&cell)) {
        const auto bound = [](double at) {
            const std::string text = percentText(at);
            return text.substr(0, text.rfind(' '));
        };
        return percentText(share->value()) + " (" + bound(share->low) + " to " + bound(share->high) + ", n " +
               std::to_string(share->of) + ")";
    }
    if (const auto* money = std::get_if<LensMoney>(&cell))
        return moneyText(money->micros, money->currency);
    if (const auto* time = std::get_if<LensTime>(&cell); time && time->at != noTime)
        return isoText(time->at);
    return "–";
}

std::vector<std::string> linesOf(const LensTable& table)
{
    const std::size_t columns = table.columns.size();
    std::vector<std::vector<std::string>> texts(1);
    std::vector<std::size_t> widths(columns, 0);
    for (const LensColumn& column : table.columns)
        texts[0].push_back(column.title);
    constexpr std::size_t widest = 60;
    for (const LensRow& row : table.rows) {
        auto& line = texts.emplace_back();
        for (const LensCell& cell : row.cells) {
            std::string text = textOf(cell);
            if (lengthOf(text) > widest) {
                std::size_t end = widest;
                while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
                    --end;
                text = text.substr(0, end) + "…";
            }
            line.push_back(std::move(text));
        }
    }
    for (const auto& line : texts) {
        for (std::size_t i = 0; i < columns; ++i)
            widths[i] = std::max(widths[i], lengthOf(line[i]));
    }
    std::vector<std::string> lines;
    for (const auto& line : texts) {
        std::string& text = lines.emplace_back();
        for (std::size_t i = 0; i < columns; ++i) {
            const LensCell* const first = firstOf(table, i);
            const bool left = !first || std::holds_alternative<std::string>(*first);
            const std::string space(widths[i] - lengthOf(line[i]), ' ');
            text += (i == 0 ? "" : "  ") + (left ? line[i] + space : space + line[i]);
        }
        text.erase(text.find_last_not_of(' ') + 1);
    }
    return lines;
}

std::string csvOf(const LensTable& table)
{
    std::string csv;
    std::vector<const LensCell*> kinds;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::string& key = table.columns[i].key;
        kinds.push_back(firstOf(table, i));
        csv += (i == 0 ? "" : ",") + key;
        if (kinds[i] && std::holds_alternative<LensShare>(*kinds[i]))
            csv += ',' + key + "_part," + key + "_of," + key + "_low," + key + "_high";
        if (kinds[i] && std::holds_alternative<LensMoney>(*kinds[i]))
            csv += ',' + key + "_currency";
    }
    csv += '\n';
    for (const LensRow& row : table.rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const LensCell& cell = row.cells[i];
            csv += i == 0 ? "" : ",";
            if (const auto* text = std::get_if<std::string>(&cell))
                csv += csvField(*text);
            else if (const auto* number = std::get_if<LensNumber>(&cell))
                csv += plainNumber(number->value);
            else if (const auto* share = std::get_if<LensShare>(&cell))
                csv += plainNumber(share->value()) + ',' + std::to_string(share->part) + ',' +
                       std::to_string(share->of) + ',' + plainNumber(share->low) + ',' + plainNumber(share->high);
            else if (const auto* money = std::get_if<LensMoney>(&cell))
                csv += std::to_string(money->micros) + ',' + csvField(money->currency);
            else if (const auto* time = std::get_if<LensTime>(&cell))
                csv += isoText(time->at);
            else if (kinds[i] && std::holds_alternative<LensShare>(*kinds[i]))
                csv += ",,,,";
            else if (kinds[i] && std::holds_alternative<LensMoney>(*kinds[i]))
                csv += ',';
        }
        csv += '\n';
    }
    return csv;
}

std::string_view unitOf(const LensTable& table, std::string_view key)
{
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].key != key)
            continue;
        const LensCell* const cell = firstOf(table, i);
        if (!cell)
            return "none";
        if (const auto* number = std::get_if<LensNumber>(cell))
            return name(number->unit);
        return std::holds_alternative<std::string>(*cell) ? "text"
               : std::holds_alternative<LensShare>(*cell) ? "share"
               : std::holds_alternative<LensMoney>(*cell) ? "micros"
                                                          : "time_ns";
    }
    return "none";
}

std::string ofSoMany(std::uint64_t n, std::string_view of)
{
    std::string words(of);
    for (std::size_t end = 0; n == 1 && end < words.size();) {
        end = std::min(words.find(' ', end + 1), words.size());
        const std::string_view word = std::string_view(words).substr(0, end);
        if (word.ends_with('s') && !word.ends_with("ss")) {
            words.erase(end - 1, 1);
            break;
        }
    }
    return words;
}

} // namespace arcscope
