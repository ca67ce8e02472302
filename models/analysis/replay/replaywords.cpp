#include "replaywords.h"

#include <cmath>
#include <cstdio>

namespace arcscope
{
namespace
{

std::string number(std::uint64_t count)
{
    return std::to_string(count);
}

std::string counted(std::uint64_t count, const char* one, const char* many)
{
    return number(count) + " " + (count == 1 ? one : many);
}

std::string printed(const char* format, double value)
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string percent(double share)
{
    return printed(std::abs(share) < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
}

std::string points(double share)
{
    return printed("%+.1f points", 100 * share);
}

std::string chance(double p)
{
    return p < 0.001 ? "p < 0.001" : "p = " + printed(p < 0.1 ? "%.3f" : "%.2f", p);
}

/// In points, or as scores are written.
std::string between(const std::optional<Interval>& interval, bool scores = false)
{
    if (!interval)
        return "no interval: too few tasks differ";
    const char* const format = scores ? "%+.3f" : "%+.1f";
    const double unit = scores ? 1 : 100;
    return "95 % interval " + printed(format, unit * interval->low) + " to " + printed(format, unit * interval->high);
}

/// "1.20 times", with its interval.
std::string times(double ratio, const std::optional<Interval>& interval)
{
    std::string text = printed("%.2f times", ratio);
    if (interval)
        text += " (" + printed("%.2f", interval->low) + " to " + printed("%.2f", interval->high) + ")";
    return text;
}

/// "No evidence of a difference", and never more than the test says.
std::string judged(const ReplayQuality& quality)
{
    const std::string test =
        std::string(quality.method) + ", " + chance(quality.p) +
        (quality.adjusted > quality.p ? ", " + chance(quality.adjusted) + " for all declared" : "");
    switch (quality.evidence) {
    case Evidence::TooFew:
        return "too few tasks to say anything";
    case Evidence::None:
        return "no evidence of a difference (" + test + ")";
    case Evidence::Weak:
        return "may differ (" + test + ")";
    case Evidence::Difference:
        return "differs (" + test + ")";
    }
    return {};
}

/// "takes", "as long".
struct FigureWords {
    std::string_view verb;
    std::string_view much;
};
FigureWords figureWords(ReplayFigure figure)
{
    constexpr auto words = std::to_array<FigureWords>({{"costs", "as much"},
                                                       {"takes", "as long"},
                                                       {"uses", "as many tokens"},
                                                       {"makes", "as many model calls"},
                                                       {"makes", "as many tool calls"}});
    return words[static_cast<std::size_t>(figure)];
}

} // namespace

std::vector<ReplaySentence> replayWords(const ReplaySummary& summary)
{
    std::vector<ReplaySentence> words;
    const auto say = [&](std::string_view kind, Evidence evidence, std::string text) {
        words.push_back({kind, evidence, std::move(text)});
    };
    if (summary.tasks.empty()) {
        say("nothing", Evidence::TooFew, "No task was run by both sides.");
        return words;
    }
    const ReplayQuality* const done = summary.quality("done");
    if (done && done->detectable)
        say("power", Evidence::None,
            "With " + counted(done->tasks, "task", "tasks") + " a difference of " +
                printed("%.0f points", 100 * *done->detectable) + " in what gets done would be found in 8 of 10 cases" +
                (summary.noise ? "."
                               : "; how much reruns change is not recorded, so the most that they can is taken."));
    else if (done)
        say("power", Evidence::TooFew,
            "With " + counted(done->tasks, "task", "tasks") + " no difference in what gets done could be found.");
    if (!done)
        say("done", Evidence::TooFew,
            "What became of the tasks is not recorded on both sides: gains and regressions are not known.");
    else
        say("done", done->evidence,
            percent(done->base) + " done before, " + percent(done->candidate) +
                " after: " + points(done->difference.value) + ", " + between(done->difference.interval) + "; " +
                counted(summary.outcomes.gains, "task", "tasks") + " gained, " + number(summary.outcomes.regressions) +
                " lost, " + number(summary.outcomes.ties()) + " alike; " + judged(*done) + ".");
    if (const ReplayQuality* const score = summary.quality("score"))
        say("score", score->evidence,
            "Mean score " + printed("%.3f", score->base) + " before, " + printed("%.3f", score->candidate) +
                " after: " + printed("%+.3f", score->difference.value) + ", " +
                between(score->difference.interval, true) + "; " + counted(summary.changes[1], "task", "tasks") +
                " higher, " + number(summary.changes[2]) + " lower, " + number(summary.changes[0]) + " the same; " +
                judged(*score) + ".");
    if (const ReplayQuality* const declined = summary.quality("declined"))
        say("declined", declined->evidence,
            percent(declined->base) + " declined before, " + percent(declined->candidate) + " after; " +
                judged(*declined) + ".");
    if (summary.attempts && summary.attempts->decoupled != Evidence::None &&
        summary.attempts->decoupled != Evidence::TooFew)
        say("gained_by_declining", summary.attempts->decoupled,
            "More of what is attempted succeeds while less is attempted: " + points(summary.attempts->bySucceeding) +
                " by doing better, " + points(summary.attempts->byAttempting) + " by attempting less.");
    if (summary.noise)
        say("noise", Evidence::None,
            "Two runs of one model end differently in " + percent(summary.noise->churn) + " of cases (" +
                counted(summary.noise->pairs, "pair", "pairs") + " of reruns): on these tasks a difference within ±" +
                printed("%.1f points", 100 * summary.noise->band) + " is what running again does.");
    else
        say("noise", Evidence::TooFew,
            "No task was run twice by one side: how much changes by running again is not recorded, and a task that "
            "differs may do so by chance.");
    const ReplayAgreement& valid = summary.agreement[0];
    std::uint64_t others = 0;
    for (std::size_t badge = 1; badge < replayValidityCount; ++badge)
        others += summary.agreement[badge].steps.all;
    if (valid.steps.recorded())
        say("agreement", Evidence::None,
            "Of " + counted(valid.steps.all, "step", "steps") + " in which both were given the same, " +
                percent(valid.steps.rate()) + " are the same but for wording" +
                (valid.interval ? " (95 % interval " + printed("%.0f", 100 * valid.interval->low) + " to " +
                                      printed("%.0f %%)", 100 * valid.interval->high)
                                : std::string()) +
                "; " + number(others) + " further ones do not count.");
    else if (others > 0)
        say("agreement", Evidence::TooFew,
            "In none of " + counted(others, "step", "steps") +
                " both were known to be given the same: agreement is not told.");
    if (summary.judgedApart > 0)
        say("judges", Evidence::TooFew,
            counted(summary.judgedApart, "pair", "pairs") +
                " of runs were scored by different judges or versions of one, and are not compared.");
    if (summary.labelledBefore[0] + summary.labelledBefore[1] > 0)
        say("old_labels", Evidence::TooFew,
            "The labels of " + counted(summary.labelledBefore[1], "run", "runs") + " of the candidate and " +
                number(summary.labelledBefore[0]) +
                " of the base are older than the run: they were given on other answers, and say how near a run comes "
                "to those.");
    if (summary.ruler)
        say("ruler", Evidence::None,
            "The scores of " + counted(summary.controls, "control task", "control tasks") + " moved by " +
                printed("%+.3f", summary.ruler->value) + " (" + between(summary.ruler->interval, true) +
                "): that is the ruler, not the model.");
    for (const ReplayFigureChange& figure : summary.figures) {
        if (!figure.total || (figure.figure > ReplayFigure::Tokens && figure.evidence != Evidence::Difference))
            continue;
        const FigureWords told = figureWords(figure.figure);
        say(name(figure.figure), figure.evidence,
            "The candidate " + std::string(told.verb) + " " + times(figure.total->ratio, figure.total->interval) + " " +
                std::string(told.much) + " over " + counted(figure.tasks, "task", "tasks") +
                (figure.typical ? "; a typical task " + times(figure.typical->estimate,
                                                              Interval{figure.typical->low, figure.typical->high})
                                : std::string()) +
                ": " + std::string(name(figure.evidence)) +
                (figure.evidence == Evidence::TooFew ? "" : " (signed ranks, " + chance(figure.adjusted) + ")") + ".");
    }
    return words;
}

} // namespace arcscope
