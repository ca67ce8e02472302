#include "arcphases.h"

#include <algorithm>
#include <map>

namespace arcscope
{
namespace
{

using enum ArcPhase;
using Row8 = std::array<ArcPhase, arcStepCount>;

// request, response, accept, ignore, re_ask, regenerate, edit, escalate
constexpr std::array<Row8, arcPhaseCount> after{{
    {Asked, Answered, Open, Open, Doubted, Doubted, Doubted, HandedOver},               // open
    {Asked, Answered, Asked, Asked, Doubted, Doubted, Doubted, HandedOver},             // asked
    {Asked, Answered, Accepted, Answered, Doubted, Doubted, Doubted, HandedOver},       // answered
    {Asked, Retried, Doubted, Doubted, Doubted, Doubted, Doubted, HandedOver},          // doubted
    {Asked, Retried, Accepted, Retried, Doubted, Doubted, Doubted, HandedOver},         // retried
    {Asked, Accepted, Accepted, Accepted, Doubted, Doubted, Doubted, HandedOver},       // accepted
    {Asked, HandedOver, HandedOver, HandedOver, Doubted, Doubted, Doubted, HandedOver}, // handed over
}};

/// Of labels of one name the latest; in the order of their first.
std::vector<const ArcLabel*> latestOfEach(std::span<const ArcLabel* const> labels)
{
    std::vector<const ArcLabel*> kept;
    for (const ArcLabel* label : labels) {
        const auto same =
            std::find_if(kept.begin(), kept.end(), [&](const ArcLabel* one) { return one->name == label->name; });
        if (same == kept.end())
            kept.push_back(label);
        else if ((*same)->place.time == noTime || label->place.time == noTime ||
                 label->place.time >= (*same)->place.time)
            *same = label;
    }
    return kept;
}

ArcVerdict verdictBy(const ArcLabel& label)
{
    ArcVerdict verdict;
    verdict.outcome = label.outcome;
    verdict.resolution = label.resolution;
    verdict.source = ArcSource::DataLabel;
    verdict.rule = "label: " + label.name;
    verdict.author = label.author;
    verdict.row = label.place.row;
    verdict.score = label.score;
    verdict.time = label.place.time;
    return verdict;
}

ArcVerdict verdict(ArcOutcome outcome, ArcResolution resolution, std::string rule, const ArcPlace& place,
                   ArcSource source = ArcSource::Rule)
{
    ArcVerdict made;
    made.outcome = outcome;
    made.resolution = resolution;
    made.source = source;
    made.rule = (source == ArcSource::UserAction ? "user: " : "rule: ") + std::move(rule);
    made.row = place.row;
    made.time = place.time;
    return made;
}

} // namespace

ArcPhase arcPhaseAfter(ArcPhase phase, ArcStep step)
{
    return after[static_cast<std::size_t>(phase)][static_cast<std::size_t>(step)];
}

std::string_view name(ArcPhase phase)
{
    constexpr auto words =
        std::to_array<std::string_view>({"open", "asked", "answered", "doubted", "retried", "accepted", "handed over"});
    static_assert(words.size() == arcPhaseCount);
    return words[static_cast<std::size_t>(phase)];
}

ArcVerdict verdictOfLabels(std::span<const ArcLabel* const> labels)
{
    std::vector<const ArcLabel*> kept = latestOfEach(labels);
    if (std::any_of(kept.begin(), kept.end(), [](const ArcLabel* label) { return label->named; }))
        std::erase_if(kept, [](const ArcLabel* label) { return !label->named; });
    if (kept.empty())
        return {};
    const bool agree = std::all_of(kept.begin(), kept.end(),
                                   [&](const ArcLabel* label) { return label->outcome == kept.front()->outcome; });
    if (agree)
        return verdictBy(*kept.back());
    const ArcLabel* human = nullptr;
    for (const ArcLabel* label : kept) {
        if (label->human && (!human || human->place.time == noTime || label->place.time >= human->place.time))
            human = label;
    }
    if (human)
        return verdictBy(*human);
    ArcVerdict verdict;
    verdict.source = ArcSource::DataLabel;
    verdict.row = kept.back()->place.row;
    verdict.rule = "labels disagree: ";
    for (const ArcLabel* label : kept)
        verdict.rule += (label == kept.front() ? "" : ", ") + label->name + ' ' + label->value;
    return verdict;
}

ArcVerdict verdictOfSteps(std::span<const ArcPieceEvent* const> events, const ArcEnd& end)
{
    ArcPhase phase = ArcPhase::Open;
    const ArcPieceEvent* accepted = nullptr;
    const ArcPieceEvent* handed = nullptr;
    const ArcPieceEvent* doubted = nullptr;
    const ArcPieceEvent* last = nullptr;
    int doubts = 0;
    bool left = false;
    for (const ArcPieceEvent* event : events) {
        const ArcPhase before = phase;
        phase = arcPhaseAfter(phase, event->step);
        left = event->step == ArcStep::Ignore || (left && event->step == ArcStep::Response);
        last = event;
        if (phase == ArcPhase::Asked || phase == ArcPhase::Accepted)
            doubts = 0;
        if (phase == ArcPhase::Doubted && event->step != ArcStep::Accept && event->step != ArcStep::Ignore) {
            ++doubts;
            doubted = event;
        }
        if (phase == ArcPhase::Accepted && before != ArcPhase::Accepted)
            accepted = event;
        if (phase == ArcPhase::HandedOver && before != ArcPhase::HandedOver)
            handed = event;
    }
    using enum ArcOutcome;
    const auto sourceOf = [](const ArcPieceEvent& event) {
        return event.source == ArcSource::UserAction ? ArcSource::UserAction : ArcSource::Rule;
    };
    const auto ruleOf = [](const ArcPieceEvent& event) {
        return event.rule.empty() ? std::string(name(event.step)) : event.rule;
    };
    if (end.declined && phase != ArcPhase::Accepted)
        return verdict(Declined, ArcResolution::Declined, "the last answer declines", end.place);
    if (phase == ArcPhase::HandedOver)
        return verdict(Deferred, ArcResolution::Unknown, ruleOf(*handed), handed->place, sourceOf(*handed));
    if (end.failed && phase != ArcPhase::Accepted)
        return verdict(Failed, ArcResolution::Failed,
                       "the run ended with " + (end.word.empty() ? std::string("an error") : end.word), end.place);
    if (phase == ArcPhase::Accepted)
        return verdict(Succeeded, ArcResolution::Resolved, ruleOf(*accepted), accepted->place, sourceOf(*accepted));
    if (doubts >= 2 && (phase == ArcPhase::Doubted || phase == ArcPhase::Retried))
        return verdict(Failed, ArcResolution::Abandoned, "asked again and left", doubted->place);
    if (end.openQuestion && last && last->step == ArcStep::Response)
        return verdict(Failed, ArcResolution::Abandoned, "question left open", last->place);
    if (end.written && left)
        return verdict(Succeeded, ArcResolution::Resolved, "last write succeeded", last->place);
    return {};
}

} // namespace arcscope
