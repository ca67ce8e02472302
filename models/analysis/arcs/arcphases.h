// How a task arc goes from step to step, and what became of it: labels first, then what the user did, then rules.
#pragma once

#include "arcpiece.h"

#include <array>
#include <span>
#include <string>

namespace arcscope
{

/// Where the work stands between two steps.
enum class ArcPhase : std::uint8_t {
    Open,     ///< nothing was asked yet
    Asked,    ///< an answer is due
    Answered, ///< nobody said what he thinks of it
    Doubted,  ///< asked again, to be made again, or corrected
    Retried,  ///< answered after that
    Accepted,
    HandedOver,
};
inline constexpr int arcPhaseCount = 7;

/// The phase that a step leads to:
///
/// |             | request | response   | accept     | ignore     | re_ask  | regenerate | edit    | escalate    |
/// |-------------|---------|------------|------------|------------|---------|------------|---------|-------------|
/// | open        | asked   | answered   | open       | open       | doubted | doubted    | doubted | handed over |
/// | asked       | asked   | answered   | asked      | asked      | doubted | doubted    | doubted | handed over |
/// | answered    | asked   | answered   | accepted   | answered   | doubted | doubted    | doubted | handed over |
/// | doubted     | asked   | retried    | doubted    | doubted    | doubted | doubted    | doubted | handed over |
/// | retried     | asked   | retried    | accepted   | retried    | doubted | doubted    | doubted | handed over |
/// | accepted    | asked   | accepted   | accepted   | accepted   | doubted | doubted    | doubted | handed over |
/// | handed over | asked   | handed over| handed over| handed over| doubted | doubted    | doubted | handed over |
ArcPhase arcPhaseAfter(ArcPhase phase, ArcStep step);

std::string_view name(ArcPhase phase); ///< "open", "asked", …, "handed over"

/// How an arc ended. `rule` tells why: "label: reward", "user: accept", "rule: transfer tool".
struct ArcVerdict {
    ArcOutcome outcome = ArcOutcome::Unknown;
    ArcResolution resolution = ArcResolution::Unknown;
    ArcSource source = ArcSource::None;
    std::string rule;
    std::string author;           ///< of the label that decided: ArcLabel::author
    Row row = noRow;              ///< that shows it
    std::int64_t score = noScore; ///< millionths
    Nanos time = noTime;          ///< of the step that decided; noTime: none did, or not recorded
};

/// By the labels. Of labels of one name the latest counts, of others those that are named for the whole work before
/// the rest; where they disagree the latest of a person, else nothing: the rule then names them. Source None: there is
/// no label.
ArcVerdict verdictOfLabels(std::span<const ArcLabel* const> labels);

/// Where no label decides. The first that holds:
///
/// | rule | when | outcome |
/// |---|---|---|
/// | the last answer declines | a stop of that bucket, and nobody accepted it | declined |
/// | handed over | phase | deferred |
/// | the run failed | its exit is an error or a limit, and nobody accepted what came | failed |
/// | accepted | phase | succeeded |
/// | asked again and left | twice or more since the last request or acceptance, then nothing | failed, abandoned |
/// | question left open | the last answer asks for what the work needs, and nobody answers | failed, abandoned |
/// | last write succeeded | a call that changes a record, then a closing of the user | succeeded |
///
/// Silence after an answer is unknown. That users say that they are content tells little of whether they should be: of
/// tau-bench's airline trials that end so the reward was full for 25 of 98, of its retail trials for 52 of 66.
ArcVerdict verdictOfSteps(std::span<const ArcPieceEvent* const> events, const ArcEnd& end);

} // namespace arcscope
