// Refused, filtered or stopped by a guardrail, by the vendor's word or in prose.
#include "proselines.h"
#include "refusal.h"
#include "stopchecks.h"

#include <array>

namespace arcscope
{
namespace
{

constexpr auto capability =
    std::to_array<std::string_view>({"access", "able to", "unable", "capab", "browse", "real-time", "real time",
                                     "open files", "view images", "tool", "information", "don't have", "do not have"});
constexpr auto policy = std::to_array<std::string_view>(
    {"illegal",           "unethical", "ethic",     "harm",      "policy",      "policies",    "guideline",
     "appropriate",       "against",   "dangerous", "offensive", "discriminat", "privacy",     "confidential",
     "allowed",           "permitted", "condone",   "promote",   "safety",      "assist with", "help with that",
     "help you with that"});

template <std::size_t N>
bool hasAny(const std::string& text, const std::array<std::string_view, N>& words)
{
    for (const std::string_view word : words) {
        if (text.find(word) != std::string::npos)
            return true;
    }
    return false;
}

std::uint16_t reasonIn(std::string_view sentence)
{
    const std::string lower = prose::lower(sentence.substr(0, 600));
    if (hasAny(lower, policy))
        return bit(StopFlag::PolicyRefusal);
    return hasAny(lower, capability) ? bit(StopFlag::CapabilityRefusal) : std::uint16_t(0);
}

/// "I have no opinions, but I can compare them": what follows is the answer.
bool goesOn(std::string_view sentence)
{
    const std::string lower = prose::lower(sentence.substr(0, 600));
    for (const std::string_view turn : {"but i can ", "but i will ", "but here ", "but i'm glad", "but i am glad"}) {
        const std::size_t at = lower.find(turn);
        if (at != std::string::npos && lower.compare(at + turn.size(), 3, "not") != 0)
            return true;
    }
    return lower.starts_with("while i ") || lower.starts_with("although i ");
}

} // namespace

void checkDeclined(const StoppedCall& call, StopHits& into)
{
    switch (call.claim) {
    case StopClaim::Refusal:
    case StopClaim::ContentFilter:
    case StopClaim::Guardrail:
    case StopClaim::Recitation: {
        const TextPlace place = call.texts.empty() ? TextPlace{} : call.texts.back().place;
        into.push_back({StopRuleId::DecliningWord, place, -1, -1, bit(StopFlag::PolicyRefusal)});
        break;
    }
    default:
        break;
    }
    if (call.refusal)
        into.push_back({StopRuleId::RefusalPart, call.refusal->place, 0, std::ssize(call.refusal->text),
                        reasonIn(call.refusal->text)});
    // Who asks for tools goes on.
    if (call.texts.empty() || !call.calls.empty())
        return;
    const StopText& first = call.texts.front();
    const RefusalJudgement judgement = judgeRefusal(first.text);
    if (!judgement.declines() || judgement.to <= judgement.from)
        return;
    const auto sentence = first.text.substr(static_cast<std::size_t>(judgement.from),
                                            static_cast<std::size_t>(judgement.to - judgement.from));
    if (goesOn(sentence))
        return;
    into.push_back({StopRuleId::RefusalInProse, first.place, judgement.from, judgement.to, reasonIn(sentence)});
}

} // namespace arcscope
