#include "arclabels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace arcscope
{
namespace
{

bool hasWords(std::string_view plain, std::string_view words)
{
    for (std::size_t at = plain.find(words); at != plain.npos; at = plain.find(words, at + 1)) {
        const std::size_t end = at + words.size();
        if ((at == 0 || plain[at - 1] == ' ') && (end == plain.size() || plain[end] == ' '))
            return true;
    }
    return false;
}

/// Names that judge the whole work.
constexpr auto wholeWords = std::to_array<std::string_view>({
    "reward",
    "rewards",
    "resolved",
    "resolution",
    "is resolved",
    "correct",
    "is correct",
    "success",
    "task success",
    "succeeded",
    "task outcome",
    "outcome",
    "task completion",
    "task completed",
    "completion",
    "goal accuracy",
    "goal success",
    "goal completion",
    "goal achieved",
    "goal success rate",
    "user feedback",
    "thumbs",
    "thumbs up",
    "thumb",
    "user rating",
    "user score",
    "user satisfaction",
    "csat",
    "feedback",
    "solved",
    "agent goal accuracy",
    "pass",
    "passed",
    "user thumbs",
});

/// Names that judge one side of an answer, or one step on the way.
constexpr auto partWords = std::to_array<std::string_view>({
    "toxicity",     "toxic",      "bias",          "groundedness",   "grounded",     "grounding",
    "faithfulness", "faithful",   "hallucination", "hallucinations", "hallucinated", "relevance",
    "relevancy",    "relevant",   "conciseness",   "concise",        "sentiment",    "fluency",
    "coherence",    "coherent",   "readability",   "style",          "tone",         "language",
    "length",       "format",     "formatting",    "latency",        "cost",         "tokens",
    "pii",          "privacy",    "safety",        "harmful",        "harmfulness",  "harm",
    "moderation",   "precision",  "recall",        "context",        "retrieval",    "retrieved",
    "ndcg",         "similarity", "distance",      "bleu",           "rouge",        "perplexity",
    "politeness",   "polite",     "empathy",       "creativity",     "verbosity",    "refusal",
    "jailbreak",    "injection",  "guardrail",     "tool",           "tools",        "step",
    "steps",        "trajectory", "citation",      "citations",      "schema",       "json",
    "valid",        "validity",   "profanity",     "spam",           "topic",        "mistake",
    "progress",     "confidence", "frustration",   "duplicate",      "critique",
});

constexpr LabelWord done{ArcOutcome::Succeeded, ArcResolution::Resolved};
constexpr LabelWord notDone{ArcOutcome::Failed, ArcResolution::Failed};

struct Word {
    std::string_view word;
    LabelWord says;
};

constexpr auto words = std::to_array<Word>({
    {"pass", done},
    {"passed", done},
    {"correct", done},
    {"success", done},
    {"succeeded", done},
    {"successful", done},
    {"resolved", done},
    {"solved", done},
    {"completed", done},
    {"done", done},
    {"true", done},
    {"yes", done},
    {"good", done},
    {"positive", done},
    {"thumbs up", done},
    {"thumbsup", done},
    {"up", done},
    {"like", done},
    {"liked", done},
    {"c", done}, // Inspect: correct
    {"\U0001F44D", done},
    {"fail", notDone},
    {"failed", notDone},
    {"failure", notDone},
    {"incorrect", notDone},
    {"wrong", notDone},
    {"unsuccessful", notDone},
    {"unresolved", notDone},
    {"unsolved", notDone},
    {"not resolved", notDone},
    {"false", notDone},
    {"no", notDone},
    {"bad", notDone},
    {"negative", notDone},
    {"thumbs down", notDone},
    {"thumbsdown", notDone},
    {"down", notDone},
    {"dislike", notDone},
    {"disliked", notDone},
    {"partial", notDone},
    {"partially correct", notDone},
    {"i", notDone}, // Inspect: incorrect
    {"p", notDone}, // Inspect: partial
    {"n", notDone}, // Inspect: no answer
    {"\U0001F44E", notDone},
    {"declined", {ArcOutcome::Declined, ArcResolution::Declined}},
    {"refused", {ArcOutcome::Declined, ArcResolution::Declined}},
    {"filtered", {ArcOutcome::Declined, ArcResolution::Declined}},
    {"deferred", {ArcOutcome::Deferred, ArcResolution::Unknown}},
    {"escalated", {ArcOutcome::Deferred, ArcResolution::Unknown}},
    {"transferred", {ArcOutcome::Deferred, ArcResolution::Unknown}},
    {"handed over", {ArcOutcome::Deferred, ArcResolution::Unknown}},
    {"resolved by human", {ArcOutcome::Deferred, ArcResolution::ResolvedByHuman}},
    {"human resolved", {ArcOutcome::Deferred, ArcResolution::ResolvedByHuman}},
    {"abandoned", {ArcOutcome::Failed, ArcResolution::Abandoned}},
    // Nobody can do it: that is no failure of an attempt.
    {"infeasible", {ArcOutcome::Declined, ArcResolution::Infeasible}},
    {"impossible", {ArcOutcome::Declined, ArcResolution::Infeasible}},
    {"not possible", {ArcOutcome::Declined, ArcResolution::Infeasible}},
    {"cannot be done", {ArcOutcome::Declined, ArcResolution::Infeasible}},
});

std::optional<double> numberOf(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// Somebody looked, and could not say.
bool isUndecided(std::string_view word)
{
    const std::string plain = plainLabelName(word);
    return plain == "unknown" || plain == "undecided" || plain == "inconclusive" || plain == "unclear" ||
           plain == "n a" || plain == "not applicable" || plain == "skipped";
}

/// "ticket.status", "support_ticket_resolved_by": what became of the ticket that the work is linked to.
constexpr auto ticketFields =
    std::to_array<std::string_view>({"status", "state", "resolution", "outcome", "resolved by", "closed by"});

bool tellsTicket(std::string_view plain)
{
    const std::size_t at = (' ' + std::string(plain)).find(" ticket ");
    return at != std::string::npos &&
           std::find(ticketFields.begin(), ticketFields.end(), plain.substr(at + 7)) != ticketFields.end();
}

/// Of a ticket that is closed: what was done, or by whom. One that is open says nothing yet.
std::optional<LabelWord> ticketWordOf(std::string_view name, std::string_view value)
{
    const std::string field = plainLabelName(name);
    const std::string word = plainLabelName(value);
    constexpr LabelWord byPerson{ArcOutcome::Deferred, ArcResolution::ResolvedByHuman};
    if (field.ends_with(" by")) {
        constexpr auto machines = std::to_array<std::string_view>({"assistant", "bot", "ai", "llm", "automation"});
        constexpr auto people = std::to_array<std::string_view>({"human", "person", "staff", "support", "human agent"});
        if (std::find(machines.begin(), machines.end(), word) != machines.end())
            return done;
        return std::find(people.begin(), people.end(), word) != people.end() ? std::optional(byPerson) : std::nullopt;
    }
    if (hasWords(word, "human helped") || hasWords(word, "human resolved") || hasWords(word, "resolved by human"))
        return byPerson;
    if (word == "closed" || word == "fixed")
        return done;
    if (word == "wont fix" || word == "won t fix" || word == "cannot reproduce")
        return LabelWord{ArcOutcome::Declined, ArcResolution::Infeasible};
    return word == "new" || word == "open" ? std::nullopt : labelWordOf(value);
}

/// Feedback of users is a person's word, whoever stored it.
bool isUsersWord(std::string_view plain)
{
    return hasWords(plain, "user") || hasWords(plain, "thumbs") || hasWords(plain, "csat") || hasWords(plain, "human");
}

} // namespace

std::string plainLabelName(std::string_view name)
{
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool upper = c >= 'A' && c <= 'Z';
        const bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        const bool begins = upper && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
        if ((!word || begins) && !out.empty() && out.back() != ' ')
            out += ' ';
        if (word)
            out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

bool isTicketLabel(std::string_view name)
{
    return tellsTicket(plainLabelName(name));
}

LabelScope labelScopeOf(std::string_view name)
{
    const std::string plain = plainLabelName(name);
    if (tellsTicket(plain))
        return LabelScope::Ticket;
    if (std::any_of(partWords.begin(), partWords.end(), [&](std::string_view word) { return hasWords(plain, word); }))
        return LabelScope::Part;
    if (std::any_of(wholeWords.begin(), wholeWords.end(), [&](std::string_view word) { return hasWords(plain, word); }))
        return LabelScope::Whole;
    return LabelScope::Other;
}

std::optional<LabelWord> labelWordOf(std::string_view word)
{
    std::string plain = plainLabelName(word);
    if (plain.empty())
        plain = word; // a sign
    const auto known = std::find_if(words.begin(), words.end(), [&](const Word& each) { return each.word == plain; });
    return known == words.end() ? std::nullopt : std::optional(known->says);
}

std::optional<ArcLabel> judged(const RecordedLabel& label, double successScore)
{
    const LabelScope scope = labelScopeOf(label.name);
    if (scope == LabelScope::Part || (scope != LabelScope::Whole && !label.onWhole))
        return std::nullopt;
    ArcLabel out;
    out.name = label.name;
    out.value = label.word.empty() ? label.value : label.word;
    out.human = label.human || isUsersWord(plainLabelName(label.name));
    out.named = scope != LabelScope::Other;
    out.place = label.place;
    const auto number = numberOf(label.value);
    if (number && std::abs(*number) < 1e12)
        out.score = std::llround(*number * 1e6);
    const auto wordOf = [&](std::string_view word) {
        return scope == LabelScope::Ticket ? ticketWordOf(label.name, word) : labelWordOf(word);
    };
    auto says = wordOf(label.word);
    if (!says)
        says = wordOf(label.value);
    if (!says && (isUndecided(label.word) || scope == LabelScope::Ticket))
        return std::nullopt;
    if (!says && number) {
        // Of a scale that is not told only its ends mean something; -1 and 1 are thumbs.
        const bool ends = *number == 0 || *number == 1 || *number == -1;
        if (!ends && (scope == LabelScope::Other || *number < 0 || *number > 1))
            return std::nullopt;
        says = *number >= successScore ? done : notDone;
    }
    if (!says)
        return std::nullopt;
    out.outcome = says->outcome;
    out.resolution = says->resolution;
    return out;
}

} // namespace arcscope
