#include "lensdifference.h"

#include "arcdashboard.h"
#include "session.h"
#include "spandifference.h"
#include "workspace.h"

#include <algorithm>
#include <iterator>

namespace arcscope
{
namespace
{

/// The fields that the chart is drawn by: those that the lens needs, and what the user chose.
std::vector<std::string_view> fieldsOf(const LensAnswer& answer)
{
    std::vector<std::string_view> fields = answer.lens->needs.fields;
    for (const LensParameter& parameter : answer.lens->parameters) {
        if (parameter.choices.empty())
            continue;
        const std::string_view word = answer.values.word(parameter);
        fields.push_back(word == "model" ? std::string_view("served") : word);
    }
    return fields;
}

std::vector<ArcColumn> columnsOf(const std::vector<std::string_view>& fields)
{
    std::vector<ArcColumn> columns;
    for (const std::string_view name : fields) {
        if (const ArcField* const field = arcField(name == "start" ? "time" : name))
            columns.push_back(field->column);
    }
    return columns;
}

LensResult ofArcs(const LensDifferenceAsk& ask, const std::vector<std::uint32_t>& among,
                  const std::vector<std::uint32_t>& chosen)
{
    const Corpus& corpus = *ask.arcs->corpus;
    ArcPanel panel = differencePanel(ask.arcs->arcs, corpus.strings, among, chosen, columnsOf(fieldsOf(*ask.of)));
    return std::move(panel.result);
}

} // namespace

LensAnswerPtr lensDifference(const OpenCorpus& open, const LensDifferenceAsk& ask, const Control& control)
{
    auto answer = std::make_shared<LensAnswer>();
    answer->lens = ask.of->lens;
    answer->values = ask.of->values;
    answer->corpus = ask.of->corpus;
    const auto nothing = [&](std::size_t chosen, std::size_t among, std::string_view things) {
        answer->problem = std::string("the box has ") +
                          (chosen == 0       ? "no "
                           : chosen == among ? "all "
                                             : "") +
                          std::string(things) + " of the chart: nothing to compare with";
        return answer;
    };
    if (ask.of->result->wholeWork && ask.arcs) {
        const auto among = arcsOfTraces(ask.arcs->arcs, tracesOf(*ask.of->corpus, ask.among));
        const auto chosen = arcsOfTraces(ask.arcs->arcs, tracesOf(*ask.of->corpus, ask.chosen));
        if (chosen.empty() || chosen.size() == among.size())
            return nothing(chosen.size(), among.size(), "task arcs");
        answer->result = std::make_shared<const LensResult>(ofArcs(ask, among, chosen));
        return answer;
    }
    if (ask.chosen.empty() || ask.chosen.size() == ask.among.size())
        return nothing(ask.chosen.size(), ask.among.size(), "spans");
    auto workspace = Workspace::open(open.session->workspace.path());
    if (!workspace) {
        answer->problem = workspace.error().message;
        return answer;
    }
    Corpus loaded = *ask.of->corpus; // shares its columns
    const std::vector<SpanColumn> columns = spanDifferenceColumns();
    if (auto more = workspace->loadColumns(loaded, columns, control); !more) {
        answer->problem = more.error().message;
        return answer;
    }
    auto result = spanDifference(loaded, ask.among, ask.chosen, fieldsOf(*ask.of), control);
    if (result)
        answer->result = std::make_shared<const LensResult>(std::move(*result));
    else
        answer->problem = result.error().message;
    return answer;
}

} // namespace arcscope
