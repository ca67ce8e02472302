#include "streamrules.h"

#include <utility>

namespace arcscope
{
namespace
{

struct RuleText {
    std::string_view word;
    std::string_view message;
};

constexpr std::array<RuleText, streamRuleCount> ruleTexts = {{
    {"sequence-order", "the events of a stream do not stand in the order of their numbers; they are read in it"},
    {"sequence-gap", "numbers are left out, so events of a stream are lost"},
    {"sequence-repeated", "two events of a stream have one number; where both are the same, one is taken"},
    {"sequence-missing", "an event has no number while others of its stream have one"},
    {"time-goes-back", "an event of a stream is earlier than the one before it"},
    {"unknown-event", "an event of a stream has a name that is not known; it is kept, and changes no text"},
    {"unknown-unit", "an offset without its unit is read in utf8_bytes; one in a unit that is not known is not used"},
    {"unknown-word", "block.type, chunk.kind or retract.evidence is none of the words that there are for it"},
    {"bad-number", "what has to be a whole number, 0 or more, is none; it is not used"},
    {"missing-attribute", "an event of a stream lacks what says which draft or which text it is about"},
    {"block-type-changes", "a block of a stream is of one type first and of another then"},
    {"offset-beyond-text", "an offset lies outside of the text, or of the draft, that is shown at that moment"},
    {"offset-inside-character", "an offset lies inside of a character; it is not used"},
    {"length-differs", "offset.end is not where the content of a chunk or draft ends; the content is believed"},
    {"accept-without-draft", "a draft is accepted that is not recorded, or that was settled before"},
    {"accept-end-unknown", "a draft is accepted in part, and nothing says which text that is"},
    {"counts-differ", "accepted and rejected tokens are not those of the draft, or not those of the text that stays"},
    {"draft-unsettled", "a stream ends with a draft that was neither accepted nor withdrawn"},
    {"retract-of-nothing", "a retraction ends where it starts, or before"},
    {"retract-before-commit", "text is withdrawn that was committed"},
    {"retract-unexplained", "a retraction has no reason or no evidence"},
    {"commit-goes-back", "a commit ends before text that was committed already"},
    {"content-after-end", "a stream goes on behind its end"},
    {"no-terminal-event", "a stream has no terminal event"},
}};

} // namespace

std::string_view word(RecordingRule rule)
{
    return ruleTexts[static_cast<std::size_t>(rule)].word;
}

std::vector<StreamDefect> StreamDefects::take()
{
    std::vector<StreamDefect> defects;
    for (std::size_t i = 0; i < streamRuleCount; ++i) {
        if (m_counts[i] == 0)
            continue;
        StreamDefect& defect = defects.emplace_back();
        defect.rule = static_cast<RecordingRule>(i);
        // Events that come late are put in their place: nothing is lost by it.
        defect.severity = defect.rule == RecordingRule::SequenceOrder ? Severity::Info : Severity::Warning;
        defect.message.append(ruleTexts[i].word).append(": ").append(ruleTexts[i].message);
        defect.count = std::exchange(m_counts[i], 0);
    }
    return defects;
}

} // namespace arcscope
