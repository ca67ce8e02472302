#include "arcanswer.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace arcscope
{
namespace
{

/// Values of a tag that are told apart; further ones are counted together.
constexpr std::size_t mostGroups = 500;
/// Tags by which another mix of arcs may be taken for a change.
constexpr std::array mixTags{SpanText::Plan, SpanText::Tenant, SpanText::Agent, SpanText::ModelServed,
                             SpanText::PromptVersion};

std::optional<SpanText> tagNamed(std::string_view word)
{
    if (word == "model")
        return SpanText::ModelServed;
    for (int i = 0; i < spanTextCount; ++i) {
        if (word == name(static_cast<SpanText>(i)))
            return static_cast<SpanText>(i);
    }
    return std::nullopt;
}

std::optional<ArcGrouping> groupingNamed(std::string_view word)
{
    using By = ArcGrouping::By;
    constexpr std::array<std::pair<std::string_view, By>, 5> others{{{"outcome", By::Outcome},
                                                                     {"day", By::Day},
                                                                     {"week", By::Week},
                                                                     {"hour", By::HourOfWeek},
                                                                     {"session_ordinal", By::SessionOrdinal}}};
    for (const auto& [named, by] : others) {
        if (word == named)
            return ArcGrouping{by};
    }
    if (const auto tag = tagNamed(word))
        return ArcGrouping{By::Tag, *tag, mostGroups};
    return std::nullopt;
}

Result<ArcSelection> selectionOf(const Options& options, std::string_view option)
{
    auto selection = parseArcSelection(options.get(option));
    return selection ? std::move(selection) : within(selection.error(), option);
}

std::vector<std::uint32_t> without(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> others)
{
    std::vector<std::uint32_t> rest;
    std::set_difference(rows.begin(), rows.end(), others.begin(), others.end(), std::back_inserter(rest));
    return rest;
}

} // namespace

Result<ArcQuestion> arcQuestionOf(const Options& options)
{
    ArcQuestion question;
    question.list = options.has("--list");
    if (options.has("--by")) {
        question.by = groupingNamed(options.get("--by"));
        if (!question.by)
            return Error{ErrorCode::Usage, "--by is a value of the spans, such as plan, tenant, model, prompt_version, "
                                           "or outcome, day, week, hour, session_ordinal"};
    }
    auto where = selectionOf(options, "--where");
    if (!where)
        return where.error();
    question.where = std::move(where).value();
    for (const auto& [option, into] :
         {std::pair{"--compare", &question.compare}, std::pair{"--against", &question.against},
          std::pair{"--differs", &question.differs}}) {
        if (!options.has(option))
            continue;
        auto selection = selectionOf(options, option);
        if (!selection)
            return selection.error();
        *into = std::move(selection).value();
    }
    if (question.against && !question.compare)
        return Error{ErrorCode::Usage, "--against needs --compare"};
    return question;
}

ArcAnswer answerTo(const ArcQuestion& question, const ArcCorpus& arcs, const StringTable& strings)
{
    ArcAnswer answer;
    answer.rows = select(question.where, arcs, strings);
    answer.summary = summarise(arcs, answer.rows);
    if (question.by)
        answer.groups = breakDown(arcs, answer.rows, *question.by);
    const auto among = [&](ArcSelection selection) {
        selection.among = answer.rows;
        return select(selection, arcs, strings);
    };
    if (question.compare) {
        const std::vector<std::uint32_t> before = among(*question.compare);
        const std::vector<std::uint32_t> after =
            question.against ? among(*question.against) : without(answer.rows, before);
        answer.comparison = compareArcs(arcs, before, after);
        for (const SpanText tag : mixTags) {
            ArcMixShift mix = mixShift(arcs, before, after, tag);
            if (mix.strata.size() > 1)
                answer.mixes.push_back(std::move(mix));
        }
    }
    if (question.differs) {
        std::vector<ArcColumn> leftOut;
        for (const ArcCondition& condition : question.differs->all)
            leftOut.push_back(condition.field->column);
        answer.differences = whatDiffers(arcs, answer.rows, among(*question.differs), leftOut);
    }
    return answer;
}

} // namespace arcscope
