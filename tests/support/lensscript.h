// Running a lens over a scripted corpus, with the facts that its detectors find there.
#pragma once

#include "lens.h"
#include "lenstext.h"
#include "tracescript.h"

#include <string>
#include <utility>
#include <vector>

namespace arcscope::testing
{

/// What is beside the corpus.
struct LensBeside {
    std::vector<std::pair<std::string, std::string>> values{};
    const std::vector<Row>* shown = nullptr;
    const ArcCorpus* arcs = nullptr;
    const PriceTable* prices = nullptr;
    const LensFile* file = nullptr;
    const StreamSamples* streams = nullptr;
    const std::vector<LensMarker>* marks = nullptr;
};

inline Result<LensResult> triedLens(std::string_view name, TraceScript& script, const LensBeside& beside = {})
{
    const Lens* const lens = lensNamed(name);
    if (!lens)
        qFatal("no lens of that name");
    std::map<std::string, std::vector<TraceFact>, std::less<>> facts;
    StopSurvey stops;
    for (const std::string_view detector : lens->needs.facts) {
        auto& into = facts[std::string(detector)];
        for (std::uint32_t trace = 0; trace < script.corpus.traces.rows(); ++trace) {
            ScriptedTrace reading(script, trace);
            detectorNamed(detector).collect(reading, into);
        }
        for (const TraceFact& fact : into) {
            if (const auto stop = spanStopOf(fact))
                stops.push_back(*stop);
        }
    }
    LensValues values;
    for (const auto& [parameter, value] : beside.values) {
        if (!values.set(lens->parameters, parameter, value))
            qFatal("no such value");
    }
    return lens->run({script.corpus,
                      beside.shown,
                      facts,
                      stops,
                      beside.streams,
                      beside.arcs,
                      beside.prices,
                      beside.file,
                      values,
                      {},
                      beside.marks});
}

inline LensResult lensOf(std::string_view name, TraceScript& script, const LensBeside& beside = {})
{
    auto result = triedLens(name, script, beside);
    if (!result)
        qFatal("%s", result.error().message.c_str());
    return std::move(*result);
}

/// A cell for people, by the key of its column; "?": there is no such cell.
inline std::string cellOf(const LensResult& result, std::size_t row, std::string_view key)
{
    for (std::size_t i = 0; i < result.table.columns.size(); ++i) {
        if (result.table.columns[i].key == key && row < result.table.rows.size())
            return textOf(result.table.rows[row].cells[i]);
    }
    return "?";
}

/// The row whose first cell is that text.
inline std::size_t rowOf(const LensResult& result, std::string_view first)
{
    for (std::size_t row = 0; row < result.table.rows.size(); ++row) {
        if (textOf(result.table.rows[row].cells.front()) == first)
            return row;
    }
    return result.table.rows.size();
}

/// "field lacking/of", in order.
inline std::vector<std::string> missingIn(const LensResult& result)
{
    std::vector<std::string> all;
    for (const LensMissing& missing : result.missing)
        all.push_back(missing.field + ' ' + std::to_string(missing.lacking) + '/' + std::to_string(missing.of));
    return all;
}

/// What is wrong with a result, whatever the lens; empty: nothing. Table and charts agree, rows have as many cells as
/// there are columns, spans are ascending rows of the corpus, n is what the table counts.
inline std::string faultIn(const Lens& lens, const LensResult& result, const Corpus& corpus)
{
    const std::string where = std::string(lens.name) + ": ";
    const LensTable& table = result.table;
    const auto badSpans = [&](const std::vector<Row>& spans) {
        return !std::is_sorted(spans.begin(), spans.end()) || (!spans.empty() && spans.back() >= corpus.spans.rows());
    };
    if (result.sentence.empty() || result.of.empty())
        return where + "no sentence, or it does not say what n is of";
    std::uint64_t sum = 0;
    for (const LensRow& row : table.rows) {
        if (row.cells.size() != table.columns.size())
            return where + "a row has " + std::to_string(row.cells.size()) + " cells";
        if (badSpans(row.spans))
            return where + "spans of a row";
        for (const LensCell& cell : row.cells) {
            const auto* const share = std::get_if<LensShare>(&cell);
            if (share && (share->of == 0 || share->part > share->of || share->low > share->value() + 1e-9 ||
                          share->high < share->value() - 1e-9))
                return where + "a share of " + std::to_string(share->part) + "/" + std::to_string(share->of);
        }
        if (table.counts >= 0)
            sum += static_cast<std::uint64_t>(
                std::get<LensNumber>(row.cells[static_cast<std::size_t>(table.counts)]).value);
    }
    if (table.counts >= 0 && sum != result.n)
        return where + "n is " + std::to_string(result.n) + ", the table has " + std::to_string(sum);
    if (table.counts == countsRows && table.rows.size() != result.n)
        return where + "n is " + std::to_string(result.n) + ", the table has rows " + std::to_string(table.rows.size());
    for (const LensChart& chart : result.charts) {
        if (chart.title.empty() || (chart.series.empty() && chart.nodes.empty()))
            return where + "a chart without a title or anything in it";
        for (const LensSeries& series : chart.series) {
            for (const LensPoint& point : series.points) {
                if (badSpans(point.spans))
                    return where + "spans of a point in " + chart.title;
                if (!chart.xAxis.categories.empty() && chart.kind != LensChartKind::Lanes &&
                    point.x >= static_cast<double>(chart.xAxis.categories.size()))
                    return where + "a point beside the axis in " + chart.title;
                if (point.row >= static_cast<int>(table.rows.size()))
                    return where + "a point of no row in " + chart.title;
                if (point.row < 0 || point.column < 0)
                    continue;
                const LensCell& cell =
                    table.rows[static_cast<std::size_t>(point.row)].cells[static_cast<std::size_t>(point.column)];
                const double shown = chart.kind == LensChartKind::Heatmap ? point.value : point.y;
                const auto* const number = std::get_if<LensNumber>(&cell);
                const auto* const share = std::get_if<LensShare>(&cell);
                const auto* const money = std::get_if<LensMoney>(&cell);
                const double told = number  ? number->value
                                    : share ? share->value()
                                    : money ? static_cast<double>(money->micros)
                                            : noValue;
                if (shown == shown ? shown != told : told == told)
                    return where + "chart and table differ in " + chart.title;
            }
        }
        for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
            if (chart.nodes[i].parent >= static_cast<int>(i) || badSpans(chart.nodes[i].spans))
                return where + "a node in " + chart.title;
        }
    }
    for (const LensMissing& missing : result.missing) {
        if (missing.field.empty() || missing.effect.empty() || missing.lacking > missing.of)
            return where + "missing field " + missing.field;
    }
    return {};
}

} // namespace arcscope::testing
