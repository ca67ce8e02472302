// How far the answers to one and the same input lie apart.
#include "answerfacts.h"
#include "lensfields.h"
#include "lensgroups.h"
#include "lenstext.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr auto parameters = std::to_array<LensParameter>({
    {"least", "answers that an input needs", {}, 2, 2, 1000, "answers"},
});

constexpr std::size_t mostBars = 30;
constexpr std::size_t mostPairs = 5'000; ///< compared for one input

/// Calls with one input to one model.
struct Input {
    std::vector<const CallFacts*> calls;
    std::vector<Row> rows;
    std::set<std::uint64_t> outputs;
    std::map<std::string_view, std::uint64_t> forms;
    double similar = 1; ///< mean over pairs of answers with text; 1 where there is none
    double least = noValue;
    double middle = noValue;
    double most = noValue;
};

void measure(Input& input)
{
    std::vector<double> lengths;
    std::vector<const CallFacts*> texts;
    for (const CallFacts* const call : input.calls) {
        input.rows.push_back(call->row);
        input.outputs.insert(call->output);
        ++input.forms[name(call->form)];
        lengths.push_back(static_cast<double>(std::max<std::int64_t>(call->characters, 0)));
        if (call->characters > 0)
            texts.push_back(call);
    }
    input.least = quantile(lengths, 0).value_or(noValue);
    input.middle = quantile(lengths, 0.5).value_or(noValue);
    input.most = quantile(lengths, 1).value_or(noValue);
    double sum = 0;
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < texts.size() && pairs < mostPairs; ++i) {
        for (std::size_t j = i + 1; j < texts.size() && pairs < mostPairs; ++j, ++pairs)
            sum += texts[i]->output == texts[j]->output ? 1 : similarity(texts[i]->sketch, texts[j]->sketch);
    }
    if (pairs > 0)
        input.similar = sum / static_cast<double>(pairs);
}

std::string formsText(const std::map<std::string_view, std::uint64_t>& forms)
{
    std::string text;
    for (const auto& [form, count] : forms)
        text += (text.empty() ? "" : ", ") + std::string(form) + ' ' + std::to_string(count);
    return text;
}

std::string nameOf(const Corpus& corpus, const Input& input)
{
    const Row row = input.rows.front();
    for (const SpanText text : {SpanText::PromptName, SpanText::Agent, SpanText::Name}) {
        if (const std::string_view known = corpus.text(text, row); !known.empty())
            return std::string(known);
    }
    return "model call";
}

LensCell timeCell(Nanos at)
{
    return at == noTime ? LensCell() : LensCell(LensTime{at});
}

Result<LensResult> run(const LensInput& input)
{
    const Corpus& corpus = input.corpus;
    const ShownRows shown(input);
    const auto least = static_cast<std::size_t>(input.values.number(parameters[0]));
    const std::vector<CallFacts> facts = callFactsIn(input.factsOf(callFactsDetector));
    std::map<std::pair<std::uint64_t, std::string_view>, Input> byInput;
    std::uint64_t whole = 0;
    for (const CallFacts& call : facts) {
        if (!shown.has(call.row) || call.input == 0 || call.form == AnswerForm::NotRecorded)
            continue;
        ++whole;
        const std::string_view served = corpus.text(SpanText::ModelServed, call.row);
        byInput[{call.input, served.empty() ? corpus.text(SpanText::ModelRequested, call.row) : served}]
            .calls.push_back(&call);
    }
    std::vector<Input> inputs;
    for (auto& [key, one] : byInput) {
        if (one.calls.size() < least)
            continue;
        measure(one);
        inputs.push_back(std::move(one));
    }
    if (input.control.stopped())
        return cancelledLens();
    std::sort(inputs.begin(), inputs.end(), [](const Input& a, const Input& b) {
        return a.similar != b.similar                 ? a.similar < b.similar
               : a.most - a.least != b.most - b.least ? a.most - a.least > b.most - b.least
                                                      : a.rows.front() < b.rows.front();
    });

    LensResult result;
    result.of = "answers to inputs that were sent more than once";
    LensTable& table = result.table;
    table.columns = {{"input", "Input of"},
                     {"model", "Model"},
                     {"answers", "Answers"},
                     {"different", "Different ones"},
                     {"similarity", "Words in common, mean of pairs"},
                     {"least", "Characters, least"},
                     {"median", "Median"},
                     {"most", "Most"},
                     {"forms", "Forms"},
                     {"first", "First"},
                     {"last", "Last"}};
    table.counts = 2;
    LensChart chart;
    chart.kind = LensChartKind::Bars;
    chart.title = "Length of answers to one input: median, least to most";
    chart.band = "least to most";
    chart.yAxis = {"characters", LensUnit::Characters, {}, {}, false};
    chart.series.push_back({"median", {}});
    std::uint64_t varied = 0;
    for (const Input& one : inputs) {
        Nanos first = noTime;
        Nanos last = noTime;
        for (const Row row : one.rows) {
            const Nanos start = corpus.spans.start(row);
            if (start == noTime)
                continue;
            first = first == noTime ? start : std::min(first, start);
            last = last == noTime ? start : std::max(last, start);
        }
        const std::string_view model = corpus.text(SpanText::ModelServed, one.rows.front());
        std::vector<Row> rows = one.rows;
        std::sort(rows.begin(), rows.end());
        table.rows.push_back(
            {{nameOf(corpus, one), model.empty() ? LensCell() : LensCell(std::string(model)),
              countCell(one.rows.size()), countCell(one.outputs.size()), LensNumber{one.similar, LensUnit::Share},
              LensNumber{one.least, LensUnit::Characters}, LensNumber{one.middle, LensUnit::Characters},
              LensNumber{one.most, LensUnit::Characters}, formsText(one.forms), timeCell(first), timeCell(last)},
             std::move(rows)});
        result.n += one.rows.size();
        varied += one.outputs.size() > 1 ? 1 : 0;
        if (chart.xAxis.categories.size() < mostBars) {
            LensPoint point =
                pointOf(table, table.rows.size() - 1, 6, static_cast<double>(chart.xAxis.categories.size()));
            point.low = one.least;
            point.high = one.most;
            chart.series[0].points.push_back(std::move(point));
            chart.xAxis.categories.push_back(std::get<std::string>(table.rows.back().cells[0]));
        }
    }
    if (!inputs.empty())
        result.charts.push_back(std::move(chart));
    const std::vector<Row> calls = modelCalls(input);
    if (whole < calls.size())
        result.missing.push_back(missingField("messages", calls.size() - whole, calls.size(),
                                              "Whether their input was sent before is not known: it or the answer is "
                                              "not, or not wholly recorded."));
    result.sentence =
        inputs.empty()
            ? "No input was sent " + std::to_string(least) + " times or more, as far as inputs are recorded."
            : countText(inputs.size(), "input") + " sent more than once, with " + countText(result.n, "answer") + ": " +
                  partText(varied, inputs.size()) + " of them got different answers.";
    return result;
}

} // namespace

Lens outputSpread()
{
    return {"output-spread",
            "Spread of answers to one input",
            "When the very same input is sent again, how different are length, form and words of the answers?",
            "Inputs that repeat by themselves are a biased sample: tests, retries and first messages. Similarity is an "
            "estimate from 32 hashes a text.",
            {{"messages", "served", "start"}, callLensColumns(), {callFactsDetector}},
            parameters,
            run};
}

} // namespace arcscope
