#include "arctext.h"

#include "command.h"
#include "utccalendar.h"

#include <cmath>
#include <cstdio>
#include <ostream>

namespace arcscope
{
namespace
{

template <typename... Values>
std::string formatted(const char* format, Values... values)
{
    char text[200];
    std::snprintf(text, sizeof text, format, values...);
    return text;
}

std::string padded(std::string_view text, std::size_t width)
{
    return std::string(text) + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

std::string intervalText(double scale, const Interval& interval, const char* format)
{
    return formatted(format, scale * interval.low) + " to " + formatted(format, scale * interval.high);
}

std::string rateText(const ArcRate& rate)
{
    if (!rate.recorded())
        return "not recorded";
    return formatted("%5.1f %%", 100 * rate.value()) + "  (" + intervalText(100, rate.interval, "%.1f") + ")  " +
           std::to_string(rate.count.of) + " of " + std::to_string(rate.count.all);
}

std::string quantileText(const QuantileEstimate& quantile, bool time)
{
    const auto text = [&](std::int64_t value) { return time ? durationText(value) : std::to_string(value); };
    return text(quantile.value) +
           (quantile.bounded ? " (" + text(quantile.low) + " to " + text(quantile.high) + ")" : " (too few to bound)");
}

std::string moneyText(const std::optional<RatioEstimate>& ratio)
{
    if (!ratio)
        return "none resolved";
    return formatted("%.6g", ratio->value / 1e6) +
           (ratio->interval ? " (" + intervalText(1e-6, *ratio->interval, "%.6g") + ")" : " (too few to bound)");
}

std::string orNotRecorded(const std::string& text)
{
    return text.empty() ? "(not recorded)" : printable(text);
}

std::string currencyText(StringId currency, const StringTable& strings)
{
    return currency ? printable(strings[currency]) : "(no currency)";
}

void line(std::ostream& out, std::string_view name, std::string_view value)
{
    out << "  " << padded(name, 22) << value << '\n';
}

std::string changeText(const Count& count)
{
    return count.recorded() ? formatted("%5.1f %%", 100 * count.rate()) : std::string("not rec.");
}

std::string dayText(std::int64_t day)
{
    return isoText(day * dayLength).substr(0, 10);
}

} // namespace

void printFigures(const ArcSummary& summary, const StringTable& strings, std::ostream& out)
{
    for (int i = 0; i < arcOutcomeCount; ++i) {
        const auto outcome = static_cast<ArcOutcome>(i);
        line(out, name(outcome), rateText(summary[outcome]));
    }
    for (int i = 0; i < arcRateCount; ++i) {
        const auto rate = static_cast<ArcRateName>(i);
        if (summary[rate].recorded() && rate != ArcRateName::Unknown)
            line(out, name(rate), rateText(summary[rate]) + ": " + std::string(meaning(rate)));
    }
    std::string told;
    for (int i = 0; i < arcSourceCount; ++i)
        told += (i > 0 ? ", " : "") + std::string(name(static_cast<ArcSource>(i))) + ' ' +
                std::to_string(summary.sources[static_cast<std::size_t>(i)]);
    line(out, "told by", told);
    if (summary.turnsMedian.count > 0)
        line(out, "turns to resolve",
             "median " + quantileText(summary.turnsMedian, false) + ", p90 " + quantileText(summary.turnsP90, false));
    if (summary.timeMedian.count > 0)
        line(out, "time to resolve",
             "median " + quantileText(summary.timeMedian, true) + ", p90 " + quantileText(summary.timeP90, true));
    for (const ArcCosts& costs : summary.costs)
        line(out, "cost per resolved",
             currencyText(costs.currency, strings) + ' ' + moneyText(costs.perResolved) + ": " +
                 formatted("%.6g", static_cast<double>(costs.total) / 1e6) + " for " + counted(costs.arcs, "arc") +
                 ", " + std::to_string(costs.resolved) + " resolved");
    if (summary.unpriced > 0)
        line(out, "without cost", counted(summary.unpriced, "arc"));
    const ArcEngagement& engagement = summary.engagement;
    std::string plain = counted(engagement.requests, "request");
    if (const auto turns = engagement.turnsPerArc())
        plain += formatted(", %.1f turns an arc", *turns);
    if (const auto arcs = engagement.arcsPerDay())
        plain += formatted(", %.1f arcs a day", *arcs);
    if (engagement.arcsWithUser > 0)
        plain += ", " + counted(engagement.users, "user");
    if (engagement.arcsWithSession > 0)
        plain += ", " + counted(engagement.sessions, "session");
    line(out, "plain engagement", plain);
}

void printBreakdown(const ArcBreakdown& breakdown, const StringTable& strings, std::ostream& out)
{
    const auto print = [&](const std::string& group, const ArcSummary& summary) {
        if (summary.arcs == 0)
            return;
        out << "  " << padded(group, 24) << padded(counted(summary.arcs, "arc"), 12);
        for (const auto& [word, rate] : {std::pair{"attempted", ArcRateName::Attempted},
                                         std::pair{"of those succeeded", ArcRateName::SuccessOfAttempts}}) {
            const ArcRate& shown = summary[rate];
            out << word << ' '
                << padded(shown.recorded() ? formatted("%.1f %% (%.1f to %.1f)", 100 * shown.value(),
                                                       100 * shown.interval.low, 100 * shown.interval.high)
                                           : "not recorded",
                          26);
        }
        out << "unknown " << changeText(summary[ArcRateName::Unknown].count) << '\n';
    };
    for (const ArcGroup& group : breakdown.groups)
        print(printable(groupName(breakdown.grouping, group, strings)), group.summary);
    print(counted(breakdown.otherValues, "other value"), breakdown.others.summary);
    print("(not recorded)", breakdown.notRecorded);
}

void printComparison(const ArcComparison& comparison, const std::vector<ArcMixShift>& mixes, const StringTable& strings,
                     std::ostream& out)
{
    out << counted(comparison.before.arcs, "arc") << " before, " << counted(comparison.after.arcs, "arc") << " after; "
        << comparison.compared << " figures compared\n";
    for (const ArcRateChange& change : comparison.rates) {
        if (!change.before.recorded() || !change.after.recorded())
            continue;
        line(out, change.name,
             changeText(change.before) + " -> " + changeText(change.after) +
                 formatted("  %+.1f points (%+.1f to %+.1f)  ", 100 * change.difference.value,
                           100 * change.difference.interval.low, 100 * change.difference.interval.high) +
                 std::string(name(change.evidence)));
    }
    for (const ArcShiftChange& change : comparison.shifts) {
        if (change.evidence == ArcEvidence::TooFew)
            continue;
        const bool time = change.name == "time_to_resolve";
        const auto text = [&](double value) {
            return time ? durationText(std::llround(value)) : formatted("%+.1f", value);
        };
        line(out, change.name,
             quantileText(change.before, time) + " -> " + quantileText(change.after, time) + "  shift " +
                 text(change.shift.estimate) + " (" + text(change.shift.low) + " to " + text(change.shift.high) +
                 ")  " + std::string(name(change.evidence)));
    }
    for (const ArcCostChange& change : comparison.costs) {
        if (!change.change)
            continue;
        line(out, "cost per resolved",
             currencyText(change.currency, strings) + ' ' + moneyText(change.before) + " -> " +
                 moneyText(change.after) + formatted("  times %.3f", change.change->value) +
                 (change.change->interval ? " (" + intervalText(1, *change.change->interval, "%.3f") + ")" : "") +
                 "  " + std::string(name(change.evidence)));
    }
    if (const auto& parts = comparison.decoupling) {
        line(out, "success of known",
             formatted("%+.1f points: %+.1f by attempting more or less, %+.1f by what is attempted",
                       100 * parts->change, 100 * parts->byAttempting, 100 * parts->bySucceeding));
        if (parts->decoupled == ArcEvidence::Difference || parts->decoupled == ArcEvidence::Weak)
            line(out, "metric.decoupled",
                 std::string("success of attempts rose while fewer were attempted: ") +
                     std::string(name(parts->decoupled)));
    }
    for (const ArcMixShift& mix : mixes)
        line(out, "mix of " + std::string(name(mix.tag)),
             formatted("%+.1f points: %+.1f by another mix, %+.1f within", 100 * mix.change, 100 * mix.byMix,
                       100 * mix.byWithin));
    for (const ArcWarning& warning : comparison.warnings)
        out << "  note: " << warning.text << '\n';
}

void printDifferences(const ArcDifferences& differences, const StringTable& strings, std::ostream& out)
{
    out << counted(differences.chosen, "arc") << " against " << std::to_string(differences.rest) << " others; "
        << counted(differences.tried, "field") << " tried\n";
    std::size_t without = 0;
    std::size_t tooFew = 0;
    for (const ArcFieldDifference& field : differences.fields) {
        without += field.evidence == ArcEvidence::None;
        tooFew += field.evidence == ArcEvidence::TooFew;
        if (field.evidence == ArcEvidence::TooFew || field.evidence == ArcEvidence::None)
            continue;
        std::string text;
        if (field.ranked) {
            text = formatted("%+.2f of pairs (%+.2f to %+.2f)", field.effect.value, field.effect.interval.low,
                             field.effect.interval.high);
        } else {
            text = orNotRecorded(valueName(*field.field, field.value, strings)) + ": " + changeText(field.chosenWith) +
                   " of these," + changeText(field.restWith) + " of the others" +
                   formatted(", %+.1f points (%+.1f to %+.1f)", 100 * field.effect.value,
                             100 * field.effect.interval.low, 100 * field.effect.interval.high);
        }
        line(out, field.field->name,
             text + formatted("  p %.2g, adjusted %.2g  ", field.p, field.adjusted) +
                 std::string(name(field.evidence)));
    }
    out << "  " << without << " without evidence of a difference, " << tooFew << " with too few arcs to tell\n";
}

std::string groupName(const ArcGrouping& grouping, const ArcGroup& group, const StringTable& strings)
{
    using By = ArcGrouping::By;
    switch (grouping.by) {
    case By::Tag:
        return std::string(strings[StringId{static_cast<std::uint32_t>(group.key)}]);
    case By::Outcome:
        return std::string(name(static_cast<ArcOutcome>(group.key)));
    case By::Day:
    case By::Week:
        return dayText(group.key);
    case By::HourOfWeek:
        return std::string(arcWords(ArcFieldKind::Weekday)[static_cast<std::size_t>(group.key / 24)]) + ' ' +
               (group.key % 24 < 10 ? "0" : "") + std::to_string(group.key % 24) + ":00";
    case By::Whole:
        return "all";
    case By::SessionOrdinal:
        break;
    }
    if (group.upTo == group.key)
        return "session " + std::to_string(group.key);
    const bool open = group.upTo == std::numeric_limits<std::int64_t>::max();
    return "sessions " + std::to_string(group.key) + (open ? " and later" : " to " + std::to_string(group.upTo));
}

std::string valueName(const ArcField& field, std::int64_t value, const StringTable& strings)
{
    if (field.kind == ArcFieldKind::Tag)
        return std::string(strings[StringId{static_cast<std::uint32_t>(value)}]);
    const std::vector<std::string_view> words = arcWords(field.kind);
    if (value >= 0 && value < static_cast<std::int64_t>(words.size()))
        return std::string(words[static_cast<std::size_t>(value)]);
    return std::to_string(value);
}

} // namespace arcscope
