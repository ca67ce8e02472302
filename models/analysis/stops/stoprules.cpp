#include "stoprules.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

using enum StopBucket;

constexpr std::array<StopRule, stopRuleCount> rules{{
    {"cancelled", ExternalStop, "Somebody stopped it: its word, its status or an event of its stream says so."},
    {"timed_out", ExternalStop, "It took longer than it was given."},
    {"run_limit", ExternalStop, "The run was out of turns, money, tokens or quota."},
    {"provider_error", ExternalStop,
     "It ended with an error: of the provider, of the way to it, or of the program that ran it."},
    {"no_terminal_event", ExternalStop,
     "Its stream breaks off: no word, no error and no end is recorded, as other streams of the source have it."},
    {"repeated_text", DegenerateLoop, "At its end the text says the same again and again."},
    {"repeated_call", DegenerateLoop,
     "It asks for a call that it has made at least three times before in a row, and each gave the same result."},
    {"repetition_word", DegenerateLoop, "The server stopped a repetition, and says so."},
    {"declining_word", Declined, "The word says that it was refused, filtered or stopped by a guardrail."},
    {"refusal_part", Declined, "The answer has a part that the vendor marks as a refusal."},
    {"refusal_in_prose", Declined, "The text declines what it was asked for (English)."},
    {"refusal_phrase", Declined,
     "Its first sentence has a phrase that declines, of a list for ten languages; no model of them was trained."},
    {"length_word", BudgetCut, "The word says that the limit of output tokens was reached."},
    {"context_word", BudgetCut, "The word says that the context window was full."},
    {"token_limit", BudgetCut, "It wrote as many tokens as the request allowed."},
    {"window_full", BudgetCut, "Input and output fill at least 98 % of the context window that is recorded."},
    {"tool_call", Handoff, "It asks for a tool."},
    {"pause_word", Handoff, "The word says that the same turn goes on in another call."},
    {"malformed_call", Handoff, "The word says that what it wrote, mostly a tool call, cannot be read."},
    {"open_code", SilentTruncation, "A block of code is open where the text ends."},
    {"open_json", SilentTruncation, "The text is the beginning of a JSON document."},
    {"open_structure", SilentTruncation, "A bracket, quote, emphasis or row of a table is open where the text ends."},
    {"missing_items", SilentTruncation, "The text announces more items than it gives."},
    {"promised_action", SilentTruncation, "It ends with what it is about to do next, and does not do it."},
    {"mid_sentence", SilentTruncation, "The text ends within a word or sentence."},
    {"action_without_call", FalseCompletion,
     "It says that it has done something, and no call before it could have done so."},
    {"success_after_error", FalseCompletion, "It says that something went well, and the last call for it failed."},
    {"missing_fields", FalseCompletion,
     "It is a whole JSON document, and lacks a member that the schema of the request asks for."},
    {"open_items", FalseCompletion,
     "It says that all is done, and in the list that it wrote last items are open that were never begun."},
    {"ends_whole", Complete, "None of the others holds, and the answer ends as a whole one does."},
    {"unlisted_word", Unknown, "None of the others holds, and the word is one that nobody lists or that says nothing."},
    {"no_evidence", Unknown, "Neither an answer nor anything else that would tell is recorded."},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, stopBucketCount> buckets{{
    {"external_stop", "external stop"},
    {"degenerate_loop", "degenerate loop"},
    {"declined", "declined"},
    {"budget_cut", "budget cut"},
    {"handoff", "hand-off"},
    {"silent_truncation", "silent truncation"},
    {"false_completion", "false completion"},
    {"complete", "complete"},
    {"unknown", "unknown"},
}};

constexpr std::array<std::string_view, stopFlagCount> flagNames{
    "mid_structure",      "unanswered",  "malformed_call", "policy_refusal",
    "capability_refusal", "looks_whole", "nothing_said"};

} // namespace

std::span<const StopRule> stopRules()
{
    return rules;
}

const StopRule* stopRuleNamed(std::string_view name)
{
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const StopRule& rule) { return rule.name == name; });
    return found == rules.end() ? nullptr : &*found;
}

std::string_view name(StopBucket bucket)
{
    return buckets[static_cast<std::size_t>(bucket)].first;
}

std::string_view label(StopBucket bucket)
{
    return buckets[static_cast<std::size_t>(bucket)].second;
}

std::vector<StopFlag> stopFlags(std::uint16_t bits)
{
    std::vector<StopFlag> flags;
    for (int i = 0; i < stopFlagCount; ++i) {
        if ((bits >> i & 1) != 0)
            flags.push_back(static_cast<StopFlag>(1 << i));
    }
    return flags;
}

std::string_view name(StopFlag flag)
{
    int at = 0;
    while ((bit(flag) >> at & 1) == 0)
        ++at;
    return flagNames[static_cast<std::size_t>(at)];
}

} // namespace arcscope
