#include "lensgroups.h"

#include "account.h"
#include "changemarkers.h"
#include "proportions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto tagWords = std::to_array<std::string_view>({"model", "requested", "prompt_version", "prompt_name",
                                                           "plan", "tenant", "user", "session", "task", "agent",
                                                           "service", "provider", "environment", "trigger", "device"});

std::vector<SpanColumn> withTexts(std::vector<SpanColumn> columns, std::initializer_list<SpanColumn> more)
{
    columns.insert(columns.end(), more);
    const auto marked = markerColumns();
    columns.insert(columns.end(), marked.begin(), marked.end());
    for (int i = 0; i < spanTextCount; ++i)
        columns.push_back(columnOf(static_cast<SpanText>(i)));
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

/// What a span says of itself alone: a model, a tool, how it ended.
bool isOwnOnly(SpanText text)
{
    return text == SpanText::ModelServed || text == SpanText::ModelRequested || text == SpanText::Provider ||
           text == SpanText::StopReason || text == SpanText::ErrorType || text == SpanText::PromptVersion ||
           text == SpanText::PromptName;
}

std::string withThousands(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

std::string fixed(double value, int decimals)
{
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return {text.data(), static_cast<std::size_t>(std::max(length, 0))};
}

} // namespace

std::vector<SpanColumn> callLensColumns(std::initializer_list<SpanColumn> more)
{
    return withTexts({SpanColumn::Trace, SpanColumn::Kind, SpanColumn::Flags, SpanColumn::Start, SpanColumn::Duration,
                      SpanColumn::ParentRow, SpanColumn::Status},
                     more);
}

std::vector<SpanColumn> costLensColumns(std::initializer_list<SpanColumn> more)
{
    std::vector<SpanColumn> columns = callLensColumns(more);
    const auto account = accountColumns();
    columns.insert(columns.end(), account.begin(), account.end());
    return withTexts(std::move(columns), {});
}

bool ShownRows::has(Row row) const
{
    return !m_shown || std::binary_search(m_shown->begin(), m_shown->end(), row);
}

std::vector<Row> modelCalls(const LensInput& input)
{
    const ShownRows shown(input);
    std::vector<Row> rows;
    Row first = 0;
    for (const SpanTable::Chunk& chunk : input.corpus.spans.chunks()) {
        if (input.control.stopped())
            break;
        const Column& kinds = chunk[SpanColumn::Kind];
        const Column& flags = chunk[SpanColumn::Flags];
        for (Row i = 0; i < chunk.rows; ++i) {
            if (static_cast<SpanKind>(kinds[i]) == SpanKind::ModelCall && (flags[i] & bit(SpanFlag::Superseded)) == 0 &&
                shown.has(first + i))
                rows.push_back(first + i);
        }
        first += chunk.rows;
    }
    return rows;
}

SpanTags::SpanTags(const Corpus& corpus)
    : m_corpus(corpus)
{
}

StringId SpanTags::of(SpanText text, Row row)
{
    const SpanTable& spans = m_corpus.spans;
    if (isOwnOnly(text))
        return spans.text(text, row);
    int steps = 64; // deeper trees are asked as a whole
    for (Row at = row; at != noRow && steps > 0; at = spans.parent(at), --steps) {
        if (const StringId own = spans.text(text, at))
            return own;
    }
    return onlyOneOf(text, static_cast<std::uint32_t>(spans.at(SpanColumn::Trace, row)));
}

StringId SpanTags::onlyOneOf(SpanText text, std::uint32_t trace)
{
    const std::uint64_t key = std::uint64_t{trace} << 8 | static_cast<std::uint64_t>(text);
    const auto [found, isNew] = m_ofTrace.try_emplace(key);
    if (!isNew)
        return found->second;
    for (const Row row : m_corpus.rowsOf(trace)) {
        const StringId one = m_corpus.spans.text(text, row);
        if (one && found->second && one != found->second)
            return found->second = {};
        if (one)
            found->second = one;
    }
    return found->second;
}

std::span<const std::string_view> tagChoices()
{
    return tagWords;
}

SpanText tagNamed(std::string_view choice)
{
    if (choice == "model")
        return SpanText::ModelServed;
    if (choice == "requested")
        return SpanText::ModelRequested;
    for (int i = 0; i < spanTextCount; ++i) {
        if (choice == name(static_cast<SpanText>(i)))
            return static_cast<SpanText>(i);
    }
    return SpanText::ModelServed;
}

std::vector<TagGroup> groupsBy(SpanTags& tags, SpanText text, const Corpus& corpus, const std::vector<Row>& rows,
                               std::size_t most)
{
    std::unordered_map<std::uint32_t, std::size_t> at;
    std::vector<TagGroup> groups;
    TagGroup unknown{{}, std::string(notRecordedText), {}, false};
    for (const Row row : rows) {
        const StringId tag = tags.of(text, row);
        if (!tag) {
            unknown.rows.push_back(row);
            continue;
        }
        const auto [found, isNew] = at.try_emplace(tag.value, groups.size());
        if (isNew)
            groups.push_back({tag, std::string(corpus.strings[tag]), {}, true});
        groups[found->second].rows.push_back(row);
    }
    std::sort(groups.begin(), groups.end(), [](const TagGroup& a, const TagGroup& b) {
        return a.rows.size() != b.rows.size() ? a.rows.size() > b.rows.size() : a.name < b.name;
    });
    if (groups.size() > most + 1) {
        TagGroup rest{{}, countText(groups.size() - most, "other"), {}, true};
        for (std::size_t i = most; i < groups.size(); ++i)
            rest.rows.insert(rest.rows.end(), groups[i].rows.begin(), groups[i].rows.end());
        std::sort(rest.rows.begin(), rest.rows.end());
        groups.resize(most);
        groups.push_back(std::move(rest));
    }
    if (!unknown.rows.empty())
        groups.push_back(std::move(unknown));
    return groups;
}

std::uint64_t lackingIn(SpanTags& tags, SpanText text, const std::vector<Row>& rows)
{
    return static_cast<std::uint64_t>(
        std::count_if(rows.begin(), rows.end(), [&](Row row) { return !tags.of(text, row); }));
}

LensCell shareCell(std::uint64_t part, std::uint64_t of)
{
    if (of == 0)
        return {};
    const Interval interval = wilsonInterval({part, of});
    return LensShare{part, of, interval.low, interval.high};
}

LensCell lengthCell(Nanos length)
{
    if (length < 0)
        return {};
    return LensNumber{static_cast<double>(length), LensUnit::Length};
}

LensCell numberCell(const std::optional<double>& value, LensUnit unit)
{
    if (!value)
        return {};
    return LensNumber{*value, unit};
}

std::optional<double> quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return std::nullopt;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(rank, 1, values.size()) - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

double valueOf(const LensCell& cell)
{
    if (const auto* number = std::get_if<LensNumber>(&cell))
        return number->value;
    if (const auto* share = std::get_if<LensShare>(&cell))
        return share->value();
    if (const auto* money = std::get_if<LensMoney>(&cell))
        return static_cast<double>(money->micros);
    if (const auto* time = std::get_if<LensTime>(&cell); time && time->at != noTime)
        return static_cast<double>(time->at);
    return noValue;
}

LensPoint pointOf(const LensTable& table, std::size_t row, std::size_t column, double x)
{
    LensPoint point;
    const LensCell& cell = table.rows[row].cells[column];
    point.x = x;
    point.y = valueOf(cell);
    point.row = static_cast<int>(row);
    point.column = static_cast<int>(column);
    point.spans = table.rows[row].spans;
    point.n = point.spans.size();
    if (const auto* share = std::get_if<LensShare>(&cell)) {
        point.low = share->low;
        point.high = share->high;
        point.n = share->of;
    }
    return point;
}

std::string countText(std::uint64_t count, std::string_view noun)
{
    return withThousands(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

std::string percentText(double share)
{
    if (share < 0)
        return '-' + percentText(-share);
    const double percent = 100 * share;
    if (percent == 0 || percent == 100)
        return fixed(percent, 0) + " %";
    if (percent < 0.1)
        return "< 0.1 %";
    if (percent > 99.9)
        return "> 99.9 %";
    return fixed(percent, percent < 1 || percent > 99 ? 1 : 0) + " %";
}

std::string percentText(std::uint64_t part, std::uint64_t of)
{
    return of == 0 ? std::string("–") : percentText(static_cast<double>(part) / static_cast<double>(of));
}

std::string partText(std::uint64_t part, std::uint64_t of)
{
    return percentText(part, of) + " (" + withThousands(part) + " of " + withThousands(of) + ")";
}

std::string moneyText(std::int64_t micros, std::string_view currency)
{
    const double units = static_cast<double>(micros) / 1e6;
    const double size = std::abs(units);
    return fixed(units, size >= 100 || micros == 0 ? 2
                        : size >= 1                ? 3
                        : size >= 0.001            ? 5
                                                   : 6) +
           (currency.empty() ? std::string() : ' ' + std::string(currency));
}

std::string tokensText(double tokens)
{
    if (std::abs(tokens) >= 1e6)
        return fixed(tokens / 1e6, 1) + " million";
    const auto whole = static_cast<std::int64_t>(std::llround(tokens));
    return (whole < 0 ? "-" : "") + withThousands(static_cast<std::uint64_t>(std::abs(whole)));
}

Error cancelledLens()
{
    return {ErrorCode::Cancelled, "cancelled"};
}

} // namespace arcscope
