// How answers change from a user's first session to later ones.
#include "lensfields.h"
#include "lensmetrics.h"
#include "lenstext.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

constexpr auto metricWords = std::to_array<std::string_view>(
    {"complete", "declined", "error", "input_tokens", "output_tokens", "characters", "duration", "calls"});
constexpr auto parameters = std::to_array<LensParameter>({
    {"metric", "what is told of each session", metricWords},
    {"users", "only users with so many sessions, so that every point is of the same users", {}, 1, 1, 1000, "sessions"},
    {"least", "sessions that a point needs", {}, 3, 1, 1000, "sessions"},
});

struct Session {
    Nanos start = noTime;
    std::vector<Row> calls;
};

/// One number for a session; nothing where it is not recorded.
std::optional<double> valueOfSession(const CallMetrics& m, std::string_view metric)
{
    if (metric == "calls")
        return static_cast<double>(m.calls);
    const double value = valueOf(callMetricNamed(metric).cell(m, {}));
    return value == value ? std::optional<double>(value) : std::nullopt;
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const std::string_view metric = input.values.word(parameters[0]);
    const auto leastSessions = static_cast<std::size_t>(input.values.number(parameters[1]));
    const auto least = static_cast<std::size_t>(input.values.number(parameters[2]));
    const std::vector<Row> calls = modelCalls(input);
    SpanTags tags(corpus);
    std::map<std::uint32_t, std::map<std::uint32_t, Session>> users;
    std::uint64_t withoutUser = 0;
    std::uint64_t withoutSession = 0;
    std::uint64_t untimed = 0;
    for (const Row row : calls) {
        const StringId user = tags.of(SpanText::User, row);
        const StringId session = tags.of(SpanText::Session, row);
        const Nanos start = corpus.spans.start(row);
        withoutUser += user ? 0 : 1;
        withoutSession += session ? 0 : 1;
        untimed += start == noTime ? 1 : 0;
        if (!user || !session || start == noTime)
            continue;
        Session& into = users[user.value][session.value];
        into.start = into.start == noTime ? start : std::min(into.start, start);
        into.calls.push_back(row);
    }
    const CallMetricsReader reader(input);
    if (input.control.stopped())
        return cancelledLens();
    struct Ordinal {
        std::vector<double> values;
        std::vector<Row> rows;
        std::uint64_t sessions = 0;
    };
    std::vector<Ordinal> ordinals;
    LensResult result;
    for (const auto& [user, sessions] : users) {
        if (sessions.size() < leastSessions)
            continue;
        std::vector<const Session*> ordered;
        for (const auto& [id, session] : sessions)
            ordered.push_back(&session);
        std::stable_sort(ordered.begin(), ordered.end(),
                         [](const Session* a, const Session* b) { return a->start < b->start; });
        for (std::size_t i = 0; i < ordered.size(); ++i) {
            if (ordinals.size() <= i)
                ordinals.emplace_back();
            Ordinal& ordinal = ordinals[i];
            ++ordinal.sessions;
            ++result.n;
            ordinal.rows.insert(ordinal.rows.end(), ordered[i]->calls.begin(), ordered[i]->calls.end());
            if (const auto value = valueOfSession(reader.of(ordered[i]->calls), metric))
                ordinal.values.push_back(*value);
        }
    }
    result.of = "sessions of known users";
    result.wholeWork = true;
    const LensUnit unit = metric == "calls" ? LensUnit::Number : callMetricNamed(metric).unit;
    const std::string title = metric == "calls" ? "Model calls" : std::string(callMetricNamed(metric).title);
    LensTable& table = result.table;
    table.columns = {{"ordinal", "Session of its user"},
                     {"sessions", "Sessions"},
                     {"users_left", "Users that come so far"},
                     {std::string(metric), title + ", mean"},
                     {"low", "25 %"},
                     {"median", "50 %"},
                     {"high", "75 %"}};
    table.counts = 1;
    LensChart chart;
    chart.kind = LensChartKind::Lines;
    chart.title = title + " by session of a user, mean of sessions";
    chart.xAxis = {"nth session of its user", LensUnit::Number, {}, {}, false};
    chart.yAxis = {title, unit, {}, {}, false};
    chart.band = "25 % to 75 % of sessions";
    chart.series.push_back({title, {}});
    std::uint64_t thin = 0;
    for (std::size_t i = 0; i < ordinals.size(); ++i) {
        Ordinal& ordinal = ordinals[i];
        const bool enough = ordinal.values.size() >= least;
        thin += enough ? 0 : 1;
        double sum = 0;
        for (const double value : ordinal.values)
            sum += value;
        const auto at = [&](double share) {
            return enough ? numberCell(quantile(ordinal.values, share), unit) : LensCell();
        };
        std::sort(ordinal.rows.begin(), ordinal.rows.end());
        table.rows.push_back(
            {{countCell(i + 1), countCell(ordinal.sessions), shareCell(ordinal.sessions, ordinals.front().sessions),
              enough ? LensCell(LensNumber{sum / static_cast<double>(ordinal.values.size()), unit}) : LensCell(),
              at(0.25), at(0.5), at(0.75)},
             ordinal.rows});
        if (!enough)
            continue;
        LensPoint point = pointOf(table, i, 3, static_cast<double>(i + 1));
        point.low = *quantile(ordinal.values, 0.25);
        point.high = *quantile(ordinal.values, 0.75);
        point.n = ordinal.values.size();
        chart.series[0].points.push_back(std::move(point));
    }
    if (chart.series[0].points.size() > 1)
        result.charts.push_back(chart);
    const auto missing = [&](SpanText text, std::uint64_t lacking) {
        if (lacking > 0)
            result.missing.push_back(
                missingField(text, lacking, calls.size(), "The how-manieth session they are in is not known."));
    };
    missing(SpanText::User, withoutUser);
    missing(SpanText::Session, withoutSession);
    if (untimed > 0)
        result.missing.push_back(missingField("start", untimed, calls.size(), "They cannot be put in order."));
    if (thin > 0)
        result.caveats.push_back(countText(thin, "ordinal") + " with fewer than " + std::to_string(least) +
                                 " sessions with a value say nothing.");
    if (ordinals.size() > 1 && ordinals.back().sessions < ordinals.front().sessions && leastSessions < ordinals.size())
        result.caveats.push_back(
            "Survivors: " + std::to_string(ordinals.front().sessions) + " users have a first session, " +
            std::to_string(ordinals.back().sessions) + " the last one shown. --set users=" +
            std::to_string(std::min<std::size_t>(ordinals.size(), 3)) + " keeps the same users at every point.");
    if (result.n == 0) {
        result.sentence = "No session of a known user is recorded.";
        return result;
    }
    result.sentence = countText(result.n, "session") + " of " + countText(ordinals.front().sessions, "user") + ". ";
    const auto& points = chart.series[0].points;
    if (points.size() > 1)
        result.sentence += title + ": " + textOf(points.front().y, unit) + " in the first session, " +
                           textOf(points.back().y, unit) + " in session " + textOf(points.back().x, LensUnit::Number) +
                           " (n " + std::to_string(points.back().n) + ").";
    else
        result.sentence += "Too few later sessions for a curve.";
    return result;
}

} // namespace

Lens sessionAge()
{
    return {
        "session-age",
        "Quality by session of a user",
        "Do answers change from a user’s first session to later ones?",
        "Survivors: users who are served badly leave, and later points hold fewer and heavier users. Sessions before "
        "the first one recorded are not counted.",
        {{"user", "session", "start", "stop", "messages", "tokens"}, metricLensColumns(), metricFacts()},
        parameters,
        run};
}

} // namespace arcscope
