#include "replay.h"

#include "replaystep.h"

#include <array>
#include <cstddef>

namespace arcscope
{
namespace
{

template <std::size_t count, typename Value>
std::string_view nameIn(const std::array<std::string_view, count>& names, Value value)
{
    const auto i = static_cast<std::size_t>(value);
    return i < count ? names[i] : std::string_view();
}

struct ReasonWords {
    std::string_view name;
    std::string_view label;
};

constexpr auto reasonWords = std::to_array<ReasonWords>({
    {"input_not_recorded", "input not recorded"},
    {"system_prompt_differs", "other instructions"},
    {"user_turn_differs", "the user said something else"},
    {"history_differs", "an earlier answer differs"},
    {"tool_result_differs", "an equal call gave something else"},
    {"tools_stubbed", "tools were stubbed"},
    {"tools_live", "tools ran live"},
    {"tool_mode_not_recorded", "not recorded whether tools ran live"},
    {"tool_list_differs", "other tools were offered"},
    {"retrieval_differs", "other documents were given"},
    {"retrieval_version_not_recorded", "version of documents not recorded"},
    {"memory_differs", "other memory"},
    {"cache_read_differs", "only one read its prompt from a cache"},
    {"parameters_differ", "other parameters"},
    {"parameters_not_recorded", "parameters not recorded"},
    {"time_between", "more than a day between both"},
    {"effect_gone", "a record is not there any more"},
    {"document_gone", "a document is not there any more"},
    {"behind_divergence", "behind the first divergence"},
    {"without_counterpart", "only one run has it"},
    {"input_differs", "the input differs"},
});
static_assert(reasonWords.size() == replayReasonCount);

std::size_t placeOf(ReplayReason reason)
{
    std::size_t place = 0;
    while (place < reasonWords.size() && (bit(reason) >> place) != 1)
        ++place;
    return place;
}

bool isDone(ArcOutcome outcome)
{
    return outcome == ArcOutcome::Succeeded;
}

} // namespace

bool judgedApart(const ReplayRun& base, const ReplayRun& candidate)
{
    const auto isPerson = [](const std::string& judge) { return judge == "person" || judge.starts_with("person "); };
    return !base.judge.empty() && !candidate.judge.empty() && base.judge != candidate.judge &&
           !(isPerson(base.judge) && isPerson(candidate.judge));
}

ReplayChange changeBetween(const ReplayRun& base, const ReplayRun& candidate)
{
    if (judgedApart(base, candidate))
        return ReplayChange::NotKnown;
    if (base.score == noScore || candidate.score == noScore)
        return flipBetween(base, candidate);
    if (base.score == candidate.score)
        return ReplayChange::Tie;
    return base.score < candidate.score ? ReplayChange::Gain : ReplayChange::Regression;
}

ReplayChange flipBetween(const ReplayRun& base, const ReplayRun& candidate)
{
    if (judgedApart(base, candidate) || base.outcome == ArcOutcome::Unknown || candidate.outcome == ArcOutcome::Unknown)
        return ReplayChange::NotKnown;
    if (isDone(base.outcome) == isDone(candidate.outcome))
        return ReplayChange::Tie;
    return isDone(candidate.outcome) ? ReplayChange::Gain : ReplayChange::Regression;
}

std::string_view name(ReplayClass one)
{
    return nameIn(std::to_array<std::string_view>({"same", "wording", "path", "effect"}), one);
}

std::string_view name(ReplayDifference difference)
{
    return nameIn(std::to_array<std::string_view>(
                      {"identical", "format-only", "reworded", "content", "tool-call", "stop-bucket", "declined"}),
                  difference);
}

std::string_view name(ReplayDetail detail)
{
    return nameIn(std::to_array<std::string_view>(
                      {"", "value", "polarity", "added", "dropped", "name", "argument", "order", "effect"}),
                  detail);
}

std::string_view name(ReplayValidity validity)
{
    return nameIn(std::to_array<std::string_view>({"context-equal", "partial", "off-rails", "void"}), validity);
}

std::string_view name(ReplayReason reason)
{
    const std::size_t place = placeOf(reason);
    return place < reasonWords.size() ? reasonWords[place].name : std::string_view();
}

std::string_view label(ReplayReason reason)
{
    const std::size_t place = placeOf(reason);
    return place < reasonWords.size() ? reasonWords[place].label : std::string_view();
}

std::string_view name(ReplayKey key)
{
    return nameIn(std::to_array<std::string_view>({"manual", "expression", "task", "input", "file"}), key);
}

std::string_view name(ReplayGap gap)
{
    return nameIn(std::to_array<std::string_view>({"", "no_candidate", "no_base", "no_key"}), gap);
}

std::string_view name(ReplayChange change)
{
    return nameIn(std::to_array<std::string_view>({"tie", "gain", "regression", "not_known"}), change);
}

std::string_view name(ReplayStepKind kind)
{
    return nameIn(std::to_array<std::string_view>({"system", "user", "answer", "tool call", "agent", "environment"}),
                  kind);
}

std::vector<ReplayReason> replayReasons(std::uint32_t bits)
{
    std::vector<ReplayReason> out;
    for (int i = 0; i < replayReasonCount; ++i) {
        if ((bits >> i & 1U) != 0)
            out.push_back(static_cast<ReplayReason>(1U << i));
    }
    return out;
}

} // namespace arcscope
