#include "arcactions.h"

#include "turnacts.h"

#include <algorithm>
#include <array>
#include <string>

namespace arcscope
{

std::optional<ArcStep> stepOfAction(std::string_view action)
{
    constexpr auto steps = std::to_array<std::pair<std::string_view, ArcStep>>({
        {"accept", ArcStep::Accept},
        {"accepted", ArcStep::Accept},
        {"apply", ArcStep::Accept},
        {"applied", ArcStep::Accept},
        {"copy", ArcStep::Accept},
        {"copied", ArcStep::Accept},
        {"insert", ArcStep::Accept},
        {"keep", ArcStep::Accept},
        {"edit", ArcStep::Edit},
        {"edited", ArcStep::Edit},
        {"undo", ArcStep::Edit},
        {"reject", ArcStep::Ignore},
        {"dismiss", ArcStep::Ignore},
        {"ignore", ArcStep::Ignore},
        {"regenerate", ArcStep::Regenerate},
        {"regenerated", ArcStep::Regenerate},
        {"retry", ArcStep::Regenerate},
        {"escalate", ArcStep::Escalate},
        {"handoff", ArcStep::Escalate},
    });
    const auto known = std::find_if(steps.begin(), steps.end(), [&](const auto& each) { return each.first == action; });
    return known == steps.end() ? std::nullopt : std::optional(known->second);
}

bool changesRecord(std::string_view tool)
{
    constexpr auto changes = std::to_array<std::string_view>(
        {"create", "cancel",  "book",     "update",     "send", "refund", "exchange", "modify", "return",  "issue",
         "ship",   "reserve", "schedule", "reschedule", "pay",  "place",  "register", "renew",  "upgrade", "activate"});
    constexpr auto means = std::to_array<std::string_view>(
        {"file", "files", "directory", "folder", "code", "todo", "todos", "memory", "plan", "note", "branch"});
    std::string words(1, ' ');
    for (std::size_t i = 0; i < tool.size(); ++i) {
        const char c = tool[i];
        const bool upper = c >= 'A' && c <= 'Z';
        const bool letter = upper || (c >= 'a' && c <= 'z');
        if (!letter || (upper && i > 0 && tool[i - 1] >= 'a' && tool[i - 1] <= 'z'))
            words += ' ';
        if (letter)
            words += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    words += ' ';
    const auto has = [&](std::string_view word) { return words.find(' ' + std::string(word) + ' ') != words.npos; };
    return std::any_of(changes.begin(), changes.end(), has) && std::none_of(means.begin(), means.end(), has);
}

bool asksForInformation(std::string_view question)
{
    constexpr auto asks = std::to_array<std::string_view>(
        {"please provide",    "please share",      "please specify",  "please tell",       "please enter",
         "please give",       "please confirm",    "please clarify",  "provide your",      "provide me",
         "could you provide", "can you provide",   "could you tell",  "can you tell me",   "could you share",
         "can you share",     "could you confirm", "can you confirm", "could you clarify", "can you clarify",
         "could you specify", "what is your",      "what's your",     "which of",          "which one",
         "do you have your"});
    const std::string plain = plainWords(question);
    return std::any_of(asks.begin(), asks.end(),
                       [&](std::string_view ask) { return plain.find(' ' + std::string(ask) + ' ') != plain.npos; });
}

} // namespace arcscope
