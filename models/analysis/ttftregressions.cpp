#include "ttftregressions.h"

#include "ranktest.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace arcscope
{
namespace
{

constexpr std::array<std::string_view, 3> verdictNames{"slower", "no evidence", "too few"};
constexpr std::array<StreamGrouping, 3> compared{StreamGrouping::Model, StreamGrouping::Prompt, StreamGrouping::Hour};

/// Classes of input, by tokens: the time to the first token grows with what is read before it.
constexpr std::array<std::pair<std::int64_t, std::string_view>, 5> sizes{{{1'000, "below 1,000 input tokens"},
                                                                          {4'000, "1,000 to 4,000 input tokens"},
                                                                          {16'000, "4,000 to 16,000 input tokens"},
                                                                          {64'000, "16,000 to 64,000 input tokens"},
                                                                          {INT64_MAX, "64,000 input tokens or more"}}};

int sizeOf(std::int64_t inputTokens)
{
    if (inputTokens < 0)
        return -1;
    const auto found =
        std::find_if(sizes.begin(), sizes.end(), [&](const auto& size) { return inputTokens < size.first; });
    return static_cast<int>(found - sizes.begin());
}

/// What is the same on both sides of a comparison.
struct Cohort {
    std::string model;
    std::string_view provider;
    std::string_view service;
    std::string_view prompt;
    int size = -1;
    Provenance source = Provenance::Measured;

    auto parts() const { return std::tie(model, provider, service, prompt, size, source); }
    bool operator<(const Cohort& other) const { return parts() < other.parts(); }
};

Cohort cohortOf(const StreamSample& sample, const StringTable& strings, StreamGrouping by)
{
    Cohort cohort;
    const std::string_view model = strings[sample.model];
    cohort.model = by == StreamGrouping::Model ? modelFamily(model) : model;
    cohort.provider = strings[sample.provider];
    cohort.service = strings[sample.service];
    if (by == StreamGrouping::Prompt)
        cohort.prompt = strings[sample.promptName];
    cohort.size = sizeOf(sample.inputTokens);
    cohort.source = sample.firstTokenSource;
    return cohort;
}

std::string textOf(const Cohort& cohort)
{
    std::string text = cohort.model.empty() ? "model not recorded" : cohort.model;
    for (const std::string_view part : {cohort.provider, cohort.service, cohort.prompt}) {
        if (!part.empty())
            text.append(", ").append(part);
    }
    text.append(", ").append(cohort.size < 0 ? "input not counted"
                                             : sizes[static_cast<std::size_t>(cohort.size)].second);
    if (cohort.source != Provenance::Measured)
        text.append(", ").append(name(cohort.source));
    return text;
}

/// One side of a comparison: a version, or an hour.
struct Side {
    std::string name;
    std::vector<std::uint32_t> streams;
    Nanos first = noTime; ///< of its streams
};

std::vector<double> logarithms(const StreamSamples& samples, const std::vector<std::uint32_t>& streams)
{
    std::vector<double> values;
    values.reserve(streams.size());
    for (const std::uint32_t index : streams) // the clock of a source may be too coarse for a time that is short
        values.push_back(std::log(static_cast<double>(std::max<Nanos>(samples.all[index].firstToken, microsecond))));
    return values;
}

double median(std::vector<double> logs)
{
    const auto middle = logs.begin() + static_cast<std::ptrdiff_t>((logs.size() - 1) / 2);
    std::nth_element(logs.begin(), middle, logs.end());
    return std::exp(*middle) / second;
}

void compare(const StreamSamples& samples, const TtftRules& rules, TtftComparison& made)
{
    const std::vector<double> before = logarithms(samples, made.baseline);
    const std::vector<double> after = logarithms(samples, made.current);
    made.baselineMedian = median(before);
    made.currentMedian = median(after);
    if (before.size() < rules.least || after.size() < rules.least)
        return;
    made.verdict = TtftVerdict::NoEvidence;
    made.p = mannWhitney(before, after, Alternative::Greater).p;
    const Shift shift = hodgesLehmann(before, after);
    made.ratio = std::exp(shift.estimate);
    made.ratioLow = std::exp(shift.low);
    made.ratioHigh = std::exp(shift.high);
}

void judge(std::vector<TtftComparison>& all, const TtftRules& rules)
{
    std::vector<double> p;
    for (const TtftComparison& each : all) {
        if (each.verdict != TtftVerdict::TooFew)
            p.push_back(each.p);
    }
    const std::vector<double> adjusted = adjustedForMany(p);
    auto next = adjusted.begin();
    for (TtftComparison& each : all) {
        if (each.verdict == TtftVerdict::TooFew)
            continue;
        each.adjusted = *next++;
        if (each.adjusted < rules.p && each.ratio >= rules.ratio)
            each.verdict = TtftVerdict::Slower;
    }
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The length of a date or build number that a name ends with, with the sign before it; 0 where there is none.
std::size_t buildLength(std::string_view model)
{
    for (const std::string_view form : {"-0000-00-00", "-00000000", "-0000", "-000", "-00-00", "@00000000"}) {
        if (model.size() <= form.size())
            continue;
        const std::string_view end = model.substr(model.size() - form.size());
        const bool same = std::equal(form.begin(), form.end(), end.begin(),
                                     [](char wanted, char c) { return wanted == '0' ? isDigit(c) : wanted == c; });
        if (same)
            return form.size();
    }
    constexpr std::string_view latest = "-latest";
    return model.size() > latest.size() && model.ends_with(latest) ? latest.size() : 0;
}

} // namespace

std::string_view name(TtftVerdict verdict)
{
    return verdictNames[static_cast<std::size_t>(verdict)];
}

std::string_view modelFamily(std::string_view model)
{
    model.remove_suffix(buildLength(model));
    return model;
}

std::vector<TtftComparison> ttftRegressions(const StreamSamples& samples, const StringTable& strings,
                                            const std::vector<Row>* rows, const TtftRules& rules)
{
    std::vector<TtftComparison> all;
    for (const StreamGrouping by : compared) {
        std::map<Cohort, std::vector<Side>> cohorts;
        for (const StreamGroup& group : groupStreams(samples, strings, by, rows)) {
            if (!group.recorded)
                continue;
            std::map<Cohort, Side> parts;
            for (const std::uint32_t index : group.streams) {
                const StreamSample& sample = samples.all[index];
                const bool version = by != StreamGrouping::Prompt || sample.promptVersion != StringId{};
                if (sample.firstToken == noTime || sample.start == noTime || !version)
                    continue;
                Side& side = parts[cohortOf(sample, strings, by)];
                side.streams.push_back(index);
                side.first = side.first == noTime ? sample.start : std::min(side.first, sample.start);
            }
            for (auto& [cohort, side] : parts) {
                side.name = group.name;
                cohorts[cohort].push_back(std::move(side));
            }
        }
        for (auto& [cohort, sides] : cohorts) {
            std::sort(sides.begin(), sides.end(), [](const Side& a, const Side& b) {
                return std::tie(a.first, a.name) < std::tie(b.first, b.name);
            });
            for (std::size_t i = 1; i < sides.size(); ++i) {
                TtftComparison made;
                made.by = by;
                made.before = sides[i - 1].name;
                made.after = sides[i].name;
                made.cohort = textOf(cohort);
                made.baseline = sides[i - 1].streams;
                made.current = sides[i].streams;
                compare(samples, rules, made);
                all.push_back(std::move(made));
            }
        }
    }
    judge(all, rules);
    std::stable_sort(all.begin(), all.end(), [](const TtftComparison& a, const TtftComparison& b) {
        return std::tuple(a.verdict, a.adjusted, -a.ratio) < std::tuple(b.verdict, b.adjusted, -b.ratio);
    });
    return all;
}

} // namespace arcscope
