#include "toolwords.h"

#include "jsonread.h"
#include "turnacts.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

template <std::size_t n>
bool isOneOf(std::string_view word, const std::array<std::string_view, n>& words)
{
    return std::ranges::find(words, word) != words.end();
}

constexpr auto readWords = std::to_array<std::string_view>(
    {"get",      "read",     "fetch", "load",      "show",     "view",    "lookup", "recall",
     "retrieve", "describe", "find",  "list",      "search",   "query",   "check",  "grep",
     "glob",     "ls",       "cat",   "calculate", "count",    "browse",  "status", "inspect",
     "peek",     "validate", "think", "websearch", "webfetch", "weather", "now",    "time"});
constexpr auto writeWords = std::to_array<std::string_view>(
    {"write",   "update", "set",    "put",    "patch",    "save",     "edit",   "replace",   "upsert",
     "store",   "modify", "delete", "remove", "create",   "insert",   "add",    "send",      "post",
     "book",    "cancel", "refund", "return", "exchange", "transfer", "pay",    "charge",    "submit",
     "publish", "commit", "push",   "merge",  "upload",   "move",     "rename", "overwrite", "remember",
     "forget",  "notify", "reply",  "assign", "close",    "schedule", "order",  "buy"});
constexpr auto anyWords = std::to_array<std::string_view>(
    {"bash", "shell", "exec", "execute", "run", "python", "terminal", "command", "sql", "eval", "code", "script"});

constexpr auto failureWords = std::to_array<std::string_view>(
    {" fail",           " unable ",       " could not ",     " couldn't ",    " can not ",     " cannot ",
     " can't ",         " error",         " exception",      " timed out ",   " timeout",      " time out ",
     " not available ", " unavailable ",  " unreachable ",   " no response ", " did not work", " didn't work",
     " not respond",    " refused ",      " denied ",        " crash",        " broken ",      " invalid ",
     " not found ",     " doesn't exist", " does not exist", " wasn't able ", " not able ",    " unsuccessful",
     " problem",        " issue ",        " issues ",        " trouble",      " went wrong ",  " interrupted ",
     " cancelled ",     " canceled ",     " aborted ",       " rejected ",    " not allowed ", " not permitted ",
     " missing ",       " retry",         " try again ",     " another way ", " instead ",     " alternative",
     " skip",           " without ",      " limitation",     " blocked "});
constexpr auto absenceWords = std::to_array<std::string_view>(
    {" no ",      " not ",           " none ",   " nothing ", " zero ",    " 0 ",       " empty ",
     " sorry ",   " unfortunately ", " never ",  " nobody ",  " nowhere ", " without ", " neither ",
     " however ", " assum",          " any ",    " clean ",   " didn't ",  " don't ",   " doesn't ",
     " isn't ",   " aren't ",        " wasn't ", " weren't ", " hasn't ",  " haven't "});

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

/// Members that say how many there are.
constexpr auto countKeys = std::to_array<std::string_view>(
    {"count", "total", "hits", "num_results", "total_count", "total_results", "totalCount", "numResults"});

bool isEmptyValue(JsonReading& reading, JsonIndex index)
{
    switch (reading.kind(index)) {
    case JsonKind::Null:
        return true;
    case JsonKind::String:
        return isBlank(reading.text(index));
    case JsonKind::Array:
        return reading.count(index) == 0;
    case JsonKind::Object: {
        const auto& members = reading.members(index);
        bool lists = members.empty();
        for (const auto& [key, value] : members) {
            const JsonKind kind = reading.kind(value);
            const bool counts = kind == JsonKind::Number && isOneOf(key, countKeys);
            if (counts && reading.number(value) == 0.0L)
                return true;
            if (kind == JsonKind::Array || kind == JsonKind::Object || kind == JsonKind::Null) {
                if (!isEmptyValue(reading, value))
                    return false;
                lists = true;
            } else if (kind == JsonKind::String || kind == JsonKind::Number) {
                const bool aside = key == "status" || key == "query" || key == "success" || counts;
                if (!aside)
                    return false;
            }
        }
        return lists;
    }
    default:
        return false;
    }
}

} // namespace

std::vector<std::string> wordsOfToolName(std::string_view tool)
{
    std::vector<std::string> words;
    bool open = false;
    for (std::size_t i = 0; i < tool.size(); ++i) {
        const char c = tool[i];
        const bool upper = c >= 'A' && c <= 'Z';
        const bool letter = upper || (c >= 'a' && c <= 'z');
        const bool begins = upper && i > 0 && tool[i - 1] >= 'a' && tool[i - 1] <= 'z';
        if (letter && (!open || begins))
            words.emplace_back();
        if (letter)
            words.back() += upper ? static_cast<char>(c + ('a' - 'A')) : c;
        open = letter;
    }
    return words;
}

ToolEffect effectOf(std::string_view tool)
{
    // "mcp__server__read_file": what stands before the tool is its server
    if (const std::size_t at = tool.rfind("__"); at != tool.npos && at + 2 < tool.size())
        tool.remove_prefix(at + 2);
    const std::vector<std::string> words = wordsOfToolName(tool);
    ToolEffect effect = ToolEffect::Unknown;
    for (const std::string& word : words) {
        if (isOneOf(word, anyWords))
            return ToolEffect::Unknown;
        if (effect == ToolEffect::Unknown && isOneOf(word, readWords))
            effect = ToolEffect::Reads; // "get_order"
        else if (effect == ToolEffect::Unknown && isOneOf(word, writeWords))
            effect = ToolEffect::Writes; // "update_status"
    }
    return effect;
}

bool tellsFailure(std::string_view text)
{
    const std::string plain = plainWords(text, 65'536);
    return std::ranges::any_of(failureWords,
                               [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

bool tellsAbsence(std::string_view text)
{
    const std::string plain = plainWords(text, 65'536);
    return std::ranges::any_of(absenceWords,
                               [&](std::string_view word) { return plain.find(word) != std::string::npos; }) ||
           tellsFailure(text);
}

bool isEmptyResult(std::string_view result)
{
    if (isBlank(result) || result == "None" || result == "undefined")
        return true;
    if (result.size() > 2'000)
        return false;
    JsonStory story;
    story.feed(result);
    if (story.finish() != JsonState::Complete)
        return false;
    JsonReading reading(story);
    return isEmptyValue(reading, 0);
}

} // namespace arcscope
