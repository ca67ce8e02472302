// Calls that are still conditioned on answers which a withdrawn prompt version gave.
#include "answerfacts.h"
#include "lensfields.h"
#include "lenstimes.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

namespace arcscope
{
namespace
{

struct Call {
    Row row = noRow;
    Nanos start = noTime;
    StringId version;
    const CallFacts* facts = nullptr;
};

/// A version that was used and then given up for one that was used before it.
struct RollBack {
    std::string name;         ///< of the prompt; empty: not recorded
    StringId version;         ///< withdrawn
    StringId back;            ///< that took its place again
    Nanos withdrawn = noTime; ///< when the first call under the other one followed its last call
    std::vector<Row> after;   ///< calls of the prompt from then on
    std::vector<Row> contaminated;
    std::vector<Row> written; ///< calls of the withdrawn version
    std::set<std::uint32_t> tasks;
};

/// `calls`: of one prompt, in time.
std::vector<RollBack> rollBacksIn(const std::vector<Call>& calls)
{
    std::map<std::uint32_t, std::pair<std::size_t, std::size_t>> spans; // first and last call of a version
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const auto [at, isNew] = spans.try_emplace(calls[i].version.value, i, i);
        at->second.second = i;
    }
    std::vector<RollBack> all;
    for (const auto& [version, span] : spans) {
        const std::size_t next = span.second + 1;
        if (next >= calls.size())
            continue; // still in use
        // What follows has to be older: first used before the withdrawn one was.
        if (spans.at(calls[next].version.value).first >= span.first)
            continue;
        RollBack& back = all.emplace_back();
        back.version = StringId{version};
        back.back = calls[next].version;
        back.withdrawn = calls[next].start;
        for (std::size_t i = 0; i < calls.size(); ++i) {
            if (calls[i].version == back.version)
                back.written.push_back(calls[i].row);
            if (i >= next)
                back.after.push_back(calls[i].row);
        }
    }
    return all;
}

void findContaminated(RollBack& back, const std::vector<CallFacts>& facts, const Corpus& corpus)
{
    const auto factsOf = [&](Row row) {
        const auto at = std::lower_bound(facts.begin(), facts.end(), row,
                                         [](const CallFacts& call, Row wanted) { return call.row < wanted; });
        return at == facts.end() || at->row != row ? nullptr : &*at;
    };
    std::set<std::uint64_t> said;
    for (const Row row : back.written) {
        if (const CallFacts* const call = factsOf(row); call && call->said != 0)
            said.insert(call->said);
    }
    // What another version says, too, tells nothing.
    for (const CallFacts& call : facts) {
        if (call.said != 0 && corpus.spans.text(SpanText::PromptVersion, call.row) != back.version)
            said.erase(call.said);
    }
    for (const Row row : back.after) {
        const CallFacts* const call = factsOf(row);
        const bool has = call && std::any_of(call->history.begin(), call->history.end(),
                                             [&](std::uint64_t turn) { return said.count(turn) > 0; });
        if (!has)
            continue;
        back.contaminated.push_back(row);
        if (const StringId task = corpus.spans.text(SpanText::Task, row))
            back.tasks.insert(task.value);
    }
}

LensChart decay(const Corpus& corpus, const std::vector<RollBack>& backs)
{
    LensChart chart;
    chart.kind = LensChartKind::Lines;
    chart.title = "Calls after a roll-back whose history holds answers of the withdrawn version";
    chart.xAxis = {"time, UTC", LensUnit::Time, {}, {}, false};
    chart.yAxis = {"share of calls", LensUnit::Share, {}, {}, false};
    chart.band = "95 % interval";
    for (const RollBack& back : backs) {
        const std::string version(corpus.strings[back.version]);
        LensSeries& series = chart.series.emplace_back();
        series.name = (back.name.empty() ? "" : back.name + ' ') + version;
        chart.markers.push_back({static_cast<double>(back.withdrawn), "prompt", series.name + " withdrawn",
                                 back.after.empty() ? noRow : back.after.front()});
        const std::set<Row> contaminated(back.contaminated.begin(), back.contaminated.end());
        for (const TimeBin& bin : timeBins(corpus, back.after, oneHour).bins) {
            LensPoint& point = series.points.emplace_back();
            point.x = static_cast<double>(bin.start);
            point.n = bin.rows.size();
            point.label = bin.name;
            for (const Row row : bin.rows) {
                if (contaminated.count(row) > 0)
                    point.spans.push_back(row);
            }
            const LensCell cell = shareCell(point.spans.size(), bin.rows.size());
            if (const auto* share = std::get_if<LensShare>(&cell)) {
                point.y = share->value();
                point.low = share->low;
                point.high = share->high;
            }
        }
    }
    return chart;
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const std::vector<CallFacts> facts = callFactsIn(input.factsOf(callFactsDetector));
    const std::vector<Row> calls = modelCalls(input);
    std::map<std::uint32_t, std::vector<Call>> byPrompt;
    std::uint64_t unversioned = 0;
    std::uint64_t versioned = 0;
    for (const Row row : calls) {
        const StringId version = corpus.spans.text(SpanText::PromptVersion, row);
        if (!version || corpus.spans.start(row) == noTime) {
            ++unversioned;
            continue;
        }
        ++versioned;
        byPrompt[corpus.spans.text(SpanText::PromptName, row).value].push_back(
            {row, corpus.spans.start(row), version, nullptr});
    }
    std::vector<RollBack> backs;
    for (auto& [name, all] : byPrompt) {
        std::stable_sort(all.begin(), all.end(), [](const Call& a, const Call& b) { return a.start < b.start; });
        for (RollBack& back : rollBacksIn(all)) {
            back.name = corpus.strings[StringId{name}];
            findContaminated(back, facts, corpus);
            backs.push_back(std::move(back));
        }
    }
    if (input.control.stopped())
        return cancelledLens();
    LensResult result;
    result.n = backs.size();
    result.of = "withdrawn prompt versions";
    LensTable& table = result.table;
    table.columns = {{"prompt", "Prompt"},          {"withdrawn", "Withdrawn version"},
                     {"back", "Back to"},           {"when", "Withdrawn"},
                     {"written", "Calls under it"}, {"still", "Later calls that hold its answers"},
                     {"last", "Last of them"},      {"tasks", "Tasks concerned"}};
    table.counts = countsRows;
    std::uint64_t contaminated = 0;
    std::uint64_t after = 0;
    for (const RollBack& back : backs) {
        Nanos last = noTime;
        for (const Row row : back.contaminated)
            last = last == noTime ? corpus.spans.start(row) : std::max(last, corpus.spans.start(row));
        std::vector<Row> rows = back.contaminated;
        std::sort(rows.begin(), rows.end());
        table.rows.push_back(
            {{back.name.empty() ? LensCell() : LensCell(back.name), std::string(corpus.strings[back.version]),
              std::string(corpus.strings[back.back]), LensTime{back.withdrawn}, countCell(back.written.size()),
              shareCell(back.contaminated.size(), back.after.size()),
              last == noTime ? LensCell() : LensCell(LensTime{last}), countCell(back.tasks.size())},
             std::move(rows)});
        contaminated += back.contaminated.size();
        after += back.after.size();
    }
    if (!backs.empty())
        result.charts.push_back(decay(corpus, backs));
    if (unversioned > 0)
        result.missing.push_back(missingField(SpanText::PromptVersion, unversioned, calls.size(),
                                              "Under which prompt they were made is not known."));
    const auto silent = static_cast<std::uint64_t>(std::count_if(
        facts.begin(), facts.end(), [](const CallFacts& call) { return call.form == AnswerForm::NotRecorded; }));
    if (silent > 0)
        result.missing.push_back(
            missingField("messages", silent, facts.size(), "Their answers cannot be found again."));
    if (versioned == 0)
        result.sentence = "No prompt version is recorded.";
    else if (backs.empty())
        result.sentence = "No prompt version was withdrawn for an earlier one.";
    else
        result.sentence = countText(backs.size(), "prompt version") + " withdrawn; " + partText(contaminated, after) +
                          " of the later calls of these prompts still hold answers that the withdrawn version gave.";
    return result;
}

} // namespace

Lens rolledBack()
{
    return {"rolled-back",
            "After a prompt was rolled back",
            "Which calls still rest on answers that a withdrawn prompt version gave?",
            "Sees histories only: caches, evaluation baselines and cohorts keep state, too. Answers shorter than 12 "
            "bytes, and such as other versions give as well, count for nothing.",
            {{"prompt", "start", "messages", "task"}, callLensColumns(), {callFactsDetector}},
            {},
            run};
}

} // namespace arcscope
