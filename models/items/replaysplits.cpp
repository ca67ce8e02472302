#include "replaysplits.h"

#include "spancontent.h"
#include "workspace.h"

#include <algorithm>
#include <map>
#include <set>

namespace arcscope
{
namespace
{

constexpr std::size_t mostValues = 20;
constexpr std::size_t leastPerValue = 5;
constexpr std::size_t longestValue = 60;
constexpr std::size_t mostTags = 200;

constexpr SpanText splitTexts[] = {SpanText::PromptVersion, SpanText::PromptName, SpanText::Environment,
                                   SpanText::Service,       SpanText::Agent,      SpanText::Plan,
                                   SpanText::Tenant,        SpanText::Trigger,    SpanText::Device};

using Values = std::vector<std::string>; ///< by task

bool partsTasks(const Values& values)
{
    std::set<std::string_view> different;
    std::size_t tasks = 0;
    for (const std::string& value : values) {
        if (value.empty())
            continue;
        ++tasks;
        different.insert(value);
        if (different.size() > mostValues)
            return false;
    }
    return different.size() > 1 && tasks >= leastPerValue * different.size();
}

bool isLabel(const Attribute& attribute)
{
    return attribute.type == AttributeType::Text && !attribute.value.empty() &&
           attribute.value.size() <= longestValue && attribute.value.find_first_of("0123456789") != 0;
}

/// The run that tells of each task: the first of the first side that has one.
std::vector<std::uint32_t> tellingRuns(const ReplayPairing& pairing)
{
    std::vector<std::uint32_t> runs;
    for (const ReplayTask& task : pairing.tasks) {
        const auto side = std::find_if(task.runs.begin(), task.runs.end(), [](const auto& of) { return !of.empty(); });
        runs.push_back(side == task.runs.end() ? ReplaySide::none : side->front());
    }
    return runs;
}

} // namespace

std::vector<ReplaySplit> splitsOf(Workspace& workspace, const Corpus& corpus, const ReplayPairing& pairing)
{
    const std::vector<std::uint32_t> runs = tellingRuns(pairing);
    std::vector<std::pair<std::string, Values>> tags;
    for (const SpanText text : splitTexts) {
        if (!corpus.spans.has(columnOf(text)))
            continue;
        Values values(runs.size());
        for (std::size_t task = 0; task < runs.size(); ++task) {
            if (runs[task] == ReplaySide::none)
                continue;
            for (const Row row : corpus.rowsOf(pairing.runs[runs[task]].traces.front())) {
                if (!values[task].empty())
                    break;
                values[task] = corpus.text(text, row);
            }
        }
        tags.emplace_back(name(text), std::move(values));
    }
    std::map<std::string, Values> attributes;
    for (std::size_t task = 0; runs.size() <= mostSplitTasks && task < runs.size(); ++task) {
        if (runs[task] == ReplaySide::none)
            continue;
        const std::vector<Row> rows = corpus.rowsOf(pairing.runs[runs[task]].traces.front());
        const auto details = rows.empty() ? Result<SpanDetails>(Error{}) : loadDetails(workspace, corpus, rows.front());
        if (!details)
            continue;
        for (const Attribute& attribute : details->content.attributes) {
            if (!isLabel(attribute) || (attributes.size() == mostTags && !attributes.contains(attribute.key)))
                continue;
            Values& values = attributes[attribute.key];
            values.resize(runs.size());
            values[task] = attribute.value;
        }
    }
    for (auto& [key, values] : attributes)
        tags.emplace_back(key, std::move(values));
    std::vector<ReplaySplit> splits;
    for (const auto& [tag, values] : tags) {
        if (!partsTasks(values))
            continue;
        ReplaySplit& split = splits.emplace_back();
        split.tag = tag;
        for (std::uint32_t side = 1; side < pairing.sides; ++side)
            split.of.push_back(replayStrata(pairing, values, side));
    }
    return splits;
}

} // namespace arcscope
