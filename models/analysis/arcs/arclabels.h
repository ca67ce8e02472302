// What the data say of the outcome: scores, rewards, feedback and assessments that judge the whole work.
#pragma once

#include "arcpiece.h"
#include "labelauthor.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What a label of that name judges.
///
/// | | names | decides |
/// |---|---|---|
/// | Whole | reward, resolved, correct, success, task outcome, task completion, goal, user feedback, thumbs, rating of
/// a user | wherever it stands | | Part | toxicity, groundedness, relevance, tone, length, … (partWords() in
/// arclabels.cpp) | never | | Ticket | status, state, resolution, outcome, resolved by, with the word "ticket" before |
/// on the trace, its root or its session, where it is closed | | Other | any other | on the trace, its root or its
/// session, where it says a plain yes or no: a word, a truth value, 0 or 1 |
enum class LabelScope : std::uint8_t { Whole, Part, Ticket, Other };
LabelScope labelScopeOf(std::string_view name);
bool isTicketLabel(std::string_view name); ///< LabelScope::Ticket

/// Lower case, and one blank for what lies between words: "taskCompletion", "task-completion" are "task completion".
std::string plainLabelName(std::string_view name);

/// What a word of a label says: "pass", "resolved", "I", "thumbs_down", "resolved_by_human".
struct LabelWord {
    ArcOutcome outcome = ArcOutcome::Unknown;
    ArcResolution resolution = ArcResolution::Unknown;
};
/// Nothing for a word that says neither.
std::optional<LabelWord> labelWordOf(std::string_view word);

/// A label as it stands in a record, before it is judged.
struct RecordedLabel {
    std::string name;
    std::string value; ///< a number, truth value or word; empty: not recorded
    std::string word;  ///< of a label beside a number: "resolved"; empty: none
    bool human = false;
    bool onWhole = false; ///< it stands on the trace, its root or its session
    ArcPlace place;
    std::span<const Attribute> fields{}; ///< among which it stands
    LabelFields whose = LabelFields::OfSpan;
    Nanos told = noTime; ///< of an event: when it happened
};

/// Nothing where it does not decide on the work. `successScore` as in ArcThresholds.
std::optional<ArcLabel> judged(const RecordedLabel& label, double successScore);

/// The deciding labels of a trace, in the order of rows. Those that name a task of their own on the way are in
/// `ofTasks`: their row has it.
void findLabels(TraceReading& trace, std::vector<ArcLabel>& into, std::vector<ArcLabel>& ofTasks);
/// Those of one row, of whatever task.
std::vector<ArcLabel> labelsOf(TraceReading& trace, Row row);

} // namespace arcscope
