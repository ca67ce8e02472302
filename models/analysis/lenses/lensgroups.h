// What lenses share: the model calls that count, values of spans around them, groups by a value, and words for numbers.
#pragma once

#include "lens.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// The columns that calls() and SpanTags read, with all texts of spans.
std::vector<SpanColumn> callLensColumns(std::initializer_list<SpanColumn> more = {});
/// Those and the columns of account().
std::vector<SpanColumn> costLensColumns(std::initializer_list<SpanColumn> more = {});

/// Whether a row is among those that count, which come in ascending order.
class ShownRows
{
public:
    explicit ShownRows(const LensInput& input)
        : m_shown(input.shown)
    {
    }
    bool has(Row row) const;

private:
    const std::vector<Row>* m_shown;
};

/// Model calls that count, in the order of rows: superseded records and pending ones are left out. They are those of
/// `arcscope info`.
std::vector<Row> modelCalls(const LensInput& input);

/// A value of a span: its own, else that of the nearest span around it, else the only one that its trace has.
class SpanTags
{
public:
    explicit SpanTags(const Corpus& corpus);
    /// 0: not recorded. A model that answered is never taken from other spans; where it is not recorded, neither is
    /// the one that was asked for taken for it.
    StringId of(SpanText text, Row row);
    std::string_view textOf(SpanText text, Row row) { return m_corpus.strings[of(text, row)]; }

private:
    StringId onlyOneOf(SpanText text, std::uint32_t trace);

    const Corpus& m_corpus;
    std::unordered_map<std::uint64_t, StringId> m_ofTrace;
};

/// The choices of a parameter that names a value of spans: "model", "prompt_version", "tenant", …
std::span<const std::string_view> tagChoices();
/// "model": the one that answered.
SpanText tagNamed(std::string_view choice);

struct TagGroup {
    StringId tag; ///< 0: not recorded, or several rest ones in one
    std::string name;
    std::vector<Row> rows;
    bool recorded = true;
};

/// Rows by a value: most rows first, "not recorded" last. Beyond `most` recorded values the rest is one group, "N
/// others".
std::vector<TagGroup> groupsBy(SpanTags& tags, SpanText text, const Corpus& corpus, const std::vector<Row>& rows,
                               std::size_t most);

/// How many of the rows have no such value.
std::uint64_t lackingIn(SpanTags& tags, SpanText text, const std::vector<Row>& rows);

// ---- Numbers

/// monostate where there is no whole.
LensCell shareCell(std::uint64_t part, std::uint64_t of);
inline LensCell countCell(std::uint64_t count)
{
    return LensNumber{static_cast<double>(count), LensUnit::Number};
}
/// monostate for what is not recorded: nothing, or less than 0.
LensCell lengthCell(Nanos length);
LensCell numberCell(const std::optional<double>& value, LensUnit unit);
/// The middle value (nearest rank); nothing without values. `share`: 0.5, 0.9, …
std::optional<double> quantile(std::vector<double> values, double share);

/// A point of a chart that says what a cell of the table says, over the spans of its row.
LensPoint pointOf(const LensTable& table, std::size_t row, std::size_t column, double x);
/// The number of a cell; noValue: it has none.
double valueOf(const LensCell& cell);

// ---- Words

std::string countText(std::uint64_t count, std::string_view noun); ///< "1 call", "12,345 calls"
std::string percentText(double share);                             ///< "12 %", "0.4 %", "< 0.1 %"
std::string percentText(std::uint64_t part, std::uint64_t of);
std::string partText(std::uint64_t part, std::uint64_t of); ///< "12 % (12 of 100)"
std::string moneyText(std::int64_t micros, std::string_view currency);
std::string tokensText(double tokens); ///< "1,204", "1.2 million"
/// What is not recorded has this name everywhere.
inline constexpr std::string_view notRecordedText = "not recorded";

Error cancelledLens();

} // namespace arcscope
