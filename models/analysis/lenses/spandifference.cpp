#include "spandifference.h"

#include "differencechart.h"
#include "lensfields.h"
#include "lensgroups.h"
#include "lenstimes.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

using Read = std::function<std::int64_t(const SpanTable&, Row)>; ///< notThere: not recorded

constexpr std::int64_t notThere = std::numeric_limits<std::int64_t>::min();

struct Field {
    std::string_view name;
    std::string_view leftWith; ///< the field of a lens with which it is left out
    LensUnit unit = LensUnit::Number;
    bool ranked = true;
    Read read;
    std::function<std::string(std::int64_t)> word = {}; ///< of a value; not ranked only
};

Read column(SpanColumn of)
{
    return [of](const SpanTable& spans, Row row) {
        const std::int64_t value = spans.at(of, row);
        return value < 0 ? notThere : value;
    };
}

Read tokens(std::initializer_list<UsageClass> of)
{
    return [classes = std::vector<UsageClass>(of)](const SpanTable& spans, Row row) {
        const Usage usage = spans.usage(row);
        std::int64_t sum = notThere;
        for (const UsageClass one : classes) {
            if (usage[one] >= 0)
                sum = saturatedSum(std::max<std::int64_t>(sum, 0), usage[one]);
        }
        return sum;
    };
}

Read clock(int (*of)(Nanos))
{
    return [of](const SpanTable& spans, Row row) {
        const Nanos start = spans.start(row);
        return start == noTime ? notThere : static_cast<std::int64_t>(of(start));
    };
}

template <typename Enum>
std::string wordOf(std::int64_t value)
{
    return std::string(name(static_cast<Enum>(value)));
}

std::vector<Field> numberFields()
{
    using enum UsageClass;
    return {
        {"kind", {}, LensUnit::Number, false, column(SpanColumn::Kind), wordOf<SpanKind>},
        {"status", "status", LensUnit::Number, false, column(SpanColumn::Status), wordOf<SpanStatus>},
        {"weekday", "start", LensUnit::Number, false, clock(weekdayOf),
         [](std::int64_t day) { return std::string(weekdayName(static_cast<int>(day))); }},
        {"hour", "start", LensUnit::Number, false, clock(hourOf),
         [](std::int64_t hour) { return std::to_string(hour) + ":00"; }},
        {"duration", "duration", LensUnit::Length, true, column(SpanColumn::Duration)},
        {"ttft", "ttft", LensUnit::Length, true, column(SpanColumn::FirstToken)},
        {"input tokens", "tokens", LensUnit::Tokens, true, tokens({Input, CacheRead, CacheWrite, CacheWriteLong})},
        {"cached tokens", "tokens", LensUnit::Tokens, true, tokens({CacheRead})},
        {"output tokens", "tokens", LensUnit::Tokens, true, tokens({Output, Reasoning})},
        {"reasoning tokens", "tokens", LensUnit::Tokens, true, tokens({Reasoning})},
        {"messages", "messages", LensUnit::Number, true, column(SpanColumn::Messages)},
        {"tool calls asked for", {}, LensUnit::Number, true, column(SpanColumn::CallsAsked)},
    };
}

/// Names of one thing each, and what other fields repeat.
bool namesOne(SpanText text)
{
    return text == SpanText::ToolCallId || text == SpanText::Resource || text == SpanText::PriceTable;
}

class Comparison
{
public:
    Comparison(const Corpus& corpus, std::span<const Row> among, std::span<const Row> chosen)
        : m_corpus(corpus)
        , m_among(among)
        , m_chosen(among.size())
        , m_chosenRows(chosen)
    {
        for (std::size_t i = 0; i < among.size(); ++i)
            m_chosen[i] = std::binary_search(chosen.begin(), chosen.end(), among[i]);
    }

    template <typename ValueOf>
    FieldSides sides(ValueOf valueOf) const
    {
        FieldSides sides;
        for (std::size_t i = 0; i < m_among.size(); ++i) {
            const std::int64_t value = valueOf(m_among[i]);
            if (value != notThere)
                (m_chosen[i] ? sides.chosen : sides.rest).push_back(value);
        }
        return sides;
    }

    template <typename Has>
    std::vector<Row> chosenWith(Has has) const
    {
        std::vector<Row> rows;
        std::copy_if(m_chosenRows.begin(), m_chosenRows.end(), std::back_inserter(rows), has);
        return rows;
    }

    /// Of how many traces both sides are.
    std::array<std::size_t, 2> traces() const
    {
        std::array<std::set<std::int64_t>, 2> seen;
        for (std::size_t i = 0; i < m_among.size(); ++i)
            seen[m_chosen[i] ? 0 : 1].insert(m_corpus.spans.at(SpanColumn::Trace, m_among[i]));
        return {seen[0].size(), seen[1].size()};
    }

private:
    const Corpus& m_corpus;
    std::span<const Row> m_among;
    std::vector<bool> m_chosen; ///< of `among`
    std::span<const Row> m_chosenRows;
};

