#include "arcjson.h"

#include "arctext.h"

#include <nlohmann/json.hpp>

namespace arcscope
{
namespace
{

using Json = nlohmann::ordered_json;

Json orNull(std::string_view text)
{
    return text.empty() ? Json() : Json(text);
}

Json countJson(const Count& count)
{
    return {{"of", count.of}, {"all", count.all}, {"rate", count.recorded() ? Json(count.rate()) : Json()}};
}

Json rateJson(const ArcRate& rate)
{
    Json json = countJson(rate.count);
    json["low"] = rate.recorded() ? Json(rate.interval.low) : Json();
    json["high"] = rate.recorded() ? Json(rate.interval.high) : Json();
    return json;
}

Json quantileJson(const QuantileEstimate& quantile)
{
    if (quantile.count == 0)
        return {};
    return {{"value", quantile.value},
            {"low", quantile.bounded ? Json(quantile.low) : Json()},
            {"high", quantile.bounded ? Json(quantile.high) : Json()}};
}

Json ratioJson(const std::optional<RatioEstimate>& ratio)
{
    if (!ratio)
        return {};
    return {{"value", ratio->value},
            {"low", ratio->interval ? Json(ratio->interval->low) : Json()},
            {"high", ratio->interval ? Json(ratio->interval->high) : Json()}};
}

Json estimateJson(const Estimate& estimate)
{
    return {{"value", estimate.value}, {"low", estimate.interval.low}, {"high", estimate.interval.high}};
}

Json numberJson(const std::optional<double>& number)
{
    return number ? Json(*number) : Json();
}

Json costsJson(const ArcSummary& summary, const StringTable& strings)
{
    Json list = Json::array();
    for (const ArcCosts& costs : summary.costs)
        list.push_back({{"currency", orNull(strings[costs.currency])},
                        {"arcs", costs.arcs},
                        {"computed", costs.computed},
                        {"resolved", costs.resolved},
                        {"total", costs.total},
                        {"per_resolved", ratioJson(costs.perResolved)}});
    return list;
}

Json engagementJson(const ArcEngagement& engagement)
{
    const auto ofSome = [](std::uint64_t count, std::uint64_t arcs) { return arcs > 0 ? Json(count) : Json(); };
    return {{"requests", ofSome(engagement.requests, engagement.arcsWithTurns)},
            {"responses", engagement.responses},
            {"model_calls", engagement.modelCalls},
            {"tool_calls", engagement.toolCalls},
            {"turns_per_arc", numberJson(engagement.turnsPerArc())},
            {"days", ofSome(engagement.days, engagement.arcsWithTime)},
            {"arcs_per_day", numberJson(engagement.arcsPerDay())},
            {"users", ofSome(engagement.users, engagement.arcsWithUser)},
            {"arcs_with_user", engagement.arcsWithUser},
            {"most_arcs_of_one_user", ofSome(engagement.mostOfOneUser, engagement.arcsWithUser)},
            {"returning_users", rateJson(engagement.returning)},
            {"sessions", ofSome(engagement.sessions, engagement.arcsWithSession)},
            {"sessions_per_arc", numberJson(engagement.sessionsPerArc())}};
}

Json figuresJson(const ArcSummary& summary, const StringTable& strings)
{
    Json json{{"arcs", summary.arcs}};
    for (int i = 0; i < arcOutcomeCount; ++i) {
        const auto outcome = static_cast<ArcOutcome>(i);
        json["outcomes"][std::string(name(outcome))] = rateJson(summary[outcome]);
    }
    for (int i = 0; i < arcSourceCount; ++i)
        json["sources"][std::string(name(static_cast<ArcSource>(i)))] = summary.sources[static_cast<std::size_t>(i)];
    for (int i = 0; i < arcRateCount; ++i) {
        const auto rate = static_cast<ArcRateName>(i);
        json["rates"][std::string(name(rate))] = rateJson(summary[rate]);
    }
    json["success_if_unknown_failed"] = summary.arcs > 0 ? Json(summary.successBounds.low) : Json();
    json["success_if_unknown_succeeded"] = summary.arcs > 0 ? Json(summary.successBounds.high) : Json();
    json["turns_to_resolve"] = {{"arcs", summary.turnsMedian.count},
                                {"median", quantileJson(summary.turnsMedian)},
                                {"p90", quantileJson(summary.turnsP90)}};
    json["time_to_resolve_ns"] = {{"arcs", summary.timeMedian.count},
                                  {"median", quantileJson(summary.timeMedian)},
                                  {"p90", quantileJson(summary.timeP90)}};
    json["costs"] = costsJson(summary, strings);
    json["unpriced"] = summary.unpriced;
    json["tokens"] = {{"arcs", summary.arcsWithTokens},
                      {"total", summary.arcsWithTokens > 0 ? Json(summary.tokens) : Json()}};
    json["engagement"] = engagementJson(summary.engagement);
    json["proposed_stitches"] = summary.stitches;
    return json;
}

Json comparisonJson(const ArcComparison& comparison, const std::vector<ArcMixShift>& mixes, const StringTable& strings)
{
    Json json{{"before", figuresJson(comparison.before, strings)}, {"after", figuresJson(comparison.after, strings)}};
    json["compared"] = comparison.compared;
    json["rates"] = Json::array();
    for (const ArcRateChange& change : comparison.rates) {
        const bool both = change.before.recorded() && change.after.recorded();
        json["rates"].push_back({{"name", change.name},
                                 {"before", countJson(change.before)},
                                 {"after", countJson(change.after)},
                                 {"difference", both ? estimateJson(change.difference) : Json()},
                                 {"p", both ? Json(change.p) : Json()},
                                 {"adjusted_p", both ? Json(change.adjusted) : Json()},
                                 {"evidence", name(change.evidence)}});
    }
    json["times"] = Json::array();
    for (const ArcShiftChange& change : comparison.shifts) {
        const bool told = change.evidence != ArcEvidence::TooFew;
        const Shift& shift = change.shift;
        json["times"].push_back(
            {{"name", change.name},
             {"before", quantileJson(change.before)},
             {"after", quantileJson(change.after)},
             {"shift", told ? Json{{"value", shift.estimate}, {"low", shift.low}, {"high", shift.high}} : Json()},
             {"p", told ? Json(change.p) : Json()},
             {"adjusted_p", told ? Json(change.adjusted) : Json()},
             {"evidence", name(change.evidence)}});
    }
    json["costs"] = Json::array();
    for (const ArcCostChange& change : comparison.costs)
        json["costs"].push_back({{"currency", orNull(strings[change.currency])},
                                 {"before", ratioJson(change.before)},
                                 {"after", ratioJson(change.after)},
                                 {"ratio", ratioJson(change.change)},
                                 {"evidence", name(change.evidence)}});
    if (const auto& parts = comparison.decoupling) {
        json["success"] = {{"change", parts->change},
                           {"by_attempting", parts->byAttempting},
                           {"by_succeeding", parts->bySucceeding},
                           {"metric.decoupled", name(parts->decoupled)}};
    } else {
        json["success"] = nullptr;
    }
    json["mixes"] = Json::array();
    for (const ArcMixShift& mix : mixes) {
        Json strata = Json::array();
        for (const ArcStratum& stratum : mix.strata)
            strata.push_back({{"value", orNull(strings[stratum.value])},
                              {"others", stratum.others},
                              {"attempted_before", countJson(stratum.attemptedBefore)},
                              {"attempted_after", countJson(stratum.attemptedAfter)},
                              {"succeeded_before", countJson(stratum.succeededBefore)},
                              {"succeeded_after", countJson(stratum.succeededAfter)},
                              {"by_mix", stratum.byMix},
                              {"by_within", stratum.byWithin}});
        json["mixes"].push_back({{"tag", name(mix.tag)},
                                 {"change", mix.change},
                                 {"by_mix", mix.byMix},
                                 {"by_within", mix.byWithin},
                                 {"strata", std::move(strata)}});
    }
    json["warnings"] = Json::array();
    for (const ArcWarning& warning : comparison.warnings)
        json["warnings"].push_back({{"kind", warning.kind}, {"text", warning.text}});
    return json;
}

Json differencesJson(const ArcDifferences& differences, const StringTable& strings)
{
    Json json{{"chosen", differences.chosen}, {"rest", differences.rest}, {"tried", differences.tried}};
    json["fields"] = Json::array();
    for (const ArcFieldDifference& field : differences.fields) {
        const bool told = field.evidence != ArcEvidence::TooFew;
        Json one{{"field", field.field->name},
                 {"chosen", field.chosen},
                 {"rest", field.rest},
                 {"measure", field.ranked ? "share of pairs won" : "difference of shares"},
                 {"effect", told ? estimateJson(field.effect) : Json()},
                 {"p", told ? Json(field.p) : Json()},
                 {"adjusted_p", told ? Json(field.adjusted) : Json()},
                 {"evidence", name(field.evidence)}};
        if (field.ranked) {
            one["chosen_median"] = field.chosen > 0 ? Json(field.chosenMedian) : Json();
            one["rest_median"] = field.rest > 0 ? Json(field.restMedian) : Json();
        } else if (told) {
            one["value"] = orNull(valueName(*field.field, field.value, strings));
            one["chosen_with"] = countJson(field.chosenWith);
            one["rest_with"] = countJson(field.restWith);
            one["values_tried"] = field.values;
            one["distance"] = field.distance;
        }
        json["fields"].push_back(std::move(one));
    }
    return json;
}

Json totalsJson(const ArcSummary& summary)
{
    Json counts = Json::object();
    for (int i = 0; i < arcOutcomeCount; ++i) {
        const auto outcome = static_cast<ArcOutcome>(i);
        counts[std::string(name(outcome))] = summary[outcome].count.of;
    }
    return counts;
}

Json groupsJson(const ArcBreakdown& breakdown, const StringTable& strings)
{
    Json groups = Json::array();
    const auto add = [&](Json named, const ArcSummary& summary) {
        if (summary.arcs > 0)
            groups.push_back({{"name", std::move(named)},
                              {"totals", totalsJson(summary)},
                              {"figures", figuresJson(summary, strings)}});
    };
    for (const ArcGroup& group : breakdown.groups)
        add(groupName(breakdown.grouping, group, strings), group.summary);
    add({{"others", breakdown.otherValues}}, breakdown.others.summary);
    add(nullptr, breakdown.notRecorded);
    return groups;
}

} // namespace

std::string answerJson(const ArcAnswer& answer, const StringTable& strings)
{
    Json json{{"totals", totalsJson(answer.summary)}, {"figures", figuresJson(answer.summary, strings)}};
    if (answer.groups)
        json["groups"] = groupsJson(*answer.groups, strings);
    if (answer.comparison)
        json["comparison"] = comparisonJson(*answer.comparison, answer.mixes, strings);
    if (answer.differences)
        json["differences"] = differencesJson(*answer.differences, strings);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace arcscope
