#include "arcdifference.h"

#include "arcblocks.h"
#include "utccalendar.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace arcscope
{
namespace
{

/// Tags that name one thing each, by which arcs are made, or that repeat what others say: a difference in them says
/// nothing.
bool names(const ArcField& field)
{
    return field.column == tagColumn(SpanText::Name) || field.column == tagColumn(SpanText::ToolCallId) ||
           field.column == tagColumn(SpanText::Task) || field.column == tagColumn(SpanText::Session) ||
           field.column == tagColumn(SpanText::Resource);
}

/// What tells what became of an arc, in one way or the other.
bool tellsOutcome(ArcColumn column)
{
    return column == ArcColumn::Outcome || column == ArcColumn::OutcomeSource || column == ArcColumn::Resolution ||
           column == ArcColumn::Resolved;
}

/// What the rules of arcphases.h read where no label says what became of an arc.
bool decidesByRule(ArcColumn column)
{
    constexpr auto read =
        std::to_array({ArcColumn::Escalations, ArcColumn::Accepts, ArcColumn::ReAsks, ArcColumn::Regenerates,
                       ArcColumn::Edits, tagColumn(SpanText::ErrorType), tagColumn(SpanText::StopReason)});
    return std::find(read.begin(), read.end(), column) != read.end();
}

bool anyByRule(const ArcCorpus& arcs, std::span<const std::uint32_t> rows)
{
    bool any = false;
    forEachBlock(arcs.arcs, rows, std::array{ArcColumn::OutcomeSource}, [&](const auto& block) {
        for (std::size_t i = 0; i < block.rows.size(); ++i) {
            const auto source = static_cast<ArcSource>(block.values[0][i]);
            any = any || source == ArcSource::UserAction || source == ArcSource::Rule;
        }
    });
    return any;
}

bool ranked(ArcFieldKind kind)
{
    return kind == ArcFieldKind::Count || kind == ArcFieldKind::Duration || kind == ArcFieldKind::Money ||
           kind == ArcFieldKind::Time;
}

std::int64_t valueOf(const ArcField& field, std::int64_t value)
{
    if (value == noTime)
        return value;
    switch (field.kind) {
    case ArcFieldKind::Weekday:
        return weekdayOf(dayOf(value));
    case ArcFieldKind::Hour:
        return hourOfDay(value);
    default:
        return value;
    }
}

class Comparer
{
public:
    Comparer(const ArcCorpus& arcs, std::span<const std::uint32_t> among, std::span<const std::uint32_t> chosen)
        : m_arcs(arcs)
        , m_among(among)
        , m_chosen(among.size())
    {
        auto next = chosen.begin();
        for (std::size_t i = 0; i < among.size(); ++i) {
            while (next != chosen.end() && *next < among[i])
                ++next;
            m_chosen[i] = next != chosen.end() && *next == among[i];
        }
        countCurrencies();
    }

    std::uint64_t chosen() const
    {
        return static_cast<std::uint64_t>(std::count(m_chosen.begin(), m_chosen.end(), true));
    }

    StringId currency() const { return StringId{static_cast<std::uint32_t>(m_currency)}; }

    /// Nothing where all arcs have one value, or none is recorded: that was not tried.
    std::optional<ArcFieldDifference> compare(const ArcField& field) const
    {
        const FieldSides sides = valuesOf(field);
        const auto found = ranked(field.kind) ? differenceBySize(sides) : differenceByValue(sides);
        return found ? std::optional(ArcFieldDifference{*found, &field}) : std::nullopt;
    }

private:
    void countCurrencies()
    {
        std::unordered_map<std::int64_t, std::size_t> counts;
        forEachBlock(m_arcs.arcs, m_among, std::array{tagColumn(SpanText::Currency), ArcColumn::Cost},
                     [&](const auto& block) {
                         for (std::size_t i = 0; i < block.rows.size(); ++i) {
                             if (block.values[1][i] >= 0)
                                 ++counts[block.values[0][i]];
                         }
                     });
        std::size_t most = 0;
        for (const auto& [currency, count] : counts) {
            if (count > most || (count == most && currency < m_currency)) {
                m_currency = currency;
                most = count;
            }
        }
    }

    FieldSides valuesOf(const ArcField& field) const
    {
        FieldSides sides;
        const std::int64_t missing = field.column == ArcColumn::Start ? noTime : -1;
        const bool money = field.kind == ArcFieldKind::Money;
        const bool tag = field.kind == ArcFieldKind::Tag;
        forEachBlock(m_arcs.arcs, m_among, std::array{field.column, tagColumn(SpanText::Currency)},
                     [&](const auto& block) {
                         for (std::size_t i = 0; i < block.rows.size(); ++i) {
                             const std::int64_t value = block.values[0][i];
                             if ((!tag && value == missing) || (money && block.values[1][i] != m_currency))
                                 continue;
                             (m_chosen[block.first + i] ? sides.chosen : sides.rest).push_back(valueOf(field, value));
                         }
                     });
        return sides;
    }

    const ArcCorpus& m_arcs;
    std::span<const std::uint32_t> m_among;
    std::vector<bool> m_chosen; ///< of `among`
    std::int64_t m_currency = 0;
};

} // namespace

ArcDifferences whatDiffers(const ArcCorpus& arcs, std::span<const std::uint32_t> among,
                           std::span<const std::uint32_t> chosen, std::span<const ArcColumn> leftOut, bool rulesChose)
{
    const Comparer comparer(arcs, among, chosen);
    ArcDifferences differences;
    differences.chosen = comparer.chosen();
    differences.rest = among.size() - differences.chosen;
    differences.currency = comparer.currency();
    const bool byOutcome = std::any_of(leftOut.begin(), leftOut.end(), tellsOutcome);
    const bool byRule = rulesChose && byOutcome && anyByRule(arcs, among);
    for (const ArcField& field : arcFields()) {
        const bool left = std::find(leftOut.begin(), leftOut.end(), field.column) != leftOut.end();
        if (left || names(field) || field.kind == ArcFieldKind::Day || (byOutcome && tellsOutcome(field.column)))
            continue;
        std::optional<ArcFieldDifference> difference = comparer.compare(field);
        if (!difference)
            continue;
        if (byRule && decidesByRule(field.column))
            differences.decided.push_back(field.name);
        else
            differences.fields.push_back(std::move(*difference));
    }
    differences.tried = tellTogether(differences.fields);
    return differences;
}

std::string valueText(const ArcFieldDifference& difference, const StringTable& strings)
{
    const ArcFieldKind kind = difference.field->kind;
    if (kind == ArcFieldKind::Tag) {
        const std::string_view text = strings[StringId{static_cast<std::uint32_t>(difference.value)}];
        return text.empty() ? std::string("not recorded") : std::string(text);
    }
    const auto words = arcWords(kind);
    const auto at = static_cast<std::size_t>(difference.value);
    return at < words.size() ? std::string(words[at]) : std::to_string(difference.value);
}

LensUnit unitOf(ArcFieldKind kind)
{
    switch (kind) {
    case ArcFieldKind::Duration:
        return LensUnit::Length;
    case ArcFieldKind::Time:
        return LensUnit::Time;
    case ArcFieldKind::Money:
        return LensUnit::Money;
    default:
        return LensUnit::Number;
    }
}

} // namespace arcscope
