// What critique and revision cost, against how much of the text they changed.
#include "critiquefacts.h"
#include "lensfields.h"
#include "lensgroups.h"
#include "lenstext.h"

#include <algorithm>

namespace arcscope
{
namespace
{

std::vector<Row> spansOf(const CritiqueLoop& loop)
{
    std::vector<Row> rows{loop.rounds.front().draft};
    for (const CritiqueRound& round : loop.rounds) {
        for (const Row row : {round.critique, round.revision}) {
            if (row != noRow)
                rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

/// The share of words that all revisions together changed, at most 1; nothing without a revision.
std::optional<double> changedBy(const CritiqueLoop& loop)
{
    std::optional<double> changed;
    for (const CritiqueRound& round : loop.rounds) {
        if (round.changed >= 0)
            changed = std::min(1.0, changed.value_or(0) + round.changed);
    }
    return changed;
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const ShownRows shown(input);
    std::vector<CritiqueLoop> loops = critiqueLoopsIn(corpus, input.factsOf(critiqueDetector));
    std::erase_if(loops, [&](const CritiqueLoop& loop) { return !shown.has(loop.rounds.front().draft); });
    LensResult result;
    result.n = loops.size();
    result.of = "loops of critique";
    LensTable& table = result.table;
    table.columns = {{"task", "Task"},
                     {"model", "Model of the draft"},
                     {"rounds", "Rounds"},
                     {"tokens", "Tokens of critique and revision"},
                     {"token_share", "Of the trace"},
                     {"cost", "Cost"},
                     {"time", "Time"},
                     {"changed", "Words changed"},
                     {"known", "Told by"}};
    table.counts = countsRows;
    LensChart chart;
    chart.kind = LensChartKind::Scatter;
    chart.title = "Tokens spent on critique against words changed";
    chart.xAxis = {"tokens of critique and revision", LensUnit::Tokens, {}, {}, false};
    chart.yAxis = {"share of words changed", LensUnit::Share, {}, {}, false};
    chart.series.push_back({"loops", {}});
    std::uint64_t untold = 0;
    std::uint64_t revised = 0;
    std::uint64_t unchanged = 0;
    std::int64_t tokens = 0;
    std::int64_t allTokens = 0;
    SpanTags tags(corpus);
    for (const CritiqueLoop& loop : loops) {
        const Row draft = loop.rounds.front().draft;
        const std::optional<double> changed = changedBy(loop);
        const auto text = [&](SpanText what) {
            const std::string_view known = tags.textOf(what, draft);
            return known.empty() ? LensCell() : LensCell(std::string(known));
        };
        LensCell share;
        if (loop.tokens >= 0 && loop.allTokens > 0)
            share = LensNumber{static_cast<double>(loop.tokens) / static_cast<double>(loop.allTokens), LensUnit::Share};
        untold += loop.tokens < 0 ? 1 : 0;
        revised += changed ? 1 : 0;
        unchanged += changed && *changed == 0 ? 1 : 0;
        if (loop.tokens >= 0 && loop.allTokens >= 0) {
            tokens += loop.tokens;
            allTokens += loop.allTokens;
        }
        table.rows.push_back(
            {{text(SpanText::Task), text(SpanText::ModelServed), countCell(loop.rounds.size()),
              loop.tokens < 0 ? LensCell() : LensCell(LensNumber{static_cast<double>(loop.tokens), LensUnit::Tokens}),
              share,
              loop.cost < 0 ? LensCell()
                            : LensCell(LensMoney{loop.cost, std::string(corpus.text(SpanText::Currency, draft))}),
              lengthCell(loop.time), numberCell(changed, LensUnit::Share),
              std::string(loop.rounds.front().byName ? "names and texts" : "texts that hold each other")},
             spansOf(loop)});
        LensPoint point = pointOf(table, table.rows.size() - 1, 7, static_cast<double>(loop.tokens));
        if (loop.tokens >= 0 && point.y == point.y)
            chart.series[0].points.push_back(std::move(point));
    }
    if (!chart.series[0].points.empty())
        result.charts.push_back(std::move(chart));
    if (untold > 0)
        result.missing.push_back(
            missingField("tokens", untold, loops.size(), "What their critique took is not known."));
    if (loops.empty()) {
        result.sentence = "No loop of draft, critique and revision was found.";
        const std::vector<Row> calls = modelCalls(input);
        const auto silent = static_cast<std::uint64_t>(std::count_if(
            calls.begin(), calls.end(), [&](Row row) { return corpus.spans.at(SpanColumn::Messages, row) <= 0; }));
        if (silent > 0)
            result.missing.push_back(
                missingField("messages", silent, calls.size(), "Loops are told by texts within each other."));
        result.caveats.push_back("Loops are told by texts within each other, and by names such as critic and reviser.");
        return result;
    }
    result.sentence = countText(loops.size(), "loop") + " of critique";
    if (allTokens > 0)
        result.sentence += " took " + tokensText(static_cast<double>(tokens)) + " tokens, " +
                           percentText(static_cast<double>(tokens) / static_cast<double>(allTokens)) +
                           " of those of their traces";
    result.sentence += "; " + partText(unchanged, revised) + " of the revisions changed no word.";
    return result;
}

} // namespace

Lens critiqueTax()
{
    return {"critique-tax",
            "Price of self-critique",
            "What do loops of draft, critique and revision take, and how much of the text do they change?",
            "Words changed are not quality gained: a revision may be better with few changes, and worse with many.",
            {{"messages", "tokens", "cost", "name"},
             callLensColumns({SpanColumn::Cost, SpanColumn::Messages}),
             {critiqueDetector}},
            {},
            run};
}

} // namespace arcscope
