// Refused, filtered or stopped by a guardrail, by the vendor's word or in prose.
#include "proselines.h"
#include "refusal.h"
#include "refusalphrases.h"
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

/// "I cannot go on without your booking number": who brings it gets what he wants. What he cannot bring ("without a
/// ticket that may be changed") declines.
bool asksFor(std::string_view sentence)
{
    constexpr std::string_view brought =
        "id ids number numbers code name email e-mail confirmation details address date "
        "dates permission approval password reference";
    constexpr std::size_t reach = 6;
    const std::string lower = prose::lower(sentence.substr(0, 600));
    for (const std::string_view need : {"need your ", "need you to ", "please provide", "until you ",
                                        "unless you provide", "unless you confirm", "before you "}) {
        if (lower.find(need) != std::string::npos)
            return true;
    }
    constexpr std::string_view without = "without ";
    const std::size_t at = lower.find(without);
    if (at == std::string::npos)
        return false;
    std::string word;
    std::size_t words = 0;
    for (const char c : lower.substr(at + without.size()) + ' ') {
        if (prose::isWordByte(c) || c == '-') {
            word += c;
            continue;
        }
        if (prose::isListed(brought, word))
            return true;
        words += word.empty() ? 0 : 1;
        if (words == reach || c == ',' || c == '.' || c == ';')
            return false;
        word.clear();
    }
    return false;
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
    if (!judgement.declines() || judgement.to <= judgement.from) {
        if (const auto phrase = refusalPhrase(first.text))
            into.push_back({StopRuleId::RefusalPhrase, first.place, phrase->from, phrase->to, 0});
        return;
    }
    const auto sentence = first.text.substr(static_cast<std::size_t>(judgement.from),
                                            static_cast<std::size_t>(judgement.to - judgement.from));
    if (goesOn(sentence) || asksFor(sentence))
        return;
    into.push_back({StopRuleId::RefusalInProse, first.place, judgement.from, judgement.to, reasonIn(sentence)});
}

} // namespace arcscope