/// A field that was tried, and how to find the chosen spans with its value.
struct Tried : FieldDifference {
    ShownDifference shown;
    std::function<bool(Row)> has;
};

/// Amounts of the currency that most of the spans with a cost have.
StringId commonCurrency(const Corpus& corpus, std::span<const Row> among)
{
    std::map<std::uint32_t, std::size_t> counts;
    for (const Row row : among) {
        if (corpus.spans.at(SpanColumn::Cost, row) >= 0)
            ++counts[corpus.spans.text(SpanText::Currency, row).value];
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? StringId() : StringId{most->first};
}

} // namespace

std::vector<SpanColumn> spanDifferenceColumns()
{
    return costLensColumns({SpanColumn::Status, SpanColumn::Duration, SpanColumn::FirstToken, SpanColumn::Messages,
                            SpanColumn::CallsAsked, SpanColumn::Start, SpanColumn::Cost});
}

Result<LensResult> spanDifference(const Corpus& corpus, std::span<const Row> among, std::span<const Row> chosen,
                                  std::span<const std::string_view> leftOut, const Control& control)
{
    const auto isLeft = [&](std::string_view field) {
        return !field.empty() && std::find(leftOut.begin(), leftOut.end(), field) != leftOut.end();
    };
    const Comparison comparison(corpus, among, chosen);
    std::vector<Tried> fields;
    const auto keep = [&](std::optional<FieldDifference> found, Field field, std::string currency,
                          std::function<std::int64_t(Row)> valueOf) {
        if (!found)
            return;
        Tried tried{*found, {{}, field.name, {}, field.unit, std::move(currency)}, {}};
        if (!field.ranked) {
            tried.shown.value = field.word(found->value);
            tried.has = [valueOf = std::move(valueOf), value = found->value](Row row) { return valueOf(row) == value; };
        }
        fields.push_back(std::move(tried));
    };
    SpanTags tags(corpus);
    for (int i = 0; i < spanTextCount; ++i) {
        if (control.stopped())
            return cancelledLens();
        const auto text = static_cast<SpanText>(i);
        if (namesOne(text) || isLeft(fieldName(text)))
            continue;
        const auto valueOf = [&tags, text](Row row) { return static_cast<std::int64_t>(tags.of(text, row).value); };
        const FieldSides sides = comparison.sides(valueOf);
        const auto word = [&corpus](std::int64_t value) {
            return value == 0 ? std::string(notRecordedText)
                              : std::string(corpus.strings[StringId{static_cast<std::uint32_t>(value)}]);
        };
        keep(differenceByValue(sides), {fieldName(text), {}, LensUnit::Number, false, {}, word}, {}, valueOf);
    }
    for (const Field& field : numberFields()) {
        if (control.stopped())
            return cancelledLens();
        if (isLeft(field.leftWith))
            continue;
        const auto valueOf = [&spans = corpus.spans, read = field.read](Row row) { return read(spans, row); };
        const FieldSides sides = comparison.sides(valueOf);
        keep(field.ranked ? differenceBySize(sides) : differenceByValue(sides), field, {}, valueOf);
    }
    if (!isLeft("cost")) {
        const StringId currency = commonCurrency(corpus, among);
        const auto valueOf = [&](Row row) {
            const std::int64_t cost = corpus.spans.at(SpanColumn::Cost, row);
            return cost >= 0 && corpus.spans.text(SpanText::Currency, row) == currency ? cost : notThere;
        };
        keep(differenceBySize(comparison.sides(valueOf)), {"cost", {}, LensUnit::Money, true, {}, {}},
             std::string(corpus.strings[currency]), valueOf);
    }
    ShownDifferences all{.thing = "span", .things = "spans", .fields = {}};
    all.chosen = chosen.size();
    all.rest = among.size() - chosen.size();
    all.tried = tellTogether(fields);
    for (Tried& field : fields) {
        field.shown.difference = field;
        all.fields.push_back(field.shown);
    }
    LensResult result = differenceResult(all);
    for (LensPoint& point : result.charts[0].series[0].points) {
        const Tried& field = fields[static_cast<std::size_t>(point.row)];
        if (!field.has)
            continue;
        point.spans = comparison.chosenWith(field.has);
        result.table.rows[static_cast<std::size_t>(point.row)].spans = point.spans;
    }
    const auto [ofChosen, ofRest] = comparison.traces();
    result.caveats.push_back("These are of " + countText(ofChosen, "trace") + ", the others of " +
                             countText(ofRest, "trace") +
                             ": spans of one trace are alike, so that p is too small where the traces are few.");
    return result;
}

} // namespace arcscope
