#include "replayanswer.h"

#include "command.h"
#include "finding.h"
#include "replaywords.h"

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <tuple>

namespace arcscope
{
namespace
{

constexpr std::size_t shownTasks = 12;
constexpr std::size_t keyWidth = 44;

std::string padded(std::string_view text, std::size_t width)
{
    std::string out = quoted(text, width);
    std::size_t characters = 0;
    for (const char c : out)
        characters += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    return out + std::string(characters < width ? width - characters : 0, ' ');
}

std::string right(std::uint64_t number, std::size_t width)
{
    const std::string text = std::to_string(number);
    return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

std::string kindText(ReplayDifference difference, ReplayDetail detail)
{
    std::string text(name(difference));
    if (detail != ReplayDetail::None)
        text += ": " + std::string(name(detail));
    return text;
}

/// Tasks by kind, each with what became of it.
void printKinds(const ReplaySummary& summary, std::ostream& out)
{
    out << padded("what matters most", 22) << "  tasks   gains  losses    ties  unknown  steps that differ\n";
    for (std::size_t kind = replayDifferenceCount; kind-- > 0;) {
        std::uint64_t tasks = 0;
        std::array<std::uint64_t, replayChangeCount> changes{};
        std::vector<std::uint32_t> sizes;
        for (const ReplayTaskSummary& task : summary.tasks) {
            if (static_cast<std::size_t>(task.difference) != kind)
                continue;
            ++tasks;
            ++changes[static_cast<std::size_t>(task.change)];
            sizes.push_back(task.changed);
        }
        if (tasks == 0)
            continue;
        std::ranges::sort(sizes);
        const auto count = [&](ReplayChange change) { return changes[static_cast<std::size_t>(change)]; };
        out << padded(name(static_cast<ReplayDifference>(kind)), 22) << right(tasks, 7)
            << right(count(ReplayChange::Gain), 8) << right(count(ReplayChange::Regression), 8)
            << right(count(ReplayChange::Tie), 8) << right(count(ReplayChange::NotKnown), 9) << "  median "
            << sizes[sizes.size() / 2] << ", most " << sizes.back() << '\n';
    }
}

void printTask(const ReplayAnswer& answer, const ReplayTaskSummary& task, std::ostream& out)
{
    out << "    " << padded(printable(answer.report.pairing.tasks[task.task].key), keyWidth) << "  "
        << padded(name(task.weight), 8) << padded(kindText(task.difference, task.detail), 22)
        << padded(task.change == ReplayChange::NotKnown ? "" : name(task.change), 11) << right(task.changed, 4)
        << " of " << task.steps << " steps, " << task.valid << " valid";
    if (task.state == ReplayTaskState::Changed || task.state == ReplayTaskState::Noise)
        out << ", " << name(task.state);
    out << '\n';
}

/// Those that differ most first.
void printTasks(const ReplayAnswer& answer, const ReplaySummary& summary, std::ostream& out)
{
    std::vector<const ReplayTaskSummary*> tasks;
    for (const ReplayTaskSummary& task : summary.tasks)
        tasks.push_back(&task);
    std::ranges::stable_sort(tasks, [](const ReplayTaskSummary* a, const ReplayTaskSummary* b) {
        const auto grave = [](ReplayChange change) {
            return change == ReplayChange::Regression ? 2 : change == ReplayChange::Gain ? 1 : 0;
        };
        return std::tuple(b->weight, b->difference, grave(b->change), b->changed) <
               std::tuple(a->weight, a->difference, grave(a->change), a->changed);
    });
    const std::size_t most = answer.list ? tasks.size() : std::min(tasks.size(), shownTasks);
    for (std::size_t i = 0; i < most; ++i)
        printTask(answer, *tasks[i], out);
    if (most < tasks.size())
        out << "    and " << tasks.size() - most << " more (--list)\n";
}

void printUnpaired(const ReplayAnswer& answer, std::uint32_t side, std::ostream& out)
{
    const std::vector<std::uint32_t> unpaired = answer.unpaired(side);
    if (unpaired.empty())
        return;
    out << "not compared: " << counted(unpaired.size(), "task") << '\n';
    const std::size_t most = answer.list ? unpaired.size() : std::min(unpaired.size(), shownTasks);
    for (std::size_t i = 0; i < most; ++i) {
        const ReplayTask& task = answer.report.pairing.tasks[unpaired[i]];
        out << "    " << padded(printable(task.key), keyWidth) << "  " << gapWords(task, side) << '\n';
    }
    if (most < unpaired.size())
        out << "    and " << unpaired.size() - most << " more (--list)\n";
}

void printStrata(const std::string& by, const ReplayStrata& strata, std::ostream& out)
{
    char points[96];
    std::snprintf(points, sizeof points,
                  ": %+.1f points, of them %+.1f by another mix of tasks, %+.1f within the kinds",
                  100 * strata.whole.change, 100 * strata.whole.byMix, 100 * strata.whole.byWithin);
    out << "done by " << by << points << '\n';
    for (const ReplayStratum& stratum : strata.strata)
        out << "    " << padded(stratum.value.empty() ? "(not recorded)" : printable(stratum.value), keyWidth) << "  "
            << stratum.base.of << " of " << stratum.base.all << " before, " << stratum.candidate.of << " of "
            << stratum.candidate.all << " after\n";
}

void printSteps(const ReplayComparison& comparison, std::ostream& out)
{
    for (std::size_t i = 0; i < comparison.steps.size(); ++i) {
        const ReplayStep& step = comparison.steps[i];
        const auto number = [](const ReplaySide& side) {
            return side.there() ? right(side.step, 4) : std::string("   .");
        };
        out << number(step.base) << number(step.candidate) << "  " << std::string(2 * step.depth, ' ')
            << padded(std::string(name(step.kind)) + (step.tool.empty() ? "" : " " + printable(step.tool)), 30) << "  "
            << padded(kindText(step.difference, step.detail), 22);
        if (step.isModels()) {
            out << name(step.validity);
            std::string reasons;
            for (const ReplayReason reason : replayReasons(step.reasons & ~replayNotes))
                reasons += (reasons.empty() ? " (" : ", ") + std::string(label(reason));
            out << reasons << (reasons.empty() ? "" : ")");
        }
        out << (i == comparison.verdict.firstDivergence ? "  first divergence" : "")
            << (i == comparison.verdict.recovery ? "  together again from here" : "") << '\n';
    }
}

} // namespace

std::vector<std::uint32_t> ReplayAnswer::unpaired(std::uint32_t side) const
{
    std::vector<std::uint32_t> out;
    for (std::uint32_t task = 0; task < report.pairing.tasks.size(); ++task) {
        const auto& runs = report.pairing.tasks[task].runs;
        const bool asked = !runs[0].empty() || !runs[side].empty();
        if (asked && (runs[0].empty() || runs[side].empty()))
            out.push_back(task);
    }
    return out;
}

std::string_view gapWords(const ReplayTask& task, std::uint32_t side)
{
    if (task.gap == ReplayGap::NoKey)
        return "the key is not recorded";
    return task.runs[0].empty() ? "no run of the base" : task.runs[side].empty() ? "no run of the candidate" : "";
}

void printReplay(const ReplayAnswer& answer, std::ostream& out)
{
    for (const ReplaySummary& summary : answer.summaries) {
        out << printable(answer.sides[0]) << " → " << printable(answer.sides[summary.side]) << ": "
            << counted(summary.tasks.size(), "task") << " on both sides";
        if (summary.pairs != summary.tasks.size())
            out << ", " << counted(summary.pairs, "pair") << " of runs";
        out << '\n';
        for (const ReplaySentence& sentence : replayWords(summary))
            out << "  " << sentence.text << '\n';
        if (!summary.tasks.empty()) {
            printKinds(summary, out);
            printTasks(answer, summary, out);
        }
        if (summary.side - 1 < answer.strata.size())
            printStrata(answer.by, answer.strata[summary.side - 1], out);
        printUnpaired(answer, summary.side, out);
    }
    for (const ReplayComparison& comparison : answer.shown)
        printSteps(comparison, out);
}

} // namespace arcscope
