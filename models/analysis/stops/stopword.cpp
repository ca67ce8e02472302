#include "stopword.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace arcscope
{
namespace
{

using enum StopClaim;

/// By spelling without case, "_", "-" and spaces.
constexpr auto claims = std::to_array<std::pair<std::string_view, StopClaim>>({
    {"abort", Cancelled},
    {"aborted", Cancelled},
    {"abortedstreaming", Cancelled},
    {"abortedtools", Cancelled},
    {"agentstop", Complete},
    {"apierror", Error},
    {"biopolicy", ContentFilter},
    {"blockedreasonunspecified", Unknown},
    {"blockinglimit", RunLimit},
    {"blocklist", ContentFilter},
    {"budgetexhausted", RunLimit},
    {"budgetlimited", RunLimit},
    {"canceled", Cancelled},
    {"cancelled", Cancelled},
    {"clientcancelled", Cancelled},
    {"compaction", Compaction},
    {"complete", Complete},
    {"completed", Complete},
    {"contentfilter", ContentFilter},
    {"contentfiltered", ContentFilter},
    {"context", ContextWindow},
    {"contextwindowexceeded", ContextWindow},
    {"continuation", Pause},
    {"cost", RunLimit},
    {"custom", RunLimit},
    {"dataresidencymismatch", Error},
    {"done", Complete},
    {"earlyexit", Cancelled},
    {"emptyimagefile", Error},
    {"endturn", Complete},
    {"eostoken", Complete},
    {"error", Error},
    {"errorduringexecution", Error},
    {"errorlimit", ContextWindow},
    {"errormaxbudgetusd", RunLimit},
    {"errormaxstructuredoutputretries", Malformed},
    {"errormaxturns", RunLimit},
    {"errortoxic", ContentFilter},
    {"exitapi", Error},
    {"exitcommandtimeout", Timeout},
    {"exitcontext", ContextWindow},
    {"exitcost", RunLimit},
    {"exitearly", Cancelled},
    {"exitenvironmenterror", Error},
    {"exiterror", Error},
    {"exitforfeit", Refusal},
    {"exitformat", Malformed},
    {"exittotalexecutiontime", Timeout},
    {"failed", Error},
    {"failedtodownloadimage", Error},
    {"finished", Complete},
    {"finishreasonunspecified", Unknown},
    {"functioncall", ToolCall},
    {"guardrailintervened", Guardrail},
    {"hookstopped", Cancelled},
    {"imagecontentpolicyviolation", ContentFilter},
    {"imageerror", Error},
    {"imagefilenotfound", Error},
    {"imagefiletoolarge", Error},
    {"imageother", Unknown},
    {"imageparseerror", Error},
    {"imageprohibitedcontent", ContentFilter},
    {"imagerecitation", Recitation},
    {"imagesafety", ContentFilter},
    {"imagetoolarge", Error},
    {"imagetoosmall", Error},
    {"incomplete", Unknown},
    {"inprogress", Unknown},
    {"inputrequired", Pause},
    {"insufficientsystemresource", Error},
    {"interrupted", Cancelled},
    {"invalidbaseimage", Error},
    {"invalidimage", Error},
    {"invalidimageformat", Error},
    {"invalidimagemode", Error},
    {"invalidimageurl", Error},
    {"invalidprompt", Error},
    {"jailbreak", ContentFilter},
    {"language", ContentFilter},
    {"length", Length},
    {"load", Unknown},
    {"malformedfunctioncall", Malformed},
    {"malformedmodeloutput", Malformed},
    {"malformedtooluse", Malformed},
    {"malformedtooluseexhausted", Malformed},
    {"maxiterations", RunLimit},
    {"maxoutputtokens", Length},
    {"maxsteps", RunLimit},
    {"maxtokens", Length},
    {"maxturns", RunLimit},
    {"maxturnsexceeded", RunLimit},
    {"message", RunLimit},
    {"missingthoughtsignature", Malformed},
    {"modelarmor", Guardrail},
    {"modelcontextwindowexceeded", ContextWindow},
    {"modelerror", Error},
    {"modellength", ContextWindow},
    {"noimage", Unknown},
    {"operator", Cancelled},
    {"other", Unknown},
    {"pauseturn", Pause},
    {"prohibitedcontent", ContentFilter},
    {"prompttoolong", ContextWindow},
    {"queued", Unknown},
    {"quotaexceeded", RunLimit},
    {"ratelimited", RunLimit},
    {"ratelimitexceeded", RunLimit},
    {"recitation", Recitation},
    {"refusal", Refusal},
    {"repetition", Malformed},
    {"replaced", Cancelled},
    {"requiresaction", ToolCall},
    {"retriesexhausted", Error},
    {"reviewended", Complete},
    {"safety", ContentFilter},
    {"servererror", Error},
    {"skipped", Cancelled},
    {"spii", ContentFilter},
    {"stop", Complete},
    {"stophookprevented", Cancelled},
    {"stopsequence", StopSequence},
    {"submitted", Complete},
    {"success", Complete},
    {"time", Timeout},
    {"timeout", Timeout},
    {"token", RunLimit},
    {"toolcall", ToolCall},
    {"toolcalls", ToolCall},
    {"tooldeferred", Pause},
    {"tooluse", ToolCall},
    {"toomanyerrors", Error},
    {"toomanytoolcalls", Malformed},
    {"turn", RunLimit},
    {"turndetected", Cancelled},
    {"unexpectedtoolcall", Malformed},
    {"unload", Unknown},
    {"unsupportedimagemediatype", Error},
    {"usagelimitexceeded", RunLimit},
    {"usagelimitreached", RunLimit},
    {"usercancel", Cancelled},
    {"userstop", Complete},
    {"vectorstoretimeout", Timeout},
    {"working", Timeout},
});

constexpr auto anthropic =
    std::to_array<std::string_view>({"end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal",
                                     "model_context_window_exceeded", "compaction"});
constexpr auto openAiChat =
    std::to_array<std::string_view>({"stop", "length", "tool_calls", "content_filter", "function_call"});
constexpr auto openAiResponses = std::to_array<std::string_view>({"completed",
                                                                  "failed",
                                                                  "cancelled",
                                                                  "incomplete",
                                                                  "in_progress",
                                                                  "queued",
                                                                  "max_output_tokens",
                                                                  "content_filter",
                                                                  "server_error",
                                                                  "rate_limit_exceeded",
                                                                  "invalid_prompt",
                                                                  "data_residency_mismatch",
                                                                  "bio_policy",
                                                                  "vector_store_timeout",
                                                                  "invalid_image",
                                                                  "invalid_image_format",
                                                                  "invalid_base64_image",
                                                                  "invalid_image_url",
                                                                  "invalid_image_mode",
                                                                  "image_too_large",
                                                                  "image_too_small",
                                                                  "image_parse_error",
                                                                  "image_content_policy_violation",
                                                                  "image_file_too_large",
                                                                  "image_file_not_found",
                                                                  "empty_image_file",
                                                                  "unsupported_image_media_type",
                                                                  "failed_to_download_image"});
constexpr auto openAiRealtime =
    std::to_array<std::string_view>({"turn_detected", "client_cancelled", "max_output_tokens", "content_filter"});
constexpr auto gemini = std::to_array<std::string_view>({"FINISH_REASON_UNSPECIFIED",
                                                         "STOP",
                                                         "MAX_TOKENS",
                                                         "SAFETY",
                                                         "RECITATION",
                                                         "LANGUAGE",
                                                         "OTHER",
                                                         "BLOCKLIST",
                                                         "PROHIBITED_CONTENT",
                                                         "SPII",
                                                         "MALFORMED_FUNCTION_CALL",
                                                         "UNEXPECTED_TOOL_CALL",
                                                         "TOO_MANY_TOOL_CALLS",
                                                         "IMAGE_SAFETY",
                                                         "IMAGE_PROHIBITED_CONTENT",
                                                         "IMAGE_RECITATION",
                                                         "IMAGE_OTHER",
                                                         "NO_IMAGE",
                                                         "CONTINUATION",
                                                         "MISSING_THOUGHT_SIGNATURE",
                                                         "MODEL_ARMOR",
                                                         "JAILBREAK",
                                                         "BLOCKED_REASON_UNSPECIFIED"});
constexpr auto bedrock = std::to_array<std::string_view>(
    {"end_turn", "tool_use", "max_tokens", "stop_sequence", "guardrail_intervened", "content_filtered",
     "malformed_model_output", "malformed_tool_use", "model_context_window_exceeded"});
constexpr auto cohere =
    std::to_array<std::string_view>({"COMPLETE", "STOP_SEQUENCE", "MAX_TOKENS", "TOOL_CALL", "ERROR", "TIMEOUT",
                                     "ERROR_TOXIC", "ERROR_LIMIT", "USER_CANCEL"});
constexpr auto mistral = std::to_array<std::string_view>({"stop", "length", "model_length", "tool_calls", "error"});
constexpr auto ollama = std::to_array<std::string_view>({"stop", "length", "load", "unload"});
constexpr auto servers = std::to_array<std::string_view>(
    {"stop", "length", "abort", "error", "repetition", "tool_calls", "eos_token", "stop_sequence"});
constexpr auto deepSeek = std::to_array<std::string_view>(
    {"stop", "length", "tool_calls", "content_filter", "insufficient_system_resource", "error"});
constexpr auto claudeCode = std::to_array<std::string_view>(
    {"success", "error_max_turns", "error_max_budget_usd", "error_during_execution",
     "error_max_structured_output_retries", "completed", "max_turns", "budget_exhausted", "blocking_limit",
     "prompt_too_long", "model_error", "api_error", "image_error", "malformed_tool_use_exhausted", "aborted_streaming",
     "aborted_tools", "hook_stopped", "stop_hook_prevented", "tool_deferred"});
constexpr auto codex = std::to_array<std::string_view>(
    {"interrupted", "replaced", "review_ended", "budget_limited", "usage_limit_exceeded", "context_window_exceeded"});
constexpr auto pi = std::to_array<std::string_view>({"stop", "length", "toolUse", "error", "aborted"});
constexpr auto sweAgent = std::to_array<std::string_view>(
    {"submitted", "exit_cost", "exit_context", "exit_error", "exit_format", "exit_forfeit", "exit_api",
     "exit_command_timeout", "exit_total_execution_time", "exit_environment_error", "early_exit", "skipped"});
constexpr auto inspect = std::to_array<std::string_view>({"success", "error", "cancelled", "message", "turn", "time",
                                                          "working", "token", "cost", "context", "operator", "custom"});
constexpr auto aiSdk =
    std::to_array<std::string_view>({"stop", "length", "content-filter", "tool-calls", "error", "other"});
constexpr auto mcp = std::to_array<std::string_view>({"endTurn", "stopSequence", "maxTokens", "toolUse"});

constexpr auto vocabularies = std::to_array<StopVocabulary>({
    {"Anthropic", anthropic},
    {"OpenAI chat", openAiChat},
    {"OpenAI responses", openAiResponses},
    {"OpenAI realtime", openAiRealtime},
    {"Gemini", gemini},
    {"Bedrock", bedrock},
    {"Cohere", cohere},
    {"Mistral", mistral},
    {"Ollama", ollama},
    {"vLLM, SGLang, TGI", servers},
    {"DeepSeek, OpenRouter", deepSeek},
    {"AI SDK", aiSdk},
    {"MCP sampling", mcp},
    {"Claude Code", claudeCode},
    {"Codex", codex},
    {"pi", pi},
    {"SWE-agent", sweAgent},
    {"Inspect", inspect},
});

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const StopClaim* find(std::string_view word)
{
    std::string spelling;
    for (const char c : word) {
        if (isLetter(c))
            spelling += static_cast<char>(c | 0x20);
    }
    const auto listed = [](std::string_view text) -> const StopClaim* {
        const auto at = std::lower_bound(claims.begin(), claims.end(), text,
                                         [](const auto& entry, std::string_view key) { return entry.first < key; });
        return at != claims.end() && at->first == text ? &at->second : nullptr;
    };
    // "FinishReason.STOP", "FINISH_REASON_STOP": the type stands before its value.
    for (const std::string_view type : {"finishreason", "stopreason"}) {
        if (!listed(spelling) && spelling.starts_with(type))
            spelling.erase(0, type.size());
    }
    return listed(spelling);
}

/// The last word of a list that is known.
const StopClaim* findLast(std::string_view words)
{
    constexpr std::string_view between = ",;[]\"' ";
    const StopClaim* found = nullptr;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find_first_of(between), words.size());
        if (const StopClaim* const claim = find(words.substr(0, end)))
            found = claim;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return found;
}

} // namespace

std::string_view name(StopClaim claim)
{
    constexpr std::array<std::string_view, stopClaimCount> names{
        "not recorded", "complete",  "stop sequence",  "length",    "context window", "tool call",
        "pause",        "refusal",   "content filter", "guardrail", "recitation",     "malformed",
        "compaction",   "cancelled", "timeout",        "error",     "run limit",      "unknown"};
    return names[static_cast<std::size_t>(claim)];
}

StopClaim claimOf(std::string_view word)
{
    if (word.empty())
        return NotRecorded;
    const StopClaim* const known = find(word) ? find(word) : findLast(word);
    return known ? *known : Unknown;
}

bool isKnownStopWord(std::string_view word)
{
    return find(word) || findLast(word);
}

std::span<const StopVocabulary> stopVocabularies()
{
    return vocabularies;
}

} // namespace arcscope
